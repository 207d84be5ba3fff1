"""The golden site: a few notes of every form, and every byte of the site that is built from them."""

import shutil
from pathlib import Path

import pytest

from .conftest import GOLDEN
from .project import read_tree


def is_golden(name: str) -> bool:
    """Return False for files of the search index. They are compressed, and versions of zlib differ in their output."""
    return not name.startswith("search/") or name.endswith(".html")


def test_the_golden_notes_become_the_golden_site(golden_project: Path, request: pytest.FixtureRequest) -> None:
    built = {name: content for name, content in read_tree(golden_project / "site").items() if is_golden(name)}
    wanted_folder = GOLDEN / "site"
    if request.config.getoption("--refresh-golden"):
        shutil.rmtree(wanted_folder, ignore_errors=True)
        for name, content in built.items():
            path = wanted_folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    wanted = read_tree(wanted_folder)
    assert sorted(built.keys() - wanted.keys()) == [], "files that the golden site doesn't have"
    assert sorted(wanted.keys() - built.keys()) == [], "files that were not built"
    assert [name for name, content in built.items() if content != wanted[name]] == [], "files that differ"
