"""A text -> its opening: the first sentence or two, as plain text, which lists show of an entry."""

import re
from collections.abc import Callable
from html import unescape

from ..model import Fragment
from .sentences import split_sentences

# Each address ends before a space, and has no other address in it: there is one way to match a line, however many it has.
_ONLY_ADDRESSES = re.compile(r"(?:\(?(?:https?://|arXiv:)\S+(?:\s+|$))+")
_ADDRESS = r"(?:https?://|arXiv:)(?:[^\s(),]|\([^\s(),]*\))*"
_SOURCE = re.compile(rf"\s*\({_ADDRESS}(?:(?:,\s*|\s+){_ADDRESS})*,?\s*\)")
_HEADING = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1>\n", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SECTION_NAME = re.compile(
    r"\W*(?:\d+[.)]?\s*)?(?:abstract|summary|introduction|overview|tl;?dr|초록|요약|서론|개요|들어가며|소개|概要|要約|摘要)\W*",
    re.IGNORECASE,
)
_LONGEST_NAME = 24
_ELLIPSIS = "…"


def opening(text: str | Fragment, limit: int = 160) -> str:
    """Return the first sentences of a text that fit within `limit` characters, as plain text.

    They come from the first line that is more than an address or a heading, without the sources given in parentheses and
    without words that lead in to a list, which a reader of the opening doesn't see. If not even the first sentence fits, it
    is cut at a space and ends in an ellipsis. The result is never longer than `limit`.
    """
    plain = text.plain if isinstance(text, Fragment) else text
    lines = [" ".join(line.split()) for line in plain.split("\n")]
    if isinstance(text, Fragment) and text.html.startswith("<h"):
        lines = lines[_count_headings(text.html) :] or lines
    lines = [line for line in lines if line and not _ONLY_ADDRESSES.fullmatch(line)]
    line = next(filter(_is_prose(text), lines), lines[0] if lines else "")
    if "(http" in line or "(arXiv:" in line:
        line = _SOURCE.sub("", line)
    if line.endswith((",", ":")):
        line = " ".join(split_sentences(line)[:-1]) or line
    if len(line) <= limit:
        return line
    taken = ""
    for sentence in split_sentences(line):
        longer = f"{taken} {sentence}" if taken else sentence
        if len(longer) > limit:
            break
        taken = longer
    return taken or _cut(line, limit)


def _is_prose(text: str | Fragment) -> Callable[[str], bool]:
    """Return a function that is True for a line of the text that is no heading, and no word that stands for one."""
    html = text.html if isinstance(text, Fragment) and "<h" in text.html else ""
    headings = {" ".join(unescape(_TAG.sub("", match[0])).split()) for match in _HEADING.finditer(html)}
    return lambda line: line not in headings and not (len(line) < _LONGEST_NAME and _SECTION_NAME.fullmatch(line))


def _count_headings(html: str) -> int:
    """Return the number of headings that a text begins with."""
    number = position = 0
    while heading := _HEADING.match(html, position):
        number, position = number + 1, heading.end()
    return number


def _cut(line: str, limit: int) -> str:
    room = line[: limit - len(_ELLIPSIS)]
    if len(line) > len(room) and not line[len(room)].isspace():
        shorter = room.rpartition(" ")[0]
        # A word longer than half of the room, such as an address, is cut within.
        room = shorter if len(shorter) * 2 > len(room) else room
    return room.rstrip(" ,;:(") + _ELLIPSIS
