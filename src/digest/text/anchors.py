"""A heading or a block id -> its id on a page."""

import re
from collections.abc import Collection

from ..slugs import slugify

# Ids of the pages around a text: they would be twice on a page.
_TAKEN = re.compile(
    r"abstract|works|main|top|q|keys|busy|calendar|facts|years|months|search-\w+|\w+-title|beside-\d+|said-\d+|fn(?:ref)?-[\d-]+"
    r"|[a-z]{2,3}|[dimy]\d+"
)

_NUMBERED = re.compile(r"(.+)-([1-9]\d{0,3})")


def anchor_of(part: str) -> str:
    """Return the id of a heading, given by its words or its slug, or of a block, given as `^id`.

    Of headings inside headings (`Method#Loss`) the last one counts.
    """
    part = part.rpartition("#")[2].strip()
    if part.startswith("^"):
        return part.lower()
    slug = slugify(part)
    return f"{slug}-1" if _TAKEN.fullmatch(slug) else slug


def find_heading(anchors: Collection[str], part: str) -> str:
    """Return the id among those of a text that a link names, or an empty string if it names none.

    A link may also name a heading by the id that it has on GitHub and GitLab: there, punctuation leaves no hyphen, and the
    second heading of a name ends in `-1`.
    """
    anchor = anchor_of(part)
    if anchor in anchors:
        return anchor
    if anchor.startswith("^"):
        return ""
    if numbered := _NUMBERED.fullmatch(anchor):
        second = f"{numbered[1]}-{int(numbered[2]) + 1}"
        if second in anchors:
            return second
    letters = _without_hyphens(anchor)
    alike = [each for each in anchors if _without_hyphens(each) == letters]
    return alike[0] if len(alike) == 1 else ""


def _without_hyphens(anchor: str) -> str:
    return anchor.replace("-", "").replace("_", "")


def is_of_frame(anchor: str) -> bool:
    """Return True for an id that the page around a text may have."""
    return _TAKEN.fullmatch(anchor) is not None


class Anchors:
    """Gives out the ids of one text, each once."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}

    def give(self, part: str) -> str:
        """Return the id for a heading or a block; a second one of the same name gets a number."""
        anchor = anchor_of(part)
        number = self.given.get(anchor, 0)
        self.given[anchor] = number + 1
        if not number:
            return anchor
        numbered = f"{anchor}-{number + 1}"
        while numbered in self.given:
            numbered += "-2"
        self.given[numbered] = 1
        return numbered
