"""The parts of an entry -> its kind, by a table of rules: the first that holds decides.

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
    """The parts of an entry that rules look at; `tags` are keys."""

    title: str
    authors: tuple[str, ...]
    abstract: str
    commentary: str
    link: str | None
    tags: tuple[str, ...]


class Rule(Struct, frozen=True):
    """`holds` is True for entries of this kind, `reason` is the same in words."""

    kind: str
    reason: str
    holds: Callable[[Evidence], bool]


_HARDWARE_TAGS = frozenset({"hardware", "하드웨어", "gpu", "tpu", "npu", "accelerator", "가속기"})
_MODEL_TAGS = frozenset({"llm", "lm", "language-model", "foundation-model", "언어모델", "언어-모델"})
_OTHER_TAGS = frozenset({"dataset", "benchmark", "challenge", "evaluation", "review", "데이터셋", "벤치마크", "평가"})
# Patterns are texts, which `re` compiles once a rule asks: the first rules, which decide for most entries, ask for none.
_CONFERENCES = (
    r"(?i)https?://(?:www\.)?(?:openreview\.net|aclanthology\.org|aclweb\.org/anthology|proceedings\.mlr\.press"
    r"|(?:papers|proceedings)\.(?:nips|neurips)\.cc|openaccess\.thecvf\.com|ojs\.aaai\.org|jmlr\.org|doi\.org/10\."
    r"|dl\.acm\.org/doi|ieeexplore\.ieee\.org|usenix\.org/conference|isca-(?:speech|archive)\.org|ecva\.net/papers"
    r"|biorxiv\.org/content)"
)
# `Yosuke Shinya` and `Michael S. Ryoo` are people; `Hazy Research`, `OpenAI` and `Google DeepMind` are not.
_PERSON = r"[A-Z][a-z'’-]+(?:-[A-Z][a-z]+)?(?: [A-Z]\.)* [A-Z][a-zćčšžöüäéèáñçøåı'’]+(?:-[A-Z][a-z]+)?"
_ORGANISATION = (
    r"(?i)\b(?:teams?|research|labs?|laborator(?:y|ies)|institutes?|universit(?:y|ies)|groups?|inc|projects?|foundation"
    r"|collective|company|technolog(?:y|ies)|intelligence|google|meta|microsoft|nvidia|apple|amazon|alibaba|tencent|baidu"
    r"|huawei|naver|kakao|samsung|upstage|hugging|cohere|mistral|salesforce|anthropic)\b"
)
# `Grok-1`, `Yi-9B`, `Claude 2.1`, `Falcon 180B`, `GPT-4-Turbo-2024-04-09`, `Llama-3.1-405B-Instruct`, `Mixtral 8x7B`
_WORD = r"(?:[A-Z]|[a-z]{1,3}[A-Z])[A-Za-z.+]*"
_VERSION = r"(?:[vV]?\d+(?:\.\d+)*[a-z]?|(?:\d+x)?\d+(?:\.\d+)?[BMT])"
_EDITION = (
    r"(?:Turbo|Pro|Ultra|Nano|Flash|Lite|Large|Medium|Small|Mini|Tiny|Base|Instruct|Chat|Coder?|Math|Vision|VL|Audio|Omni"
    r"|Preview|Sonnet|Haiku|Opus|\d{4}-\d\d-\d\d)"
)
_RELEASE_NAME = rf"{_WORD}(?:[ -]{_WORD}){{0,2}}[ -]{_VERSION}(?:[ -](?:{_VERSION}|{_EDITION}))*"
_GLUED_NAME = rf"{_WORD}[A-Za-z]\d+(?:\.\d+)*(?:[ -](?:{_VERSION}|{_EDITION}))*"
_SHORT_NAME = r"(?a)(?:[A-Z0-9]|[a-z]{1,3}[A-Z])[\w.+-]*(?: [\w.+-]+){0,2}"
_FACT = (
    r"(?i)(?<!\d)(?:\d+(?:\.\d+)?\s?[BT](?![A-Za-z])|\d+\s?(?:개 )?(?:레이어|layers?\b)|\d+K\s?(?:의 )?(?:context|컨텍스트|vocab|토큰|tokens?\b))"
    r"|파라미터|컨텍스트 길이|parameters|context (?:length|window)"
)
_RELEASED = (
    r"(?i)공개|나왔|나온|등장|출시|발표|릴리즈|릴리스|내놓|releas|announc|launch|introduc|open.?(?:source|weight)"
)
_MODEL_WORD = r"(?ai)모델|모형|체크포인트|(?<![\w/-])(?:models?|LLM|LM|checkpoints?|weights?)(?![\w/-])"


def _links_to_conference(e: Evidence) -> bool:
    return e.link is not None and re.match(_CONFERENCES, e.link) is not None


def _has_person(e: Evidence) -> bool:
    return (
        len(e.authors) == 1 and bool(re.fullmatch(_PERSON, e.authors[0])) and not re.search(_ORGANISATION, e.authors[0])
    )


def _is_release(e: Evidence) -> bool:
    is_versioned = re.fullmatch(_RELEASE_NAME, _name(e)) is not None
    if not (is_versioned or re.fullmatch(_GLUED_NAME, _name(e))) or _is_of_other(e):
        return False
    if _has_model_tag(e) or (is_versioned and e.authors):
        return True
    if re.search(_FACT, e.title) or re.search(_FACT, e.commentary):
        return True
    return is_versioned and re.search(_RELEASED, e.commentary) is not None


def _is_release_with_facts(e: Evidence) -> bool:
    if not _is_short(e) or _is_of_other(e):
        return False
    # What a text is about it says first; a long one mentions all sorts of things.
    opening = e.commentary[:300]
    return bool(re.search(_RELEASED, opening) and re.search(_MODEL_WORD, opening) and re.search(_FACT, e.commentary))


def _is_of_organisation(e: Evidence) -> bool:
    if len(e.authors) != 1 or e.abstract or not _is_short(e) or _is_of_other(e):
        return False
    return _has_model_tag(e) or bool(re.search(_FACT, e.commentary) or re.search(_RELEASED, e.commentary))


def _has_model_tag(e: Evidence) -> bool:
    return not _MODEL_TAGS.isdisjoint(e.tags)


def _is_of_other(e: Evidence) -> bool:
    is_dataset = e.link is not None and "/datasets/" in e.link
    return not _has_model_tag(e) and (is_dataset or not _OTHER_TAGS.isdisjoint(e.tags))


def _is_short(e: Evidence) -> bool:
    return re.fullmatch(_SHORT_NAME, _name(e)) is not None


def _name(e: Evidence) -> str:
    return e.title.partition(":")[0].strip()


RULES: tuple[Rule, ...] = (
    Rule("paper", "authors and an abstract", lambda e: bool(e.authors and e.abstract)),
    Rule("paper", "its link is to arXiv", lambda e: e.link is not None and arxiv_id(e.link) is not None),
    Rule("paper", "its link is to a conference or a journal", _links_to_conference),
    Rule("paper", "more than one author", lambda e: len(e.authors) > 1),
    Rule("paper", "a person is its author", _has_person),
    Rule("hardware", "a hardware tag", lambda e: not _HARDWARE_TAGS.isdisjoint(e.tags)),
    Rule("model", "its title is a name with a version or a size, and its text tells of a model", _is_release),
    Rule("model", "an organisation stands for the authors of something with a short name", _is_of_organisation),
    Rule("model", "its text tells of a release and of parameters, layers, tokens or context", _is_release_with_facts),
)
"""The rules in the order in which they decide; an entry for which none holds is a `note`."""


def decide_kind(evidence: Evidence, rules: NoteRules) -> str:
    """Return the kind of an entry: configured tags decide first, then the rules of plugins, then the table."""
    if rules.kind_tags:
        aliases = {tag_key(alias): tag_key(tag) for alias, tag in rules.aliases}
        keys = {aliases.get(key, key) for key in evidence.tags}
        for kind, tags in rules.kind_tags:
            if any(aliases.get(tag_key(tag), tag_key(tag)) in keys for tag in tags):
                return kind
    return next((rule.kind for rule in (*rules.kind_rules, *RULES) if rule.holds(evidence)), "note")
