"""Fixtures and settings that tests of several rooms share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from .packages import ROOT, build_distributions
from .project import build_project

os.environ["DIGEST_LANG"] = "en"  # most sites of the tests are Korean, and so would their messages be

GOLDEN = Path(__file__).parent / "golden"

# A busy machine is slow, not wrong: no property has a deadline. With CI=true the examples are the same in every run.
settings.register_profile(
    "digest",
    parent=settings.get_profile("ci" if os.environ.get("CI") else "default"),
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("digest")


GROUPS = {
    "browser": ("browser/",),
    "processes": ("serve/", "parallel/", "pipeline/test_robust", "test_cli", "test_surroundings"),
    "package": ("test_wheel", "test_publishing", "test_recipes"),
}
"""The tests that share a process if pytest has several. The tests of a group run one after another.

The first share a browser; the second start and kill programs, and wait for them; the third install packages.
"""


LONG = (
    "search/test_bench.py",
    "search/test_renewal.py",
    "notes/test_corpus.py",
    "store/test_faults.py",
    "pipeline/test_incremental.py",
    "pipeline/test_faults.py",
    "addresses/test_speed.py",
    "vocabulary/test_alike.py",
)
"""The other files that take longest. None of them is left for a single process at the end."""


def group_of(path: str) -> str:
    """Return the group of a test file, given by its path below `tests/`: without another one, a file is a group of its own.

    So a site that a file's tests share is built once.
    """
    return next((group for group, starts in GROUPS.items() if path.startswith(starts)), path)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # one of several processes; it has a thread that talks to the first one
        config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one process more than there are processors: tests of servers and browsers wait for others much of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Give whole groups to processes."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # only with `--numprocesses`

    class Groups(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid.partition("::")[0].removeprefix("tests/"))

    return Groups(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the groups first if there are several processes, and then the longest files."""
    if hasattr(config, "workerinput"):
        order = {group: place for place, group in enumerate((*GROUPS, *LONG))}
        folder = Path(__file__).parent
        items.sort(key=lambda item: order.get(group_of(item.path.relative_to(folder).as_posix()), len(order)))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write tests/golden/site anew from what is built")


@pytest.fixture(scope="session", autouse=True)
def one_processor() -> Iterator[None]:
    """Let digest see one processor: to start a process takes longer than to build the few notes of a test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("digest.parallel.workers.available_processors", lambda: 1)
        yield


def copy_golden(folder: Path) -> None:
    """Copy all that the golden site is made from into a folder."""
    for name in ("notes", "pages", "public"):
        shutil.copytree(GOLDEN / name, folder / name)
    for name in ("digest.yaml", "digest.lock"):
        shutil.copy(GOLDEN / name, folder)


@pytest.fixture(scope="session")
def golden_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the golden notes in a folder of their own and return it; the site is in its `site/`."""
    folder = tmp_path_factory.mktemp("golden")
    copy_golden(folder)
    build_project(folder)
    return folder


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the sdist and the wheel, alone in a folder."""
    return build_distributions(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def wheel(distributions: tuple[Path, Path]) -> Path:
    """Return the wheel."""
    return distributions[1]
