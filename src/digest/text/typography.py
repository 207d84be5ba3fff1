"""Rendered HTML -> the same HTML with the quotes, dashes, arrows and ellipses of print.

Authors type `"`, `'`, `--`, `->` and `...`; readers see “ ”, ’, –, → and …. Only HTML changes: plain texts, search and exports
keep what was typed. Nothing changes in code, formulas and addresses, nor after a backslash (see `ESCAPED`). A mark that may be
part of code or of a formula stays: flags (`--quiet`), identifiers (`a--b`), comparisons (`<=`, `x => 0`), feet and inches
(5' 10"), primes (`f'(x)`), paths (`./...`).

markdown-it-py has such rules (`smartquotes`, `replacements`), but they don't fit. Between two letters its quotes don't close, so
that `"모델"은`, with a particle, keeps both; its dashes touch flags; and it joins points and question marks.
"""

import re
from html import unescape
from urllib.parse import quote

from ..scripts import has_east_asian, primary

_MARK = re.compile(
    r"<[^>]*>|://[^\s<]*|``|''|[\"'`]|-{2,}(?:&gt;)?|-&gt;|=+&gt;|&lt;[-=]+(?:&gt;)?|\.{3,}",
)
_TAG_NAME = re.compile(r"</?([a-z0-9]*)")
_TRANSPARENT = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    ]
)
"""Elements that the words of a line go on in."""
_UNTOUCHED = frozenset(["code", "kbd", "math", "pre", "samp", "var"])
"""Elements whose text stays as it was typed."""
_LABEL = re.compile(r'href="ref:note:([^"#]*)')
_ATOM = "x"
"""Stands for a formula or a piece of code beside a mark: quotes treat it as a word."""

Quotes = tuple[str, str, str, str]
"""Quotation marks of a language: the outer ones, then those inside."""

_QUOTES: dict[str, Quotes] = {
    "de": ("„", "“", "‚", "‘"),
    "cs": ("„", "“", "‚", "‘"),
    "pl": ("„", "”", "‚", "’"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "fi": ("”", "”", "’", "’"),
    "sv": ("”", "”", "’", "’"),
}
ESCAPED = {character: f"&#{ord(character)};" for character in "\"'`-=."}
"""How characters are written that an author escaped with a backslash: no rule here reads references."""
_COMMON_QUOTES: Quotes = ("“", "”", "‘", "’")
_APOSTROPHE = "’"
_ELISION = re.compile(r"'(?:\d\ds?(?![\w.'])|\d\d년|(?:tis|twas|em|til|cause|bout|round)\b|n['’])", re.IGNORECASE)
_PLURAL = re.compile(r"'s(?!\w)")
_AND = re.compile(r"n' [A-Z]")
_CALL = re.compile(r"[\w&;-]{0,40}\(")
_NO_OPENING = frozenset("_)]}”’»")
"""Characters before a mark that begins no quotation."""
_CODE_BEFORE = re.compile(r"(?:[={\\]|=\s|[a-z_]\(|\w\[)$")
"""What stands before a quote of code."""
_MAYBE_CODE = frozenset("={\\ ([")
_ADDRESS = re.compile(r"\.[A-Za-z]{2,}/\S*$")


def typeset(html: str, lang: str, *, is_pasted: bool = False) -> str:
    """Return a rendered text with typographic marks; quotes are those of the language `lang`.

    In a text that is pasted from a paper, `--` between two words is a dash and not part of an identifier.
    Only text is changed, never a tag: the HTML has the same elements and attributes as before.
    """
    if not _may_change(html):
        return html
    return _Text(html, _QUOTES.get(primary(lang), _COMMON_QUOTES), is_pasted=is_pasted).typeset()


def _may_change(html: str) -> bool:
    """Return False, faster than a look at every tag could, for a text without any mark, as most are.

    Attributes hold none of the marks but double quotes, two for each `="`.
    """
    return (
        "'" in html
        or "--" in html
        or "..." in html
        or "-&gt;" in html
        or "`" in html
        or "=&gt;" in html
        or "&lt;-" in html
        or html.count('"') != 2 * html.count('="')
    )


class _Text:
    """A rendered text on its way, with what has been decided so far."""

    def __init__(self, html: str, quotes: Quotes, *, is_pasted: bool) -> None:
        self.html = html
        self.is_pasted = is_pasted
        self.quotes = quotes
        self.edits: list[tuple[int, int, str]] = []
        # The quotation marks that wait for their end.
        self.double: tuple[int, int] | None = None
        self.single: tuple[int, int] | None = None
        # Whether a quote of code was met in this block: it has a second one, and perhaps more.
        self.is_code = False

    def typeset(self) -> str:
        html, search = self.html, _MARK.search
        at = text_start = 0
        before_tags = ""
        while match := search(html, at):
            start, at = match.span()
            mark = match[0]
            if mark[0] == "<":
                if start > text_start:
                    before_tags = html[start - 1]
                at, before_tags = self._pass_tag(mark, at, before_tags)
                text_start = at
            elif mark[0] != ":":
                before = html[start - 1] if start > text_start else before_tags
                self._set(mark, start, at, before)
        return self._written()

    def _pass_tag(self, tag: str, end: int, before: str) -> tuple[int, str]:
        """Return the place behind a tag, or behind a whole element that stays as it is, and the character before it."""
        name = _TAG_NAME.match(tag)[1]  # type: ignore[index]
        if name in _TRANSPARENT:
            return (self._end_of(name, end), _ATOM) if name == "a" and self._is_address(tag, end) else (end, before)
        if name in _UNTOUCHED and tag[1] != "/":
            return self._end_of(name, end), _ATOM
        if name != "br":
            self.double = self.single = None
            self.is_code = False
        return end, ""

    def _end_of(self, name: str, start: int) -> int:
        found = self.html.find(f"</{name}>", start)
        return found + len(name) + 3 if found >= 0 else start

    def _is_address(self, tag: str, end: int) -> bool:
        """Return True for the start of a link whose words are its address, or the name of the note that it leads to."""
        if tag[1] == "/":
            return False
        if tag.startswith('<a class="bare"'):
            return True
        target = _LABEL.search(tag)
        label = self.html[end : self.html.find("</a>", end)]
        return "://" in label or (target is not None and quote(unescape(label), safe="/") == target[1])

    def _after(self, at: int) -> str:
        """Return the character that follows a mark, past the tags of a line; empty at the end of a block."""
        html = self.html
        while html.startswith("<", at):
            end = html.index(">", at) + 1
            name = _TAG_NAME.match(html, at)[1]  # type: ignore[index]
            if name in _UNTOUCHED:
                return _ATOM
            if name not in _TRANSPARENT or name == "sup":
                return ""
            at = end
        return html[at : at + 1]

    def _set(self, mark: str, start: int, end: int, before: str) -> None:
        if mark[0] not in "\"'`":
            if sign := self._sign(mark, start, end, before):
                self.edits.append((start, end, sign))
        elif mark in ('"', "''", "``"):
            self._set_double(mark, start, end, before)
        else:
            self._set_single(mark, start, end, before)

    # Quotes

    def _opens(self, start: int, before: str, after: str) -> bool:
        """Return True if a quotation may begin at a mark between these characters."""
        if not after or after.isspace() or before in _NO_OPENING:
            return False
        if before.isalnum() and not has_east_asian(before):
            return False
        self.is_code = before in _MAYBE_CODE and _CODE_BEFORE.search(self.html, max(0, start - 3), start) is not None
        return not self.is_code

    def _set_double(self, mark: str, start: int, end: int, before: str) -> None:
        after = self._after(end)
        if self.is_code:
            return
        if mark == "``":
            self.double = (start, end)
        elif self.double and before and not before.isspace() and self.double[1] < start:
            self._close(self.double, (start, end), self.quotes[0], self.quotes[1])
            if self.single and self.single > self.double:
                self.single = None
            self.double = None
        elif self._opens(start, before, after):
            self.double = (start, end)

    def _set_single(self, mark: str, start: int, end: int, before: str) -> None:
        after = self._after(end)
        in_word = after.isalnum() and not has_east_asian(after)
        if mark == "'" and in_word and self._joins_word(start, before):
            self._write_apostrophe(start)
        elif self.is_code:
            return
        elif mark == "'" and self.single and self._ends_quotation(self.single[1], start, before, in_word=in_word):
            self._close(self.single, (start, end), self.quotes[2], self.quotes[3])
            self.single = None
        elif mark == "`" or self._opens(start, before, after):
            if mark == "'" and _ELISION.match(self.html, start):
                self._write_apostrophe(start)
            elif after and not after.isspace():
                self.single = (start, end)
        elif self._ends_word(start, before, after):
            self._write_apostrophe(start)

    def _joins_word(self, start: int, before: str) -> bool:
        """Return True if an apostrophe before a letter belongs to the word before it: `don't`, `GPT-4's`, `모델's`."""
        if before.isalpha() and not has_east_asian(before):
            return True
        return bool(before) and not before.isspace() and _PLURAL.match(self.html, start) is not None

    def _ends_quotation(self, opened: int, start: int, before: str, *, in_word: bool) -> bool:
        return opened < start and not in_word and bool(before) and not before.isspace()

    def _ends_word(self, start: int, before: str, after: str) -> bool:
        """Return True for an apostrophe at the end of a word, `the authors' view`; after one letter it is a prime."""
        if not (before.isalpha() and not has_east_asian(before)) or after == "(" or after.isalnum():
            return False
        word = self.html[max(0, start - 2) : start]
        return word.isalpha() or word == "'n" or _AND.match(self.html, start - 1) is not None

    def _write_apostrophe(self, start: int) -> None:
        self.edits.append((start, start + 1, _APOSTROPHE))

    def _close(self, opened: tuple[int, int], closed: tuple[int, int], opening: str, closing: str) -> None:
        self.edits += ((*opened, opening), (*closed, closing))

    # Dashes, arrows and ellipses

    def _sign(self, mark: str, start: int, end: int, before: str) -> str:
        """Return the sign for a run of hyphens, points or an arrow, or nothing if it stays."""
        after = self._after(end)
        starts, ends = not before or before.isspace(), not after or after.isspace()
        next_word = self.html[end : end + 12].lstrip()
        match mark:
            case "...":
                return "…" if self._is_ellipsis(start, end, before, after) else ""
            case "-&gt;":
                is_code = not starts and _CALL.match(self.html, end) is not None
                return "" if is_code or (before in ":|" and before) else "→"
            case "--":
                return "–" if self._is_dash(before, after, next_word, spaced=starts and ends) else ""
            case "---":
                joins = not starts and not ends and (before.isalnum() or before in ")]”’\"'.,") and after.isalnum()
                return "—" if joins or (starts and ends and before and after) else ""
            case "&lt;-&gt;":
                return "↔"
            case "&lt;=&gt;":
                return "⇔" if starts and ends else ""
            case "&lt;-":
                return "←" if starts and ends and after and not next_word[:1].isdigit() else ""
            case "=&gt;":
                is_function = self.html[max(0, start - 2) : start].rstrip().endswith(")")
                return "⇒" if starts and ends and after and not (next_word[:1].isdigit() or is_function) else ""
        return ""

    def _is_dash(self, before: str, after: str, next_word: str, *, spaced: bool) -> bool:
        if spaced:
            return bool(after) and next_word[:1] != "-"
        if before.isdigit() and after.isdigit():
            return True
        if self.is_pasted:
            return bool(before) and not before.isspace() and bool(after) and not after.isspace() and before != "-"
        return before.isalpha() and after.isupper()  # Kullback--Leibler

    def _is_ellipsis(self, start: int, end: int, before: str, after: str) -> bool:
        """Return False for points of a path (`./...`), of code (`x[..., 0]`, `{...rest}`), and of a shortened address."""
        if before in ("/", "\\", ".") or after in ("/", "\\"):
            return False
        if before in ("[", "{", "(") and (after in (",", "]") or (after.isascii() and after.isalpha())):
            return False
        return _ADDRESS.search(self.html, max(0, start - 80), start) is None

    def _written(self) -> str:
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(self.edits):
            parts += (self.html[at:start], new)
            at = end
        return "".join((*parts, self.html[at:]))
