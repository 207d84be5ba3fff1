"""A project without entries -> the reason, and what to do."""

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

from ..config import FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..model import Card
from ..notes.discover import survey_notes
from .read import is_own

_UNREAD = frozenset({"undecodable", "merge-conflict", "unreadable", "front-matter-syntax", "impossible-date"})
"""The codes of problems that keep a note out."""


def explain_no_entries(
    folder: Path,
    config: Config,
    paths: Iterable[str],
    cards: Collection[Card],
    problems: Iterable[Diagnostic],
    left_out: Iterable[tuple[str, int]],
) -> tuple[Diagnostic, ...]:
    """Say why there is no entry, though there are note files; `paths` are those of the notes that were read.

    `cards` are all entries with the drafts, but without the author's own pages. Nothing is said of a project without any
    note file.
    """
    notes = [path for path in paths if not is_own(config, path)]
    unread = {problem.path for problem in problems if problem.code in _UNREAD}
    count = len(unread.union(notes))
    if cards:
        message = (
            f"{_notes(len(cards))} {'is a draft' if len(cards) == 1 else 'are all drafts'}, so the site has no entry"
        )
        hint = "remove `draft: true` (or `publish: false` and the like) from one, or look at them with `digest serve --drafts`"
        return (Diagnostic(config.notes, 0, 0, "only-drafts", message, hint),)
    if count:
        reason = "none can be read" if unread else "none has any text"
        hint = "mend the problems below" if unread else "write something into one"
        return (_no_entries(config, f"no entry came of {_notes(count)} in `{config.notes}`: {reason}", hint),)
    if counts := tuple(left_out):
        listed = ", ".join(f"{reason} {number:,}" for reason, number in counts)
        message = f"`{config.notes}` has no note: all of its files were left out ({listed})"
        return (_no_entries(config, message, f"rename them, or name another folder under `notes:` in {FILE_NAME}"),)
    return _look_elsewhere(folder, config)


def _look_elsewhere(folder: Path, config: Config) -> tuple[Diagnostic, ...]:
    """Name the folder of the project that has most note files; nothing if none has any."""
    exclude = (
        *config.exclude,
        config.output,
        config.templates,
        *filter(None, (config.pages_folder, config.public_folder)),
    )
    try:
        found = survey_notes(folder, ".", exclude).notes
    except OSError:
        return ()
    tops = Counter(note.path.partition("/")[0] if "/" in note.path else "." for note in found)
    if not tops:
        return ()
    place, count = max(sorted(tops.items()), key=lambda item: item[1])
    message = f"`{config.notes}` has no note, but `{place}` has {count:,}"
    return (_no_entries(config, message, f"write `notes: {place}` into {FILE_NAME}, or move the notes"),)


def _no_entries(config: Config, message: str, hint: str) -> Diagnostic:
    return Diagnostic(config.notes, 0, 0, "no-entries", message, hint)


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count:,} notes"
