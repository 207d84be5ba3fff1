"""An entry's link and text -> a sketch, by which the entry is recognised when its title, day or file is another.

A sketch is one line of text: a mark of the link, a space, a letter for the size of the text, and the marks of the text. The
size is the number of different pairs of neighbouring words. The marks are hashes of these pairs, of which only the least are
kept: two texts share about as many of them as they share pairs (A. Broder, "On the resemblance and containment of documents",
1997). Letters are those of base64url.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
from math import log2
from string import ascii_lowercase, ascii_uppercase, digits

from ..urls import arxiv_id

NONE = "-"
"""Stands for the mark of a link, or for the marks of a text, if there is none."""
EMPTY = f"{NONE} {NONE}"
"""The sketch of an entry without link and text."""
WIDTH = 3
"""The length of a text's mark, which has 18 bits."""
HELD = 7
"""How many marks of a text are remembered. The number is odd, so that one of two parts has more of them."""
SEEN = 32
"""How many marks a card has. With more than are remembered, a text is still found in one that is four times as long."""

STEPS = 4
"""How many letters stand for a doubling of a text's size."""
MEMBER = 5
"""The length of the mark of an entry's id, which has 30 bits."""

_LETTERS = ascii_uppercase + ascii_lowercase + digits + "-_"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_UNSPACED = 30
"""A text whose words have more bytes than this on average is in a script without spaces."""
_BREAK = re.compile(r"[\s\u2026\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]+")


def sketch_of(link: str | None, texts: Iterable[str]) -> str:
    """Return the sketch of an entry with a link and texts. It has up to 32 marks of the texts."""
    text = "\n".join(texts)
    written = text.encode(errors="surrogatepass")
    words = written.split()
    if len(written) > _UNSPACED * len(words):
        words = [word.encode(errors="surrogatepass") for word in _BREAK.split(text) if word]
    hashes = set(map(zlib.crc32, words[1:], map(zlib.crc32, words))) if len(words) > 1 else set(map(zlib.crc32, words))
    marks = "".join([_PAIRS[number & 4095] + _LETTERS[number >> 12 & 63] for number in sorted(hashes)[:SEEN]])
    return f"{_link_mark(link)} {_size_letter(len(hashes)) + marks if marks else NONE}"


def held_part(sketch: str) -> str:
    """Return the part of a card's sketch that is remembered: the link, the size, and the seven least marks of the text."""
    return sketch[: sketch.index(" ") + 2 + WIDTH * HELD] if sketch else EMPTY


def link_of(sketch: str) -> str:
    """Return the mark of the link in a sketch, or nothing."""
    link = sketch.partition(" ")[0]
    return "" if link == NONE else link


def marks_of(sketch: str) -> list[str]:
    """Return the marks of the text in a sketch, the least first."""
    start = sketch.find(" ") + 2
    return [sketch[at : at + WIDTH] for at in range(start, len(sketch), WIDTH)] if start > 1 else []


def size_of(sketch: str) -> float:
    """Return the size of the text in a sketch with marks, to within a tenth."""
    return float(2 ** (_LETTERS.index(sketch[sketch.index(" ") + 1]) / STEPS))


@lru_cache(maxsize=1 << 17)
def file_mark(path: str) -> str:
    """Return a mark of two letters for the path of a note."""
    return _PAIRS[zlib.crc32(unicodedata.normalize("NFC", path).encode(errors="surrogatepass")) & 4095]


def id_mark(name: str) -> str:
    """Return a mark of five letters for the id of an entry."""
    return _letters(name, MEMBER)


@lru_cache(maxsize=1 << 12)
def _size_letter(size: int) -> str:
    return _LETTERS[min(round(log2(size) * STEPS), len(_LETTERS) - 1)]


def _link_mark(link: str | None) -> str:
    return _letters(arxiv_id(link) or link, 4) if link else NONE


def _letters(text: str, count: int) -> str:
    number = zlib.crc32(text.encode(errors="surrogatepass"))
    return "".join([_LETTERS[number >> 6 * place & 63] for place in range(count)])
