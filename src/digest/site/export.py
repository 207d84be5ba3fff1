"""The digest as data: versioned JSON with its schema, and each entry as Markdown.

The JSON is a stable format: a version may gain fields, but no field is renamed or removed without a new version.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from ..archive.archive import Record
from ..archive.figures import UNITS, numbers_of
from ..archive.references import SiteFile
from ..model import Body, Entry, Fact, Span
from . import routes
from .items import Item, Items
from .recipes import Targets

VERSION = 2


class ExportedWork(Struct, frozen=True):
    """A further work of an entry about several."""

    title: str
    authors: tuple[str, ...]
    abstract: str
    link: str | None


class ExportedFile(Struct, frozen=True):
    """A file that an entry names, as its author wrote it, and its copy on the site."""

    name: str
    url: str


class ExportedFact(Struct, frozen=True):
    """A figure that an entry states, as it is written, as numbers in a unit, and the address of the sentence."""

    key: str
    value: str
    numbers: tuple[float, ...]
    unit: str
    url: str


class ExportedEntry(Struct, frozen=True):
    r"""An entry as `data/entries.json` has it; `commentary` is the author's text unchanged, lines joined by `\n`.

    A note without a date has null as its date. `url` is absolute if the site's address is known. Otherwise it begins at the
    server's root. `published`, `doi` and `categories` are those of the work that the entry is about: its date as far as it is
    known (`2024`, `2024-03` or `2024-03-19`), its DOI and its arXiv categories, the primary one first.
    """

    id: str
    url: str
    date: dt.date | None
    kind: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    commentary: str
    translations: dict[str, str]
    tags: tuple[str, ...]
    link: str | None
    arxiv: tuple[str, ...]
    works: tuple[ExportedWork, ...]
    files: tuple[ExportedFile, ...]
    facts: tuple[ExportedFact, ...]
    source: Span
    published: str | None
    doi: str | None
    categories: tuple[str, ...]


class Export(Struct, frozen=True):
    """The document `data/entries.json`."""

    version: int
    entries: tuple[msgspec.Raw, ...]


_DESCRIPTIONS = {
    "Export": "The document `data/entries.json`.",
    "ExportedEntry": (
        "An entry as `data/entries.json` has it; `commentary` is the author's text unchanged, lines joined by `\\n`.\n\n"
        "`url` is absolute if the site's address is known. Otherwise it begins at the server's root. `published`, `doi` and "
        "`categories` are those of the work that the entry is about."
    ),
    "ExportedFact": (
        "A figure that an entry about a model or hardware states: as it is written, as numbers in a unit, and where.\n\n"
        "`numbers` is empty if the value is words, and so is `unit`. `url` leads to the sentence."
    ),
    "ExportedFile": "A file that an entry names, as its author wrote it, and its copy on the site.",
    "ExportedWork": "A further work of an entry about several.",
    "Span": "A run of lines in a note file; both ends are 1-based and inclusive.",
}
"""The descriptions in the schema. msgspec would use the docstrings, which `python -OO` removes."""

_ENCODER = msgspec.json.Encoder()


def named_files(targets: Targets) -> tuple[tuple[str, str], ...]:
    """Return the files that a text names: the author's name of each, and its site path."""
    return tuple((reference.target, target.path) for reference, target in targets if isinstance(target, SiteFile))


def export_entry(record: Record, body: Body, base: str, files: Iterable[tuple[str, str]] = ()) -> bytes:
    """Encode an entry as JSON. `base` is the part of its address before its path.

    `files` are the files that it names: the author's name of each, and its site path.
    """
    entry = body.entry
    url = routes.absolute(base, routes.path_of(record))
    exported = ExportedEntry(
        id=record.id,
        url=url,
        date=entry.date,
        kind=entry.kind,
        title=entry.title,
        authors=entry.authors,
        abstract=entry.abstract,
        commentary=entry.commentary,
        translations={translation.lang: translation.text for translation in entry.translations},
        tags=tuple(tag.label for tag in record.tags),
        link=entry.link,
        arxiv=entry.arxiv,
        works=tuple(ExportedWork(work.title, work.authors, work.abstract, work.link) for work in entry.works),
        files=tuple(ExportedFile(name, routes.absolute(base, path)) for name, path in files),
        facts=tuple(_export_fact(fact, url) for fact in record.card.facts),
        source=entry.source,
        published=entry.published or None,
        doi=entry.doi or None,
        categories=entry.categories,
    )
    return _ENCODER.encode(exported)


def _export_fact(fact: Fact, url: str) -> ExportedFact:
    place = f"#{fact.place}" if fact.place else ""
    return ExportedFact(fact.key, fact.value, numbers_of(fact), UNITS[fact.key], f"{url}{place}")


def export_entries(entries: Iterable[Item]) -> Items:
    """Return the document, with each entry on a line of its own, so that diffs are readable."""
    return Items(entries, head=b'{"version": %d, "entries": [\n' % VERSION, between=b",\n", tail=b"\n]}\n")


def export_schema() -> bytes:
    """Return the JSON Schema (2020-12) of the document."""
    schemas, components = msgspec.json.schema_components([Export, ExportedEntry], ref_template="#/$defs/{name}")
    definitions = dict(components)
    for name, definition in definitions.items():
        definition["description"] = _DESCRIPTIONS[name]
    document = definitions.pop("Export")
    document["properties"]["version"] = {"const": VERSION}
    document["properties"]["entries"] = {"type": "array", "items": schemas[1]}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document, "$defs": definitions}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def export_markdown(record: Record, body: Body) -> bytes:
    """Return an entry as Markdown with front matter that digest and Obsidian can read.

    Parsing the result gives the same entry. The title is repeated in the text: without it, an address or a quotation at
    the beginning of the commentary would become the entry's link or abstract.
    """
    entry = body.entry
    head = "\n".join(_front_matter(record, entry))
    parts = [f"---\n{head}\n---", entry.link or "", _emphasised(entry.title), _quoted(entry.abstract)]
    for work in entry.works:
        names = f" ({', '.join(work.authors)})" if work.authors else ""
        parts += [work.link or "", f"{_emphasised(work.title)}{names}", _quoted(work.abstract)]
    texts = [entry.commentary, *(f"<english>\n{translation.text}\n</english>" for translation in entry.translations)]
    links = [target for target in entry.wikilinks if not any(f"[[{target}" in text for text in texts)]
    if links:
        texts.append("# Links\n\n" + "\n".join(f"[[{target}]]" for target in links))
    return ("\n\n".join(part for part in (*parts, *texts) if part) + "\n").encode()


def _front_matter(record: Record, entry: Entry) -> Iterator[str]:
    if entry.date:
        yield f"date: {entry.date.isoformat()}"
    yield f"title: {yaml_scalar(entry.title)}"
    yield f"kind: {yaml_scalar(entry.kind)}"
    yield f"lang: {yaml_scalar(entry.lang)}"
    yield from _yaml_list("authors", entry.authors)
    yield from _yaml_list("tags", (tag.spelling for tag in record.tags))
    yield from _yaml_text("link", entry.link or "")
    yield from _yaml_text("issued", entry.published)
    yield from _yaml_text("doi", entry.doi)
    yield from _yaml_list("arxiv_categories", entry.categories)
    yield f"slug: {yaml_scalar(record.slug)}"
    yield from _yaml_list("aliases", entry.aliases)
    yield from _yaml_text("description", entry.excerpt)
    if entry.updated:
        yield f"updated: {entry.updated.isoformat()}"
    if entry.draft:
        yield "draft: true"


def _yaml_text(key: str, text: str) -> tuple[str, ...]:
    return (f"{key}: {yaml_scalar(text)}",) if text else ()


def _yaml_list(key: str, items: Iterable[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        if number == 0:
            yield f"{key}:"
        yield f"- {yaml_scalar(item)}"


_ILLEGIBLE = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
"""Characters that YAML 1.2 allows only as escapes (section 5.1), tabs, and the line breaks of earlier versions.

The class lists these characters, since a class of all other characters takes six times as long to compile.
"""
_MANY_LINES = re.compile(rf"[{_ILLEGIBLE}]")
_ESCAPED = re.compile(rf"[{_ILLEGIBLE}\"\\]")
_PLAIN = re.compile(
    r"(?!(?i:y|n|yes|no|on|off|true|false|null)\Z)"  # not a boolean or null of any version
    r"[^\W\d_]"  # begins with a letter, so it is not a number, a date or an indicator
    rf"(?:[^ #:{_ILLEGIBLE}]|(?<! )#| (?!#|\Z)|:(?! |\Z))*"  # no `: ` and no ` #`
)


def yaml_scalar(text: str) -> str:
    """Return text as a scalar on one line that YAML 1.1 and 1.2 read alike. It has quotes only if it needs them."""
    if _PLAIN.fullmatch(text):
        return text
    if _MANY_LINES.search(text):
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return "'" + text.replace("'", "''") + "'"


def _escape(match: re.Match[str]) -> str:
    return f"\\U{ord(match[0]):08x}"


def _emphasised(title: str) -> str:
    plain = title.strip("*_ ")
    return f"*{plain}*" if plain else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""
