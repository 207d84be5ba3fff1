"""A project's folder -> the files that publish it: a workflow for its repository, and the requirements that the workflow installs."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from .disk import read_inside
from .installed import NAME, PINNED, Source, find_source, write_requirements
from .repository import branches_of_new, find_repository
from .workflow import Publication, write_workflow

REQUIREMENTS = "requirements.txt"
_OWN_REQUIREMENTS = "requirements-digest.txt"
"""The name if there is a requirements.txt that names other programs."""


class Plan(Struct, frozen=True):
    """The files to write by path relative to the project, the folder that holds them all, and advice to the author.

    `workflow` is the path of the workflow, which is one of the files. It lies above the project if the repository does.
    """

    root: Path
    workflow: str
    files: Mapping[str, str]
    advice: tuple[str, ...]


def plan_publishing(folder: Path, *, output: str, whole_history: bool, language: str = "en") -> Plan:
    """Plan the files that publish a project's `output`, with comments in a language.

    `whole_history` is needed if git gives the dates of notes.
    """
    repository = find_repository(folder)
    requirements, files, advice = _plan_requirements(folder, language)
    publication = Publication(
        output=output,
        branches=repository.branches if repository else branches_of_new(folder),
        whole_history=whole_history,
        folder=folder.relative_to(repository.root).as_posix() if repository else ".",
        requirements=requirements,
    )
    root = repository.root if repository else folder
    workflow = Path(os.path.relpath(root / publication.path, folder)).as_posix()
    files[workflow] = write_workflow(publication, language)
    if root != folder:
        advice.append(f"the workflow is in {root}, the root of the repository, where GitHub looks for it")
    return Plan(root, workflow, files, tuple(advice))


def _plan_requirements(folder: Path, language: str) -> tuple[str, dict[str, str], list[str]]:
    """Return the name of the requirements file, the file itself unless one is there that names digest, and advice."""
    name = REQUIREMENTS
    if (folder / name).exists():
        if _names_digest(folder, name):
            return name, {}, []
        name = _OWN_REQUIREMENTS
        if (folder / name).exists():
            return name, {}, []
    source = find_source()
    return name, {name: write_requirements(source, language)}, _advise(name, source)


def _names_digest(folder: Path, name: str) -> bool:
    try:
        text = read_inside(folder, name).decode("utf-8", "replace")
    except OSError:
        return False
    return bool(re.search(PINNED, text, re.IGNORECASE | re.MULTILINE))


def _advise(name: str, source: Source) -> list[str]:
    if not source.requirement:
        return [
            f"digest was installed from {source.place}, which GitHub cannot read; "
            f"before you push, name in {name} the place from which {NAME} is to be installed"
        ]
    return [f"{name}: {source.note}"] if source.note else []
