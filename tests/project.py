"""Small projects on disk for tests, and the command line run on them."""

import os
from collections.abc import Mapping
from math import inf
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner, Result

from digest.cli import main
from digest.config import load_config
from digest.parallel.workers import Workers
from digest.pipeline.build import Options, Project, Report, build

NO_VARIABLES: Mapping[str, str | None] = {
    **{
        name: None for name in os.environ if name.startswith("DIGEST_") and name not in ("DIGEST_CORPUS", "DIGEST_LANG")
    },
    "DIGEST_LANG": "en",
    **dict.fromkeys(("GITHUB_ACTIONS", "EDITOR", "VISUAL", "NO_COLOR", "FORCE_COLOR")),
}
"""Removes from the environment whatever would change the output of a command. Messages are in English."""
DAY = """\
2024년 3월 19일
Grok-1
xAI에서 Grok-1의 Weight를 공개했습니다. 314B 모델이네요.
#llm
"""


def write_project(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by their path below a folder, in the given order, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def run(folder: Path, *arguments: str, env: Mapping[str, str | None] | None = None) -> Result:
    """Run a command on a project. Exceptions that the command doesn't catch are raised."""
    quiet = {**NO_VARIABLES, "EDITOR": "true", **(env or {})}
    with patch("digest.progress.SLOW_SECONDS", inf):  # a busy machine shows no progress
        return CliRunner().invoke(main, ["-C", str(folder), *arguments], env=quiet, catch_exceptions=False)


def build_project(folder: Path, *, workers: Workers | int = 0, clean: bool = False) -> Report:
    """Build a project whose settings have no mistakes."""
    config, mistakes = load_config(folder)
    assert mistakes == ()
    return build(
        Project(folder, config),
        Options(workers if isinstance(workers, Workers) else Workers(workers), clean=clean),
        lambda *_: None,
    )


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder by path, without the files that builds keep for themselves."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".digest-")
    }
