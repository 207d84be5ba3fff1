"""An id of the ACL Anthology -> what it tells of the paper."""

import re

from . import proceedings
from .publications import Publication

_SINCE_2020 = re.compile(r"(?P<year>\d{4})\.(?P<venue>[a-z0-9]+)-(?P<volume>[a-z0-9]+)\.\d+")
_UNTIL_2019 = re.compile(r"(?P<letter>[A-Z])(?P<year>\d\d)-(?P<volume>\d)\d{3,4}")


def read_anthology_id(identifier: str) -> Publication | None:
    """Return what an id such as `2023.acl-long.12` or `P19-1234` tells, or None if it is not known to be a paper's."""
    if match := _SINCE_2020.fullmatch(identifier):
        venue = match["venue"]
        if venue in proceedings.ACL_OTHERS:
            return None
        series = f"findings-{match['volume']}" if venue == "findings" else venue
        name = _findings(match) if venue == "findings" else proceedings.ACL_VENUES.get(venue, "")
        return _paper(identifier, int(match["year"]), venue, series, name)
    identifier = identifier.upper()
    if match := _UNTIL_2019.fullmatch(identifier):
        letter = match["letter"]
        year = int(match["year"]) + (1900 if match["year"] >= "60" else 2000)
        venue = proceedings.ACL_LETTERS.get(letter, "")
        # From the fifth volume on, the letter stands for workshops at EMNLP.
        is_workshop = letter == "D" and match["volume"] >= "5"
        return _paper(identifier, year, venue, letter, "" if is_workshop else proceedings.ACL_VENUES.get(venue, ""))
    return None


def _findings(match: re.Match[str]) -> str:
    return f"Findings of the Association for Computational Linguistics: {match['volume'].upper()} {match['year']}"


def _paper(identifier: str, year: int, venue: str, series: str, name: str) -> Publication:
    journal, before = proceedings.ACL_JOURNALS.get(venue, ("", 0))
    has_doi = year in proceedings.ACL_DOI_YEARS.get(series, ())
    return Publication(
        type="article-journal" if journal else "paper-conference",
        link=f"https://aclanthology.org/{identifier}/",
        pdf=f"https://aclanthology.org/{identifier}.pdf",
        container=journal or name,
        published=str(year),
        doi=f"10.18653/v1/{identifier}" if has_doi else "",
        volume=str(year - before) if journal else "",
    )
