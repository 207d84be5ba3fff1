"""The manifest names the files that builds wrote, and can lead no build out of the output folder."""

import os
from pathlib import Path

import pytest

from digest.store.manifest import FILE_NAME, Manifest


def test_files_are_named_beside_those_of_former_builds_until_these_are_removed(tmp_path: Path) -> None:
    during, after = tmp_path / "during", tmp_path / "after"
    assert Manifest(tmp_path).write_next(["index.html", "2024/index.html"], str(during), str(after)) == set()
    assert not after.exists()
    during.rename(tmp_path / FILE_NAME)
    gone = Manifest(tmp_path).write_next(["index.html", "2025/index.html"], str(during), str(after))
    assert gone == {"2024/index.html"}
    assert during.read_text("utf-8").splitlines() == ["index.html", "2025/index.html", "2024/index.html"]
    assert after.read_text("utf-8").splitlines() == ["index.html", "2025/index.html"]


@pytest.mark.parametrize(("separator", "kept"), [("/", {"a:b.html", "c\\d.html"}), ("\\", set())])
def test_a_manifest_edited_by_hand_names_nothing_outside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, separator: str, kept: set[str]
) -> None:
    """On Windows, a colon follows a drive and a backslash a folder; elsewhere names may hold both."""
    named = ["index.html", "/etc/passwd", "../notes/a.md", "x/../../a.md", "a:b.html", "c\\d.html"]
    (tmp_path / FILE_NAME).write_text("\n".join(named), "utf-8")
    monkeypatch.setattr(os, "sep", separator)
    assert Manifest(tmp_path).paths == {"index.html", *kept}
