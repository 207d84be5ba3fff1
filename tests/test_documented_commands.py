"""Every command line in the documentation: it is a command that there is, and as far as this needs no network, it works."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner, Result

from digest.cli import main

from .conftest import copy_golden
from .project import NO_VARIABLES, run, write_project

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]

_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:[A-Z_]+=\S+ )*digest [^`\n]+)`")
_START = re.compile(r"^\s*(?:- )?(?:run: |\$ )?")
_VARIABLE = re.compile(r"\$(?:\{\{.*?\}\}|\{\w+\}|\w+)")
"""A variable of a shell or of a workflow. Those in arguments hold the address of the site."""
_SYNOPSIS = re.compile(r"\[?[A-Z]{2,}(?:\.\.\.|…)?\]?|\.\.\.|…")
"""An argument that stands for others, such as `FOLDER`, `[DATE]` and `TAG...`."""


class Line(NamedTuple):
    """A command line of the documentation: its variables, its arguments, and the file that its output goes to."""

    page: str
    words: tuple[str, ...]
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def arguments(self) -> list[str]:
        """The words behind `digest`."""
        return list(self.words[1:])

    @property
    def is_synopsis(self) -> bool:
        """True if a word stands for others."""
        return any(_SYNOPSIS.fullmatch(word) for word in self.words)


def read_lines(page: str, script: str) -> Iterator[Line]:
    """Yield the simple commands of a script that are `digest`, and `cd`, which the next ones need."""
    for written in script.split("\n"):
        for part in re.split(r"&&|\|\||[|;]", _START.sub("", written)):
            try:
                words = shlex.split(_VARIABLE.sub("https://site.example", part), comments=True)
            except ValueError:  # it is no shell
                continue
            variables = []
            while words and re.fullmatch(r"[A-Z][A-Z_]*=.*", words[0]):
                name, _, value = words.pop(0).partition("=")
                variables.append((name, value))
            words = words[: next((n for n, word in enumerate(words) if re.match(r"[12]?>|<", word)), len(words))]
            if words[:3] == ["python", "-m", "digest"]:
                words[:3] = ["digest"]
            if words and words[0] in ("digest", "cd"):
                yield Line(page, tuple(words), tuple(variables))


def find_scripts() -> Iterator[tuple[Line, ...]]:
    """Yield the commands of each block of code, and each command in a sentence."""
    for page in PAGES:
        name, text = page.relative_to(ROOT).as_posix(), page.read_text("utf-8")
        for block in _BLOCK.findall(text):
            lines = tuple(read_lines(name, block))
            if any(line.words[0] == "digest" for line in lines):
                yield lines
        for inline in _INLINE.findall(_BLOCK.sub("", text)):
            yield from ((line,) for line in read_lines(name, inline))


SCRIPTS = list(dict.fromkeys(find_scripts()))


def label(script: tuple[Line, ...]) -> str:
    return f"{script[0].page}: {' && '.join(' '.join(line.words) for line in script)}"


def test_the_documentation_has_command_lines() -> None:
    known = {line.arguments[0] for script in SCRIPTS for line in script if line.words[0] == "digest"}
    assert known >= {"build", "serve", "check", "enrich", "redirects", "export", "import", "tags", "new", "init"}


@pytest.mark.parametrize("script", SCRIPTS, ids=label)
def test_a_documented_command_exists(script: tuple[Line, ...]) -> None:
    for line in script:
        if line.words[0] == "digest":
            context = click.Context(main)
            name = next((word for word in line.words[1:] if word in main.list_commands(context)), None)
            assert name or {"--help", "--version", "COMMAND"} & set(line.words), line


def runs_here(line: Line) -> bool:
    """Return True for a command that needs no network, ends by itself, and is more than the mention of a name."""
    needs_more = {"serve", "--external", "--scheduler"} & set(line.words)
    is_asking = "enrich" in line.words and "--dry-run" not in line.words
    is_name = line.words[1:] in (
        ("redirects",),
        ("export",),
        ("import",),
        ("init", "--from"),
        ("tags", "merge"),
        ("init", "--language"),
    )
    return not (needs_more or is_asking or is_name or line.is_synopsis)


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    """Make a folder with everything that the documentation's commands name."""
    copy_golden(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tagged = "2024-03-18\n등대\n불빛에 대한 글입니다.\n#lm\n등대지기\n또 하나의 글입니다.\n#language_model\n"
    return write_project(
        tmp_path,
        {
            "notes/2024-03-18.txt": tagged,
            "digest.en.yaml": "language: en\n",
            "my-vault/2024-03-19.md": "# 등대\n\n불빛에 대한 글입니다.\n",
            "my-digest/.keep": "",
            "ChatExport_2024-03-19/result.json": '{"type": "public_channel", "messages": []}',
            "my-blog/_config.yml": "title: 등대\n",
            "my-blog/_posts/2024-03-19-lamp.md": "---\ntitle: 등대\n---\n불빛에 대한 글입니다.\n",
            "papers/README.md": "# 2024-03-19\n\n- [등대](https://lamp.example/)\n",
        },
    )


@pytest.mark.parametrize(
    "script",
    [script for script in SCRIPTS if any(runs_here(line) for line in script if line.words[0] == "digest")],
    ids=label,
)
def test_a_documented_command_works(sandbox: Path, script: tuple[Line, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sandbox)
    if script[0].arguments[:1] == ["init"] and script[0].words[2:3] in ((".",), ()):
        monkeypatch.chdir("my-vault")
    for line in script:
        if line.words[0] == "cd":
            monkeypatch.chdir(line.words[1])
        elif runs_here(line):
            if "--frozen" in line.words:  # digest.lock is committed by then
                invoke(Line("", ("digest", "build")))
            result = invoke(line)
            assert result.exit_code == 0, result.output


def invoke(line: Line) -> Result:
    """Run a command line in the present folder, with a note on its standard input."""
    env = {**NO_VARIABLES, "EDITOR": "true", **dict(line.variables)}
    note = "2024-03-20\n등대\n불빛에 대한 글입니다.\n#빛\n"
    return CliRunner().invoke(main, line.arguments, env=env, input=note, catch_exceptions=False)


EXIT_CODES = [
    (("build",), "2024-03-19\n등대\n글입니다.\n#빛\n", 0),
    (("check",), "2024-03-19\n등대\n글입니다.\n", 0),
    (("check", "--strict"), "2024-03-19\n등대\n글입니다.\n", 1),
    (("build", "--strict"), "2024-03-19\n등대\n글입니다.\n", 1),
    (("check",), "2024-02-30\n등대\n글입니다.\n#빛\n", 1),
    (("export", "ndjson"), "<<<<<<< HEAD\n등대\n=======\n등불\n>>>>>>> main\n", 1),
    (("redirects", "--format", "json"), "2024-03-19\n등대\n글입니다.\n#빛\n", 0),
    (("build", "--colour"), "", 2),
    (("build", "--base-url", "nowhere"), "", 2),
    (("export", "sqlite"), "2024-03-19\n등대\n글입니다.\n#빛\n", 2),
    (("new", "soon"), "", 2),
    (("-C", "nowhere", "build"), "", 2),
]


@pytest.mark.parametrize(("arguments", "note", "code"), EXIT_CODES)
def test_exit_codes_are_those_of_the_documentation(
    tmp_path: Path, arguments: tuple[str, ...], note: str | bytes, code: int
) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": note})
    assert run(tmp_path, *arguments).exit_code == code


def test_a_mistake_in_the_settings_exits_with_2_and_prints_to_standard_output(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": "2024-03-19\n등대\n글입니다.\n#빛\n", "digest.yaml": "titel: a\n"})
    for command in (("build",), ("check",), ("export", "csv"), ("tags",), ("new",), ("redirects", "--format", "caddy")):
        result = run(tmp_path, *command)
        assert (result.exit_code, result.stdout.startswith("digest.yaml:1:1: error[config] ")) == (2, True), command
