"""Block rule: a table of GitHub's kind whose cells may hold a `|` in code, in a wikilink or in math.

A row with more cells than the head keeps them.
"""

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock

from .line import line_text

_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIECE = re.compile(
    r"\\.|(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))|(?P<link>\[\[[^\[\]]*\]\])|(?P<math>\$(?=[^\s$])[^$]*?[^\s$\\]\$(?!\d))|\|"
)
_MOST_PADDED = 100


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the table whose head is this line."""
    head = line_text(state, start)
    if silent or start + 2 > end or "|" not in head or state.sCount[start + 1] < state.blkIndent:
        return False
    below = line_text(state, start + 1)
    if "-" not in below or not _DELIMITERS.fullmatch(below):
        return False
    sides = [_side(cell) for cell in below.strip("|").split("|")]
    cells = split_cells(head)
    if len(cells) != len(sides):
        return False
    state.push("table_open", "table", 1).map = [start, start + 2]
    state.push("thead_open", "thead", 1)
    _push_row(state, "th", cells, sides, start)
    state.push("thead_close", "thead", -1)
    _push_rows(state, start + 2, end, sides)
    state.push("table_close", "table", -1)
    return True


def split_cells(line: str) -> list[str]:
    """Split a row into its cells."""
    cells: list[str] = []
    written: list[str] = []
    position = 0
    while match := _PIECE.search(line, position):
        written.append(line[position : match.start()])
        position = match.end()
        if match[0] == "|":
            cells.append("".join(written).strip())
            written = []
        elif match["code"] or match["link"]:
            written.append(match[0].replace("\\|", "|"))
        elif match["math"] and match[0].replace("\\|", "").count("|") % 2:
            # An odd bar in between is no absolute value: these are two prices.
            written.append("$")
            position = match.start() + 1
        else:
            written.append(match[0])
    cells.append("".join((*written, line[position:])).strip())
    if line.startswith("|"):
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] and line.endswith("|") else cells


def _push_rows(state: StateBlock, first: int, end: int, sides: Sequence[str]) -> None:
    ends = state.md.block.ruler.getRules("blockquote")
    opened = False
    number = first
    while number < end and state.sCount[number] >= state.blkIndent and not state.isEmpty(number):
        if any(rule(state, number, end, True) for rule in ends):
            break
        if not opened:
            state.push("tbody_open", "tbody", 1)
            opened = True
        _push_row(state, "td", split_cells(line_text(state, number)), sides, number)
        number += 1
    if opened:
        state.push("tbody_close", "tbody", -1)
    state.line = number


def _push_row(state: StateBlock, tag: str, cells: Sequence[str], sides: Sequence[str], number: int) -> None:
    state.push("tr_open", "tr", 1)
    padding = [""] * (min(len(sides), _MOST_PADDED) - len(cells))
    for column, cell in enumerate((*cells, *padding)):
        opening = state.push(f"{tag}_open", tag, 1)
        if column < len(sides) and sides[column]:
            opening.attrs = {"style": f"text-align:{sides[column]}"}
        inline = state.push("inline", "", 0)
        inline.content = cell
        inline.map = [number, number + 1]
        inline.children = []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


def _side(cell: str) -> str:
    cell = cell.strip()
    if cell.endswith(":"):
        return "center" if cell.startswith(":") else "right"
    return "left" if cell.startswith(":") else ""
