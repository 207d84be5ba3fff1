"""One name -> its family name, given names, particle and suffix, or the verdict that it can't be divided.

Names in Latin, Greek and Cyrillic letters have the family name last, names in Hangul, Han and kana have it first. Particles
stay with the family name (`van der Berg`), as CSL's non-dropping ones. Organisations are not divided.
"""

import re

from ..scripts import has_east_asian
from .east_asian import divide_east_asian, is_east_asian_organisation

Parts = tuple[str, str, str, str]
"""The family name, the given names, the particle and the suffix, as the fields of `Name` are in order."""

_WORD = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
PLAIN_NAME = re.compile(rf"{_WORD}(?: (?:{_WORD}|[A-Z]\.?)){{0,3}} {_WORD}")
"""By far the commonest spelling, which has no marks, no accents and no separators."""
SUFFIX = re.compile(r"(?:Jr|Sr|Ph\.?\s?D|M\.?D|Esq)\.?|II|III|IV")
"""A part after a name."""

ORGANISATION_WORDS = frozenset(
    "academy agency alliance anonymous association authors center centre collaboration collective college committee "  # noqa: SIM905
    "community company consortium contributors corporation council department developers division editors electronics foundation "
    "group institute institution initiative intelligence laboratories laboratory labs lab maintainers ministry network "
    "organisation organization project research researchers robotics school society staff systems team teams "
    "technologies telecom university workshop".split()
)
ORGANISATIONS = frozenset(
    "adobe alibaba amazon anthropic apple baichuan baidu bigcode bigscience bytedance cerebras cohere databricks deepmind "  # noqa: SIM905
    "deepseek eleutherai facebook google huawei huggingface ibm inria intel kakao kyutai laion linkedin meta microsoft "
    "mistral moonshot mosaicml naver netflix nvidia openai qualcomm salesforce samsung sensetime snowflake spotify "
    "tencent together twitter uber xai yandex zhipu".split()
)
"""Names that organisations begin with, `Google DeepMind`."""
_ABBREVIATED = frozenset("AI AMD CMU ETH FAIR IBM KAIST MIT NASA NEC NLP NTT POSTECH SNU UCL".split())  # noqa: SIM905
_SMALL_WORDS = frozenset("and at by for from in of on the to with".split())  # noqa: SIM905
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|co|gmbh|plc)\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"\w\.(?:ai|com|io|org|net|dev)\b|@|://", re.IGNORECASE)

PARTICLES = frozenset(
    "a af al ap aus av bin bint d da das de del della den der des di do dos du el ibn la las le lo los of san ten ter "  # noqa: SIM905
    "tot und van vande vanden vander vom von y zu zum zur 't".split()
)
_JOINTS = frozenset("eiy")
"""Words between two family names: `Ramón y Cajal`."""
_CAPITAL_PARTICLES = frozenset(
    "Abu Al Ben Da De Del Della Den Der Di Dos Du El Ibn La Le Ould Ten Ter Van Vande Vanden Vander Von".split()  # noqa: SIM905
)
_VIETNAMESE = frozenset(
    "Bui Cao Dang Dao Dinh Do Doan Duong Ha Ho Hoang Huynh Lam Le Luong Luu Ly Mai Ngo Nguyen Pham Phan Quach Ta Thai "  # noqa: SIM905
    "Tran Trinh Truong Vo Vu".split()
)
"""Family names after which `Van` is a given name: `Hoa Van Nguyen`."""
_FAMILY_FIRST = frozenset(
    "Ahn Bae Chang Chen Cho Choi Han Huang Hwang Jang Jeong Jung Kang Kim Kwon Lee Li Lim Liu Moon Oh Park Seo Shin Song "  # noqa: SIM905
    "Wang Wu Yang Yoo Yoon Zhang Zhao".split()
)
_NOT_PLAIN = frozenset(
    (
        *(
            word.capitalize()
            for word in (*ORGANISATION_WORDS, *ORGANISATIONS, "the", "inc", "ltd", "corp", "co", "gmbh")
        ),
        *_CAPITAL_PARTICLES,
        "Jr",
        "Sr",
        "Esq",
    )
)
"""The words with which a name in the commonest spelling may be something else than given names and a family name."""
_SYLLABLES = re.compile(r"[A-Z][a-z]+-[a-z]+|([A-Z][a-z]+)-\1")
"""A given name of two syllables, `Chan-wook` or `Fei-Fei`; family names write both parts large and differ."""
_INITIAL = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_GLUED_INITIALS = re.compile(r"(?<![^ ])((?:[A-Z]\.-?)+)([A-Z]['’\w-]*[a-z]\w*)")
_PARENTHESISED_END = re.compile(r"(?P<name>[^()（）]*[^()（）\s])\s*(?P<rest>(?:[(（][^()（）]*[)）]\s*)+)")
_AFTER_PARENTHESIS = re.compile(r"([)）])(?=\w)")
_BEFORE_PARENTHESIS = re.compile(r"(?<=\w)([(（])")


def divide_plain(name: str) -> tuple[str, str] | None:
    """Return the family name and the given names of a name in the commonest spelling, or None if it needs a closer look."""
    if not PLAIN_NAME.fullmatch(name) or not _NOT_PLAIN.isdisjoint(name.split(" ")):
        return None
    given, _, family = name.rpartition(" ")
    return None if "-" in family and given in _FAMILY_FIRST else (family, given)


def divide(name: str) -> Parts | None:
    """Return the parts of a person's name, or None for an organisation and for a name that can't be divided."""
    if not name or name[0] in "{\"“'" or is_organisation(name):
        return None
    if name[-1] in ")）" and (found := _PARENTHESISED_END.fullmatch(name)):
        family, given, particle, suffix = divide(found["name"]) or ("", "", "", "")
        return (family, given, particle, f"{suffix} {found['rest']}".strip()) if family else None
    if has_east_asian(name):
        return divide_east_asian(name)
    if "(" in name:
        name = _AFTER_PARENTHESIS.sub(r"\1 ", _BEFORE_PARENTHESIS.sub(r" \1", name))
    if "," in name:
        return _divide_inverted(name)
    words = _GLUED_INITIALS.sub(r"\1 \2", name).split(" ")
    if not is_spelled_as_name(words):
        return None
    suffix = ""
    if len(words) > 2 and SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    return (*_divide_words(words), suffix) if len(words) > 1 else None


def is_organisation(name: str) -> bool:
    """Return True if a name is surely an organisation's or a team's."""
    words = name.replace("-", " ").replace(",", "").split()
    if not words:
        return False
    if any(word.lower() in ORGANISATION_WORDS or word in _ABBREVIATED for word in words):
        return True
    if words[0].lower() in ORGANISATIONS or words[0].lower() == "the" or not _SMALL_WORDS.isdisjoint(words[1:]):
        return True
    if _COMPANY.fullmatch(words[-1]) or _ADDRESS.search(name) or any(char.isdigit() for char in name):
        return True
    return has_east_asian(name) and is_east_asian_organisation(name)


def is_person(name: str) -> bool:
    """Return True if a text may be a person's name: not an organisation, and spelled as a name."""
    words = name.split()
    if not words or is_organisation(name) or words[0] in PARTICLES or words[-1] in PARTICLES:
        return False
    return divide_east_asian(name) is not None if has_east_asian(name) else is_spelled_as_name(words)


def is_spelled_as_name(words: list[str]) -> bool:
    """Return True unless words make a phrase: a name of several words has a capital in it, or is of two words."""
    letters = "".join(words)
    if letters.islower():
        return len(words) == 2
    # Arabic, Thai and the scripts of India have no capitals, and their names follow other orders.
    return len(words) < 9 and letters.lower() != letters.upper()


def _divide_inverted(name: str) -> Parts | None:
    """Divide `Kim, Ada`, `Kim, Jr., Ada` and `Ada Kim, Jr.`."""
    parts = [part.strip() for part in name.split(",")]
    suffixes = [part for part in parts[1:] if SUFFIX.fullmatch(part)]
    rest = [part for part in parts if part not in suffixes]
    if len(rest) == 1:
        divided = divide(rest[0])
        return (*divided[:3], ", ".join(suffixes)) if divided and not divided[3] else None
    if len(rest) != 2 or not rest[0] or not rest[1]:
        return None
    words = rest[0].split()
    start = next((index for index, word in enumerate(words) if word not in PARTICLES), len(words) - 1)
    given, *after = rest[1].split(" ")
    while after and after[-1] in PARTICLES:  # `Beethoven, Ludwig van`
        start, words = start + 1, [after.pop(), *words]
    return " ".join(words[start:]), " ".join((given, *after)), " ".join(words[:start]), ", ".join(suffixes)


def _divide_words(words: list[str]) -> tuple[str, str, str]:
    """Return the family name, the given names and the particle of a name with the family name at the end."""
    if len(words) == 2 and words[0] in _FAMILY_FIRST and _SYLLABLES.fullmatch(words[1]):
        return words[0], words[1], ""
    start = _family_start(words)
    end = start
    while end < len(words) - 1 and _is_particle(words[end]):
        end += 1
    if not words[start].islower():
        # `Luc Van Gool`: a capital particle is part of the family name, unless small ones follow it.
        end = end if any(word.islower() for word in words[start:end]) else start
    return " ".join(words[end:]), " ".join(words[:start]), " ".join(words[start:end])


def _is_particle(word: str) -> bool:
    return word.lower() in PARTICLES and (word.islower() or word in _CAPITAL_PARTICLES or word in ("Las", "Los"))


def _family_start(words: list[str]) -> int:
    """Return the place of the first word of a family name, or of its particle."""
    last = len(words) - 1
    small = next((index for index in range(1, last) if words[index] in PARTICLES or words[index] in _JOINTS), None)
    if small is not None:
        if words[small] in _JOINTS and small > 1:
            return small - 1
        # `Tom Dupré la Tour`
        if words[small] in ("la", "le") and small > 1 and small + 1 == last:
            return small - 1
        before = small - 1
        return before if before > 0 and words[before] in _CAPITAL_PARTICLES else small
    if last > 1 and words[last - 1] in _CAPITAL_PARTICLES and words[last] not in _VIETNAMESE:
        return last - 1
    # `Harini S I`: initials at the end stand for the family.
    while last > 1 and _is_initial(words[last]) and _is_initial(words[last - 1]):
        last -= 1
    return last


def _is_initial(word: str) -> bool:
    return _INITIAL.fullmatch(word) is not None and not (len(word) > 1 and word.isalpha())
