"""An entry about a model or a chip -> the facts in its text: figures for tables and for the entry's page.

A wrong figure is worse than none, so:

- A figure counts only next to a word that says what it measures.
- Sentences that mention another model or chip, guess or compare are skipped.
- If the text gives two different figures for the same key, neither counts.

The title takes precedence over list items, which are lines without a full stop, and these over sentences.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..model import FACT_KINDS, Fact
from .fact_rules import Rule, rules_for
from .figures import FACT_KEYS

LONGEST = 600
"""Characters of a title or a sentence that is read: a longer one states no figure, and patterns would take long."""

_TITLE_SIZE = re.compile(
    r"(?<![\w.])(\d{1,2})x(\d+(?:\.\d+)?B)(?!\w)|(?<![\w.])(\d+(?:\.\d+)?B)(?![\w-])|(\d+(?:\.\d+)?B)(?=-A\d)",
    re.IGNORECASE,
)
_ACTIVE_IN_TITLE = re.compile(r"-A(\d+(?:\.\d+)?B)(?!\w)")
_SIZE_OF_A_NAME = re.compile(r"([A-Za-z][A-Za-z.]*(?:[ -]\d(?:\.\d+)?)?)[ -](?:\d+x)?\d+(?:\.\d+)?B(?![A-Za-z0-9])")
# Words that stand before a size and are no name of a model.
_NO_NAME = frozenset(
    {"dense", "base", "instruct", "moe", "model", "models", "and", "activated", "active", "total", "a", "the"}
)
_FAMILIES = re.compile(
    r"(?<![A-Za-z])(?:GPT|ChatGPT|Llama|Gemma|Gemini|PaLM|Mistral|Mixtral|Claude|Qwen|Yi|Falcon|Chinchilla|Grok|DeepSeek"
    r"|Phi|BERT|T5|OPT|BLOOM|Pythia|OLMo|Baichuan|InternLM|MPT|DBRX|Command|Nemotron|StarCoder|MiniCPM|Kimi|GLM"
    r"|[ABH]\d00|MI\d00|TPU)(?![a-z])",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"아마|추정|루머|소문|예상|않을까|싶|듯|비해|보다|만약|이었|아직|예정|계획|앞으로|목표|지도\b|지도 모르|\?[)\"'”’]*$|maybe|perhaps|rumou?r",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[.?!…])(?<!\([?!])[\"'”’)]*\s+")
_ENDS = re.compile(r"[.?!…][\"'”’)]*$")
_ADDRESS = re.compile(r"\(?https?://\S+")
_LIST_MARK = re.compile(r"^\d+[.)] ")
_TRILLIONS = re.compile(r"\d ?T(?![A-Za-z])")
_SPAN = re.compile(r"\s?[-~–]\s?")
_RANGE = re.compile(r"(?<=B)\s?[-~–]\s?(?=\d)", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"(?<=[\dA-Z])\s?(?:(?:와|과)\s?(?:그리고\s)?|,\s(?:(?:그리고|and)\s)?|및|and|[/·&])\s?(?=\d)", re.IGNORECASE
)
_WRITTEN = re.compile(r"(?:(\d[\d,]*(?:\.\d+)?)조)?(?: ?(\d[\d,]*(?:\.\d+)?) ?억)?")
_ARROW = re.compile(r"(?: ?[GTP]B(?:/s)?| ?[kMGTP]?(?:FLOPS?|OPS|W))?(?:\s*(?:->|→)\s*|에서 )")
_UNGROUPED = re.compile(r"(?<![\d.,])\d{4,}(?![\d,])")


class Sentence(Struct, frozen=True):
    """A sentence or a list item, exactly as in the text. The first two sentences and all list items are its opening."""

    text: str
    is_item: bool = False
    is_opening: bool = False


class FoundFact(Struct, frozen=True):
    """A fact with the sentence that states it and the words in it that a rule read; both are empty if the title does."""

    fact: Fact
    sentence: str = ""
    words: str = ""


def find_facts(kind: str, title: str, text: str) -> tuple[FoundFact, ...]:
    """Return the facts of an entry about a model or hardware, in the order of `FACT_KEYS`; other kinds have none.

    `text` is its commentary as plain text, one line for each block. Values are as in the text, except that thousands are
    grouped, lists are written `7B/13B` and a change `80 → 192 GB`.
    """
    if kind not in FACT_KINDS:
        return ()
    title = unicodedata.normalize("NFC", title[:LONGEST])
    found = {fact.fact.key: fact for fact in _facts_of_title(title)} if kind == "model" else {}
    sentences = tuple(_divide(text))
    # The title may name the architecture and the first sentence the chip: `NVIDIA Blackwell`, then `B200`.
    first = next((sentence.text for sentence in sentences if not sentence.is_item), "")
    subject = f"{title} {first}" if kind == "hardware" else title
    for is_item in (True, False):
        for fact in _find(kind, subject, [sentence for sentence in sentences if sentence.is_item == is_item]):
            found.setdefault(fact.fact.key, fact)
    return tuple(found[key] for key in FACT_KEYS if key in found and found[key].fact.value)


def _facts_of_title(title: str) -> Iterator[FoundFact]:
    sizes = {f"{match[1]}×{match[2]}" if match[1] else match[3] or match[4] for match in _TITLE_SIZE.finditer(title)}
    if len(sizes) == 1:
        yield FoundFact(Fact("parameters", sizes.pop().upper().replace("X", "×")))
    if match := _ACTIVE_IN_TITLE.search(title):
        yield FoundFact(Fact("active", match[1].upper()))


def _divide(text: str) -> Iterator[Sentence]:
    """Yield the sentences and list items of a text. Words that lead in to a list are left out."""
    openings = 2
    for line in text.split("\n"):
        line = _LIST_MARK.sub("", line.strip(" \t-*•"), count=1)
        if not line or _ADDRESS.fullmatch(line):
            continue
        sentences = [line] if not _ENDS.search(line) and not _STOP.search(line) else _split(line)
        if line.endswith((",", ":")):
            sentences.pop()
        is_item = len(sentences) == 1 and not _ENDS.search(sentences[0])
        for sentence in sentences:
            if len(sentence) > LONGEST:
                continue
            yield Sentence(sentence, is_item, is_item or openings > 0)
            openings -= not is_item


def _split(line: str) -> list[str]:
    sentences = []
    start = 0
    for stop in _STOP.finditer(line):
        sentences.append(line[start : stop.end()].rstrip())
        start = stop.end()
    return [*sentences, line[start:]] if start < len(line) else sentences


def _speaks_of(subject: str, text: str) -> bool:
    """Return True if a text is not a guess or a comparison, and names no model or chip that is not in the subject."""
    if _UNSURE.search(text):
        return False
    named = subject.casefold()
    others = {match[0] for match in _FAMILIES.finditer(text)}
    others |= {match[0] for match in _SIZE_OF_A_NAME.finditer(text) if match[1].casefold() not in _NO_NAME}
    return all(other.casefold() in named for other in others)


def _find(kind: str, subject: str, sentences: Sequence[Sentence]) -> Iterator[FoundFact]:
    """Yield a fact for each key that the sentences state, with an empty value if they give different ones."""
    found: dict[str, dict[str, FoundFact]] = {}
    for sentence in sentences:
        for rule, match in _match(subject, sentence, rules_for(kind, sentence.text)):
            fact = Fact(rule.key, _show(rule, match))
            found.setdefault(rule.key, {}).setdefault(fact.value, FoundFact(fact, sentence.text, match[0]))
    for key, values in found.items():
        yield next(iter(values.values())) if len(values) == 1 else FoundFact(Fact(key, ""))


def _match(subject: str, sentence: Sentence, rules: Sequence[Rule]) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the matches of rules in a sentence, without matches that read only a part of another match's figure."""
    matches = [
        (rule, match)
        for rule in rules
        if _applies(rule, sentence)
        for match in re.finditer(rule.pattern, sentence.text)
        if not (rule.unless and re.search(rule.unless, sentence.text[: match.end()]))
        and _speaks_of(subject, sentence.text[: match.end()] if rule.ends_clause else sentence.text)
    ]
    spans = {(rule.key, match.span(1)) for rule, match in matches}
    for rule, match in matches:
        start, end = match.span(1)
        if not any(key == rule.key and a <= start and end <= b and (a, b) != (start, end) for key, (a, b) in spans):
            yield rule, match


def _applies(rule: Rule, sentence: Sentence) -> bool:
    if (rule.place == "list" and not sentence.is_item) or (rule.place == "opening" and not sentence.is_opening):
        return False
    # `2B: 2T tokens, 7B: 6T tokens` has no single answer.
    return rule.key != "tokens" or len(_TRILLIONS.findall(sentence.text)) < 2


def _show(rule: Rule, match: re.Match[str]) -> str:
    figure = _ARROW.sub(" → ", match[1].strip())
    unit = (match[2] or "") if match.re.groups > 1 else ""
    if rule.key in ("parameters", "active"):
        figure = _WRITTEN.sub(_in_digits, figure)
    if rule.key in ("parameters", "context"):
        figure = _SEPARATOR.sub("/", _RANGE.sub("–", figure)).upper()
    elif rule.key in ("vocabulary", "active", "tokens"):
        figure = _SPAN.sub("–", figure).upper()
    figure = _UNGROUPED.sub(lambda number: f"{int(number[0]):,}", figure)
    return rule.shown.format(figure, unit).strip(" ,")


def _in_digits(written: re.Match[str]) -> str:
    """Write a Korean number as texts about models do: `320억` is 32B, and `1조 2000억` is 1.2T."""
    trillions, hundred_millions = (float((part or "0").replace(",", "")) for part in written.groups())
    billions = 1_000 * trillions + hundred_millions / 10
    if not billions:
        return written[0]
    return f"{billions / 1_000:g}T" if billions >= 1_000 else f"{billions:g}B"
