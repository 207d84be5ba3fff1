"""Mutation testing: make one small mistake in a module at a time, and check that a test fails.

    python bench/mutants.py                                   # the share of killed mutants of all modules below
    python bench/mutants.py notes/boundaries --survivors      # one module, with every mutant that no test killed
    python bench/mutants.py notes --sample 50                 # fifty mutants of each module of notes/

The tests are collected once. For each mutant, the process forks. The child replaces the original code by the mutated code and
runs the tests that execute the mutated line, the fastest first, until one fails. Commands that tests start as new processes run
the original code. Property tests use the same examples in every run (Hypothesis' profile for CI). Tests are left out if they
need the real notes or a browser, compare times, or take long.
"""

import argparse
import ast
import gc
import importlib
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from msgspec import Struct

from mutation import Mutant, find_mutants

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "digest"
NOTES = ("tests/notes",)
SITE = ("tests/site", "tests/test_golden.py")
MODULES: dict[str, tuple[str, ...]] = {
    **{f"notes/{name}": NOTES for name in ("boundaries", "dates", "day", "entry", "kinds", "lines", "names", "single")},
    "text/opening": ("tests/text",),
    "text/rules/restored_list": ("tests/text",),
    **{
        f"site/{name}": SITE
        for name in ("arrangement", "pagination", "pages/day", "pages/entry", "pages/tag", "pages/year")
    },
    "search/stemming": ("tests/search",),
    "search/alignment": ("tests/search",),
    "pipeline/build": ("tests/pipeline",),
}
"""The modules to mutate, each with the tests to run. They have the most rules and limits."""
SLACK = 10
"""A mutant that takes this many times as long as the original is assumed to run forever."""


class Trace(Struct, frozen=True):
    """A test's run on the original code: the lines that it executed, by file, and its seconds."""

    lines: Mapping[str, frozenset[int]]
    seconds: float


class Tally(Struct):
    """The results of a module: the numbers of tried and of killed mutants, and the mutants that survived."""

    name: str
    tried: int = 0
    killed: int = 0
    survivors: list[Mutant] = []

    @property
    def part(self) -> float:
        """Return the share of killed mutants, from 0 to 1. Without mutants it is 1."""
        return self.killed / self.tried if self.tried else 1.0


class Mutation:
    """A pytest plugin that runs the collected tests for each mutant."""

    def __init__(self, names: Sequence[str], options: argparse.Namespace) -> None:
        self.names = names
        self.options = options
        self.tallies: list[Tally] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("tests could not be collected")
        files = {str(SOURCE / f"{name}.py"): name for name in self.names}
        for name in self.names:
            importlib.import_module(f"digest.{name.replace('/', '.')}")
        traces = in_child(lambda: trace_tests(session.items, frozenset(files)))
        for file, name in files.items():
            self.tallies.append(self._try_mutants(session.items, Path(file), name, traces))
        return True

    def _try_mutants(self, items: list[pytest.Item], file: Path, name: str, traces: Mapping[str, Trace]) -> Tally:
        source = file.read_text("utf-8")
        mutants = list(find_mutants(source))
        if self.options.sample and len(mutants) > self.options.sample:
            mutants = sorted(random.Random(19).sample(mutants, self.options.sample), key=lambda mutant: mutant.line)
        tally = Tally(name)
        for mutant in mutants:
            tests = choose_tests(items, str(file), mutant, traces, self.options.longest)
            tally.tried += 1
            if is_killed(str(file), name, source, mutant, tests, sum(traces[test.nodeid].seconds for test in tests)):
                tally.killed += 1
            else:
                tally.survivors.append(mutant)
                if self.options.survivors:
                    report_survivor(file, mutant)
        report_tally(tally)
        return tally


def trace_tests(items: list[pytest.Item], files: frozenset[str]) -> dict[str, Trace]:
    """Run all tests and return a trace for each, by its id. Only lines of `files` are traced."""
    ran: defaultdict[str, set[int]] = defaultdict(set)

    def note_line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            ran[frame.f_code.co_filename].add(frame.f_lineno)
        return note_line

    def note_call(frame: FrameType, event: str, _: Any) -> Any:
        return note_line if frame.f_code.co_filename in files else None

    traces = {}
    for item, following in zip(items, [*items[1:], None], strict=True):
        ran.clear()
        started = time.process_time()
        sys.settrace(note_call)
        threading.settrace(note_call)
        reports = runtestprotocol(item, nextitem=following, log=False)
        sys.settrace(None)
        threading.settrace(None)
        if any(report.failed for report in reports):
            raise AssertionError(f"{item.nodeid} fails without any mutant")
        lines = {file: frozenset(numbers) for file, numbers in ran.items()}
        traces[item.nodeid] = Trace(lines, time.process_time() - started)
    return traces


def choose_tests(
    items: list[pytest.Item], file: str, mutant: Mutant, traces: Mapping[str, Trace], longest: float
) -> list[pytest.Item]:
    """Return the tests that execute a mutant's lines, the fastest first.

    If the mistake is outside functions, these are all tests that execute any line of the module. Tests that take longer than
    `longest` seconds are left out.
    """
    chosen = [
        item
        for item in items
        if (lines := traces[item.nodeid].lines.get(file))
        and (not mutant.function or not lines.isdisjoint(mutant.lines))
        and traces[item.nodeid].seconds <= longest
    ]
    by_file: defaultdict[Path, list[pytest.Item]] = defaultdict(list)
    for item in chosen:
        by_file[item.path].append(item)

    def seconds(item: pytest.Item) -> float:
        return traces[item.nodeid].seconds

    groups = sorted(by_file.values(), key=lambda group: sum(map(seconds, group)) / len(group))
    return [item for group in groups for item in sorted(group, key=seconds)]


def is_killed(file: str, name: str, source: str, mutant: Mutant, tests: Sequence[pytest.Item], seconds: float) -> bool:
    """Run the tests on a mutant in a child process. Return True if one fails, or if a test doesn't end."""
    if not tests:
        return False
    temporary = mkdtemp()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        run_mutant(file, name, source, mutant, tests, seconds, temporary)
    deadline = time.monotonic() + 60 + 10 * SLACK * seconds
    try:
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return status != 0
            if time.monotonic() > deadline:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return True
            time.sleep(0.002)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def run_mutant(
    file: str, name: str, source: str, mutant: Mutant, tests: Sequence[pytest.Item], seconds: float, temporary: str
) -> NoReturn:
    """Run the tests on a mutant and exit the process: with 1 if a test fails, otherwise with 0."""
    code = 1
    try:
        os.setpgid(0, 0)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = temporary
        limit = int(5 + SLACK * seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        put_in_place(file, sys.modules[f"digest.{name.replace('/', '.')}"], source, mutant)
        code = 0
        for item, following in zip(tests, [*tests[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
                code = 1
                break
    except BaseException:
        code = 1
    finally:
        os._exit(code)


def put_in_place(file: str, module: ModuleType, source: str, mutant: Mutant) -> None:
    """Replace the code of all functions of a module and, if the mistake is outside functions, the values that it affects."""
    mutated = compile(mutant.tree, file, "exec", dont_inherit=True)
    codes = dict(codes_of(mutated))
    originals = {code: key for key, code in codes_of(compile(source, file, "exec", dont_inherit=True))}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == file:
            key = originals.get(function.__code__)
            if key in codes:
                function.__code__ = codes[key]
    if mutant.function:
        return
    clone = ModuleType(module.__name__)
    clone.__dict__.update(__file__=file, __package__=module.__package__)
    exec(mutated, clone.__dict__)
    for name in names_below(mutant):
        old, new = module.__dict__.get(name), clone.__dict__.get(name)
        if isinstance(old, FunctionType) and isinstance(new, FunctionType):
            old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
            continue
        for other in list(sys.modules.values()):
            if getattr(other, "__dict__", {}).get(name) is old:
                setattr(other, name, new)


def codes_of(code: CodeType, seen: dict[tuple[str, int], int] | None = None) -> Iterator[tuple[object, CodeType]]:
    """Yield (key, code) for all functions in a module. A function and its mutated copy have the same key."""
    seen = {} if seen is None else seen
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            place = constant.co_qualname, constant.co_firstlineno
            seen[place] = seen.get(place, 0) + 1
            yield (*place, seen[place]), constant
            yield from codes_of(constant, seen)


def names_below(mutant: Mutant) -> Iterator[str]:
    """Yield the names that a mutated statement of the module assigns, and the names that are computed from them."""
    changed: set[str] = set()
    for index, statement in enumerate(mutant.tree.body[mutant.top :]):
        if isinstance(statement, ast.FunctionDef) and index == 0:
            changed.add(statement.name)
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        used = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
        if index == 0 or used & changed:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            changed |= {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    yield from sorted(changed)


def in_child(call: Any) -> Any:
    """Return the result of a call that is made in a child process, so that it has no side effects in this one."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(call(), pipe)
            os._exit(0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.__stderr__)
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        content = pipe.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("a child of this process failed")
    return pickle.loads(content)


def report_survivor(file: Path, mutant: Mutant) -> None:
    where = f"{file.relative_to(ROOT)}:{mutant.line}"
    print(f"{where}: {shorten(mutant.before)}  ->  {shorten(mutant.after)}", flush=True)


def shorten(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= 90 else line[:89] + "…"


def report_tally(tally: Tally) -> None:
    print(f"{tally.name:28} {tally.tried:5} {tally.killed:5} {tally.part:7.1%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make small mistakes in modules and see whether a test fails.")
    parser.add_argument("modules", nargs="*", help="modules or rooms, such as notes/day or notes; default: all of them")
    parser.add_argument("--sample", type=int, default=0, help="try that many mutants of a module, drawn at random")
    parser.add_argument("--longest", type=float, default=5.0, help="leave out tests that take more seconds; default: 5")
    parser.add_argument("--survivors", action="store_true", help="print the mutants that no test noticed")
    parser.add_argument(
        "--least", type=float, default=0.0, help="exit with 1 where a smaller part is killed, such as .85"
    )
    options = parser.parse_args()
    os.environ["CI"] = "true"
    names = [
        name
        for name in MODULES
        if not options.modules or any(f"{name}/".startswith(f"{asked.strip('/')}/") for asked in options.modules)
    ]
    if not names:
        parser.error(f"choose from {', '.join(MODULES)}")
    tallies: list[Tally] = []
    print(f"{'module':28} tried killed", flush=True)
    for tests in dict.fromkeys(MODULES[name] for name in names):
        mutation = Mutation([name for name in names if MODULES[name] == tests], options)
        arguments = ["--quiet", "--no-header", "--no-summary", "-p", "no:cacheprovider", "--capture=no"]
        code = in_child(
            lambda mutation=mutation, tests=tests, arguments=arguments: collect_and_try(mutation, tests, arguments)
        )
        tallies += code
    total = Tally("all", sum(tally.tried for tally in tallies), sum(tally.killed for tally in tallies))
    report_tally(total)
    sys.exit(any(tally.part < options.least for tally in tallies))


def collect_and_try(mutation: Mutation, tests: Sequence[str], arguments: Sequence[str]) -> list[Tally]:
    marks = "not corpus and not browser and not linear"
    code = pytest.main([*arguments, "-m", marks, *(str(ROOT / test) for test in tests)], plugins=[mutation])
    if code != pytest.ExitCode.OK:
        raise RuntimeError(f"pytest ended with {code}")
    return mutation.tallies


if __name__ == "__main__":
    main()
