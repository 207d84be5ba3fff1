"""The text of papers.yaml -> its records, and a diagnostic with line and column for each mistake.

A record begins with a line that is not indented and ends before the next one. Each is read alone, so a mistake in one costs
no other. Comments may stand anywhere.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct, structs

from ..conflicts import START, find_conflict
from ..diagnostics import Diagnostic
from ..limits import AUTHORS, PAPER_ABSTRACT, TITLE_LENGTH
from ..nearest import find_similar
from ..urls import arxiv_id, arxiv_version
from ..yaml_nodes import YamlError, compose_yaml
from .record import FILE_NAME, Paper

FIELDS = tuple(name for name in Paper.__struct_fields__ if name not in ("id", "version"))
LONGEST_NAME = 500
"""The most characters of an author's name or a DOI."""

Value = str | list[str]
"""The value of a field before it is checked."""

INDENT = 2
"""The spaces before a field as `writing` writes it."""
LONGEST_VERSION = len("v9999")

_PLAIN_KEY = re.compile(r'"([^"\\]*)":')
_PLAIN_FIELD = re.compile(
    r'  (\w+): (?:([0-9-]+)|("[^\x00-\x1f]*"|\["[^\x00-\x1f]*"\])|\[([A-Za-z.-]+(?:, [A-Za-z.-]+)*)?\])'
)
_PLAIN_WORDS = re.compile(r"[A-Za-z.-]+")
_JSON = msgspec.json.Decoder(str | list[str])
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?")
_DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
_OTHER_BREAKS = str.maketrans("\r\x85\u2028\u2029", "    ")
"""Characters that end a line for YAML, but not for editors, and so not for the places of mistakes."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


class Chunk(Struct, frozen=True):
    """The lines of one record, and the 0-based number of the first."""

    line: int
    text: str


class Record(Struct, frozen=True):
    """A record as it stands in the file.

    `paper` is None if nothing of it can be used. `names` are the fields that are there, also those with mistakes. `indent` is
    the number of spaces before each, or 0 if they don't begin lines of their own.
    """

    chunk: Chunk
    paper: Paper | None
    names: frozenset[str]
    indent: int
    mistakes: tuple[Diagnostic, ...]


class MistakeError(Exception):
    """A value that cannot be used; the message is a predicate such as `must be a list`."""


def clean(text: str) -> str:
    """Return a text on one line, in NFC, without characters that cannot be seen or that reorder others."""
    return unicodedata.normalize("NFC", " ".join(_HIDDEN.sub("", text).split()))


def clean_abstract(text: str) -> str:
    """Return an abstract with each paragraph on a line of its own, cut at the limit."""
    return "\n".join(filter(None, map(clean, text.split("\n"))))[: PAPER_ABSTRACT.most]


def read_key(text: str) -> Paper | None:
    """Return the paper that the key of a record names by its arXiv id, with or without a version; None for any other key."""
    address = f"https://arxiv.org/abs/{text}"
    identifier, version = arxiv_id(address), arxiv_version(address)
    if identifier is None or text != identifier + version or len(version) > LONGEST_VERSION:
        return None
    return Paper(identifier, version=int(version[1:] or 0))


def is_date(text: str) -> bool:
    """Return True for a year, a month or a day that exists: `2024`, `2024-03`, `2024-03-19`."""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(f"{text}-01-01"[: max(10, len(text))])
    except ValueError:
        return False
    return True


def is_category(text: str) -> bool:
    """Return True for a text in the form of arXiv's categories: `cs.CL`, `hep-th`."""
    return len(text) <= LONGEST_NAME and _CATEGORY.fullmatch(text) is not None


def is_doi(text: str) -> bool:
    """Return True for a text in the form of a DOI."""
    return len(text) <= LONGEST_NAME and _DOI.fullmatch(text) is not None


def split_records(text: str) -> Iterator[Chunk]:
    """Yield the lines of each record."""
    lines = text.split("\n")
    starts = [
        number for number, line in enumerate(lines) if line[:1].strip() and line[0] != "#" and line.rstrip() != "---"
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        yield Chunk(start, "\n".join(lines[start:end]))


def find_papers_conflict(text: str) -> Diagnostic | None:
    """Return the merge conflict in the text of papers.yaml, if there is one: nobody knows which side is meant."""
    conflict = find_conflict(text.split("\n")) if START in text else None
    return conflict.report(FILE_NAME) if conflict else None


def parse_papers(text: str) -> tuple[tuple[Paper, ...], tuple[Diagnostic, ...]]:
    """Return the records of papers.yaml, and a diagnostic for each mistake. Fields with mistakes are left out."""
    papers: dict[str, Paper] = {}
    mistakes: list[Diagnostic] = []
    for record in map(read_record, split_records(text)):
        mistakes += record.mistakes
        if record.paper and papers.setdefault(record.paper.id, record.paper) != record.paper:
            message = f"`{record.paper.id}` has another record above"
            mistakes.append(Diagnostic(FILE_NAME, record.chunk.line + 1, 1, "papers", message, "remove one of them"))
    return tuple(papers.values()), tuple(sorted(mistakes))


def read_record(chunk: Chunk) -> Record:
    """Read the lines of one record."""
    if plain := _read_plain(chunk):
        return plain
    reader = _Reader(chunk)
    paper = reader.read()
    return Record(chunk, paper, frozenset(reader.seen), reader.indent, tuple(reader.mistakes))


def _read_plain(chunk: Chunk) -> Record | None:
    """Read a record as `writing` writes it, without a YAML parser, which takes fifty times as long; None for any other."""
    first, *lines = chunk.text.rstrip("\n").split("\n")
    key = _PLAIN_KEY.fullmatch(first)
    paper = read_key(key[1]) if key and "\\u" not in chunk.text else None
    if paper is None:
        return None
    values: dict[str, Any] = {}
    try:
        for line in lines:
            if not line or line[0] == "#":  # what stands between this record and the next
                continue
            field = _PLAIN_FIELD.fullmatch(line)
            if field is None or field[1] in values or field[1] not in FIELDS:
                return None
            given = field[2] or (_JSON.decode(field[3]) if field[3] else _PLAIN_WORDS.findall(field[4] or ""))
            values[field[1]] = _READ[field[1]](given)
    except (MistakeError, msgspec.DecodeError):
        return None
    return Record(chunk, structs.replace(paper, **values), frozenset(values), INDENT, mistakes=())


class _Reader:
    """Reads one record and collects its mistakes."""

    def __init__(self, chunk: Chunk) -> None:
        self.chunk = chunk
        self.mistakes: list[Diagnostic] = []
        self.seen: set[str] = set()
        self.indent = 0

    def report(self, node: Any, message: str, hint: str = "") -> None:
        """Add a mistake at a node, or at the first line."""
        mark = node.start_mark if node is not None else None
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self.mistakes.append(Diagnostic(FILE_NAME, self.chunk.line + line + 1, column + 1, "papers", message, hint))

    def read(self) -> Paper | None:
        """Return the record, unless nothing of it can be used."""
        text = self.chunk.text.translate(_OTHER_BREAKS)
        try:
            root = compose_yaml(text)
        except YamlError as error:
            self._explain(text, error)
            return None
        if root is None or root.id != "mapping" or len(root.value) != 1 or root.flow_style:
            self.report(None, "a record must begin with an arXiv id and a colon", 'such as `"2305.10403":`')
            return None
        [(key, fields)] = root.value
        paper = read_key(key.value) if key.id == "scalar" else None
        if paper is None:
            self.report(key, f"`{_shown(key)}` is no arXiv id", 'write it such as `"2305.10403v2":` or `"2305.10403":`')
            return None
        if fields.id != "mapping":
            self.report(fields, f"`{key.value}` must contain lines such as `title: …`")
            return None
        self.indent = 0 if fields.flow_style else fields.start_mark.column
        for name, value in fields.value:
            if name.id != "scalar" or name.value not in FIELDS:
                self._report_unknown(name)
            elif name.value in self.seen:
                self.report(name, f"`{name.value}` stands here twice")
            else:
                self.seen.add(name.value)
                try:
                    paper = structs.replace(paper, **{name.value: _READ[name.value](_plain(value))})
                except MistakeError as error:
                    self.report(value, f"`{name.value}` {error}", "the field is left out")
        return paper

    def _explain(self, text: str, error: YamlError) -> None:
        """Add the mistake that an error comes from. If something is missing to the end, it is at the end of the last line."""
        from ..yaml_mistakes import explain_yaml  # only for a record that cannot be read

        mistake = explain_yaml(text, error)
        lines = text.rstrip().split("\n")
        line, column = mistake.line or 0, mistake.column
        if line >= len(lines):
            line, column = len(lines) - 1, len(lines[-1])
        message, hint = mistake.message, "the record is left out"
        if mistake.is_known:
            hint = f"{mistake.hint}; until then {hint}"
        else:
            message = f"{'not valid YAML' if error.is_syntax else 'the record cannot be read'}: {message}"
        place = self.chunk.line + line + 1, column + 1
        self.mistakes.append(Diagnostic(FILE_NAME, *place, "papers", message, hint))

    def _report_unknown(self, name: Any) -> None:
        shown = _shown(name)
        similar = find_similar([shown], FIELDS).get(shown)
        hint = f"did you mean `{similar}`?" if similar else f"the fields are {', '.join(FIELDS)}"
        self.report(name, f"`{shown}` is no field of a paper", hint)


def _shown(node: Any) -> str:
    return str(node.value) if node.id == "scalar" else "this"


def _plain(node: Any) -> str | list[str]:
    """Return the value of a node without the types that YAML would give it."""
    if node.id == "sequence":
        if any(item.id != "scalar" for item in node.value):
            raise MistakeError("must be a list of texts")
        return [item.value for item in node.value]
    if node.id != "scalar":
        raise MistakeError("must be a text or a list of texts")
    return str(node.value)


def _text(most: int) -> Callable[[Value], str]:
    def read(value: Value) -> str:
        text = clean(value) if isinstance(value, str) and len(value) <= PAPER_ABSTRACT.most else ""
        if not 0 < len(text) <= most:
            raise MistakeError(f"must be a text of 1 to {most:,} characters")
        return text

    return read


def _list(read: Callable[[Value], str]) -> Callable[[Value], tuple[str, ...]]:
    def read_list(value: Value) -> tuple[str, ...]:
        if isinstance(value, str):
            raise MistakeError("must be a list")
        if len(value) > AUTHORS.most:
            raise MistakeError(f"must have at most {AUTHORS.most:,} items")
        return tuple(map(read, value))

    return read_list


def _matching(is_right: Callable[[str], bool], meaning: str) -> Callable[[Value], str]:
    def read(value: Value) -> str:
        if not isinstance(value, str) or not is_right(value):
            raise MistakeError(f"must be {meaning}")
        return value

    return read


def _abstract(value: Value) -> str:
    if not isinstance(value, str) or len(value) > PAPER_ABSTRACT.most:
        raise MistakeError(f"must be a text of at most {PAPER_ABSTRACT.most:,} characters")
    return clean_abstract(value)


_READ: dict[str, Callable[[Value], Any]] = {
    "title": _text(TITLE_LENGTH.most),
    "authors": _list(_text(LONGEST_NAME)),
    "published": _matching(is_date, "a date such as 2024-03-19 or 2024-03"),
    "categories": _list(_matching(is_category, "a category of arXiv such as cs.CL")),
    "doi": _matching(is_doi, "a DOI such as 10.1000/182"),
    "found": _matching(is_date, "a date such as 2024-03-19"),
    "abstract": _abstract,
}
