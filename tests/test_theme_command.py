"""`digest theme`: the list of the theme's files, and a file printed or copied."""

import os
import re
from pathlib import Path

import pytest

from digest.languages import TRANSLATED, translate
from digest.site.theme import read_packaged
from digest.site.theme_files import describe_files, find_files

from .project import DAY, run, write_project

THEME = read_packaged()


def test_every_file_of_the_theme_is_listed_with_what_it_is_for(tmp_path: Path) -> None:
    result = run(tmp_path, "theme")
    assert result.exit_code == 0
    listed = dict(line.strip().split(maxsplit=1) for line in result.stdout.splitlines())
    assert listed.keys() == THEME.keys()
    assert listed["own/head.html"] == "At the end of the head of every page."
    assert listed["static/js/keys.js"] == "Recognises keys on every keyboard layout."
    assert next(iter(listed)) == "404.html"


@pytest.mark.parametrize(("name", "description"), describe_files(THEME).items())
def test_a_description_is_one_short_sentence(name: str, description: str) -> None:
    assert description.endswith("."), name
    assert 10 < len(description) < 220, name
    assert not set(description) & set("{}\n"), name


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_description_is_translated(language: str) -> None:
    assert [name for name, text in describe_files(THEME).items() if translate(text, language) == text] == []


def test_the_list_is_in_the_language_of_messages(tmp_path: Path) -> None:
    korean = run(tmp_path, "theme", env={"DIGEST_LANG": "ko"}).stdout
    assert "  404.html " in korean
    assert " 없는 주소에 보이는 페이지\n" in korean
    assert not re.search(r" [A-Z][a-z]+ [a-z]+ [a-z]+", korean)


def test_files_that_the_project_replaces_are_marked(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "templates: own\n", "own/day.html": "mine"})
    result = run(tmp_path, "theme")
    assert [line.split()[1] for line in result.stdout.splitlines() if line.startswith("* ")] == ["day.html"]
    assert "*: own/ has a file of this name" in result.stderr


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("day.html", ["day.html"]),
        ("templates/day.html", ["day.html"]),
        ("css/digest.css", ["static/css/digest.css"]),
        ("digest.css", ["static/css/digest.css"]),
        ("footer.html", ["own/footer.html", "partials/footer.html"]),
        ("partials/footer.html", ["partials/footer.html"]),
        ("ay.html", []),
        ("", []),
    ],
)
def test_the_end_of_a_name_is_enough(wanted: str, found: list[str]) -> None:
    assert find_files(wanted, THEME) == found


@pytest.mark.parametrize("name", ["partials/words.html", "icon-192.png"])
def test_a_file_is_printed_as_it_is(tmp_path: Path, name: str) -> None:
    result = run(tmp_path, "theme", name)
    assert result.exit_code == 0
    assert result.stdout_bytes == THEME[find_files(name, THEME)[0]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["foter.html"], "the theme has no file `foter.html`; did you mean `partials/footer.html`?"),
        (["zzzzzzzzzz"], "the theme has no file `zzzzzzzzzz`; `digest theme` lists all files"),
        (
            ["footer.html"],
            "several files end with `footer.html`: `own/footer.html`, `partials/footer.html`; write more of the name",
        ),
        (["--copy"], "name the file to copy; `digest theme` lists all files"),
        (["day.html", "--force"], "--force belongs to --copy"),
    ],
)
def test_a_name_that_means_no_single_file_is_refused(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = run(tmp_path, "theme", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip().endswith(message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["day.html", "partials/footer.html", "static/css/digest.css", "static/icons/icon-192.png"]
)
def test_a_copy_keeps_its_path_and_changes_no_page(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    assert run(tmp_path, "build").exit_code == 0
    before = (tmp_path / "site/2024/03/19/index.html").read_bytes()
    result = run(tmp_path, "theme", name, "--copy")
    assert (result.exit_code, result.stdout) == (0, f"templates/{name}\n")
    assert (tmp_path / "templates" / name).read_bytes() == THEME[name]
    assert run(tmp_path, "build", "--strict").exit_code == 0
    assert (tmp_path / "site/2024/03/19/index.html").read_bytes() == before


def test_a_copy_replaces_a_file_only_by_force(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "templates: own\n", "own/day.html": "mine"})
    refused = run(tmp_path, "theme", "day.html", "--copy")
    assert refused.exit_code == 2
    assert "own/day.html already exists; nothing was changed. --force replaces it" in refused.stderr
    assert (tmp_path / "own/day.html").read_text("utf-8") == "mine"
    assert run(tmp_path, "theme", "day.html", "--copy", "--force").exit_code == 0
    assert (tmp_path / "own/day.html").read_bytes() == THEME["day.html"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("place", ["templates", "templates/day.html"])
def test_a_copy_follows_no_link_out_of_the_project(tmp_path: Path, place: str) -> None:
    outside = write_project(tmp_path / "outside", {"day.html": "theirs"})
    link = tmp_path / "project" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside / "day.html" if place.endswith(".html") else outside)
    result = run(tmp_path / "project", "theme", "day.html", "--copy", "--force")
    assert result.exit_code == 2
    assert "leads out of the project" in result.stderr
    assert (outside / "day.html").read_text("utf-8") == "theirs"
