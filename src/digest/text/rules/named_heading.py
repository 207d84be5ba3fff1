"""Block rule: a heading of CommonMark that has words. A lone `#` is a separator and stays as it was typed."""

import re

from markdown_it.rules_block import StateBlock, heading

_LONE = re.compile(r"#{1,6}[\s#]*$")


def named_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the heading that begins here, unless it is empty."""
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    return _LONE.match(text) is None and heading(state, start, end, silent)
