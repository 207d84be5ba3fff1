"""The parsers: which rules of markdown-it-py and of ours read which kind of text, in the order they are tried.

The lists below are the whole of it. What is not in them is text: indented code, raw HTML, setext headings, link
definitions, strikethrough.
"""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInline2Type, RuleFuncInlineType
from markdown_it.ruler import Ruler
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.dollarmath.index import math_block_dollar

from ..scripts import has_hangul
from .rules.bare_url import bare_url
from .rules.dollar_math import dollar_math
from .rules.line import line, plain_line
from .rules.named_heading import named_heading
from .rules.restored_list import restored_list
from .rules.wikilink import wikilink

BlockRules = Sequence[tuple[str, RuleFuncBlockType, list[str]]]
InlineRules = Sequence[tuple[str, RuleFuncInlineType]]

# The third column names the rules whose blocks this rule may end.
COMMENTARY_BLOCKS: BlockRules = [
    ("plain_line", plain_line, []),
    ("table", rules_block.table, []),
    ("math_block", math_block_dollar(allow_labels=False, allow_blank_lines=False), []),
    ("fence", rules_block.fence, ["blockquote", "list"]),
    ("blockquote", rules_block.blockquote, ["blockquote", "list"]),
    ("hr", rules_block.hr, ["blockquote", "list"]),
    ("list", rules_block.list_block, ["blockquote"]),
    ("heading", named_heading, ["blockquote"]),
    ("restored_list", restored_list, []),
    ("line", line, ["blockquote"]),
]
COMMENTARY_INLINES: InlineRules = [
    ("text", rules_inline.text),
    ("bare_url", bare_url),
    ("escape", rules_inline.escape),
    ("backticks", rules_inline.backtick),
    ("dollar_math", dollar_math),
    ("emphasis", rules_inline.emphasis.tokenize),
    ("wikilink", wikilink),
    ("link", rules_inline.link),
    ("image", rules_inline.image),
    ("autolink", rules_inline.autolink),
    ("entity", rules_inline.entity),
]

# Abstracts are pasted, and full of stray stars and underscores: no emphasis, no links but addresses.
ABSTRACT_INLINES: InlineRules = [
    ("text", rules_inline.text),
    ("bare_url", bare_url),
    ("escape", rules_inline.escape),
    ("dollar_math", dollar_math),
]
TITLE_INLINES: InlineRules = [
    ("text", rules_inline.text),
    ("escape", rules_inline.escape),
    ("dollar_math", dollar_math),
]

PAIRS: Sequence[tuple[str, RuleFuncInline2Type]] = [
    ("balance_pairs", rules_inline.link_pairs),
    ("emphasis", rules_inline.emphasis.postProcess),
    ("fragments_join", rules_inline.fragments_join),
]

# Where a rule may have something to do; all before it is text. An underscore inside a word never marks emphasis. Every
# branch begins with one character and no class of them, so that the search skips to the next of them.
_SPECIAL = re.compile(
    r"\\|`|\*|\$|\[|\]|_(?:(?<![A-Za-z0-9]_)|(?![A-Za-z0-9]))|<(?=[A-Za-z])|&(?=[#A-Za-z])|!(?=\[)"
    r"|:(?:(?<=[pPsS]:)(?=//)|(?<=[oO]:)|(?<=[vV]:))"
)
_SAFE_LINK = re.compile(r"https?://[^/\s]|mailto:[^\s]", re.IGNORECASE)
# An address in which nothing has to be escaped or written otherwise.
_PLAIN_LINK = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/=&+-]*)?(?:\?[A-Za-z0-9._~/=&+-]+)?")
_UNDERSCORED_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*_")
_DEEPEST = 100


@cache
def commentary_parser() -> "NotesMarkdown":
    """Return the parser of commentaries and translations."""
    return NotesMarkdown(COMMENTARY_BLOCKS, COMMENTARY_INLINES)


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
        super().__init__("zero", {"maxNesting": _DEEPEST})
        self.block: ParserBlock = _Blocks(blocks)
        self.inline: ParserInline = _Inlines(inlines)
        self.core.ruler.enableOnly(["normalize", "block", "inline"])

    def parse_line(self, line: str) -> list[Token]:
        """Return the tokens of a line that is a paragraph."""
        return self.inline.parse(line, self, {}, [])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """Tell whether a destination may become a link; what may not stays text."""
        return _SAFE_LINK.match(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Escape what an address cannot hold."""
        return url if _PLAIN_LINK.fullmatch(url) else super().normalizeLink(url)


class _Blocks(ParserBlock):
    def __init__(self, rules: BlockRules) -> None:
        self.ruler = Ruler[RuleFuncBlockType]()
        for name, rule, ends in rules:
            self.ruler.push(name, rule, {"alt": ends})


class _Inlines(ParserInline):
    def __init__(self, rules: InlineRules) -> None:
        super().__init__()
        self.ruler = Ruler[RuleFuncInlineType]()
        for name, rule in rules:
            self.ruler.push(name, rule)
        self.ruler2 = Ruler[RuleFuncInline2Type]()
        for pair_name, pair_rule in PAIRS:
            self.ruler2.push(pair_name, pair_rule)
        self.terminator_re = _SPECIAL

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse a line; one without anything special in it is a single text token, at once."""
        if _SPECIAL.search(src) is None:
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


class _KoreanInline(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Tell what a run of `*` or `_` may begin and end.

        CommonMark's rule for which side a run belongs to counts on spaces between words. Beside Hangul there are none,
        so a run of `*` between punctuation and Hangul may both begin and end there. A single star after a Latin letter
        or a digit begins nothing (`Q*를`, `5*3`), and between two of them ends nothing. An underscore before a name and
        another underscore (`__init__`, `_target_`) is part of the name.
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
        if scanned.length == 1 and left.isascii() and left.isalnum():
            can_open = False
            can_close = can_close and not (right.isascii() and right.isalnum())
        return Scanned(can_open, can_close, scanned.length)
