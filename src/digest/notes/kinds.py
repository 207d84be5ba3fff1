"""What is known of an entry -> its kind, by a table of rules of which the first that holds decides.

A kind is claimed only on evidence in the entry itself: a `model` is the release of a model, and not every text with a
number in its title.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from ..model import tag_key
from ..urls import arxiv_id
from .rules import NoteRules


class Evidence(Struct, frozen=True):
    """What the rules look at; `tags` are keys."""

    title: str
    authors: tuple[str, ...]
    abstract: str
    commentary: str
    link: str | None
    tags: tuple[str, ...]


class Rule(Struct, frozen=True):
    """`holds` tells whether an entry is of this kind, `reason` says why in words."""

    kind: str
    reason: str
    holds: Callable[[Evidence], bool]


_HARDWARE_TAGS = frozenset({"hardware", "하드웨어", "gpu", "tpu", "npu", "accelerator", "가속기"})
_CONFERENCES = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net|aclanthology\.org|aclweb\.org/anthology|proceedings\.mlr\.press"
    r"|(?:papers|proceedings)\.(?:nips|neurips)\.cc|papers\.nips\.cc|openaccess\.thecvf\.com|ojs\.aaai\.org|jmlr\.org"
    r"|dl\.acm\.org/doi|ieeexplore\.ieee\.org|usenix\.org/conference|isca-(?:speech|archive)\.org|ecva\.net/papers"
    r"|biorxiv\.org/content|doi\.org/10\.)",
    re.IGNORECASE,
)
# `Grok-1`, `Yi-9B`, `Claude 2.1`, `Falcon 180B`, `GPT-4-Turbo-2024-04-09`, `Phi-1.5`, `Llama-3.1-405B`, `Mixtral 8x7B`
_NAME = r"(?:[A-Z0-9]|[a-z]{1,2}[A-Z])[\w.+]*"
_VERSION = r"[vV]?\d+(?:\.\d+)*[a-z]?|(?:\d+x)?\d+(?:\.\d+)?[BMTK]|[vV]\d+[\w.]*"
_RELEASE_NAME = re.compile(rf"{_NAME}(?:[ -](?:{_NAME}|{_VERSION})){{0,4}}")
_RELEASE_VERSION = re.compile(rf"(?:[ -](?:{_VERSION})|[A-Za-z]\d+(?:\.\d+)*)(?=$|[ -])")
_SERIES = re.compile(r"(?:recent papers|review|paper|part|week|day|update|news|thoughts)\b", re.IGNORECASE)
_FACT = re.compile(
    r"\d+(?:\.\d+)?\s?[BMT](?![\w])|\d+(?:\.\d+)?[BMT]\s?(?:파라미터|param|토큰|token|모델|model|스케일|로|의|를|을|이|가|짜리)"
    r"|\d+\s?(?:레이어|layers?)\b|\d+K\s?(?:의 )?(?:context|컨텍스트|vocab|토큰|token)|컨텍스트 길이|context length",
    re.IGNORECASE,
)
_RELEASED = re.compile(
    r"공개|나왔|등장|출시|발표|릴리즈|내놓|모델 카드|체크포인트|releas|announc|launch|introduc|available|open.?(?:source|weight)",
    re.IGNORECASE,
)


def _is_named_release(e: Evidence) -> bool:
    name = e.title.split(":")[0].strip()
    return (
        len(name) <= 48
        and _RELEASE_NAME.fullmatch(name) is not None
        and _RELEASE_VERSION.search(name) is not None
        and not _SERIES.search(name)
    )


def _has_model_facts(e: Evidence) -> bool:
    return len(set(_FACT.findall(e.commentary))) > 0 and _RELEASED.search(e.commentary) is not None


def _is_short_name(e: Evidence) -> bool:
    name = e.title.split(":")[0].strip()
    return len(name.split()) <= 3 and name[:1].isascii() and not _SERIES.search(name)


RULES: tuple[Rule, ...] = (
    Rule("paper", "authors and an abstract", lambda e: bool(e.authors and e.abstract)),
    Rule("paper", "its link is to arXiv", lambda e: e.link is not None and arxiv_id(e.link) is not None),
    Rule("paper", "its link is to a conference", lambda e: e.link is not None and bool(_CONFERENCES.match(e.link))),
    Rule("paper", "more than one author", lambda e: len(e.authors) > 1),
    Rule("hardware", "a hardware tag", lambda e: not _HARDWARE_TAGS.isdisjoint(e.tags)),
    Rule("model", "its title is a name with a version or a size", _is_named_release),
    Rule("model", "a name whose release is told with its size", lambda e: _is_short_name(e) and _has_model_facts(e)),
)
"""The rules in the order in which they decide; an entry for which none holds is a `note`."""


def decide_kind(evidence: Evidence, rules: NoteRules) -> str:
    """Return the kind of an entry: a configured tag decides before the table does."""
    if rules.kind_tags:
        aliases = {tag_key(alias): tag_key(tag) for alias, tag in rules.aliases}
        keys = {aliases.get(key, key) for key in evidence.tags}
        for kind, tags in rules.kind_tags:
            if any(aliases.get(tag_key(tag), tag_key(tag)) in keys for tag in tags):
                return kind
    return next((rule.kind for rule in RULES if rule.holds(evidence)), "note")
