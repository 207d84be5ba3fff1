"""The environment and the settings of a project -> the language of messages."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from .languages import nearest_language

VARIABLE = "DIGEST_LANG"
"""The environment variable that decides alone."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of a locale, as POSIX orders them. The first that has a value counts."""
_LANGUAGE = re.compile(rb"^language[ \t]*:[ \t]*[\"']?([A-Za-z]{2,3})\b", re.MULTILINE)


def choose_message_language(environment: Mapping[str, str], settings: Path | None) -> str:
    """Return the code of the language of messages.

    `DIGEST_LANG` decides if it has a value. Otherwise messages are in Korean if the locale or the settings name Korean. An
    English locale says little, since most machines have one; and a Korean one belongs to somebody who reads Korean.
    """
    if wanted := environment.get(VARIABLE):
        return _nearest(wanted)
    locale = _nearest(next(filter(None, map(environment.get, _LOCALE)), ""))
    if locale != "en" or settings is None:
        return locale
    return _nearest(_language_of(settings))


def _nearest(name: str) -> str:
    """Return the language nearest to a locale's name, such as `ko_KR.UTF-8`, or to a language tag."""
    return nearest_language(re.split(r"[_.@-]", name)[0].lower())


def _language_of(settings: Path) -> str:
    """Return the language that a file of settings names. Only its line is read, so that mistakes elsewhere do no harm."""
    try:
        with open(settings, "rb", opener=_open_plainly) as file:
            found = _LANGUAGE.search(file.read(1 << 20))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def _open_plainly(path: str, flags: int) -> int:
    """Open a file without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
