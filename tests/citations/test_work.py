"""The work that an entry is about, from its fields, its link and its DOI."""

import datetime as dt
from typing import Any

import pytest
from msgspec import structs

from digest.citations.work import CitedWork, cite
from digest.model import Entry, Span

from ..archive.cards import make_card

ARXIV = "https://arxiv.org/abs/2305.10403v2"
ACL = "https://aclanthology.org/2023.acl-long.12/"


def cited(**fields: Any) -> CitedWork:
    return cite(Entry(dt.date(2024, 3, 19), "Otters at Scale", Span("notes/a.txt", 1, 2), **fields))


@pytest.mark.parametrize(
    ("kind", "link", "expected"),
    [
        ("paper", None, "article"),
        ("paper", ARXIV, "article"),
        ("paper", ACL, "paper-conference"),
        ("paper", "https://otters.example/paper.pdf", "article"),
        ("note", ARXIV, "article"),
        ("note", ACL, "paper-conference"),
        ("note", "https://otters.example/blog/", "webpage"),
        ("note", None, "post-weblog"),
        ("talk", None, "post-weblog"),
        ("model", None, "software"),
        ("model", "https://huggingface.co/otters/otter-7b", "software"),
        ("model", ARXIV, "article"),
        ("hardware", None, "webpage"),
        ("hardware", "https://otters.example/chip/", "webpage"),
    ],
)
def test_the_link_decides_the_type_of_a_work_before_the_kind(kind: str, link: str | None, expected: str) -> None:
    assert cited(kind=kind, link=link).type == expected


def test_a_paper_on_arxiv_has_its_doi_its_month_and_its_pdf() -> None:
    work = cited(kind="paper", link=ARXIV)
    assert (work.doi, work.published) == ("10.48550/arXiv.2305.10403", "2023-05")
    assert (work.link, work.pdf) == ("https://arxiv.org/abs/2305.10403", "https://arxiv.org/pdf/2305.10403")
    assert work.arxiv == "2305.10403"


def test_the_date_of_the_note_is_never_that_of_the_work() -> None:
    links = (None, ARXIV, ACL, "https://openreview.net/forum?id=a", "https://otters.example/")
    for kind in ("paper", "model", "hardware", "note"):
        assert all("2024" not in cited(kind=kind, link=link).published for link in links)


def test_the_entry_knows_the_date_and_the_doi_better_than_its_link() -> None:
    work = cited(kind="paper", link=ACL, published="2023-07-09", doi="10.1000/182")
    assert (work.published, work.doi, work.type) == ("2023-07-09", "10.1000/182", "paper-conference")


def test_a_preprint_with_the_doi_of_its_publication_is_that_publication() -> None:
    work = cited(kind="paper", link=ARXIV, doi="10.18653/v1/2024.acl-long.12", published="2023-05-17")
    assert (work.type, work.published) == ("paper-conference", "2024")
    assert work.container == "Annual Meeting of the Association for Computational Linguistics"
    assert (work.arxiv, work.link) == ("2305.10403", "https://arxiv.org/abs/2305.10403")
    same_year = cited(kind="paper", link=ARXIV, doi="10.18653/v1/2023.acl-long.12", published="2023-05-17")
    assert same_year.published == "2023-05-17"


def test_a_doi_that_tells_no_venue_leaves_a_preprint_a_preprint() -> None:
    work = cited(kind="paper", link=ARXIV, doi="10.1145/3442188.3445922")
    assert (work.type, work.doi, work.published) == ("article", "10.1145/3442188.3445922", "2023-05")


def test_a_doi_alone_leads_to_the_work() -> None:
    work = cited(kind="paper", doi="10.1038/s41586-021-03819-2")
    assert (work.type, work.container) == ("article-journal", "Nature")
    assert work.link == "https://doi.org/10.1038/s41586-021-03819-2"
    assert cited(kind="model", doi="10.5281/zenodo.123456").type == "software"


def test_a_card_gives_the_same_work_as_its_entry() -> None:
    entry = Entry(dt.date(2024, 3, 19), "Otters", Span("a", 1, 1), kind="paper", link=ARXIV, abstract="We float.")
    card = structs.replace(make_card("Otters", kind="paper", link=ARXIV), title_lang="en")
    assert cite(card, entry.abstract) == cite(entry)
    assert cite(entry).lang == "en"
