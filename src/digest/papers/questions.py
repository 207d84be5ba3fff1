"""Entries and known records -> what to ask arXiv, and how its API wants to be asked.

The form of a query is that of the arXiv API user's manual (info.arxiv.org/help/api/user-manual.html, section 5.1).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from ..citations.names import parse_authors
from ..model import Entry, Span
from .filling import find_paper, is_nameless, keys_of, own_id, wants_link
from .matching import can_be_told, fold_title, match_paper
from .parsing import Record
from .record import Papers

BATCH = 100
"""The most ids in one request."""
RESULTS = 50
"""The most papers that a question for a title returns."""
WORDS = 8
"""The most words in a question for single words."""

_MATH = re.compile(r"\$[^$]*\$")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[A-Za-z]{3,}")
_COMMON = {
    "and", "are", "can", "for", "from", "how", "into", "not", "over", "the", "their", "this", "toward", "towards", "using", "via",
    "what", "when", "with", "without", "your",
}  # fmt: skip
"""Words that stand in many titles."""


class Question(Struct, frozen=True):
    """A paper to look up: by its arXiv id or, if that is empty, by title and authors.

    `source` is where the first entry about it stands. With `abstract`, the entry has no text of its own, so that the abstract is
    wanted too.
    """

    source: Span
    title: str
    authors: tuple[str, ...] = ()
    id: str = ""
    abstract: bool = False

    @property
    def key(self) -> str:
        """The question without its place: what is remembered as not found."""
        return self.id or "\t".join((fold_title(self.title), *self.authors))


class Plan(Struct, frozen=True):
    """The questions for ids and for titles, each once, and the ids of the records that no entry uses."""

    ids: tuple[Question, ...]
    titles: tuple[Question, ...]
    unused: tuple[str, ...]


def plan_questions(entries: Iterable[Entry], records: Mapping[str, Record], *, every: bool) -> Plan:
    """Return what to ask about entries, in their order. `records` are the records that there are, by id.

    Drafts are not asked about, since nothing of them leaves the machine. With `every`, papers are also looked up whose link and
    authors are known.
    """
    papers = Papers(record.paper for record in records.values() if record.paper)
    questions: dict[str, Question] = {}
    used = set[str]()
    for entry in entries:
        used.update(_used_by(entry, papers))
        for question in () if entry.draft else _ask_about(entry, records, papers, every=every):
            former = questions.get(question.key, question)
            questions[question.key] = structs.replace(former, abstract=former.abstract or question.abstract)
    ids = tuple(question for question in questions.values() if question.id)
    titles = tuple(question for question in questions.values() if not question.id)
    return Plan(ids, titles, tuple(name for name in records if name not in used))


def _used_by(entry: Entry, papers: Papers) -> Iterable[str]:
    for key in keys_of(entry):
        yield from (key,) if key in papers.by_id else ()
    if paper := find_paper(entry, papers):
        yield paper.id
    for work in entry.works:
        same = papers.by_title.get(fold_title(work.title), ())
        if not work.link and (found := match_paper(work.title, work.authors, same).paper):
            yield found.id


def _ask_about(entry: Entry, records: Mapping[str, Record], papers: Papers, *, every: bool) -> Iterable[Question]:
    """Yield the questions about an entry and its further works that the records don't answer."""
    identifier, wants_abstract = own_id(entry), not (entry.abstract or entry.commentary)
    if identifier:
        record = records.get(identifier)
        lacks = (not entry.authors or wants_abstract or is_nameless(entry) or every) and record is None
        if lacks or (wants_abstract and record and "abstract" not in record.names):
            yield Question(entry.source, entry.title, id=identifier, abstract=wants_abstract)
    elif wants_link(entry):
        paper = find_paper(entry, papers)
        if paper is None and can_be_told(entry.title, entry.authors):
            yield Question(entry.source, entry.title, entry.authors, abstract=wants_abstract)
        elif paper and wants_abstract and "abstract" not in records[paper.id].names:
            yield Question(entry.source, entry.title, id=paper.id, abstract=True)
    for work in entry.works:
        same = papers.by_title.get(fold_title(work.title), ())
        if (
            not work.link
            and can_be_told(work.title, work.authors)
            and not match_paper(work.title, work.authors, same).paper
        ):
            yield Question(entry.source, work.title, work.authors)


def phrase_query(title: str) -> str:
    """Return the query for papers whose titles hold this one, or nothing if it has no words.

    The parser of the API takes hyphens, quotes and colons for marks of its own language, so only words are asked for.
    """
    words = _PART.findall(_COMMAND.sub(" ", title))
    return f'ti:"{" ".join(words)}"' if words and "$" not in title else ""


def words_query(title: str, authors: Sequence[str]) -> str:
    """Return the query for papers by the first author with plain words of a title, or nothing if there are too few.

    It finds the titles that a phrase misses, since the API divides words at hyphens or not, depending on the digits in them.
    """
    words = _WORD.findall(_COMMAND.sub(" ", _MATH.sub(" ", title)))
    plain = dict.fromkeys(word.lower() for word in words if _PLAIN.fullmatch(word))
    telling = sorted((word for word in plain if word not in _COMMON), key=len, reverse=True)[:WORDS]
    families = [name.family for name in parse_authors(authors).names if _PLAIN.fullmatch(name.family)]
    if not telling or (len(telling) < 2 and not families):
        return ""
    terms = [f"ti:{word}" for word in plain if word in telling]
    return " AND ".join([*(f"au:{family}" for family in families[:1]), *terms])
