"""Sites that are built again and again in memory, as their author edits the notes."""

from collections.abc import Mapping
from pathlib import Path

from digest.addresses.lock import NOTHING, Lock, format_lock
from digest.addresses.parsing import parse_lock
from digest.archive.archive import Record
from digest.config import Config
from digest.model import Card, NoteFile
from digest.pipeline.arrange import PAGES, ProjectArrangement, Surroundings, arrange, rearrange
from digest.pipeline.files import NamedFiles
from digest.pipeline.prepare import prepare_note
from digest.pipeline.read import note_rules
from digest.site import routes
from digest.site.arrangement import Arrangement
from digest.site.pages.bibliography import BibliographyRecipe
from digest.store.cache import Cache, decode_cards

NOWHERE = Path("/nowhere")


class History:
    """The builds of one site. `answered` are the paths of all pages and feeds that it ever had."""

    def __init__(self) -> None:
        self.lock: Lock = NOTHING
        self.answered: set[str] = set()
        self.removed: set[str] = set()

    def build(self, notes: Mapping[str, str], config: Config = Config()) -> ProjectArrangement:  # noqa: B008 - frozen
        """Build the site of notes by path. The next build remembers this one, and would change nothing."""
        made = self.look(notes, config)
        again = reread(made.lock)
        once_more = arrange_notes(notes, config, again)
        assert outline(once_more) == outline(made)
        assert format_lock(once_more.lock) == format_lock(made.lock)
        assert once_more.changes == ()
        self.lock = again
        self.answered |= paths_of(made)
        return made

    def look(self, notes: Mapping[str, str], config: Config = Config()) -> ProjectArrangement:  # noqa: B008 - frozen
        """Return what a build of these notes would give."""
        return arrange_notes(notes, config, self.lock)

    def silent(self, made: ProjectArrangement) -> set[str]:
        """Return the addresses of earlier builds that neither are pages of this one nor lead anywhere."""
        return self.answered - paths_of(made) - {old.path for old in made.old_addresses}


def arrange_notes(notes: Mapping[str, str], config: Config, lock: Lock) -> ProjectArrangement:
    """Arrange the archive of notes by path."""
    cards = [card for path, text in notes.items() for card in read_cards(path, text, config)]
    return arrange(NOWHERE, config, cards, around(config), lock=lock)


def rearrange_notes(
    former: ProjectArrangement, before: Mapping[str, str], after: Mapping[str, str]
) -> ProjectArrangement:
    """Update the arrangement of some notes by path to that of others, as a preview does."""
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    gone = [card for card in former.cards if card.source.path in changed]
    come = [card for path in sorted(changed & after.keys()) for card in read_cards(path, after[path], former.config)]
    return rearrange(former, gone, come, former.surroundings)


def read_cards(path: str, text: str, config: Config) -> list[Card]:
    """Return the cards of a note's entries, without drafts."""
    note = prepare_note(NoteFile(path, text, ""), note_rules(config))
    return [card for card in decode_cards(note.cards) if not card.draft]


def around(config: Config) -> Surroundings:
    """Return the surroundings of notes that name no files."""
    return Surroundings(NamedFiles(NOWHERE, config, Cache.__new__(Cache)), tuple)


def reread(lock: Lock) -> Lock:
    """Write a lock and read it again."""
    read = parse_lock(format_lock(lock))
    assert isinstance(read, Lock), read
    return read


def records_of(made: Arrangement) -> tuple[Record, ...]:
    """Return all entries, notes and pages of a site."""
    return (*made.archive.records, *made.archive.undated, *made.archive.pages)


def paths_of(made: ProjectArrangement) -> set[str]:
    """Return the paths of all pages and feeds of a site, without those of its old addresses.

    The files of the works of days, months and tags are not among them: a list has such a file only as long as it has works.
    """
    pages = PAGES.plan(Arrangement(made.site, made.archive, made.limits, made.notes_folder))
    kept = {page.path for page in pages if not isinstance(page.recipe, BibliographyRecipe)}
    return kept | {routes.SITEMAP}  # only a site with a base URL has one


def outline(made: ProjectArrangement) -> list[str]:
    """Return a line for each entry with its id and its address, and one for each old address with what it leads to."""
    entries = [f"{record.id} at /{routes.path_of(record)}" for record in records_of(made)]
    olds = [f"/{old.path} > {'removed' if old.target is None else '/' + old.target}" for old in made.old_addresses]
    return sorted(entries) + sorted(olds)
