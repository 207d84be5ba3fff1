"""What tests of several rooms share: the golden site, and the flag that writes it anew."""

import shutil
from pathlib import Path

import pytest

from .project import build_project

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write tests/golden/site anew from what is built")


@pytest.fixture(scope="session")
def golden_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the golden notes in a folder of their own and return it; the site is in its `site/`."""
    folder = tmp_path_factory.mktemp("golden")
    shutil.copytree(GOLDEN / "notes", folder / "notes")
    shutil.copy(GOLDEN / "digest.yaml", folder)
    build_project(folder)
    return folder
