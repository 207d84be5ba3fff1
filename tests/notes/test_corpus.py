"""The parser on the real notes, measured by the benchmark that anyone can run."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from digest.model import NoteFile
from digest.notes import parse
from digest.notes.discover import find_notes, read_note

ROOT = Path(__file__).parent.parent.parent
CORPUS = Path(os.environ.get("DIGEST_CORPUS", ROOT.parent / "shared" / "corpus"))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (CORPUS / "daily/gold.jsonl").is_file(), reason="no corpus: set DIGEST_CORPUS to its folder"
    ),
]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_parse", ROOT / "bench" / "parse.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(bench: ModuleType) -> object:
    return bench.read_gold(CORPUS / "daily/gold.jsonl")


def test_every_published_entry_comes_out_exact(bench: ModuleType, gold: object) -> None:
    tally = bench.measure(bench.published(CORPUS / "daily", gold), show_misses=False)
    assert (tally.wanted, tally.right, tally.lost) == (1812, 1812, 0)


def test_at_least_98_percent_come_out_exact_however_they_are_written(bench: ModuleType, gold: object) -> None:
    for variant in bench.VARIANTS:
        tally = bench.measure(bench.rewritten(gold, variant), show_misses=False)
        assert tally.right >= 0.98 * tally.wanted, variant.name
        assert tally.lost == 0, variant.name


def test_every_note_of_the_vault_is_read_and_none_of_its_lines_lost(bench: ModuleType) -> None:
    found = find_notes(CORPUS / "vault", ".")
    notes = [read_note(CORPUS / "vault", note.path) for note in found]
    assert len(notes) == 2563
    for note in notes:
        assert isinstance(note, NoteFile)
        parsed = parse(note)
        assert bench.count_lost(note, parsed) == 0, note.path
        assert parsed.entries or parsed.diagnostics
