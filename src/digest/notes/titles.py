"""A line's text -> whether it can be a title, and the title without its markup."""

import re

from ..limits import TITLE_LENGTH
from .file_names import read_file_name

LIST_MARK = re.compile(r"(?:[-*+•·|]\s|\d{1,3}[.)]\s|[①-⑳]|\(\d+\)|!\[)")
"""How an item of a list, a table's row or an image begins."""
_NUMBER = re.compile(r"(?:\d{1,3}[.)]\s|[①-⑳]|\(\d+\))")
_BLOCK = re.compile(
    r"[-*+•](?:\s|$)|\||!\[|\$\$|\\\[|\\begin\{|\{%|\{\{[<%]|\[\^[^\]]+\]:|[\w-]+:: "
    r"|</?(?:div|p|img|table|details|center|iframe|video|audio|figure|ul|ol|dl|pre|h[1-6]|hr|br|script|style|svg|picture|summary"
    r"|section|article|blockquote|aside)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[\[[^\[\]\n]*\]\]|!?\[[^\[\]\n]*\]\([^()\n]*\)")
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)")
_INLINE_LINK = re.compile(r"\[([^\[\]\n]*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_WIKILINK = re.compile(r"\[\[([^\[\]|#\n]*)((?:#[^\[\]|\n]*)?)(?:\|([^\[\]\n]*))?\]\]")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|del|ins|mark|sub|sup|small|kbd|code|span|br|center|font|a)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKS = (
    re.compile(r"(?<!\\)(\*\*\*|\*\*|~~|==)(?=\S)(.+?)(?<=\S)\1"),
    re.compile(r"(?<![\w*\\])(\*)(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![A-Za-z0-9*])"),
)
_MARKUP = re.compile(r"[*`~=\[<\\]")
_BLOCK_ID = re.compile(r"\s+\^[\w-]+$")
_KOREAN_END = re.compile("(?:[가-힣][.。]|[다요죠네][!…])$")
_ENGLISH_END = re.compile(r"\s(?!(?:al|etc|vs|inc|ltd|co|corp)\.$)[a-z]{2,}\.$")
_STOP_WITHIN = re.compile(r"[다요죠음함임됨]\. ")
_BARE_ENDS = "다요죠음함임됨"
_BEHIND_END = ")]\"'”’~ㅎㅋㅠㅜ "
_TAIL = 40
"""The end of a sentence is in so many characters, and an earlier one in ten times as many at the beginning."""
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that begin or end a part of a text with a direction of its own."""
_POP, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", _POP), **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)}
LONGEST_READ = 4 * TITLE_LENGTH.most
"""In a longer title no markup is looked for: some patterns take the square of its length."""


def is_block(text: str) -> bool:
    """Return True for a line of a list, table, HTML block, embed or formula, or of nothing but links."""
    if _BLOCK.match(text):
        return True
    return is_line_of_links(text)


def is_line_of_links(text: str) -> bool:
    """Return True if a line holds links and no words; one link with a label and an address may be a title."""
    if "](" not in text and "[[" not in text:
        return False
    links = _LINK.findall(text)
    if not links or (len(links) == 1 and not links[0].startswith(("[[", "!"))):
        return False
    return not any(char.isalnum() for char in _LINK.sub("", text))


def ends_as_sentence(text: str) -> bool:
    """Return True if a line surely ends a sentence: titles may end in `?`, `!` or `Inc.`, but seldom in `다.` or `today.`."""
    tail = text[-_TAIL:].rstrip(_BEHIND_END)
    if _KOREAN_END.search(tail):
        return True
    if tail[-1:] in _BARE_ENDS and tail:
        return _STOP_WITHIN.search(text, 0, 10 * _TAIL) is not None
    return len(text.split(None, 4)) > 4 and _ENGLISH_END.search(tail) is not None


def is_numbered(text: str) -> bool:
    """Return True for a line with the number of an item of a list."""
    return _NUMBER.match(text) is not None


def clean_title(text: str) -> str:
    """Return a title as plain text, without emphasis, links, code marks, inline HTML and images; formulas stay.

    What would leave nothing stays as it is, and so does a line that is far too long for a title.
    """
    if len(text) > LONGEST_READ:
        return text
    if not _MARKUP.search(text):
        return _BLOCK_ID.sub("", text) if "^" in text else text
    plain = _EMBED.sub("", text)
    plain = _WIKILINK.sub(_label_of, plain)
    plain = _INLINE_LINK.sub(lambda match: match[1] or match[2], plain)
    pieces, place = [], 0
    for code in _CODE.finditer(plain):
        pieces += [_without_marks(plain[place : code.start()]), code[2].strip()]
        place = code.end()
    # Marks may stand around code, so they are looked for again in the whole.
    plain = _without_marks("".join([*pieces, _without_marks(plain[place:])])) if pieces else _without_marks(plain)
    plain = " ".join(_BLOCK_ID.sub("", plain).split())
    return plain if any(char.isalnum() for char in plain) else text


def close_bidi(text: str) -> str:
    """Return a text that cannot reorder what stands behind it.

    Embeddings and isolates that it leaves open are closed, and characters that close nothing are dropped (UAX #9, BD9 to BD11).
    """
    if not BIDI.search(text):
        return text
    kept: list[str] = []
    closing: list[str] = []
    for char in text:
        if char in _CLOSED_BY:
            closing.append(_CLOSED_BY[char])
        elif char == _POP:
            if closing[-1:] != [_POP]:
                continue
            closing.pop()
        elif char == _POP_ISOLATE:
            if _POP_ISOLATE not in closing:
                continue
            while closing.pop() != _POP_ISOLATE:
                pass  # the end of an isolate ends the embeddings in it
        kept.append(char)
    return "".join(kept + closing[::-1])


def link_of_title(text: str) -> str | None:
    """Return the first address that a title links to."""
    match = next((match for match in _INLINE_LINK.finditer(text) if match[2].startswith(("http://", "https://"))), None)
    return match[2] if match else None


def _without_marks(text: str) -> str:
    if "$" in text or not _MARKUP.search(text):
        return text
    text = _TAG.sub("", text)
    for mark in _MARKS:
        text = mark.sub(lambda match: match[2], text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _label_of(match: re.Match[str]) -> str:
    if match[3]:
        return match[3].strip()
    name = match[1].strip().rpartition("/")[2]
    return read_file_name(name).title or name or match[2].lstrip("#^")
