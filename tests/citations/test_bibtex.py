"""BibTeX as it is written, and as two parsers read it."""

import pybtex.errors  # type: ignore[import-untyped]
import pytest
from bibtexparser.entrypoint import parse_string as parse_library
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string  # type: ignore[import-untyped]

from digest.citations.bibtex import escape_tex, write_bibtex
from digest.citations.names import Authors, Name
from digest.citations.work import CitedWork

from .works import AT_A_CONFERENCE, HARDWARE, MODEL, NOTE, PREPRINT, WORKS, any_works


def read_with_pybtex(text: str) -> BibliographyData:
    with pybtex.errors.capture() as problems:
        entries = parse_string(text, "bibtex")
    assert problems == []
    return entries


def read_with_bibtexparser(text: str) -> dict[str, dict[str, str]]:
    library = parse_library(text)
    assert library.failed_blocks == []
    return {entry.key: {field.key: field.value for field in entry.fields} for entry in library.entries}


def test_a_preprint_has_its_id_its_class_and_its_month() -> None:
    assert write_bibtex(PREPRINT, "kim2024larknet") == (
        "@misc{kim2024larknet,\n"
        "  title = {{LarkNet-2}: Reading {3D} Maps with a {U-Net}},\n"
        "  author = {{Lark AI} and Kim, Ada and van der Hoven, Guido and Cho, Jr., Ben and {Ramón y Vidal}, Santiago and others},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  eprint = {2403.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CV},\n"
        "  url = {https://arxiv.org/abs/2403.00001}\n"
        "}\n"
    )


def test_a_paper_in_proceedings_has_their_title_and_everything_is_escaped() -> None:
    assert write_bibtex(AT_A_CONFERENCE, "kim2023learning") == (
        "@inproceedings{kim2023learning,\n"
        "  title = {Learning to rank with {Gaussian} maps \\& 100\\% more \\textbraceleft{}braces},\n"
        "  author = {김, 도윤 and 林, 小雨 and {Barnes, Inc.}},\n"
        "  booktitle = {Proceedings of R\\&D},\n"
        "  year = {2023},\n"
        "  month = jul,\n"
        "  doi = {10.1000/a_b%3Cc%3E%7Bd%7D},\n"
        "  url = {https://papers.example/a_b~c%20d?e=f#g}\n"
        "}\n"
    )


def test_models_are_miscellaneous_and_pages_and_notes_are_online() -> None:
    assert write_bibtex(MODEL, "lark").startswith("@misc{lark,\n  title = {Lark {7B}},\n  author = {{Gemini Team}},\n")
    assert write_bibtex(HARDWARE, "board").startswith("@online{board,\n  title = {Lark Board},\n  date = {2022},\n")
    note = write_bibtex(NOTE, "note")
    assert "@online{" in note
    assert "  date = {2024-03-19},\n" in note
    assert "  organization = {{기록}}" in note or "organization = {기록}" in note


def test_a_paper_in_unknown_proceedings_is_miscellaneous() -> None:
    work = CitedWork("paper-conference", "A", published="2024")
    assert write_bibtex(work, "a") == "@misc{a,\n  title = {A},\n  year = {2024}\n}\n"


@pytest.mark.parametrize(("title", "written"), [
    ("GPT-4 Technical Report", "{GPT-4} Technical Report"),
    ("Attention Is Not All You Need", "Attention Is Not All You Need"),
    ("LLaVA-UHD: an LMM", "{LLaVA-UHD}: an {LMM}"),
    ("Image-to-Image Bridges", "Image-to-Image Bridges"),
    ("An Image Is Worth 16x16 Words", "An Image Is Worth 16x16 Words"),
    ("Training on 100K tokens", "Training on {100K} tokens"),
    ("Scaling laws for Bayesian networks by Kim", "Scaling laws for {Bayesian} networks by {Kim}"),
    ("Self-attention Does Not Need $O(n^2)$ Memory", "Self-attention Does Not Need {$O(n^2)$} Memory"),
    ("H$_2$O: Heavy Hitters", "{H$_2$O:} Heavy Hitters"),
    (r"Training for \$10,000 or $100K", r"Training for \$10,000 or {\$100K}"),
    ("100% of R&D in C# and a_b^c~d", r"100\% of {R\&D} in {C\#} and a\_b\textasciicircum{}c\textasciitilde{}d"),
    (r"A \ B", r"A \textbackslash{} {B}"),
    ("작은 모델 LLaMA의 학습", "작은 모델 {LLaMA의} 학습"),
    ("作为 <语言>", r"作为 \textless{}语言\textgreater{}"),
    ("$}{$ and $a%b$", r"{\$\textbraceright{}\textbraceleft{}\$} and {\$a\%b\$}"),
])  # fmt: skip
def test_titles_keep_their_capitals_and_their_math(title: str, written: str) -> None:
    assert f"  title = {{{written}}}" in write_bibtex(CitedWork("article", title), "key")


def test_further_keys_of_a_work_are_ids() -> None:
    assert "  ids = {kim2023old, kim2024old}" in write_bibtex(PREPRINT, "kim2024larknet", ("kim2023old", "kim2024old"))


@given(st.text(st.sampled_from("{}\\a$") | st.characters(exclude_categories=["Cs"])))
def test_escaped_text_has_balanced_braces(text: str) -> None:
    depth = 0
    for char in escape_tex(text):
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


@given(st.lists(any_works, max_size=4))
def test_two_parsers_read_any_works(works: list[CitedWork]) -> None:
    text = "\n".join(write_bibtex(work, f"key{number}") for number, work in enumerate(works))
    keys = [f"key{number}" for number in range(len(works))]
    assert list(read_with_pybtex(text).entries) == keys
    fields = read_with_bibtexparser(text)
    assert list(fields) == keys
    for key, work in zip(keys, works, strict=True):
        assert fields[key].get("eprint", "") == work.arxiv
        assert ("url" in fields[key]) == bool(work.link)


def test_two_parsers_find_the_parts_of_names() -> None:
    text = "\n".join(write_bibtex(work, key) for key, work in WORKS.items())
    library = parse_library(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    by_key = {entry.key: entry for entry in library.entries}
    entries = read_with_pybtex(text).entries
    for key, work in WORKS.items():
        expected = [bibtex_parts(name) for name in work.authors.names]
        expected += [("", "", "others", "")] if work.authors.others else []
        persons = entries[key].persons.get("author", [])
        assert [
            (
                " ".join(person.first_names + person.middle_names),
                " ".join(person.prelast_names),
                " ".join(person.last_names),
                " ".join(person.lineage_names),
            )
            for person in persons
        ] == expected
        parts = by_key[key]["author"] if work.authors.names else []
        assert [
            (" ".join(part.first), " ".join(part.von), " ".join(part.last), " ".join(part.jr)) for part in parts
        ] == expected


def bibtex_parts(name: Name) -> tuple[str, str, str, str]:
    family = f"{{{name.family}}}" if " y " in name.family else name.family
    return name.given, name.particle, f"{{{name.literal}}}" if name.literal else family, name.suffix


def test_an_unknown_first_author_leaves_no_field() -> None:
    assert "author" not in write_bibtex(CitedWork("article", "A", Authors(others="et al.")), "a")
