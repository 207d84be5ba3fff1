"""Problems in notes, settings and templates, and the table of their codes.

A diagnostic is a value. Stages return diagnostics together with their results and raise nothing for bad input. Commands
print them as `problem_list` describes.
"""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
"""All severities, the worst first. A notice changes no exit code."""

CODES: dict[str, tuple[Severity, str]] = {
    # Reading files
    "undecodable": ("error", "the file is not UTF-8 text"),
    "unreadable": ("error", "the file cannot be read"),
    "merge-conflict": ("error", "the file holds a merge conflict, so the site stays as it is"),
    "git-dates": ("error", "the dates of notes cannot be taken from git"),
    "outside-link": ("warning", "a symbolic link leads out of the project"),
    "no-entries": ("error", "there are notes, but no entry came of them"),
    "only-drafts": ("warning", "all notes are drafts"),
    "limit": ("warning", "something in a note is beyond a limit"),
    # Front matter
    "front-matter-syntax": ("error", "the front matter cannot be read, so the note stays out"),
    "front-matter-value": ("error", "a date or a state in front matter cannot be read"),
    "front-matter-ignored": ("warning", "a front matter key has a value it cannot have, and is left out"),
    "front-matter-key": ("warning", "an unknown front matter key"),
    "protected-note": ("warning", "a note has a password, so it stays out"),
    # Days
    "impossible-date": ("error", "a date that does not exist"),
    "wrong-weekday": ("warning", "a weekday that does not match its date"),
    "wrong-file-date": ("warning", "a file is named after a day that it does not contain"),
    "foreign-date-line": ("warning", "a date line in another format than the others was kept as text"),
    "odd-tag": ("warning", "a word among tags is no tag"),
    "near-tag-line": ("warning", "a line that may be meant as a tag line was kept as text"),
    "missing-tags": ("warning", "an entry has no tag line"),
    "stray-tags": ("warning", "a tag line without an entry"),
    "ambiguous-entry": ("warning", "a possible new entry was kept as part of the one before"),
    "joined-entry": ("warning", "an entry of the last build is now inside the text of another"),
    "empty-entry": ("warning", "an entry has only a title"),
    "empty-day": ("warning", "a date has no entry"),
    "unclosed-fence": ("warning", "a code fence is never closed"),
    "unclosed-comment": ("warning", "a comment is never closed and hides the rest of the note"),
    # Text
    "unset-math": ("warning", "math that can't be set is shown as its source"),
    "unclosed-math": ("warning", "a block of math is never closed"),
    "template-tags": ("warning", "tags of Liquid or shortcodes were left out"),
    # The archive
    "far-date": ("warning", "a day is years away from all others"),
    "duplicate-address": ("warning", "two entries share one address"),
    "held-address": ("warning", "an entry has the address that another entry once had"),
    "removed-entry": ("warning", "an entry of the last build is gone"),
    "doubtful-entry": ("warning", "an entry of the last build could be one of several"),
    "tag-collision": ("error", "two different tags share one address"),
    "unknown-tag": ("warning", "the settings of a tag fit no tag of the notes, or not that tag alone"),
    "unused-setting": ("notice", "a setting fits nothing in the notes, such as an alias that no entry has"),
    "page-address": ("error", "a page of one's own has the address of another page"),
    "old-address": ("error", "an old address of one's own cannot lead on"),
    "server-redirect": ("warning", "no page can lie at an old address, so only the server can redirect it"),
    "public-file": ("error", "a public file has the address of another file of the site"),
    "unsafe-name": ("warning", "a public file has a name that not every system can store"),
    "broken-wikilink": ("warning", "a wikilink to a note that does not exist"),
    "missing-note": ("warning", "a link to a note that does not exist"),
    "missing-page": ("warning", "a link to an address that the site does not have"),
    "missing-heading": ("warning", "a link to a heading or block that its note does not have"),
    "ambiguous-link": ("warning", "several notes or files have the name that a link gives"),
    "former-name": ("notice", "a link by the former title of a note, which leads to the note"),
    "draft-link": ("warning", "a link to a draft, or by a name that a draft has too"),
    "missing-file": ("warning", "a note or a style sheet names a file that does not exist"),
    "outside-file": ("warning", "a note names a file outside the project"),
    "refused-file": ("warning", "a note names a file of a kind that is not copied"),
    "unreadable-file": ("warning", "a file that a note names cannot be read"),
    "dead-link": ("error", "a link to another site leads nowhere"),
    "moved-link": ("warning", "a page of another site has a new address"),
    "broken-link": ("error", "an internal link leads nowhere"),
    # The memory of addresses
    "lock": ("error", "`digest.lock` cannot be relied on"),
    "lock-differs": ("error", "the build would change `digest.lock`, which `--frozen` forbids"),
    "lock-unwritten": ("error", "`digest.lock` cannot be written"),
    # What is known of papers
    "papers": ("error", "a mistake in `papers.yaml`"),
    # Settings and templates
    "config": ("error", "a mistake in digest.yaml"),
    "cards": ("error", "card images cannot be drawn"),
    "cards-unused": ("warning", "card images are set, and the site has no address"),
    "card-character": ("warning", "no font of the card images has a character"),
    "template": ("error", "a mistake in a template"),
    "unused-template": ("warning", "a file in the folder of templates replaces nothing and is used by nothing"),
    "plugin": ("error", "a plugin cannot be loaded, or failed"),
    "output": ("error", "the site cannot be written"),
    "half-published": ("error", "some files of the site are new and some are old"),
    "cache": ("warning", "the cache cannot be written"),
}
"""All codes with their severity and meaning. Codes never change. `docs/diagnostics.md` is generated from this table."""


class Diagnostic(Struct, frozen=True, order=True):
    """A problem at a place.

    `path` is relative to the project's folder. `line` and `column` are 1-based, and columns count code points of the file
    on disk. Line 0 means the whole file, column 0 the whole line. Diagnostics are ordered by place.
    `subject` is the thing that diagnostics of one code have in common, such as the name of an unknown key: a command
    prints them once, with a count. `of_draft` is True if the diagnostic may hold words of a note that its author hides.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    subject: str = ""
    of_draft: bool = False

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return CODES[self.code][0]


def printable(problems: Iterable[Diagnostic], *, drafts: bool) -> tuple[Diagnostic, ...]:
    """Return the problems that may be printed: without `drafts`, even the log of a build, which may be public, hides them."""
    return tuple(problem for problem in problems if drafts or not problem.of_draft)


class DiagnosticError(Exception):
    """An error that ends one step of a build; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    def __reduce__(self) -> "tuple[type[DiagnosticError], tuple[Diagnostic]]":
        """Pass from a worker to the process that waits for it."""
        return type(self), (self.diagnostic,)


_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Characters that move the cursor, colour a terminal, end a line, reorder what stands around them, or show nothing."""
LONGEST = 1_000
"""Of a longer text, the beginning and the end are shown. A message may quote a line of megabytes."""


def visible(text: str) -> str:
    r"""Return a text as every output prints it: on one line, hidden characters as escapes such as `\x1b`, not too long.

    Texts of authors and names of files reach terminals, logs and GitHub's annotations only through this function.
    """
    if len(text) > LONGEST:
        half = LONGEST // 2
        text = f"{text[:half]} … {text[-half:]}"
    return _HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\udc80" <= char <= "\udcff":  # a byte of a file's name that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}.get(char) or ascii(char)[1:-1]


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Return True if one of the problems is an error or, with `strict`, a warning."""
    return any(d.severity == "error" or (strict and d.severity == "warning") for d in diagnostics)
