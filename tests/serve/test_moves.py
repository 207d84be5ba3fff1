"""Where the pages of a preview go whose addresses change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digest.serve.moves import follow
from digest.serve.preview import Preview, open_preview

from ..project import build_project, write_project

TWO = """\
2024-03-19
Wren
It builds many nests and sings in all of them, loudly.
#birds
Owl
It sees in the dark, and hears a mouse below the snow.
#birds
"""


@contextmanager
def previewing(folder: Path) -> Iterator[Preview]:
    with open_preview(folder, drafts=False, base_url=None) as preview:
        yield preview


@pytest.mark.parametrize(
    ("files", "old", "new"),
    [
        ({"notes/2024-03-19.txt": TWO.replace("Owl", "Barn owl")}, "2024/03/19/owl/", "2024/03/19/barn-owl/"),
        ({"notes/2024-03-19.txt": TWO.replace("03-19", "03-20")}, "2024/03/19/owl/", "2024/03/20/owl/"),
        ({"notes/2024-03-19.txt": TWO.replace("03-19", "03-20")}, "2024/03/19/", "2024/03/20/"),
        ({"notes/moss.md": "---\nslug: green\n---\n# Moss\n\nIt grows on stones.\n"}, "notes/moss/", "notes/green/"),
        ({"pages/about.md": "---\nslug: me\n---\n# About\n\nWho writes.\n"}, "about/", "me/"),
    ],
)
@pytest.mark.parametrize("is_built", [False, True])
def test_the_page_of_an_entry_a_note_and_a_day_is_found_at_its_new_address(
    tmp_path: Path, files: dict[str, str], old: str, new: str, is_built: bool
) -> None:
    before = {
        "notes/2024-03-19.txt": TWO,
        "notes/moss.md": "# Moss\n\nIt grows on stones.\n",
        "pages/about.md": "# About\n\nWho writes.\n",
    }
    write_project(tmp_path, before)
    if is_built:
        build_project(tmp_path)
    with previewing(tmp_path) as preview:
        assert preview.tag(old)
        assert preview.moved(old) == ""
        write_project(tmp_path, files)
        assert preview.refresh(files.keys())
        if preview.tag(new):  # an address that a build remembers may stay
            assert preview.moved(old) == new
        assert preview.tag(preview.moved(old) or old)
        write_project(tmp_path, before)
        assert preview.refresh(files.keys())
        assert preview.moved(old) == ""


@pytest.mark.parametrize(
    ("note", "old", "new"),
    [
        (TWO.replace("#birds", "#fowl"), "tags/birds/", "tags/fowl/"),
        (TWO.replace("#birds", "#animals/birds"), "tags/birds/", "tags/animals/birds/"),
        (TWO.replace("#birds", "#fowl", 1).replace("#birds", "#night"), "tags/birds/", ""),
        (TWO.replace("#birds", "#fowl #night"), "tags/birds/", ""),
        (TWO.replace("#birds", "#fowl", 1), "tags/birds/", ""),
        (TWO.replace("#birds", "#text"), "tags/birds/", "tags/text/"),
        (TWO.replace("2024-03-19", "2024-03-27"), "2024/w12/", "2024/w13/"),
        (TWO.replace("2024-03-19", "2023-05-01"), "2024/03/", "2023/05/"),
        (TWO.replace("2024-03-19", "2023-05-01"), "2024/", "2023/"),
        (TWO.replace("2024-03-19", "2024-03-27"), "2024/03/", ""),
    ],
)
def test_a_period_or_a_tag_without_entries_leads_to_the_one_that_has_all_of_them(
    tmp_path: Path, note: str, old: str, new: str
) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": TWO, "notes/2022-01-03.txt": "2022-01-03\nText\nOf it.\n#text\n"})
    with previewing(tmp_path) as preview:
        assert preview.tag(old)
        write_project(tmp_path, {"notes/2024-03-19.txt": note})
        preview.refresh(["notes/2024-03-19.txt"])
        assert preview.moved(old) == new
        assert preview.tag(new or "2022/")


def test_a_tag_that_became_the_alias_of_another_leads_there(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": TWO, "digest.yaml": "title: a\n"})
    with previewing(tmp_path) as preview:
        write_project(tmp_path, {"digest.yaml": "title: a\naliases:\n  fowl: [birds]\n"})
        preview.refresh(None)
        assert preview.moved("tags/birds/") == "tags/fowl/"


def test_a_tag_above_others_leads_to_the_one_that_is_above_them_now(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": TWO.replace("#birds", "#sea/gulls")})
    with previewing(tmp_path) as preview:
        write_project(tmp_path, {"notes/2024-03-19.txt": TWO.replace("#birds", "#coast/gulls")})
        preview.refresh(["notes/2024-03-19.txt"])
        assert preview.moved("tags/sea/gulls/") == "tags/coast/gulls/"
        assert preview.moved("tags/sea/") == "tags/coast/"


def test_a_page_that_is_gone_or_is_there_has_moved_nowhere(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": TWO})
    with previewing(tmp_path) as preview:
        write_project(tmp_path, {"notes/2024-03-19.txt": TWO.partition("Owl")[0]})
        preview.refresh(["notes/2024-03-19.txt"])
        assert preview.moved("2024/03/19/owl/") == ""
        assert preview.moved("2024/03/19/wren/") == ""
        assert preview.moved("2024/03/19/") == ""


def test_a_page_that_moved_twice_leads_to_its_last_address_and_one_that_came_back_to_none() -> None:
    assert follow({"a": "b"}, {"b": "c"}) == {"a": "c", "b": "c"}
    assert follow({"a": "b"}, {"b": "a"}) == {"b": "a"}
    assert follow({"a": "b"}, {"x": "a"}) == {"x": "a"}
    assert len(follow({str(n): "a" for n in range(2_000)}, {})) == 1_000
