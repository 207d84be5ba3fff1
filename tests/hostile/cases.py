"""The attacks in `tests/cases/attacks-*.md`, as notes.

Each is a note and the words that its page must still show. Characters that an editor hides are written `{U+202E}`.
"""

import re
from pathlib import Path

from markdown_it.utils import read_fixture_file
from msgspec import Struct

CASES = Path(__file__).parent.parent / "cases"
_CHARACTER = re.compile(r"\{U\+([0-9A-F]{2,6})\}")


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
    return [
        Attack(name, f"notes/attack {number:03}.md", _decode(text), tuple(filter(None, shown.split("\n"))))
        for number, (name, text, shown) in enumerate(found)
    ]


def _decode(text: str) -> str:
    decoded = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    # A note with NUL is no text at all, which another test is about.
    return decoded.replace("\0", "\1")
