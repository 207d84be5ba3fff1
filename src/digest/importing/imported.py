"""What every format is read into: notes, the files that they show, and what was left out.

A source is the folder or the file that a user names. It may lie anywhere, so it is read through `Source`, which never follows
a path or a link out of it.
"""

import re
from pathlib import Path, PurePosixPath
from typing import Literal

from msgspec import Struct

from ..decoding import decode
from ..diagnostics import Diagnostic
from ..disk import read_inside


class SourceError(ValueError):
    """A source cannot be read as its format. The message says why."""


Fate = Literal["left out", "draft", "shown as code"]
"""What becomes of something in the source that doesn't come into the notes as it is."""


class LeftOut(Struct, frozen=True, order=True):
    """Something in the source that comes into no note, or not as it is: its file and line, 0 for the whole file, and why."""

    path: str
    line: int
    reason: str
    fate: Fate = "left out"


class Attachment(Struct, frozen=True):
    """A file of the source that a note shows: its path in the source, and its path below the notes folder."""

    source: str
    target: str


class ImportedNote(Struct, frozen=True):
    """A note as it will be written.

    `path` is below the notes folder, and `origin` and `line` are its place in the source. A note without a date, a title and
    any other field gets no front matter. `date` and `updated` are written as they are: `2024-03-19`, or with a time behind it.
    """

    path: str
    origin: str
    line: int
    body: str
    title: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    link: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    authors: tuple[str, ...] = ()
    updated: str = ""
    lang: str = ""
    slug: str = ""
    attachments: tuple[Attachment, ...] = ()


class Imported(Struct, frozen=True):
    """All of a source: its notes, what was left out, and sentences about the whole."""

    notes: tuple[ImportedNote, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """A source: its folder and, if the user named a file, the file's name in it.

    `without` is the notes folder of the project, if it is inside the source: an import never reads what it wrote.
    """

    folder: Path
    file: str = ""
    without: str = ""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file by its path in the source; raises SourceError."""
        if not is_below(path):
            raise SourceError(f"`{path}` leads out of the source")
        try:
            return read_inside(self.folder, path)
        except OSError as error:
            raise SourceError(f"`{path}` cannot be read: {error.strerror}") from error

    def load_text(self, path: str) -> str:
        """Return the text of a file by its path in the source, with line feeds at the ends of lines; raises SourceError."""
        text = decode(path, self.read(path))
        if isinstance(text, Diagnostic):
            raise SourceError(f"`{path}`: {text.message}; {text.hint}" if text.hint else f"`{path}`: {text.message}")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def find(self, pattern: str) -> tuple[str, ...]:
        """Return the paths of the files in the source that fit a pattern such as `**/*.md`, sorted, without hidden ones."""
        paths = (path for path in self.folder.glob(pattern) if path.is_file())
        names = (path.relative_to(self.folder).as_posix() for path in paths)
        own = f"{self.without}/" if self.without else "\0"
        return tuple(
            sorted(
                name
                for name in names
                if not name.startswith(own) and not any(part.startswith(".") for part in name.split("/"))
            )
        )

    def has(self, path: str) -> bool:
        """Return True if the source has a file at a path."""
        return is_below(path) and (self.folder / path).is_file()


def is_below(path: str) -> bool:
    """Return True if a relative path, with `/`, leads to a place below its folder on every system."""
    parts = PurePosixPath(path).parts
    is_drive = re.match(r"[A-Za-z]:", path)
    return (
        bool(parts) and not path.startswith("/") and ".." not in parts and not is_drive and not {"\\", "\0"} & {*path}
    )
