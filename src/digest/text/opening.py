"""A text -> its opening: the first sentence or two, which lists show of an entry."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain, islice, takewhile

from msgspec import Struct

from .prose import ADDRESS, FORMULA, Formula, Line, read_lines
from .rules.line import ENDS_OF_INTRODUCTIONS
from .sentences import split_sentences

_MARKED = "\x01[^\x02]*\x02"
_ONLY_ADDRESSES = re.compile(
    rf"(?:{_MARKED}|arXiv:\S+|[\s()|,;.·–-]|\b(?:arxiv\.org/abs/)?\d{{4}}\.\d{{4,5}}(?:v\d+)?\b)+"
)
_SOURCE = re.compile(rf"\s*\((?:{_MARKED}|arXiv:[^\s,;)]+)(?:[,;\s]+(?:{_MARKED}|arXiv:[^\s,;)]+))*[,;.…\s]*\)")
_PARTICLE = r"\s?(?:에|을|를|은|는|의|와|과|로|으로|에서|에는|에도|도|처럼|보다|이후|이전|이래|등|같은|및)(?:\s|$)"
_AT_START = re.compile(rf"^(?:{_MARKED}[\s:,–-]*(?!{_PARTICLE}))+(?=.)")
_AFTER_SENTENCE = re.compile(rf"(?<=[.?!…。)])(?:\s*{_MARKED})+(?!{_PARTICLE})")
_BEFORE_PARTICLE = re.compile(r"(\x02) (?=(?:에|을|를|은|는|의|와|과|로|으로|에서|에는|에도|도)\s)")
_HASHTAGS = re.compile(r"(?:\s+#[^\s#]+)+$")
_SECTION_NAME = re.compile(
    r"\W*(?:\d+[.)]?\s*)?(?:abstract|summary|introduction|overview|tl;?dr|초록|요약|서론|개요|들어가며|소개|概要|要約|摘要)\W*",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"(?:(?:다음과|아래와) 같(?:다|습니다|네요|아요|음|았다|았습니다)|\bas follows)\.?$", re.IGNORECASE
)
_STOPS = ".?!…。,;:"
_LONGEST_NAME = 24
_MOST_ITEMS = 20
_ELLIPSIS = "…"


class Opening(Struct, frozen=True):
    """An opening as plain text, and as HTML, where formulas are set."""

    plain: str
    html: str


def opening(html: str, limit: int = 160) -> Opening:
    """Return the first sentences of a rendered text that fit within `limit` characters.

    They come from the first line that is more than an address or a heading, without sources in parentheses and without tags at
    the end. An address within a sentence is its host. Words that lead in to a list are left out, or followed by the items if
    nothing else is said. If not even the first sentence fits, it is cut at a space and ends in an ellipsis. The plain text is
    never longer than `limit`.
    """
    text, formulas = _first_words(line for line in read_lines(html) if not _ONLY_ADDRESSES.fullmatch(line.text))
    return _write(_fit(text, limit), formulas)


def _first_words(lines: Iterator[Line]) -> tuple[str, Sequence[Formula]]:
    """Return the text that the opening is taken from, with the formulas in it. Few lines are read: the first will mostly do."""
    first: tuple[str, Sequence[Formula]] = ("", ())
    while line := next(lines, None):
        text = _tidy(line.text)
        first = first if first[0] else (text, line.formulas)
        if not _is_prose(line) or not text:
            continue
        if line.kind == "item":
            return _join(chain((line,), lines), "item")
        leads_in = _leads_in(text)
        if not leads_in and text[-1] in _STOPS:
            return text, line.formulas
        after = next(lines, None)
        has_list = after is not None and after.kind in ("item", "display")
        if not leads_in and not has_list:
            return text, line.formulas
        if len(sentences := split_sentences(text)) > 1:
            return " ".join(sentences[:-1]), line.formulas
        if after and has_list:
            items, formulas = _join(chain((after,), lines), after.kind)
            return f"{text} {items}", (*line.formulas, *formulas)
        lines = chain((after,) if after else (), lines)
    return first


def _leads_in(text: str) -> bool:
    """Return True for words that a list is meant to follow."""
    return (
        text[-1] in ENDS_OF_INTRODUCTIONS or _ANNOUNCEMENT.search(text, max(0, len(text) - _LONGEST_NAME)) is not None
    )


def _is_prose(line: Line) -> bool:
    if line.kind not in ("paragraph", "item"):
        return False
    return not (len(line.text) < _LONGEST_NAME and _SECTION_NAME.fullmatch(line.text))


def _join(lines: Iterable[Line], kind: str) -> tuple[str, Sequence[Formula]]:
    """Return the lines of a kind that come first as one text."""
    items = list(islice(takewhile(lambda line: line.kind == kind, lines), _MOST_ITEMS))
    words = [_tidy(item.text) for item in items]
    text = "".join(word + (" " if word[-1:] in _STOPS else ", ") for word in words if word)
    return text.rstrip(", "), [formula for item in items for formula in item.formulas]


def _tidy(text: str) -> str:
    """Return a line without sources and tags, its addresses by their names."""
    if "\x01" in text or "(arXiv:" in text:
        text = _SOURCE.sub("", text)
        text = _AT_START.sub("", text)
        text = _AFTER_SENTENCE.sub("", text)
        text = ADDRESS.sub(r"\1", _BEFORE_PARTICLE.sub(r"\1", text))
    if "#" in text:
        text = _HASHTAGS.sub("", text)
    return text.removeprefix("| ")


def _fit(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    taken = ""
    for sentence in split_sentences(text):
        longer = f"{taken} {sentence}" if taken else sentence
        if len(longer) > limit:
            break
        taken = longer
    return taken or _cut(text, limit)


def _cut(line: str, limit: int) -> str:
    room = line[: limit - len(_ELLIPSIS)]
    if len(line) > len(room) and not line[len(room)].isspace():
        shorter = room.rpartition(" ")[0]
        # A word longer than half of the room is cut within.
        room = shorter if len(shorter) * 2 > len(room) else room
    return room.rstrip(" ,;:(") + _ELLIPSIS


def _write(text: str, formulas: Sequence[Formula]) -> Opening:
    """Return a text as plain text and as HTML. A formula that was cut is left out."""
    if not formulas:
        return Opening(text, escape(text, quote=False))
    whole = iter(formulas)

    def take(run: re.Match[str]) -> Formula | None:
        formula = next(whole)
        return formula if len(run[0]) == max(1, len(formula.plain)) else None

    parts: list[tuple[str, str]] = []
    at = 0
    for run in FORMULA.finditer(text):
        words = text[at : run.start()]
        parts.append((words, escape(words, quote=False)))
        if formula := take(run):
            parts.append((formula.plain, formula.html))
        at = run.end()
    parts.append((text[at:], escape(text[at:], quote=False)))
    return Opening("".join(plain for plain, _ in parts), "".join(html for _, html in parts))
