"""Every page of the golden site: valid HTML, a common structure, the policy, and no broken links."""

import json
import posixpath
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

ROOT = "/repo/"
CHECKER = Path(__file__).parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; "
    "script-src 'self'; style-src 'self'; worker-src 'self'"
)


@pytest.fixture(scope="module")
def pages(golden_project: Path) -> dict[str, html.HtmlElement]:
    """Return every page of the golden site, parsed, by its path in the site's folder."""
    site = golden_project / "site"
    return {
        path.relative_to(site).as_posix(): html.document_fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }


def test_the_nu_checker_finds_no_errors(golden_project: Path) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        pytest.skip("the Nu checker needs Java, and npm to install it")
    files = sorted(map(str, (golden_project / "site").rglob("*.html")))
    done = subprocess.run(
        [java, "-jar", CHECKER, "--format", "json", *files], capture_output=True, text=True, check=False
    )
    messages = json.loads(done.stderr)["messages"]
    # Pages read from the disk have no server that could be `'self'`, so messages about the policy are wrong. The tests in a
    # browser check the policy.
    found = [message for message in messages if "Content Security Policy" not in message["message"]]
    assert [(m.get("url", "").rpartition("/site/")[2], m.get("lastLine"), m["message"]) for m in found] == []


def test_every_page_has_one_h1_and_skips_no_level_of_headings(pages: dict[str, html.HtmlElement]) -> None:
    assert len(pages) > 40
    for name, page in pages.items():
        levels = [int(str(e.tag)[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_ids_are_unique_and_labels_refer_to_them(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        ids = Counter(str(element.get("id")) for element in page.iter(etree.Element) if element.get("id"))
        assert [identifier for identifier, count in ids.items() if count > 1] == [], name
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            named = [word for e in page.iter(etree.Element) for word in (e.get(attribute) or "").split()]
            assert set(named) <= ids.keys(), (name, attribute)


def test_every_page_declares_its_language_and_marks_text_in_others(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        assert page.get("lang") == "ko", name
        for element in page.iter(etree.Element):
            assert element.get("lang") != "", name
    english = pages["2024/03/19/lantern-reading-long-documents-with-a-short-attention-span/index.html"]
    (heading,) = english.iter("h1")
    assert heading.get("lang") == "en" or any(child.get("lang") == "en" for child in heading)
    assert [
        e for e in english.iter("section", "div", "p") if e.get("lang") == "en" and "We present" in e.text_content()
    ]


def test_every_page_has_landmarks_and_a_skip_link(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        assert [len(list(page.iter(tag))) for tag in ("main",)] == [1], name
        first = next(page.iter("a"))
        assert first.get("href") == "#main", name
        assert page.get_element_by_id("main").tag == "main", name


def test_pages_have_nothing_inline_and_a_policy_that_forbids_it(pages: dict[str, html.HtmlElement]) -> None:
    for name, page in pages.items():
        policies = [
            meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policies == [POLICY], name
        assert not list(page.iter("style")), name
        assert not [
            e for e in page.iter(etree.Element) if any(str(a) == "style" or str(a).startswith("on") for a in e.attrib)
        ]
        for script in page.iter("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", name


def targets(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter(etree.Element):
        for attribute in ("href", "src", "action"):
            if (value := element.get(attribute)) is not None:
                yield value


def test_every_internal_link_leads_to_a_file_or_an_anchor(
    golden_project: Path, pages: dict[str, html.HtmlElement]
) -> None:
    site = golden_project / "site"
    checked = 0
    for name, page in pages.items():
        for target in targets(page):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https", "mailto"), (name, target)
                assert parts.netloc != "digest.example" or parts.path.startswith(ROOT), (name, target)
                continue
            path = parts.path or ROOT + name
            assert path.startswith(ROOT), (name, target)
            file = posixpath.join(unquote(path).removeprefix(ROOT), "index.html" if path.endswith("/") else "").rstrip(
                "/"
            )
            assert (site / file).is_file(), (name, target)
            if parts.fragment and parts.fragment != "top":
                assert pages[file].get_element_by_id(unquote(parts.fragment)) is not None, (name, target)
            checked += 1
    assert checked > 1000


def test_heads_have_the_metadata_and_the_address_of_their_page(pages: dict[str, html.HtmlElement]) -> None:
    titles = []
    for name, page in pages.items():
        (title,) = page.head.iter("title")
        is_indexed = not page.head.xpath("meta[@name='robots']")
        if is_indexed:
            titles.append(title.text_content())
        links = {(link.get("rel"), link.get("href")) for link in page.head.iter("link")}
        properties = {
            meta.get("property"): meta.get("content") for meta in page.head.iter("meta") if meta.get("property")
        }
        assert properties["og:site_name"] == "골든 다이제스트", name
        if is_indexed or page.head.xpath("meta[@http-equiv='refresh']"):
            canonical = next(href for rel, href in links if rel == "canonical")
            assert canonical == properties["og:url"], name
            assert re.fullmatch(r"https://digest\.example/repo/[\x21-\x7e]*", canonical or ""), name
        assert any(rel == "alternate" and (href or "").endswith("/feed.xml") for rel, href in links), name
    assert len(set(titles)) == len(titles)


def test_a_paper_can_be_cited_from_its_page(pages: dict[str, html.HtmlElement]) -> None:
    page = pages["2024/03/19/lantern-reading-long-documents-with-a-short-attention-span/index.html"]
    meta = [
        (m.get("name"), m.get("content"))
        for m in page.head.iter("meta")
        if (m.get("name") or "").startswith("citation_")
    ]
    abstract = (
        "We present Lantern, a reader that keeps a short window of a long document. The loss falls as $N^{-\\alpha}$."
    )
    assert meta == [
        ("citation_title", "Lantern: Reading Long Documents with a Short Attention Span"),
        ("citation_author", "Park, Mina"),
        ("citation_author", "Alder, Tom"),
        ("citation_publication_date", "2024/03"),
        ("citation_abstract", abstract),
        ("citation_language", "en"),
        ("citation_doi", "10.48550/arXiv.2403.00001"),
        ("citation_public_url", "https://arxiv.org/abs/2403.00001"),
        ("citation_abstract_html_url", "https://arxiv.org/abs/2403.00001"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2403.00001"),
        ("citation_arxiv_id", "2403.00001"),
        ("citation_publisher", "arXiv"),
    ]
    (script,) = (s for s in page.iter("script") if s.get("type") == "application/ld+json")
    posting = json.loads(script.text or "")
    assert posting["@type"] == "BlogPosting"
    assert posting["about"]["@type"] == "ScholarlyArticle"
    assert posting["about"]["author"][0] == {"@type": "Person", "name": "Mina Park"}


def test_links_between_entries_are_shown_on_both_pages(pages: dict[str, html.HtmlElement]) -> None:
    lantern = "/repo/2024/03/19/lantern-reading-long-documents-with-a-short-attention-span/"
    again = "/repo/2024/03/20/lantern을-다시-읽고/"
    mentioning, mentioned = (pages[path.removeprefix(ROOT) + "index.html"] for path in (again, lantern))
    assert lantern in [link.get("href") for link in mentioning.iter("a") if link.get("class") != "skip"]
    assert again in [link.get("href") for link in mentioned.iter("a")]
