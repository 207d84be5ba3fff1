"""The pages in docs/ko say what the English ones say, as far as a program can see it."""

import re
from pathlib import Path

import pytest

from .test_docs import anchors, load_generator

DOCS = Path(__file__).parents[1] / "docs"
TRANSLATED = (
    "index.md",
    "start.md",
    "format.md",
    "configuration.md",
    "deployment.md",
    "diagnostics.md",
    "comparison.md",
    "theming.md",
    "commands.md",
    "importing.md",
    "addresses.md",
)
IN_PART = ("search.md",)
"""Pages whose twins say what readers and authors need, in the order of the first sections, and then lead to the English page."""

_BLOCK = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_REMARK = re.compile(r"(?<=\S) {2,}.*$", re.MULTILINE)
"""What stands to the right of an example, behind several spaces, and says what the example is."""
_GENERATED = re.compile(r"<!-- begin (\w+) -->.*?<!-- end \1 -->", re.DOTALL)


def read_twins(page: str) -> tuple[str, str]:
    """Return the text of a page and that of its Korean twin, without what is generated."""
    english, korean = ((DOCS / folder / page).read_text("utf-8") for folder in (".", "ko"))
    return _GENERATED.sub(r"<!-- \1 -->", english), _GENERATED.sub(r"<!-- \1 -->", korean)


def list_blocks(text: str) -> list[tuple[str, str]]:
    """Return the language and the content of each block of code, without what may differ: the words of notes and of output."""
    text = text.replace("--language ko", "--language en")
    return [(name, _SHORTENED.get(name, _without_remarks)(block)) for name, block in _BLOCK.findall(text)]


def _without_remarks(block: str) -> str:
    return _REMARK.sub("", block)


def _without_words(output: str) -> str:
    """Return only the places, the codes, the numbers and the quotes in the output of a command, sorted: languages order them."""
    return " ".join(sorted(re.findall(r"`[^`]+`|\"[^\"]+\"|\S+:\d+:\d+|\w+\[[\w-]+\]|\d+|--[a-z]+", output)))


_SHORTENED = {"note": lambda _: "", "output": _without_words}


def list_sections(text: str) -> list[str]:
    """Return the text before the first heading and that of each section, without blocks of code."""
    return re.split(r"^(?=#+ )", _BLOCK.sub("", text), flags=re.MULTILINE)


def list_code(section: str) -> set[str]:
    """Return what is set as code in a section's sentences and tables."""
    return set(re.findall(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.sub(r"\s*\n\s*", " ", section)))


def list_links(page: Path, text: str) -> list[tuple[Path, int]]:
    """Return where the links of a page lead: the English file, and the number of the heading in it, sorted."""
    plain = re.sub(r"`[^`\n]*`", "", _BLOCK.sub("", text))
    found = []
    for target in re.findall(r"\]\(([^)\s]+)\)", plain):
        address, _, fragment = target.partition("#")
        if "://" in address:
            found.append((Path(target), 0))
            continue
        file = (page.parent / address).resolve() if address else page
        number = anchors(file).index(fragment) if fragment else -1
        found.append((DOCS / file.name if file.parent == DOCS / "ko" else file, number))
    return sorted(found)


def test_every_page_in_korean_is_compared() -> None:
    assert {path.name for path in (DOCS / "ko").glob("*.md")} == {*TRANSLATED, *IN_PART}


@pytest.mark.parametrize("page", [*TRANSLATED, *IN_PART])
def test_a_page_and_its_twin_lead_to_one_another(page: str) -> None:
    english, korean = (text.split("\n")[2] for text in read_twins(page))
    assert (english, korean) == (f"*[한국어](ko/{page})*", f"*[English](../{page})*")


@pytest.mark.parametrize("page", TRANSLATED)
def test_a_page_in_korean_has_the_same_examples(page: str) -> None:
    english, korean = map(list_blocks, read_twins(page))
    assert korean == english


@pytest.mark.parametrize("page", TRANSLATED)
def test_a_page_in_korean_has_the_same_sections_with_the_same_names_of_things(page: str) -> None:
    english, korean = map(list_sections, read_twins(page))
    assert [re.match("#*", section)[0] for section in korean] == [re.match("#*", section)[0] for section in english]  # type: ignore[index]
    for here, there in zip(korean, english, strict=True):
        assert list_code(here) == list_code(there), here.partition("\n")[0]
        assert here.count("\n|") == there.count("\n|"), here.partition("\n")[0]


@pytest.mark.parametrize("page", TRANSLATED)
def test_the_links_of_a_page_in_korean_lead_to_the_same_sections(page: str) -> None:
    english, korean = read_twins(page)
    here, there = list_links(DOCS / "ko" / page, korean), list_links(DOCS / page, english)
    twins = {(DOCS / page, -1)}
    assert set(here) - twins == set(there) - twins


@pytest.mark.parametrize("page", IN_PART)
def test_a_twin_in_part_says_nothing_that_the_english_page_does_not(page: str) -> None:
    english, korean = map(list_sections, read_twins(page))
    assert 4 < len(korean) <= len(english)
    for here, there in zip(korean[:-1], english, strict=False):
        assert list_code(here) <= list_code(there), here.partition("\n")[0]
    blocks, korean_blocks = map(list_blocks, read_twins(page))
    assert set(korean_blocks) <= set(blocks)
    assert f"](../{page})" in korean[-1]


def test_the_korean_page_about_search_has_every_operator() -> None:
    english, korean = (list_sections(text)[3] for text in read_twins("search.md"))
    assert list_code(korean) == list_code(english)
    assert korean.count("\n|") == english.count("\n|") > 10


def test_a_description_without_korean_stops_the_generator() -> None:
    listing = load_generator().in_korean(lambda: iter(["| `a` | a new meaning |"]))
    with pytest.raises(LookupError, match="has no Korean for: a new meaning"):
        list(listing())


def test_every_description_has_its_korean_and_no_korean_is_left_over() -> None:
    generator = load_generator()

    def is_translated_by_table(page: str, name: str) -> bool:
        listing = generator.GENERATED.get(page, {}).get(name)
        return getattr(listing, "__name__", "") == "list_in_korean"

    used = {
        cell
        for page, sections in generator.GENERATED.items()
        for name, listing in sections.items()
        if is_translated_by_table(f"ko/{page}", name)
        for row in listing()
        for cell in generator.cells_of(row)
        if generator.is_description(cell)
    }
    assert generator.read_translations().keys() == used
