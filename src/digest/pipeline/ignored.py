"""The folders that builds write -> a sentence about those that git would commit with the notes."""

import os

from ..config import CACHE_FOLDER
from .job import Job

TOLD = "told-of-gitignore"
"""The name of the fact that the project is in a repository, and that its author was told which lines its `.gitignore` lacks."""


def advise_to_ignore(job: Job) -> str:
    """Return the lines that `.gitignore` lacks, in a sentence, once for each cache. On a build server nothing is said."""
    if os.environ.get("CI") or job.cache.fact(TOLD) is not None:
        return ""
    if not any((folder / ".git").exists() for folder in (job.folder, *job.folder.parents)):
        return ""
    from ..repository import find_unignored  # only once for each cache

    job.cache.save_fact(TOLD, b"")
    lines = [f"`/{name}/`" for name in find_unignored(job.folder, (CACHE_FOLDER, job.config.output))]
    if not lines:
        return ""
    return f"git would commit what builds write: add {' and '.join(lines)} to .gitignore (said only once)"
