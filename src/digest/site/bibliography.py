"""Entries -> the works that they are cited as, and the files of bibliographies.

An entry about a work is cited as that work. A note without a link is itself the work: its author is that of the site.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial

from msgspec import Struct, structs

from ..addresses.wishes import place_of
from ..archive.archive import Archive, Record
from ..citations.bibtex import write_bibtex
from ..citations.csl import write_csl
from ..citations.keys import Cited, base_key, find_other_keys, give_keys
from ..citations.names import parse_authors
from ..citations.ris import write_ris
from ..citations.work import CitedWork, cite
from . import routes
from .items import Items
from .views import Site

WORK_KINDS = ("paper", "model", "hardware")
"""The kinds of entries that are about a work even without a link."""


WORKS_KEPT = 20_000
"""Works to keep at most: those of a digest of decades, a few MB."""


class CiteKeys(Struct, frozen=True):
    """The citation keys of a site.

    `keys` has one for each entry, by its id; entries about one work have the same. `others` has further keys of a work, by its key:
    those of entries that were about different works once.
    """

    keys: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]


class Reference(Struct, frozen=True, array_like=True):
    """An entry as bibliographies have it: with its key and the further keys of its work."""

    record: Record
    key: str
    others: tuple[str, ...] = ()


def is_work(record: Record) -> bool:
    """Return True for an entry about a work, and False for a note that is the work itself."""
    return bool(record.card.link) or record.card.kind in WORK_KINDS


def cited_as(site: Site, record: Record) -> CitedWork:
    """Return the work that an entry is cited as."""
    card = record.card
    work = cite(card)
    if is_work(record):
        return work
    return structs.replace(
        work,
        type="post-weblog",
        authors=work.authors if card.authors else parse_authors([site.author or site.title]),
        published=card.date.isoformat() if card.date else "",
        link=routes.absolute(site.url, routes.path_of(record)) if site.url else "",
        container=site.title if site.author else "",
        lang=card.title_lang,
    )


def make_keys(site: Site, archive: Archive, held: Mapping[str, str]) -> CiteKeys:
    """Return the citation keys of all entries. `held` are the keys that `digest.lock` remembers, by the ids of entries."""
    records = (*archive.records, *archive.undated)
    titled = {title: record for record in records if (title := _title(record)) and _id_of_work(record)}
    cited = [Cited(record.id, _identity(record, titled), partial(_base, site, record)) for record in records]
    keys = give_keys(cited, held)
    return CiteKeys(keys, find_other_keys(keys, held))


def _base(site: Site, record: Record) -> str:
    return base_key(cited_as(site, record))


def _identity(record: Record, titled: Mapping[str, Record]) -> str:
    """Return a name for the work that an entry is cited as, which entries about the same work have in common.

    One link may lead to a page with several works, so their titles count too.
    """
    if known := _id_of_work(record):
        return known
    card, title = record.card, _title(record)
    if title:
        return _id_of_work(titled[title]) if title in titled else title
    return f"{card.link} {card.title.casefold()}" if card.link else record.id


def _id_of_work(record: Record) -> str:
    """Return the arXiv id or the DOI of a work, or nothing."""
    subject, doi = record.subject or "", record.card.doi
    return subject if subject.startswith("arxiv:") else f"doi:{doi.casefold()}" if doi else ""


def _title(record: Record) -> str:
    """Return the title of a paper in small letters, or nothing for another kind of entry."""
    return " ".join(record.card.title.casefold().split()) if record.card.kind == "paper" else ""


def find_works(made: CiteKeys, records: Iterable[Record]) -> dict[str, Reference]:
    """Return the entries about works as bibliographies have them, by their ids."""
    keys, others = made.keys, made.others
    works = ((record, keys[record.id]) for record in records if is_work(record))
    return {record.id: Reference(record, key, others.get(key, ())) for record, key in works}


def refer(works: Mapping[str, Reference], records: Iterable[Record]) -> tuple[Reference, ...]:
    """Return the works among entries, each once. `works` are all entries about works (see `find_works`).

    Of several entries about a work, a paper with the most authors stands for it, since it says the most, or else the oldest one.
    """
    chosen: dict[str, Reference] = {}
    for record in records:
        if work := works.get(record.id):
            other = chosen.setdefault(work.key, work)
            if other is not work and _rank(record) < _rank(other.record):
                chosen[work.key] = work
    return tuple(chosen.values())


def _rank(record: Record) -> tuple[bool, int, tuple[dt.date, str, int]]:
    card = record.card
    return card.kind != "paper", -len(card.authors), place_of(card)


class Bibliography:
    """Writes the works of entries. Works and what is written of them are kept, since several files have the same ones."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._works: dict[bytes, CitedWork] = {}
        self._bibtex: dict[tuple[bytes, str], bytes] = {}
        self._csl: dict[tuple[bytes, str], bytes] = {}

    def work(self, record: Record) -> CitedWork:
        """Return the work that an entry is cited as."""
        work = self._works.get(record.digest)
        if work is None:
            if len(self._works) >= WORKS_KEPT:
                for kept in (self._works, self._bibtex, self._csl):
                    kept.clear()
            work = self._works[record.digest] = cited_as(self._site, record)
        return work

    def bibtex(self, references: Iterable[Reference]) -> bytes:
        """Write works as BibTeX."""
        return b"\n".join(map(self._bibtex_of, references))

    def csl(self, references: Iterable[Reference]) -> bytes:
        """Write works as CSL-JSON, each on a line of its own."""
        return b"".join(self.write_all(references, "csl.json"))

    def write_all(self, references: Iterable[Reference], ending: str) -> Items:
        """Write all works in the format with an ending: `bib`, `csl.json` or `ris`."""
        write = {"bib": self._bibtex_of, "csl.json": self._csl_of, "ris": self._ris_of}[ending]
        items = ((_key_of(reference), partial(write, reference)) for reference in references)
        if ending == "csl.json":
            return Items(items, head=b"[\n", between=b",\n", tail=b"\n]\n")
        return Items(items, between=b"\n")

    def _bibtex_of(self, reference: Reference) -> bytes:
        place = (reference.record.digest, reference.key)
        written = self._bibtex.get(place)
        if written is None:
            work = self.work(reference.record)
            written = self._bibtex[place] = write_bibtex(work, reference.key, reference.others).encode()
        return written

    def _ris_of(self, reference: Reference) -> bytes:
        return write_ris(self.work(reference.record), reference.key).encode()

    def _csl_of(self, reference: Reference) -> bytes:
        place = (reference.record.digest, reference.key)
        written = self._csl.get(place)
        if written is None:
            written = self._csl[place] = write_csl(self.work(reference.record), reference.key)
        return written


def _key_of(reference: Reference) -> bytes:
    """Return everything that decides how a reference is written: keys hold no zero byte."""
    return reference.record.digest + "\0".join((reference.key, *reference.others)).encode()
