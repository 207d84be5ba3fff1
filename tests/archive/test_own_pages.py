"""The author's own pages among those of the site."""

from msgspec import structs

from digest.archive.own_pages import address_pages
from digest.model import Card, PagePlace

from .cards import make_card


def make_page(path: str, source: str) -> Card:
    return structs.replace(make_card(path, date=None, path=source), page=PagePlace(path))


def test_pages_are_in_the_order_of_their_files_and_at_their_own_paths() -> None:
    cards = [make_page("b/", "pages/b.md"), make_page("a/x/", "pages/a/x.md")]
    records, problems = address_pages(cards, lambda _path: False)
    assert [(record.id, record.slug) for record in records] == [("a/x", "x"), ("b", "b")]
    assert problems == ()


def test_of_two_pages_with_one_address_the_first_stays() -> None:
    cards = [make_page("a/", "pages/a.txt"), make_page("a/", "pages/a.md"), make_page("a/", "pages/A.md")]
    records, problems = address_pages(cards, lambda _path: False)
    assert [record.card.source.path for record in records] == ["pages/A.md"]
    assert [problem.path for problem in problems] == ["pages/a.md", "pages/a.txt"]
    assert "`pages/A.md`" in problems[0].message


def test_a_page_at_a_taken_address_is_left_out() -> None:
    records, problems = address_pages([make_page("tags/", "pages/tags.md")], lambda path: path == "tags/")
    assert records == ()
    assert [(problem.path, problem.code) for problem in problems] == [("pages/tags.md", "page-address")]
