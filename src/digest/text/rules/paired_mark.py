"""Inline rule: `~~…~~` is deleted text and `==…==` is highlighted text.

Two tildes after a letter begin nothing, for they are drawn out speech (`네~~`) or a range (`3~~5`); two equals signs after
a Latin letter or a digit are a comparison (`a==b`).
"""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_MARKERS = {ord("~"): "del", ord("="): "mark"}


def paired_mark(state: StateInline, silent: bool) -> bool:
    """Take a run of tildes or equals signs: a pair may begin or end something, any other run is text."""
    mark = state.src[state.pos]
    if silent or mark not in "~=":
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=True)
    if scanned.length != 2:
        state.pending += mark * scanned.length
    else:
        before = state.src[state.pos - 1] if state.pos else " "
        in_word = before.isalnum() and (mark == "~" or before.isascii())
        state.push("text", "", 0).content = mark * 2
        state.delimiters.append(
            Delimiter(
                marker=ord(mark),
                length=0,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open and not in_word,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True


def write_pairs(state: StateInline) -> None:
    """Turn the marks that were paired into elements."""
    if "~~" not in state.src and "==" not in state.src:
        return
    for delimiters in (
        state.delimiters,
        *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta),
    ):
        for delimiter in delimiters:
            name = _MARKERS.get(delimiter.marker)
            if name and delimiter.end != -1:
                for index, end, nesting in (
                    (delimiter.token, "open", 1),
                    (delimiters[delimiter.end].token, "close", -1),
                ):
                    token = state.tokens[index]
                    token.type, token.tag, token.nesting, token.content = f"{name}_{end}", name, nesting, ""
