"""A text in parentheses -> the names of authors, or the verdict that it lists none.

Authors are listed as `(Jiaxin Guo, Hao Yang)`, `(01.AI: Alex Young, Bei Chen)`, `(Gemini Team)` or `(김성현, 이영희)`.
Joined by a comma and a space, the names are the author's text again.
"""

import re

from ..scripts import has_hangul

_SEPARATOR = re.compile("[,;，、；]")
_BRACKET = re.compile(r"[(（\[)）\]]")
_PARENTHESIS = re.compile("[(（)）]")
_OPEN, _CLOSE = "(（[", ")）]"
_PARTICLES = frozenset(
    "a al and at bin da das de del della den der des di dos du e el et for ibn in la las le los of on st ten ter the to van ver "  # noqa: SIM905
    "von y zu &".split()
)
# By far the commonest spelling, which needs no closer look.
_PLAIN = r"[A-Z][a-z.'’-]*(?: [A-Z][a-zA-Z.'’-]*){1,4}"
_PLAIN_NAME = re.compile(_PLAIN)
_PLAIN_NAMES = re.compile(rf"{_PLAIN}(?:, {_PLAIN})*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|'\d\d\b")
_ET_AL = re.compile(r"(?:et\.? al\.?|others|외(?: \d+(?:명|인))?|등|\.\.\.|…)", re.IGNORECASE)
_ET_AL_END = re.compile(r",? et\.? al\.?$", re.IGNORECASE)
_FOOTNOTES = re.compile(r"(?:\s*\((?:\d{1,2}|[*†‡])(?:\s*,\s*(?:\d{1,2}|[*†‡]))*\)|[†‡§¶⋆✉¹²³⁰⁴-⁹]+)+$")
_ORGANISATION = re.compile(
    r"(?i)(?<!\w)(?:teams?|labs?|groups?|authors?|researchers?|research|universit(?:y|ies)|institutes?|foundation|consortium"
    r"|collaboration|community|contributors?|company|project|inc)(?!\w)|@"
)
_SENTENCE_WORD = re.compile(
    r"(?i)(?<!\w)(?:is|are|was|were|has|have|had|be|been|we|you|they|this|that|these|which|who|from|with|by|see|can|will"
    r"|their|our|its|it|not|but|about|into|using|via)(?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?。…~ㅎㅋㅠㅜ]$")
_KOREAN_SUFFIX = re.compile(r" (?:외 ?\d+(?:명|인)|교수|박사)$")
_KOREAN_ORGANISATION = re.compile(
    r"(?:팀|연구소|연구실|연구원|연구그룹|그룹|센터|대학|대학교|학회|재단|랩|랩스|브레인|클라우드|전자|AI|Lab|Labs|Team|Research)$"
)


def parenthesised(text: str) -> str | None:
    """Return the text inside a pair of parentheses that encloses the whole text, else None."""
    if len(text) < 3 or text[0] not in "(（" or text[-1] not in ")）":
        return None
    return text[1:-1].strip() if _closing(text) == len(text) - 1 else None


def split_trailing(text: str) -> tuple[str, str] | None:
    """Cut `Title (inside)` into its two parts; the parentheses need a space or an asterisk before them."""
    if len(text) < 5 or text[-1] not in ")）":
        return None
    depth = 0
    for parenthesis in reversed(list(_PARENTHESIS.finditer(text, 1))):
        if parenthesis[0] in ")）":
            depth += 1
            continue
        depth -= 1
        if not depth:
            title = text[: parenthesis.start()]
            apart = title[-1].isspace() or title[-1] == "*"
            return (title.rstrip(), text[parenthesis.end() : -1].strip()) if apart else None
    return None


def split_names(text: str) -> tuple[str, ...]:
    """Cut a list of names at the commas and semicolons outside parentheses."""
    if _PLAIN_NAMES.fullmatch(text):
        return tuple(text.split(", "))
    names = _split_outside_brackets(text) if _BRACKET.search(text) else _SEPARATOR.split(text)
    trimmed = [_without_footnotes(name.strip().removeprefix("and ").lstrip()) for name in names]
    if " and " in text or " & " in text:
        trimmed = [person for name in trimmed for person in _split_at_and(name)]
    return tuple([name for name in trimmed if name])


def _without_footnotes(name: str) -> str:
    return name if name[-1:].isalpha() else _FOOTNOTES.sub("", name).rstrip()


def _split_at_and(name: str) -> list[str]:
    """Cut `Ada Kim and Ben Cho` in two; `Institute of Science and Technology` is one name."""
    persons = re.split(r"\s+(?:and|&)\s+", name)
    is_list = all(_PLAIN_NAME.fullmatch(person) and not _ORGANISATION.search(person) for person in persons)
    return persons if is_list else [name]


def reads_as_names(text: str) -> bool:
    """Return True if a text is surely a list of names: its parts are spelled as such, and none is a year or an address."""
    if _PLAIN_NAMES.fullmatch(text):
        return True
    if _YEAR.search(text) or "://" in text:
        return False
    names = split_names(text)
    if not names:
        return False
    # Some write a family name small, `Jianshu ji`: if the others are spelled as names, one in five may be written so.
    strange = sum(not _is_name(name) for name in names)
    return strange * 5 <= len(names) and (len(names) > 1 or _is_lone_name(names[0]))


def may_be_names(text: str) -> bool:
    """Return True if a text right after a title lists its authors: most parts read as names, or it names a group."""
    names = split_names(text)
    if not names or _YEAR.search(text) or "://" in text:
        return False
    return sum(map(_is_name, names)) * 2 > len(names) or _is_group(names)


def _is_group(names: tuple[str, ...]) -> bool:
    """Return True for `The Robotics team @ Acme` or `Anonymous authors`, and False for a sentence."""
    if len(names) > 3 or any(has_hangul(name) or _SENTENCE_WORD.search(name) or len(name) > 60 for name in names):
        return False
    return names[0][:1].isupper() and all(_is_name(name) or _ORGANISATION.search(name) for name in names)


def _split_outside_brackets(text: str) -> list[str]:
    names, start, depth = [], 0, 0
    for index, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in ",;，、；" and not depth:
            names.append(text[start:index])
            start = index + 1
    return [*names, text[start:]]


def _is_name(name: str) -> bool:
    if _PLAIN_NAME.fullmatch(name) or _ET_AL.fullmatch(name):
        return True
    _, _, person = _ET_AL_END.sub("", name).rpartition(": ")
    if has_hangul(person):
        return _is_korean_name(person)
    words = person.split()
    if not words or len(words) > 8 or not any(char.isalpha() for char in person):
        return False
    return all(_is_name_word(word) for word in words) and not all(word in _PARTICLES for word in words)


def _is_name_word(word: str) -> bool:
    # `fast.ai`, `xAI` and `d'Ascoli` are spelled small at the front; a title or a sentence has small words.
    if word.lower() in _PARTICLES or not any(char.isalnum() for char in word):
        return True
    if not any(char.isalpha() for char in word):
        return False
    core = word.lstrip("(（[\"'‘“*")
    return not core[:1].islower() or any(char.isupper() for char in core) or "." in core.rstrip(".")


def _is_korean_name(name: str) -> bool:
    words = _KOREAN_SUFFIX.sub("", name).split()
    if len(name) > 24 or len(words) > 4 or words[-1:] in ([], ["등"], ["등등"]) or _SENTENCE_END.search(name):
        return False
    # `김성현` and `네이버` are one word; of several words only an organisation is made, `서울대학교 연구팀`.
    return len(words) == 1 or _KOREAN_ORGANISATION.search(name) is not None


def _is_lone_name(name: str) -> bool:
    # One word in parentheses may be an abbreviation of the title, `Mixture of Experts (MoE)`.
    return len(name.split()) > 1 and not (has_hangul(name) and len(name) > 16)


def _closing(text: str) -> int:
    depth = 0
    for parenthesis in _PARENTHESIS.finditer(text):
        depth += 1 if parenthesis[0] in "(（" else -1
        if not depth:
            return parenthesis.start()
    return -1
