"""Block rule: a list that lost its bullets when it was pasted becomes a list again.

A line that ends in `,` or `:` introduces a list if two or more lines without sentence punctuation at their ends follow. The
list goes on to the first line that ends in a sentence (the seed's Grok-1 entry has six items). A line that looks like code or
begins a block of Markdown's own is no item and ends the list too: `요약:` before `1. …` needs no help.
"""

import re

from markdown_it.rules_block import StateBlock

from ...scripts import has_hangul
from ..sentences import ends_sentence
from .line import ENDS_OF_INTRODUCTIONS, add_paragraph, line_text

_OWN_BLOCK = re.compile(r"[-+*] |\d{1,9}[.)] |>|#{1,6} |```|~~~|\$\$|\|")
_CODE = re.compile(r"@\w|\w+ ?= ?\w+[.(]|.*[({\[;]$|(?:def|class|if|for|while|import|from|return) .*[:(]")
_WORDS = re.compile(r"(?:[A-Z][\w-]*|[\w-]+,?) (?:[\w-]+,? )*[\w-]+[,:，：]")
_FEWEST_ITEMS = 2
_INDENTED = 2


def restored_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the introducing line as a paragraph and the items after it as a bullet list."""
    intro = line_text(state, start)
    if silent or intro[-1:] not in ENDS_OF_INTRODUCTIONS or state.parentType == "list":
        return False
    if not (has_hangul(intro) or _WORDS.fullmatch(intro)) or _CODE.match(intro):
        return False
    items, after = _items(state, start + 1, end)
    if len(items) < _FEWEST_ITEMS:
        return False
    add_paragraph(state, start, intro)
    opening = state.push("bullet_list_open", "ul", 1)
    opening.map = [start + 1, after]
    opening.meta = {"restored": True}
    for number in items:
        state.push("list_item_open", "li", 1).map = [number, number + 1]
        first = len(state.tokens)
        add_paragraph(state, number, line_text(state, number))
        state.tokens[first].hidden = state.tokens[-1].hidden = True
        state.push("list_item_close", "li", -1)
    state.push("bullet_list_close", "ul", -1)
    state.line = after
    return True


def _items(state: StateBlock, start: int, end: int) -> tuple[list[int], int]:
    items: list[int] = []
    after = start
    for number in range(start, end):
        text = line_text(state, number)
        if not text:
            continue
        indented = not 0 <= state.sCount[number] - state.blkIndent < _INDENTED
        if indented or _OWN_BLOCK.match(text) or _CODE.match(text) or ends_sentence(text):
            break
        items.append(number)
        after = number + 1
    return items, after
