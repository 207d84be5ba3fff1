"""The messages of commands in another language than English: a finished English message -> the same message translated.

Code writes its messages in English, where it finds what they say. They are translated when they are printed, by a table of
templates: `ko.po` has each English template with its Korean one. So English messages cost nothing, no call in the code names a
language, and a message without a translation is shown in English.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from .particles import PARTICLES, choose_particle

_ENTRY = re.compile(r'^msgid "((?:[^"\\]|\\.)+)"\nmsgstr "((?:[^"\\]|\\.)+)"$', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_PLACE = re.compile(r"\{(\w+)\}")
_FILES = re.compile(r"\bdigest\.(?:yaml|lock)\b")
"""Names of files in templates. Those of a second site differ, such as `digest.en.yaml`."""
_FORMS = {"n": r"[\d.,]+", "word": r"\S+"}
"""Patterns of values, by the names of placeholders. Any other value can be any text."""
_SEPARATORS = {
    "list": (", ", ", "),
    "clauses": ("; ", "; "),
    "steps": (" to ", " → "),
    "choices": (" or ", ", "),
    "both": (" and ", ", "),
}
"""What stands between the parts of a value, in English and in a translation."""
_OUTSIDE_BRACKETS = r"(?![^()]*\))"
"""What follows a separator that is not inside brackets, such as that in `2 new addresses (a, b)`."""
_QUOTES = "`\"'/#"
"""Behind one of these, a value is a text of the author or the name of a file, and is shown as it is."""
_PARTICLES = "|".join(map(re.escape, PARTICLES))
_FILLED = re.compile(rf"\{{(?P<name>\w+)\}}(?P<closing>[`\"')\]/]*)(?P<particle>{_PARTICLES})?")


@lru_cache(maxsize=4096)
def translate_message(message: str, language: str) -> str | None:
    """Return a message in a language that has a table, or None if the table has no template for it."""
    fixed, templates = _table(language)
    if message in fixed:
        return fixed[message]
    matching = (template.fill(message, language) for template in templates if template.anchor in message)
    return next((filled for filled in matching if filled is not None), None)


def read_templates(language: str) -> Iterator[tuple[str, str]]:
    """Yield the English templates of a language's table, each with its translation."""
    table = Path(__file__).with_name(f"{language}.po").read_text("utf-8")
    for english, translated in _ENTRY.findall(table):
        yield _unescape(english), _unescape(translated)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


class _Template:
    """An English template that matches finished messages, and its translation."""

    def __init__(self, english: str, translated: str) -> None:
        pieces = [_FILES.split(piece) for piece in _PLACE.split(english)[::2]]
        literals = [literal for piece in pieces for literal in piece]
        self._translated = translated
        self._english = english
        self.weight = sum(map(len, literals))
        self.anchor = max(literals, key=len)
        """The longest piece of fixed text. A message without it cannot match."""

    def fill(self, message: str, language: str) -> str | None:
        """Return the translation of a message, or None if the template does not match it."""
        match = _pattern_of(self._english).fullmatch(message)
        if not match:
            return None
        values: dict[str, str] = {}
        for name, value in match.groupdict().items():
            translated = _translate_value(name, value, language, quoted=self._is_quoted(name))
            if translated is None:
                return None
            values[name] = translated

        def put(place: re.Match[str]) -> str:
            value = values[place["name"]]
            particle = place["particle"]
            return value + place["closing"] + (choose_particle(value, particle) if particle else "")

        filled = _FILLED.sub(put, self._translated)
        for name in _FILES.findall(self._english):
            filled = filled.replace(name, values[_group_of(name)])
        return filled

    def _is_quoted(self, name: str) -> bool:
        before = self._english.partition(f"{{{name}}}")[0]
        return before.endswith(tuple(_QUOTES)) or before.count("`") % 2 == 1


def _group_of(file: str) -> str:
    """Return the name of the group that holds the name of a file."""
    return file.replace(".", "_")


@cache
def _pattern_of(english: str) -> re.Pattern[str]:
    seen: set[str] = set()
    written = []
    for number, part in enumerate(re.split(rf"{_PLACE.pattern}|({_FILES.pattern})", english)):
        if part is None:
            continue
        kind = number % 3
        if kind == 0:
            written.append(re.escape(part))
            continue
        name = part if kind == 1 else _group_of(part)
        form = _FORMS.get(_kind_of(name), ".+?") if kind == 1 else r"[^\s`]+\." + part.partition(".")[2]
        written.append(f"(?P={name})" if name in seen else f"(?P<{name}>{form})")
        seen.add(name)
    return re.compile("".join(written), re.DOTALL)


def _kind_of(name: str) -> str:
    return name.rstrip("0123456789")


def _translate_value(name: str, value: str, language: str, *, quoted: bool) -> str | None:
    """Return a value in a language, or None if it must be a phrase of the table and is none."""
    kind = _kind_of(name)
    if kind == "phrase":
        return translate_message(value, language)
    if quoted or kind in ("n", "names"):
        return value
    if kind in _SEPARATORS:
        before, after = _SEPARATORS[kind]
        items = re.split(re.escape(before) + _OUTSIDE_BRACKETS, value)
        return after.join(translate_message(item, language) or item for item in items)
    return translate_message(value, language) or value


@cache
def _table(language: str) -> tuple[dict[str, str], list[_Template]]:
    """Return the messages without values, and the templates, the most particular first."""
    fixed, templates = {}, []
    for english, translated in read_templates(language):
        if _PLACE.search(english) or _FILES.search(english):
            templates.append(_Template(english, translated))
        else:
            fixed[english] = translated
    return fixed, sorted(templates, key=lambda template: -template.weight)
