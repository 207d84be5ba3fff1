"""A language -> the words of the interface in it. Only the language that is asked for is loaded."""

from typing import Literal

from .strings import Strings


def strings_for(language: Literal["ko", "en"]) -> Strings:
    """Return the words of the interface in a language."""
    if language == "ko":
        from .korean import KOREAN

        return KOREAN
    from .english import ENGLISH

    return ENGLISH
