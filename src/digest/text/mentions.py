"""A rendered text -> the sentences in which it refers to something, as plain text: what other pages quote of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from ..model import Fragment, Reference
from .fragment import REFERENCE_LINK, VERSION
from .sentences import split_sentences

LENGTH = 200
"""Characters of a sentence at most."""
_BESIDE = 130
"""Characters on either side of a reference that are kept of a longer sentence."""

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{2}")
_ADDRESS = re.compile(r"(?:https?://|arXiv:)[!-~]+")
_NAMED = r"(?:https?://|arXiv:)(?:[^\s(),]|\([^\s(),]*\))*"
_SOURCE = re.compile(rf"\s*\({_NAMED}(?:(?:,\s*|\s+){_NAMED})*,?\s*\)")
_ELLIPSIS = "…"


def find_mentions(fragment: Fragment) -> tuple[str, ...]:
    """Return, for each reference of a text in order, the sentence that mentions it first; empty if there is none.

    Addresses in parentheses are left out. If a sentence is nothing but an address, the one before it on the same line says
    what it is about. A file has no sentence, nor has a place in the same text.
    """
    if not fragment.references:
        return ()
    found: dict[Reference, str] = {}
    lines = _Lines(fragment.plain)
    for reference, label in _links(fragment.html):
        sentence = lines.find(label)
        if sentence and reference not in found:
            found[reference] = sentence
    return tuple(found.get(reference, "") for reference in fragment.references) if found else ()


def _links(html: str) -> Iterator[tuple[Reference, str]]:
    """Yield the references to entries in order, each with its words in the plain text."""
    for match in REFERENCE_LINK.finditer(html):
        kind, target = match[2], unquote(match[3])
        if kind == "arxiv":
            yield Reference("arxiv", VERSION.sub("", target)), _plain(match[5])
        elif target and kind in ("note", "address"):
            yield Reference("note" if kind == "note" else "address", target, unquote(match[4] or "")), _plain(match[5])


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


class _Lines:
    """A plain text that is searched from its beginning to its end. The sentences of a line are found once."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._at = 0
        self._end = -1
        self._starts: list[int] = []
        self._sentences: list[str] = []

    def find(self, label: str) -> str:
        """Return the sentence with the next occurrence of some words, or nothing."""
        at = self._plain.find(label, self._at) if label else -1
        if at < 0:
            return ""
        self._at = at + len(label)
        if at > self._end:
            self._open_line(at)
        number = bisect_right(self._starts, at) - 1
        if number < 0:
            return ""
        start, sentence = self._starts[number], self._sentences[number]
        own = _clean(sentence, at - start, at - start + len(label))
        if own or not number:
            return own
        before = self._sentences[number - 1]
        return _clean(before, len(before), len(before))

    def _open_line(self, at: int) -> None:
        start = self._plain.rfind("\n", 0, at) + 1
        end = self._plain.find("\n", at)
        self._end = len(self._plain) if end < 0 else end
        line = self._plain[start : self._end]
        self._sentences, self._starts = split_sentences(line), []
        place = 0
        for sentence in self._sentences:
            place = line.index(sentence, place)
            self._starts.append(start + place)
            place += len(sentence)


def _clean(sentence: str, start: int, end: int) -> str:
    """Return a sentence without its sources, cut to the words around its reference; empty if it has no words of its own."""
    first, last = max(0, start - _BESIDE), min(len(sentence), end + _BESIDE)
    cut = sentence[first:last]
    if first:
        cut = _ELLIPSIS + cut.partition(" ")[2]
    if last < len(sentence):
        cut = _cut(cut)
    cut = " ".join(_SOURCE.sub("", cut).split())
    if not _WORD.search(_ADDRESS.sub("", cut)):
        return ""
    return cut if len(cut) <= LENGTH else _cut(cut[: LENGTH - 1])


def _cut(text: str) -> str:
    """Return a text up to its last space, with an ellipsis."""
    return (text.rpartition(" ")[0] or text).rstrip(" ,;:(") + _ELLIPSIS
