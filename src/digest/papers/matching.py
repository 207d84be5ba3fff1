r"""The title and the authors of an entry, and papers -> the paper that the entry is surely about.

Titles are the same if they have the same letters and digits: case, accents, hyphens, spaces, quotes, and how a formula is
written (`$\alpha$`, `α`) make no difference, and everything else does. As many papers have one title, an author has to be
the same too.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache

from msgspec import Struct

from ..citations.names import parse_authors
from ..scripts import LATIN_SPELLINGS
from .record import Paper

SHORT_TITLE = 3
"""A title of fewer words is shared by unrelated papers: two authors have to be the same, if the entry names two."""
TELLING_TITLE = 5
"""If an entry names no author, its title must have this many words to be enough."""

_STYLE = re.compile(
    r"\\(?:math(?:cal|bf|rm|bb|it|sf|tt|frak|scr)|text(?:bf|it|rm|sc|sf|tt|up|sl|normal)?|emph|boldsymbol|bm|operatorname|left|right"
    r"|bf|it|rm|sc|tt|em|times|cdot|ensuremath|mbox|it|xspace|url|href)(?![A-Za-z])"
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLAIN_LETTERS = str.maketrans({**LATIN_SPELLINGS, "&": "and"})


class Match(Struct, frozen=True):
    """The paper that an entry is about, or None with the reason; `is_doubtful` is True if papers with its title were refused."""

    paper: Paper | None
    reason: str = ""
    is_doubtful: bool = False


@lru_cache(maxsize=1 << 14)
def fold_title(title: str) -> str:
    """Return the letters and digits of a title, by which titles are compared."""
    return _fold(_STYLE.sub("", title) if "\\" in title else title)


def count_words(title: str) -> int:
    """Count the words of a title; a compound with hyphens is one."""
    return len(_WORD.findall(title))


def can_be_told(title: str, authors: Sequence[str]) -> bool:
    """Return True if a title and authors are enough to be sure of a paper."""
    return bool(fold_title(title)) and (bool(authors) or count_words(title) >= TELLING_TITLE)


def match_paper(title: str, authors: Sequence[str], papers: Iterable[Paper]) -> Match:
    """Return the only paper with an entry's title and with an author of it. Without such a paper, or with several, say so."""
    wanted = fold_title(title)
    same = {paper.id: paper for paper in papers if wanted and fold_title(paper.title) == wanted}
    if not same:
        return Match(None, "no paper has this title")
    if not can_be_told(title, authors):
        reason = f"the title alone is too short to tell, and the entry names no author: {_list(same)}"
        return Match(None, reason, is_doubtful=True)
    surely = {paper.id: paper for paper in same.values() if _has_authors_of(paper, title, authors)}
    if len(surely) == 1:
        return Match(next(iter(surely.values())))
    if surely:
        return Match(None, f"several papers fit: {_list(surely)}", is_doubtful=True)
    return Match(None, f"{_list(same)} {'has' if len(same) == 1 else 'have'} this title, but other authors")


def _list(papers: Iterable[str]) -> str:
    return ", ".join(sorted(papers))


def _has_authors_of(paper: Paper, title: str, authors: Sequence[str]) -> bool:
    """Return True if enough authors are the same: by the family name or, if none is, by whole names whose parts are turned round."""
    if not authors:
        return True
    two = min(2, len(authors), len(paper.authors))
    common = _count_common(_families, authors, paper.authors)
    if common:
        return common >= (two if count_words(title) < SHORT_TITLE else 1)
    return 0 < two <= _count_common(_whole_names, authors, paper.authors)


def _count_common(keys_of: Callable[[str], Set[str]], authors: Sequence[str], others: Sequence[str]) -> int:
    known = {key for author in others for key in keys_of(author)}
    return sum(not known.isdisjoint(keys_of(author)) for author in authors)


@lru_cache(maxsize=1 << 14)
def _families(author: str) -> frozenset[str]:
    """Return the family names in an author as written; an organisation counts with its whole name."""
    names = parse_authors([author]).names
    return frozenset(filter(None, (_fold(name.family or name.literal) for name in names)))


@lru_cache(maxsize=1 << 14)
def _whole_names(author: str) -> frozenset[str]:
    """Return the whole names in an author as written, each with its parts in the order of the alphabet."""
    names = parse_authors([author]).names
    return frozenset(" ".join(sorted(filter(None, map(_fold, name.full.split())))) for name in names)


def _fold(text: str) -> str:
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).casefold()
        folded = "".join([_greek_name(char) if "\u0370" <= char <= "\u03ff" else char for char in folded])
    return "".join([char for char in folded.translate(_PLAIN_LETTERS) if char.isalnum()])


def _greek_name(letter: str) -> str:
    r"""Return the name of a Greek letter as TeX writes it: `alpha` for `α`, which may also be written `\alpha`."""
    name = unicodedata.name(letter, letter).rpartition(" ")[2].lower()
    return "lambda" if name == "lamda" else name
