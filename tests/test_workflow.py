"""The workflow of new projects: its form, and its steps, run here against a repository of this machine."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.workflow import Publication, write_workflow

from .packages import Workflow
from .project import DAY, run, write_project

ROOT = Path(__file__).parents[1]
TEXT = write_workflow(Publication())
WHOLE: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, Any] = WHOLE["jobs"]
AUTHOR = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a.example", "GIT_CONFIG_GLOBAL": os.devnull}

needs_git = pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git and a POSIX shell")


def test_each_job_has_only_the_permissions_that_it_needs() -> None:
    assert WHOLE["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read", "pages": "read"},
        "publish": {"pages": "write", "id-token": "write"},
        "remember": {"contents": "write"},
    }
    assert JOBS["build"]["steps"][0]["with"]["persist-credentials"] is False
    assert [name for name, job in JOBS.items() if "digest build" in str(job)] == ["build"]


def test_the_lock_is_committed_only_after_the_site_was_published_and_starts_no_other_run() -> None:
    assert JOBS["remember"]["needs"] == ["build", "publish"]
    assert JOBS["remember"]["if"] == "needs.build.outputs.lock == 'changed' && github.ref_type == 'branch'"
    assert "[skip ci]" in JOBS["remember"]["steps"][-1]["run"]


def test_a_pull_request_is_built_and_checked_and_neither_published_nor_waits_for_what_is() -> None:
    assert "pull_request" in WHOLE[True]
    assert JOBS["publish"]["if"] == "github.event_name != 'pull_request'"
    assert JOBS["remember"]["needs"] == ["build", "publish"]  # a job whose needs were skipped is skipped
    scripts = dict(Workflow(TEXT, "pull_request").scripts("build", {}))
    assert scripts.popitem()[1] == "digest check --links\ndigest build --format text\n"
    assert WHOLE["concurrency"] == {
        "group": "${{ github.event_name == 'pull_request' && github.ref || 'pages' }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }
    unpublished = [step for step in JOBS["build"]["steps"] if "pages" in step.get("uses", "")]
    assert [step["if"] for step in unpublished] == ["github.event_name != 'pull_request'"] * 2


def test_the_cache_of_the_program_is_kept_between_runs() -> None:
    (cache,) = (step for step in JOBS["build"]["steps"] if step.get("uses", "").startswith("actions/cache@"))
    assert cache["with"]["path"] == ".digest"
    assert cache["with"]["key"].startswith(cache["with"]["restore-keys"])


def test_the_job_that_commits_can_be_deleted_as_its_comment_says() -> None:
    kept = yaml.safe_load(TEXT[: TEXT.index("  # Commits digest.lock")])
    assert list(kept["jobs"]) == ["build", "publish"]
    assert not any("remember" in str(job.get("needs")) for job in kept["jobs"].values())


def test_every_action_is_pinned_by_a_commit_as_in_the_workflows_of_this_project() -> None:
    used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]
    assert len(used) == 9
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action) for action in used)
    own = "".join(path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml"))
    pins = dict(re.findall(r"uses: ([\w/-]+)@([0-9a-f]{40})", own))
    for name, commit in (action.split("@") for action in used):
        assert pins.get(name, commit) == commit


def test_nothing_is_written_into_a_script_by_the_host() -> None:
    scripts = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]
    assert len(scripts) == 5
    assert not any("${{" in script for script in scripts)


def test_the_folder_the_branches_and_the_history_are_those_of_the_project() -> None:
    made = write_workflow(Publication(output="digest-site", branches=("trunk/x", "main"), whole_history=True))
    other = yaml.safe_load(made)
    assert other[True]["push"]["branches"] == ["trunk/x", "main"]
    steps = other["jobs"]["build"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    assert {"path": "digest-site"} in [step.get("with") for step in steps]
    assert JOBS["build"]["steps"][0]["with"]["fetch-depth"] == 1


def test_every_path_of_a_project_in_a_subfolder_begins_with_it() -> None:
    publication = Publication(folder="my notes/digest", requirements="requirements-digest.txt")
    other = yaml.safe_load(write_workflow(publication))
    assert publication.path == ".github/workflows/publish-my-notes-digest.yml"
    assert other["defaults"] == {"run": {"working-directory": "my notes/digest"}}
    steps = other["jobs"]["build"]["steps"]
    paths = [value for step in steps for name, value in step.get("with", {}).items() if name.endswith("path")]
    assert paths == [
        "my notes/digest/requirements-digest.txt",
        "my notes/digest/.digest",
        "my notes/digest/site",
        "my notes/digest/digest.lock",
    ]
    install = next(step["run"] for step in steps if "pip install" in step.get("run", ""))
    assert "file=my notes/digest/requirements-digest.txt" in install
    assert "pip install --requirement requirements-digest.txt\n" in install
    assert Publication(folder="노트").path == ".github/workflows/publish-digest.yml"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **AUTHOR, "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@a.example"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


class Runner:
    """Runs the steps of jobs as the host does: each job in a clone of its own."""

    def __init__(self, folder: Path, origin: Path) -> None:
        self.folder = folder
        self.origin = origin
        self.outputs = folder / "outputs"
        tools = folder / "tools"
        tools.mkdir()
        (tools / "digest").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m digest "$@"\n', "utf-8")
        (tools / "digest").chmod(0o755)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"},
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GITHUB_OUTPUT": str(self.outputs),
        }

    def clone(self, name: str, commit: str = "main") -> Path:
        work = self.folder / name
        shutil.rmtree(work, ignore_errors=True)
        git(self.folder, "clone", "-q", str(self.origin), name)
        git(work, "checkout", "-q", commit)
        return work

    def run(self, job: str, work: Path, **environment: str) -> None:
        for _, script in Workflow(TEXT).scripts(job, {}):
            if "pip install" not in script:
                command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
                subprocess.run(
                    command, cwd=work, env={**self.environment, **environment}, check=True, capture_output=True
                )

    def build(self) -> dict[str, str]:
        """Run the first job and return its outputs."""
        self.outputs.write_text("", "utf-8")
        self.run("build", self.clone("build"), BASE_URL="https://user.example/repo")
        return dict(line.split("=", 1) for line in self.outputs.read_text("utf-8").splitlines())

    def remember(self, outputs: dict[str, str]) -> None:
        """Run the last job if the host would."""
        if outputs.get("lock") == "changed":
            built = self.folder / "built.lock"
            shutil.copy(self.folder / "build/digest.lock", built)
            self.run("remember", self.clone("remember", outputs["commit"]), BRANCH="main", BUILT=str(built))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Make a project, and the repository that it is pushed to."""
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "-q", "-b", "main")
    assert run(tmp_path, "init", "project").exit_code == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "Begin")
    git(tmp_path, "clone", "-q", "--bare", str(project), "origin.git")
    git(project, "remote", "add", "origin", str(tmp_path / "origin.git"))
    assert (project / Publication().path).read_text("utf-8") == write_workflow(Publication(), "ko")
    return Runner(tmp_path, tmp_path / "origin.git")


def push_note(runner: Runner, name: str, text: str) -> None:
    """Push a note from elsewhere, such as a phone, where nothing was built."""
    work = runner.clone("phone")
    write_project(work, {f"notes/{name}": text})
    git(work, "add", "-A")
    git(work, "commit", "-qm", name)
    git(work, "push", "-q", "origin", "main")


def remembered(runner: Runner) -> str:
    return git(runner.origin, "show", "main:digest.lock")


@needs_git
def test_a_note_from_a_phone_is_remembered_once_its_site_is_published(runner: Runner) -> None:
    outputs = runner.build()
    assert outputs["lock"] == "changed"
    runner.remember(outputs)
    push_note(runner, "2024-03-19.txt", DAY)
    runner.remember(runner.build())
    assert "2024/03/19/grok-1 " in remembered(runner)
    assert git(runner.origin, "show", "--format=%an %s", "--name-only", "main").split("\n\n") == [
        "github-actions[bot] Remember the addresses of the site [skip ci]",
        "digest.lock",
    ]
    assert (runner.folder / "build/site/feed.xml").read_text("utf-8").count(
        "tag:user.example,2024-03-19:repo:grok-1"
    ) == 1


@needs_git
def test_a_run_with_nothing_new_to_remember_commits_nothing(runner: Runner) -> None:
    runner.remember(runner.build())
    before = git(runner.origin, "rev-parse", "main")
    outputs = runner.build()
    assert outputs == {"commit": before}


@needs_git
def test_what_was_pushed_meanwhile_is_kept_beside_what_the_run_remembers(runner: Runner) -> None:
    runner.remember(runner.build())
    push_note(runner, "2024-03-19.txt", DAY)
    outputs = runner.build()
    # Meanwhile somebody pushes a note together with the lock of a build.
    work = runner.clone("desk")
    write_project(work, {"notes/2024-03-20.txt": "2024-03-20\nOwl\nIt sees in the dark.\n#birds\n"})
    assert run(work, "build", "--base-url", "https://user.example/repo/").exit_code == 0
    git(work, "add", "-A")
    git(work, "commit", "-qm", "Owl")
    git(work, "push", "-q", "origin", "main")
    runner.remember(outputs)
    assert {"2024/03/19/grok-1", "2024/03/20/owl"} <= {line.split()[0] for line in remembered(runner).splitlines()}
    assert "<<<<" not in remembered(runner)
    runner.remember(runner.build())
    lines = remembered(runner).splitlines()
    assert len(lines) == len({line.split()[0] for line in lines if not line.startswith("#")}) + 2


@needs_git
def test_two_branches_that_add_to_one_day_merge_without_a_conflict(runner: Runner) -> None:
    work = runner.clone("merge")
    write_project(work, {"notes/2024-03-19.txt": DAY})
    git(work, "add", "-A")
    git(work, "commit", "-qm", "Day")
    git(work, "checkout", "-qb", "other")
    write_project(work, {"notes/2024-03-19.txt": f"{DAY}\nOwl\nIt sees in the dark.\n#birds\n"})
    git(work, "commit", "-qam", "Owl")
    git(work, "checkout", "-q", "main")
    write_project(work, {"notes/2024-03-19.txt": f"{DAY}\nWren\nIt is small.\n#birds\n"})
    git(work, "commit", "-qam", "Wren")
    git(work, "merge", "-q", "other", "-m", "Merge")
    text = (work / "notes/2024-03-19.txt").read_text("utf-8")
    assert "Owl" in text
    assert "Wren" in text
    assert "<<<<" not in text
