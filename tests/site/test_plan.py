"""The planned pages and their contents."""

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.archive.archive import Archive, build_archive
from digest.model import KINDS, Card
from digest.site.arrangement import Limits
from digest.site.page_types import PageTypes
from digest.site.pages import PAGE_TYPES
from digest.site.pages.entry import EntryRecipe
from digest.site.pages.feeds import FeedRecipe
from digest.site.pages.home import HomeRecipe
from digest.site.pages.kind import KindRecipe
from digest.site.pages.sitemap import SitemapRecipe
from digest.site.pages.tag import TagRecipe
from digest.site.pages.year import YearRecipe
from digest.site.recipes import Page, fingerprint

from ..archive.cards import FIRST, make_archive, make_card, many_cards
from .arrangements import make_arrangement

EPOCH = b"epoch"
FIXED = {
    "", "404.html", "archive/", "data/entries.json", "data/entries.schema.json", "feed.json", "feed.xml", "kinds/",
    *(f"kinds/{kind}/" for kind in KINDS), "llms.txt", "offline.html", "robots.txt", "search/",
    "site.webmanifest", "sitemap.xml", "tags/",
}  # fmt: skip
"""The pages of a digest without notes."""


def plan(archive: Archive, limits: Limits | None = None) -> dict[str, Page]:
    pages = PageTypes(PAGE_TYPES).plan(make_arrangement(archive, limits))
    by_path = {page.path: page for page in pages}
    assert len(by_path) == len(pages)
    return by_path


def days(count: int, *tags: str) -> Archive:
    return make_archive(*(make_card(f"T{n}", *tags, date=FIRST + dt.timedelta(days=n)) for n in range(count)))


def test_a_digest_without_notes_has_its_fixed_pages() -> None:
    planned = set(plan(make_archive()))
    assert sorted(planned - FIXED) == [], "a page without notes that FIXED lacks"
    assert sorted(FIXED - planned) == [], "a page of FIXED that is not planned"


def test_one_entry_adds_the_pages_that_list_it() -> None:
    pages = plan(make_archive(make_card("Grok-1", "llm/moe")))
    assert {path for path in pages if path.startswith(("2024", "tags/"))} == {
        "2024/", "2024/w12/", "2024/03/", "2024/03/19/", "2024/03/19/grok-1/", "2024/03/19/grok-1/index.md",
        "2024/03/19/grok-1/index.bib", "2024/03/19/grok-1/index.csl.json",
        "tags/", "tags/llm/", "tags/llm/feed.xml", "tags/llm/moe/", "tags/llm/moe/feed.xml",
    }  # fmt: skip


def test_entries_and_periods_link_to_the_previous_and_the_next() -> None:
    archive = make_archive(
        make_card("A"), make_card("B", date=dt.date(2024, 5, 1)), make_card("C", date=dt.date(2026, 1, 1))
    )
    pages = plan(archive)
    recipe = pages["2024/05/01/b/"].recipe
    assert isinstance(recipe, EntryRecipe)
    assert recipe.previous is archive.records[0]
    assert recipe.next is archive.records[2]
    year = pages["2024/"].recipe
    assert isinstance(year, YearRecipe)
    assert (year.previous, year.next) == (None, 2026)


def test_a_timeline_has_the_months_of_its_own_entries_alone() -> None:
    archive = make_archive(
        make_card("A", date=dt.date(2019, 5, 1)),
        make_card("B", "llm", date=dt.date(2023, 5, 1), kind="model"),
        make_card("C", date=dt.date(2024, 1, 1)),
    )
    pages = plan(archive)
    recipes = [pages[path].recipe for path in ("kinds/model/", "kinds/note/", "tags/llm/")]
    assert [recipe.timeline for recipe in recipes if isinstance(recipe, KindRecipe | TagRecipe)] == [
        ((dt.date(2023, 5, 1), (1,)),),
        ((dt.date(2019, 5, 1), (1,)), (dt.date(2024, 1, 1), (1,))),
        ((dt.date(2023, 5, 1), (0, 1, 0, 0)),),
    ]


def test_a_new_entry_leaves_numbered_pages_of_lists_unchanged() -> None:
    before, after = (plan(days(count, "llm"), Limits(per_page=10)) for count in (35, 36))
    listed = {}
    for path in ("tags/llm/", "tags/llm/page/2/", "tags/llm/page/1/"):
        recipe = before[path].recipe
        assert isinstance(recipe, TagRecipe)
        listed[path] = (recipe.page, recipe.pages, [record.card.title for record in recipe.records])
    assert listed["tags/llm/"] == (3, 3, [f"T{n}" for n in range(34, 19, -1)])
    assert listed["tags/llm/page/2/"] == (2, 3, [f"T{n}" for n in range(19, 9, -1)])
    assert listed["tags/llm/page/1/"] == (1, 3, [f"T{n}" for n in range(9, -1, -1)])
    for path in ("tags/llm/page/1/", "tags/llm/page/2/", "kinds/note/page/1/", "2024/03/19/", "2024/03/19/t0/"):
        assert fingerprint(before[path], EPOCH) == fingerprint(after[path], EPOCH)
    assert fingerprint(before["tags/llm/"], EPOCH) != fingerprint(after["tags/llm/"], EPOCH)


def test_the_home_page_and_feeds_have_the_newest_entries() -> None:
    pages = plan(days(30, "llm"), Limits(home_days=2, feed_entries=3))
    home, feed, tag_feed = (pages[path].recipe for path in ("", "feed.xml", "tags/llm/feed.xml"))
    assert isinstance(home, HomeRecipe)
    assert [day.records[0].card.title for day in home.days] == ["T29", "T28"]
    for recipe in (feed, tag_feed):
        assert isinstance(recipe, FeedRecipe)
        assert [record.card.title for record in recipe.records] == ["T29", "T28", "T27"]


def test_the_sitemap_lists_pages_and_no_files() -> None:
    recipe = plan(make_archive(make_card("A", "llm")))["sitemap.xml"].recipe
    assert isinstance(recipe, SitemapRecipe)
    paths = [path for path, _ in recipe.pages]
    assert paths == sorted(paths)
    assert "" in paths
    assert [path for path in paths if path and not path.endswith("/")] == []
    assert dict(recipe.pages)["2024/03/19/a/"] == FIRST


@pytest.mark.parametrize(
    ("count", "place", "shown"),
    [(3, 1, range(3)), (9, 8, range(9)), (100, 0, range(9)), (100, 50, range(46, 55)), (100, 99, range(91, 100))],
)
def test_an_entry_lists_its_day_or_the_eight_entries_around_it(count: int, place: int, shown: range) -> None:
    archive = make_archive(*(make_card(f"T{n}", line=n + 1) for n in range(count)))
    recipe = plan(archive)[f"2024/03/19/t{place}/"].recipe
    assert isinstance(recipe, EntryRecipe)
    assert [record.card.title for record in recipe.siblings] == [f"T{n}" for n in shown]


@given(st.integers(0, 120), st.integers(1, 50))
def test_every_entry_is_on_exactly_one_page_of_its_kind(count: int, per_page: int) -> None:
    archive = days(count)
    recipes = [page.recipe for page in plan(archive, Limits(per_page=per_page)).values()]
    listed = [r.id for recipe in recipes if isinstance(recipe, KindRecipe) for r in recipe.records]
    assert sorted(listed) == [record.id for record in archive.records]
    sizes = {r.page: len(r.records) for r in recipes if isinstance(r, KindRecipe) and r.kind == "note"}
    newest = max(sizes)
    assert all(size == per_page for page, size in sizes.items() if page != newest)
    assert sizes[newest] == count if newest == 1 else per_page <= sizes[newest] < 2 * per_page


def fingerprints(cards: Sequence[Card]) -> dict[str, bytes]:
    archive, _ = build_archive(cards, {}, KINDS)
    return {path: fingerprint(page, EPOCH) for path, page in plan(archive).items()}


@given(many_cards, st.randoms(use_true_random=False))
def test_paths_are_unique_and_pages_do_not_depend_on_the_order_of_notes(cards: list[Card], random: Random) -> None:
    shuffled = random.sample(cards, len(cards))
    assert fingerprints(cards) == fingerprints(shuffled)
