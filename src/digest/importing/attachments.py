"""The images and files that a text of the source names -> copies beside the notes."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from .imported import Attachment, Source
from .markdown import file_link

FOLDER = "files"
"""The folder of copies, below that of the notes."""

_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()\s*<?([^)>\n]+?)>?((?:\s+\"[^\"\n]*\")?\))")
_TAG = re.compile(r"(<img\b[^>]*?\bsrc\s*=\s*[\"'])([^\"'>]+)([\"'])", re.IGNORECASE)
_FILE = re.compile(
    r"((?<!!)\[[^\]\n]*\]\()\s*<?([^)>\n]+?\.(?:pdf|ipynb|csv|tsv|zip|epub|docx|pptx|xlsx|mp4|mp3|webm))>?((?:\s+\"[^\"\n]*\")?\))",
    re.IGNORECASE,
)


def copy_files(
    source: Source, text: str, bases: Sequence[str], up: str = ""
) -> tuple[str, tuple[Attachment, ...], tuple[str, ...]]:
    """Return the text with the paths of copies, the copies, and the relative paths that name no file of the source.

    A path is looked for from each of the folders `bases`, in order. `up` leads from the note to the folder of the copies,
    such as `../` for a note in a folder of its own.
    """
    attachments: dict[str, Attachment] = {}
    missing: list[str] = []

    def copy(found: re.Match[str]) -> str:
        path = unquote(found[2].strip())
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", path):
            return found[0]
        place = find_file(source, path, bases)
        if place is None:
            missing.append(path)
            return found[0]
        attachments[place] = Attachment(place, f"{FOLDER}/{place}")
        return f"{found[1]}{up}{file_link(f'{FOLDER}/{place}')}{found[3]}"

    for pattern in (_IMAGE, _TAG, _FILE):
        text = pattern.sub(copy, text)
    return text, tuple(attachments.values()), tuple(missing)


def find_file(source: Source, path: str, bases: Sequence[str]) -> str | None:
    """Return the path in the source of a file that a text names, or None."""
    for base in ("", *bases) if path.startswith("/") else (*bases, ""):
        place = normpath(PurePosixPath(base, path.lstrip("/")).as_posix())
        if source.has(place):
            return place
    return None
