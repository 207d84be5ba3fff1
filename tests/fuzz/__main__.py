"""Fuzz digest: `python -m tests.fuzz --minutes 60 note text`, or all targets in turn.

Failures are written to `.fuzz/findings/`: the input, and beside it what was raised. Inputs that reach new branches stay in `.fuzz/`,
so that the next run begins where this one ends. docs/testing.md says more.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from .recorder import ROOT, Tally
from .targets import NAMES

LEAST_SECONDS = 5
STARTING_SECONDS = 90
"""How long a run may take longer than it should before it is ended: it first imports the program and tries the seeds."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz digest.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--minutes", type=float, default=60, help="how long to run all targets together; default: 60")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="where inputs and failures are kept")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(NAMES):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    names = options.targets or NAMES
    failed = 0
    for name in names:
        tally = fuzz(name, 60 * options.minutes / len(names), options.folder.resolve())
        failed += len(tally.failures)
        kinds = f"{len(tally.failures)} kinds of failures"
        print(
            f"{name}: {tally.inputs:,} inputs in {tally.seconds / 60:.1f} min, {kinds}, slowest {tally.slowest:.2f} s"
        )
        for signature, count in tally.failures.items():
            print(f"    {count:,} times {signature}")
        sys.stdout.flush()
    if failed:
        sys.exit(f"the failures are in {options.folder}/findings")


def fuzz(name: str, seconds: float, folder: Path) -> Tally:
    """Fuzz a target for a time and return the tally; a process that an input ends is started again."""
    findings = folder / "findings"
    findings.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    total = Tally(failures={})
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) >= LEAST_SECONDS:
        before = set(findings.glob(f"{name}-*"))
        command = [sys.executable, "-m", f"{__package__}.worker", name, str(round(left)), str(folder)]
        with log.open("wb") as output:
            worker = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
            try:
                code = worker.wait(timeout=left + STARTING_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
                code = 0
        _add(total, folder / f"{name}.json")
        if code:
            cause = _cause(name, set(findings.glob(f"{name}-*")) - before)
            if not cause:
                last = log.read_text("utf-8", errors="replace").splitlines()[-20:]
                sys.exit("\n".join((f"the run of {name} failed:", *last)))
            total.failures[f"ended the process: {cause}"] = 1
    return total


def _cause(name: str, files: set[Path]) -> str:
    """Return the names of the inputs that Atheris wrote before it ended, and nothing if it wrote none."""
    kinds = tuple(f"{name}-{kind}-" for kind in ("crash", "oom", "timeout"))
    return ", ".join(sorted(file.name for file in files if file.name.startswith(kinds)))


def _add(total: Tally, file: Path) -> None:
    if not file.exists():
        return
    part = Tally(**json.loads(file.read_bytes()))
    file.unlink()
    total.inputs += part.inputs
    total.seconds += part.seconds
    total.slowest = max(total.slowest, part.slowest)
    for signature, count in part.failures.items():
        total.failures[signature] = total.failures.get(signature, 0) + count


if __name__ == "__main__":
    main()
