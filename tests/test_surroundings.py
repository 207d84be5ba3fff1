"""The same notes give the same bytes in any locale and at any optimisation level of Python."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from .conftest import copy_golden
from .project import DAY, read_tree, write_project

WITHOUT_UTF8 = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
EMOJI = f"{DAY}A 🗼 and a [[lighthouse 🗼 without a note]]\n#x\n"


def run_digest(
    folder: Path, *arguments: str, options: tuple[str, ...] = (), env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a new process, without the locale of this one."""
    cleared = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "GITHUB_ACTIONS", "PYTHONUTF8", "PYTHONIOENCODING")
    surroundings = {name: value for name, value in os.environ.items() if name not in cleared}
    command = [sys.executable, *options, "-m", "digest", *arguments]
    return subprocess.run(command, cwd=folder, env=surroundings | dict(env or {}), capture_output=True, check=False)


@pytest.fixture(scope="module")
def euc_kr(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Compile a locale whose encoding is EUC-KR and return the variables that select it."""
    if shutil.which("localedef") is None:
        pytest.skip("there is no localedef to compile a locale with")
    folder = tmp_path_factory.mktemp("locales")
    command = ["localedef", "--no-archive", "-i", "ko_KR", "-f", "EUC-KR", str(folder / "ko_KR.euckr")]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("localedef has no sources for ko_KR in EUC-KR")
    return {"LOCPATH": str(folder), "LC_ALL": "ko_KR.euckr", **WITHOUT_UTF8}


def assert_golden(golden_project: Path, folder: Path, *, options: tuple[str, ...] = (), env: Mapping[str, str]) -> None:
    copy_golden(folder)
    done = run_digest(folder, "build", options=options, env=env)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    built, wanted = read_tree(folder / "site"), read_tree(golden_project / "site")
    assert built.keys() == wanted.keys()
    assert [name for name, content in built.items() if content != wanted[name]] == []


@pytest.mark.parametrize("level", ["-O", "-OO"])
def test_a_build_without_assertions_and_docstrings_gives_the_same_bytes(
    golden_project: Path, tmp_path: Path, level: str
) -> None:
    assert_golden(golden_project, tmp_path, options=(level,), env={})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no locales in the environment")
@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "C", **WITHOUT_UTF8}], ids=["plain", "without UTF-8"])
def test_a_build_in_the_c_locale_gives_the_same_bytes(
    golden_project: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    assert_golden(golden_project, tmp_path, env=env)


def test_a_build_in_an_euc_kr_locale_gives_the_same_bytes(
    golden_project: Path, tmp_path: Path, euc_kr: dict[str, str]
) -> None:
    assert_golden(golden_project, tmp_path, env=euc_kr)


def test_messages_use_the_encoding_of_the_terminal_and_escapes(tmp_path: Path, euc_kr: dict[str, str]) -> None:
    write_project(tmp_path, {"notes/등대.txt": EMOJI})
    done = run_digest(tmp_path, "check", env=euc_kr)
    assert done.returncode == 0
    assert "notes/등대.txt:" in done.stdout.decode("euc_kr")
    assert r"lighthouse \U0001f5fc without" in done.stdout.decode("euc_kr")


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "utf-8"])
def test_problems_as_json_can_be_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    write_project(tmp_path, {"notes/등대.txt": EMOJI})
    done = run_digest(tmp_path, "check", "--format", "json", env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    problems = json.loads(done.stdout.decode(encoding))
    assert {problem["path"] for problem in problems} == {"notes/등대.txt"}
    assert all("lighthouse 🗼 without" in problem["message"] for problem in problems)


def test_a_program_in_an_euc_kr_locale_is_told_to_use_utf8(tmp_path: Path, euc_kr: dict[str, str]) -> None:
    """A program can't be started again, and file names would be taken for others."""
    write_project(tmp_path, {"notes/등대.txt": DAY})
    script = "import sys, digest; print(digest.build(sys.argv[1]).entries)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))} | euc_kr
    command = [sys.executable, "-c", script, str(tmp_path)]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="euc_kr", check=False)
    assert "RuntimeError: Python takes file names for euc_kr here: start it with `-X utf8`" in refused.stderr
    assert not (tmp_path / "site").exists()
    done = subprocess.run([*command[:1], "-X", "utf8", *command[1:]], env=environment, capture_output=True, check=True)
    assert done.stdout == b"1\n"


@pytest.mark.parametrize("command", [[], ["build"], ["serve"], ["init"]])
def test_the_help_needs_no_docstrings(tmp_path: Path, command: list[str]) -> None:
    helps = [run_digest(tmp_path, *command, "--help", options=level).stdout for level in ((), ("-OO",))]
    assert helps[0] == helps[1]
