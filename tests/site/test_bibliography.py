"""The works of entries, days, months and tags in files for bibliographies."""

import datetime as dt
import json
from collections.abc import Mapping

import pytest
from msgspec import structs

from digest.archive.archive import Archive
from digest.languages import strings_for
from digest.model import Body, Card
from digest.pipeline.arrange import PAGES
from digest.site.arrangement import Arrangement
from digest.site.items import Items
from digest.site.parts import Parts

from ..archive.cards import FIRST, make_archive, make_card
from .arrangements import make_arrangement

LINK = "https://arxiv.org/abs/2403.00001"
PAPER = make_card("On Larks", "larks", kind="paper", authors=("Ada Kim", "Ben Cho"), link=LINK, line=1)
NOTE = make_card("생각", "larks", line=9)
MODEL = make_card("Lark 7B", "models", kind="model", date=dt.date(2024, 4, 1))


def no_body(_record: object) -> Body:
    raise AssertionError("a file for bibliographies needs no text")


def write_files(archive: Archive | Arrangement) -> Mapping[str, str]:
    """Write all files for bibliographies; return them by path."""
    arrangement = archive if isinstance(archive, Arrangement) else make_arrangement(archive)
    parts = Parts(arrangement.site, strings_for("ko"), "+09:00", no_body)
    files = {}
    for page in PAGES.plan(arrangement):
        if page.path.endswith((".bib", ".ris", ".csl.json")):
            content = PAGES.compose(parts, page)
            assert isinstance(content, bytes | Items)
            files[page.path] = (content if isinstance(content, bytes) else b"".join(content)).decode()
    return files


def test_entries_days_months_and_tags_with_works_have_files() -> None:
    assert set(write_files(make_archive(PAPER, NOTE, MODEL))) == {
        "2024/03/19/on-larks/index.bib", "2024/03/19/on-larks/index.csl.json", "2024/03/19/생각/index.bib",
        "2024/03/19/생각/index.csl.json", "2024/04/01/lark-7b/index.bib", "2024/04/01/lark-7b/index.csl.json",
        "2024/03/19/index.bib", "2024/03/index.bib", "2024/04/01/index.bib", "2024/04/index.bib", "tags/larks/index.bib",
        "tags/models/index.bib", "data/works.bib", "data/works.csl.json", "data/works.ris",
    }  # fmt: skip


def test_lists_of_notes_alone_have_no_files() -> None:
    files = write_files(make_archive(NOTE))
    assert set(files) == {"2024/03/19/생각/index.bib", "2024/03/19/생각/index.csl.json"}


def test_a_work_never_has_the_date_of_the_note() -> None:
    bib = write_files(make_archive(make_card("Larks", kind="paper", authors=("Ada Kim",))))[
        "2024/03/19/larks/index.bib"
    ]
    assert "2024" not in bib


def test_a_note_is_cited_by_the_author_of_the_site_its_date_and_its_address() -> None:
    arrangement = make_arrangement(make_archive(NOTE))
    arrangement = structs.replace(arrangement, site=structs.replace(arrangement.site, author="김도윤", title="기록"))
    assert write_files(arrangement)["2024/03/19/생각/index.bib"] == (
        "@online{kim2024saenggak,\n  title = {생각},\n  author = {김, 도윤},\n  organization = {{기록}},\n  date = {2024-03-19},\n"
        "  url = {https://digest.example/2024/03/19/%EC%83%9D%EA%B0%81/}\n}\n"
    )


@pytest.mark.parametrize("again", [
    make_card("On Larks, again", "larks", kind="note", link=LINK, date=dt.date(2024, 5, 2)),
    make_card("On  larks", "larks", kind="paper", authors=("Kim",), date=dt.date(2024, 5, 2)),
])  # fmt: skip
def test_entries_about_one_paper_are_one_work_with_one_key(again: Card) -> None:
    files = write_files(make_archive(PAPER, again))
    for path in ("tags/larks/index.bib", "data/works.bib"):
        assert files[path].count("@") == 1
        assert "Kim, Ada and Cho, Ben" in files[path]
    keys = {text.partition(",")[0].partition("{")[2] for path, text in files.items() if path.endswith(".bib")}
    assert len(keys) == 1
    assert len(json.loads(files["data/works.csl.json"])) == 1
    assert files["data/works.ris"].count("TY  - ") == 1


def test_a_file_of_several_works_has_each_of_them() -> None:
    other = make_card("On Herons", kind="paper", authors=("Ada Kim",), line=20)
    files = write_files(make_archive(PAPER, other))
    assert files["2024/03/19/index.bib"].count("@misc{") == 2
    assert [item["title"] for item in json.loads(files["data/works.csl.json"])] == ["On Larks", "On Herons"]


def test_works_of_one_link_are_apart_if_their_titles_are() -> None:
    cards = [make_card(title, link="https://lark.example/", line=line) for line, title in enumerate(("A1", "A2"), 1)]
    assert write_files(make_archive(*cards))["data/works.bib"].count("@") == 2


def test_a_site_without_exports_has_no_files() -> None:
    arrangement = make_arrangement(make_archive(PAPER, NOTE))
    assert not write_files(structs.replace(arrangement, site=structs.replace(arrangement.site, exports=False)))


def test_a_preview_finds_the_files_of_an_entry_and_of_lists() -> None:
    undated = make_card("언젠가", "larks", date=None, link="https://lark.example/")
    arrangement = make_arrangement(make_archive(PAPER, NOTE, undated))
    for path in write_files(arrangement):
        found = PAGES.find(arrangement, path)
        assert found is not None
        assert found.path == path
    assert PAGES.find(arrangement, "2024/03/20/on-larks/index.bib") is None
    assert FIRST.isoformat() == "2024-03-19"
