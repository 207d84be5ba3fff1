"""The metadata of pages for search engines, feed readers and reference managers."""

import datetime as dt

import pytest

from digest.archive.archive import Record
from digest.config import Config
from digest.model import Body, Entry, Fragment, Span
from digest.pipeline.arrange import describe_site
from digest.site.heads import DESCRIPTION_LENGTH, entry_head, midnight, page_head, shorten
from digest.site.views import Head

from ..archive.cards import FIRST, make_card


def head_of(link: str | None = None, base_url: str = "") -> Head:
    site = describe_site(Config(base_url=base_url))
    card = make_card("Lantern", kind="paper", authors=("Mina Park",), link=link)
    entry = Entry(FIRST, "Lantern", Span("notes/a.txt", 1, 2), kind="paper", authors=("Mina Park",), link=link)
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
    ("paper", "year"),
    [("2403.00001", "2024"), ("0704.0001", "2007"), ("math/0309136", "2003"), ("hep-th/9901001", "1999")],
)
def test_the_year_of_a_paper_is_read_from_its_arxiv_id(paper: str, year: str) -> None:
    meta = dict(head_of(f"https://arxiv.org/abs/{paper}").meta)
    assert meta["citation_arxiv_id"] == paper
    assert meta["citation_publication_date"] == year


def test_a_paper_outside_arxiv_has_an_address_and_no_id() -> None:
    head = head_of("https://openreview.net/forum?id=abc")
    assert [name for name, _ in head.meta] == ["citation_title", "citation_author"]
    assert '"url":"https://openreview.net/forum?id=abc"' in head.json_ld.replace(" ", "")


def test_a_site_without_a_base_url_has_no_canonical_addresses() -> None:
    assert head_of().canonical == ""
    assert head_of(base_url="https://a.example/repo/").canonical == "https://a.example/repo/2024/03/19/lantern/"


def test_noindex_pages_have_no_canonical_address() -> None:
    site = describe_site(Config(base_url="https://a.example/", description="기록"))
    hidden, shown = (page_head(site, "search/", "검색", noindex=noindex) for noindex in (True, False))
    assert (hidden.canonical, hidden.noindex) == ("", True)
    assert (shown.canonical, shown.description) == ("https://a.example/search/", "기록")
