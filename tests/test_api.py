"""The interface for programs, and the examples that document it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import digest

from .project import DAY, write_project

DOCS = Path(__file__).parents[1] / "docs"


def test_every_name_of_the_interface_can_be_imported_and_is_documented() -> None:
    page = (DOCS / "programs.md").read_text("utf-8")
    for name in digest.__all__:
        assert getattr(digest, name) is not None
        assert re.search(rf"`{name}\b", page), f"docs/programs.md does not name {name}"


def test_importing_the_package_loads_no_module_of_it() -> None:
    script = "import sys, digest; print(*[name for name in sys.modules if name.startswith('digest.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'publish'"):
        digest.publish  # noqa: B018


def test_the_examples_of_the_documentation_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path / "my-digest", {"notes/2024-03-19.txt": DAY})
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "programs.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 4
    names: dict[str, object] = {}
    for number, example in enumerate(examples, 1):
        exec(compile(example, f"docs/programs.md, example {number}", "exec"), names)


def test_reading_a_project_gives_the_entries_in_the_order_of_their_days(tmp_path: Path) -> None:
    later, earlier = DAY, DAY.replace("2024-03-19", "2023-01-02").replace("2024년 3월 19일", "2023년 1월 2일")
    write_project(tmp_path, {"notes/a.txt": later, "notes/b.txt": earlier})
    notes = digest.read(tmp_path)
    dates = [entry.date for entry in notes.entries if entry.date]
    assert dates == sorted(dates)
    assert len(set(dates)) == 2


def test_drafts_are_read_only_on_request(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/240319 Secret.md": "---\ndraft: true\n---\nText.\n"})
    assert digest.read(tmp_path).entries == ()
    assert [entry.title for entry in digest.read(tmp_path, drafts=True).entries] == ["Secret"]


def test_mistakes_in_the_settings_are_raised_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "digest.yaml").write_text("title: [\n", encoding="utf-8")
    with pytest.raises(digest.ConfigError, match=r"digest\.yaml:2:1: not valid YAML") as raised:
        digest.load_config(tmp_path)
    assert [problem.code for problem in raised.value.diagnostics] == ["config"]


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        digest.build(tmp_path / "nowhere")


def test_a_build_by_a_program_writes_what_the_command_writes(tmp_path: Path) -> None:
    write_project(tmp_path / "a", {"notes/2024-03-19.txt": DAY})
    write_project(tmp_path / "b", {"notes/2024-03-19.txt": DAY})
    report = digest.build(tmp_path / "a")
    subprocess.run(
        [sys.executable, "-m", "digest", "-C", str(tmp_path / "b"), "build"], check=True, capture_output=True
    )
    written, expected = (
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (tmp_path / "a/site", tmp_path / "b/site")
    )
    assert written == expected
    assert report.entries > 0
