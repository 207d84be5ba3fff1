"""Hashes of everything besides the notes that pages depend on: versions, settings and theme.

There are two: `notes_epoch` covers everything that decides how a note is read and rendered, and `site_epoch` adds everything
that decides how pages look. So if a template changes, pages are rendered again, but no note is parsed again.
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from .. import __version__
from ..config import Config

_LIBRARIES = (
    "imagesize",
    "jinja2",
    "markdown_it_py",
    "math_core",
    "msgspec",
    "nh3",
    "pillow",
    "pygments",
    "pyyaml",
)


NOTES_EPOCH = "notes-epoch"
"""The name under which a cache keeps the hash by which its notes were read."""


def notes_epoch(config: Config, plugins: bytes = b"") -> bytes:
    """Hash everything that decides how a note is read; `plugins` is the hash of their files."""
    settings = (
        config.language_of_notes,
        config.kinds,
        config.aliases,
        config.pages_folder,
        config.base_url,
        plugins,
    )
    return _hash(program_hash(), msgspec.msgpack.encode(settings, order="deterministic"))


def site_epoch(config: Config, theme: Mapping[str, bytes], *options: bool, plugins: bytes = b"") -> bytes:
    """Hash everything that decides how pages look: all settings, the theme's files by name, plugins, and the build's options."""
    settings = msgspec.msgpack.encode((config, options), order="deterministic")
    names = sorted(theme)
    files = (part for name in names for part in (name.encode(errors="surrogateescape"), theme[name]))
    return _hash(notes_epoch(config, plugins), settings, *files)


@lru_cache(maxsize=1)
def program_hash() -> bytes:
    """Hash the program and its libraries, since another version may produce other bytes.

    The package's own files are hashed, since a checkout changes without its version. Libraries are
    represented by the names of their metadata folders, which hold the version: importlib.metadata takes longer than a build
    with nothing to do.
    """
    versions = sorted(
        item.name
        for folder in filter(os.path.isdir, sys.path)
        for item in os.scandir(folder)
        if item.name.endswith(".dist-info") and item.name.lower().startswith(_LIBRARIES)
    )
    sources = sorted(
        f"{folder}{os.sep}{name}"
        for folder, _, names in os.walk(Path(__file__).parents[1])
        for name in names
        if name.endswith((".py", ".tsv"))
    )
    contents = (Path(source).read_bytes() for source in sources)
    return _hash(__version__.encode(), sys.version.encode(), *(version.encode() for version in versions), *contents)


def _hash(*parts: bytes) -> bytes:
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.digest()
