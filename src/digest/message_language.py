"""The environment and the settings of a project -> the language of messages."""

import re
from collections.abc import Mapping
from pathlib import Path

from .disk import read_inside
from .languages import nearest_language

VARIABLE = "DIGEST_LANG"
"""The environment variable that decides alone."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of a locale, as POSIX orders them. The first that has a value counts."""
_LANGUAGE = re.compile(rb"^(?:\xef\xbb\xbf)?language[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3})\b", re.MULTILINE)


def choose_message_language(environment: Mapping[str, str], folder: Path, settings: str) -> str:
    """Return the code of the language of messages for the site with these `settings` in a project's `folder`.

    `DIGEST_LANG` decides if it has a value. Otherwise messages are in Korean if the locale or the settings name Korean. A
    Korean locale belongs to somebody who reads Korean. An English one says little, since it is the default of most machines.
    """
    if wanted := environment.get(VARIABLE):
        return _nearest(wanted)
    locale = _nearest(next(filter(None, map(environment.get, _LOCALE)), ""))
    return locale if locale != "en" else _nearest(_read_language(folder, settings))


def _nearest(name: str) -> str:
    """Return the language nearest to a locale's name, such as `ko_KR.UTF-8`, or to a language tag."""
    return nearest_language(re.split(r"[_.@-]", name)[0].lower())


def _read_language(folder: Path, settings: str) -> str:
    """Return the language that the settings name, or nothing. Only its line is read, so mistakes elsewhere do no harm."""
    try:
        found = _LANGUAGE.search(read_inside(folder, settings))
    except (OSError, ValueError):
        return ""
    return found[1].decode() if found else ""
