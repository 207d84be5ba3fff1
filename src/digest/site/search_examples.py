"""The archive -> examples of what can be typed into search, with the words, names and tags of the site's own entries."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ..archive.archive import Record
from ..citations.names import Name, parse_authors
from ..scripts import has_east_asian
from .arrangement import Arrangement

Examples = tuple[tuple[str, str], ...]
"""Pairs of a name in `Strings.search_help` and what is typed."""

USUAL_DATE = dt.date(2024, 3, 19)
"""The date of examples on a site without dates."""
MOST_RECORDS = 200
"""So many of the newest entries are looked through for an example."""

_PAIR = re.compile(r"(?<!\S)[^\W\d_]{3,12} [^\W\d_]{3,12}(?!\S)")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{4,16}(?![\w-])")
_HANGUL = re.compile(r"(?<![\w-])[가-힣]{3,6}(?![\w-])")
_ONE_WORD = re.compile(r"[\w-]+")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def find_examples(arrangement: Arrangement) -> Examples:
    """Return examples for the help of search, in the order in which it shows them.

    The newest entries give the words, names and tags. An example of which they have nothing is left out.
    """
    newest = list(islice(reversed(arrangement.archive.records), MOST_RECORDS))
    date = newest[0].date if newest else USUAL_DATE
    titles = [record.card.title for record in newest]
    words = [word.lower() for word in islice(_find_all(_WORD, titles), 2)]
    found = {
        "phrase": next((f'"{pair.lower()}"' for pair in _find_all(_PAIR, titles)), ""),
        "without": f"-{words[-1]}" if words else "",
        "either": " OR ".join(_find_pair(arrangement)),
        "author": next((f"author:{written}" for written in _find_authors(newest)), ""),
        "title": f"title:{words[0]}" if words else "",
        "groups": next(_find_groups(arrangement), ""),
        "range": f"{date:%Y}-01..{date:%Y-%m}",
        "day": f"{date:%Y-%m}",
        "has": "has:math has:code",
        "sort": "sort:date",
        "arxiv": next((record.card.arxiv[0] for record in newest if record.card.arxiv), ""),
        "initials": next((_initials_of(word) for word in _find_all(_HANGUL, titles)), ""),
    }
    return tuple((name, typed) for name, typed in found.items() if typed)


def _find_all(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from pattern.findall(text)


def _find_pair(arrangement: Arrangement) -> Sequence[str]:
    """Return the labels of two busy tags that can be typed as words, or nothing."""
    labels = [name.label for name, _ in arrangement.busy_tags if _ONE_WORD.fullmatch(name.label)]
    return labels[:2] if len(labels) > 1 else ()


def _find_groups(arrangement: Arrangement) -> Iterator[str]:
    """Yield a tag with the kind of its newest entry, for each busy tag."""
    for name, _ in arrangement.busy_tags:
        records = arrangement.archive.tags[name.key].records
        if records and not re.search(r"\s", name.spelling):
            yield f"#{name.spelling} kind:{records[0].card.kind}"


def _find_authors(records: Iterable[Record]) -> Iterator[str]:
    """Yield the authors of entries as a reader would type them."""
    for record in records:
        for name in parse_authors(record.card.authors).names if record.card.authors else ():
            if written := _typed_name(name):
                yield written


def _typed_name(name: Name) -> str:
    """Return the family name, or the whole name if it is in Hangul or Han, which have short ones."""
    written = name.full if has_east_asian(name.family) else name.family
    return written.lower() if _ONE_WORD.fullmatch(written) else ""


def _initials_of(word: str) -> str:
    return "".join(_INITIALS[(ord(syllable) - ord("가")) // 588] for syllable in word)
