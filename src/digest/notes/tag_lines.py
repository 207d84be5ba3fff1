"""A line of hashtags -> its tags, and the words in it that are none.

A line is a tag line if it holds at least one tag and nothing but words behind `#`: separators such as `·` or `|`, a list mark
and a label such as `태그:` do no harm. Words that are no tags (`#2024`, `#🚀`) are reported; they cost an entry neither its
end nor its other tags.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..diagnostics import Diagnostic
from ..model import Tag, tag_key
from .titles import BIDI

# Tags are set apart by white space, visible or not, or by commas. `#C#` and `#c++` are tags; `#1`, `#!/bin/sh` and
# `#Note:` are none.
_GAP = r"\s\u200b-\u200d\u2060\ufeff,，、"
_LABEL = rf"\w[^#＃{_GAP}]*(?<![:;.!?…])(?:[#＃](?=[{_GAP}]|$))?"
_TAG_LINE = re.compile(rf"(?:[#＃]{_LABEL}[{_GAP}]*)+")
_TAG_LABEL = re.compile(rf"[#＃]({_LABEL})")

_WORD = re.compile(rf"[^{_GAP}]+")
_PREFIX = re.compile(
    r"(?:[-*+•·]\s+)?(?:(?:\*\*|__)?(?:태그|키워드|분류|주제|tags?|keywords?|topics?|categor(?:y|ies))(?:\*\*|__)?\s*[:：]+(?:\*\*|__)?\s*)?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[^\w#＃]+")
_HASHED = re.compile(r"[#＃][^#＃!]")
_PARTS = re.compile(r"[#＃]+[^#＃]*(?:[#＃]$)?")
_WRAPPING = "*`\"'“”‘’"
# Marks and elements around a tag, further `#` before it and a space behind it. `a(#b)` and `a #b` are none.
_LOOSE = re.compile(
    r"(?:^|(?<=\s))(?:<[^<>]*>|[\\\[(|=$~.…{]\s*)*(?:[#＃]{2,}|[#＃]\s(?=.*\s[#＃]\s)|(?<=\s)[#＃]\s|[#＃])"
)
_LABELLED = re.compile(r"(?:\*\*)?(?:태그|tags?)(?:\*\*)?\s*[:：]+(?:\*\*)?\s*[^.!?。]{1,100}", re.IGNORECASE)
_TRAILING = ";.!?…"
_LENGTH = 4_000
"""Longer lines are prose."""


class OddWord(Struct, frozen=True):
    """A word on a tag line that is no tag, and the place in the line's text where it begins."""

    word: str
    offset: int


class TagLine(Struct, frozen=True):
    """The labels on a tag line, and its words that are none."""

    labels: tuple[str, ...]
    odd: tuple[OddWord, ...] = ()


def is_strict_tag_line(text: str) -> bool:
    """Return True if a trimmed NFC line holds nothing but tags."""
    return _TAG_LINE.fullmatch(text) is not None and all(map(has_letter, _TAG_LABEL.findall(text)))


def has_letter(label: str) -> bool:
    """Return True if a label has at least one letter, as a tag must."""
    return any(char.isalpha() for char in label)


def read_tag_line(text: str) -> TagLine | None:
    """Return the tags of a line and its odd words, or None if it is no tag line."""
    if len(text) <= _LENGTH:
        prefix = _PREFIX.match(text)
        start = prefix.end() if prefix else 0
        if text[start:].lstrip(_WRAPPING)[:1] in ("#", "＃"):
            return _read_words(text, start)
    return None


def _read_words(text: str, start: int) -> TagLine | None:
    labels: list[str] = []
    odd: list[OddWord] = []
    has_certain = False
    for word in _WORD.finditer(text, start):
        if _SEPARATOR.fullmatch(word[0]) and not _has_symbol(word[0]):
            continue
        bare = word[0].strip(_WRAPPING)
        if bare[:1] not in ("#", "＃"):
            return None
        for part in _PARTS.finditer(bare):
            label, is_certain = _read_label(part[0])
            has_certain = has_certain or is_certain
            if label:
                labels.append(label)
            else:
                odd.append(OddWord(part[0], word.start() + word[0].find(bare) + part.start()))
    return TagLine(tuple(labels), tuple(odd)) if has_certain else None


def _read_label(written: str) -> tuple[str, bool]:
    """Return the label of a word with `#`, empty if it is no tag, and whether it is one for certain."""
    match = _TAG_LABEL.fullmatch(written)
    if match and has_letter(match[1]):
        return match[1].rstrip("/"), True
    match = _TAG_LABEL.fullmatch(written.rstrip(_TRAILING))
    return (match[1].rstrip("/"), False) if match and has_letter(match[1]) else ("", False)


def _has_symbol(text: str) -> bool:
    """Return True for symbols that mean something by themselves, such as an emoji."""
    return any(ord(char) >= 0x2190 and char not in "─│┃・｜／；＋＆" for char in text)


def parse_tags(texts: Iterable[str]) -> tuple[Tag, ...]:
    """Return the tags of tag lines in order, each key once."""
    return unique_tags([label for text in texts for label in _labels(text)])


def _labels(text: str) -> Sequence[str]:
    if is_strict_tag_line(text):
        return [label.rstrip("/") for label in _TAG_LABEL.findall(text)]
    found = read_tag_line(text)
    return found.labels if found else ()


def unique_tags(labels: Sequence[str]) -> tuple[Tag, ...]:
    """Make tags of labels; of those with one key the first stays."""
    tags: dict[str, Tag] = {}
    for written in labels:
        # A tag stands in every list, so it must not reorder what is around it.
        label = BIDI.sub("", written)
        key = tag_key(label)
        tags.setdefault(key, Tag(key, label))
    return tuple(tags.values())


def nearly_tags(text: str) -> bool:
    """Return True for a line that begins with a tag, is mostly tags or is labelled so, and may be meant as a tag line."""
    if "#" not in text and "＃" not in text:
        return _LABELLED.fullmatch(text) is not None
    first = _WORD.match(text)
    label = _TAG_LABEL.fullmatch(first[0].rstrip(_TRAILING)) if first else None
    return mostly_tags(_LOOSE.sub(" #", text[:_LENGTH])) or (label is not None and has_letter(label[1]))


def mostly_tags(text: str) -> bool:
    """Return True if at least half the words of a line are tags, or if all of them are words behind `#` that are none."""
    if "#" not in text and "＃" not in text:
        return False
    bare = (word.strip(_WRAPPING) for word in _WORD.findall(text[:_LENGTH]))
    words = [word for word in bare if word.strip("#＃")]
    if not words:
        return text.strip("#＃ ") == ""
    tags = sum(_TAG_LABEL.fullmatch(word) is not None and has_letter(word) for word in words)
    return len(words) <= 2 * tags or all(map(_HASHED.match, words))


def only_odd_words(text: str) -> bool:
    """Return True for a line of nothing but words behind `#` that are no tags, such as `#2024 #🚀`."""
    return all(map(_HASHED.match, _WORD.findall(text[:_LENGTH]))) and mostly_tags(text)


def check_tag_line(path: str, number: int, text: str, column: int) -> Iterator[Diagnostic]:
    """Report the words of a tag line that are no tags; `column` is that of the line's text."""
    found = None if is_strict_tag_line(text) else read_tag_line(text)
    for word in found.odd if found else ():
        message = f"`{word.word}` is no tag and was left out"
        hint = "a tag is `#` and a word with at least one letter, such as `#y2024`"
        yield Diagnostic(path, number, column + word.offset, "odd-tag", message, hint)


def near_tag_line(path: str, number: int, column: int, text: str, hint: str = "") -> Diagnostic:
    """Return the warning of a line that may be meant as a tag line and was kept as text."""
    hint = hint or "a tag line holds nothing but tags, such as `#llm #nlp`"
    return Diagnostic(path, number, column, "near-tag-line", f"`{text}` is no tag line and was kept as text", hint)
