"""The parsers: which rules of markdown-it-py and of ours read which kind of text, in the order they are tried.

The lists below are all of them. Every other mark is text: indented code, setext headings, link definitions.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from ..limits import NESTING
from ..scripts import has_hangul
from .document import Document
from .rules.bare_url import bare_url
from .rules.callout import callout
from .rules.dollar_math import dollar_math
from .rules.footnote import footnote_definition, footnote_reference
from .rules.html_block import html_block
from .rules.html_inline import html_inline, pair_tags
from .rules.hugo_link import hugo_link
from .rules.inline_rule import InlineRule, compile_rule
from .rules.line import add_paragraph, line, line_text, plain_line
from .rules.math_block import math_block
from .rules.named_heading import named_heading
from .rules.paired_mark import paired_mark, write_pairs
from .rules.restored_list import restored_list
from .rules.table import table
from .rules.template_tag import template_tag
from .rules.tex_math import tex_math
from .rules.wikilink import wikilink
from .targets import OUTSIDE, local_reference
from .tex import find_macros

BlockRules = Sequence[tuple[str, RuleFuncBlockType, list[str]]]
InlineRules = Sequence[tuple[str, RuleFuncInlineType, str]]


def link(state: StateInline, silent: bool) -> bool:
    """Take the link that begins here. Without a `](` further on there is none, and no need to look for its end."""
    return _last_link(state.src) > state.pos and rules_inline.link(state, silent)


def image(state: StateInline, silent: bool) -> bool:
    """Take the image that begins here, as `link` does."""
    return _last_link(state.src) > state.pos and rules_inline.image(state, silent)


@lru_cache(maxsize=4)
def _last_link(line: str) -> int:
    return line.rfind("](")


# The third column names the rules whose blocks this rule may end.
COMMENTARY_BLOCKS: BlockRules = [
    ("plain_line", plain_line, []),
    ("table", table, []),
    ("math_block", math_block, []),
    ("fence", rules_block.fence, ["blockquote", "list"]),
    ("blockquote", callout, ["blockquote", "list"]),
    ("hr", rules_block.hr, ["blockquote", "list"]),
    ("list", rules_block.list_block, ["blockquote"]),
    ("heading", named_heading, ["blockquote"]),
    ("footnote", footnote_definition, ["blockquote", "list"]),
    ("html", html_block, []),
    ("restored_list", restored_list, []),
    ("line", line, ["blockquote"]),
]
# The third column holds the characters at which this rule may find something.
COMMENTARY_INLINES: InlineRules = [
    ("bare_url", bare_url, ":"),
    ("tex_math", tex_math, "\\"),
    ("escape", rules_inline.escape, "\\"),
    ("backticks", rules_inline.backtick, "`"),
    ("dollar_math", dollar_math, "$"),
    ("emphasis", rules_inline.emphasis.tokenize, "*_"),
    ("paired_mark", paired_mark, "~="),
    ("footnote", footnote_reference, "[^"),
    ("wikilink", wikilink, "[!"),
    ("hugo_link", hugo_link, "["),
    ("link", link, "["),
    ("image", image, "!"),
    ("autolink", rules_inline.autolink, "<"),
    ("html", html_inline, "<"),
    ("template_tag", template_tag, "{"),
    ("entity", rules_inline.entity, "&"),
]

# Abstracts are pasted and full of stray stars and underscores, so they have no emphasis, and addresses are the only links.
ABSTRACT_INLINES: InlineRules = [
    ("bare_url", bare_url, ":"),
    ("tex_math", tex_math, "\\"),
    ("escape", rules_inline.escape, "\\"),
    ("dollar_math", dollar_math, "$"),
]
TITLE_INLINES: InlineRules = [
    ("escape", rules_inline.escape, "\\"),
    ("dollar_math", dollar_math, "$"),
]

PAIRS: Sequence[tuple[str, RuleFuncInline2Type]] = [
    ("balance_pairs", rules_inline.link_pairs),
    ("paired_marks", write_pairs),
    ("emphasis", rules_inline.emphasis.postProcess),
    ("tags", pair_tags),
    ("fragments_join", rules_inline.fragments_join),
]

# Places where a rule may have something to do. Everything before them is text: an underscore inside a word never marks
# emphasis. Every branch begins with one character, and not with a class, so that the search skips to the next of them.
_SPECIAL = re.compile(
    r"\\|`|\*|\$|\[|\]|_(?:(?<![A-Za-z0-9]_)|(?![A-Za-z0-9]))|<(?=[A-Za-z/])|&(?=[#A-Za-z])|!(?=\[)"
    r"|~(?=~)|=(?==)|\^(?=\[)|\{(?=[{%:])|:(?:(?<=[pPsS]:)(?=//)|(?<=[oO]:)|(?<=[vV]:))"
)
_STARTS = frozenset("".join(characters for _, _, characters in COMMENTARY_INLINES))
# An address that needs no escapes.
_PLAIN_LINK = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/=&+-]*)?(?:\?[A-Za-z0-9._~/=&+-]+)?")
_UNDERSCORED_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*_")
_OPENING = frozenset("([{<「『《〈【〔（［｛“‘")
_CLOSING = frozenset(")]}>」』》〉】〕）］｝”’")


@cache
def commentary_parser(added: tuple[InlineRule, ...] = ()) -> "NotesMarkdown":
    """Return the parser of commentaries and translations; `added` are rules of plugins."""
    rules = [(f"plugin_{number}", compile_rule(rule), rule.starts) for number, rule in enumerate(added)]
    return NotesMarkdown(COMMENTARY_BLOCKS, [*rules, *COMMENTARY_INLINES])


@cache
def abstract_parser() -> "NotesMarkdown":
    """Return the parser of abstracts, for its `parse_line`."""
    return NotesMarkdown((), ABSTRACT_INLINES)


@cache
def title_parser() -> "NotesMarkdown":
    """Return the parser of titles, for its `parseInline`."""
    return NotesMarkdown((), TITLE_INLINES)


class NotesMarkdown(MarkdownIt):
    """markdown-it-py with exactly the given rules, and links to the web and to mail only."""

    def __init__(self, blocks: BlockRules, inlines: InlineRules) -> None:
        super().__init__("zero", {"maxNesting": NESTING.most})
        self.block: ParserBlock = _Blocks(blocks)
        self.inline: ParserInline = _Inlines(inlines)
        self.core.ruler.enableOnly(["normalize", "block", "inline"])

    def parse_line(self, line: str) -> list[Token]:
        """Return the tokens of a line that is a paragraph."""
        return self.inline.parse(line, self, {}, [])

    def parse_document(self, text: str) -> Document:
        """Parse a text with its footnotes, macros and the problems found in it."""
        env: EnvType = {}
        tokens = self.parse(text, env)
        footnotes = env.get("footnotes", {})
        parsed = 0
        # Parsing a footnote may add one that is written inside it.
        while parsed < len(footnotes):
            for token in list(footnotes.values())[parsed]:
                if token.type == "inline":
                    self.inline.parse(token.content, self, env, token.children)
            parsed += 1
        return Document(
            tokens=tokens,
            footnotes=footnotes,
            macros=find_macros(text),
            findings=tuple(env.get("findings", ())),
            template_tags=env.get("template_tags", 0),
        )

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Return True if a destination may become a link or a reference; any other stays text."""
        return OUTSIDE.match(url) is not None or local_reference(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Escape the characters that an address can't hold."""
        return url if _PLAIN_LINK.fullmatch(url) else super().normalizeLink(url)


class _Blocks(ParserBlock):
    def __init__(self, rules: BlockRules) -> None:
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, ends in rules:
            self.ruler.push(name, rule, {"alt": ends})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Read a range of lines. Lines nested beyond the limit become paragraphs with their marks; markdown-it drops them."""
        if state.level < NESTING.most:
            super().tokenize(state, startLine, endLine)
            return
        state.line = startLine
        while state.line < endLine:
            if not state.isEmpty(state.line):
                if state.sCount[state.line] < state.blkIndent:
                    break
                add_paragraph(state, state.line, line_text(state, state.line))
            state.line += 1


class _Inlines(ParserInline):
    def __init__(self, rules: InlineRules) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncInlineType]()
        self.ruler.push("text", rules_inline.text)
        self.rules_at: dict[str, list[RuleFuncInlineType]] = {}
        for name, rule, characters in rules:
            self.ruler.push(name, rule)
            for character in characters:
                self.rules_at.setdefault(character, []).append(rule)
        self.ruler2 = Ruler[RuleFuncInline2Type]()
        for pair_name, pair_rule in PAIRS:
            self.ruler2.push(pair_name, pair_rule)
        # A rule of a plugin may begin at a character that no other rule begins at.
        own = "".join(character for character in self.rules_at if character not in _STARTS)
        self.special = re.compile(f"{_SPECIAL.pattern}|[{re.escape(own)}]") if own else _SPECIAL
        self.terminator_re = self.special

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse a line; one without anything special in it is a single text token, at once."""
        if self.special.search(src) is None:
            if src:
                token = Token("text", "", 0)
                token.content = src
                tokens.append(token)
            return tokens
        state = _KoreanInline(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Read a range of a line, trying at each special character only the rules that may find something there."""
        src, end = state.src, state.posMax
        while state.pos < end:
            pos = state.pos
            special = self.special.search(src, pos, end)
            if special is None or special.start() > pos:
                state.pos = special.start() if special else end
                state.append_pending(src[pos : state.pos])
                continue
            rules = self.rules_at.get(src[pos], ()) if state.level < NESTING.most else ()
            for rule in rules:
                if rule(state, False):
                    break
            else:
                state.append_pending(src[pos])
                state.pos += 1
        if state.pending:
            state.pushPending()


class _KoreanInline(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Return what a run of `*`, `_`, `~` or `=` may begin and end.

        CommonMark's rule for the side that a run belongs to relies on spaces between words. Korean has none before a
        particle, so a run between punctuation and Hangul may both begin and end there. A single star after a Latin letter
        or a digit begins nothing (`Q*를`, `5*3`), and between two of them it ends nothing; two stars before or after a
        digit begin nothing there (`2**10`). A run after an opening bracket or quotation mark ends nothing, one before a
        closing one begins nothing (`(*표시)`). An underscore before a name and another underscore (`__init__`, `_target_`)
        is part of the name.
        """
        scanned = super().scanDelims(start, canSplitWord)
        after = start + scanned.length
        if self.src[start] == "_":
            named = _UNDERSCORED_NAME.match(self.src, after) is not None
            return Scanned(False, scanned.can_close, scanned.length) if named else scanned
        left = self.src[start - 1] if start else " "
        right = self.src[after] if after < self.posMax else " "
        can_open = scanned.can_open or (has_hangul(left) and not right.isspace())
        can_close = scanned.can_close or (has_hangul(right) and not left.isspace())
        if left.isascii() and left.isalnum():
            beside_letter = right.isascii() and right.isalnum()
            if scanned.length == 1:
                can_open = False
                can_close = can_close and not beside_letter
            elif beside_letter and (left.isdigit() or right.isdigit()):
                can_open = False
        if can_close and self._opens(start - 1):
            can_close = False
        return Scanned(can_open and right not in _CLOSING, can_close, scanned.length)

    def _opens(self, position: int) -> bool:
        """Return True if an opening bracket or quotation mark stands at a position."""
        if position < 0:
            return False
        char = self.src[position]
        if char in "\"'":
            return position == 0 or self.src[position - 1].isspace() or self.src[position - 1] in _OPENING
        return char in _OPENING
