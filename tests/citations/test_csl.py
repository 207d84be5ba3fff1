"""CSL-JSON and RIS, and what a citation processor makes of the first."""

import json
import warnings
from typing import Any

from citeproc import (  # type: ignore[import-untyped]
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from digest.citations.csl import write_csl
from digest.citations.plain import write_citation
from digest.citations.ris import write_ris
from digest.citations.work import CitedWork

from .works import AT_A_CONFERENCE, HARDWARE, MODEL, NOTE, PREPRINT, WORKS, any_works


def read(work: CitedWork, key: str = "key") -> dict[str, Any]:
    item: dict[str, Any] = json.loads(write_csl(work, key))
    return item


def set_bibliography(items: list[dict[str, Any]]) -> list[str]:
    """Set items in the style that comes with the processor."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return [str(line) for line in bibliography.bibliography()]


def test_a_preprint_has_names_in_parts_and_its_number() -> None:
    assert read(PREPRINT, "kim2024larknet") == {
        "id": "kim2024larknet",
        "type": "article",
        "title": "LarkNet-2: Reading 3D Maps with a U-Net",
        "author": [
            {"literal": "Lark AI"},
            {"family": "Kim", "given": "Ada"},
            {"family": "Hoven", "given": "Guido", "non-dropping-particle": "van der"},
            {"family": "Cho", "given": "Ben", "suffix": "Jr."},
            {"family": "Ramón y Vidal", "given": "Santiago"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[2024, 3, 19]]},
        "publisher": "arXiv",
        "archive": "arXiv",
        "archive_location": "2403.00001",
        "number": "arXiv:2403.00001",
        "URL": "https://arxiv.org/abs/2403.00001",
    }


def test_a_processor_sets_every_work() -> None:
    items = [read(work, key) for key, work in WORKS.items()]
    lines = set_bibliography(items)
    assert len(lines) == len(items)
    text = "\n".join(lines)
    assert "Lark AI et al. (2024)" in text
    assert "Proceedings of R&D" in text
    assert "김" in text
    assert "(no date)" in next(line for line in lines if "Lark 7B" in line)


@given(any_works)
def test_any_work_is_json_with_a_known_date_or_none(work: CitedWork) -> None:
    item = read(work)
    assert "\n" not in write_csl(work, "key").decode()
    parts = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    assert "-".join(f"{part:02d}" for part in parts) == work.published


def test_a_citation_in_one_line_names_authors_year_and_address() -> None:
    assert write_citation(AT_A_CONFERENCE) == (
        "김도윤, 林小雨, and Barnes, Inc. 2023. Learning to rank with Gaussian maps & 100% more {braces. Proceedings of R&D. "
        "https://doi.org/10.1000/a_b<c>{d}"
    )
    assert write_citation(PREPRINT) == (
        "Lark AI, Ada Kim, Guido van der Hoven, Ben Cho Jr., Santiago Ramón y Vidal, et al. 2024. "
        "LarkNet-2: Reading 3D Maps with a U-Net. arXiv:2403.00001."
    )
    assert write_citation(HARDWARE) == "2022. Lark Board. https://lark.example/board"


def test_plain_titles_have_no_tex() -> None:
    for title, plain in ((r"H$_2$O for \$5", "H_2O for $5"), (r"PanGu-$\pi$ and $\infty$Bench", "PanGu-π and ∞Bench")):
        assert read(CitedWork("article", title))["title"] == plain
        assert write_citation(CitedWork("article", title)) == f"{plain}."


def test_a_ris_record_has_a_type_an_author_a_line_and_an_end() -> None:
    assert write_ris(PREPRINT, "kim2024larknet") == (
        "TY  - UNPB\nID  - kim2024larknet\nTI  - LarkNet-2: Reading 3D Maps with a U-Net\nAU  - Lark AI\nAU  - Kim, Ada\n"
        "AU  - van der Hoven, Guido\nAU  - Cho, Ben, Jr.\nAU  - Ramón y Vidal, Santiago\nAU  - others\nPY  - 2024\n"
        "DA  - 2024/03/19\nPB  - arXiv\nM1  - arXiv:2403.00001\nUR  - https://arxiv.org/abs/2403.00001\nER  - \n"
    )
    assert "TY  - COMP\n" in write_ris(MODEL, "lark")
    assert "TY  - BLOG\n" in write_ris(NOTE, "note")
    assert "DA  - 2023/07/\n" in write_ris(AT_A_CONFERENCE, "a")


@given(any_works, st.sampled_from(["a", "b"]))
def test_every_line_of_a_ris_record_has_a_tag(work: CitedWork, key: str) -> None:
    lines = write_ris(work, key).removesuffix("\n").split("\n")
    assert all(line[2:6] == "  - " and line[:2].isalnum() for line in lines)
    assert lines[-1] == "ER  - "
