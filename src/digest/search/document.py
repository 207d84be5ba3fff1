"""One entry into its search terms: what the index needs of a note, and nothing that depends on other notes.

Invariant: `index_document` is a pure function of its document, so its result can be cached under the document's hash.
"""

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

import msgspec
from msgspec import Struct

from .coding import content_name
from .tokens import is_hangul, normalize, noun_pairs, tokenize

WEIGHT_UNIT = 32
"""Weights of terms are stored in this part of one occurrence in a commentary of common length."""

_HYPHEN = re.compile(r"(?<=\w)[-_.'’](?=\w)")

MOST_WEIGHT = 4095
"""The most a term weighs in a document, far beyond the last level of a posting."""

FRAGMENT_LIMIT = 6000
"""Characters kept of each text in a fragment, from which snippets are cut."""


class SearchDocument(Struct, frozen=True):
    """What search knows of an entry.

    `other_titles` are those of further works in the entry; `tags` are (key, label); `authors` are names; `commentary` and `translations` are plain text with a line feed
    between paragraphs; `arxiv` are ids without version.
    """

    id: str
    url: str
    title: str
    date: str
    kind: str
    other_titles: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    authors: tuple[str, ...] = ()
    abstract: str = ""
    commentary: str = ""
    translations: str = ""
    link: str = ""
    arxiv: tuple[str, ...] = ()


class DocumentKey(Struct, frozen=True, order=True):
    """A document's place in the index: by date, then by id; `digest` changes with its content."""

    date: str
    id: str
    digest: bytes


class DocumentTerms(Struct, frozen=True):
    """The terms of one document.

    `terms` and `weights` run side by side, as do `names` (tokens of the authors) and `name_weights`. `english` are the
    Latin tokens of title, abstract, tags and translations, which alignment sets against the Hangul ones. `authors` are
    whole names as their tokens, `pairs` neighbouring Hangul words that may be one compound, `phrases` neighbouring words
    of the title.
    `fragment` is the compressed file that a result is shown from, `check` two characters that tell its contents apart.
    """

    key: DocumentKey
    kind: str
    tags: tuple[tuple[str, str], ...]
    arxiv: tuple[str, ...]
    terms: tuple[str, ...]
    weights: tuple[int, ...]
    names: tuple[str, ...]
    name_weights: tuple[int, ...]
    english: tuple[str, ...]
    authors: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]
    fragment: bytes
    check: str


class _Field(Struct, frozen=True):
    """BM25F's settings of a field: its weight, its common length in tokens, how much its length matters."""

    weight: float
    length: float
    slope: float

    def unit(self, tokens: int) -> float:
        """Weigh one occurrence in a field of so many tokens, in stored units."""
        return WEIGHT_UNIT * self.weight / (1 - self.slope + self.slope * tokens / self.length)


# Fixed lengths rather than averages of the corpus: a new note must not change the weights of the others.
_TITLE = _Field(weight=3.0, length=9, slope=0.3)
_TAGS = _Field(weight=2.0, length=3, slope=0.2)
_AUTHORS = _Field(weight=1.0, length=14, slope=0.1)
_ABSTRACT = _Field(weight=0.5, length=200, slope=0.4)
_COMMENTARY = _Field(weight=1.0, length=90, slope=0.65)
_TRANSLATIONS = _Field(weight=0.5, length=160, slope=0.5)


def _weigh(weights: dict[str, float], tokens: Iterable[str], length: int, field: _Field) -> None:
    unit = field.unit(length)
    for token, count in Counter(tokens).items():
        weights[token] = weights.get(token, 0.0) + unit * count


def fragment_of(document: SearchDocument) -> bytes:
    """Write what a result is shown from: a JSON array, read by `search-format.js`."""
    cut = FRAGMENT_LIMIT
    fields = [
        document.id,
        document.url,
        document.title,
        document.date,
        document.kind,
        [label for _, label in document.tags],
        ", ".join(document.authors)[:cut],
        document.commentary[:cut],
        "\n".join((*document.other_titles, document.abstract))[:cut],
        document.translations[:cut],
    ]
    return msgspec.json.encode(fields)


def index_document(document: SearchDocument) -> DocumentTerms:
    """Weigh the terms of one document by BM25F's field weights and lengths."""
    weights: dict[str, float] = {}
    names: dict[str, float] = {}
    tags = tokenize(" ".join(label for _, label in document.tags))
    english: set[str] = set(tags)
    titles = (document.title, *document.other_titles)
    for each in titles:
        tokens = tokenize(each)
        english.update(tokens)
        _weigh(weights, tokens, len(tokens), _TITLE)
    _weigh(weights, tags, len(tags), _TAGS)
    for text, field in ((document.abstract, _ABSTRACT), (document.translations, _TRANSLATIONS)):
        if text:
            tokens = tokenize(text)
            english.update(tokens)
            _weigh(weights, tokens, len(tokens), field)
    tokens = tokenize(document.commentary)
    _weigh(weights, tokens, len(tokens), _COMMENTARY)
    whole_names = [tokenize(name) for name in document.authors]
    authors = list(chain.from_iterable(whole_names))
    _weigh(names, authors, len(authors), _AUTHORS)
    terms = sorted(weights)
    name_list = sorted(names)
    fragment = fragment_of(document)
    return DocumentTerms(
        key=key_of(document),
        kind=document.kind,
        tags=document.tags,
        arxiv=document.arxiv,
        terms=tuple(terms),
        weights=tuple([min(round(weights[term]), MOST_WEIGHT) for term in terms]),
        names=tuple(name_list),
        name_weights=tuple([min(round(names[name]), MOST_WEIGHT) for name in name_list]),
        english=tuple(sorted(token for token in english if not is_hangul(token))),
        authors=tuple(sorted({" ".join(name) for name in whole_names if len(name) > 1})),
        pairs=tuple(sorted(set(noun_pairs(normalize("\n".join((*titles, document.commentary))))))),
        phrases=title_phrases(titles),
        fragment=zlib.compress(fragment, 6),
        check=content_name(fragment, 2),
    )


def title_phrases(titles: Iterable[str]) -> tuple[str, ...]:
    """List the pairs of neighbouring words of titles, hyphenated words in parts."""
    words = (tokenize(_HYPHEN.sub(" ", title)) for title in titles)
    return tuple(sorted({f"{first} {second}" for each in words for first, second in pairwise(each)}))


def key_of(document: SearchDocument) -> DocumentKey:
    """Name a document and hash all that search shows and finds of it."""
    digest = hashlib.blake2b(msgspec.msgpack.encode(document), digest_size=12).digest()
    return DocumentKey(document.date, document.id, digest)
