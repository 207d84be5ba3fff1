"""Write the licences of the packages that digest needs into docs/licences.md: `python tools/licences.py`, or `make docs`.

The licences are those of the locked versions, read from the metadata of the installed packages.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/licences.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
BEGIN, END = "<!-- begin licences -->\n", "<!-- end licences -->\n"

PERMISSIVE = frozenset({"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-CMU", "PSF-2.0"})
_WRITTEN = {
    "apache 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "mit license": "MIT",
}
"""SPDX identifiers for licences that packages write in another way; each was compared with the package's own text."""
_SYSTEM = re.compile(r"""\b(?:sys_platform|platform_\w+|os_name|implementation_name)\s*[=!]=\s*["'][^"']*["']""")


def find_packages(extra: str = "") -> dict[str, str]:
    """Return the packages that digest needs, on whatever system, with the licence of each.

    With an extra, return only the further packages that it needs. Raises PackageNotFoundError if one is not installed.
    """
    found: dict[str, str] = {}
    waiting = list(_names(EXTRAS[extra] if extra else PROJECT["dependencies"]))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _licence(name)
            waiting += _names(metadata.requires(name) or ())
    base = find_packages() if extra else {}
    return {name: found[name] for name in sorted(found.keys() - base.keys())}


def _names(requirements: Iterable[str]) -> Iterator[str]:
    """Yield the names of the packages that are required on some system, without extras."""
    for written in requirements:
        requirement = Requirement(written)
        anywhere = _SYSTEM.sub("python_version > '3'", str(requirement.marker or "python_version > '3'"))
        marker = Requirement(f"{requirement.name}; {anywhere}").marker
        if marker is not None and marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def _licence(name: str) -> str:
    fields = metadata.metadata(name).json
    classifiers = [each.rpartition(" :: ")[2] for each in fields.get("classifier", ()) if each.startswith("License")]
    written = str(fields.get("license_expression") or fields.get("license") or " ".join(classifiers))
    return _WRITTEN.get(written.lower(), written)


def is_permissive(licence: str) -> bool:
    """Return True if a licence, or one of several to choose from, asks for no more than its notice."""
    return any(choice in PERMISSIVE for choice in licence.split(" OR "))


def list_table(extra: str = "") -> Iterator[str]:
    """Yield the lines of a table of packages and their licences."""
    yield "| package | licence |\n"
    yield "|---|---|\n"
    for name, licence in find_packages(extra).items():
        yield f"| `{name}` | {licence} |\n"


def write_page(text: str) -> str:
    """Return the page with its tables as they are now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    tables = list(list_table())
    for extra in EXTRAS:
        tables += (f"\nWith `research-digest[{extra}]` also:\n\n", *list_table(extra))
    return "".join((before, BEGIN, *tables, END, after))


if __name__ == "__main__":
    PAGE.write_text(write_page(PAGE.read_text("utf-8")), "utf-8")
