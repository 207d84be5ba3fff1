"""A DOI -> what it tells of its publication."""

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import structs

from ..urls import arxiv_id
from . import proceedings
from .anthology import read_anthology_id
from .publications import Publication, read_arxiv

_AAAI = "AAAI Conference on Artificial Intelligence"
_NO_PAPERS = re.compile(r"10\.(?:5281|57967|6084|7910|17632|24432)/|10\.1007/978-[\d-]+\Z")
"""Zenodo, Hugging Face, figshare, Dataverse, Mendeley Data and the UCI repository have data and programs; the last are books."""


@lru_cache(maxsize=1 << 13)
def read_doi(doi: str) -> Publication | None:
    """Return what a DOI tells of its publication, or None if it is not that of a paper."""
    if _NO_PAPERS.match(doi):
        return None
    for pattern, tell in _FORMS:
        if match := pattern.match(doi):
            told = tell(match)
            return structs.replace(told, doi=doi, link=told.link or f"https://doi.org/{doi}")
    return Publication(doi=doi, link=f"https://doi.org/{doi}")


def read_ijcai(year: str, number: int) -> Publication:
    """Return what the year and the number of a paper of the IJCAI tell, from 2017 on."""
    site = f"https://www.ijcai.org/proceedings/{year}"
    return Publication(
        type="paper-conference",
        container="International Joint Conference on Artificial Intelligence",
        link=f"{site}/{number}",
        pdf=f"{site}/{number:04d}.pdf",
        published=year,
        doi=f"10.24963/ijcai.{year}/{number}",
    )


def _arxiv(match: re.Match[str]) -> Publication:
    paper = arxiv_id(f"https://arxiv.org/abs/{match['id']}")
    return read_arxiv(paper) if paper else Publication()


def _anthology(match: re.Match[str]) -> Publication:
    return read_anthology_id(match["id"]) or Publication()


def _ijcai(match: re.Match[str]) -> Publication:
    return read_ijcai(match["year"], int(match["number"]))


def _ieee(match: re.Match[str]) -> Publication:
    name = match["name"].upper()
    if conference := proceedings.IEEE_CONFERENCES.get(name):
        return _conference(conference)(match)
    journal = proceedings.IEEE_JOURNALS.get(name)
    return _journal(journal)(match) if journal else Publication()


def _nature(match: re.Match[str]) -> Publication:
    return _journal(proceedings.NATURE_JOURNALS.get(match["journal"].lower(), ""))(match)


def _biorxiv(match: re.Match[str]) -> Publication:
    return Publication(published=f"{match['year']}-{match['month']}-{match['day']}")


def _chapter(_match: re.Match[str]) -> Publication:
    return Publication(type="chapter")


def _journal(name: str) -> Callable[[re.Match[str]], Publication]:
    return lambda _match: Publication(type="article-journal", container=name)


def _conference(name: str) -> Callable[[re.Match[str]], Publication]:
    """Return a rule for the papers of a conference, whose year and volume may be in the DOI."""

    def read(match: re.Match[str]) -> Publication:
        found = match.groupdict("")
        year, volume = found.get("year", ""), found.get("volume", "")
        return Publication(type="paper-conference", container=name, published=year, volume=volume)

    return read


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Publication]], ...] = tuple(
    (re.compile(rf"(?:{pattern})\Z", re.IGNORECASE), tell)
    for pattern, tell in (
        (r"10\.48550/arxiv\.(?P<id>\S+)", _arxiv),
        (r"10\.(?:18653|3115)/v1/(?P<id>\S+)", _anthology),
        (r"10\.1109/(?P<name>[a-z]+)\d*\.(?P<year>\d{4})\.\d+", _ieee),
        (r"10\.24963/ijcai\.(?P<year>\d{4})/(?P<number>\d+)", _ijcai),
        (r"10\.1609/aaai\.v(?P<volume>\d+)i\d+\.\d+", _conference(_AAAI)),
        (r"10\.21437/interspeech\.(?P<year>\d{4})-\d+", _conference("Interspeech")),
        (r"10\.1038/(?P<journal>s\d{5})-\S+", _nature),
        (r"10\.1038/nature\d{5}", _journal("Nature")),
        (r"10\.1162/tacl_a_\d+", _journal(proceedings.ACL_JOURNALS["tacl"][0])),
        (r"10\.1162/coli_a_\d+", _journal(proceedings.ACL_JOURNALS["cl"][0])),
        (r"10\.1162/neco\S+", _journal("Neural Computation")),
        (r"10\.1126/science\.\S+", _journal("Science")),
        (r"10\.1073/pnas\.\S+", _journal("Proceedings of the National Academy of Sciences")),
        (r"10\.1371/journal\.pone\.\d+", _journal("PLOS ONE")),
        (r"10\.23915/distill\.\d+", _journal("Distill")),
        (r"10\.21105/joss\.\d+", _journal("Journal of Open Source Software")),
        (r"10\.1371/journal\.\S+|10\.1016/j\.\S+|10\.1007/s\d{5}-\S+", _journal("")),
        (r"10\.1007/978-\S+_\d+", _chapter),
        (r"10\.1101/(?P<year>\d{4})\.(?P<month>\d\d)\.(?P<day>\d\d)\.\d+", _biorxiv),
    )
)
