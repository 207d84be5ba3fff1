"""Links to other sites -> whether they work: found in the texts as the site shows them, and asked for politely."""

import re
import time
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urldefrag

from msgspec import Struct

from ..config import CACHE_FOLDER, LinkSettings
from ..diagnostics import Diagnostic
from ..installed import requirement_with
from ..model import Body, Card, NoteFile, Span
from ..notes.discover import read_note
from ..store.cache import Cache, decode_body
from ..store.lock import LockedError, project_lock
from ..store.places import PlaceError
from ..urls import arxiv_id, find_arxiv_labels, find_urls, is_matched
from ..web.answers import Answer, is_private, server_of
from ..web.memory import open_memory
from .job import Progress
from .places import destinations_on, prose_lines

MEMORY_FOLDER = f"{CACHE_FOLDER}/links"

UNSURE_SHOWN = 10

_HREF = re.compile(r' href="(https?://[^"]*)"')
_PAPER = re.compile(r' href="ref:arxiv:([^"#]*)"')

OutsideLinks = Mapping[str, tuple[Span, ...]]
"""The addresses that the site links to, without their parts after `#`, and the entries that do."""
Ask = Callable[[Sequence[str]], Iterator[tuple[str, Answer]]]


class CannotAskError(Exception):
    """Other sites cannot be asked; the message says why."""


class Outcome(Struct, frozen=True):
    """The result of a check. `unsure` are addresses of which nobody knows, each with the reason; `remark` counts everything."""

    diagnostics: tuple[Diagnostic, ...]
    unsure: tuple[tuple[str, str], ...]
    remark: str

    def describe(self, *, every: bool) -> Iterator[str]:
        """Yield lines about the links that are no problems: the counts, and those of which nobody knows."""
        yield self.remark
        if self.unsure:
            yield f"{len(self.unsure):,} could not be checked:"
        shown = self.unsure if every else self.unsure[:UNSURE_SHOWN]
        yield from (f"  {url} {reason}" for url, reason in shown)
        if more := len(self.unsure) - len(shown):
            yield f"  and {more:,} more; --all shows each"


def find_outside_links(cards: Iterable[Card], cache: Cache) -> OutsideLinks:
    """Find all links of entries and pages that lead to other sites."""
    links: dict[str, dict[Span, None]] = defaultdict(dict)
    for card in cards:
        for url in _links_of(decode_body(cache.raw_body(card.digest))):
            links[urldefrag(url).url][card.source] = None
    return {url: tuple(spans) for url, spans in links.items()}


def _links_of(body: Body) -> Iterator[str]:
    entry = body.entry
    abstracts = (abstract for _, abstract in body.works)
    for fragment in filter(None, (body.commentary, body.abstract, *body.translations, *abstracts)):
        yield from map(unescape, _HREF.findall(fragment.html))
        yield from (f"https://arxiv.org/abs/{unquote(paper)}" for paper in _PAPER.findall(fragment.html))
    for link in (entry.link, *(work.link for work in entry.works)):
        if link and link.lower().startswith(("http://", "https://")):
            yield link


def require_urllib3() -> None:
    """Raise CannotAskError if the package is missing that sends the requests."""
    if find_spec("urllib3") is None:
        raise CannotAskError(f'to ask other sites, install the extra: pip install "{requirement_with("links")}"')


def ask_outside(project: Path, links: OutsideLinks, settings: LinkSettings, progress: Progress) -> Outcome:
    """Ask other sites for all links, as `check_outside` says; raises CannotAskError."""
    from ..web.hosts import ask_all  # loads urllib3

    try:
        return check_outside(project, links, settings, progress, partial(ask_all, delay=settings.delay))
    except (LockedError, PlaceError) as error:
        raise CannotAskError(str(error)) from error
    except OSError as error:
        raise CannotAskError(f"the answers of other sites cannot be kept: {error.strerror or error}") from error


def check_outside(
    folder: Path,
    links: OutsideLinks,
    settings: LinkSettings,
    progress: Progress,
    ask: Ask,
    is_skipped: Callable[[str], bool] = is_private,
) -> Outcome:
    """Ask for all links that no earlier run has an answer for; return what is wrong with them.

    Answers are kept one by one, so a run that is stopped loses none. Raises LockedError if another check is at work, PlaceError and OSError.
    """
    ignored = {url for url in links if is_matched(url, settings.ignore)}
    private = {url for url in links if url not in ignored and is_skipped(url)}
    wanted = [url for url in links if url not in ignored and url not in private]
    answers: dict[str, Answer] = {}
    with (
        project_lock(folder, MEMORY_FOLDER, "another check of the links to other sites is at work here"),
        open_memory(folder, MEMORY_FOLDER, wanted, now=time.time(), days=settings.days) as memory,
    ):
        fresh = []
        for url in wanted:
            if known := memory.answer(url):
                answers[url] = known
            else:
                fresh.append(url)
        fresh.sort(key=lambda url: (memory.last_asked(url), url))
        chosen = _choose(fresh, settings.per_host)
        for number, (url, answer) in enumerate(ask(chosen)):
            progress("ask other sites", number, len(chosen))
            answers[url] = answer
            memory.keep(url, answer)
    counts = {
        "checked": len(answers),
        "asked": len(chosen),
        "left for the next run": len(fresh) - len(chosen),
        "ignored": len(ignored),
        "private": len(private),
    }
    remark = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count or what == "checked")
    return Outcome(
        diagnostics=tuple(sorted(_report(folder, links, answers))),
        unsure=tuple(sorted((url, answer.detail) for url, answer in answers.items() if answer.state == "unsure")),
        remark=f"links to other sites: {remark}",
    )


def _choose(urls: Iterable[str], most: int) -> list[str]:
    """Return at most so many addresses of each host, the first ones."""
    counts: dict[str, int] = defaultdict(int)
    chosen = []
    for url in urls:
        host = server_of(url)
        counts[host] += 1
        if counts[host] <= most:
            chosen.append(url)
    return chosen


def _report(folder: Path, links: OutsideLinks, answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each entry with a link that is broken or has moved; only their notes are read."""
    by_note: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for url, answer in answers.items():
        for span in links[url] if answer.state in ("broken", "moved") else ():
            by_note[span.path].append((span, url))
    for path, found in by_note.items():
        note = read_note(folder, path)
        places = _places(note.text) if isinstance(note, NoteFile) else {}
        for span, url in found:
            same = places.get(_key(url), [])
            at = bisect_left(same, (span.first_line, 0))
            is_in = at < len(same) and same[at][0] <= span.last_line
            line, column = same[at] if is_in else (span.first_line, 0)
            answer = answers[url]
            if answer.state == "broken":
                hint = "mend the link, or list it under `links: ignore:`"
                yield Diagnostic(path, line, column, "dead-link", f"`{url}` {answer.detail}", hint, url)
            else:
                message, hint = f"`{url}` moved for good", f"write `{answer.to}`"
                yield Diagnostic(path, line, column, "moved-link", message, hint, url)


def _places(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return the line and the column of every address in a note, by its key."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in prose_lines(text):
        found = [(start, url) for start, _, url in find_urls(line)]
        found += [(start, f"https://arxiv.org/abs/{paper}") for start, _, paper in find_arxiv_labels(line)]
        found += [(start, url) for start, url in destinations_on(line) if url.startswith(("http", "//"))]
        for start, url in sorted(found):
            places[_key(url)].append((number, start + 1))
    return places


def _key(url: str) -> str:
    """Return what addresses are compared by: a paper's id, or the address without escapes and the part after `#`."""
    paper = arxiv_id(url)
    if paper:
        return paper
    written = f"https:{url}" if url.startswith("//") else url
    return unicodedata.normalize("NFC", unquote(urldefrag(written).url))
