"""Try inputs on a target, and keep the shortest input of each kind of failure."""

import time
import traceback
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

TOO_SLOW_SECONDS = 2.0
"""CPU time that no input may take: the longest have a few thousand bytes."""
REPORT_SECONDS = 2.0

ROOT = Path(__file__).parents[2]


class Tally(Struct):
    """The result of a run: the inputs it tried, its seconds, those of the slowest input, and the number of failures of each kind."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: dict[str, int] = {}


class Recorder:
    """Tries inputs on a check; failures are kept as files in `findings/` in a folder and never raised."""

    def __init__(self, check: Callable[[bytes], None], name: str, folder: Path) -> None:
        self.check = check
        self.name = name
        self.folder = folder
        self.tally = Tally()
        self._shortest: dict[str, int] = {}
        self._started = self._reported = time.monotonic()
        self._findings = folder / "findings"
        self._findings.mkdir(parents=True, exist_ok=True)

    def run(self, content: bytes) -> None:
        """Try an input."""
        before = time.process_time()
        try:
            self.check(content)
        except Exception as error:
            self._keep(content, _signature(error), "".join(traceback.format_exception(error, limit=-12)))
        spent = time.process_time() - before
        if spent > self.tally.slowest:
            self.tally.slowest = spent
            (self.folder / f"{self.name}.slowest").write_bytes(content)
        if spent > TOO_SLOW_SECONDS:
            self._keep(content, "too slow", f"{spent:.1f} s of CPU time for {len(content)} bytes\n")
        self.tally.inputs += 1
        if time.monotonic() - self._reported > REPORT_SECONDS:
            self.report()

    def report(self) -> None:
        """Write the tally into the folder."""
        self._reported = time.monotonic()
        self.tally.seconds = self._reported - self._started
        (self.folder / f"{self.name}.json").write_bytes(msgspec.json.encode(self.tally))

    def _keep(self, content: bytes, signature: str, account: str) -> None:
        self.tally.failures[signature] = self.tally.failures.get(signature, 0) + 1
        if len(content) < self._shortest.get(signature, len(content) + 1):
            self._shortest[signature] = len(content)
            stem = f"{self.name}-{blake2b(signature.encode(), digest_size=4).hexdigest()}"
            (self._findings / stem).write_bytes(content)
            (self._findings / f"{stem}.txt").write_text(f"{signature}\n\n{account}", "utf-8", errors="replace")


def _signature(error: BaseException) -> str:
    """Return the type of an error and the line of this project that raised it; failures with the same are of one kind."""
    if named := getattr(error, "place", ""):
        return f"{type(error).__name__}: {named}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))]
    place = frames[-1] if frames else None
    return f"{type(error).__name__} in {place.filename.removeprefix(str(ROOT))}: {place.line}" if place else repr(error)
