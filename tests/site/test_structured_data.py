"""JSON-LD: every thing has only the properties of its type in the vocabulary of schema.org."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from msgspec import structs

from digest.archive.archive import Record
from digest.citations.names import Authors, Name
from digest.citations.work import CitedWork
from digest.config import Config
from digest.pipeline.arrange import describe_site
from digest.site.structured_data import describe_entry, describe_page
from digest.site.views import Crumb

from ..archive.cards import make_card

THING = {"name", "url", "sameAs", "identifier"}
WORK = THING | {
    "author",
    "abstract",
    "datePublished",
    "dateModified",
    "inLanguage",
    "isPartOf",
    "encoding",
    "keywords",
    "about",
}
VOCABULARY: dict[str, set[str]] = {
    "BlogPosting": WORK | {"headline", "mainEntityOfPage"},
    "Blog": WORK,
    "WebPage": WORK | {"breadcrumb"},
    "CollectionPage": WORK | {"breadcrumb", "mainEntity"},
    "ScholarlyArticle": WORK,
    "Chapter": WORK,
    "SoftwareApplication": WORK,
    "Periodical": WORK,
    "PublicationVolume": WORK | {"volumeNumber"},
    "MediaObject": WORK | {"contentUrl", "encodingFormat"},
    "Product": THING,
    "Person": THING,
    "Organization": THING,
    "BreadcrumbList": THING | {"itemListElement", "numberOfItems"},
    "ItemList": THING | {"itemListElement", "numberOfItems"},
    "ListItem": THING | {"position", "item"},
}
"""Types with those of their properties that schema.org defines for them or for a type above them, as far as pages use them."""
RANGES: dict[str, set[str]] = {
    "author": {"Person", "Organization"},
    "isPartOf": {"Blog", "Periodical", "PublicationVolume"},
    "breadcrumb": {"BreadcrumbList"},
    "itemListElement": {"ListItem"},
    "mainEntity": {"ItemList"},
    "mainEntityOfPage": {"WebPage"},
    "encoding": {"MediaObject"},
    "about": {"ScholarlyArticle", "Chapter", "SoftwareApplication", "WebPage", "Product"},
}


def check(thing: Any, path: str = "") -> None:
    """Fail if a thing has a property that its type lacks, a value of a wrong type or an empty value."""
    if isinstance(thing, list):
        for item in thing:
            check(item, path)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key.startswith("@"):
                continue
            place = f"{path}/{thing['@type']}.{key}"
            assert key in VOCABULARY[thing["@type"]], place
            assert value not in ("", [], {}, None), place
            things = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
            assert {item["@type"] for item in things} <= RANGES.get(key, set()), place
            check(value, place)


def test_the_data_of_every_page_keep_to_the_vocabulary(golden_project: Path) -> None:
    pages = sorted((golden_project / "site").rglob("*.html"))
    kinds = set()
    for page in pages:
        for script in html.document_fromstring(page.read_bytes()).iter("script"):
            if script.get("type") == "application/ld+json":
                data = json.loads(script.text or "")
                assert data["@context"] == "https://schema.org"
                check(data)
                kinds.add(data["@type"])
    assert kinds == {"BlogPosting", "CollectionPage"}


def describe(*works: CitedWork, kind: str = "paper", author: str = "", headline: str = "Otters") -> dict[str, Any]:
    site = describe_site(Config(base_url="https://a.example/repo/", author=author))
    record = Record(make_card("Otters", kind=kind), "2024/03/19/otters", "2024-03-19/otters", ())
    url = "https://a.example/repo/2024/03/19/otters/"
    crumbs = (Crumb("날짜", "/repo/archive/"), Crumb("태그", "/repo/tags/수달/"))
    data: dict[str, Any] = json.loads(
        describe_entry(
            site, record, works, headline=headline, url=url, published="2024-03-19T00:00:00Z", updated="", crumbs=crumbs
        )
    )
    check(data)
    return data


FULL = CitedWork(
    "paper-conference",
    "Otters",
    Authors((Name("Kim", "Ada"), Name(literal="Gemini Team"))),
    abstract="We float.",
    published="2023-05",
    link="https://aclanthology.org/2023.acl-long.12/",
    pdf="https://aclanthology.org/2023.acl-long.12.pdf",
    doi="10.18653/v1/2023.acl-long.12",
    container="Annual Meeting",
    lang="en",
)


def test_a_paper_has_its_own_date_and_its_authors_as_persons_and_organisations() -> None:
    data = describe(FULL)
    assert data["datePublished"] == "2024-03-19T00:00:00Z"
    about = data["about"]
    assert (about["@type"], about["datePublished"]) == ("ScholarlyArticle", "2023-05")
    assert about["author"] == [{"@type": "Person", "name": "Ada Kim"}, {"@type": "Organization", "name": "Gemini Team"}]
    assert about["isPartOf"] == {"@type": "PublicationVolume", "name": "Annual Meeting"}
    assert about["sameAs"] == "https://doi.org/10.18653/v1/2023.acl-long.12"


def test_a_journal_is_a_periodical_and_has_volumes() -> None:
    journal = structs.replace(FULL, type="article-journal", container="Otter Letters", volume="7")
    periodical = {"@type": "Periodical", "name": "Otter Letters"}
    volume = {"@type": "PublicationVolume", "volumeNumber": "7", "isPartOf": periodical}
    assert describe(journal)["about"]["isPartOf"] == volume
    assert describe(structs.replace(journal, volume=""))["about"]["isPartOf"] == periodical


@pytest.mark.parametrize(
    ("work", "kind", "expected"),
    [
        (CitedWork("software", "Otter-7B"), "model", "SoftwareApplication"),
        (CitedWork("webpage", "Otter Chip", link="https://a.example/"), "hardware", "Product"),
        (CitedWork("webpage", "Otters", link="https://a.example/"), "note", "WebPage"),
        (CitedWork("chapter", "Otters"), "paper", "Chapter"),
    ],
)
def test_other_works_have_types_of_their_own(work: CitedWork, kind: str, expected: str) -> None:
    assert describe(work, kind=kind)["about"]["@type"] == expected


def test_an_entry_about_several_works_names_all_and_one_about_none_has_none() -> None:
    assert [about["name"] for about in describe(FULL, structs.replace(FULL, title="Two"))["about"]] == ["Otters", "Two"]
    assert "about" not in describe(kind="note")


def test_the_author_of_the_site_may_be_an_organisation() -> None:
    assert describe(author="김다이")["author"] == {"@type": "Person", "name": "김다이"}
    assert "author" not in describe()


def test_the_path_to_a_page_has_whole_addresses() -> None:
    steps = describe()["mainEntityOfPage"]["breadcrumb"]["itemListElement"]
    assert [(step["position"], step["item"]) for step in steps] == [
        (1, "https://a.example/repo/archive/"),
        (2, "https://a.example/repo/tags/%EC%88%98%EB%8B%AC/"),
    ]


def test_a_list_has_its_entries_in_order() -> None:
    site = describe_site(Config())
    data = json.loads(describe_page(site, "수달", "", (Crumb("태그", "/tags/"), Crumb("수달")), ("/a/", "/b/")))
    check(data)
    assert [item["url"] for item in data["mainEntity"]["itemListElement"]] == ["/a/", "/b/"]
    assert data["mainEntity"]["numberOfItems"] == 2
    assert "item" not in data["breadcrumb"]["itemListElement"][1]
    assert "mainEntity" not in json.loads(describe_page(site, "수달", "", (Crumb("태그"),)))
