"""Rules for all page types, including a site's own."""

import datetime as dt
import pickle
import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct, structs

from digest.addresses.old import OldAddress
from digest.archive.archive import Record, build_archive
from digest.config import load_config
from digest.languages import strings_for
from digest.languages.strings import Strings
from digest.model import KINDS, Body
from digest.parallel.workers import Workers
from digest.pipeline.arrange import Surroundings, arrange
from digest.pipeline.files import NamedFiles
from digest.pipeline.read import Notebook
from digest.pipeline.render import parts_of, set_up
from digest.site.arrangement import Arrangement, Limits
from digest.site.page_types import MenuEntry, PageType, PageTypes, Template
from digest.site.pages import PAGE_TYPES
from digest.site.parts import Parts
from digest.site.recipes import Page, Recipe, fingerprint
from digest.site.theme import theme_folder
from digest.site.views import Head
from digest.store.cache import Cache

from ..archive.cards import FIRST, make_card
from ..conftest import GOLDEN
from ..test_docs import load_generator
from .arrangements import make_arrangement

PAGES = PageTypes(PAGE_TYPES)
NAMES = [page_type.recipe.__name__ for page_type in PAGE_TYPES]
CACHED = ("references", "_neighbourhood")
UNUSUAL = {"RedirectsFileRecipe"}
"""Recipes of pages that only some settings ask for."""
OLD = (OldAddress("2024/03/18/gone/", None, date=dt.date(2024, 3, 18)), OldAddress("옛/주소/", "archive/"))


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Arrangement, Cache]]:
    """Yield the arrangement of the golden notes, and the cache with their texts."""
    config, _ = load_config(GOLDEN)
    with Cache.open(tmp_path_factory.mktemp("cache"), "") as cache:
        notebook = Notebook(GOLDEN, cache)
        notebook.read(config, Workers(1))
        arrangement = arrange(
            GOLDEN,
            config,
            [card for card in notebook.cards() if not card.draft],
            Surroundings(NamedFiles(GOLDEN, config, cache), tuple),
        )
        vars(arrangement)["old_addresses"] = OLD
        yield arrangement, cache


@pytest.fixture(scope="module")
def planned(golden: tuple[Arrangement, Cache]) -> tuple[Page, ...]:
    return PAGES.plan(golden[0])


def parts_with(arrangement: Arrangement, texts: dict[Record, Body]) -> Parts:
    return Parts(arrangement.site, strings_for("ko"), "+09:00", texts.__getitem__)


def crowded() -> Arrangement:
    """Return an arrangement of distant days, with tags whose addresses begin with those of other tags."""
    tags = ["moe", "llm/추론", "moe/page", "moe/page/1", "c"]
    cards = [
        make_card(
            f"T{n}", "moe", tags[n % 5], date=FIRST + dt.timedelta(days=n // 2 * 40), arxiv=(f"2403.0000{n % 3}",)
        )
        for n in range(24)
    ]
    return make_arrangement(build_archive(cards, {}, KINDS)[0], Limits(home_days=2, per_page=3, feed_entries=4))


def test_every_golden_page_is_found_at_its_path(golden: tuple[Arrangement, Cache], planned: tuple[Page, ...]) -> None:
    assert [PAGES.find(golden[0], page.path) for page in planned] == list(planned)


def test_pages_found_together_with_another_equal_the_planned_ones(
    golden: tuple[Arrangement, Cache], planned: tuple[Page, ...]
) -> None:
    by_path = {page.path: page for page in planned}
    for page in planned:
        if find := PAGES.of(page).find:
            assert all(by_path[found.path] == found for found in find(golden[0], page.path))


@pytest.mark.parametrize("search", [True, False])
def test_every_page_of_a_crowded_archive_is_found_at_its_path(search: bool) -> None:
    arrangement = crowded()
    arrangement = structs.replace(arrangement, site=structs.replace(arrangement.site, search=search))
    planned = PAGES.plan(arrangement)
    assert [PAGES.find(arrangement, page.path) for page in planned] == list(planned)
    assert {"tags/moe/page/1/", "tags/moe/page/1-2/"} < {page.path for page in planned}
    assert (PAGES.find(arrangement, "search/") is not None) is search


@pytest.mark.parametrize(
    "path",
    [
        "2024", "2024/02/31/", "2024/02/30/x/", "2024/02/30/x/index.md", "1999/", "1999/01/", "1999/w01/", "2024/w54/", "1999/01/01/", "tags/none/",
        "tags/none/feed.xml", "tags/moe/page/99/", "kinds/x/", "x", "2024/03/19/none/", "2024/03/19/none/index.md",
    ],
)  # fmt: skip
def test_no_page_is_found_at_a_path_without_one(path: str) -> None:
    assert PAGES.find(crowded(), path) is None


def test_a_path_belongs_to_only_one_page_type(planned: tuple[Page, ...]) -> None:
    for page in (*planned, *PAGES.plan(crowded())):
        matching = [each for each in PAGE_TYPES if each.paths is not None and re.fullmatch(each.paths, page.path)]
        page_type = PAGES.of(page)
        anywhere = [each for each in PAGE_TYPES if each.paths is None and each.gives_way == page_type.gives_way]
        if page_type.gives_way:
            assert page_type in anywhere
            continue
        assert (matching or anywhere) == [page_type], page.path
        assert PAGES.is_reserved(page.path) is bool(matching)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=NAMES)
def test_every_page_type_plans_its_samples(
    golden: tuple[Arrangement, Cache], planned: tuple[Page, ...], page_type: PageType[Any]
) -> None:
    own = {page.path: page for page in planned if PAGES.of(page) is page_type}
    samples = [page for page in PAGES.samples(golden[0]) if PAGES.of(page) is page_type]
    assert own or page_type.recipe.__name__ in UNUSUAL
    if page_type.plan_listing:
        assert {page.path for page in samples} == own.keys()
    else:
        assert all(own[page.path] == page for page in samples)
        assert bool(samples) is (bool(own) and not page_type.whole_digest)


def test_a_site_without_notes_has_samples() -> None:
    arrangement = make_arrangement(build_archive([], {}, KINDS)[0])
    assert {page.path for page in PAGES.samples(arrangement)} >= {"", "404.html", "tags/", "feed.xml", "sitemap.xml"}


@pytest.mark.parametrize(
    "path",
    ["", "404.html", "search/", "archive/", "2024/03/19/t0/index.md", "tags/", "tags/moe/", "kinds/",
     "kinds/note/", "robots.txt"],
)  # fmt: skip
def test_finding_a_page_without_references_resolves_none(path: str) -> None:
    arrangement = crowded()
    assert PAGES.find(arrangement, path) is not None
    assert not vars(arrangement).keys() & set(CACHED)


def test_finding_the_page_of_an_entry_computes_only_its_own_related_entries() -> None:
    asked: list[str] = []

    class Watched(Arrangement, frozen=True, dict=True):
        def related(self, record: Record) -> tuple[Record, ...]:
            asked.append(record.slug)
            return ()

    arrangement = crowded()
    watched = Watched(arrangement.site, arrangement.archive, arrangement.limits)
    assert PAGES.find(watched, "2024/03/19/t1/") is not None
    assert PAGES.find(watched, "2024/03/19/") is not None
    assert asked == ["t1"]


def test_composing_a_page_reads_only_the_texts_that_it_names(
    golden: tuple[Arrangement, Cache], planned: tuple[Page, ...]
) -> None:
    arrangement, cache = golden
    load = parts_of(set_up(arrangement.site, "+09:00", {}, {}), cache.raw_body).body_of
    views = load_generator().views_by_template()
    for page in planned:
        composed = PAGES.compose(parts_with(arrangement, {record: load(record) for record in PAGES.texts(page)}), page)
        if isinstance(composed, Template):
            assert type(composed.view) is views[composed.name]
        else:
            assert composed if isinstance(composed, bytes) else b"".join(composed)


def test_no_two_page_types_share_a_recipe() -> None:
    assert len({page_type.recipe for page_type in PAGE_TYPES}) == len(PAGE_TYPES)


def test_pages_and_page_types_can_be_pickled(planned: tuple[Page, ...]) -> None:
    page_types = pickle.loads(pickle.dumps(PAGES))
    assert page_types == PAGES
    assert hash(page_types) == hash(PAGES)
    received = pickle.loads(pickle.dumps(planned))
    assert [fingerprint(page, b"") for page in received] == [fingerprint(page, b"") for page in planned]


def test_pages_of_the_whole_digest_come_first_and_pages_of_a_day_are_adjacent(planned: tuple[Page, ...]) -> None:
    paths = [page.path for page in planned]
    assert paths[0] == "data/entries.json"
    assert [path for path in paths if path.startswith("2024/03/19/")] == paths[
        (start := paths.index("2024/03/19/")) : start + 14
    ]


def test_the_masthead_marks_the_section_that_a_template_sets() -> None:
    entries = [page_type.menu for page_type in PAGE_TYPES if page_type.menu]
    templates = "".join(path.read_text("utf-8") for path in theme_folder().glob("*.html"))
    for entry in entries:
        assert entry.menu == "footer" or f'set section = "{entry.section}"' in templates


class FiguresRecipe(Recipe, frozen=True):
    entries: int


class TwinRecipe(Recipe, frozen=True):
    entries: int


class FiguresView(Struct, frozen=True):
    head: Head
    entries: int


def plan_figures(arrangement: Arrangement) -> Iterator[Page]:
    yield Page("figures/", FiguresRecipe(len(arrangement.archive.records)))


def plan_twin(_arrangement: Arrangement) -> Iterator[Page]:
    yield Page("figures/", TwinRecipe(0))


def compose_figures(parts: Parts, _path: str, recipe: FiguresRecipe) -> Template:
    return Template("figures.html", FiguresView(Head(parts.ui.facts), recipe.entries))


def label_figures(ui: Strings) -> str:
    return ui.facts


FIGURES = PageType(
    recipe=FiguresRecipe,
    paths="figures/",
    plan=plan_figures,
    compose=compose_figures,
    in_sitemap=True,
    menu=MenuEntry("masthead", "figures", "figures/", label_figures),
)


def test_a_site_can_have_its_own_page_types(golden: tuple[Arrangement, Cache]) -> None:
    page_types = PageTypes((*PAGE_TYPES, FIGURES))
    arrangement = golden[0]
    page = page_types.find(arrangement, "figures/")
    assert page in page_types.plan(arrangement)
    assert page in page_types.samples(arrangement)
    sitemap = page_types.find(arrangement, "sitemap.xml")
    assert sitemap in page_types.plan(arrangement)
    labels = [link.label for link in page_types.menu("masthead", strings_for("ko"), "/")]
    assert labels[-1] == "수치"


def test_two_page_types_that_plan_the_same_path_are_an_error_that_names_both() -> None:
    with pytest.raises(
        ValueError, match=r"two page types plan a page at `figures/`: those of FiguresRecipe and TwinRecipe"
    ):
        PageTypes((FIGURES, structs.replace(FIGURES, recipe=TwinRecipe, plan=plan_twin))).plan(crowded())
