"""Releasing: the metadata, the README on a package index, the release notes and the workflows agree with one another."""

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

import digest
from digest.workflow import Publication, write_workflow

ROOT = Path(__file__).parents[1]
HOME = "https://code.example/someone/digest"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
WORKFLOW = write_workflow(Publication())
"""The workflow of new projects."""
CHANGELOG = """\
# Changelog

## Unreleased

## 0.2.0 - 2030-01-02

### Added

- A lighthouse.

## 0.1.0 - 2029-01-02

- Everything.

## 0.0.1 - soon

- Nothing.

## 0.0.0 - 2028-01-02
"""


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


notes = load("tools/release_notes.py")
metadata = load("hatch_build.py")


@pytest.mark.parametrize(
    ("written", "resolved"),
    [
        ("[format](docs/format.md)", f"[format]({HOME}/blob/v1.2.0/docs/format.md)"),
        ("[a](docs/a.md#b) [c](d.md)", f"[a]({HOME}/blob/v1.2.0/docs/a.md#b) [c]({HOME}/blob/v1.2.0/d.md)"),
        ('<img src="docs/a.png" alt="A">', f'<img src="{HOME}/raw/v1.2.0/docs/a.png" alt="A">'),
        ("[here](#usage) [there](https://a.example/b)", "[here](#usage) [there](https://a.example/b)"),
        ('<img src="https://a.example/b.png">', '<img src="https://a.example/b.png">'),
        ("(docs/format.md)", "(docs/format.md)"),
    ],
)
def test_a_relative_link_leads_to_the_release_and_any_other_stays(written: str, resolved: str) -> None:
    assert metadata.resolve_links(written, HOME, "1.2.0") == resolved


def test_the_readme_of_a_release_has_only_absolute_links_to_files_that_exist() -> None:
    readme = metadata.resolve_links((ROOT / "README.md").read_text("utf-8"), HOME, "1.2.0")
    targets = re.findall(r"\]\(([^)]+)\)|<img src=\"([^\"]+)\"", readme)
    ours = [address for pair in targets for address in pair if address.startswith(HOME)]
    assert len(ours) == len(targets) > 10
    for address in ours:
        view, tag, path = address.removeprefix(f"{HOME}/").split("/", 2)
        assert (view, tag) == ("raw" if path.endswith(".png") else "blob", "v1.2.0")
        assert (ROOT / path).is_file(), path


def test_the_metadata_has_urls_exactly_if_the_home_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = metadata.CustomMetadataHook(str(ROOT), {})
    monkeypatch.delenv("PROJECT_HOME", raising=False)
    fields: dict[str, Any] = {"version": "1.2.0"}
    hook.update(fields)
    assert "urls" not in fields
    assert fields["readme"]["text"] == (ROOT / "README.md").read_text("utf-8")
    monkeypatch.setenv("PROJECT_HOME", f"{HOME}/")
    hook.update(fields)
    assert fields["urls"]["Homepage"] == HOME
    assert fields["urls"]["Changelog"] == f"{HOME}/blob/v1.2.0/CHANGELOG.md"
    assert f'src="{HOME}/raw/v1.2.0/docs/images/home.png"' in fields["readme"]["text"]


def test_the_release_notes_are_the_section_of_the_version() -> None:
    assert notes.find_notes(CHANGELOG, "0.2.0") == "### Added\n\n- A lighthouse.\n"
    assert notes.find_notes(CHANGELOG, "0.1.0") == "- Everything.\n"


@pytest.mark.parametrize("version", ["0.3.0", "0.1", "0.0.1", "0.0.0"])
def test_a_version_without_a_dated_section_of_entries_has_no_release_notes(version: str) -> None:
    with pytest.raises(notes.ReleaseError, match=f"no section `## {version} - YYYY-MM-DD` with entries"):
        notes.find_notes(CHANGELOG, version)


def test_entries_that_are_still_unreleased_stop_a_release() -> None:
    forgotten = CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n- A keeper.\n")
    with pytest.raises(notes.ReleaseError, match=r"entries under `Unreleased`; move them under `0\.2\.0 - YYYY-MM-DD`"):
        notes.find_notes(forgotten, "0.2.0")


@pytest.mark.parametrize("tag", ["0.2.0", "v0.2", "v0.2.0.dev1", "v0.2.0 "])
def test_a_tag_that_is_not_the_version_stops_a_release(tag: str) -> None:
    notes.check_tag("v0.2.0", "0.2.0")
    with pytest.raises(notes.ReleaseError, match=r"but the version in src/digest/__init__\.py is 0\.2\.0"):
        notes.check_tag(tag, "0.2.0")


def test_the_command_names_the_version_and_prints_no_notes_for_another_tag() -> None:
    assert notes.read_version((ROOT / "src/digest/__init__.py").read_text("utf-8")) == digest.__version__
    done = subprocess.run(
        [sys.executable, ROOT / "tools/release_notes.py", "v0.0.0"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == f"error: the tag is v0.0.0, but the version in src/digest/__init__.py is {digest.__version__}\n"
    )


def test_a_bill_of_materials_names_the_version_of_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    bill = '{"metadata": {"component": {"name": "research-digest", "type": "application"}}, "components": []}'
    added = json.loads(load("tools/sbom_version.py").add_version(bill, "1.2.0"))
    component = {
        "name": "research-digest",
        "purl": "pkg:pypi/research-digest@1.2.0",
        "type": "application",
        "version": "1.2.0",
    }
    assert added == {"components": [], "metadata": {"component": component}}


def test_every_released_version_of_the_changelog_has_notes() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.sub(r"(?ms)^## Unreleased\n.*?(?=^## )", "", changelog)
    versions = re.findall(r"^## (\S+)", released, re.MULTILINE)
    assert versions
    for version in versions:
        assert notes.find_notes(released, version)


def steps(text: str) -> list[dict[str, Any]]:
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_pins_every_action_by_its_commit(name: str) -> None:
    used = re.findall(r"^ *(?:- )?uses: (.+)$", WORKFLOWS[name], re.MULTILINE)
    assert used
    for action in used:
        assert action == "./.github/workflows/test.yml" or re.fullmatch(
            r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action
        )


def test_all_workflows_pin_the_same_commit_of_an_action() -> None:
    used = {pin for text in WORKFLOWS.values() for pin in re.findall(r"uses: (\S+)@(\w+)", text)}
    assert len(dict(used)) == len(used)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_job_may_write_only_what_it_is_for(name: str) -> None:
    workflow = yaml.safe_load(WORKFLOWS[name])
    allowed = {
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"id-token": "write"},
        "announce": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job, description in workflow["jobs"].items():
        granted = description.get("permissions", {})
        assert {scope: level for scope, level in granted.items() if level != "read"} == allowed.get(job, {})
        assert {scope for scope, level in granted.items() if level == "read"} <= {"contents", "pages"}
    assert "secrets." not in WORKFLOWS[name]
    for step in steps(WORKFLOWS[name]):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_no_job_that_may_write_runs_code_of_the_repository() -> None:
    for text in WORKFLOWS.values():
        for job in yaml.safe_load(text)["jobs"].values():
            if "write" in job.get("permissions", {}).values():
                for step in job["steps"]:
                    assert not step.get("uses", "").startswith(("actions/checkout@", "./"))
                    assert re.match(r"gh release create ", step.get("run", "gh release create "))


def test_no_command_of_a_workflow_has_an_expression_in_its_text() -> None:
    for text in (*WORKFLOWS.values(), WORKFLOW):
        for step in steps(text):
            assert "${{" not in step.get("run", "")


def test_the_matrix_runs_every_python_of_the_classifiers_on_every_system() -> None:
    matrix = yaml.safe_load(WORKFLOWS["test.yml"])["jobs"]["suite"]["strategy"]["matrix"]
    pythons = [found[1] for name in PROJECT["classifiers"] if (found := re.fullmatch(r".*:: (3\.\d+)", name))]
    assert matrix == {"os": ["ubuntu-latest", "macos-latest", "windows-latest"], "python": pythons}
    assert PROJECT["requires-python"] == f">={pythons[0]}"


def test_what_workflows_and_hooks_call_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
    commands = "\n".join(step.get("run", "") for text in WORKFLOWS.values() for step in steps(text))
    called = set(re.findall(r"\bmake ([\w-]+)", commands))
    assert called == {"test", "lowest", "newest", "fuzz", "sbom", "docs-site"}
    assert called <= targets
    for path in re.findall(r"\b(?:tools/\w+\.py|requirements[\w-]*\.txt)", commands):
        assert (ROOT / path).is_file(), path
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    checks = re.findall(r"^\t\$\(BIN\)/(ruff check|ruff format|mypy)", makefile, re.MULTILINE)
    assert [hook["entry"].removeprefix(".venv/bin/").removesuffix(" --force-exclude") for hook in hooks] == checks


def test_pip_installs_nothing_without_its_hash() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", "")
    commands = makefile.splitlines() + [
        run for text in WORKFLOWS.values() for step in steps(text) for run in step.get("run", "").splitlines()
    ]
    installs = [line for line in commands if re.search(r"(?:-m pip|\$\(PIP\)).* install ", line)]
    assert len(installs) > 8
    assert [line for line in installs if "--require-hashes" not in line and "--no-deps" not in line] == []


def test_a_release_is_tested_built_and_attested_before_it_is_published_and_published_before_it_is_announced() -> None:
    jobs = yaml.safe_load(WORKFLOWS["release.yml"])["jobs"]
    assert jobs["attest"]["needs"] == ["test", "build"]
    assert jobs["publish"]["needs"] == "attest"
    assert jobs["announce"]["needs"] == "publish"
    runs = [step.get("run", "") for step in jobs["build"]["steps"]]
    checked = next(n for n, run in enumerate(runs) if "tools/release_notes.py" in run)
    built = next(n for n, run in enumerate(runs) if "make sbom" in run)
    assert checked < built
    assert "PROJECT_HOME=" in runs[built]
