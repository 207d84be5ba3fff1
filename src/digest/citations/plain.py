"""Fields of works in the forms that several formats have: titles without TeX, dates in parts, and a citation in one line."""

import re
import unicodedata

from .names import Authors
from .work import CitedWork

MATH = re.compile(r"\$(?![\s$])(?:[^$\\]|\\.)*?(?:[^\s$\\]|\\.)\$(?!\d)")
"""Math in a title, by the rule of texts: the opening dollar has no space after it, the closing one none before it."""
_ESCAPED = re.compile(r"\\([$*_`#\\])")
_COMMAND = re.compile(r"\\([A-Za-z]+) ?")
_SYMBOLS = {"infty": "∞", "times": "×", "to": "→", "rightarrow": "→", "leq": "≤", "geq": "≥", "approx": "≈", "pm": "±"}
_MANY_AUTHORS = 10
"""The authors that a citation in one line names at most."""


def plain_title(work: CitedWork) -> str:
    """Return a title without the dollars around math and without escapes."""
    title = work.title
    if "$" in title:
        title = MATH.sub(_plain_math, title)
    return _ESCAPED.sub(r"\1", title) if "\\" in title else title


def _plain_math(found: re.Match[str]) -> str:
    """Return math without its dollars, with Greek letters and the commonest symbols as such: `PanGu-π`."""
    return _COMMAND.sub(_symbol, found[0][1:-1]).replace("{", "").replace("}", "")


def _symbol(command: re.Match[str]) -> str:
    name = command[1]
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return _SYMBOLS.get(name) or unicodedata.lookup(f"GREEK {case} LETTER {name.removeprefix('var').upper()}")
    except KeyError:
        return name


def date_parts(work: CitedWork) -> list[int]:
    """Return the year of a work, and its month and day as far as they are known; nothing for an unknown date."""
    return [int(part) for part in work.published.split("-")] if work.published else []


def write_citation(work: CitedWork) -> str:
    """Return a citation in one line, in the author-date form of the ACL.

    A preprint is cited by its id: `Ada Kim and Ben Cho. 2024. On Things. arXiv:2403.00001.`
    """
    parts = [_name_authors(work.authors), work.published[:4], plain_title(work), work.container]
    if work.arxiv:
        parts.append(f"arXiv:{work.arxiv}")
    cited = " ".join(part if part[-1] in ".?!。" else f"{part}." for part in parts if part)
    address = f"https://doi.org/{work.doi}" if work.doi else work.link
    return f"{cited} {address}" if address and not work.arxiv else cited


def _name_authors(authors: Authors) -> str:
    names = [name.full for name in authors.names]
    if authors.others or len(names) > _MANY_AUTHORS:
        return ", ".join([*names[:_MANY_AUTHORS], "et al."])
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
