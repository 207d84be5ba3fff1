"""An entry's link and text -> a sketch, by which the entry is recognised when its title, day or file is another.

A sketch is one line of text: a mark of the link, the marks of the text, and the size of the text. The marks are hashes of
its pairs of neighbouring words, of which only the least are kept: two texts share about as many of them as they share pairs of
words (A. Broder, "On the resemblance and containment of documents", 1997). Marks are made of the letters of base64url, and the
size is the number of different pairs.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import lru_cache
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

MEMBER = 5
"""The length of the mark of an entry's id, which has 30 bits."""

_LETTERS = ascii_uppercase + ascii_lowercase + digits + "-_"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
_UNSPACED = 30
"""A text whose words have more bytes than this on average is in a script without spaces."""
_BREAK = re.compile(r"[\s\u2026\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f]+")


def sketch_of(link: str | None, texts: Iterable[str]) -> str:
    """Return the sketch of an entry with a link and texts, with up to 32 marks of the texts."""
    text = "\n".join(texts)
    written = text.encode(errors="surrogatepass")
    words = written.split()
    if len(written) > _UNSPACED * len(words):
        words = [word.encode(errors="surrogatepass") for word in _BREAK.split(text) if word]
    hashes = set(map(zlib.crc32, words[1:], map(zlib.crc32, words))) if len(words) > 1 else set(map(zlib.crc32, words))
    marks = "".join([_PAIRS[number & 4095] + _LETTERS[number >> 12 & 63] for number in sorted(hashes)[:SEEN]])
    return f"{_link_mark(link)} {marks or NONE} {len(hashes)}"


def held_part(sketch: str) -> str:
    """Return the part of a card's sketch that is remembered: the link, and the seven least marks of the text."""
    link, marks, _ = _parts(sketch)
    return f"{link} {marks[: WIDTH * HELD]}"


def link_of(sketch: str) -> str:
    """Return the mark of the link in a sketch, or nothing."""
    link = _parts(sketch)[0]
    return "" if link == NONE else link


def marks_of(sketch: str) -> list[str]:
    """Return the marks of the text in a sketch, the least first."""
    marks = _parts(sketch)[1]
    return [] if marks == NONE else [marks[at : at + WIDTH] for at in range(0, len(marks), WIDTH)]


def size_of(sketch: str) -> int:
    """Return the size of the text of a card's sketch."""
    return int(_parts(sketch)[2])


def _parts(sketch: str) -> tuple[str, str, str]:
    """Return the parts of a sketch. One that is remembered has no size."""
    link, _, rest = (sketch or EMPTY).partition(" ")
    marks, _, size = rest.partition(" ")
    return link, marks, size or "0"


@lru_cache(maxsize=1 << 14)
def file_mark(path: str) -> str:
    """Return a mark of two letters for the path of a note."""
    return _PAIRS[zlib.crc32(unicodedata.normalize("NFC", path).encode(errors="surrogatepass")) & 4095]


def id_mark(name: str) -> str:
    """Return a mark of five letters for the id of an entry."""
    return _letters(name, MEMBER)


def _link_mark(link: str | None) -> str:
    return _letters(arxiv_id(link) or link, 4) if link else NONE


def _letters(text: str, count: int) -> str:
    number = zlib.crc32(text.encode(errors="surrogatepass"))
    return "".join([_LETTERS[number >> 6 * place & 63] for place in range(count)])
