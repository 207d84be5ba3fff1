"""The entries of a project, one at a time, with their texts and what they refer to."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from ..archive.archive import Record
from ..archive.references import SiteFile
from ..citations.work import CitedWork, cite
from ..model import Body
from ..site import routes
from ..site.arrangement import Arrangement


class PublishedEntry(Struct, frozen=True):
    """A published entry: its record, its texts, its address, and the work that it is about."""

    record: Record
    body: Body
    url: str
    work: CitedWork

    @property
    def date(self) -> str | None:
        """The date in the form `2024-03-19`; None for a note without one."""
        return self.record.card.date.isoformat() if self.record.card.date else None

    @property
    def text(self) -> str:
        """The entry's own text without markup, one line for each block: the commentary and its translations."""
        return "\n".join(
            fragment.plain for fragment in (self.body.commentary, *self.body.translations) if fragment.plain
        )

    @property
    def abstract(self) -> str:
        """The abstracts of all works in the entry, without markup."""
        abstracts = (self.body.abstract, *(abstract for _, abstract in self.body.works))
        return "\n".join(abstract.plain for abstract in abstracts if abstract)

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors of all works in the entry, as written, each once."""
        entry = self.body.entry
        return tuple(dict.fromkeys((*entry.authors, *(name for work in entry.works for name in work.authors))))


def base_of(arrangement: Arrangement) -> str:
    """Return the part of addresses before their path: the site's address or, without one, the root of a server."""
    return arrangement.site.url or arrangement.site.root


def published_entries(
    arrangement: Arrangement, body_of: Callable[[Record], Body], *, oldest_first: bool = False
) -> Iterator[PublishedEntry]:
    """Yield all entries, newest day first as in `data/entries.json`, or oldest first; then the notes without a date."""
    base = base_of(arrangement)
    days = arrangement.archive.days if oldest_first else reversed(arrangement.archive.days)
    records = (record for day in days for record in day.records)
    for some in (records, arrangement.archive.undated):
        for record in some:
            body = body_of(record)
            url = routes.absolute(base, routes.path_of(record))
            yield PublishedEntry(record, body, url, cite(body.entry, body.abstract.plain if body.abstract else ""))


def files_of(arrangement: Arrangement, record: Record) -> tuple[tuple[str, str], ...]:
    """Return the files that an entry names: the author's name of each and its site path."""
    targets = arrangement.targets(record)
    return tuple((reference.target, target.path) for reference, target in targets if isinstance(target, SiteFile))
