"""Load digest and its theme; the process that `program.py` forks commands from imports this module once."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest  # noqa: F401  # each forked process imports what started the tests

import digest.cli
import digest.serve.server  # noqa: F401
from digest.serve.preview import open_preview

from .project import DAY, run, write_project

with TemporaryDirectory() as folder:
    project = write_project(Path(folder), {"notes/2024-03-19.txt": DAY})
    run(project, "check")
    run(project, "build")
    with open_preview(project, drafts=False, base_url=None) as preview:
        preview.content("")
        preview.content("search/index.json")
