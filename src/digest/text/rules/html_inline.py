"""Inline rule: a tag of the safe set is an element if its other tag stands in the same line, in the same emphasis and link.

A tag that stands alone is text, as is every other tag.
"""

from collections import Counter
from functools import lru_cache

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..html import PHRASING, TAG, TRANSPARENT, tag_token

_IN_A_LINE = PHRASING | TRANSPARENT | {"iframe"}


def html_inline(state: StateInline, silent: bool) -> bool:
    """Take the tag that begins here."""
    src, pos = state.src, state.pos
    if src[pos] != "<":
        return False
    match = TAG.match(src, pos, state.posMax)
    name = match["name"].lower() if match else ""
    if match is None or name not in _IN_A_LINE:
        return False
    if name == "a" and not _take_anchor(state, match.end(), closing=bool(match["slash"])):
        return False
    if not silent:
        token = tag_token(match)
        if token is None:
            return False
        if state.pending:
            state.pushPending()
        token.level = state.level
        state.tokens.append(token)
        state.tokens_meta.append(None)
    state.pos = match.end()
    return True


def _take_anchor(state: StateInline, end: int, *, closing: bool) -> bool:
    # Addresses inside an anchor are no links of their own.
    if closing:
        state.linkLevel = max(0, state.linkLevel - 1)
        return True
    if state.linkLevel or _last_end(state.src) < end:
        return False
    state.linkLevel += 1
    return True


@lru_cache(maxsize=4)
def _last_end(line: str) -> int:
    return max(line.rfind("</a"), line.rfind("</A"))


def pair_tags(state: StateInline) -> None:
    """Make text of every tag without its other one."""
    if "<" not in state.src:
        return
    scopes = [_Scope()]
    for token in state.tokens:
        if token.type == "html_open":
            scopes[-1].push(token)
        elif token.type == "html_close":
            scopes[-1].match(token)
        elif token.nesting == 1:
            scopes.append(_Scope())
        elif token.nesting == -1 and len(scopes) > 1:
            scopes.pop().leave()
    for scope in scopes:
        scope.leave()


class _Scope:
    """The tags that stand open inside one element of Markdown."""

    def __init__(self) -> None:
        self.tags: list[Token] = []
        self.counts: Counter[str] = Counter()

    def push(self, token: Token) -> None:
        self.tags.append(token)
        self.counts[token.tag] += 1

    def match(self, token: Token) -> None:
        if not self.counts[token.tag]:
            _make_text(token)
            return
        while self.tags:
            opening = self.tags.pop()
            self.counts[opening.tag] -= 1
            if opening.tag == token.tag:
                return
            _make_text(opening)

    def leave(self) -> None:
        for token in self.tags:
            _make_text(token)


def _make_text(token: Token) -> None:
    token.type, token.tag, token.nesting = "text", "", 0
