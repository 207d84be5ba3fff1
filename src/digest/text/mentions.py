"""A rendered text -> the sentences in which it refers to something, as plain text: what other pages quote of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from ..model import Fragment, Reference
from .fragment import REFERENCE_LINK, VERSION
from .sentences import split_sentences

LENGTH = 200
"""Characters of a sentence at most."""
_BESIDE = 130
"""Characters on either side of a reference that are kept of a longer sentence."""

_NAME = re.compile(r"\[\[([^\[\]]+)\]\]")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{2}")
_ADDRESS = re.compile(r"(?:https?://|arXiv:)[!-~]+")
_NAMED = r"(?:https?://|arXiv:)(?:[^\s(),]|\([^\s(),]*\))*"
_SOURCE = re.compile(rf"\s*\({_NAMED}(?:(?:,\s*|\s+){_NAMED})*,?\s*\)")
_ELLIPSIS = "…"


def find_mentions(fragment: Fragment) -> tuple[str, ...]:
    """Return, for each reference of a text in order, the sentence that mentions it first; empty if there is none.

    Addresses in parentheses are left out. If a sentence is nothing but an address, the one before it on the same line says
    what it is about. A name that only repeats a wikilink's target stands in `[[…]]`, see `name_mentions`. A file has no
    sentence, nor has a place in the same text.
    """
    if not fragment.references:
        return ()
    plain, places = _locate(fragment)
    lines = _Lines(plain)
    found: dict[Reference, str] = {}
    for reference, start, end in places:
        sentence = lines.quote(start, end)
        if sentence and reference not in found:
            found[reference] = sentence
    return tuple(found.get(reference, "") for reference in fragment.references) if found else ()


def name_mentions(sentence: str, titles: Mapping[str, str]) -> str:
    """Return a sentence with the titles of notes, by target, in place of the names by which the text links to them."""
    named = _NAME.sub(lambda match: titles.get(match[1], match[1]), sentence)
    return named.replace("[[", "").replace("]]", "")  # of a name that was cut


def _locate(fragment: Fragment) -> tuple[str, list[tuple[Reference, int, int]]]:
    """Return the plain text with names marked, and the places in it of the references to entries, in order."""
    parts: list[str] = []
    places: list[tuple[Reference, int, int]] = []
    at = length = 0
    for reference, label in _links(fragment.html):
        start = fragment.plain.find(label, at) if label else -1
        if start < 0:
            continue
        words = f"[[{label}]]" if reference.kind == "note" and label == reference.target else label
        parts += (fragment.plain[at:start], words)
        length += start - at + len(words)
        places.append((reference, length - len(words), length))
        at = start + len(label)
    return "".join((*parts, fragment.plain[at:])), places


def _links(html: str) -> Iterator[tuple[Reference, str]]:
    """Yield the references to entries in order, each with its words in the plain text."""
    for match in REFERENCE_LINK.finditer(html):
        kind, target = match[2], unquote(match[3])
        label = " ".join(unescape(_TAG.sub("", match[5])).split())
        if kind == "arxiv":
            yield Reference("arxiv", VERSION.sub("", target)), label
        elif target and kind in ("note", "address"):
            yield Reference("note" if kind == "note" else "address", target, unquote(match[4] or "")), label


class _Lines:
    """A plain text that is read from its beginning to its end. The sentences of a line are found once."""

    def __init__(self, plain: str) -> None:
        self._plain = plain
        self._end = -1
        self._starts: list[int] = []
        self._sentences: list[str] = []

    def quote(self, start: int, end: int) -> str:
        """Return the sentence with the words between two places, or nothing."""
        if start > self._end:
            self._open_line(start)
        number = bisect_right(self._starts, start) - 1
        if number < 0:
            return ""
        sentence, begin = self._sentences[number], self._starts[number]
        own = _clean(sentence, start - begin, end - begin)
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
