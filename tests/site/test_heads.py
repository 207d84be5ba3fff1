"""The metadata of pages for search engines, feed readers and reference managers."""

import datetime as dt
import json
from pathlib import Path

import pytest
from lxml import html

from digest.archive.archive import Record
from digest.config import CardSettings, Config
from digest.model import Body, Entry, Fragment, Span
from digest.pipeline.arrange import describe_site
from digest.site.heads import DESCRIPTION_LENGTH, entry_head, midnight, page_head, shorten
from digest.site.views import Head

from ..archive.cards import FIRST, make_card
from ..project import build_project, read_tree, write_project


def head_of(
    link: str | None = None,
    base_url: str = "",
    *,
    title: str = "Lantern",
    kind: str = "paper",
    authors: tuple[str, ...] = ("Mina Park",),
    abstract: str = "",
) -> Head:
    site = describe_site(Config(base_url=base_url, author="김다이", description="기록"))
    card = make_card(title, kind=kind, authors=authors, link=link)
    entry = Entry(FIRST, title, Span("notes/a.txt", 1, 2), kind=kind, authors=authors, link=link, abstract=abstract)
    return entry_head(
        site,
        Record(card, "2024/03/19/lantern", "2024-03-19/lantern", ()),
        Body(entry, Fragment("", "")),
        "+09:00",
        "",
        "",
    )


def test_a_description_is_cut_at_a_word() -> None:
    assert shorten("짧은 글입니다.") == "짧은 글입니다."
    text = "모델, " * 100
    short = shorten(text)
    assert len(short) <= DESCRIPTION_LENGTH
    assert short.endswith("모델…")
    assert shorten("a" * 300, 100) == "a" * 99 + "…"


def test_a_date_begins_at_midnight_of_the_sites_zone() -> None:
    assert midnight(dt.date(2024, 3, 19), "-05:30") == "2024-03-19T00:00:00-05:30"


@pytest.mark.parametrize(
    ("paper", "month"),
    [("2403.00001", "2024/03"), ("0704.0001", "2007/04"), ("math/0309136", "2003/09"), ("hep-th/9901001", "1999/01")],
)
def test_the_month_of_a_paper_is_read_from_its_arxiv_id(paper: str, month: str) -> None:
    meta = dict(head_of(f"https://arxiv.org/abs/{paper}").meta)
    assert meta["citation_arxiv_id"] == paper
    assert meta["citation_publication_date"] == month


def test_a_paper_outside_arxiv_has_an_address_and_no_id() -> None:
    meta = dict(head_of("https://openreview.net/forum?id=abc").meta)
    assert meta["citation_public_url"] == "https://openreview.net/forum?id=abc"
    assert meta.keys().isdisjoint({"citation_arxiv_id", "citation_publication_date", "citation_doi"})


def test_a_page_about_a_work_gives_neither_the_date_nor_for_want_of_others_the_author_of_the_note() -> None:
    assert (head_of().published, head_of().author) == ("", "김다이")
    assert head_of(authors=()).author == ""
    note = head_of(kind="note")
    assert (note.published, note.author) == ("2024-03-19T00:00:00+09:00", "김다이")


def test_a_description_is_not_offered_as_the_abstract_of_a_work_that_has_none() -> None:
    assert not head_of().is_abstract
    assert head_of(abstract="We present a lantern.").is_abstract
    assert head_of(kind="note").is_abstract


def test_a_headline_has_at_most_110_characters() -> None:
    long = "Lantern: " + "a reader of long documents " * 8
    headline = json.loads(head_of(title=long).json_ld)["headline"]
    assert len(headline) <= 110
    assert headline.endswith("…")
    assert json.loads(head_of().json_ld)["headline"] == "Lantern"


def test_every_page_leads_to_its_data() -> None:
    site = describe_site(Config())
    assert page_head(site, "", "a").alternates == ((site.title, "/data/entries.json", "application/json"),)
    types = [(url.rpartition("/")[2], kind) for _, url, kind in head_of().alternates]
    assert types == [("index.md", "text/markdown"), ("entries.json", "application/json")]


def test_a_site_without_a_base_url_has_no_canonical_addresses() -> None:
    assert head_of().canonical == ""
    assert head_of(base_url="https://a.example/repo/").canonical == "https://a.example/repo/2024/03/19/lantern/"


def test_noindex_pages_have_no_canonical_address() -> None:
    site = describe_site(Config(base_url="https://a.example/", description="기록"))
    hidden, shown = (page_head(site, "search/", "검색", noindex=noindex) for noindex in (True, False))
    assert (hidden.canonical, hidden.noindex) == ("", True)
    assert (shown.canonical, shown.description) == ("https://a.example/search/", "기록")


def test_every_page_says_how_large_a_picture_of_it_is_to_be() -> None:
    config = Config(base_url="https://a.example/", title="기록", cards=CardSettings(days=True))
    site, bare = describe_site(config), describe_site(Config(base_url="https://a.example/"))
    day = page_head(site, "2024/03/19/", "3월 19일", description="Grok-1", has_card=True)
    assert (day.image, day.image_alt, day.is_card) == (
        "https://a.example/2024/03/19/card.png",
        "3월 19일: Grok-1",
        True,
    )
    other = page_head(site, "archive/", "날짜")
    assert (other.image, other.image_alt, other.is_card) == ("https://a.example/card.png", "기록", True)
    assert (page_head(bare, "archive/", "날짜").image, page_head(bare, "archive/", "날짜").is_card) == ("", False)


def test_a_site_without_an_address_names_no_card() -> None:
    assert page_head(describe_site(Config(cards=CardSettings(days=True))), "", "기록").image == ""


def test_every_page_for_search_engines_describes_itself_if_the_author_describes_nothing(tmp_path: Path) -> None:
    note = "2024-03-19\nKestrels on masts\n황조롱이가 기둥에 앉았다.\n#birds\nWrens at dusk\n굴뚝새가 울었다.\n#birds/small\n"
    undated = "---\ndate: none\n---\n# Where owls sleep\n\n올빼미가 자는 곳.\n"
    settings = "title: Field book\nbase_url: https://a.example/\n"
    write_project(tmp_path, {"digest.yaml": settings, "notes/2024-03-19.txt": note, "notes/owls.md": undated})
    build_project(tmp_path)
    pages = {
        name: html.document_fromstring(text)
        for name, text in read_tree(tmp_path / "site").items()
        if name.endswith(".html")
    }
    described = {
        name: page.xpath("string(//meta[@name='description']/@content)")
        for name, page in pages.items()
        if not page.xpath("//meta[@name='robots']")
    }
    assert len(described) > 12
    assert [name for name, description in described.items() if not description] == []
    assert described["2024/03/index.html"] == "Kestrels on masts · Wrens at dusk"
    assert described["2024/index.html"] == "#birds · #birds/small"
