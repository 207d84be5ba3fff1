import os
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.diagnostics import Diagnostic
from digest.model import NoteFile
from digest.notes.discover import find_note, find_notes, read_note, survey_notes

Write = Callable[[str, bytes], None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(path: str, content: bytes = b"text\n") -> None:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    return write


def paths(root: Path, folder: str = "notes", exclude: tuple[str, ...] = ()) -> list[str]:
    return [note.path for note in find_notes(root, folder, exclude)]


def test_notes_are_found_at_any_depth_and_sorted(tmp_path: Path, write: Write) -> None:
    for path in ("notes/b.txt", "notes/a/c.md", "notes/a/b/d.markdown", "notes/A.TXT", "notes/e.pdf", "f.md"):
        write(path, b"x")
    assert paths(tmp_path) == ["notes/A.TXT", "notes/a/b/d.markdown", "notes/a/c.md", "notes/b.txt"]


def test_a_stamp_stays_with_the_file_and_changes_with_it(tmp_path: Path, write: Write) -> None:
    write("notes/a.txt", b"four")
    before = find_notes(tmp_path, "notes")
    assert find_notes(tmp_path, "notes") == before
    write("notes/a.txt", b"longer")
    assert find_notes(tmp_path, "notes") != before


def test_hidden_files_and_templates_stay_out(tmp_path: Path, write: Write) -> None:
    for path in ("notes/.a.md", "notes/.obsidian/b.md", "notes/templates/c.md", "notes/x/Templates/d.md", "notes/e.md"):
        write(path, b"x")
    assert paths(tmp_path) == ["notes/e.md"]


def test_files_that_are_no_notes_stay_out_and_are_counted(tmp_path: Path, write: Write) -> None:
    kept = [
        "notes/Agents.md",
        "notes/Security___Keys.md",
        "notes/a.md",
        "notes/2024-03-19/index.md",
        "notes/dated/index.md",
        "notes/readme-later-about-owls.md",
        "notes/security/b.md",
    ]
    left_out = [
        "notes/AGENTS.md",
        "notes/_index.md",
        "notes/README.ko.md",
        "notes/LICENSE-MIT.txt",
        "notes/README.md",
        "notes/LICENSE.txt",
        "notes/x/index.md",
        "notes/_templates/c.md",
        unicodedata.normalize("NFD", "notes/템플릿/d.md"),
        "notes/node_modules/pkg/e.md",
        "notes/_site/f.md",
        "notes/a.sync-conflict-20240320-101010-ABCDEF.md",
        "notes/g.excalidraw.md",
        "notes/requirements.txt",
    ]
    for path in (*kept, *left_out):
        write(
            path,
            b"text\n" if path not in ("notes/_index.md", "notes/dated/index.md") else b"---\ndate: 2024-03-19\n---\n",
        )
    survey = survey_notes(tmp_path, "notes")
    assert [note.path for note in survey.notes] == sorted(kept)
    assert survey.left_out == (
        ("READMEs and licences", 4),
        ("conflicting copies", 1),
        ("files of other tools", 5),
        ("folder indexes", 2),
        ("templates", 2),
    )
    assert all(find_note(tmp_path, "notes", path) is None for path in left_out)
    assert all(find_note(tmp_path, "notes", path) for path in kept)


def test_a_link_out_of_the_project_is_named(tmp_path: Path, write: Write) -> None:
    write("outside/a.md", b"x")
    write("project/notes/b.md", b"x")
    (tmp_path / "project/notes/c.md").symlink_to(tmp_path / "outside/a.md")
    (tmp_path / "project/notes/d").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert survey_notes(tmp_path / "project", "notes").outside == ("notes/c.md", "notes/d")


def test_excluded_files_and_folders_stay_out(tmp_path: Path, write: Write) -> None:
    for path in ("notes/drafts/a.md", "notes/b.draft.md", "notes/c.md", "notes/초안/d.md"):
        write(path, b"x")
    decomposed = unicodedata.normalize("NFD", "notes/초안")
    assert paths(tmp_path, exclude=("notes/drafts/", "*.draft.md", decomposed)) == ["notes/c.md"]


def test_the_root_itself_may_be_the_folder(tmp_path: Path, write: Write) -> None:
    write("2024/a.md", b"x")
    assert paths(tmp_path, ".") == ["2024/a.md"]


def test_no_folder_means_no_notes(tmp_path: Path) -> None:
    assert find_notes(tmp_path, "notes") == ()


def test_links_are_followed_inside_the_root_only(tmp_path: Path, write: Write) -> None:
    root = tmp_path / "project"
    write("project/notes/real/a.md", b"x")
    write("project/more/b.md", b"x")
    write("outside/c.md", b"x")
    (root / "notes/more").symlink_to(root / "more", target_is_directory=True)
    (root / "notes/outside").symlink_to(tmp_path / "outside", target_is_directory=True)
    (root / "notes/c.md").symlink_to(tmp_path / "outside/c.md")
    (root / "notes/gone.md").symlink_to(root / "nowhere.md")
    (root / "notes/real/round").symlink_to(root / "notes", target_is_directory=True)
    assert paths(root) == ["notes/more/b.md", "notes/real/a.md"]


def test_a_folder_named_like_a_note_is_a_folder(tmp_path: Path, write: Write) -> None:
    write("notes/a.md/b.md", b"x")
    assert paths(tmp_path) == ["notes/a.md/b.md"]


def test_names_are_kept_as_on_disk_and_sorted_as_nfc(tmp_path: Path, write: Write) -> None:
    decomposed = unicodedata.normalize("NFD", "notes/가.md")
    write("notes/나.md", b"x")
    write(decomposed, b"x")
    assert paths(tmp_path) == [decomposed, "notes/나.md"]
    assert isinstance(read_note(tmp_path, decomposed), NoteFile)


def test_a_byte_order_mark_is_taken_off_and_changes_the_digest(tmp_path: Path, write: Write) -> None:
    write("a.txt", "글\r\n".encode())
    write("b.txt", "글\r\n".encode("utf-8-sig"))
    plain, marked = read_note(tmp_path, "a.txt"), read_note(tmp_path, "b.txt")
    assert isinstance(plain, NoteFile)
    assert isinstance(marked, NoteFile)
    assert plain.text == marked.text == "글\r\n"
    assert plain.digest != marked.digest


def problem(root: Path, path: str) -> Diagnostic:
    found = read_note(root, path)
    assert isinstance(found, Diagnostic)
    return found


def test_cp949_is_named_at_its_first_byte(tmp_path: Path, write: Write) -> None:
    write("a b.txt", b"2024-03-19\nab " + "한글로 쓴 글입니다.\n".encode("cp949"))
    found = problem(tmp_path, "a b.txt")
    assert (found.code, found.line, found.column) == ("undecodable", 2, 4)
    assert found.message == "the file is CP949, not UTF-8: byte 14 is 0xC7"
    assert found.hint.startswith("convert it with: iconv -f CP949 -t UTF-8 'a b.txt'")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_with_or_without_its_mark(tmp_path: Path, write: Write, encoding: str) -> None:
    write("a.txt", "2024-03-19\nTitle\n한글입니다.\n".encode(encoding))
    found = problem(tmp_path, "a.txt")
    assert found.code == "undecodable"
    assert "is UTF-16" in found.message
    assert "iconv -f UTF-16" in found.hint


def test_the_command_in_the_hint_converts_the_file(tmp_path: Path, write: Write) -> None:
    text = "2024년 3월 19일\n한글로 쓴 글입니다.\n#태그\n"
    for encoding in ("cp949", "utf-16", "utf-16-le"):
        write("it's.txt", text.encode(encoding))
        command = problem(tmp_path, "it's.txt").hint.partition(": ")[2]
        subprocess.run(command, shell=True, check=True, cwd=tmp_path)
        note = read_note(tmp_path, "it's.txt")
        assert isinstance(note, NoteFile)
        assert note.text == text


def test_a_nul_byte_is_an_error_at_its_place(tmp_path: Path, write: Write) -> None:
    write("a.txt", b"\xef\xbb\xbf2024-03-19\nab\x00c\nd")
    found = problem(tmp_path, "a.txt")
    assert (found.code, found.line, found.column) == ("undecodable", 2, 3)
    assert found.message == "the file is no text: byte 16 is NUL"


def test_bytes_of_no_known_encoding_are_an_error_without_a_guess(tmp_path: Path, write: Write) -> None:
    write("a.txt", b"abc\xff\xff\xff\xfe")
    found = problem(tmp_path, "a.txt")
    assert found.message == "the file is not UTF-8: byte 3 is 0xFF"
    assert found.hint == "save the file as UTF-8"


def test_a_file_that_is_gone_or_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert problem(tmp_path, "gone.md").code == "unreadable"
    assert problem(tmp_path, "folder.md").code == "unreadable"


def test_a_name_that_is_not_utf_8_is_reported_in_words_that_print(tmp_path: Path) -> None:
    path = os.fsdecode(b"caf\xe9.md")
    found = problem(tmp_path, path)
    assert (found.code, found.path) == ("unreadable", "caf\\xe9.md")
    found.path.encode()


def test_a_single_path_is_a_note_exactly_where_the_whole_look_lists_it(tmp_path: Path) -> None:
    names = [
        "notes/a.md", "notes/A.TXT", "notes/b.pdf", "notes/.hidden.md", "notes/.git/c.md", "notes/templates/d.md",
        "notes/봄/e.markdown", "notes/old/f.md", "notes/old/deep/g.md", "notes/drafts/h.txt", "notes/node_modules/i.md",
        "other/j.md", "k.md", "notes/folder.md/l.txt", "notes/templates.md",
    ]  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", "utf-8")
    (tmp_path / "notes" / "inside.md").symlink_to(tmp_path / "k.md")
    (tmp_path / "notes" / "outside.md").symlink_to(Path(__file__))
    (tmp_path / "notes" / "nowhere.md").symlink_to(tmp_path / "nothing.md")
    exclude = ("notes/old", "notes/*/h.txt")
    found = {note.path: note for note in find_notes(tmp_path, "notes", exclude)}
    paths = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    single = {path: find_note(tmp_path, "notes", path, exclude) for path in [*paths, "notes/gone.md", "../x.md"]}
    assert {path: note for path, note in single.items() if note} == found
    assert len(found) == 6
