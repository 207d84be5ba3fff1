"""An entry -> links to the work that it is about: its page, its PDF file, its DOI, its code.

Only addresses that are sure to exist are derived. arXiv has an abstract and a PDF file of every paper, but an HTML page only of
papers since December 2023, and not of all. So an HTML page is linked if the author names it, and never guessed.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain, islice

from ..model import Body
from ..urls import arxiv_id, arxiv_version
from .views import Link

CODE_LINKS = 3
"""Repositories that an entry's page links to at most."""

_HTML_PAGE = re.compile(
    r"https?://(?:(?:www\.)?arxiv\.org/html|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html))/", re.IGNORECASE
)
_PDF = re.compile(r"https?://[^?#]+\.pdf(?:[?#].*)?", re.IGNORECASE)
_HOSTS = {"github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg", "huggingface.co": "Hugging Face"}
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_REPOSITORY = re.compile(rf"https://(?P<host>{'|'.join(map(re.escape, _HOSTS))})/(?P<owner>{_NAME})/(?P<name>{_NAME})")
_LINK = re.compile(rf'href="(https://(?:{"|".join(map(re.escape, _HOSTS))})/[^"]*)"')
_NO_OWNERS = frozenset(
    {"about", "blog", "collections", "datasets", "docs", "features", "orgs", "papers", "spaces", "topics"}
)
"""First parts of addresses on these hosts that are no owner of repositories."""


def list_sources(body: Body) -> tuple[Link, ...]:
    """Return links to an entry's work in its several forms, then to repositories that its abstract or its commentary names."""
    entry = body.entry
    links = chain(_list_forms(entry.link or ""), _list_doi(entry.doi), _list_repositories(body))
    return tuple({link.url: link for link in links}.values())


def link_label(link: str) -> str:
    """Return a short name for an address: its arXiv id, or else its host."""
    if paper := arxiv_id(link):
        return f"arXiv:{paper}"
    return link.partition("://")[2].partition("/")[0].removeprefix("www.")


def _list_forms(link: str) -> Iterator[Link]:
    if paper := arxiv_id(link):
        paper += arxiv_version(link)
        yield Link(f"arXiv:{paper}", f"https://arxiv.org/abs/{paper}")
        yield Link("PDF", f"https://arxiv.org/pdf/{paper}")
        if _HTML_PAGE.match(link):
            yield Link("HTML", link)
        elif "huggingface.co/" in link:
            yield Link("Hugging Face", link)
    elif repository := _name_repository(link):
        yield Link(repository.label, link)
    elif link:
        yield Link("PDF" if _PDF.fullmatch(link) else link_label(link), link)


def _list_doi(doi: str) -> Iterator[Link]:
    """Yield the link of a DOI, except one of arXiv, which leads to the same abstract."""
    if doi and not doi.lower().startswith("10.48550/"):
        yield Link("DOI", f"https://doi.org/{doi}")


def _list_repositories(body: Body) -> Iterator[Link]:
    """Yield the first few repositories in the abstract, which are the work's own, and then those in the commentary.

    Hugging Face has models, and the commentary on a paper names other models than the paper's.
    """
    own = _find_repositories(body.abstract.html) if body.abstract else ()
    others: Iterable[Link] = _find_repositories(body.commentary.html)
    if body.entry.kind == "paper":
        others = (link for link in others if "//huggingface.co/" not in link.url)
    yield from islice({link.url: link for link in (*own, *others)}.values(), CODE_LINKS)


def _find_repositories(html: str) -> Iterator[Link]:
    if 'href="https://' in html:
        yield from filter(None, (_name_repository(unescape(match[1])) for match in _LINK.finditer(html)))


def _name_repository(link: str) -> Link | None:
    """Return the link to a repository by its host and its name, or None if an address is not in one."""
    match = _REPOSITORY.match(link)
    if match is None or match["owner"] in _NO_OWNERS:
        return None
    name = match["name"].removesuffix(".git").rstrip(".")
    return Link(f"{_HOSTS[match['host']]} {match['owner']}/{name}", f"https://{match['host']}/{match['owner']}/{name}")
