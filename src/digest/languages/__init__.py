"""The languages of the interface: a table of them, and a module for each.

A language is one module here, named like its code (`pt-BR` is `pt_br.py`), and one line in `LANGUAGES`. Its module has:

- `STRINGS`, the words of the interface
- `SCAFFOLD`, the texts that `digest init` and `digest new` write
- `SAME_AS_ENGLISH`, if it is needed: the names of strings that are rightly the same as in English

A module is imported when a caller asks for its language, so a build loads only one. Messages of commands have tables of their
own, beside the modules: `ko.po` in the format of gettext.
"""

import re
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from .strings import Scaffold, Strings

LANGUAGES = {
    "ko": "한국어",
    "en": "English",
}
"""The code of each language, and its name in itself. The code is its BCP 47 tag and the `lang` of its pages."""


TRANSLATED = ("ko",)
"""The languages that messages are translated into."""
_COMMENT = re.compile(r"(?:(?<=^# )|(?<= # )).+$", re.MULTILINE)
LONGEST_MESSAGE = 2_000
"""A longer message quotes a text of any length. Texts for terminals are shortened before they are translated."""


def strings_for(code: str) -> "Strings":
    """Return the words of the interface in a language; raise KeyError if there is no such language."""
    strings: Strings = load_language(code).STRINGS
    return strings


def scaffold_for(code: str) -> "Scaffold":
    """Return the texts of new notes and projects in a language; raise KeyError if there is no such language."""
    scaffold: Scaffold = load_language(code).SCAFFOLD
    return scaffold


def nearest_language(lang: str) -> str:
    """Return the code of the interface's language for a text in any language; English if there is no closer one."""
    for code in (lang, lang.partition("-")[0]):
        if code in LANGUAGES:
            return code
    return "en"


def translate(message: str, code: str) -> str:
    """Return an English message in a language. Without a translation, or if it is too long to look through, it stays as it is."""
    if code not in TRANSLATED or not 0 < len(message) <= LONGEST_MESSAGE:
        return message
    from .messages import translate_message  # English messages need no table

    return translate_message(message, code) or message


def translate_comments(text: str, code: str) -> str:
    """Translate the comments of a text in YAML, or of a similar one. Each is a message by itself."""
    if code not in TRANSLATED:
        return text
    return _COMMENT.sub(lambda comment: translate(comment[0], code), text)


def load_language(code: str) -> "ModuleType":
    """Import the module of a language; raise KeyError if there is no such language."""
    if code not in LANGUAGES:
        raise KeyError(code)
    return import_module(f".{code.lower().replace('-', '_')}", __package__)
