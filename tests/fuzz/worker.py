"""Fuzz one target in this process: `python -m tests.fuzz.worker TARGET SECONDS FOLDER`.

With Atheris the run is guided by coverage, and inputs that reach new branches are kept in the folder for later runs. Atheris has
packages for Linux on x86-64; without it, inputs are changed at random.
"""

import importlib.util
import random
import signal
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST_INPUT = 4096
HANGING_SECONDS = 60
MOST_MEGABYTES = 2048


def main() -> None:
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("error")
    run = run_guided if importlib.util.find_spec("atheris") else run_at_random
    run(name, seconds, folder)


def run_guided(name: str, seconds: int, folder: Path) -> None:
    """Fuzz with Atheris, which ends this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import atheris  # type: ignore[import-untyped]

        with atheris.instrument_imports(include=["digest", *PACKAGES.get(name, ())]):
            target = import_module("tests.fuzz.targets").load_target(name)
            for seed in target.seeds:
                target.check(seed)  # imports what is imported only when it is used
    mutate = import_module("tests.fuzz.mutation").mutate
    recorder = import_module("tests.fuzz.recorder").Recorder(target.check, name, folder)

    def change(content: bytes, longest: int, seed: int) -> bytes:
        choice = random.Random(seed)
        if choice.random() < 0.4:
            return bytes(atheris.Mutate(content, longest))
        return bytes(mutate(content, choice, target.seeds, target.words)[:longest])

    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST_INPUT])
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST_INPUT,
        "timeout": HANGING_SECONDS,
        "rss_limit_mb": MOST_MEGABYTES,
        "artifact_prefix": f"{folder}/findings/{name}-",
        "print_final_stats": 1,
    }
    flags = [f"-{key}={value}" for key, value in options.items()]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], recorder.run, custom_mutator=change)
    atheris.Fuzz()


def run_at_random(name: str, seconds: int, folder: Path) -> None:
    """Fuzz by random changes of the seeds, without knowing what they reach."""
    target = import_module("tests.fuzz.targets").load_target(name)
    mutate = import_module("tests.fuzz.mutation").mutate
    recorder = import_module("tests.fuzz.recorder").Recorder(target.check, name, folder)
    choice = random.Random()
    ring = _alarm()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ring(HANGING_SECONDS)
        recorder.run(mutate(choice.choice(target.seeds), choice, target.seeds, target.words)[:LONGEST_INPUT])
    ring(0)
    recorder.report()


def _alarm() -> Callable[[int], Any]:
    """Return a function that raises TimeoutError after some seconds; nothing does where there are no alarms."""
    if sys.platform == "win32":
        return lambda _: None

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    return signal.alarm


PACKAGES = {"text": ["markdown_it"], "settings": ["yaml"], "image": ["imagesize"]}

if __name__ == "__main__":
    main()
