"""Authors as written -> names of persons and organisations, for bibliographies, tags for reference managers and JSON-LD.

A list is read in steps: parts that belong together are joined again (`Kim`, `A.`), each text is cleaned and cut into names,
and each name is divided (see `dividing`). All steps keep every letter, except the words and marks between names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from ..scripts import has_east_asian
from .dividing import PARTICLES, SUFFIX, divide, divide_plain, is_organisation, is_person
from .spelling import clean, without_marks


class Name(Struct, frozen=True, array_like=True):
    """An author's name in the parts that BibTeX and CSL have.

    A person has at least a `family` name; `particle` stands before it (`van der`), `suffix` after the name (`Jr.`). An
    organisation, and a name that can't be divided, has `literal` alone.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """The name in the order in which it is spoken: `Guido van Rossum`, `Gemini Team`, `김성현`."""
        if self.literal:
            return self.literal
        if has_east_asian(self.family):
            return " ".join(filter(None, (self.family + self.given, self.suffix)))
        return " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))


class Authors(Struct, frozen=True, array_like=True):
    """The authors of a work. `others` says, as written, that there are more: `et al.`, `외 3명`; empty if the list is whole."""

    names: tuple[Name, ...] = ()
    others: str = ""


_BRACKETED = re.compile(r"[(（\[{][^()（）\[\]{}]*[)）\]}]")
_BRACED = re.compile(r"\{(?=[^{}]*\S)[^{}]+\}")
"""A name that BibTeX takes as it is."""
_OTHERS = (
    r"(?:(?:and|&|\+)\s+)?(?:et\.?\s?al\b\.?|others|(?:\d+|many|several)\s+(?:others|more|(?:other|more)\s+\w+)|\.{2,}|…)"
    r"|\+\s?\d+(?:\s+\w+)?|외\s?(?:\d+\s?(?:명|인)|다수)?|등(?:\s?\d+\s?(?:명|인))?|等(?:\s?\d*\s?人)?|ほか(?:\d*名)?|他(?:\d*名)?"
)
_ONLY_OTHERS = re.compile(_OTHERS, re.IGNORECASE)
# Chinese and Japanese write the word for `others` without a space: `张伟等`, `山田太郎ほか`.
_THEN_OTHERS = re.compile(
    rf"(?P<names>.*?\S)(?:[,;]?\s+(?P<others>{_OTHERS})|(?P<joined>等|ほか|他\d+名))", re.IGNORECASE
)
_MAY_HAVE_OTHERS = re.compile(r"\b(?:al|others|more)\b|\.{2}|[…+외등等他]|ほか", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|&|und|et|및|그리고|/|\|)\s+", re.IGNORECASE)
_AND_BEFORE = re.compile(r"^(?:(?:and|by|및)\s+|&\s*)(?=\S)", re.IGNORECASE)
_ORGANISATION_AND_PERSONS = re.compile(r"(?P<organisation>[^:：]*\S)\s*(?::\s|：)\s*(?P<persons>\S.*)")
_KOREAN_LIST = re.compile(r"[가-힣]{2,4}(?:\s?[·ㆍ・]\s?[가-힣]{2,4})+")
_COMPANY_FORM = re.compile(r"(?:Inc|Ltd|LLC|Corp|Co|GmbH|PLC|AG)\.?|S\.A\.|B\.V\.", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_FAMILY_AND_INITIALS = re.compile(r"[A-Z][\w'’-]*[a-z]\w* (?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,4})")


def parse_authors(written: Iterable[str]) -> Authors:
    """Return the names in a list of authors as an entry has it, one string an author.

    A string that holds several names, such as `01.AI: Alex Young and Bei Chen`, gives all of them. A name that can't be
    divided is kept whole as a literal.
    """
    return _parse_list(tuple(written))


# Every page that shows an entry asks for its authors, and one author writes many papers.
@lru_cache(maxsize=1 << 13)
def _parse_list(written: tuple[str, ...]) -> Authors:
    if not all(" " in text for text in written):
        written = tuple(_join_parts(written))
    parsed = [_parse_text(text) for text in _with_commas(written)]
    names = tuple(chain.from_iterable(authors.names for authors in parsed))
    return Authors(names, " ".join(authors.others for authors in parsed if authors.others))


def _with_commas(texts: Sequence[str]) -> Sequence[str]:
    """Turn `Kim SH`, `Lee J`, the form of medical journals, into `Kim, SH`, `Lee, J` if all names have it."""
    named = [text for text in texts if not _ONLY_OTHERS.fullmatch(text)]
    if len(named) > 1 and all(map(_FAMILY_AND_INITIALS.fullmatch, named)):
        return [text.replace(" ", ", ", 1) if text in named else text for text in texts]
    return texts


def _join_parts(written: Sequence[str]) -> Iterable[str]:
    """Join the parts of names that were cut at commas: `Kim`, `A.` and `Acme`, `Inc.` are one name each."""
    pieces = re.split(r",?\s+(?:and|&)\s+", ", ".join(written))
    if len(pieces) > 1 and all(_is_family_first(piece) or _ONLY_OTHERS.fullmatch(piece) for piece in pieces):
        return pieces
    named: list[str] = []
    others: list[str] = []
    for text in written:
        if named and (SUFFIX.fullmatch(text) or _COMPANY_FORM.fullmatch(text)):
            named[-1] += f", {text}"
        elif _ONLY_OTHERS.fullmatch(text):
            others.append(text)
        else:
            named.append(text)
    families, given = named[::2], named[1::2]
    if len(families) == len(given) and _are_pairs(families, given):
        named = [", ".join(pair) for pair in zip(families, given, strict=True)]
    return (*named, *others)


def _is_family_first(text: str) -> bool:
    """Return True for `Kim, Ada`."""
    family, comma, given = text.partition(", ")
    return bool(comma) and "," not in given and _is_pair(family, given)


def _are_pairs(families: Sequence[str], given: Sequence[str]) -> bool:
    """Return True for the halves of `Kim, A., Cho, B.`; two lone words may be two organisations."""
    if not families or not all(map(_is_pair, families, given)):
        return False
    return all(map(_INITIALS.fullmatch, given)) or (len(given) > 1 and all(" " not in name for name in families))


def _is_pair(family: str, given: str) -> bool:
    """Return True if two texts may be a family name, of one word and particles, and given names."""
    *particles, last = family.split() or [""]
    if not last[:1].isupper() or any(word[0].isupper() for word in particles) or _INITIALS.fullmatch(family):
        return False
    first, *more = given.split() or [""]
    is_given = first[:1].isupper() and all(_INITIALS.fullmatch(word) or word in PARTICLES for word in more)
    return is_given and not is_organisation(family) and not is_organisation(given) and not SUFFIX.fullmatch(given)


@lru_cache(maxsize=1 << 15)
def _parse_text(written: str) -> Authors:
    """Return the names in a text, which mostly is one name."""
    if plain := divide_plain(written):
        return Authors((Name(*plain),))
    text, others = _cut_others(clean(written))
    names: list[Name] = []
    if organised := _ORGANISATION_AND_PERSONS.fullmatch(text):
        names += [Name(literal=name) for name in (without_marks(organised["organisation"]),) if name]
        text = organised["persons"]
    return Authors((*names, *map(_parse_name, _cut_names(text))), others)


def _cut_others(text: str) -> tuple[str, str]:
    """Cut `et al.` off the end of a text."""
    if not _MAY_HAVE_OTHERS.search(text):
        return text, ""
    if _ONLY_OTHERS.fullmatch(text):
        return "", text
    if found := _THEN_OTHERS.fullmatch(text):
        return found["names"].rstrip(" ,;"), found["others"] or found["joined"]
    return text, ""


def _cut_names(text: str) -> Iterator[str]:
    """Yield the single names in a text, each without marks; `Kim, Ada` is one name."""
    if _BRACED.fullmatch(text):
        yield text
        return
    for part in _cut_outside_brackets(text):
        if name := _AND_BEFORE.sub("", without_marks(part), count=1):
            yield from _cut_at_and(name)


def _cut_outside_brackets(text: str) -> Iterable[str]:
    """Cut a text at semicolons, or else at the commas between names."""
    hidden = _BRACKETED.sub(lambda found: "x" * len(found[0]), text)
    if ";" in hidden or "；" in hidden:
        return _cut_at(text, hidden, ";；")
    if "," not in hidden and "，" not in hidden and "、" not in hidden:
        return (text,)
    parts = [part for part in _cut_at(text, hidden, ",，、") if without_marks(part)]
    whole = ", ".join(parts)
    if len(_AND.split(hidden)) > 1 and all(map(_is_family_first, _AND.split(whole))):
        return _AND.split(whole)
    if len(parts) == 2 and _is_one_name(*parts):
        return (whole,)
    if len(parts) == 3 and (SUFFIX.fullmatch(parts[1]) or SUFFIX.fullmatch(parts[2])) and len(parts[0].split()) == 1:
        return (whole,)
    return _with_commas(tuple(_join_parts(parts)))


def _is_one_name(before: str, after: str) -> bool:
    """Return True for two halves of one name: `Kim`, `Ada`; `García Márquez`, `Gabriel`; `Acme`, `Inc.`."""
    if SUFFIX.fullmatch(after) or _COMPANY_FORM.fullmatch(after) or _is_pair(before, after):
        return True
    if is_organisation(before) or is_organisation(after) or _AND.search(f" {after} "):
        return False
    is_family = len(before.split()) < 3 and not has_east_asian(before)
    return is_family and after[:1].isupper() and (len(after.split()) == 1 or bool(_INITIALS.fullmatch(after)))


def _cut_at(text: str, hidden: str, separators: str) -> list[str]:
    """Cut a text at separators, as found in a copy of the same length that hides what is in brackets."""
    parts, start = [], 0
    for index, char in enumerate(hidden):
        if char in separators:
            parts.append(text[start:index].strip())
            start = index + 1
    return [part for part in (*parts, text[start:].strip()) if part]


def _cut_at_and(name: str) -> Iterable[str]:
    """Cut `Ada Kim and Ben Cho` in two; `Institute of Science and Technology` is one name."""
    if _KOREAN_LIST.fullmatch(name):
        return re.split(r"\s?[·ㆍ・]\s?", name)
    names = [without_marks(part) for part in _AND.split(name)]
    return names if len(names) > 1 and all(map(_stands_alone, names)) else (name,)


def _stands_alone(name: str) -> bool:
    # `School of Science` and `Technology` are one; so are `Institute of Science` and `Technology Team`.
    return is_person(name) or (is_organisation(name) and " of " not in f" {name} ")


def _parse_name(text: str) -> Name:
    if parts := divide(text):
        return Name(*parts)
    return Name(literal=text[1:-1] if _BRACED.fullmatch(text) else text)
