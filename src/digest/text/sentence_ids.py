"""A rendered text -> the same text with ids on some of its sentences, to which links can lead.

A sentence is given by its words in the plain text. In HTML it may hold links, emphasis and formulas, or begin inside of
one. Where an element would be cut in two, the id is on the whole block.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from msgspec import Struct, structs

from ..model import Fragment
from .fragment import place

SENTENCE_ID = "said-{}"
"""The form of the ids. No heading has such an id, see `anchors`."""

# The words of a text are pieces, and not their letters: there are far fewer of them.
_PIECE = re.compile(r"[^<&\s]+|<(/?)([a-z][a-z0-9]*)[^>]*>|&[^;<>&\s]*;|\s+|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_INLINE = re.compile(
    r"a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|su[bp]|u|var|wbr"
)
_VOID = frozenset({"br", "wbr"})
_OPENING = re.compile(r"(?:<[a-z][^>]*>)+$")
_CLOSING = re.compile(r"(?:</[a-z0-9]+>)+")
_LONGEST_TAGS = 200
"""Characters before a sentence in which elements that begin with it are looked for."""
# Formulas and the marks of footnotes are other words in plain text, or none.
_UNREAD = re.compile(r'<math\b.*?</math>|<sup class="fn".*?</sup>', re.DOTALL)

Span = tuple[int, int]


class _Block(Struct):
    """The inside of a block, by its place in the HTML, and its letters, each with its place."""

    start: int
    end: int = 0
    text: str = ""
    places: Sequence[Span] = ()


def mark_sentences(fragment: Fragment, sentences: Sequence[tuple[str, str]]) -> tuple[Fragment, tuple[str, ...]]:
    """Return a fragment with an id on each of some sentences, and the ids, empty for a sentence that is not found.

    Each is given by all its words and by a part of them: if the HTML writes the whole in another way, as it does with
    formulas, the id is on the block that holds the part. Equal sentences have one id, and empty ones have none.
    """
    if not any(sentence for sentence, _ in sentences):
        return fragment, ("",) * len(sentences)
    html = fragment.html
    blocks = [block for block in _blocks(html) if block.text]
    spans = [_find(html, blocks, sentence, part) if sentence else None for sentence, part in sentences]
    names = {
        span: SENTENCE_ID.format(number)
        for number, span in enumerate(sorted({span for span in spans if span}, key=_outer_first), 1)
    }
    marked = structs.replace(fragment, html=_wrap(html, names), anchors=(*fragment.anchors, *names.values()))
    return marked, tuple(names[span] if span else "" for span in spans)


def _outer_first(span: Span) -> Span:
    return span[0], -span[1]


def _blocks(html: str) -> Iterator[_Block]:
    """Yield the blocks of a text in order. Space of any length is one letter."""
    block = _Block(0)
    letters: list[str] = []
    places: list[Span] = []
    at = 0
    while piece := _PIECE.match(html, at):
        start, at = piece.span()
        text = piece[0]
        if text[0] == "<" and (unread := _UNREAD.match(html, start)):
            at = unread.end()
        elif piece[2] and not _INLINE.fullmatch(piece[2]):
            yield _Block(block.start, start, "".join(letters), tuple(places))
            block, letters, places = _Block(at), [], []
        elif text[0] == "&" or text.isspace():
            words = unescape(text) if text[0] == "&" else " "
            letters.append(words)
            places += [(start, at)] * len(words)
        elif not piece[2]:
            letters.append(text)
            places += zip(range(start, at), range(start + 1, at + 1), strict=True)
    yield _Block(block.start, at, "".join(letters), tuple(places))


def _find(html: str, blocks: Iterable[_Block], sentence: str, part: str) -> Span | None:
    """Return the place of a sentence, or of the first block with the part of it."""
    holding = None
    for block in blocks:
        if (at := block.text.find(sentence)) >= 0:
            return _whole(html, block, block.places[at][0], block.places[at + len(sentence) - 1][1])
        if holding is None and part in block.text:
            holding = block
    return (holding.start, holding.end) if holding else None


def _whole(html: str, block: _Block, start: int, end: int) -> Span:
    """Return a place around a sentence in which every element that begins also ends: at most its whole block."""
    before = _OPENING.search(html, max(block.start, start - _LONGEST_TAGS), start)
    after = _CLOSING.match(html, end, block.end)
    for first in (start, before.start() if before else start):
        for last in (end, after.end() if after else end):
            if _is_whole(html[first:last]):
                return first, last
    return block.start, block.end


def _is_whole(html: str) -> bool:
    opened: list[str] = []
    for tag in _TAG.finditer(html):
        if tag[1]:
            if not opened or opened.pop() != tag[2]:
                return False
        elif tag[2] not in _VOID:
            opened.append(tag[2])
    return not opened


def _wrap(html: str, names: dict[Span, str]) -> str:
    """Put each place into an element with its id. Places are apart or one inside another."""
    marks = [(start, 1, -end, f"<span{place(name, 'id')}>") for (start, end), name in names.items()]
    marks += [(end, 0, -start, "</span>") for start, end in names]
    parts: list[str] = []
    at = 0
    for offset, _, _, mark in sorted(marks):
        parts += (html[at:offset], mark)
        at = offset
    return "".join((*parts, html[at:]))
