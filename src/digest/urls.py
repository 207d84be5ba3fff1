"""Plain text -> the URLs, arXiv ids and DOIs in it.

Every room finds addresses by these rules, so the parser and the pages agree on what is a link. No text raises an error.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .iri import host_of
from .scripts import HANGUL, HANGUL_FILLERS

# What RFC 3986 bars from a URL, East Asian quotation marks and brackets, middle dots, arrows, and invisible characters.
_BARRED = (
    HANGUL_FILLERS
    + r"\s<>\"`{}|\\^\u00b7\u200b-\u200f\u2018-\u201f\u2026\u2060\u2190-\u21ff\u3001\u3002\u3008-\u3011\u30fb\uff08"
    + r"\uff09\uff0c\ufeff"
)
_PARTICLES = (
    "에서는 에서도 에서의 에서 에는 에도 에게 에 으로 로 의 을 를 은 는 이나 이 가 와 과 도 만 "
    "부터 까지 처럼 보다 라고 라는 이라는 입니다"
)
_PARTICLE = "|".join([*_PARTICLES.split(), *unicodedata.normalize("NFD", _PARTICLES).split()])

_URL = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    rf"[hH][tT][tT][pP][sS]?://(?=[A-Za-z0-9\[{HANGUL}])"
    # A particle glued to the end of a segment, or taking the place of one, is no part of the address.
    # Parentheses with Hangul in them belong to the address after Hangul, `_` or `/` (`/wiki/파이썬_(언어)`).
    rf"(?:[^{_BARRED}{HANGUL}(]+|(?<=[/_{HANGUL}])\([^{_BARRED}()]*\)|\(|(?<=[/_=#~+&-])(?!(?<=/)(?:{_PARTICLE})(?![\w/%-]))[{HANGUL}]+)+"
    r"|[mM][aA][iI][lL][tT][oO]:[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r")"
)
# An article of a wiki may have its subject in parentheses, whatever is before them (`/w/BERT(언어모델)`).
_SUBJECT = re.compile(rf"[^{_BARRED}()]*\)")
_TRAILING = ".,;:!?'*([&"
_BRACKET = re.compile(r"[()\[\]]")
_CLOSING = {")": "(", "]": "["}

_ID = r"(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7})(v\d+)?(?![\d])"
_ARXIV_URL = re.compile(
    r"https?://(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format|ps)|ar5iv\.org/(?:abs|html|pdf)"
    rf"|ar5iv\.labs\.arxiv\.org/html|(?:www\.)?huggingface\.co/papers)/{_ID}(?:\.pdf)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:www\.|dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S*[^\s.,;])", re.IGNORECASE)
_ARXIV_LABEL = re.compile(rf"(?<![A-Za-z0-9/])arxiv:\s?{_ID}", re.IGNORECASE)


def find_urls(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the address of every http, https and mailto URL, from left to right.

    Trailing punctuation stays outside, and so does a closing bracket that the URL didn't open. Hangul belongs to the URL
    after `/`, `-`, `_`, `=`, `#` or other Hangul (`/wiki/딥러닝`). After a Latin letter or a digit it is a particle and
    ends the URL (`/abs/2112.07804에서`), as does a particle that stands alone after `/`.
    """
    if "://" not in text and "mailto:" not in text:
        return
    match = _URL.search(text)
    while match:
        start, url = match.start(), _address(match)
        end = start + len(url)
        if not _is_bare_scheme(url):
            yield start, end, url
        # The text that was trimmed may hold the next URL, as in `[https://a.example](https://b.example)`.
        match = _URL.search(text, end)


def url_at(text: str, start: int, end: int) -> str:
    """Return the URL that begins at `start` and ends at `end` or before it, or an empty string."""
    match = _URL.match(text, start, end)
    url = _address(match) if match else ""
    return "" if _is_bare_scheme(url) else url


def arxiv_label_at(text: str, start: int, end: int) -> tuple[int, str, str]:
    """Return the end, the id and the version of the label (`arXiv:2305.10403v2`) that begins at `start`.

    Without a label there, return `start` and two empty strings.
    """
    match = _ARXIV_LABEL.match(text, start, end)
    return (match.end(), _canonical(match[1]), match[2] or "") if match else (start, "", "")


def is_matched(url: str, patterns: Iterable[str]) -> bool:
    """Return True if an address or its host matches a pattern, in which `*` stands for any characters."""
    from fnmatch import fnmatchcase  # few sites have patterns

    host = host_of(url)
    return any(fnmatchcase(url, pattern) or (host and fnmatchcase(host, pattern.lower())) for pattern in patterns)


@lru_cache(maxsize=1 << 13)  # a build asks for the id of each link about ten times, for notes, pages and feeds
def arxiv_id(url: str) -> str | None:
    """Return the arXiv id that an address is about, without its version, or None.

    Addresses of abstracts, PDF files and HTML pages on arxiv.org and its mirror, ar5iv, and the paper pages of Hugging
    Face have one. The subject class of an old id goes (`math.GT/0309136` is `math/0309136`), as on arXiv itself.
    """
    match = _ARXIV_URL.match(url)
    return _canonical(match[1]) if match else None


def arxiv_version(url: str) -> str:
    """Return the version in an address that `arxiv_id` understands (`v2`), or an empty string."""
    match = _ARXIV_URL.match(url)
    return (match[2] or "").lower() if match else ""


def read_doi_of(text: str) -> str:
    """Return the DOI that a text is, as `10.1000/182`, `doi:10.1000/182` or an address at doi.org, or an empty string."""
    match = _DOI.fullmatch(text.strip())
    return match[1] if match else ""


def find_arxiv_labels(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the id of every mention such as `arXiv:2305.10403`, from left to right."""
    if "iv:" in text or "IV:" in text:
        for match in _ARXIV_LABEL.finditer(text):
            yield match.start(), match.end(), _canonical(match[1])


def find_arxiv_ids(text: str) -> tuple[str, ...]:
    """Return the arXiv ids that a text mentions by URL or as `arXiv:…`, each once, in order of first mention."""
    found = [(start, identifier) for start, _, identifier in find_arxiv_labels(text)]
    found += [(start, identifier) for start, _, url in find_urls(text) if (identifier := arxiv_id(url))]
    return tuple(dict.fromkeys(identifier for _, identifier in sorted(found)))


def _canonical(identifier: str) -> str:
    archive, slash, number = identifier.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}" if slash else identifier


def _is_bare_scheme(url: str) -> bool:
    # `https://[` comes to this once its bracket turns out to have no other one.
    return url.endswith("://") and url.count("://") == 1


def _address(match: re.Match[str]) -> str:
    url = match[0]
    if url[-1] == "(" and ("/wiki/" in url or "/w/" in url):
        subject = _SUBJECT.match(match.string, match.end())
        url += subject[0] if subject else ""
    return _trim(url)


def _trim(url: str) -> str:
    opened: list[str] = []
    for bracket in _BRACKET.finditer(url):
        if bracket[0] in "([":
            opened.append(bracket[0])
            continue
        if not opened or opened[-1] != _CLOSING[bracket[0]]:
            url = url[: bracket.start()]
            break
        opened.pop()
    return url.rstrip(_TRAILING)
