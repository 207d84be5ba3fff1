"""A build on a Dask cluster: a real scheduler and real workers, one of which dies in mid-build."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest

from digest.config import load_config
from digest.parallel.cluster import ClusterError, open_cluster
from digest.pipeline.build import Options, Project, Report, build
from digest.pipeline.job import Progress

from ..project import build_project, read_tree, run, write_project

# To import it takes a second, which every process that collects tests would need.
pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="needs the extra `dask`")

ENTRIES = 150
PATIENCE_SECONDS = 300


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path, processes: ExitStack) -> None:
        self._file = folder / "scheduler.json"
        self._processes = processes
        self._start("dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._file.exists() or not self._file.read_bytes().endswith(b"}"):
            assert time.monotonic() < end
            time.sleep(0.05)
        self.address = json.loads(self._file.read_bytes())["address"]
        self.workers = [self._start("dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(2)]

    def _start(self, module: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self._file), *options]
        quiet = subprocess.DEVNULL
        process = self._processes.enter_context(subprocess.Popen(command, stdout=quiet, stderr=quiet))
        self._processes.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as processes:
        yield Cluster(tmp_path, processes)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a project whose work takes several batches at every stage."""
    notes = {
        f"notes/{number:03}.md": f"{2020 + number % 5}-0{number % 9 + 1}-{number % 28 + 1:02}\n{number}번째 글\n"
        f"글 {number}에 대한 이야기입니다. $x^{number}$\n#tag{number % 9}\n"
        for number in range(ENTRIES)
    }
    return write_project(tmp_path / "project", {"digest.yaml": "title: 기록\n", **notes})


def build_on(cluster: Cluster, project: Path, progress: Progress) -> Report:
    config, _ = load_config(project)
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with open_cluster(cluster.address) as workers:
                if workers.number == 2:
                    return build(Project(project, config), Options(workers), progress)
        except ClusterError:
            assert time.monotonic() < end
        time.sleep(0.1)


def test_a_cluster_that_loses_a_worker_in_mid_build_gives_the_same_bytes(cluster: Cluster, project: Path) -> None:
    killed: list[str] = []

    def kill_one(stage: str, done: int, total: int) -> None:
        if stage == "render" and 0 < done < total and not killed:
            cluster.workers[0].kill()
            killed.append(stage)

    report = build_on(cluster, project, kill_one)
    assert killed == ["render"]
    assert cluster.workers[0].wait(PATIENCE_SECONDS) != 0
    assert (report.entries, report.written) == (ENTRIES, report.files)
    site = read_tree(project / "site")
    build_project(project, clean=True)
    assert read_tree(project / "site") == site


def test_a_scheduler_that_is_not_there_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.parallel.cluster.CONNECT_SECONDS", 1)
    refused = run(project, "build", "--scheduler", "tcp://127.0.0.1:9")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("digest: there is no scheduler at tcp://127.0.0.1:9")
    assert not (project / "site").exists()
