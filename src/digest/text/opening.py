"""A text -> its opening: the plain sentence or two that lists show of an entry."""

import re

from ..model import Fragment
from .sentences import split_sentences

_ONLY_ADDRESSES = re.compile(r"(?:\(?(?:https?://\S+|arXiv:\S+)\)?\s*)+")
_SOURCE = re.compile(r"\s*\((?:(?:https?://|arXiv:)[^\s),]*[,;]?\s*)+\)")
_ELLIPSIS = "…"


def opening(text: str | Fragment, limit: int = 160) -> str:
    """Return the first sentences of a plain text that fit within `limit` characters.

    They come from the first line that is more than an address, without the sources given in parentheses, nor what leads
    in to a list that a reader of the opening doesn't see. Where not even the first sentence fits, it is cut at a space,
    and an ellipsis says so; the result is never longer than `limit`.
    """
    plain = text.plain if isinstance(text, Fragment) else text
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    line = next((line for line in lines if line and not _ONLY_ADDRESSES.fullmatch(line)), "")
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


def _cut(line: str, limit: int) -> str:
    room = line[: limit - len(_ELLIPSIS)]
    if len(line) > len(room) and not line[len(room)].isspace():
        shorter = room.rpartition(" ")[0]
        # A word longer than half of the room, such as an address, is cut within.
        room = shorter if len(shorter) * 2 > len(room) else room
    return room.rstrip(" ,;:(") + _ELLIPSIS
