"""Turn one document into its search terms.

The result of `index_document` depends on its document alone, so it can be cached under the document's hash.
"""

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

import msgspec
from msgspec import Struct

from ..model import tag_key
from .coding import MOST_WEIGHT, content_name, level_table
from .tokens import (
    ARXIV_SIGN,
    AUTHOR_SIGN,
    FEATURE_SIGN,
    NAME_SIGN,
    PHRASE_SIGN,
    TITLE_SIGN,
    is_hangul,
    normalize,
    noun_pairs,
    split_normalized,
    tokenize,
)

WEIGHT_UNIT = 32
"""Stored weight of one occurrence in a commentary of average length."""

FIRST_WEIGHT = 8 * WEIGHT_UNIT
"""Weight of the arXiv id of a paper that a document is about; ids that it only mentions weigh one unit."""

_LEVELS = level_table(WEIGHT_UNIT)
_HYPHEN = re.compile(r"(?<=\w)[-_.'’](?=\w)")

CHECK_LENGTH = 2
"""Number of characters of the checksum in a fragment's name."""

FRAGMENT_LIMIT = 6000
"""Maximum length of each text in a fragment, in characters; snippets are cut from these texts."""


DIGEST_BYTES = 12
"""Length of the digest in a document's key."""


class SearchDocument(Struct, frozen=True):
    """An entry as search sees it.

    `date` is empty for a note without one. `other_titles` are the titles of further works in the entry, `tags` are (key, label),
    `authors` are names. `arxiv` are ids without version, and `papers` are those of them that the entry is about. `commentary` and
    `translations` are plain text with a line feed between paragraphs. `features` are what `has:` finds: `code`, `math`.
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
    arxiv: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


class DocumentKey(Struct, frozen=True, order=True):
    """A document's identity and order in the index: without a date first, then by date, then by id.

    `digest` is a hash of its content.
    """

    date: str
    id: str
    digest: bytes


class DocumentTerms(Struct, frozen=True):
    """The terms of one document.

    `terms` and their `levels` are final. The first `in_text` are tokens of texts. Then come tokens of names only, and terms behind
    a sign: `@` for arXiv ids, `~` for whole names of authors, `&` for words of names, `^` for pairs of neighbouring title words,
    `=` for single ones, `!` for features.

    `words` are the Hangul tokens of texts with their `weights`, to be stemmed once the tokens of all documents are known. `pairs` are
    neighbouring words that may form a compound, as indexes into `words`, one pair after the other. `names` and `name_weights` are the Hangul tokens of authors.

    `english` are the non-Hangul tokens of title, abstract, tags and translations, for alignment. `series` is a hash of the title's
    pairs of words but those that end in a number, or 0 if there are none. `fragment` is the compressed file that a result is shown
    from; `check` is the checksum in its name.
    """

    key: DocumentKey
    kind: str
    tags: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]
    levels: bytes
    in_text: int
    words: tuple[str, ...]
    weights: bytes
    names: tuple[str, ...]
    name_weights: bytes
    pairs: tuple[int, ...]
    english: tuple[str, ...]
    series: int
    fragment: bytes
    check: str


decode_terms = msgspec.msgpack.Decoder(DocumentTerms).decode


class _Field(Struct, frozen=True):
    """A field's parameters in BM25F: its weight, its average length in tokens, and how much its length matters (0 to 1)."""

    weight: float
    length: float
    slope: float

    def unit(self, tokens: int) -> float:
        """Return the stored weight of one occurrence in a field of this many tokens."""
        return WEIGHT_UNIT * self.weight / (1 - self.slope + self.slope * tokens / self.length)


# Lengths are constants and not averages over the notes: a new note must not change the weights in others.
_TITLE = _Field(weight=3.0, length=9, slope=0.3)
_TAGS = _Field(weight=2.0, length=3, slope=0.2)
_AUTHORS = _Field(weight=1.0, length=14, slope=0.1)
_ABSTRACT = _Field(weight=0.5, length=200, slope=0.4)
_COMMENTARY = _Field(weight=1.0, length=90, slope=0.65)
_TRANSLATIONS = _Field(weight=0.5, length=160, slope=0.5)


def _weigh(weights: defaultdict[str, float], tokens: Sequence[str], field: _Field) -> None:
    unit = field.unit(len(tokens))
    if len(set(tokens)) == len(tokens):
        for token in tokens:
            weights[token] += unit
        return
    for token, count in Counter(tokens).items():
        weights[token] += unit * count


class Fragment(Struct, frozen=True, array_like=True):
    """A document as a result shows it, encoded as an array of these fields in this order."""

    id: str
    url: str
    title: str
    date: str
    kind: str
    tags: tuple[str, ...]
    authors: str
    commentary: str
    abstract: str
    translations: str


def fragment_of(document: SearchDocument) -> bytes:
    """Encode the fragment of a document, as JSON."""
    cut = FRAGMENT_LIMIT
    fragment = Fragment(
        id=document.id,
        url=document.url,
        title=document.title,
        date=document.date,
        kind=document.kind,
        tags=tuple([label for _, label in document.tags]),
        authors=", ".join(document.authors)[:cut],
        commentary=document.commentary[:cut],
        abstract="\n".join((*document.other_titles, document.abstract))[:cut],
        translations=document.translations[:cut],
    )
    return msgspec.json.encode(fragment)


def _tag_texts(tag: tuple[str, str]) -> tuple[str, ...]:
    """Return the texts that find a tag: its label, and its key if the settings give it a label of other words."""
    key, label = tag
    return (label,) if tag_key(label) == key else (label, key)


def index_document(document: SearchDocument) -> DocumentTerms:
    """Return the terms of a document, weighted by BM25F."""
    weights: defaultdict[str, float] = defaultdict(float)
    phrases: list[str] = []
    title_words: list[str] = []
    pairs: list[tuple[str, str]] = []
    for title in (document.title, *document.other_titles):
        plain = normalize(title)
        tokens = split_normalized(plain)
        _weigh(weights, tokens, _TITLE)
        title_words += tokens
        apart = _HYPHEN.sub(" ", title)
        phrases += map(" ".join, pairwise(tokens if apart == title else tokenize(apart)))
        pairs += noun_pairs(plain)
    _weigh(weights, tokenize(" ".join(chain.from_iterable(map(_tag_texts, document.tags)))), _TAGS)
    _weigh(weights, tokenize(document.abstract), _ABSTRACT)
    _weigh(weights, tokenize(document.translations), _TRANSLATIONS)
    english = tuple([token for token in weights if token < "ㄱ" or not is_hangul(token)])
    plain = normalize(document.commentary)
    _weigh(weights, split_normalized(plain), _COMMENTARY)
    pairs += noun_pairs(plain)

    names: defaultdict[str, float] = defaultdict(float)
    authors = [tokenize(name) for name in document.authors]
    _weigh(names, list(chain.from_iterable(authors)), _AUTHORS)

    terms, words = _parted(weights)
    in_text = len(terms)
    plain_names, hangul_names = _parted(names)
    for name, weight in plain_names.items():
        terms[name] = terms.get(name, 0) + weight
    terms |= dict.fromkeys([PHRASE_SIGN + phrase for phrase in phrases], WEIGHT_UNIT)
    terms |= dict.fromkeys([NAME_SIGN + " ".join(name) for name in authors if len(name) > 1], WEIGHT_UNIT)
    terms |= dict.fromkeys([TITLE_SIGN + word for word in title_words], WEIGHT_UNIT)
    terms |= dict.fromkeys([AUTHOR_SIGN + word for name in authors for word in name], WEIGHT_UNIT)
    terms |= dict.fromkeys([FEATURE_SIGN + feature for feature in document.features], WEIGHT_UNIT)
    for identifier in document.arxiv:
        terms[ARXIV_SIGN + identifier] = FIRST_WEIGHT if identifier in document.papers else WEIGHT_UNIT

    places = dict(zip(words, range(len(words)), strict=True))
    places_of_pairs = [
        places[word] for pair in dict.fromkeys(pairs) if pair[0] in places and pair[1] in places for word in pair
    ]
    fragment = fragment_of(document)
    return DocumentTerms(
        key=key_of(document),
        kind=document.kind,
        tags=document.tags,
        terms=tuple(terms),
        levels=levels_of(terms.values()),
        in_text=in_text,
        words=tuple(words),
        weights=_as_bytes(words.values()),
        names=tuple(hangul_names),
        name_weights=_as_bytes(hangul_names.values()),
        pairs=tuple(places_of_pairs),
        english=english,
        series=_series(phrases),
        fragment=zlib.compress(fragment, 6),
        check=content_name(fragment, CHECK_LENGTH),
    )


def _parted(weights: Mapping[str, float]) -> tuple[dict[str, int], dict[str, int]]:
    """Round the weights, and split the tokens into those before Hangul in Unicode, which stay, and the others, which are stemmed."""
    stored = {token: round(weight) for token, weight in weights.items() if token < "ㄱ"}
    words = {token: round(weight) for token, weight in weights.items() if token >= "ㄱ"}
    return stored, words


def levels_of(weights: Iterable[int]) -> bytes:
    """Return the levels of weights, a byte each."""
    return _as_bytes(weights).translate(_LEVELS)


def _as_bytes(weights: Iterable[int]) -> bytes:
    return bytes([weight if weight < MOST_WEIGHT else MOST_WEIGHT for weight in weights])


def _series(phrases: Iterable[str]) -> int:
    """Hash the title's pairs of words but those that end in a number: the parts of a series differ by number only."""
    pairs = sorted({pair for pair in phrases if not pair[-1].isdigit()})
    return zlib.crc32("\n".join(pairs).encode()) if pairs else 0


def key_of(document: SearchDocument) -> DocumentKey:
    """Return the key of a document, with a hash of all its fields."""
    digest = hashlib.blake2b(msgspec.msgpack.encode(document), digest_size=DIGEST_BYTES).digest()
    return DocumentKey(document.date, document.id, digest)
