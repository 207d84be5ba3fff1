"""Rows of the glossary: their postings, and what a query reads for them."""

import random
from collections import defaultdict
from pathlib import Path

import pytest

from digest.search import SearchDocument, SearchSettings
from digest.search.coding import LEVELS
from digest.search.leaves import LIMITS
from digest.search.rows import ROW_SCALE, compile_rows

from .notes import Reader, Search, build, document, documents, write

GLOSSARY = (
    (("등불", "등불 창문", "등잔"), ("lantern", "window lantern", "lamplight")),
    (("나무",), ("tree", "trees and water", "shrub")),
    (("가지",), ("branch", "bough")),
)
WORDS = [
    "등불",
    "창문",
    "등불창문",
    "등잔",
    "나무",
    "가지",
    "lantern",
    "lanterns",
    "window",
    "lamplight",
    "tree",
    "trees",
    "and",
    "water",
    "shrub",
    "branches",
    "bough",
]


def note(identifier: str, **changes: object) -> SearchDocument:
    return SearchDocument(id=identifier, url=f"/{identifier}/", title="", date="2024-01-01", kind="note", **changes)  # type: ignore[arg-type]


def test_rows_have_the_same_levels_by_documents_and_by_postings() -> None:
    rng = random.Random(5)
    rows = compile_rows(GLOSSARY)
    archive = [{word: rng.randrange(LEVELS) for word in rng.sample(WORDS, rng.randrange(6))} for _ in range(300)]
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, levels in enumerate(archive):
        for word, level in levels.items():
            postings[word].append(number * LEVELS + level)
    expected: defaultdict[str, list[int]] = defaultdict(list)
    for number, levels in enumerate(archive):
        for term, level in rows.levels_in(levels).items():
            expected[term].append(number * LEVELS + level)
    assert {term: list(entries) for term, entries in rows.postings(postings)} == expected
    assert len(expected) > 6


def test_a_row_is_in_the_files_of_all_its_spellings_and_counts_the_words_of_other_files() -> None:
    rows = compile_rows((GLOSSARY[0],))
    spellings = "등불\t등불 창문\t등잔\tlantern\twindow lantern\tlamplight"
    assert list(rows.terms) == [f"*{key}\t{spellings}" for key in ("등ㅂ", "등ㅈ", "lan", "win", "lam")]
    assert rows.levels_in({"등잔": 3}).keys() == {f"*{key}\t{spellings}" for key in ("등ㅂ", "lan", "win", "lam")}
    assert rows.levels_in({"창문": 3}) == {}
    assert rows.levels_in({"lanterns": 3}).keys() == {f"*{key}\t{spellings}" for key in ("등ㅂ", "등ㅈ", "win", "lam")}


def test_a_spelling_of_several_words_weighs_as_much_as_the_least_of_them_and_spellings_are_added_up() -> None:
    rows = compile_rows((GLOSSARY[0],))
    of_one = rows.levels_in({"window": 7, "lantern": 3})
    assert set(of_one.values()) == {1, 3}
    assert [level for term, level in of_one.items() if term.startswith("*lan")] == [1]
    assert ROW_SCALE == 1.5**2


def test_the_words_of_a_sole_spelling_do_not_find_themselves() -> None:
    rows = compile_rows(((("강화 학습", "강화학습"), ("reinforcement learning",)),))
    assert [term[:3] for term in rows.levels_in({"강화": 4, "학습": 4})] == ["*re"]


def test_a_word_and_what_its_row_adds_are_in_one_file(search: Search, tmp_path: Path) -> None:
    alone = note("alone", commentary="lamplight glows. bough")
    both = note("both", commentary="window above, lantern below")
    write(build([*documents(400), alone, both], SearchSettings(glossary=GLOSSARY)), tmp_path)
    answer = Reader(search, tmp_path).ask("등불")
    assert sorted(answer["ids"]) == ["alone", "both"]
    assert answer["expansions"] == ["등불→lantern, window lantern"]
    assert [path[0] for path in answer["files"]] == ["p"]
    assert answer["marked"][answer["ids"].index("alone")] == ["lamplight"]
    assert Reader(search, tmp_path).ask("등불", off=answer["expansions"])["ids"] == []


def test_neighbours_are_in_the_file_of_the_first_of_them(search: Search, tmp_path: Path) -> None:
    title = document(900, id="title", title="Zebra Quill Patterns", authors=("Zeb Quill",), commentary="")
    write(build([*documents(400), title]), tmp_path)
    answer = Reader(search, tmp_path).ask("zebra patterns")
    assert answer["ids"] == ["title"]
    assert len([path for path in answer["files"] if path[0] == "p"]) <= 2


def test_a_lost_file_of_neighbouring_words_leaves_the_results_of_the_words(
    search: Search, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "p", 60)
    glossary = ((("3d 이야기",), ("novella",)),)
    notes = [note("words", commentary="3d 이야기"), note("row", commentary="novella"), *documents(60)]
    write(build(notes, SearchSettings(glossary=glossary)), tmp_path)
    reader = Reader(search, tmp_path)
    assert reader.ask("3d 이야기", earlier=["3d", "이야기", "3d 이야기"])["lacking"] is False
    answer = reader.ask("3d 이야기", earlier=["3d", "이야기"])
    assert answer["lacking"] is True
    assert answer["ids"][0] == "words"
    assert "row" not in answer["ids"]
