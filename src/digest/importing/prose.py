"""Markdown as CommonMark reads it -> Markdown as digest reads it.

In CommonMark, lines that follow one another are one paragraph, four spaces make code, and a line of `===` makes a heading. In
digest a line is a paragraph, and there is neither indented code nor such headings.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..notes.fences import find_code
from ..slugs import slugify
from .markdown import fenced

_CODE = re.compile(
    r"^(?P<fence>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})).*?(?:^[ \t>]*(?P=mark)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DIVIDER = re.compile(r"<!--\s*(?:more|excerpt)\s*-->", re.IGNORECASE)
_MATH_BLOCK = re.compile(r"(?P<lead>(?:^[ \t>]*)?)\$\$.*?\$\$(?P<rest>[^\n]*)", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<![\\$\w])\$(?=\S)[^$\n]+?(?<=\S)\$(?![\w$])|\\\(.+?\\\)", re.DOTALL)
_OWN_LINE = re.compile(
    r"\||:\s|\[\^[^\]]+\]:|\^[\w-]+$|\$\$|\\\[|\\begin\{|\[!\w+\]|!?\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?$|!\[\[[^\]]*\]\]$|<!--|-->|%%"
)
"""The beginning of a line that stays a line of its own: cells, definitions, footnotes, formulas, callouts, images, comments."""
_OPENS = re.compile(r"\$\$|\\[\[\]]|\\(?:begin|end)\{")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")
"""Han and Kana, which are written without spaces. Hangul is not among them."""
_SCRIPT = re.compile(r"^[ \t]*<(script|style)\b[^>]*>.*?</\1>", re.DOTALL | re.IGNORECASE | re.MULTILINE)
_GIST = re.compile(r"<script[^>]*\bsrc=[\"'](https://gist\.github\.com/[^\"'?]+?)\.js[^>]*>\s*</script>", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?P<marks>[ \t]{0,3}#{1,6}[ \t]+)(?P<text>[^\n]*?)(?:[ \t]*\{:?(?P<attributes>[^{}\n]*)\})?[ \t]*#*[ \t]*$",
    re.MULTILINE,
)
_HERE = re.compile(r"(\]\()#([^()\s\"]+)(?=[)\s])")


def outside_code(text: str, rewrite: Callable[[str], str]) -> str:
    """Rewrite a text but for its code and its comments."""
    parts: list[str] = []
    for piece, is_code in split_code(text):
        parts.append(piece if is_code else rewrite(piece))
    return "".join(parts)


def drop_dividers(text: str) -> str:
    """Return a text without `<!--more-->`, which ends the part that a blog shows in its lists."""
    return "".join("" if is_code and _DIVIDER.fullmatch(piece) else piece for piece, is_code in split_code(text))


def outside_formulas(text: str, rewrite: Callable[[str], str]) -> str:
    """Rewrite a text but for its code, its comments and its formulas."""

    def leave(piece: str) -> str:
        parts: list[str] = []
        at = 0
        for formula in _FORMULA.finditer(piece):
            parts += [rewrite(piece[at : formula.start()]), formula[0]]
            at = formula.end()
        return "".join([*parts, rewrite(piece[at:])])

    return outside_code(text, leave)


def split_code(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, and for each whether it is code or a comment."""
    at = 0
    while at < len(text):
        found = [match for match in (_CODE.search(text, at), _COMMENT.search(text, at)) if match]
        span = min(found, key=lambda match: match.start(), default=None)
        if span is None:
            yield text[at:], False
            return
        if span.start() > at:
            yield text[at : span.start()], False
        yield span[0], True
        at = max(span.end(), at + 1)


def reflow(text: str, *, keep_breaks: bool) -> str:
    """Write a text so that digest shows it as CommonMark does. With `keep_breaks`, every line of the author stays one."""
    text = outside_code(text, lambda piece: _MATH_BLOCK.sub(_quote_math, piece))
    lines = text.split("\n")
    hidden = _hide_math(text)
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(hidden)
    unclosed = find_code(hidden.split("\n"))[1]
    result: list[str] = []
    at = 0
    for start, end, written in _rewrite_blocks(parsed, lines, unclosed, keep_breaks=keep_breaks):
        if start < at:
            continue
        result += [*lines[at:start], *written]
        at = end
    return "\n".join([*result, *lines[at:]])


def _hide_math(text: str) -> str:
    """Return a text with as many lines in which formulas of several lines are code, so that nothing in them is Markdown."""

    def hide(found: re.Match[str]) -> str:
        if "\n" not in found[0] or not _is_block(found):
            return found[0]
        inside = "\n" * (found[0].count("\n") - 1)
        return f"{found['lead']}```\n{inside}{found['lead']}```"

    return outside_code(text, lambda piece: _MATH_BLOCK.sub(hide, piece))


def _is_block(found: re.Match[str]) -> bool:
    """Return True if nothing stands beside a formula."""
    at = found.start()
    return (not at or found.string[at - 1] == "\n") and not found["rest"].strip()


def _quote_math(found: re.Match[str]) -> str:
    """Return a formula in a quotation with the mark of the quotation on every line."""
    if ">" not in found["lead"] or not _is_block(found):
        return found[0]
    first, *others = found[0].split("\n")
    return "\n".join([first, *(line if line.lstrip().startswith(">") else f"> {line}" for line in others)])


def _rewrite_blocks(
    tokens: Sequence[Token], lines: Sequence[str], unclosed: Sequence[int], *, keep_breaks: bool
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the first line, the line behind the last one, and the new lines of each block that digest would read in another way.

    `unclosed` are the numbers of lines that open a fence which ends with the text.
    """
    quotes = 0
    for token in tokens:
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "paragraph_open" and end - start > 1:
            yield start, end, _join_lines(lines[start:end], quotes, keep_breaks=keep_breaks)
        elif token.type == "heading_open" and token.markup in ("=", "-"):
            words = " ".join(_bare(line, quotes) for line in lines[start : end - 1])
            lead = lines[start][: len(lines[start]) - len(_bare(lines[start], quotes))]
            yield start, end, [f"{lead}{'#' * int(token.tag[1])} {words.strip()}"]
        elif token.type == "fence" and not token.level and start + 1 in unclosed:
            yield start, end, [*lines[start:end], token.markup]
        elif token.type == "code_block" and (written := _fence(token.content, lines[start])):
            yield start, end, written


def _bare(line: str, quotes: int) -> str:
    return re.sub(rf"^(?:[ \t]*>){{0,{quotes}}}[ \t]*", "", line)


def _join_lines(lines: Sequence[str], quotes: int, *, keep_breaks: bool) -> list[str]:
    """Return the lines of a paragraph, joined if no break is meant between them."""
    result = [lines[0]]
    in_math = False
    for above, line in pairwise(lines):
        before, bare = result[-1], _bare(line, quotes)
        for mark in _OPENS.findall(above):
            in_math = not in_math if mark == "$$" else mark in ("\\[", "\\begin{")
        is_break = re.search(r"(?: {2,}|(?<!\\)\\|<br\s*/?>)$", before) is not None
        stays = _OWN_LINE.match(bare) or (_OWN_LINE.match(_bare(before, quotes)) and not before.rstrip().endswith("|"))
        if keep_breaks or in_math or is_break or stays:
            if is_break and not in_math:
                result[-1] = re.sub(r"(?: {2,}|\\|<br\s*/?>)$", "", before).rstrip()
            is_lazy = quotes and not line.lstrip().startswith(">")
            result.append(f"{'> ' * quotes}{bare}" if is_lazy else line)
        else:
            before = before.rstrip()
            joint = "" if _WIDE.match(before[-1:]) and _WIDE.match(bare[:1]) else " "
            result[-1] = f"{before}{joint}{bare}"
    return result


def _fence(content: str, first: str) -> list[str] | None:
    """Return indented code as fenced code, or None if it stands behind the mark of a list."""
    at = first.find(content.split("\n", 1)[0].strip())
    lead = re.sub(r"(?: {4}|\t)$", "", first[: max(at, 0)])
    if lead.strip(" \t>"):
        return None
    return [f"{lead}{line}".rstrip() for line in fenced(content.rstrip("\n")).strip("\n").split("\n")]


def fence_scripts(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text in which scripts and style sheets are shown as code, and those. Gists of GitHub become their addresses."""
    found: list[str] = []

    def show(script: re.Match[str]) -> str:
        found.append(script[0])
        return fenced(script[0].strip("\n"), "html")

    return outside_code(text, lambda piece: _SCRIPT.sub(show, _GIST.sub(r"\n\1\n", piece))), tuple(found)


def settle_anchors(text: str) -> str:
    """Remove ids and classes behind headings, and lead links to a heading of the same text to the id that digest gives it."""
    anchors: dict[str, str] = {}

    def read_heading(found: re.Match[str]) -> str:
        words = found["text"].rstrip("# \t") or found["text"]
        if (attributes := found["attributes"]) is not None and not re.search(r"(?:^|[\s:])[#.][\w-]|=", attributes):
            words = f"{words} {{{attributes}}}"
            attributes = ""
        plain = re.sub(r"[*`_~]|\[|\]\([^)]*\)", "", words)
        names = re.findall(r"#([\w-]+)", attributes or "")
        for name in (*names, _github_slug(plain), _kramdown_slug(plain)):
            anchors.setdefault(name, slugify(plain))
        return f"{found['marks']}{words}"

    def lead(found: re.Match[str]) -> str:
        return f"{found[1]}#{anchors.get(found[2].lower(), anchors.get(found[2], found[2]))}"

    settled = outside_code(text, lambda piece: _HEADING.sub(read_heading, piece))
    return outside_code(settled, lambda piece: _HERE.sub(lead, piece))


def _github_slug(words: str) -> str:
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.lower()).strip())


def _kramdown_slug(words: str) -> str:
    return re.sub(
        r" ", "-", "".join(char for char in re.sub(r"^[^a-zA-Z]+", "", words).lower() if re.match(r"[a-z0-9\s-]", char))
    )


def pair_math(text: str) -> str:
    r"""Return a text in which `\\( … \\)` and `\\[ … \\]`, as authors write them for MathJax, have one backslash."""

    def pair(piece: str) -> str:
        piece = re.sub(r"\\\\\((.+?)\\\\\)", r"\\(\1\\)", piece)
        return re.sub(r"\\\\\[(.+?)\\\\\]", r"\\[\1\\]", piece, flags=re.DOTALL)

    return outside_code(text, pair)


def escape_own_marks(text: str) -> str:
    """Return a text in which marks that only digest knows are shown as they are, as Hugo and Jekyll show them.

    These are wikilinks, comments, highlights, the ids of blocks, and lines of tags.
    """

    def escape(piece: str) -> str:
        piece = re.sub(r"\[\[([^\[\]\n]*)\]\](?=[(\[])", r"[&#91;\1&#93;]", piece)
        piece = re.sub(r"\[\[(?=[^\[\]\n]*\]\])", "&#91;[", piece)
        piece = re.sub(
            r"%{2,}|={2,}(?=\S(?:[^\n]*\S)?==)", lambda found: "".join(f"\\{char}" for char in found[0]), piece
        )
        piece = re.sub(r"(?<=\s)\^(?=[A-Za-z0-9-]+$)", r"\\^", piece, flags=re.MULTILINE)
        return escape_templates(re.sub(r"^([ \t]*)(?=[#＃][^\s#＃])", r"\1\\", piece, flags=re.MULTILINE))

    return outside_formulas(text, escape)


def escape_templates(piece: str) -> str:
    """Return a piece of text outside code in which `{{`, `{%` and `{#` begin nothing."""
    return re.sub(r"\{(?=[{%#])", r"\\{", piece)


def write_callout(kind: str, title: str, inside: str) -> str:
    """Return a callout. A kind that Obsidian doesn't know is a note."""
    name = _CALLOUTS.get(kind.strip().lower(), "note")
    lines = [f"[!{name}] {title}".rstrip(), *inside.strip("\n").split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines)


_CALLOUTS: Mapping[str, str] = {
    **{name: name for name in ("note", "abstract", "info", "todo", "tip", "success", "question", "warning", "failure", "danger")},
    **{name: name for name in ("bug", "example", "quote", "important", "caution", "hint", "summary", "help", "error")},
    "primary": "note", "secondary": "note", "default": "note", "warn": "warning", "alert": "warning", "notice": "note",
    "check": "success", "ok": "success", "green": "success", "red": "danger", "yellow": "warning", "blue": "info",
}  # fmt: skip
