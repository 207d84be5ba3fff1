"""Processes that are started anew, as on systems where forking is not safe: results, mistakes, and a whole build."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from digest.parallel.processes import chosen_way, start
from digest.parallel.spawning import spawn
from digest.parallel.task import Task, return_done
from digest.parallel.workers import Workers
from digest.serve.preview import open_preview

from ..conftest import copy_golden
from ..project import DAY, build_project, read_tree, run, write_project


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    raise OSError(28, "No space left on device", f"site/{number}.html")


def kill_itself(_number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


class UnportableError(Exception):
    """Cannot be unpickled: its arguments are not those of its maker."""

    def __init__(self, place: str, line: int) -> None:
        super().__init__(f"{place}:{line}")


def raise_unportable() -> list[int]:
    raise UnportableError("day.html", 3)


def count_to(number: int) -> Iterator[int]:
    yield from range(number)


@pytest.fixture(autouse=True)
def tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a process that is started anew find the functions of this module."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2])


@pytest.fixture
def spawning(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Have processes spawned; returns a list with an item for each that was started."""
    started: list[object] = []

    def note(work: Callable[[], Iterable[Any]], ahead: int = 1) -> AbstractContextManager[Iterator[Any]]:
        pickle.dumps(work)
        started.append(work)
        return start(work, ahead)

    monkeypatch.setenv("DIGEST_START_METHOD", "spawn")
    monkeypatch.setattr("digest.parallel.workers.start", note)
    monkeypatch.setattr("digest.serve.search_files.start", note)
    return started


def test_results_come_in_the_order_of_their_items(spawning: list[object]) -> None:
    with Workers(2).map(Task(int, square, return_done), range(25), size=2, least=1) as results:
        assert list(results) == [number * number for number in range(25)]
    assert len(spawning) == 2


def test_what_is_raised_there_is_raised_here_with_its_traceback(spawning: list[object]) -> None:
    with (
        Workers(2).map(Task(int, refuse, return_done), range(4), size=1, least=1) as results,
        pytest.raises(OSError, match="No space left on device") as caught,
    ):
        list(results)
    assert caught.value.filename == "site/0.html"
    assert "in refuse" in caught.value.__notes__[0]
    assert len(spawning) == 2


def test_an_exception_that_cannot_be_sent_is_told_in_words() -> None:
    with spawn(raise_unportable) as results, pytest.raises(RuntimeError, match=r"UnportableError: day\.html:3"):
        next(results)


def test_a_process_that_is_killed_is_an_error_of_the_one_that_waits(spawning: list[object]) -> None:
    with (
        pytest.raises(ChildProcessError, match="was ended"),
        Workers(2).map(Task(int, kill_itself, return_done), range(4), size=1, least=1) as results,
    ):
        list(results)
    assert len(spawning) == 2


def test_a_process_that_nobody_waits_for_ends_with_its_context() -> None:
    with spawn(partial(count_to, 10**9)) as results:
        assert next(results) == 0


def test_a_build_by_spawned_processes_is_the_golden_one(
    spawning: list[object], golden_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_golden(tmp_path)
    for stage in ("read", "index", "publish"):
        monkeypatch.setattr(f"digest.pipeline.{stage}.BATCH", 4)  # small enough for several batches of golden notes
    build_project(tmp_path, workers=2)
    assert len(spawning) == 2 * 3
    assert read_tree(tmp_path / "site") == read_tree(golden_project / "site")


def test_the_first_index_of_a_preview_is_made_by_a_spawned_process_too(tmp_path: Path, spawning: list[object]) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "title: 기록\n"})
    build_project(project)
    with open_preview(project, drafts=False, base_url=None) as preview:
        preview.index_ahead()
        assert preview.content("search/index.json") == (project / "site" / "search" / "index.json").read_bytes()
    assert len(spawning) == 1


def test_no_process_is_started_when_none_is_wanted(spawning: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_START_METHOD", "none")
    with Workers(2).map(Task(int, square, return_done), range(25), size=2, least=1, beside=True) as results:
        assert sum(results) == 4900
    with Workers(2).beside(os.getpid) as process:
        assert process() == os.getpid()
    assert spawning == []


@pytest.mark.parametrize(("system", "way"), [("linux", "fork"), ("darwin", "spawn"), ("win32", "spawn")])
def test_only_linux_forks(monkeypatch: pytest.MonkeyPatch, system: str, way: str) -> None:
    monkeypatch.delenv("DIGEST_START_METHOD", raising=False)
    monkeypatch.setattr(sys, "platform", system)
    assert chosen_way() == way


def test_a_system_without_fork_refuses_to_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_START_METHOD", "fork")
    monkeypatch.delattr(os, "fork", raising=False)
    with pytest.raises(ValueError, match="it can be spawn, none"):
        chosen_way()


@pytest.mark.parametrize("command", ["build", "check", "serve"])
def test_an_unknown_way_is_refused_by_name(tmp_path: Path, command: str) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    refused = run(project, command, env={"DIGEST_START_METHOD": "theads"})
    assert refused.exit_code == 2
    assert refused.stderr.startswith("digest: DIGEST_START_METHOD is `theads`; it can be fork, spawn, none")
