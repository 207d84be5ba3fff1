"""The documentation as a site: it builds without a problem, no link is broken, and each page leads to its twin."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from .test_docs import DOCS, load

BASE = "https://docs.example/digest/"
FORGE = "https://forge.example/someone/digest"
NAMES = sorted(path.name for path in DOCS.glob("*.md"))
LANGUAGES = ("en", "ko")


class _Page(HTMLParser):
    """The title, the ids, the links and the other addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.twins: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "link" and found.get("rel") == "alternate" and "hreflang" in found:
            self.twins[found["hreflang"]] = found["href"]
        elif tag == "link" and found.get("rel") not in ("canonical", "alternate", "prev", "next"):
            self.loaded.append(found["href"])
        self.loaded += [found[name] for name in ("src", "poster") if name in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    assert load("build_site").build_sites(folder, BASE, FORGE) == []
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, _Page]:
    """Return the pages of both languages by their paths."""
    files = sorted(site.rglob("index.html"))
    return {f"{path.relative_to(site).as_posix()[:-10]}": _Page(path.read_text("utf-8")) for path in files}


def path_of(name: str, language: str) -> str:
    stem = {"index.md": "", "search.md": "searching/"}.get(name, f"{name[:-3]}/")
    return f"{'ko/' if language == 'ko' else ''}{stem}"


def internal(page: _Page, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the fragment of each address of the site that a page names."""
    for address in (*page.links, *page.loaded, *page.twins.values()):
        whole, fragment = urldefrag(urljoin(BASE + path, address))
        if whole.startswith(BASE):
            yield unquote(whole.removeprefix(BASE)).partition("?")[0], unquote(fragment)


def test_no_link_of_the_site_is_broken(site: Path, pages: Mapping[str, _Page]) -> None:
    @cache
    def ids(path: str) -> frozenset[str]:
        return frozenset(pages[path].ids)

    broken = []
    for path, page in pages.items():
        for target, fragment in set(internal(page, path)):
            is_there = target in pages or (site / target).is_file()
            if not is_there or (fragment and fragment != "top" and fragment not in ids(target)):
                broken.append((path, target, fragment))
    assert broken == []


def test_a_page_loads_nothing_from_elsewhere(pages: Mapping[str, _Page]) -> None:
    for path, page in pages.items():
        assert [each for each in page.loaded if not urljoin(BASE + path, each).startswith(BASE)] == [], path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_way_to_its_twin(pages: Mapping[str, _Page], language: str, name: str) -> None:
    page = pages[path_of(name, language)]
    assert page.twins == {each: BASE + path_of(name, each) for each in LANGUAGES}
    twin = path_of(name, "en" if language == "ko" else "ko")
    assert f"/digest/{twin}" in page.links


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_korean_twin_says_so(site: Path, name: str) -> None:
    html = (site / path_of(name, "ko") / "index.html").read_text("utf-8")
    is_translated = (DOCS / "ko" / name).exists()
    assert ('class="untranslated"' in html) is not is_translated
    assert ("아직 한국어로 옮기지 않아" in html) is not is_translated
    assert 'class="untranslated"' not in (site / path_of(name, "en") / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_contents_lists_every_page(pages: Mapping[str, _Page], language: str) -> None:
    home = path_of("index.md", language)
    linked = {target for target, _ in internal(pages[home], home)}
    assert {path_of(name, language) for name in NAMES} <= linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_language_can_be_searched(site: Path, language: str) -> None:
    assert (site / path_of("index.md", language) / "search/index.json").is_file()


def test_a_file_of_the_repository_is_linked_at_the_forge(pages: Mapping[str, _Page]) -> None:
    assert f"{FORGE}/blob/HEAD/LICENSE" in pages["licences/"].links
    assert f"{FORGE}/blob/HEAD/src/digest/pipeline/build.py" in pages["architecture/"].links


def test_lines_of_a_paragraph_are_joined_and_others_are_kept() -> None:
    adapt = load("build_site").adapt_page
    text = "One\ntwo `a\nb`:\n\n- item\n  goes on\n- [next](start.md)\n\n| a |\n|---|\n| `[x](y.md)` |\n\n```sh\nfirst\nsecond\n```\n"
    assert adapt(text, "docs/index.md", "en", "") == (
        "One two `a b`:\n\n- item goes on\n- [next](start.md)\n\n| a |\n|---|\n| `[x](y.md)` |\n\n```sh\nfirst\nsecond\n```\n"
    )


def test_a_link_to_a_translated_page_leads_to_the_heading_in_korean() -> None:
    adapt = load("build_site").adapt_page
    text = "See [kinds](format.md#kinds) and [the licence](../LICENSE)."
    assert re.fullmatch(
        r"See \[kinds\]\(format\.md#[가-힣-]+\) and the licence\.", adapt(text, "docs/enrich.md", "ko", "")
    )
    assert "[kinds](format.md#kinds)" in adapt(text, "docs/enrich.md", "en", "")


def test_the_picture_of_the_packages_names_each_that_imports_or_is_imported(site: Path) -> None:
    (file,) = (site / "files").glob("rooms.*.svg")
    drawn = re.findall(r">(\w+)</text>", file.read_text("utf-8"))
    diagram = re.findall(r"^  (\w+) --> (\w+)$", (DOCS / "architecture.md").read_text("utf-8"), re.MULTILINE)
    assert set(drawn) == {name for arrow in diagram for name in arrow}
    assert len(drawn) == len(set(drawn))
    for language in LANGUAGES:
        assert file.name in (site / path_of("architecture.md", language) / "index.html").read_text("utf-8")


def test_a_package_is_drawn_below_all_that_import_it() -> None:
    picture = load("draw_rooms").draw_rooms([("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")])
    places = {name: int(y) for y, name in re.findall(r'y="(\d+)" text-anchor="middle">(\w+)<', picture)}
    assert places["a"] == places["d"] < places["b"] < places["c"]
