"""A path leads to the page that the whole plan has there."""

import datetime as dt

import pytest

from digest.archive.archive import Archive, build_archive
from digest.archive.references import find_references
from digest.archive.related import Neighbourhood
from digest.model import KINDS
from digest.site.lookup import SiteMap
from digest.site.plan import Limits, plan_pages

from ..archive.cards import FIRST, make_card

LIMITS = Limits(home_days=2, per_page=3, feed_entries=4)


@pytest.fixture(scope="module")
def archive() -> Archive:
    tags = ["moe", "llm/추론", "moe/page", "moe/page/1", "c"]
    cards = [
        make_card(
            f"T{n}", "moe", tags[n % 5], date=FIRST + dt.timedelta(days=n // 2 * 40), arxiv=(f"2403.0000{n % 3}",)
        )
        for n in range(24)
    ]
    return build_archive(cards, {}, KINDS)[0]


@pytest.mark.parametrize("search", [True, False])
def test_every_planned_page_is_found_under_its_path_and_no_other(archive: Archive, search: bool) -> None:
    references, neighbourhood = find_references(archive), Neighbourhood(archive)
    related = lambda record: neighbourhood.related(record, ())  # noqa: E731
    site = SiteMap(archive, lambda: references, related, LIMITS, search=search)
    planned = plan_pages(archive, references, related, LIMITS, search=search)
    assert [site.page(page.path) for page in planned] == list(planned)
    assert {"tags/moe/page/1/", "tags/moe/page/1-2/"} < {page.path for page in planned}


@pytest.mark.parametrize(
    "path",
    [
        "2024",
        "2024/02/31/",
        "2024/02/30/x/",
        "1999/",
        "1999/01/",
        "1999/01/01/",
        "tags/none/",
        "tags/moe/page/99/",
        "kinds/x/",
        "x",
    ],
)
def test_a_path_without_a_page_leads_nowhere(archive: Archive, path: str) -> None:
    assert SiteMap(archive, lambda: find_references(archive), lambda _: (), LIMITS, search=True).page(path) is None


def test_a_sample_of_every_sort_of_page_is_given(archive: Archive) -> None:
    references = find_references(archive)
    site = SiteMap(archive, lambda: references, lambda _: (), LIMITS, search=True)
    sorts = {type(page.recipe) for page in plan_pages(archive, references, lambda _: (), LIMITS, search=True)}
    missing = sorts - {type(page.recipe) for page in site.samples()}
    assert {sort.__name__ for sort in missing} == {"EntriesRecipe"}
