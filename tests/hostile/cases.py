"""The attacks in `tests/cases/attacks-*.md`, as notes.

Each is a note and the words that its page must still show. Characters that an editor hides are written `{U+202E}`.
"""

import re
from pathlib import Path

from markdown_it.utils import read_fixture_file
from msgspec import Struct

CASES = Path(__file__).parent.parent / "cases"
_CHARACTER = re.compile(r"\{U\+([0-9A-F]{2,6})\}")


LARGE = {
    "a tag of thousands of characters": f"끝까지\n\n#{'가' * 5_000} #b\n",
    "a tag of thousands of levels": f"끝까지\n\n#{'a/' * 2_100}a #b\n",
    "100,000 tags": "끝까지\n\n" + " ".join(f"#t{n}" for n in range(100_000)) + "\n",
    "a line without a space": "a" * 300_000 + " 끝까지\n",
    "a line of Hangul": "가" * 100_000 + " 끝까지\n",
    "a title without a space": "# " + "제목" * 50_000 + "\n끝까지\n",
    "very many lines": "줄\n" * 5_000 + "끝까지\n",
    "nested quotes": "> " * 2_000 + "끝까지\n",
    "nested lists": "".join("  " * n + "- a\n" for n in range(150)) + "끝까지\n",
    "nested brackets": "[" * 20_000 + "끝까지" + "](" * 20_000 + "\n",
    "nested emphasis": "*a **b " * 5_000 + "끝까지\n",
    "nested elements": "<div>" * 2_000 + "<b>" * 2_000 + "끝까지\n",
    "nested blocks of HTML": "<div>\n" * 500 + "끝까지\n" + "</div>\n" * 500,
    "nested math": "$" + "{" * 1_000 + "x" + "}" * 1_000 + "$ 끝까지\n",
    "a table of very many columns": "| a " * 400 + "|\n" + "|---" * 400 + "|\n\n끝까지\n",
    "a formula that cannot be broken": "$" + "x+" * 900 + "y$ 끝까지\n",
}
"""Notes that are large or deep, made by repetition."""


class Attack(Struct, frozen=True):
    """An attack: its name, the path of its note, the note's text, and words that the page must show."""

    name: str
    path: str
    note: str
    shown: tuple[str, ...]


def read_attacks() -> list[Attack]:
    """Return all attacks, in the order of their files."""
    found = [
        (f"{file.stem.removeprefix('attacks-')}: {title}", text, shown)
        for file in sorted(CASES.glob("attacks-*.md"))
        for _, title, text, shown in read_fixture_file(file)
    ]
    found += [(f"size: {title}", text, "끝까지") for title, text in LARGE.items()]
    return [
        Attack(name, f"notes/attack {number:03}.md", _decode(text), tuple(filter(None, shown.split("\n"))))
        for number, (name, text, shown) in enumerate(found)
    ]


def _decode(text: str) -> str:
    decoded = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    # A note with NUL is no text at all, which another test is about.
    return decoded.replace("\0", "\1")
