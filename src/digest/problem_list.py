"""Problems -> the list of them that a command prints, in one of three formats, and a summary by code.

A stranger's folder may have thousands of problems of a few kinds. As text and on GitHub, problems about the same thing are
one problem with a count, and of each code only the first `SHOWN` are listed. As JSON, every problem is listed.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs, to_builtins

from .diagnostics import SEVERITIES, Diagnostic, Severity, visible
from .languages import translate
from .wording import counted

Format = Literal["text", "json", "github"]

SHOWN = 10
"""So many problems of a code are listed. GitHub shows this many annotations of a severity for each step."""
PLACES = 3
"""So many places are listed of problems about the same thing."""
_MORE = "--all shows each"
_STYLES = {"error": "1;31", "warning": "33", "notice": "36", "place": "1", "hint": "2"}
"""Bold red, yellow, cyan, bold and faint, as ECMA-48 numbers them (SGR). Each is legible on dark and on light terminals."""
FIRST = ("no-entries", "only-drafts")
"""The codes that explain all others, so they come first."""


class Group(Struct, frozen=True):
    """Problems that are listed as one: the first of them, and the places of all."""

    first: Diagnostic
    places: tuple[str, ...]


def format_diagnostics(
    diagnostics: Iterable[Diagnostic],
    form: Format,
    *,
    every: bool = False,
    coloured: bool = False,
    language: str = "en",
) -> str:
    """Return problems in one of the three formats, sorted by place and each once; with `every`, in full.

    Only the `text` format can be `coloured`. Messages and hints are in `language`; codes and severities stay as they are.
    The text ends with a line feed unless it is empty.
    """
    ordered = sorted(set(diagnostics), key=lambda d: (d.code not in FIRST, d))
    if form == "json":
        import json  # seldom needed, and slow to import

        rows = [
            {
                **{name: value for name, value in to_builtins(d).items() if name != "of_draft"},
                "message": translate(d.message, language),
                "hint": translate(d.hint, language),
                "severity": d.severity,
            }
            for d in ordered
        ]
        return json.dumps(rows, indent=2) + "\n"  # ASCII, so that it is valid JSON in any terminal's encoding
    groups = [Group(d, (place_of(d),)) for d in ordered] if every else group_alike(ordered)
    if form == "github":
        lines = (_github(group, language) for group in groups) if every else _annotate(groups, language)
    else:
        look = _Look(_paint if coloured else _leave_plain, language)
        lines = _texts(groups, look) if every else chain(_texts(_shown(groups), look), _rests(groups, look))
    return "".join(line + "\n" for line in lines)


def _translated(d: Diagnostic, language: str) -> Diagnostic:
    """Return a problem with visible texts in a language."""
    message, hint = (translate(visible(text), language) for text in (d.message, d.hint))
    return structs.replace(d, message=message, hint=hint)


class _Look(Struct, frozen=True):
    """How the `text` format looks: the function that colours a part, and the language."""

    paint: Callable[[str, str], str]
    language: str


def default_format() -> Format:
    """Return `github` in GitHub Actions, and `text` otherwise."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def locate_in_repository(diagnostics: Iterable[Diagnostic], folder: Path) -> list[Diagnostic]:
    """Return problems with paths relative to the repository that GitHub Actions checked out, for a project in this folder.

    GitHub shows annotations only at such paths, and the project may lie in a subfolder of the repository.
    """
    root = os.environ.get("GITHUB_WORKSPACE", "")
    path = os.path.relpath(folder.resolve(), os.path.realpath(root)) if root else "."
    if path == "." or path.startswith(".."):
        return list(diagnostics)
    return [structs.replace(d, path=f"{Path(path).as_posix()}/{d.path}") for d in diagnostics]


def summarise(diagnostics: Iterable[Diagnostic]) -> str:
    """Count problems by severity and code, worst first: `1 error, 33 warnings: 1 undecodable, 33 broken-link`."""
    found = set(diagnostics)
    severities = Counter(d.severity for d in found)
    counts = Counter((d.severity, d.code) for d in found)
    kinds = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1]))
    named = [severity for severity in SEVERITIES if severity != "notice" or severities[severity]]
    totals = ", ".join(counted(severities[severity], severity) for severity in named)
    return totals + (": " if kinds else "") + ", ".join(f"{count:,} {code}" for (_, code), count in kinds)


def group_alike(ordered: Sequence[Diagnostic]) -> list[Group]:
    """Make one group of problems about the same thing, in the order of their first places.

    Problems of a code are about the same thing if they have the same subject, or the same message at more than `PLACES`
    places.
    """
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for d in ordered:
        alike.setdefault((d.code, d.subject or d.message), []).append(d)
    groups = chain.from_iterable(
        [Group(same[0], tuple(map(place_of, same)))]
        if same[0].subject or len(same) > PLACES
        else [Group(d, (place_of(d),)) for d in same]
        for same in alike.values()
    )
    return sorted(groups, key=lambda group: (group.first.code not in FIRST, group.first))


def place_of(d: Diagnostic) -> str:
    """Return the place of a problem as `path:line:column`, as far as it is known."""
    return ":".join([visible(d.path), *(str(n) for n in (d.line, d.column) if n)])


def _shown(groups: Iterable[Group]) -> list[Group]:
    """Return the first `SHOWN` groups of each code."""
    seen: Counter[str] = Counter()
    shown = []
    for group in groups:
        seen[group.first.code] += 1
        if seen[group.first.code] <= SHOWN:
            shown.append(group)
    return shown


def _count_left(groups: Iterable[Group], shown: Iterable[Group]) -> list[tuple[tuple[Severity, str], int]]:
    """Return (severity, code) and a count for the problems of each code that aren't among the shown groups."""
    left: Counter[tuple[Severity, str]] = Counter()
    for group in groups:
        left[group.first.severity, group.first.code] += len(group.places)
    for group in shown:
        left[group.first.severity, group.first.code] -= len(group.places)
    kinds = sorted(left, key=lambda kind: (SEVERITIES.index(kind[0]), kind[1]))
    return [(kind, left[kind]) for kind in kinds if left[kind]]


def _paint(text: str, part: str) -> str:
    """Colour a part of a problem: its `place`, its `hint`, or its severity by the severity's name."""
    return f"\x1b[{_STYLES[part]}m{text}\x1b[0m"


def _leave_plain(text: str, _part: str) -> str:
    return text


def _rests(groups: Sequence[Group], look: _Look) -> Iterator[str]:
    for (severity, code), count in _count_left(groups, _shown(groups)):
        more = translate(f"and {count:,} more; {_MORE}", look.language)
        yield f"{look.paint(f'{severity}[{code}]', severity)} {more}"


def _texts(groups: Iterable[Group], look: _Look) -> Iterator[str]:
    """Yield the lines of groups. A hint that was just given isn't given again."""
    given = ("", "")
    for group in groups:
        d = _translated(group.first, look.language)
        severity = look.paint(f"{d.severity}[{d.code}]", d.severity)
        others = _others(group, look.language)
        yield f"{look.paint(group.places[0], 'place')}: {severity} {d.message}{others}"
        if d.hint and (d.code, d.hint) != given:
            yield f"  {look.paint(translate('hint:', look.language), 'hint')} {d.hint}"
        given = (d.code, d.hint)


def _others(group: Group, language: str) -> str:
    """Return the number of further places, with the first of them."""
    others = group.places[1:PLACES]
    if not others:
        return ""
    dots = ", …" if len(group.places) > PLACES else ""
    return translate(f" (in {len(group.places):,} places; also {', '.join(others)}{dots})", language)


def _annotate(groups: Sequence[Group], language: str) -> Iterator[str]:
    """Yield at most `SHOWN` annotations of each severity, errors first; the last one counts what is left."""
    for severity in SEVERITIES:
        same = [group for group in groups if group.first.severity == severity]
        shown = _shown(same)
        if len(shown) < len(same) or len(shown) > SHOWN:
            shown = shown[: SHOWN - 1]
        yield from (_github(group, language) for group in shown)
        left = _count_left(same, shown)
        if left:
            codes = ", ".join(f"{count:,} {code}" for (_, code), count in left)
            yield f"::{severity} title=digest::{translate(f'and {codes} more; {_MORE}', language)}"


def _github(group: Group, language: str) -> str:
    d = _translated(group.first, language)
    place = [f"file={_escape(visible(d.path), ':,')}"]
    if d.line:
        place.append(f"line={d.line}")
    if d.column:
        place.append(f"col={d.column}")
    hint = f"\n{translate('hint:', language)} {d.hint}" if d.hint else ""
    message = d.message + _others(group, language) + hint
    return f"::{d.severity} {','.join(place)},title={d.code}::{_escape(message)}"


def _escape(text: str, extra: str = "") -> str:
    """Escape a text for the workflow commands of GitHub Actions."""
    for char in "%\r\n" + extra:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
