"""What ships, and what is installed with it, is under licences that are listed and that permit any use."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from .test_release import load

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "templates" / "static"

licences = load("tools/licences.py")


def locked() -> dict[str, str]:
    text = (ROOT / "requirements-dev.txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def packages() -> dict[str, str]:
    try:
        found = {
            name: licence for extra in ("", *licences.EXTRAS) for name, licence in licences.find_packages(extra).items()
        }
    except metadata.PackageNotFoundError as error:
        pytest.skip(f"this package is not installed: {error}")
    versions = locked()
    other = [name for name in found if metadata.version(name) != versions.get(name)]
    if other:
        pytest.skip(f"these are not the locked packages: {', '.join(other)}")
    return found


def test_the_licences_of_all_packages_are_listed(packages: dict[str, str]) -> None:
    assert {"click", "msgspec", "nh3", "anyio", "distributed"} <= packages.keys()
    text = licences.PAGE.read_text("utf-8")
    assert licences.write_page(text) == text, "run `make docs`"


def test_every_licence_permits_any_use(packages: dict[str, str]) -> None:
    assert {name: licence for name, licence in packages.items() if not licences.is_permissive(licence)} == {}


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPL-3.0", "MIT AND GPL-2.0-only", "SSPL-1.0", "", "Proprietary"]
)
def test_a_licence_that_asks_for_more_is_noticed(licence: str) -> None:
    assert not licences.is_permissive(licence)


def test_a_choice_of_licences_needs_one_that_permits_any_use() -> None:
    assert licences.is_permissive("Apache-2.0 OR GPL-2.0-only")


def test_the_theme_holds_nothing_that_others_made() -> None:
    files = [path for path in STATIC.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".css", ".js", ".png", ".svg"}
    for path in files:
        if path.suffix == ".png":  # `tools/icons.py` draws them from the theme's mark
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"@font-face|@license|@preserve|copyright|sourceMappingURL|SPDX-", text, re.IGNORECASE), (
            path
        )
