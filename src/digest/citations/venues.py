"""The address of a publication -> what the address itself tells of it: its type, its venue, its year, its DOI, its PDF file.

Each rule reads the addresses of one site, and tells only what the form of the address makes certain. An address that no
rule knows tells nothing.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import unquote

from ..urls import arxiv_id, read_doi_of
from . import proceedings
from .anthology import read_anthology_id
from .dois import read_doi, read_ijcai
from .publications import Publication, read_arxiv

PMLR = "Proceedings of Machine Learning Research"


Rule = Callable[[str, str], Publication | None]
"""Reads the rest of an address behind a host: its path, and its query with the fragment."""

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/?#\s]+)([^?#\s]*)([?#]\S*)?", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S*[^\s.,;]")


@lru_cache(maxsize=1 << 13)
def read_address(url: str) -> Publication | None:
    """Return what an address tells of the publication at it, or None if it is not known to be one's."""
    if paper := arxiv_id(url):
        return read_arxiv(paper)
    match = _ADDRESS.match(url)
    rule = _RULES.get(match[1].lower()) if match else None
    return rule(match[2], match[3] or "") if match and rule else None


_ACL_PATH = re.compile(
    r"/(?:anthology/|papers/)?(?P<id>\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+|[A-Za-z]\d\d-\d{4,5})"
    r"(?:v\d+)?(?:\.pdf|\.bib|/[a-z]\d\d-\d{4,5})?/?"
)


def _acl_anthology(path: str, _query: str) -> Publication | None:
    match = _ACL_PATH.fullmatch(path)
    return read_anthology_id(match["id"]) if match else None


_OPENREVIEW_ID = re.compile(r"[?&]id=([\w-]+)")


def _openreview(path: str, query: str) -> Publication | None:
    match = _OPENREVIEW_ID.search(query)
    if path not in ("/forum", "/pdf") or not match:
        return None
    return Publication(
        link=f"https://openreview.net/forum?id={match[1]}", pdf=f"https://openreview.net/pdf?id={match[1]}"
    )


_PMLR_PATH = re.compile(
    r"/v(?P<volume>\d+)/(?P<key>[a-z'_-]+(?P<year>\d\d)[a-z]?)(?:\.html|\.pdf|/(?P=key)\.pdf)", re.IGNORECASE
)


def _pmlr(path: str, _query: str) -> Publication | None:
    match = _PMLR_PATH.fullmatch(path)
    if not match:
        return None
    site, volume, key = "https://proceedings.mlr.press", int(match["volume"]), match["key"]
    # The PDF files of these volumes lie in a folder of the paper's name; those of later ones lie on another site.
    in_folder = f"{site}/v{volume}/{key}/{key}.pdf" if 54 <= volume <= 202 else ""
    conference = proceedings.PMLR_CONFERENCES.get(volume, "")
    return Publication(
        type="paper-conference",
        container=conference or PMLR,
        link=f"{site}/v{volume}/{key}.html",
        pdf=f"{site}{path}" if path.endswith(".pdf") else in_folder,
        published=f"20{match['year']}",
        series=PMLR if conference else "",
        volume=str(volume),
    )


_HASHED_PATH = re.compile(
    r"(?P<folder>/paper_files/paper|/paper)/(?P<year>\d{4})/(?:hash|file)/(?P<hash>[0-9a-f]{16,64})-[A-Za-z]+(?P<track>-[\w-]+)?\.(?:html|pdf)"
)
_NUMBERED_PATH = re.compile(r"/paper/\d+-[\w-]+(?:\.pdf)?")


def _hashed(host: str) -> Rule:
    """Return the rule of a site of proceedings whose addresses hold a year and a hash."""

    def read(path: str, _query: str) -> Publication | None:
        container = proceedings.HASHED_PROCEEDINGS[host]
        if match := _HASHED_PATH.fullmatch(path):
            base = f"https://{host}{match['folder']}/{match['year']}"
            track = match["track"] or ""
            return Publication(
                type="paper-conference",
                container=container,
                link=f"{base}/hash/{match['hash']}-Abstract{track}.html",
                pdf=f"{base}/file/{match['hash']}-Paper{track}.pdf",
                published=match["year"],
                volume=str(int(match["year"]) - 1987) if container == proceedings.NEURIPS else "",
            )
        if container == proceedings.NEURIPS and _NUMBERED_PATH.fullmatch(path):
            return Publication(
                type="paper-conference", container=container, link=f"https://{host}{path.removesuffix('.pdf')}"
            )
        return None

    return read


_VISION_PATH = re.compile(
    r"(?P<base>/content[_/](?P<name>[A-Z]{4})(?P<early>W?)_?(?P<year>\d{4})(?P<late>W?|_workshops)/(?:[\w-]+/)*?)"
    r"(?:html|papers)/(?P<before>(?:w\d+/)?)(?P<paper>[^/]+_paper)\.(?:html|pdf)"
)


def _vision(path: str, _query: str) -> Publication | None:
    match = _VISION_PATH.fullmatch(path)
    name = proceedings.VISION.get(match["name"]) if match else None
    if not match or not name:
        return None
    base, paper = f"https://openaccess.thecvf.com{match['base']}", match["before"] + match["paper"]
    return Publication(
        type="paper-conference",
        container=f"{name} Workshops" if match["early"] or match["late"] else name,
        link=f"{base}html/{paper}.html",
        pdf=f"{base}papers/{paper}.pdf",
        published=match["year"],
    )


def _european_vision(path: str, _query: str) -> Publication | None:
    match = re.match(r"/papers/eccv_(\d{4})/papers_ECCV/", path)
    container = "European Conference on Computer Vision"
    return (
        Publication(
            type="paper-conference", container=container, link=f"https://www.ecva.net{path}", published=match[1]
        )
        if match
        else None
    )


_JMLR_PATH = re.compile(r"/papers/v(?:olume)?(?P<volume>\d+)/(?P<paper>[\w-]+)(?:\.html|/(?P=paper)\.pdf)")


def _jmlr(path: str, _query: str) -> Publication | None:
    match = _JMLR_PATH.fullmatch(path)
    if not match:
        return None
    volume, paper = int(match["volume"]), match["paper"]
    return Publication(
        type="article-journal",
        container="Journal of Machine Learning Research",
        link=f"https://jmlr.org/papers/v{volume}/{paper}.html",
        pdf=f"https://jmlr.org/papers/volume{volume}/{paper}/{paper}.pdf",
        # The first volumes span two years each.
        published=str(1999 + volume) if volume >= 4 else "",
        volume=str(volume),
    )


def _ijcai(path: str, _query: str) -> Publication | None:
    match = re.fullmatch(r"/proceedings/(\d{4})/0*(\d+)(?:\.pdf)?/?", path)
    # Earlier addresses have a volume where these have the paper.
    if not match or match[1] < "2017":
        return None
    return read_ijcai(match[1], int(match[2]))


def _aaai(path: str, _query: str) -> Publication | None:
    match = re.match(r"/index\.php/AAAI/article/(?:view|download)/(\d+)", path)
    link = f"https://ojs.aaai.org/index.php/AAAI/article/view/{match[1]}" if match else ""
    return (
        Publication(type="paper-conference", container="AAAI Conference on Artificial Intelligence", link=link)
        if match
        else None
    )


def _usenix(path: str, _query: str) -> Publication | None:
    match = re.fullmatch(r"/conference/([a-z]+)(\d\d)/presentation/[\w-]+/?", path)
    name = proceedings.USENIX.get(match[1]) if match else None
    return (
        Publication(
            type="paper-conference", container=name, link=f"https://www.usenix.org{path}", published=f"20{match[2]}"
        )
        if match and name
        else None
    )


def _interspeech(path: str, _query: str) -> Publication | None:
    match = re.fullmatch(r"/(?:archive/)?interspeech_(\d{4})/(\w+)\.(?:html|pdf)", path)
    if not match:
        return None
    page = f"https://www.isca-archive.org/interspeech_{match[1]}/{match[2]}"
    return Publication(
        type="paper-conference", container="Interspeech", link=f"{page}.html", pdf=f"{page}.pdf", published=match[1]
    )


def _distill(path: str, _query: str) -> Publication | None:
    match = re.fullmatch(r"/(\d{4})/[\w-]+(?:/[\w-]+)?/?", path)
    return (
        Publication(type="article-journal", container="Distill", link=f"https://distill.pub{path}", published=match[1])
        if match
        else None
    )


def _nature(path: str, _query: str) -> Publication | None:
    match = re.fullmatch(r"/articles/(s\d{5}-\d{3}-\d{5}-\w|nature\d{5})(?:\.pdf)?/?", path)
    return read_doi(f"10.1038/{match[1]}") if match else None


def _doi_resolver(path: str, _query: str) -> Publication | None:
    doi = read_doi_of(unquote(path[1:]))
    return read_doi(doi) if doi else None


_DOI_TAIL = re.compile(
    r"(?:v\d+)?(?:\.full(?:[-.]text)?|\.abstract|\.short)?(?:\.pdf\+html|\.pdf)?$|/(?:full|abstract|pdf|epdf)$"
)


def _doi_in_path(path: str, query: str) -> Publication | None:
    """Read the DOI in an address of a publisher, such as `/doi/abs/10.1145/3442188.3445922`."""
    match = _DOI.search(unquote(path if "/10." in path else query))
    # ACM numbers books and papers without a DOI as `10.5555`.
    if not match or match[0].startswith("10.5555/"):
        return None
    return read_doi(_DOI_TAIL.sub("", match[0].partition("&")[0].rstrip("/"), count=1))


def _ssrn(path: str, query: str) -> Publication | None:
    match = re.search(r"abstract(?:_?id)?=(\d+)", path + query, re.IGNORECASE)
    return read_doi(f"10.2139/ssrn.{match[1]}") if match else None


_RULES: dict[str, Rule] = {
    "aclanthology.org": _acl_anthology,
    "aclanthology.info": _acl_anthology,
    "aclweb.org": _acl_anthology,
    "openreview.net": _openreview,
    "proceedings.mlr.press": _pmlr,
    **{host: _hashed(host) for host in proceedings.HASHED_PROCEEDINGS},
    "openaccess.thecvf.com": _vision,
    "ecva.net": _european_vision,
    "jmlr.org": _jmlr,
    "ijcai.org": _ijcai,
    "ojs.aaai.org": _aaai,
    "usenix.org": _usenix,
    "isca-archive.org": _interspeech,
    "isca-speech.org": _interspeech,
    "distill.pub": _distill,
    "nature.com": _nature,
    "doi.org": _doi_resolver,
    "dx.doi.org": _doi_resolver,
    "papers.ssrn.com": _ssrn,
    "ssrn.com": _ssrn,
    **dict.fromkeys(
        (
            "dl.acm.org", "link.springer.com", "onlinelibrary.wiley.com", "journals.sagepub.com", "tandfonline.com",
            "science.org", "pnas.org", "pubs.acs.org", "journals.aps.org", "biorxiv.org", "medrxiv.org",
            "frontiersin.org", "journals.plos.org",
        ),
        _doi_in_path,
    ),
}  # fmt: skip
"""The rule of each host, which is without `www.`."""
