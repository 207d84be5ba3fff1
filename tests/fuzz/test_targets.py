"""Inputs that once failed stay mended, and the inputs that fuzzing begins with pass, as do a few changes of them.

`tests/cases/fuzz/` holds the inputs that failed: `0001-text` is input for the target `text`, and `0001-text.outcome` is what it gives.
"""

import shutil
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .mutation import mutate
from .target import CASES, Target
from .targets import NAMES, load_target

FOUND = sorted(path for path in (CASES / "fuzz").iterdir() if not path.suffix)


def load(name: str) -> Target:
    """Load a target, or skip the test if the target can't run here."""
    if name == "index" and (shutil.which("node") is None or sys.platform == "win32"):
        pytest.skip("there is no Node that can be waited for")
    return load_target(name)


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_an_input_that_failed_gives_what_it_should(path: Path) -> None:
    target = load(path.name.partition("-")[2])
    target.check(path.read_bytes())
    assert target.describe(path.read_bytes()) == path.with_suffix(".outcome").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_first_inputs_of_a_target_pass(name: str) -> None:
    target = load(name)
    assert len(target.seeds) >= 3
    for seed in target.seeds:
        target.check(seed)


@pytest.mark.parametrize("name", NAMES)
def test_changed_inputs_pass(name: str) -> None:
    target = load(name)

    @settings(max_examples=10 if name == "index" else 100)
    @given(random=st.randoms(use_true_random=False))
    def run(random: Random) -> None:
        target.check(mutate(random.choice(target.seeds), random, target.seeds, target.words))

    run()
