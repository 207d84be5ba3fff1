"""The browser's modules, and one process that queries indexes with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .notes import Search, copy_modules


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the browser's modules."""
    return copy_modules(tmp_path_factory.mktemp("modules"))


@pytest.fixture(scope="session")
def search(modules: Path) -> Iterator[Search]:
    """Start the browser's search once for all queries."""
    search = Search(modules)
    yield search
    search.close()
