"""Authors as notes list them, and the names in them: the table in `tests/cases/citations-names.md`.

Each line has a list of authors, ` ⏎ ` between its texts, then ` => ` and the names: `<particle> family, given, +suffix` or
`[literal]`, with ` ; ` between them, and `… ` before a remark that there are more.
"""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.citations.names import Authors, Name, parse_authors
from tests.linear import is_linear

CASES = Path(__file__).parent.parent / "cases" / "citations-names.md"
PIECES = (
    "Ada Kim", "Ben", "Cho", "van der", "de la", "y", "Jr.", "III", "A.", "J.-P.", "Gemini Team", "01.AI", "Acme, Inc.",
    "김도윤", "남궁", "외 3명", "林小雨", "山田 さくら", "ジョン", "et al.", "and", "&", "by", "und", "et", "others", "Müller",
    "¨o", "´", " ̨e", "Σ", "محمد", "(1,2)", "(Mike)", "{", "}", "[", "]", "(", ")", "*", "†", "¹", "1", "@", "'", "·", ".", "…",
    "Zhou Min-Min", "等", "ほか", ":", ": ", ",", ", ", ";", "、", " ", " ", " ", "|", "/", "the", "of", "$", "^", "_", "#",
)  # fmt: skip
JOINTS = re.compile(r"(?i)(?<!\w)(?:and|by|und|et|및|그리고)(?!\w)")


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").split("\n")
    return [(before, after) for before, arrow, after in (line.partition(" => ") for line in lines) if arrow]


def show(authors: Authors) -> str:
    others = [f"… {authors.others}"] if authors.others else []
    return " ; ".join([*map(show_name, authors.names), *others])


def show_name(name: Name) -> str:
    if name.literal:
        return f"[{name.literal}]"
    family = f"<{name.particle}> {name.family}" if name.particle else name.family
    return ", ".join(filter(None, (family, name.given, name.suffix and f"+{name.suffix}")))


def letters(text: str) -> Counter[str]:
    bare = unicodedata.normalize("NFD", text).replace("ı", "i")
    return Counter(char for char in bare if unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo"))


@pytest.mark.parametrize(("written", "expected"), cases())
def test_authors_are_read_as_the_table_says(written: str, expected: str) -> None:
    assert show(parse_authors(written.split(" ⏎ "))) == expected


def test_the_table_has_hundreds_of_different_lists() -> None:
    assert len({written for written, _ in cases()}) == len(cases()) > 250


@given(
    st.lists(
        st.lists(st.sampled_from(PIECES) | st.characters(exclude_characters="\\<$"), max_size=8).map("".join),
        max_size=4,
    )
)
def test_no_letter_is_lost_and_no_name_is_empty(written: list[str]) -> None:
    authors = parse_authors(written)
    shown = " ".join([*(name.full for name in authors.names), authors.others])
    joined = Counter("".join(JOINTS.findall(" ".join(written))))
    marks = Counter("".join(re.findall(r"[(\[{^]([^()\[\]]*)", " ".join(written))))
    assert all(name.full.strip() for name in authors.names)
    lost = letters(unicodedata.normalize("NFC", " ".join(written))) - letters(shown)
    assert not lost - joined - Counter({letter: marks[letter] for letter in "abcde"})


@pytest.mark.parametrize(("written", "full"), [
    ("Guido van Hoven", "Guido van Hoven"), ("Hoven, Guido van, Jr.", "Guido van Hoven Jr."), ("김 도윤", "김도윤"),
    ("도윤 김", "김도윤"), ("山田 太郎 先生", "山田太郎 先生"), ("Gemini Team", "Gemini Team"), ("Luc Van Damme", "Luc Van Damme"),
])  # fmt: skip
def test_the_full_name_has_the_order_in_which_it_is_spoken(written: str, full: str) -> None:
    assert [name.full for name in parse_authors([written]).names] == [full]


def test_no_authors_give_no_names() -> None:
    assert parse_authors(()) == parse_authors([" ", "*", "1"]) == Authors()


@pytest.mark.linear
@pytest.mark.parametrize(
    "piece", ["*", "(1)", "Kim, A., ", "a: ", "(", "김도·", "a and ", "A.-", "´a ", "\\'", "<sup>", "et al "]
)
def test_reading_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: parse_authors([f"Ada Kim {piece * size}{size}", f"{size} x"]), 1_000)


def test_a_name_without_any_sense_is_kept_whole() -> None:
    assert parse_authors(["we are a few people"]).names == (Name(literal="we are a few people"),)
