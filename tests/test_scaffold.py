"""`digest init` creates a project that is ready to build and publish, and never overwrites a file."""

import re
from pathlib import Path

import pytest
import yaml

from digest.config import Config, parse_config
from digest.languages import LANGUAGES

from .project import read_tree, run, write_project


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_project_builds_without_problems(tmp_path: Path, language: str) -> None:
    result = run(tmp_path, "init", "--language", language)
    assert result.exit_code == 0
    made = sorted(read_tree(tmp_path))
    assert result.stdout.split() == made
    assert [name for name in made if not name.startswith("notes/")] == [
        ".github/workflows/publish.yml",
        ".gitignore",
        "digest.yaml",
    ]
    built = run(tmp_path, "build", "--strict")
    assert (built.exit_code, built.stdout) == (0, "")
    assert f'<html lang="{language}">' in (tmp_path / "site/index.html").read_text("utf-8")
    assert run(tmp_path, "check", "--strict", "--links").exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_that_are_commented_out_are_valid(tmp_path: Path, language: str) -> None:
    run(tmp_path, "init", "--language", language)
    text = (tmp_path / "digest.yaml").read_text("utf-8")
    config, mistakes = parse_config(re.sub(r"^# (?=\s*\w+:)", "", text, flags=re.MULTILINE).encode())
    assert mistakes == ()
    assert config.language == language
    default = Config()
    for name in ("utc_offset", "home_days", "per_page", "feed_entries"):
        assert f"# {name}: " in text
        assert getattr(config, name) == getattr(default, name)
    for name in ("notes_language", "base_url", "exclude", "aliases", "kinds", "search"):
        assert getattr(config, name) != getattr(default, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_note_has_an_entry_with_a_tag(tmp_path: Path, language: str) -> None:
    run(tmp_path, "init", "my-digest", "--language", language)
    project = tmp_path / "my-digest"
    assert run(project, "build").stderr.startswith("1 entry, ")
    assert (project / "site/tags/digest/index.html").exists()


def test_the_workflow_is_yaml_that_builds_with_the_address_of_the_pages(tmp_path: Path) -> None:
    run(tmp_path, "init")
    workflow = yaml.safe_load((tmp_path / ".github/workflows/publish.yml").read_text("utf-8"))
    steps = [step.get("run") for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    assert steps == [
        "pip install research-digest",
        'digest build --base-url "${{ steps.pages.outputs.base_url }}/"',
    ]
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}


@pytest.mark.parametrize("name", ["digest.yaml", ".github/workflows/publish.yml"])
def test_an_existing_file_is_kept_and_nothing_else_is_written(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {name: "mine"})
    result = run(tmp_path, "init")
    assert (result.exit_code, result.stderr) == (2, f"digest: {name} already exists; nothing was changed\n")
    assert read_tree(tmp_path) == {name: b"mine"}


def test_an_existing_ignore_file_is_kept(tmp_path: Path) -> None:
    write_project(tmp_path, {".gitignore": "*.log\n"})
    assert run(tmp_path, "init").exit_code == 0
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*.log\n"


VAULT = {
    "240319 Grok-1.md": "xAI에서 Grok-1을 공개했습니다. 314B 모델이네요.\n\n#llm\n",
    "README.md": "# My vault\n",
    ".obsidian/app.json": "{}",
    "templates/daily.md": "{{date}}\n",
}


def test_a_vault_can_be_the_project_folder_and_nothing_is_copied(tmp_path: Path) -> None:
    write_project(tmp_path, VAULT)
    before = read_tree(tmp_path)
    assert run(tmp_path, "init", "--from", str(tmp_path)).exit_code == 0
    built = run(tmp_path, "build", "--strict")
    assert (built.exit_code, built.stdout) == (0, "")
    assert (tmp_path / "site/2024/03/19/grok-1/index.html").exists()
    after = read_tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert run(tmp_path, "build", "--strict").stderr.startswith("1 entry, ")


def test_a_vault_inside_the_project_becomes_its_notes_folder(tmp_path: Path) -> None:
    write_project(tmp_path / "vault", {"240319 Grok-1.md": VAULT["240319 Grok-1.md"]})
    assert run(tmp_path, "init", "--from", str(tmp_path / "vault")).exit_code == 0
    assert run(tmp_path, "build", "--strict").stderr.startswith("1 entry, ")


def test_a_vault_outside_the_project_is_refused_with_a_hint(tmp_path: Path) -> None:
    vault = write_project(tmp_path / "vault", VAULT)
    result = run(tmp_path, "init", "project", "--from", str(vault))
    assert result.exit_code == 2
    assert f"digest init {vault} --from {vault}" in result.stderr
    assert not (tmp_path / "project").exists()
