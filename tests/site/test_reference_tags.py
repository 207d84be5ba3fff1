"""What reference managers save of the pages of a small site, by the rules in `zotero.py`."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from digest.citations.names import Authors, Name
from digest.citations.work import CitedWork
from digest.site.reference_tags import CREATORS_IN_COINS, coins, family_first, note_tags, reference_tags

from ..project import build_project, write_project
from .zotero import Item, clean_author, read, read_coins

SITE = "https://otters.example/digest/"
DAY = """\
2024년 3월 19일

https://arxiv.org/abs/2305.10403v2

Otters at Scale: Floating Together (Ada Kim, Ben Cho)

> We show that otters float.
> The loss falls as $N^{-a}$.

수달이 함께 떠 있는 것에 대한 논문입니다. 아주 재미있네요.

#otter #scaling

https://aclanthology.org/2023.acl-long.12/

Parsing Rivers with Little Data (Jan Willem Berg)

> We parse rivers.

강을 파싱하는 논문입니다.

#otter

Otter-7B

https://huggingface.co/otters/otter-7b

7B 모델이 공개되었습니다. 2T 토큰으로 학습했다고 하네요.

#llm

읽은 소감

오늘은 수달에 대해서만 읽었습니다.

#diary

Rivers without a Link (Tom Alder, Mina Park)

링크가 없는 논문입니다. 초록도 없습니다.

#otter
"""
CLIPPED = """\
---
title: How Otters Sleep
kind: note
source: https://blog.example.org/otters-sleep
published: 2023-11-02
created: 2024-03-21
---
잘 자네요. #sleep
"""
SEVERAL = """\
---
date: 2024-03-20
---
https://arxiv.org/abs/2401.00001

*Otters One* (Ada Kim)

> The first abstract.

https://proceedings.mlr.press/v202/cho23a.html

*Otters Two* (Ben Cho, Mina Park)

> The second abstract.

두 논문을 함께 읽었습니다.
"""

Reader = Callable[[str], Item | list[Item]]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], html.HtmlElement]:
    """Build the site, and return a function from an address on it to the page."""
    settings = f"title: 수달 기록\nauthor: 김다이\nbase_url: {SITE}\n"
    files = {
        "digest.yaml": settings,
        "notes/2024-03-19.txt": DAY,
        "notes/clip.md": CLIPPED,
        "notes/several.md": SEVERAL,
    }
    folder = write_project(tmp_path_factory.mktemp("otters"), files)
    build_project(folder)
    return lambda path: html.document_fromstring((folder / "site" / path / "index.html").read_bytes())


@pytest.fixture(scope="module")
def saved(page: Callable[[str], html.HtmlElement]) -> Callable[[str], Any]:
    return lambda path: read(page(path))


def test_a_paper_on_arxiv_is_saved_as_a_preprint(saved: Reader) -> None:
    assert saved("2024/03/19/otters-at-scale-floating-together") == {
        "itemType": "preprint",
        "title": "Otters at Scale: Floating Together",
        "creators": ["Kim | Ada", "Cho | Ben"],
        "abstractNote": "We show that otters float. The loss falls as $N^{-a}$.",
        "date": "2023/05",
        "DOI": "10.48550/arXiv.2305.10403",
        "url": "https://arxiv.org/abs/2305.10403",
        "language": "en",
        "publisher": "arXiv",
        "archiveID": "arXiv:2305.10403",
        "pdf": "https://arxiv.org/pdf/2305.10403",
    }


def test_a_paper_in_proceedings_is_saved_with_its_conference(saved: Reader) -> None:
    assert saved("2024/03/19/parsing-rivers-with-little-data") == {
        "itemType": "conferencePaper",
        "title": "Parsing Rivers with Little Data",
        "creators": ["Berg | Jan Willem"],
        "abstractNote": "We parse rivers.",
        "date": "2023",
        "conferenceName": "Annual Meeting of the Association for Computational Linguistics",
        "DOI": "10.18653/v1/2023.acl-long.12",
        "url": "https://aclanthology.org/2023.acl-long.12/",
        "language": "en",
        "pdf": "https://aclanthology.org/2023.acl-long.12.pdf",
    }


def test_nothing_of_the_note_is_saved_for_a_paper_of_which_little_is_known(saved: Reader) -> None:
    path = "2024/03/19/rivers-without-a-link"
    assert saved(path) == {
        "itemType": "preprint",
        "title": "Rivers without a Link",
        "creators": ["Alder | Tom", "Park | Mina"],
        "url": f"{SITE}{path}/",
        "language": "en",
    }


def test_a_model_is_saved_as_a_program_by_nobody_that_is_known(saved: Reader) -> None:
    item = saved("2024/03/19/otter-7b")
    assert isinstance(item, dict)
    assert (item["itemType"], item["url"]) == ("computerProgram", "https://huggingface.co/otters/otter-7b")
    assert item.keys() == {"itemType", "title", "url", "language"}


def test_a_page_that_a_note_is_about_is_saved_with_its_own_date(saved: Reader) -> None:
    assert saved("2024/03/21/how-otters-sleep") == {
        "itemType": "webpage",
        "title": "How Otters Sleep",
        "date": "2023/11/02",
        "url": "https://blog.example.org/otters-sleep",
        "language": "en",
        "publicationTitle": "blog.example.org",
    }


def test_a_note_about_no_work_is_saved_as_the_authors_own(saved: Reader) -> None:
    path = "2024/03/19/읽은-소감"
    item = saved(path)
    assert isinstance(item, dict)
    item["url"] = unquote(item["url"])
    assert item == {
        "itemType": "blogPost",
        "title": "읽은 소감",
        "creators": ["김다이"],
        "abstractNote": "오늘은 수달에 대해서만 읽었습니다.",
        "date": "2024/03/19",
        "url": f"{SITE}{path}/",
        "language": "ko",
        "publicationTitle": "수달 기록",
    }


def test_an_entry_about_several_works_offers_all_of_them(saved: Reader) -> None:
    items = saved("2024/03/20/otters-one")
    assert isinstance(items, list)
    assert [(item["itemType"], item["title"], item["abstractNote"]) for item in items] == [
        ("preprint", "Otters One", "The first abstract."),
        ("conferencePaper", "Otters Two", "The second abstract."),
    ]
    assert items[1]["creators"] == ["Cho | Ben", "Park | Mina"]
    assert items[1]["publicationTitle"] == "International Conference on Machine Learning"


@pytest.mark.parametrize("path", ["2024/03/19", "tags/otter", "2024/03", "kinds/paper"])
def test_lists_offer_their_papers_and_nothing_else(saved: Reader, path: str) -> None:
    items = saved(path)
    assert isinstance(items, list)
    by_title = {item["title"]: item for item in items}
    assert by_title.keys() >= {
        "Otters at Scale: Floating Together",
        "Parsing Rivers with Little Data",
        "Rivers without a Link",
    }
    assert by_title.keys().isdisjoint({"Otter-7B", "읽은 소감", "How Otters Sleep"})
    assert by_title["Otters at Scale: Floating Together"] == {
        "itemType": "preprint",
        "title": "Otters at Scale: Floating Together",
        "creators": ["Kim | Ada", "Cho | Ben"],
        "date": "2023-05",
        "language": "en",
        "DOI": "10.48550/arXiv.2305.10403",
        "url": "https://arxiv.org/abs/2305.10403",
    }
    assert "date" not in by_title["Rivers without a Link"]


@pytest.mark.parametrize("path", ["", "archive", "tags", "kinds", "2024"])
def test_other_pages_are_pages_of_the_author(saved: Reader, path: str) -> None:
    item = saved(path)
    assert isinstance(item, dict)
    assert (item["itemType"], item["creators"]) == ("webpage", ["김다이"])


def test_coins_take_no_place_and_are_not_read_aloud(page: Callable[[str], html.HtmlElement]) -> None:
    spans = page("tags/otter").xpath("//span[@class='Z3988']")
    assert len(spans) == 3
    assert all(span.get("hidden") is not None and not span.text for span in spans)


NAMES = [
    (Name("Kim", "Ada"), "Kim | Ada"),
    (Name("Rossum", "Guido", "van"), "van Rossum | Guido"),
    (Name("King", "Martin Luther", suffix="Jr."), "King | Martin Luther Jr."),
    (Name(literal="Gemini Team"), "Gemini Team"),
    (Name(literal="DeepSeek-AI"), "DeepSeek-AI"),
    (Name(literal="Otters, Inc."), "Otters Inc"),
    (Name("García Márquez", "Gabriel José"), "García Márquez | Gabriel José"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=[expected for _, expected in NAMES])
@pytest.mark.parametrize("others", [(), (Name("Cho", "Ben"),)], ids=["alone", "with others"])
def test_names_are_saved_in_their_parts(name: Name, expected: str, others: tuple[Name, ...]) -> None:
    work = CitedWork("article", "Otters", Authors((name, *others)))
    tags = "".join(f'<meta name="{tag}" content="{escape(content)}">' for tag, content in reference_tags(work))
    tagged = read(html.document_fromstring(f"<html lang='ko'><head>{tags}</head><body></body></html>"))
    assert isinstance(tagged, dict)
    listed = read_coins(coins(work))
    # The dot of `Jr.` at the end of a tag goes.
    assert tagged["creators"][0].rstrip(".") == expected.rstrip(".")
    assert listed["creators"] == tagged["creators"]
    assert len(tagged["creators"]) == 1 + len(others)


def test_a_long_list_of_authors_is_left_to_the_doi() -> None:
    many = Authors(tuple(Name(f"Otter{number}", "Ada") for number in range(CREATORS_IN_COINS + 1)))
    assert read_coins(coins(CitedWork("article", "Otters", many, doi="10.1000/182")))["creators"] == []
    assert len(read_coins(coins(CitedWork("article", "Otters", many)))["creators"]) == len(many.names)


@given(st.text(min_size=1).filter(lambda title: "+" not in title and title == " ".join(title.split())))
def test_any_title_comes_back_from_its_coins(title: str) -> None:
    work = CitedWork("paper-conference", title, Authors((Name("Kim & Cho", "A=B"),)), link="https://a.example/?x=1&y=2")
    item = read_coins(coins(work))
    assert (item["title"], item["url"]) == (title, "https://a.example/?x=1&y=2")
    assert item["creators"] == ["Kim & Cho | A=B"]


@pytest.mark.parametrize("link", ["http://[", "https://", "https://a@b.example:80/x", "ftp://otters.example/"])
def test_an_odd_link_is_no_error(link: str) -> None:
    assert dict(reference_tags(CitedWork("webpage", "Otters", link=link)))["citation_title"] == "Otters"
    assert read_coins(coins(CitedWork("article", "Otters\nat \udc80", link=link)))["title"] == "Otters at ?"


def test_a_note_of_an_early_year_has_a_whole_date() -> None:
    assert note_tags(dt.date(999, 1, 2))[0] == ("citation_publication_date", "0999/01/02")


def test_a_name_keeps_its_words_with_the_family_first() -> None:
    assert clean_author(family_first(Name("Hinton", "Geoffrey E.")), by_comma=True) == "Hinton | Geoffrey E."
