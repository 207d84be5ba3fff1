"""The help of search: examples with the words, names and tags of the site's own entries."""

import re
from html import unescape
from pathlib import Path

from ..project import build_project, write_project
from .notes import Search

SOME = {
    "notes/2023-05-02.txt": """\
2023년 5월 2일
등대지기의 하루
등대를 돌보는 이야기입니다.
#바다 #등대
""",
    "notes/2023-08-09.txt": """\
2023년 8월 9일
Lantern Models for Small Boats
(Jo Holm, Mina Park)
We light a lantern.
등불을 켭니다. (https://arxiv.org/abs/2308.01234)
#바다
""",
}


def read_examples(folder: Path) -> list[str]:
    page = (folder / "site/search/index.html").read_text("utf-8")
    return [unescape(typed) for typed in re.findall(r"<dt><code>(.*?)</code></dt>", page)]


def test_examples_are_of_the_newest_entries_that_have_one(tmp_path: Path) -> None:
    write_project(tmp_path, SOME)
    build_project(tmp_path)
    assert read_examples(tmp_path) == [
        '"lantern models"',
        "-models",
        "바다 OR 등대",
        "author:holm",
        "title:lantern",
        "#바다 kind:paper",
        "2023-01..2023-08",
        "2023-08",
        "has:math has:code",
        "sort:date",
        "2308.01234",
        "ㄷㄷㅈㄱㅇ",
    ]


def test_what_an_example_names_is_found(search: Search, tmp_path: Path) -> None:
    write_project(tmp_path, SOME)
    build_project(tmp_path)
    found = {typed: search.ask(tmp_path / "site/search", typed)["titles"] for typed in read_examples(tmp_path)}
    lantern, keeper = "Lantern Models for Small Boats", "등대지기의 하루"
    assert found.pop("has:math has:code") == []
    for typed in ("-models", "ㄷㄷㅈㄱㅇ"):
        assert found.pop(typed) == [keeper], typed
    for typed in ("바다 OR 등대", "2023-01..2023-08", "sort:date"):
        assert set(found.pop(typed)) == {lantern, keeper}, typed
    assert all(titles == [lantern] for titles in found.values()), found


def test_an_example_of_which_the_entries_have_nothing_is_left_out(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2023-05-02.txt": "2023-05-02\nA\nNothing much.\n#b\n"})
    build_project(tmp_path)
    assert read_examples(tmp_path) == [
        "#b kind:note",
        "2023-01..2023-05",
        "2023-05",
        "has:math has:code",
        "sort:date",
    ]


def test_an_author_in_hangul_is_named_whole_and_an_organisation_is_no_example(tmp_path: Path) -> None:
    note = "2023-05-02\nTitle of it\n(Gemini Team, 김하늘)\nWe show it.\n감상입니다.\n#b\n"
    write_project(tmp_path, {"notes/2023-05-02.txt": note})
    build_project(tmp_path)
    assert "author:김하늘" in read_examples(tmp_path)


def test_a_site_without_dates_has_examples_too(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/list.md": "A list of books.\n"})
    build_project(tmp_path)
    assert read_examples(tmp_path) == ["2024-01..2024-03", "2024-03", "has:math has:code", "sort:date"]
