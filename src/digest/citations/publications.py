"""What is told of a publication by its address or by an identifier, and the rule of arXiv, which others also lead to."""

from typing import Literal

from msgspec import Struct

WorkType = Literal["article", "article-journal", "paper-conference", "chapter", "software", "webpage", "post-weblog"]
"""The types of works in CSL's vocabulary. `article` is a preprint, or a paper of which no more is known."""

SCHOLARLY: frozenset[WorkType] = frozenset({"article", "article-journal", "paper-conference", "chapter"})
"""The types of papers."""


class Publication(Struct, frozen=True):
    """What an address or a DOI tells of the publication that it leads to; a text is empty if it isn't told.

    `link` is the address in its usual form, `published` a year, a month or a day. `container` is the conference or the
    journal, and `series` and `volume` are those of its proceedings.
    """

    type: WorkType = "article"
    link: str = ""
    pdf: str = ""
    container: str = ""
    published: str = ""
    doi: str = ""
    arxiv: str = ""
    series: str = ""
    volume: str = ""


def read_arxiv(paper: str) -> Publication:
    """Return what an arXiv id tells, without its version."""
    return Publication(
        link=f"https://arxiv.org/abs/{paper}",
        pdf=f"https://arxiv.org/pdf/{paper}",
        published=arxiv_month(paper),
        doi=f"10.48550/arXiv.{paper}",
        arxiv=paper,
    )


def arxiv_month(paper: str) -> str:
    """Return the month in which a paper came to arXiv: `2305.10403` is of `2023-05`, and `math/0309136` of `2003-09`."""
    digits = paper.rpartition("/")[2]
    year = int(digits[:2])
    return f"{1900 + year if year >= 91 else 2000 + year}-{digits[2:4]}"
