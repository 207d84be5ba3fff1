"""An entry about a model or a chip -> the facts in its text: figures for tables and for the entry's page.

A wrong figure is worse than none, so:

- A figure counts only next to a word that says what it measures.
- Sentences that mention another model or chip, guess or compare are skipped.
- If the text gives two different figures for the same key, neither counts.

List items, which are lines without a full stop, take precedence over sentences.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..model import Entry

FACT_KEYS = (
    "parameters",  # 314B, 7B/13B, 8×7B
    "active",  # parameters used for a token, of a mixture of experts
    "experts",  # of a mixture of experts, with how many are chosen: 8, Top-2
    "layers",
    "dimension",
    "vocabulary",
    "context",  # tokens of a prompt
    "tokens",  # seen in training
    "precision",  # of the published checkpoint
    "licence",
    "memory",
    "bandwidth",
    "fp4",
    "fp8",
    "fp16",
    "int8",
    "tdp",
    "process",
)
"""All keys of facts, in the order in which pages show them."""


class _Rule(Struct, frozen=True):
    """How the text states one key: group 1 of `pattern` is the figure, group 2, if any, its unit or addition.

    `shown` is the format of the value. With `only_lists`, the rule applies to list items and not to sentences.
    """

    key: str
    pattern: re.Pattern[str]
    shown: str = "{0}{1}"
    only_lists: bool = False


def _rule(key: str, pattern: str, shown: str = "{0}{1}", *, only_lists: bool = False) -> _Rule:
    return _Rule(key, re.compile(pattern, re.IGNORECASE), shown, only_lists)


_SIZE = r"\d+(?:\.\d+)?B"
_SIZES = rf"{_SIZE}(?:(?:와|과|,|/|\s?[-~])\s?{_SIZE})*"
_THOUSANDS = r"\d+(?:\.\d+)?[KM]"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_CHANGE = rf"{_NUMBER}(?:\s*(?:->|→)\s*{_NUMBER})?"
# A figure can begin here, since this is not inside a name (`Llama 2 70B`, `Yi-9B`), a word or another number.
_FREE = r"(?:^|(?<=[가-힣(/,.:]\s)|(?<=[가-힣(/,:]))"

_MODEL_RULES: Sequence[_Rule] = (
    _rule("parameters", rf"^({_SIZES})(?=,|$| 파라미터| parameters)", only_lists=True),
    _rule(
        "parameters", rf"{_FREE}({_SIZES}) (?:크기의 |규모의 )?모델[을이] (?:[가-힣]+ )?(?:공개|나왔|나오|발표|학습)"
    ),
    _rule("parameters", rf"{_FREE}({_SIZES}) (?:모델)?[을를이가] (?:[가-힣]+ )?(?:공개|발표)"),
    _rule("parameters", rf"{_FREE}({_SIZES})(?: 모델)?[을를] {_NUMBER}[TB] (?:토큰|분량)"),
    _rule("parameters", rf"^({_SIZES}),? {_NUMBER}T (?:토큰|tokens)"),
    _rule("active", rf"(?:활성|액티브|active)(?:화)?(?: 파라미터| parameters)?(?:는|은|:)? ?({_SIZE})"),
    _rule("active", rf"{_FREE}({_SIZE}) (?:활성|액티브|active)"),
    _rule(
        "experts",
        r"(?<![\w.])(\d{1,3}) ?(?:MoE|Experts?|전문가)(?![A-Za-z0-9])(?:,? ?(Top-\d+))?",
        "{0}, {1}",
        only_lists=True,
    ),
    _rule("layers", r"(?<![\w.-])(\d{2,3}) ?(?:레이어|layers?)(?![A-Za-z가-힣])", only_lists=True),
    _rule(
        "dimension", r"(?<![\w.-])(\d{1,2},?\d{3}|\d{3}) ?(?:dim(?:ension)?s?|차원)(?![A-Za-z가-힣])", only_lists=True
    ),
    _rule("vocabulary", rf"(?<![\w.])({_THOUSANDS}) ?(?:수준의 |크기의 |규모의 )?(?:Vocab(?:ulary)?|어휘)(?![A-Za-z])"),
    _rule("vocabulary", rf"(?:Vocab(?:ulary)?|어휘)(?: 크기)?(?:는|가|은|이|:)? ({_THOUSANDS})(?![\w])"),
    _rule(
        "context",
        rf"(?<![\w.])({_THOUSANDS}(?:(?:와|과|/) ?{_THOUSANDS})*)(?: \(!\))? ?"
        r"(?:Context(?: Length| Window| 길이)?|컨텍스트|문맥)(?![A-Za-z가-힣]*(?:를|을)? ?(?:까지|넘))",
    ),
    _rule(
        "tokens",
        rf"(?<![\w.])({_NUMBER}[TB]) ?(?:토큰|Tokens?)(?:으로|에 대해|에서|에|을|를)?,? ?(?:사전 ?)?(?:학습|훈련|trained)",
    ),
    _rule(
        "precision",
        r"(?:체크포인트|checkpoint|가중치|weight)[는은가이를을]? (u?int[48]|fp(?:4|8|16|32)|bf16)(?![A-Za-z0-9])",
    ),
    _rule("precision", r"\b(u?int[48]|fp(?:4|8|16|32)|bf16)(?:로|으로)? (?:배포|공개|체크포인트|checkpoint)"),
    _rule(
        "licence", r"\b(Apache[ -]?2(?:\.0)?|CC[ -]BY(?:-(?:NC|SA|ND))*)(?:[ -]?(\d\.0))?(?![A-Za-z0-9.-])", "{0} {1}"
    ),
    _rule("licence", r"\b(MIT)(?: 라이[선센]스| licen[cs]e)(?![A-Za-z])"),
    _rule("licence", r"(?:라이[선센]스|licen[cs]e)(?:는|가|은|:)? (MIT)(?![A-Za-z0-9])"),
)

_CAPACITY = rf"({_CHANGE}) ?([GT]B)(?!/s|ps)"
_HARDWARE_RULES: Sequence[_Rule] = (
    _rule("memory", rf"(?:VRAM|HBM\d?e?|메모리)(?: 용량)?(?:이|가|는|은|:)? {_CAPACITY}", "{0} {1}"),
    _rule("memory", rf"(?<![\w.]){_CAPACITY}(?:의)? (?:VRAM|HBM\d?e?|메모리)(?! 대역)", "{0} {1}"),
    _rule("bandwidth", rf"(?:대역폭|bandwidth)(?:이|가|은|는|:)? ({_CHANGE}) ?([GT]B/s)", "{0} {1}"),
    _rule("bandwidth", rf"(?<![\w.])({_CHANGE}) ?([GT]B/s)(?:의)? (?:메모리 )?(?:대역폭|bandwidth)", "{0} {1}"),
    *(
        _rule(key, rf"\b{key}(?:[은는이가:]|에서)? ({_CHANGE}) ?([TP]?FLOPS?|[TP]OPS)(?![A-Za-z0-9])", "{0} {1}")
        for key in ("fp4", "fp8", "fp16", "int8")
    ),
    _rule("tdp", rf"TDP(?:는|가|은|이|:)? ({_CHANGE}) ?(k?W)(?![A-Za-z])", "{0} {1}"),
    _rule("process", r"(?<![\w.])(\d{1,2}) ?(?:nm|나노)(?=[ ,.]|공정|$)", "{0} nm"),
)
_RULES = {"model": _MODEL_RULES, "hardware": _HARDWARE_RULES}

_TITLE_SIZE = re.compile(
    r"(?<![\w.])(\d{1,2})x(\d+(?:\.\d+)?B)(?!\w)|(?<![\w.])(\d+(?:\.\d+)?B)(?![\w-])", re.IGNORECASE
)
_ACTIVE_IN_TITLE = re.compile(r"-A(\d+(?:\.\d+)?B)(?!\w)")
_SIZE_OF_A_NAME = re.compile(r"([A-Za-z][A-Za-z.]*(?:[ -]\d(?:\.\d+)?)?)[ -](?:\d+x)?\d+(?:\.\d+)?B(?![A-Za-z0-9])")
_FAMILIES = re.compile(
    r"(?<![A-Za-z])(?:GPT|ChatGPT|Llama|Gemma|Gemini|PaLM|Mistral|Mixtral|Claude|Qwen|Yi|Falcon|Chinchilla|Grok|DeepSeek"
    r"|Phi|BERT|T5|OPT|BLOOM|Pythia|OLMo|Baichuan|InternLM|MPT|DBRX|Command|Nemotron|StarCoder|MiniCPM|Kimi|GLM"
    r"|[ABH]\d00|MI\d00|TPU)(?![a-z])",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"아마|추정|루머|소문|예상|않을까|싶|듯|비해|보다|만약|이었|maybe|perhaps|rumou?r", re.IGNORECASE)
_STOP = re.compile(r"(?<=[.?!…])\s+")
_ENDS = re.compile(r"[.?!…][\"'”’)]*$")
_TRILLIONS = re.compile(r"\d ?T(?![A-Za-z])")
_SEPARATOR = re.compile(r"\s?[-~]\s?|와 ?|과 ?|, ?|/ ?")
_ARROW = re.compile(r"\s*(?:->|→)\s*")
_UNGROUPED = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")


def find_facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the facts of an entry about a model or hardware as (key, value), in the order of `FACT_KEYS`.

    Values are as in the text, except that thousands are grouped and a change is written `80 → 192 GB`. Entries of other
    kinds have no facts.
    """
    rules = _RULES.get(entry.kind)
    if rules is None:
        return ()
    title = unicodedata.normalize("NFC", entry.title)
    found = dict(_facts_of_title(title)) if entry.kind == "model" else {}
    lists, sentences = _divide(unicodedata.normalize("NFC", entry.commentary))
    # The title may name the architecture and the first sentence the chip: `NVIDIA Blackwell`, then `B200`.
    subject = f"{title} {sentences[0]}" if entry.kind == "hardware" and sentences else title
    for texts, in_lists in ((lists, True), (sentences, False)):
        own = [text for text in texts if _speaks_of(subject, text)]
        for key, value in _find(own, [rule for rule in rules if in_lists or not rule.only_lists]).items():
            found.setdefault(key, value)
    return tuple((key, found[key]) for key in FACT_KEYS if found.get(key))


def _facts_of_title(title: str) -> Iterator[tuple[str, str]]:
    sizes = {f"{match[1]}×{match[2]}" if match[1] else match[3] for match in _TITLE_SIZE.finditer(title)}
    if len(sizes) == 1:
        yield "parameters", sizes.pop().upper().replace("X", "×")
    if match := _ACTIVE_IN_TITLE.search(title):
        yield "active", match[1]


def _divide(text: str) -> tuple[list[str], list[str]]:
    """Divide a text into list items and sentences."""
    lists: list[str] = []
    sentences: list[str] = []
    for line in filter(None, (line.strip(" \t-*") for line in text.split("\n"))):
        if _ENDS.search(line):
            sentences += _STOP.split(line)
        elif not line.endswith((",", ":")):
            lists.append(line)
    return lists, sentences


def _speaks_of(subject: str, text: str) -> bool:
    """Return True if a text is not a guess or a comparison, and names no model or chip that is not in the subject."""
    if _UNSURE.search(text):
        return False
    named = subject.casefold()
    others = [*_FAMILIES.finditer(text), *_SIZE_OF_A_NAME.finditer(text)]
    return all(match[0].casefold() in named for match in others)


def _find(texts: Sequence[str], rules: Sequence[_Rule]) -> dict[str, str]:
    """Return the value of each key that the texts mention, empty if they give different values."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        for text in texts:
            if rule.key == "tokens" and len(_TRILLIONS.findall(text)) > 1:
                continue  # `2B: 2T tokens, 7B: 6T tokens` has no single answer
            found.setdefault(rule.key, set()).update(_show(rule, match) for match in rule.pattern.finditer(text))
    return {key: values.pop() if len(values) == 1 else "" for key, values in found.items() if values}


def _show(rule: _Rule, match: re.Match[str]) -> str:
    figure = _ARROW.sub(" → ", match[1].strip())
    unit = (match[2] or "") if rule.pattern.groups > 1 else ""
    if rule.key in ("parameters", "context"):
        figure = _SEPARATOR.sub("/", figure).upper()
    elif rule.key in ("vocabulary", "active", "tokens"):
        figure = figure.upper()
    figure = _UNGROUPED.sub(lambda number: f"{int(number[0]):,}", figure)
    return rule.shown.format(figure, unit).strip(" ,")
