"""Fixtures and settings that tests of several rooms share."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from .project import build_project

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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write tests/golden/site anew from what is built")


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
