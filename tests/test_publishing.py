"""From an empty folder to a published site: what `digest init` writes, and the steps of its workflow in an empty environment."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

import digest
from digest.installed import Source, compatible_with, find_source, read_source, write_requirements
from digest.repository import branches_of_new, find_origin, find_repository

from .packages import Workflow, clone, new_environment, shell, with_digest
from .project import DAY, run, write_project

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GIT = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}
WHEEL_URL = "https://a.example/research_digest-0.3.1-py3-none-any.whl"

needs_shell = pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git and a POSIX shell")


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("0.1.0", "~=0.1.0"),
        ("0.3", "~=0.3.0"),
        ("1.4.2", "~=1.4"),
        ("2.0", "~=2.0"),
        ("1.0rc1", "==1.0rc1"),
        ("0.2.0.dev3", "==0.2.0.dev3"),
        ("1.2.3+local", "==1.2.3+local"),
    ],
)
def test_only_versions_that_work_alike_are_installed_from_an_index(version: str, wanted: str) -> None:
    assert compatible_with(version) == wanted
    assert read_source(None, version) == Source(requirement=f"research-digest{wanted}")


@pytest.mark.parametrize(
    ("direct_url", "requirement"),
    [
        (
            {"url": "https://a.example/me/digest.git", "vcs_info": GIT},
            f"research-digest @ git+https://a.example/me/digest.git@{COMMIT}",
        ),
        (
            {"url": "https://me:secret@a.example/me/digest", "vcs_info": GIT, "subdirectory": "tool"},
            f"research-digest @ git+https://a.example/me/digest@{COMMIT}#subdirectory=tool",
        ),
        (
            {"url": "https://${USER}:${TOKEN}@a.example/me/digest", "vcs_info": GIT},
            "research-digest @ git+https://${USER}:${TOKEN}@a.example/me/digest@" + COMMIT,
        ),
        (
            {"url": WHEEL_URL, "archive_info": {"hash": "sha256=ab", "hashes": {"sha256": "ab"}}},
            f"research-digest @ {WHEEL_URL}#sha256=ab",
        ),
        ({"url": WHEEL_URL, "archive_info": {"hash": "sha256=ab"}}, f"research-digest @ {WHEEL_URL}#sha256=ab"),
        ({"url": WHEEL_URL, "archive_info": {}}, f"research-digest @ {WHEEL_URL}"),
    ],
)
def test_a_program_from_an_address_is_installed_from_there_as_it_was(
    direct_url: dict[str, object], requirement: str
) -> None:
    source = read_source(json.dumps(direct_url), "0.3.1")
    assert source == Source(requirement=requirement)
    assert write_requirements(source).splitlines()[1:] == [requirement]


def test_a_repository_that_needs_a_key_is_named_with_a_note() -> None:
    source = read_source(json.dumps({"url": "ssh://git@a.example/me/digest.git", "vcs_info": GIT}), "0.3.1")
    assert source.requirement == f"research-digest @ git+ssh://git@a.example/me/digest.git@{COMMIT}"
    assert source.note == "the machine that builds the site needs a key for a.example"


@pytest.mark.parametrize(
    "direct_url",
    [
        {"url": "file:///home/me/digest", "dir_info": {}},
        {"url": "file:///home/me/digest", "dir_info": {"editable": True}},
        {"url": "file:///home/me/digest", "vcs_info": GIT},
        {"url": "file:///home/me/research_digest-0.3.1-py3-none-any.whl", "archive_info": {}},
        {"no": "url"},
    ],
)
def test_a_place_that_no_other_machine_can_read_is_neither_required_nor_made_public(
    direct_url: dict[str, object],
) -> None:
    source = read_source(json.dumps(direct_url), "0.3.1")
    assert source.requirement == ""
    assert source.place
    text = write_requirements(source)
    assert all(line.startswith("#") for line in text.splitlines())
    assert "research-digest @ git+https://HOST/OWNER/REPOSITORY@COMMIT" in text
    assert "./wheels/research_digest-" in text
    assert "/home/me" not in text


def test_the_tests_run_from_a_folder() -> None:
    source = find_source()
    assert source.requirement == ""
    assert source.place == f"the folder {Path(digest.__file__).parents[2]}"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@needs_shell
@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://me:secret@a.example/me/digest.git", "https://a.example/me/digest.git"),
        ("git@a.example:me/digest.git", "https://a.example/me/digest.git"),
        ("ssh://git@a.example:2222/me/digest", "https://a.example/me/digest"),
        ("/srv/digest.git", "https://HOST/OWNER/REPOSITORY"),
    ],
)
def test_a_checkout_offers_the_address_of_its_repository_at_its_commit(
    tmp_path: Path, remote: str, address: str
) -> None:
    git(write_project(tmp_path, {"a": "a"}), "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "a")
    git(tmp_path, "remote", "add", "origin", remote)
    commit = find_origin(tmp_path)[1]
    source = read_source(json.dumps({"url": tmp_path.as_uri(), "dir_info": {}}), "0.3.1")
    assert source.choices[0] == f"research-digest @ git+{address}@{commit}"


@needs_shell
def test_the_default_branch_is_that_of_the_host_or_else_the_usual_one_or_the_present_one(tmp_path: Path) -> None:
    def branches() -> tuple[str, ...]:
        repository = find_repository(tmp_path)
        assert repository is not None
        return repository.branches

    git(write_project(tmp_path, {"a": "a"}), "init", "-q", "-b", "trunk")
    assert branches() == ("trunk", "main")  # hosts say to rename it before the first push
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "a")
    git(tmp_path, "branch", "master")
    assert branches() == ("master", "main")
    git(tmp_path, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    assert branches() == ("trunk",)
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert branches() == ("main",)
    git(tmp_path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert branches() == ("trunk",)
    git(tmp_path, "worktree", "add", "-q", str(tmp_path.parent / f"{tmp_path.name}-other"), "-b", "other")
    other = find_repository(tmp_path.parent / f"{tmp_path.name}-other" / "not-there-yet")
    assert other is not None
    assert other.root.name == f"{tmp_path.name}-other"


def test_a_folder_outside_a_repository_is_ready_for_the_usual_branches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "init.defaultBranch")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "trunk")
    assert find_repository(tmp_path) is None
    if shutil.which("git"):
        assert branches_of_new(tmp_path) == ("main", "trunk")
    monkeypatch.setenv("PATH", "")
    assert branches_of_new(tmp_path) == ("main", "master")
    assert find_repository(tmp_path) is None


@needs_shell
def test_the_workflow_of_a_site_in_a_subfolder_lies_at_the_root_of_the_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    made = run(tmp_path, "init", "docs/Reading Notes")
    assert made.exit_code == 0
    assert "../../.github/workflows/publish-docs-reading-notes.yml" in made.stdout.splitlines()
    assert f"the workflow is in {tmp_path}, the root of the repository" in made.stderr
    text = (tmp_path / ".github/workflows/publish-docs-reading-notes.yml").read_text("utf-8")
    assert 'working-directory: "docs/Reading Notes"' in text
    assert not (tmp_path / "docs/Reading Notes/.github").exists()
    again = run(tmp_path, "init", "docs/Reading Notes")
    assert (again.exit_code, again.stdout) == (2, "")


@needs_shell
def test_a_folder_that_the_repository_around_it_ignores_is_on_its_own(tmp_path: Path) -> None:
    git(write_project(tmp_path, {".gitignore": "*\n"}), "init", "-q")
    assert run(tmp_path, "init", "notebook").exit_code == 0
    assert (tmp_path / "notebook/.github/workflows/publish.yml").exists()


def test_requirements_of_other_programs_stay_and_those_that_name_digest_are_used(tmp_path: Path) -> None:
    project = write_project(tmp_path / "a", {"requirements.txt": "mkdocs\n"})
    assert "requirements-digest.txt" in run(project, "init").stdout.split()
    assert (project / "requirements.txt").read_text("utf-8") == "mkdocs\n"
    workflow = (project / ".github/workflows/publish.yml").read_text("utf-8")
    assert "install --requirement requirements-digest.txt" in workflow
    for line in ("research-digest~=0.1.0", "Research_Digest[dask] == 0.1.0", "./wheels/research_digest-0.1.0.whl"):
        project = write_project(tmp_path / line[:3].lower() / "b", {"requirements.txt": f"mkdocs\n{line}\n"})
        made = run(project, "init")
        assert (made.exit_code, "requirements" in made.stdout) == (0, False)
        assert "cannot read" not in made.stderr
        shutil.rmtree(project)


def test_annotations_name_paths_of_the_repository(tmp_path: Path) -> None:
    write_project(tmp_path / "docs/notes", {"notes/2024-03-19.txt": DAY.replace("#llm", "")})
    project = tmp_path / "docs/notes"
    for workspace, path in ((tmp_path, "docs/notes/notes/"), (project, "notes/"), (tmp_path / "other", "notes/")):
        result = run(project, "check", "--format", "github", env={"GITHUB_WORKSPACE": str(workspace)})
        assert result.stdout.startswith(f"::warning file={path}2024-03-19.txt,line=3")
    settings = write_project(project, {"digest.yaml": "titel: a\n"})
    result = run(settings, "build", env={"GITHUB_WORKSPACE": str(tmp_path), "GITHUB_ACTIONS": "true"})
    assert result.stdout.startswith("::error file=docs/notes/digest.yaml,line=1,col=1")
    assert run(settings, "build", env={"GITHUB_WORKSPACE": str(tmp_path)}).stdout.startswith("digest.yaml:1:1: error")


def push(project: Path, origin: Path, env: Mapping[str, str]) -> None:
    """Commit everything in a project and push it to a new repository."""
    script = f"git add -A && git commit -qm Begin && git clone -q --bare . '{origin}'"
    done = shell(project, script, env)
    assert done.returncode == 0, done.stderr


@needs_shell
@pytest.mark.package
@pytest.mark.parametrize("folder", [".", "docs/digest"])
def test_the_first_push_publishes_the_site_of_a_program_from_an_index(tmp_path: Path, wheel: Path, folder: str) -> None:
    here = new_environment(tmp_path / "here", wheel.parent)
    top = tmp_path / "project"
    top.mkdir()
    made = shell(top, f"git init -q -b trunk; pip install -q research-digest; digest init --language en {folder}", here)
    assert made.returncode == 0, made.stderr
    assert "cannot read" not in made.stderr
    project = top / folder
    assert (project / "requirements.txt").read_text("utf-8").endswith("\nresearch-digest~=0.1.0\n")
    push(top, tmp_path / "origin.git", here)

    runner = new_environment(tmp_path / "runner", wheel.parent)
    variables = {**runner, "BASE_URL": "https://a.example/repo", "GITHUB_OUTPUT": str(tmp_path / "outputs")}
    (workflow,) = (top / ".github/workflows").iterdir()
    text = workflow.read_text("utf-8")
    work = clone(tmp_path / "origin.git", tmp_path / "work", runner)
    done = Workflow(text).run("build", work, variables)
    assert done.returncode == 0, done.stdout + done.stderr
    home = (work / folder / "site/index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://a.example/repo/">' in home
    assert "lock=changed" in (tmp_path / "outputs").read_text("utf-8")

    broken = {"notes/2024-03-20.txt": "2024-03-20\nOwl\nIt sees in the dark.\n"}
    work = write_project(clone(tmp_path / "origin.git", work, runner) / folder, broken)
    done = Workflow(text, "pull_request").run("build", tmp_path / "work", with_digest(variables))
    place = "" if folder == "." else f"{folder}/"
    assert f"::warning file={place}notes/2024-03-20.txt,line=3,col=1,title=missing-tags::" in done.stdout


@needs_shell
@pytest.mark.package
def test_a_program_from_a_file_is_never_installed_by_its_name_and_the_author_learns_what_to_name(
    tmp_path: Path, wheel: Path
) -> None:
    env = new_environment(tmp_path / "environment", wheel.parent)
    project = tmp_path / "project"
    project.mkdir()
    made = shell(project, f"pip install -q '{wheel}'; digest init --language en", env)
    assert made.returncode == 0, made.stderr
    assert f"digest was installed from the file {wheel}, which GitHub cannot read" in made.stderr
    workflow = Workflow((project / ".github/workflows/publish.yml").read_text("utf-8"))
    variables = {**env, "BASE_URL": "https://a.example", "GITHUB_OUTPUT": str(tmp_path / "outputs")}
    refused = workflow.run("build", project, variables)
    assert (refused.returncode, refused.stderr) == (1, "")
    assert refused.stdout.startswith("::error file=requirements.txt,line=1::Name the place or the version")
    assert refused.stdout.count("\n") == 1

    write_project(project, {"requirements.txt": "research-digest\n"})
    assert workflow.run("build", project, variables).returncode == 1

    (project / "requirements.txt").unlink()
    assert workflow.run("build", project, variables).returncode == 1

    write_project(project, {f"wheels/{wheel.name}": wheel.read_bytes(), "requirements.txt": f"./wheels/{wheel.name}\n"})
    push_free = shell(project, "git init -q && git add -A && git commit -qm Begin", env)
    assert push_free.returncode == 0, push_free.stderr
    done = workflow.run("build", project, variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "site/index.html").exists()


@needs_shell
def test_the_first_build_in_a_repository_names_the_lines_that_gitignore_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    project = write_project(tmp_path / "blog", {"notes/2024-03-19.txt": DAY})
    assert "gitignore" not in run(project, "build").stderr
    git(tmp_path, "init", "-q")
    write_project(project, {"notes/2024-03-20.txt": DAY.replace("19일", "20일")})
    told = run(project, "build").stderr
    assert "git would commit what builds write: add `/.digest/` and `/site/` to .gitignore (said only once)\n" in told
    write_project(project, {"notes/2024-03-21.txt": DAY.replace("19일", "21일")})
    assert "gitignore" not in run(project, "build").stderr


@needs_shell
@pytest.mark.parametrize(
    ("ignored", "variables", "missing"),
    [
        ("/site/\n/.digest/\n", {}, ""),
        ("site\n.digest\n", {}, ""),
        ("*.log\n.*\n", {}, "`/site/`"),
        ("site/\n", {}, "`/.digest/`"),
        ("", {"CI": "true"}, ""),
    ],
)
def test_only_lines_that_are_missing_are_named_and_none_on_a_build_server(
    tmp_path: Path, ignored: str, variables: dict[str, str], missing: str
) -> None:
    git(write_project(tmp_path, {".gitignore": ignored, "notes/2024-03-19.txt": DAY}), "init", "-q")
    told = run(tmp_path, "build", env={"CI": None, **variables}).stderr
    assert (f"add {missing} to .gitignore" in told) if missing else ("gitignore" not in told)


@needs_shell
def test_a_site_that_is_in_the_repository_on_purpose_is_left_alone(tmp_path: Path) -> None:
    git(write_project(tmp_path, {"site/CNAME": "a.example", "notes/2024-03-19.txt": DAY}), "init", "-q")
    git(tmp_path, "add", "-A")
    told = run(tmp_path, "build", env={"CI": None}).stderr
    assert "add `/.digest/` to .gitignore" in told


def test_init_names_the_lines_that_a_gitignore_lacks(tmp_path: Path) -> None:
    write_project(tmp_path / "a", {".gitignore": "*.log\n/site/\n"})
    assert "add `/.digest/` to it" in run(tmp_path / "a", "init").stderr
    write_project(tmp_path / "b", {".gitignore": ".digest\nsite/\n"})
    assert "gitignore" not in run(tmp_path / "b", "init").stderr
