"""The form of a fuzz target: a check that every input has to pass, and the material that inputs are made of."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

CASES = Path(__file__).parents[1] / "cases"


class Target(Struct, frozen=True):
    """A check that raises for an input with a wrong outcome, and for nothing else.

    `describe` puts the outcome into words, for the numbered cases in `tests/cases/fuzz/`. `seeds` are inputs to begin with, and `words` are pieces that mean something in the format. `packages` are the modules whose
    branches a coverage-guided run follows, besides `digest` itself.
    """

    check: Callable[[bytes], None]
    describe: Callable[[bytes], str]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]
    packages: tuple[str, ...] = ()


def make_folder() -> Path:
    """Make a folder that is removed when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="digest-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def encode_all(*words: str) -> tuple[bytes, ...]:
    """Return words as UTF-8, lone surrogates as the three bytes that no decoder accepts."""
    return tuple(word.encode(errors="surrogatepass") for word in words)
