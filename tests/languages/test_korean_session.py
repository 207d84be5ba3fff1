"""A session in Korean: what commands print about mistakes is Korean, all of it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.installed import Source, write_requirements
from digest.workflow import Publication, write_workflow
from tests.project import NO_VARIABLES, run, write_project

KOREAN = {"DIGEST_LANG": "ko"}
QUOTED = re.compile(
    r"`[^`]*`|'[^']*'|\"[^\"]*\"|\[[^\]]*\]|\S*[/\\]\S*|\S+\.(?:txt|md|yaml|html|lock)\S*|GitHub (?:Actions|Pages)|pull request"
)
"""Names in quotes, codes, and paths stay as they are written."""
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")

NOTE = "2026년 11월 25일\n부엉이의 밤\n밤새 울었다.\n#부엉이\n"

WRONG_USAGE = [
    ["-C"],
    ["new", "-C"],
    ["-C", "nowhere", "check"],
    ["--config", "none.yaml", "build"],
    ["frob"],
    ["build", "--frob"],
    ["build", "--workers", "0"],
    ["build", "--workers", "x"],
    ["build", "--format", "x"],
    ["build", "--base-url", "foo"],
    ["build", "--base-url", "https://예시.한국/"],
    ["build", "--output", "/"],
    ["build", "--output", ".."],
    ["build", "extra"],
    ["check", "nofile"],
    ["check", "-", "--links"],
    ["import", "nowhere"],
    ["import", "notes"],
    ["import", "notes", "--into", "../out"],
    ["redirects"],
    ["new", "13월 1일"],
    ["serve", "--port", "x"],
    ["serve", "--base-url", "foo"],
    ["tags", "merge", "a"],
    ["tags", "merge", "a", "--into", "b"],
    ["tags", "frob"],
    ["theme", "none.html"],
    ["theme", "extra", "more"],
    ["export", "none"],
    ["init"],
    ["init", "--from", "nowhere"],
]

WRONG_SETTINGS = [
    "titel: x",
    "home_days: 많이",
    "home_days: 0",
    "offline: 아니오",
    "per_page: [1]",
    "language: kr",
    "dates: gitt",
    "utc_offset: 9",
    "kinds:\n  발표: {tags: [a]}",
    "kinds: 발표",
    "csp:\n  font-source: [self]",
    "csp:\n  foo: [self]",
    "csp:\n  img-src: [http://a.example]",
    "csp:\n  img-src: ['*']",
    "plugins: [1x]",
    "search: off",
    "title: 가: 나",
    "title:가",
    "exclude: a\nexclude: b",
    "aliases: {a: [b], b: [c]}",
    "redirects: {old: /new/}",
    "base_url: foo",
    "notes: ..",
    "output: notes",
    "notes: 글",
]

TEMPLATES = [
    "{{ site.titel }}",
    "{{ sit }}",
    "{{ site.title|uper }}",
    "{% if site %}x",
    "{% iff %}",
    "{% endif %}",
    "{% include 'none.html' %}",
    "{{ asset('none.css') }}",
    "{{ site",
]


def find_english(text: str) -> list[str]:
    return [line for line in text.splitlines() if ENGLISH.search(QUOTED.sub("", line.split(": error[")[-1]))]


def test_english_is_found_outside_quotes_alone() -> None:
    assert find_english("3 notes were read") == ["3 notes were read"]
    assert find_english("`two words`가 없습니다\na.txt:3: 'x y'") == []


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_is_explained_in_korean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    write_project(tmp_path, {"digest.yaml": "language: ko\n", "notes/a.txt": NOTE})
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, arguments, env={**NO_VARIABLES, **KOREAN}, catch_exceptions=False)
    assert result.exit_code
    assert find_english(re.sub(r"^사용법: .*$", "", result.output, flags=re.MULTILINE)) == []
    assert re.search("[가-힣]", result.output)


@pytest.mark.parametrize("settings", WRONG_SETTINGS)
def test_a_mistake_in_the_settings_is_explained_in_korean(tmp_path: Path, settings: str) -> None:
    write_project(tmp_path, {"digest.yaml": f"{settings}\n", "notes/a.txt": NOTE})
    result = run(tmp_path, "check", env=KOREAN)
    assert result.exit_code
    assert find_english(result.output) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_mistake_in_a_template_is_explained_in_korean(tmp_path: Path, template: str) -> None:
    write_project(tmp_path, {"notes/a.txt": NOTE, "templates/day.html": template})
    result = run(tmp_path, "build", "--workers", "1", env=KOREAN)
    assert result.exit_code == 1
    assert find_english(result.output) == []


def test_comments_in_files_that_publish_a_korean_site_are_korean() -> None:
    unnamed = write_requirements(Source(place="the folder /x"), "ko")
    named = write_requirements(Source(requirement="research-digest~=1.0"), "ko")
    workflow = write_workflow(Publication(), "ko")
    comments = re.findall(r"(?:^|\s)# (?!v\d)(.+)|::error .*::(.+)", unnamed + named + workflow)
    assert len(comments) > 9
    assert find_english("\n".join(map("".join, comments))) == []


def test_the_workflow_does_the_same_in_every_language() -> None:
    import yaml

    def steps(language: str) -> object:
        text = re.sub(r"::error .*", "", write_workflow(Publication(), language))
        return yaml.safe_load(text)

    assert steps("ko") == steps("en")


def test_the_summary_of_an_import_is_korean(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/a.txt": NOTE, "vault/.obsidian/app.json": "{}", "vault/b.md": "# b\n\n글\n\n#새\n"})
    for more in (["--dry-run"], []):
        result = run(tmp_path, "import", str(tmp_path / "vault"), "--from", "hugo", *more, env=KOREAN)
        assert find_english(result.output) == []
