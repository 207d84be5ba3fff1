"""A line's text -> whether it can be a title, and the title without its markup."""

import re

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
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


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


def is_numbered(text: str) -> bool:
    """Return True for a line with the number of an item of a list."""
    return _NUMBER.match(text) is not None


def clean_title(text: str) -> str:
    """Return a title as plain text, without emphasis, links, code marks, inline HTML and images; formulas stay.

    What would leave nothing stays as it is.
    """
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
