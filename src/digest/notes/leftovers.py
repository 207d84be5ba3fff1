"""The files and folders below a notes folder that are no notes, told by their names.

Templates, READMEs, the folders of other tools and copies that a synchronisation made are left out; the reasons are counted,
so that a command can say so in one line.
"""

import re
import unicodedata
from typing import Literal

Reason = Literal[
    "templates",
    "READMEs and licences",
    "files of other tools",
    "conflicting copies",
    "folder indexes",
    "pipes and devices",
]
"""Why a note file or a folder of them stays out."""

_FOLDERS: dict[str, Reason] = {
    **dict.fromkeys(("templates", "template", "_templates", "_template", "템플릿", "archetypes"), "templates"),
    **dict.fromkeys(
        ("node_modules", "_site", "_includes", "_layouts", "_data", "_sass", "_plugins", "_drafts", "__pycache__"),
        "files of other tools",
    ),
}
_FILES: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (
        # `README.ko.md` and `LICENSE-MIT` are; `Security___Tokens.md`, a page of Logseq, is a note.
        re.compile(
            r"(?:readme|license|licence|changelog|contributing|code_of_conduct|security)"
            r"(?:[.\-_](?:[a-z]{2,3}(?:[\-_][a-z]{2,4})?|apache.*|korean|english))?\.\w+"
        ),
        "READMEs and licences",
    ),
    (re.compile(r"_index\.\w+"), "folder indexes"),  # Hugo's page of a section, with a date or without one
    (re.compile(r".*\.sync-conflict-\d{8}-\d{6}-\w+\.\w+|.*\((?:.*'s )?conflicted copy.*\)\.\w+"), "conflicting copies"),
    (
        re.compile(r".*\.excalidraw\.md|(?:requirements.*|robots|humans|ads|cmakelists)\.txt|(?:_sidebar|_navbar|_coverpage|404)\.md"),
        "files of other tools",
    ),
)  # fmt: skip
_FOR_AGENTS = frozenset({"CLAUDE.md", "AGENTS.md", "GEMINI.md"})
_MAY_BE_DATE = re.compile(rb"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}")
HEAD = 2_048
"""So many bytes of a folder's index are looked at for a date."""


def folder_reason(name: str) -> Reason | None:
    """Return why a folder of this name is left out, or None."""
    return _FOLDERS.get(name.lower()) or (
        None if name.isascii() else _FOLDERS.get(unicodedata.normalize("NFC", name).lower())
    )


def file_reason(name: str) -> Reason | None:
    """Return why a note file of this name is left out, or None."""
    if name in _FOR_AGENTS:  # a note about Claude is `Claude.md`
        return "files of other tools"
    lower = name.lower()
    return next((reason for pattern, reason in _FILES if pattern.fullmatch(lower)), None)


def may_be_index(path: str) -> bool:
    """Return True for a name that a folder's index has; with a date in its folders it is a note."""
    stem, _, _ = path.rpartition(".")
    if stem.rpartition("/")[2].lower() != "index":
        return False
    from .file_names import date_of_folders  # few folders have an index, and a build with nothing to do reads no dates

    return date_of_folders(stem) is None


def is_index(head: bytes) -> bool:
    """Return True if the first bytes of such a file hold no date."""
    return _MAY_BE_DATE.search(head) is None
