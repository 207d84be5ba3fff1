"""Facts: figures of models and hardware, found in the text and never guessed."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.archive.facts import FACT_KEYS, find_facts
from digest.model import Entry, NoteFile, Span
from digest.notes import parse

SEED = Path(__file__).parent.parent.parent / "notes" / "2024-03-19.txt"


def facts(commentary: str, *, title: str = "가상의 모델", kind: str = "model") -> dict[str, str]:
    entry = Entry(
        date=dt.date(2024, 3, 19), title=title, source=Span("a.txt", 1, 2), kind=kind, commentary=commentary
    )  # fmt: skip
    return dict(find_facts(entry))


def test_facts_of_the_sample_notes_are_found() -> None:
    entries = parse(NoteFile("2024-03-19.txt", SEED.read_text(encoding="utf-8"), "")).entries
    found = {entry.title: dict(find_facts(entry)) for entry in entries if find_facts(entry)}
    assert found == {
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


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Alpha-9B", "9B"),
        ("Alpha 1.5 70B", "70B"),
        ("Alpha 8x7B", "8×7B"),
        ("Alpha 7B, 13B", None),
        ("Alpha B200", None),
        ("Alpha-100Blocks", None),
    ],
)
def test_the_size_of_a_model_is_read_from_its_title(title: str, expected: str | None) -> None:
    assert facts("", title=title).get("parameters") == expected


@pytest.mark.parametrize(
    ("commentary", "expected"),
    [
        ("2B/7B 모델을 공개했군요.", {"parameters": "2B/7B"}),
        ("7B와 13B 모델을 2.6T 토큰에 대해 학습시켰습니다.", {"parameters": "7B/13B", "tokens": "2.6T"}),
        ("13B, 3.2T 토큰 학습의 모델이네요.", {"parameters": "13B", "tokens": "3.2T"}),
        ("시작부터 16K Context Length로 학습했습니다.", {"context": "16K"}),
        ("8k와 32k context length를 지원합니다.", {"context": "8K/32K"}),
        ("Vocabulary는 262K.", {"vocabulary": "262K"}),
        ("라이선스는 Apache 2.0입니다.", {"licence": "Apache 2.0"}),
        ("라이센스는 CC BY-SA입니다.", {"licence": "CC BY-SA"}),
        ("라이선스는 MIT입니다.", {"licence": "MIT"}),
        (
            "12B, 활성 파라미터 3B\n4096 dim, 32 레이어",
            {"parameters": "12B", "active": "3B", "layers": "32", "dimension": "4,096"},
        ),
    ],
)
def test_a_figure_next_to_its_word_is_a_fact(commentary: str, expected: dict[str, str]) -> None:
    assert facts(commentary) == expected


@pytest.mark.parametrize(
    "commentary",
    [
        "Llama 2 13B 모델을 공개했던 메타를 생각하게 합니다.",
        "Gemma에서 7B 모델을 6T 토큰에 대해 학습시켰다고 합니다.",
        "아마 70B 모델을 공개하지 않을까 싶네요.",
        "2B는 2T, 7B는 6T 토큰에 대해 학습시켰습니다.",
        "4K에서 16K로 늘렸습니다.",
        "16K context를 지원합니다. 다른 설정에서는 32K context를 지원합니다.",
        "MIT에서 공개한 모델입니다.",
        "2 레이어 MLP를 사용합니다.",
        "헤드 차원은 256 차원입니다.",
    ],
)
def test_a_figure_of_another_model_or_a_guess_is_not_a_fact(commentary: str) -> None:
    assert facts(commentary) == {}


@pytest.mark.parametrize(
    ("commentary", "expected"),
    [
        ("VRAM 80 -> 192GB입니다.", {"memory": "80 → 192 GB"}),
        ("141GB HBM3e를 탑재했네요.", {"memory": "141 GB"}),
        ("대역폭은 4.8 TB/s입니다.", {"bandwidth": "4.8 TB/s"}),
        ("FP8 2000 → 4500 TFLOPS, INT8 4500 TOPS입니다.", {"fp8": "2,000 → 4,500 TFLOPS", "int8": "4,500 TOPS"}),
        ("TDP는 700W, 4nm 공정입니다.", {"tdp": "700 W", "process": "4 nm"}),
    ],
)
def test_hardware_has_its_own_figures(commentary: str, expected: dict[str, str]) -> None:
    assert facts(commentary, kind="hardware") == expected


def test_figures_of_a_chip_that_is_only_compared_are_skipped() -> None:
    text = "NVIDIA B200이 나왔습니다. H100은 80GB HBM3입니다. B200은 192GB HBM3e입니다."
    assert facts(text, title="NVIDIA Blackwell", kind="hardware") == {"memory": "192 GB"}


@pytest.mark.parametrize("kind", ["paper", "note", "something-configured"])
def test_other_kinds_have_no_facts(kind: str) -> None:
    assert facts("314B, 130K Vocab", title="Alpha-9B", kind=kind) == {}


@given(st.text(), st.text(), st.sampled_from(["model", "hardware"]))
def test_facts_are_in_the_order_of_their_keys_for_any_text(title: str, commentary: str, kind: str) -> None:
    keys = list(facts(commentary, title=title, kind=kind))
    assert keys == [key for key in FACT_KEYS if key in keys]
