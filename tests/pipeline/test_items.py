"""A file of many items: items that did not change come from the file in place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digest.pipeline.items import put_items
from digest.site.items import Item, Items
from digest.store.staging import Put, Stage

from ..project import DAY, build_project, write_project


def refuse() -> bytes:
    raise AssertionError("an item that is in place was made again")


class File:
    """A file of items that is published again and again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._put: Put | None = None

    def put(self, *items: Item, setup: bytes = b"one") -> bytes:
        (self._folder / "new").mkdir()
        stage = Stage(f"{self._folder}/", f"{self._folder}/new/", empty=False)
        content = Items(iter(items), head=b"[\n", between=b",\n", tail=b"\n]\n")
        self._put = put_items(stage, "all.json", content, setup, self._put.items if self._put else None)
        if self._put.staged:
            (self._folder / "new" / "all.json").replace(self._folder / "all.json")
        (self._folder / "new").rmdir()
        return (self._folder / "all.json").read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> File:
    made = File(tmp_path)
    assert made.put(item("a"), item("b"), item("c")) == b"[\na!,\nb!,\nc!\n]\n"
    return made


def item(name: str, make: Callable[[], bytes] | None = None) -> Item:
    return name.encode(), make or (lambda: f"{name}!".encode())


@pytest.mark.parametrize(
    ("names", "content"),
    [
        ("abc", b"[\na!,\nb!,\nc!\n]\n"),
        ("ac", b"[\na!,\nc!\n]\n"),
        ("c", b"[\nc!\n]\n"),
        ("cab", b"[\nc!,\na!,\nb!\n]\n"),
        ("", b"[\n\n]\n"),
    ],
)
def test_items_that_stay_are_not_made_again(file: File, names: str, content: bytes) -> None:
    assert file.put(*(item(name, refuse) for name in names)) == content
    assert file.put(item("a"), item("b"), item("c")) == b"[\na!,\nb!,\nc!\n]\n"


def test_new_items_are_made_between_those_that_stay(file: File) -> None:
    assert file.put(item("x"), item("a", refuse), item("y"), item("b", refuse)) == b"[\nx!,\na!,\ny!,\nb!\n]\n"


def test_a_file_that_was_altered_gives_no_item(file: File, tmp_path: Path) -> None:
    (tmp_path / "all.json").write_bytes(b"[\nA!,\nb!,\nc!\n]\n")
    assert file.put(item("a"), item("b"), item("d")) == b"[\na!,\nb!,\nd!\n]\n"


def test_other_settings_make_every_item_again(file: File) -> None:
    assert file.put(item("a", lambda: b"new"), setup=b"two") == b"[\nnew\n]\n"


def test_a_file_that_is_gone_is_written_anew(file: File, tmp_path: Path) -> None:
    (tmp_path / "all.json").unlink()
    assert file.put(item("a"), item("b")) == b"[\na!,\nb!\n]\n"


def test_a_damaged_file_of_all_entries_is_mended_when_an_entry_comes(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "title: 기록\n", "notes/2024-03-19.txt": DAY})
    build_project(tmp_path)
    place = tmp_path / "site" / "data" / "entries.json"
    whole = place.read_bytes()
    place.write_bytes(whole.replace(b"314B", b"999B"))
    (tmp_path / "notes" / "2024-03-20.txt").write_text("2024-03-20\n새 글\n한 줄입니다.\n", "utf-8")
    build_project(tmp_path)
    assert b"999B" not in place.read_bytes()
    (tmp_path / "notes" / "2024-03-20.txt").unlink()
    build_project(tmp_path)
    assert place.read_bytes() == whole
