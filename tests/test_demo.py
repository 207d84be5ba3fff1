"""The demo digest of the project has no problems and shows every feature."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .project import build_project, run

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo in a temporary folder and return the folder of its site."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "notes", folder / "notes")
    shutil.copy(ROOT / "digest.yaml", folder)
    build_project(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def entries(demo: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((demo / "data/entries.json").read_bytes())["entries"]
    return found


def test_the_demo_has_no_problems_and_no_broken_links() -> None:
    result = run(ROOT, "check", "--strict", "--links")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_sample_day_has_its_five_entries(entries: list[dict[str, Any]]) -> None:
    seed = [(entry["title"][:16], entry["kind"], entry["tags"]) for entry in entries if entry["date"] == "2024-03-19"]
    assert seed == [
        ("NVIDIA Blackwell", "hardware", ["hardware"]),
        ("Grok-1", "model", ["llm"]),
        ("Yi-9B", "model", ["pretraining"]),
        ("A Novel Paradigm", "paper", ["nmt", "pretraining"]),
        ("LLaVA-UHD: an LM", "paper", ["vision-language"]),
    ]


def test_the_demo_has_every_kind_and_form_of_note(entries: list[dict[str, Any]]) -> None:
    kinds = Counter(entry["kind"] for entry in entries)
    assert set(kinds) == {"paper", "model", "hardware", "note"}
    assert all(count >= 3 for count in kinds.values())
    assert {Path(entry["source"]["path"]).suffix for entry in entries} == {".txt", ".md"}
    assert any(entry["translations"] for entry in entries)
    assert any(entry["works"] for entry in entries)
    assert any("/" in tag for entry in entries for tag in entry["tags"])
    assert any(not tag.isascii() for entry in entries for tag in entry["tags"])


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("2024/03/19/grok-1/", '<ul class="restored">'),
        ("2023/08/29/softmax를-한-번만-훑어서-계산하기/", '<math display="block"'),
        ("2023/08/29/softmax를-한-번만-훑어서-계산하기/", '<pre class="code" data-lang="python"'),
        ("2023/09/13/kv-캐시는-얼마나-큰가/", "<table>"),
        ("2024/01/09/mixtral-of-experts/", 'href="/2023/10/11/mistral-7b/"'),
        ("2024/01/31/lora/", 'href="/2023/07/18/llama-2/"'),
        ("2023/05/18/palm-2-technical-report/", 'href="/2024/03/19/a-novel-paradigm-boosting-translation-'),
    ],
)
def test_the_demo_shows_every_feature_of_text(demo: Path, path: str, markup: str) -> None:
    assert markup in (demo / path / "index.html").read_text("utf-8")
