"""Print the changelog's section of a release: `python tools/release_notes.py v0.2.0`.

The release workflow runs this first. It exits with an error, before anything is built, if the tag does not name the version
of the package or if the changelog is not ready.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


class ReleaseError(ValueError):
    """The tag, the version and the changelog do not agree; the message says how."""


def read_version(source: str) -> str:
    """Return the version that the source of `digest/__init__.py` assigns."""
    match = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    if match is None:
        raise ReleaseError("src/digest/__init__.py assigns no `__version__`")
    return match[1]


def check_tag(tag: str, version: str) -> None:
    """Raise ReleaseError unless a tag is `v` and the version."""
    if tag != f"v{version}":
        raise ReleaseError(f"the tag is {tag}, but the version in src/digest/__init__.py is {version}")


def find_notes(changelog: str, version: str) -> str:
    """Return the text below `## VERSION - DATE`; raise ReleaseError if it is missing or entries are still unreleased."""
    parts = re.split(r"^## (.+)\n", changelog, flags=re.MULTILINE)
    sections = {heading.strip(): text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}
    if sections.get("Unreleased"):
        raise ReleaseError(f"CHANGELOG.md has entries under `Unreleased`; move them under `{version} - YYYY-MM-DD`")
    for heading, text in sections.items():
        if re.fullmatch(re.escape(version) + r" - \d{4}-\d\d-\d\d", heading) and text:
            return text + "\n"
    raise ReleaseError(f"CHANGELOG.md has no section `## {version} - YYYY-MM-DD` with entries")


def main(tag: str) -> str:
    """Return the notes of the release that a tag names."""
    version = read_version((ROOT / "src/digest/__init__.py").read_text("utf-8"))
    check_tag(tag, version)
    return find_notes((ROOT / "CHANGELOG.md").read_text("utf-8"), version)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/release_notes.py TAG")
    try:
        sys.stdout.buffer.write(main(sys.argv[1]).encode())
    except ReleaseError as error:
        sys.exit(f"error: {error}")
