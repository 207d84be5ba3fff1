"""The links of an entry to its work in its several forms, and to code."""

import datetime as dt

import pytest

from digest.model import Body, Entry, Span
from digest.site.sources import list_sources
from digest.text.markdown import render_abstract, render_commentary


def sources(
    link: str | None = None, *, kind: str = "paper", commentary: str = "", abstract: str = "", doi: str = ""
) -> list[tuple[str, str]]:
    entry = Entry(dt.date(2024, 3, 19), "Wren", Span("notes/a.md", 1, 1), kind, link=link, doi=doi)
    abstracts = render_abstract(abstract, lang="en") if abstract else None
    body = Body(entry, render_commentary(commentary, lang="ko"), abstracts)
    return [(link.label, link.url) for link in list_sources(body)]


ABSTRACT = ("arXiv:2403.00001", "https://arxiv.org/abs/2403.00001")
PDF = ("PDF", "https://arxiv.org/pdf/2403.00001")


@pytest.mark.parametrize("form", ["abs/2403.00001", "pdf/2403.00001", "pdf/2403.00001.pdf"])
def test_a_paper_on_arxiv_has_an_abstract_and_a_pdf_file(form: str) -> None:
    assert sources(f"https://arxiv.org/{form}") == [ABSTRACT, PDF]


def test_the_version_that_an_author_read_is_kept() -> None:
    assert [url for _, url in sources("https://arxiv.org/abs/2403.00001v2")] == [
        "https://arxiv.org/abs/2403.00001v2",
        "https://arxiv.org/pdf/2403.00001v2",
    ]


def test_an_html_page_is_linked_only_if_the_author_names_it() -> None:
    html = "https://arxiv.org/html/2403.00001"
    assert sources(html) == [ABSTRACT, PDF, ("HTML", html)]
    assert "HTML" not in dict(sources("https://arxiv.org/abs/2403.00001"))


def test_a_page_about_a_paper_leads_to_the_paper_too() -> None:
    page = "https://huggingface.co/papers/2403.00001"
    assert sources(page) == [ABSTRACT, PDF, ("Hugging Face", page)]


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("https://wrens.example/paper.pdf", "PDF"),
        ("https://www.wrens.example/loud", "wrens.example"),
        ("https://github.com/wren/loud/blob/main/README.md", "GitHub wren/loud"),
        ("https://huggingface.co/wren/loud-7b", "Hugging Face wren/loud-7b"),
        ("https://huggingface.co/blog/loud", "huggingface.co"),
    ],
)
def test_another_link_is_named_by_its_host(link: str, label: str) -> None:
    assert sources(link) == [(label, link)]


def test_a_doi_is_linked_unless_it_is_of_arxiv() -> None:
    assert sources(doi="10.1000/182") == [("DOI", "https://doi.org/10.1000/182")]
    assert sources("https://doi.org/10.1000/182", doi="10.1000/182") == [("DOI", "https://doi.org/10.1000/182")]
    assert sources(doi="10.48550/arXiv.2403.00001") == []


def test_repositories_of_the_abstract_come_before_those_of_the_commentary() -> None:
    found = sources(
        abstract="Our code is at https://github.com/wren/loud.",
        commentary="https://github.com/owl/soft/issues/3 와 https://github.com/wren/loud.git 그리고 https://github.com/features/x",
    )
    assert found == [
        ("GitHub wren/loud", "https://github.com/wren/loud"),
        ("GitHub owl/soft", "https://github.com/owl/soft"),
    ]


def test_models_that_a_commentary_names_are_sources_unless_it_is_on_a_paper() -> None:
    model = "https://huggingface.co/wren/loud-7b"
    assert sources(kind="model", commentary=f"받는 곳은 {model}") == [("Hugging Face wren/loud-7b", model)]
    assert sources(commentary=f"{model} 보다 낫다고 합니다.") == []


def test_an_entry_without_any_address_has_no_sources() -> None:
    assert sources(commentary="그냥 메모입니다.") == []
