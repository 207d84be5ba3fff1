"""A note file: its bytes -> entries. The first line of an input is the path of the file."""

import unicodedata
from collections import Counter

import msgspec
from markdown_it.utils import read_fixture_file

from digest.diagnostics import CODES, Diagnostic
from digest.model import Entry, NoteFile, tag_key
from digest.notes import NoteRules, ParsedNote, parse
from digest.notes.discover import read_note
from digest.notes.lines import MARGIN, split_lines

from ..notes.outline import outline
from ..notes.test_properties import NAMES, PIECES
from .target import CASES, Target, encode_all, make_folder

RULES = NoteRules(kind_tags=(("essay", ("tag",)),), aliases=(("b", "tag"),), pages="pages")
PATHS = (*(f"notes/{name}" for name in NAMES), "notes/2024/03/19.md", "pages/about.md")
FOLDER = make_folder()
WORDS = (
    *(piece for piece in PIECES if piece), "%%", "<!--", "-->", "title:: x", "tags:: a, b", "#+TITLE: x", "published: false", "aliases: [a]",
    "slug: x", "lang: en", "kind: model", "---\n", "+++\n", "저자: ", "태그: #a", "* ", "**Title**", "\\", "|", "- [ ] ", "- [x] ", "2024.3.19.",
    "24년 3월 19일", "3/19/2024", "March 19, 2024", "번역:", "Abstract", "초록", "\r\n", "\r", "e\u0301", "\u1112\u1161\u11ab",
)  # fmt: skip


def check(content: bytes) -> None:
    """Check that a file is read without an error and that nothing in it is lost, hidden or reported at no place."""
    note = _read(content)
    if isinstance(note, Diagnostic):
        assert note.code == "undecodable", note
        return
    text, path = note.text, note.path
    parsed = parse(note, RULES)
    check_lines(text, parsed)
    for entry in parsed.entries:
        assert entry.title.strip(MARGIN), "an entry has no title"
        assert 1 <= entry.source.first_line <= entry.source.last_line
        assert all(tag.key == tag_key(tag.label) for tag in entry.tags)
        for part in (entry.title, *entry.authors, *(tag.label for tag in entry.tags)):
            assert unicodedata.is_normalized("NFC", part), f"not in NFC: {part!r}"
    cached = msgspec.msgpack.encode(parsed.entries)
    assert msgspec.msgpack.decode(cached, type=tuple[Entry, ...]) == parsed.entries
    if "\r" not in text:
        again = parse(NoteFile(path, text.replace("\n", "\r\n"), ""), RULES)
        assert again == parsed, "carriage returns make a difference"


def describe(content: bytes) -> str:
    """Return the outline of the note that an input holds."""
    note = _read(content)
    return str(note) if isinstance(note, Diagnostic) else outline(parse(note, RULES))


def _read(content: bytes) -> NoteFile | Diagnostic:
    head, _, body = content.partition(b"\n")
    (FOLDER / "note").write_bytes(body)
    note = read_note(FOLDER, "note")
    path = head.decode() if head in _KNOWN else PATHS[sum(head) % len(PATHS)]
    return note if isinstance(note, Diagnostic) else NoteFile(path, note.text, "")


def check_lines(text: str, parsed: ParsedNote) -> None:
    """Check that each line that is not blank is in one block or a comment, and each problem at a line of the file."""
    owners = Counter(n for block in parsed.blocks for n in range(block.first_line, block.last_line + 1))
    assert all(count == 1 for count in owners.values()), "a line is in two blocks"
    commented = {n for comment in parsed.comments for n in range(comment.first_line, comment.last_line + 1)}
    lines, _ = split_lines(text)
    # A comment may hold a fence, and without it a blank line below is no code.
    filled = [line.number for line in lines if (line.text if commented else line.shape != "blank")]
    lost = [number for number in filled if number not in owners.keys() | commented]
    assert not lost, f"lines are lost: {lost}"
    for found in parsed.diagnostics:
        assert found.code in CODES
        assert 0 <= found.line <= len(lines), f"no such line: {found}"
        assert found.column >= 0


_KNOWN = frozenset(path.encode() for path in PATHS)


def _seeds() -> tuple[bytes, ...]:
    cases = [case for file in sorted(CASES.glob("notes-*.md")) for case in read_fixture_file(file)]
    texts = [f"{_path_like(title.partition(': ')[0])}\n{text}".encode() for _, title, text, _ in cases]
    habits = sorted((CASES / "day-habits").glob("*.txt"))
    return (*texts, *(PATHS[0].encode() + b"\n" + path.read_bytes() for path in habits))


def _path_like(name: str) -> str:
    """Return the path that says as much as the name of a case's file: a date, a date and a title, or neither."""
    digits = sum(char.isdecimal() for char in name)
    return PATHS[2] if digits < 6 else PATHS[0] if len(name) < 16 else PATHS[1]


TARGET = Target(check, describe, _seeds(), encode_all(*WORDS))
