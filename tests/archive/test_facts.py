"""Facts: figures of models and hardware, found in the text and never guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from digest.archive.facts import find_facts
from digest.archive.figures import FACT_KEYS, UNITS, numbers_of
from digest.model import Fact, NoteFile
from digest.notes import parse
from digest.text.markdown import render_commentary

from ..linear import is_linear

SEED = Path(__file__).parent.parent.parent / "notes" / "2024-03-19.txt"
CASES = Path(__file__).parent.parent / "cases" / "facts.md"


def facts(text: str, *, title: str = "가상의 모델", kind: str = "model") -> dict[str, str]:
    return {found.fact.key: found.fact.value for found in find_facts(kind, title, text)}


def cases() -> list[object]:
    return [pytest.param(text, expected, id=title) for _, title, text, expected in read_fixture_file(CASES)]


@pytest.mark.parametrize(("text", "expected"), cases())
def test_facts_and_their_sentences_are_as_written_down(text: str, expected: str) -> None:
    """The first line of a case is the kind and the title, and each fact stands before its sentence."""
    head, _, commentary = text.partition("\n")
    kind, _, title = head.partition(" ")
    found = find_facts(kind, title, commentary.removesuffix("\n"))
    lines = [f"{each.fact.key}: {each.fact.value} < {each.sentence or 'the title'}\n" for each in found]
    assert ("".join(lines) or "none\n") == expected


def test_facts_of_the_sample_notes_are_found() -> None:
    entries = parse(NoteFile("2024-03-19.txt", SEED.read_text(encoding="utf-8"), "")).entries
    found = {
        entry.title: facts(render_commentary(entry.commentary).plain, title=entry.title, kind=entry.kind)
        for entry in entries
    }
    assert {title: values for title, values in found.items() if values} == {
        "NVIDIA Blackwell": {"memory": "80 → 192 GB", "fp16": "990 → 2,250 FLOPS", "tdp": "1,000 W"},
        "Grok-1": {
            "parameters": "314B",
            "experts": "8, Top-2",
            "layers": "64",
            "dimension": "6,144",
            "vocabulary": "130K",
            "precision": "int8",
        },
        "Yi-9B": {"parameters": "9B"},
    }


@pytest.mark.parametrize("kind", ["paper", "note", "something-configured"])
def test_other_kinds_have_no_facts(kind: str) -> None:
    assert facts("314B, 130K Vocab", title="Alpha-9B", kind=kind) == {}


@given(st.text(), st.text(), st.sampled_from(["model", "hardware"]))
def test_facts_are_in_the_order_of_their_keys_for_any_text(title: str, text: str, kind: str) -> None:
    keys = list(facts(text, title=title, kind=kind))
    assert keys == [key for key in FACT_KEYS if key in keys]


PIECES = st.sampled_from(
    ["7B", "와 ", "13B", ", ", "모델을 공개했습니다.", " ", "2T 토큰", " 학습", "\n", "8K", "에서 ", "16K", "로 ", "context",
     "(활성 3B)", "64 레이어", "Llama 2", "VRAM 80", " -> ", "192GB", "TDP 700W", "FP8 2000 TFLOPS"]
)  # fmt: skip


@given(st.lists(PIECES).map("".join), st.sampled_from(["model", "hardware"]))
def test_every_sentence_is_a_part_of_the_text_and_holds_the_words_that_were_read(text: str, kind: str) -> None:
    for found in find_facts(kind, "가상의 모델", text):
        assert found.sentence in text
        assert found.words in found.sentence
        assert all(number >= 0 for number in numbers_of(found.fact))


@pytest.mark.parametrize(
    ("key", "value", "numbers"),
    [
        ("parameters", "8B/70B", (8e9, 7e10)),
        ("parameters", "1B–7B", (1e9, 7e9)),
        ("parameters", "2.6B", (2.6e9,)),
        ("parameters", "8×7B", ()),
        ("experts", "8, Top-2", (8,)),
        ("dimension", "6,144", (6144,)),
        ("context", "8K/32K", (8e3, 3.2e4)),
        ("context", "32,768", (32768,)),
        ("context", "1M", (1e6,)),
        ("tokens", "3–4T", (3e12, 4e12)),
        ("tokens", "15T+", (1.5e13,)),
        ("memory", "80 → 192 GB", (8e10, 1.92e11)),
        ("bandwidth", "4.8 TB/s", (4.8e12,)),
        ("fp16", "990 → 2,250 FLOPS", (990, 2250)),
        ("fp8", "2,000 TFLOPS", (2e15,)),
        ("tdp", "1.2 kW", (1200,)),
        ("process", "4 nm", (4,)),
        ("licence", "Apache 2.0", ()),
        ("precision", "int8", ()),
    ],
)
def test_a_value_has_its_numbers_in_the_unit_of_its_key(key: str, value: str, numbers: tuple[float, ...]) -> None:
    assert numbers_of(Fact(key, value)) == numbers
    assert bool(UNITS[key]) or not numbers


@pytest.mark.linear
@pytest.mark.parametrize("piece", ["7B와 ", "7B, ", "8K에서 ", "(", "1,", "1", "2T 토큰 ", "Tern-", "데이터를 ", "<"])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    assert is_linear(lambda size: find_facts("model", "Tern", piece * size), 2_000)
