"""Problems in the author's words: the table of codes, and how a list of problems is printed.

A diagnostic is a value. Stages return them beside their results, nothing is raised for bad input, and the command
prints all of them sorted by place.
"""

import os
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, to_builtins

Severity = Literal["error", "warning"]
Format = Literal["text", "json", "github"]

CODES: dict[str, tuple[Severity, str]] = {
    # Reading files
    "undecodable": ("error", "the file is not UTF-8 text"),
    "unreadable": ("error", "the file cannot be read"),
    "unknown-layout": ("error", "neither the file's name nor its first line is a date"),
    # Front matter
    "front-matter-syntax": ("error", "the front matter is not valid YAML"),
    "front-matter-value": ("error", "a front matter key has a value it cannot have"),
    "front-matter-key": ("warning", "an unknown front matter key"),
    # Days
    "impossible-date": ("error", "a date that does not exist"),
    "wrong-weekday": ("warning", "a weekday that the date does not have"),
    "wrong-file-date": ("warning", "a file named after a day that is not in it"),
    "foreign-date-line": ("warning", "a date line written unlike the others was kept as text"),
    "missing-tags": ("warning", "an entry has no tag line"),
    "stray-tags": ("error", "a tag line without an entry"),
    "ambiguous-entry": ("warning", "what may be a new entry was kept with the one before"),
    "empty-entry": ("warning", "an entry has a title and nothing else"),
    "empty-day": ("warning", "a date without an entry"),
    "unclosed-fence": ("warning", "a code fence is never closed"),
    # Text
    "unset-math": ("warning", "math that can't be set is shown as its source"),
    "unclosed-math": ("warning", "a block of math is never closed"),
    "template-tags": ("warning", "tags of Liquid or shortcodes were left out"),
    # The archive
    "duplicate-address": ("error", "two entries share one address"),
    "tag-collision": ("error", "two different tags share one address"),
    "broken-wikilink": ("warning", "a link to a note that does not exist"),
    "broken-link": ("error", "a link inside the site leads nowhere"),
    # Settings and templates
    "config": ("error", "a mistake in digest.yaml"),
    "template": ("error", "a mistake in a template"),
    "plugin": ("error", "a plugin cannot be loaded, or failed"),
    "output": ("error", "the site cannot be written"),
}
"""Every stable code with its severity and its meaning; `docs/diagnostics.md` is generated from this table."""


class Diagnostic(Struct, frozen=True, order=True):
    """A problem at a place.

    `line` and `column` are 1-based; columns count code points of the file as it is on disk. Zero means the whole file
    (line) or the whole line (column). Ordering is by place.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """What the table of codes says of this code."""
        return CODES[self.code][0]


class DiagnosticError(Exception):
    """An error that ends one step of a build; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> "tuple[type[DiagnosticError], tuple[Diagnostic]]":
        """Pass from a worker to the process that waits for it."""
        return type(self), (self.diagnostic,)


def format_diagnostics(diagnostics: Iterable[Diagnostic], form: Format) -> str:
    """Print problems sorted by place in one of the three formats; the result ends with a line feed unless empty."""
    ordered = sorted(set(diagnostics))
    if form == "json":
        import json  # a terminal asks for none

        rows = [{**to_builtins(d), "severity": d.severity} for d in ordered]
        return json.dumps(rows, indent=2) + "\n"  # ASCII, so that it is valid JSON in any terminal's encoding
    lines = [_github(d) if form == "github" else _text(d) for d in ordered]
    return "".join(line + "\n" for line in lines)


def default_format() -> Format:
    """Return `github` inside GitHub Actions and `text` elsewhere."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Tell whether the problems make a command fail; with `strict`, warnings do too."""
    return any(strict or d.severity == "error" for d in diagnostics)


def _text(d: Diagnostic) -> str:
    place = ":".join([d.path, *(str(n) for n in (d.line, d.column) if n)])
    hint = f"\n  hint: {d.hint}" if d.hint else ""
    return f"{place}: {d.severity}[{d.code}] {d.message}{hint}"


def _github(d: Diagnostic) -> str:
    # The escapes are those of the workflow-command syntax of GitHub Actions.
    def escape(text: str, extra: str = "") -> str:
        for char in "%\r\n" + extra:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    place = [f"file={escape(d.path, ':,')}"]
    if d.line:
        place.append(f"line={d.line}")
    if d.column:
        place.append(f"col={d.column}")
    message = d.message + (f"\nhint: {d.hint}" if d.hint else "")
    return f"::{d.severity} {','.join(place)},title={d.code}::{escape(message)}"
