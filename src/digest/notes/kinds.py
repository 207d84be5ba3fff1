"""The parts of an entry -> its kind, by a table of rules: the first that holds decides.

A kind is claimed only on evidence in the entry itself: a `model` is the release of a model, and not every text with a
number in its title.
"""

import re
from collections.abc import Callable

from msgspec import Struct, structs

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
# `Tern`, `3FS`, `tern-oss`, `xTern Large`; a date such as `06-13-Daily` is no name.
_SHORT_NAME = (
    r"(?!\d+[-. ]\d)(?:[A-Z0-9]|[a-z]{1,3}[A-Z]|[a-z]+\d*-[a-z0-9])[A-Za-z0-9_.+Α-ω-]*(?: [A-Za-z0-9_.+Α-ω-]+){0,2}"
)
_BETWEEN_NAMES = r",\s*(?:and |그리고 )?| and | & |와 |과 "
_FACT = (
    r"(?<![\d.])\d+(?:\.\d+)?\s?[BT](?![A-Za-z])"
    r"|(?i:(?<!\d)(?:\d+\s?(?:개 )?(?:레이어|layers?\b)|\d+K\s?(?:의 )?(?:context|컨텍스트|vocab|토큰|tokens?\b))"
    r"|파라미터|매개변수|컨텍스트 길이|parameters|context (?:length|window))"
)
_FIGURE = (
    r"(?<![\d.])\d+(?:\.\d+)?\s?[BT](?![A-Za-z])|\d\s?[억조]\s?(?:개(?:의)? )?(?:파라미터|매개변수|토큰)"
    r"|(?:파라미터|매개변수)(?: 수)?(?:는|가|은|이|:)? (?:총 |약 )?\d"
    r"|(?i:\d\s?(?:개 )?(?:레이어|layers?\b)|\d+K\s?(?:의 )?(?:context|컨텍스트|문맥|vocab|토큰|tokens?\b))"
)
# `알리바바의 Tern-7B`, `메타, Gull 5 발표`, `Tern-7B를 공개`
_ANNOUNCEMENT = (
    r"(?P<maker>(?:[가-힣A-Za-z.&]+ ){0,2}[가-힣A-Za-z.&]+(?:의|(?<=[가-힣]),) )?(?P<name>.+?)"
    r"(?P<news>[을를이가]? (?:정식 |전격 |오픈소스 |오픈소스로 |가중치 )?(?:공개|발표|출시|등장|릴리스|릴리즈)!?)?"
)
_RELEASED = r"(?i)공개|나왔|나온|등장|출시|발표|릴리즈|릴리스|내놓|releas|announc|launch|introduc(?:ing|ed|es)|open.?(?:source|weight)"
_MODEL_WORD = r"(?ai)모델|모형|체크포인트|(?<![\w/-])(?:models?|LLM|LM|checkpoints?|weights?)(?![\w/-])"
# What only the text about a model measures or offers.
_ABILITY = r"(?i)벤치마크|멀티모달|파인튜닝|컨텍스트|토큰|추론|매개변수|benchmarks?\b|multimodal|fine-?tun|context|tokens?\b|reasoning|sota\b"
_REPORT = (
    r"(?i)테크(?:니컬)? ?리포트|기술 ?보고서|모델 카드|시스템 카드|(?:technical|tech) report|(?:model|system) card"
)
_MADE_MODEL = (
    r"(?i)(?:모델|모형|LLM|LM)(?:[을를이가]| 하나[를가]?)? ?(?:하나 )?(?:만들|냈|내놓|공개|나왔|나오|출시|발표|선보|릴리)"
    r"|(?:모델|모형)(?:이군요|이네요|입니다|군요|네요|\.|$)"
)
_SENTENCE_END = r"(?<=[.?!…])\s+|\n"
# Kernels, libraries, services, lists and lessons, by their names and by the first words about them.
_SOFTWARE_NAME = (
    r"(?i)attention|gemm\b|kernels?\b|torch|cuda|compiler|library|toolkit|framework|sdk\b|\bapi\b|engine\b|platform"
    r"|worksheet|lecture|leaderboard|dataset|\bdata\b|bench"
)
_SOFTWARE = (
    r"(?i)커널|라이브러리|프레임워크|툴킷|컴파일러|파일 ?시스템|추론 엔진|서빙|의존성|(?<![가-힣])코드(?:입니다|군요|네요|를 공개)"
    r"|\b(?:kernels?|library|libraries|frameworks?|toolkit|compiler|file ?system|inference engine|DSL|SDK)\b"
)
_REPOSITORY = r"(?i)https?://(?:www\.)?git(?:hub|lab)\.com/[^/]+/[^/]+/?(?:$|[?#]|tree/)"
_BLOG = (
    r"(?i)https?://(?:blogs?\.|discuss\.|(?:[\w.-]+\.)?(?:medium|substack)\.com/|[\w-]+\.github\.io/\d{4}/"
    r"|[^/\s]+/(?:[^?#\s]*/)?(?:blogs?|posts?)(?:[/?#]|$))"
)
_MANY_PAPERS = r"(?i)\bpapers\b|\breading list\b|\bround-?up\b|논문들|논문 ?모음|이번 주(?:의)? 논문|논문 ?정리"
_PAPER_ADDRESS = r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/\d{4}\.\d{4,5}(?:v\d+)?(?:\.pdf)?"
_LEADING_PAPERS = rf"(?m)^[^\w\n]*{_PAPER_ADDRESS}"
_TITLE_AND_ADDRESS = rf"[^\n]{{0,250}}?\({_PAPER_ADDRESS}\)\s*(?:$|\n)"
_OPENING = 300
"""Characters at the beginning of a text, which say what it is about; a long one goes on to mention all sorts of things."""
_CONFERENCE_OF_A_YEAR = r" (?:19|20)\d\d$"
"""`발표` may as well be a talk."""


def _links_to_arxiv(e: Evidence) -> bool:
    return e.link is not None and arxiv_id(e.link) is not None and not _is_about_many(e)


def _links_to_conference(e: Evidence) -> bool:
    return e.link is not None and re.match(_CONFERENCES, e.link) is not None and not _is_about_many(e)


def _has_authors(e: Evidence) -> bool:
    return len(e.authors) > 1 and not _is_post(e)


def _has_person(e: Evidence) -> bool:
    if len(e.authors) != 1 or not re.fullmatch(_PERSON, e.authors[0]) or re.search(_ORGANISATION, e.authors[0]):
        return False
    return not _is_post(e)


def _is_post(e: Evidence) -> bool:
    """Return True for a post on a blog or the repository of a program, which have authors, but are no papers."""
    if e.link is None or e.abstract:
        return False
    return bool(re.match(_BLOG, e.link)) or (bool(re.match(_REPOSITORY, e.link)) and _is_software(e))


def _is_about_many(e: Evidence) -> bool:
    """Return True for a text about several papers, which has no authors of its own."""
    if e.authors or e.abstract:
        return False
    if re.search(_MANY_PAPERS, e.title):
        return True
    return "arxiv.org" in e.commentary and len(re.findall(_LEADING_PAPERS, e.commentary)) > 1


def _begins_with_paper(e: Evidence) -> bool:
    """Return True if a text begins with the address of one paper, or with the title of the entry and the address."""
    if "arxiv.org" not in e.commentary or e.link is not None or _is_about_many(e):
        return False
    is_titled = e.commentary.startswith(_name(e))
    match = re.match(_TITLE_AND_ADDRESS if is_titled else _PAPER_ADDRESS, e.commentary)
    return match is not None and not re.search(_PAPER_ADDRESS, e.commentary[match.end() :])


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
    if not _is_name(e) or _is_of_other(e):
        return False
    opening = e.commentary[:_OPENING]
    if not re.search(_MODEL_WORD, opening) or not re.search(_FACT, e.commentary):
        return False
    return re.search(_RELEASED, opening) is not None or len(set(re.findall(_FACT, opening))) > 1


def _is_release_by_name(e: Evidence) -> bool:
    if not _is_name(e) or _is_of_other(e):
        return False
    opening = e.commentary[:_OPENING]
    if not any(re.search(pattern, opening) for pattern in (_MODEL_WORD, _ABILITY, _REPORT)):
        return False
    names = [name.casefold() for name in _names(e)]
    for sentence in _first_sentences(e):
        if len(names) == 1 and re.search(_MADE_MODEL, sentence):
            return True
        is_named = any(name in sentence.casefold() for name in names)
        if is_named and (re.search(_RELEASED, sentence) or re.search(_REPORT, sentence)):
            return True
    return False


def _is_announced(e: Evidence) -> bool:
    """Return True for a name with its maker before or the news behind, if the text has figures of a model."""
    match = re.fullmatch(_ANNOUNCEMENT, _name(e))
    if not match or not (match["maker"] or match["news"]) or not (match["news"] or match["maker"].endswith("의 ")):
        return False
    named = structs.replace(e, title=match["name"])
    if re.search(_CONFERENCE_OF_A_YEAR, match["name"]) or not re.search(_FIGURE, e.commentary):
        return False
    if not (_is_release(named) or _is_name(named)) or _is_of_other(named):
        return False
    return re.search(_MODEL_WORD, e.commentary[:_OPENING]) is not None or _has_model_tag(e)


def _is_of_organisation(e: Evidence) -> bool:
    if len(e.authors) != 1 or e.abstract or not _is_name(e) or _is_of_other(e):
        return False
    return _has_model_tag(e) or bool(re.search(_FACT, e.commentary) or re.search(_RELEASED, e.commentary))


def _has_model_tag(e: Evidence) -> bool:
    return not _MODEL_TAGS.isdisjoint(e.tags)


def _is_of_other(e: Evidence) -> bool:
    if _has_model_tag(e):
        return False
    is_dataset = e.link is not None and "/datasets/" in e.link
    return is_dataset or not _OTHER_TAGS.isdisjoint(e.tags) or _is_software(e)


def _is_software(e: Evidence) -> bool:
    """Return True for a kernel, a library or a service: its name says so, or its first words, which name no model."""
    if re.search(_SOFTWARE_NAME, _name(e)):
        return True
    first = _first_sentences(e)
    return any(re.search(_SOFTWARE, text) for text in first) and not any(re.search(_MADE_MODEL, text) for text in first)


def _first_sentences(e: Evidence) -> list[str]:
    """Return the first two sentences of a text that are more than an address."""
    sentences = re.split(_SENTENCE_END, e.commentary[:_OPENING])
    return [sentence for sentence in sentences if sentence and not re.fullmatch(r"https?://\S+", sentence)][:2]


def _is_name(e: Evidence) -> bool:
    return all(re.fullmatch(_SHORT_NAME, name) for name in _names(e))


def _names(e: Evidence) -> list[str]:
    return re.split(_BETWEEN_NAMES, _name(e))


def _name(e: Evidence) -> str:
    return e.title.partition(":")[0].strip()


RULES: tuple[Rule, ...] = (
    Rule("paper", "authors and an abstract", lambda e: bool(e.authors and e.abstract)),
    Rule("paper", "its link is to arXiv, and it is about one paper", _links_to_arxiv),
    Rule("paper", "its link is to a conference or a journal", _links_to_conference),
    Rule("paper", "more than one author, and it is no post on a blog", _has_authors),
    Rule("paper", "a person is its author, and it is no post on a blog", _has_person),
    Rule("paper", "its text begins with the address of a paper on arXiv", _begins_with_paper),
    Rule("hardware", "a hardware tag", lambda e: not _HARDWARE_TAGS.isdisjoint(e.tags)),
    Rule("model", "its title is a name with a version or a size, and its text tells of a model", _is_release),
    Rule("model", "an organisation stands for the authors of something with a short name", _is_of_organisation),
    Rule(
        "model",
        "its title is a short name, and its text tells of a model with several figures, or of its release and a figure",
        _is_release_with_facts,
    ),
    Rule("model", "its title is only a name, and its text tells of the release of a model", _is_release_by_name),
    Rule(
        "model",
        "its title is a name with its maker or the news of its release, and its text tells of a model with figures",
        _is_announced,
    ),
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
