"""The values of front matter -> dates, titles, authors, links and the other metadata of a note, each by the rule of its key."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from ..limits import TEXT_LENGTH
from ..model import KINDS, LANGUAGE_TAG
from ..urls import read_doi_of
from .comments import without_comments
from .dates import EXAMPLES, read_issued, read_written_date
from .names import split_names
from .rules import NoteRules
from .settings_block import Value

_LANG = re.compile(LANGUAGE_TAG)
_SLUG = re.compile(r"[^\s/\\?#%\x00-\x20]{1,120}")
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_KOREAN_KINDS = {"논문": "paper", "모델": "model", "하드웨어": "hardware", "메모": "note", "노트": "note"}
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?")
ISSUED, ISSUED_HINT = "the date of a work", "write `2024`, `2024-03` or `2024-03-19`"
WIKILINK = re.compile(r"\[\[([^\[\]|#]+)(?:[#|][^\[\]]*)?\]\]")
"""A link to a note; its group is the name of the note."""


class WrongValueError(Exception):
    """A value is of another type than its key wants. It is an answer to the reader of the keys, and no error of the program."""

    def __init__(self, wants: str, hint: str = "", code: str = "front-matter-value") -> None:
        super().__init__(wants)
        self.wants, self.hint, self.code = wants, hint, code


def read_line_of(value: Value, wants: str = "a text", hint: str = "") -> str:
    """Return a text in one line, without comments. Raises WrongValueError."""
    if value.kind != "text":
        raise WrongValueError(wants, hint)
    if len(value.text) > TEXT_LENGTH.most:
        raise WrongValueError(f"{wants} of at most {TEXT_LENGTH.most:,} characters", hint, code="limit")
    return unicodedata.normalize("NFC", " ".join(without_comments(" ".join(value.text.split())).split()))


def _read_texts(value: Value, wants: str) -> tuple[str, ...]:
    if value.kind != "list":
        return (read_line_of(value, wants),)
    texts = (read_line_of(item, wants) for item in value.items if item.kind != "nothing")
    return tuple(dict.fromkeys(text for text in texts if text))


def _read_date(value: Value, _: NoteRules) -> dt.date:
    hint = f"a date looks like {EXAMPLES}"
    if value.kind == "list" and value.items:
        value = value.items[0]
    found = read_written_date(read_line_of(value, "a date", hint))
    if found is None:
        raise WrongValueError("a date", hint)
    if found.date is None:
        raise WrongValueError("a day that exists", code="impossible-date")
    return found.date


def _read_title(value: Value, _: NoteRules) -> str:
    return read_line_of(value)


def _read_kind(value: Value, rules: NoteRules) -> str:
    kinds = tuple(dict.fromkeys((*KINDS, *(kind for kind, _ in rules.kind_tags))))
    wants = f"one of {', '.join(kinds)}"
    kind = read_line_of(value, wants)
    if kind not in kinds:
        kind = _KOREAN_KINDS.get(kind, kind)
    if kind not in kinds:
        near = difflib.get_close_matches(kind.lower(), kinds, 1)
        raise WrongValueError(wants, f"did you mean `{near[0]}`?" if near else "")
    return kind


def _read_authors(value: Value, _: NoteRules) -> tuple[str, ...]:
    names = _read_texts(value, "a list of names")
    names = tuple(WIKILINK.sub(r"\1", name) for name in names)
    return names if value.kind == "list" else split_names(names[0])


def _read_link(value: Value, _: NoteRules) -> str:
    wants = "an address that begins with http:// or https://"
    link = _read_texts(value, wants)[0] if value.items else read_line_of(value, wants)
    if not _LINK.fullmatch(link):
        raise WrongValueError(wants)
    return link


def _read_lang(value: Value, _: NoteRules) -> str:
    wants, hint = "a language tag", "for example `ko` or `en`"
    lang = read_line_of(value, wants, hint)
    lang = lang.replace("_", "-")
    if not _LANG.fullmatch(lang):
        raise WrongValueError(wants, hint)
    return lang


def _read_slug(value: Value, _: NoteRules) -> str:
    wants = "a part of an address without spaces, `/`, `?`, `#` or `%`"
    slug = read_line_of(value, wants)
    if not _SLUG.fullmatch(slug):
        raise WrongValueError(wants)
    return slug


def _read_issued(value: Value, _: NoteRules) -> str:
    issued = read_issued(read_line_of(value, ISSUED, ISSUED_HINT))
    if not issued:
        raise WrongValueError(ISSUED, ISSUED_HINT)
    return issued


def _read_doi(value: Value, _: NoteRules) -> str:
    wants, hint = "a DOI", "write it as `10.1000/182` or as its address at doi.org"
    doi = read_doi_of(read_line_of(value, wants, hint))
    if not doi:
        raise WrongValueError(wants, hint)
    return doi


def _read_categories(value: Value, _: NoteRules) -> tuple[str, ...]:
    wants, hint = "a list of arXiv categories", "for example `[cs.CL, cs.LG]`"
    texts = _read_texts(value, wants)
    categories = texts if value.kind == "list" else tuple(re.split(r"[\s,]+", texts[0]))
    if not all(map(_CATEGORY.fullmatch, categories)):
        raise WrongValueError(wants, hint)
    return categories


READERS: dict[str, Callable[[Value, NoteRules], Any]] = {
    "date": _read_date,
    "title": _read_title,
    "kind": _read_kind,
    "authors": _read_authors,
    "link": _read_link,
    "lang": _read_lang,
    "slug": _read_slug,
    "excerpt": _read_title,
    "updated": _read_date,
    "issued": _read_issued,
    "doi": _read_doi,
    "arxiv_categories": _read_categories,
}
"""What reads the value of each key. Each raises WrongValueError."""
