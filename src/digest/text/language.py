"""A block of text -> the language that its element is marked with."""

import re

from ..scripts import count_east_asian, has_east_asian, is_east_asian, language_of, primary

_ADDRESS = re.compile(r"https?://\S+|arXiv:\S+|(?<!\S)\S+@\S+")
_LATIN_WORDS = re.compile(r"[A-Za-z]{2}[^A-Za-z\s]*\s[^A-Za-z]*[A-Za-z]{2}")


def foreign_language(text: str, lang: str) -> str:
    """Return the language of a block if it differs from `lang`, the language around it, else an empty string.

    Inside Korean, Japanese or Chinese, a block of two or more Latin words with none of their letters is English; inside
    any other language, a block with more of their letters than ASCII ones is in one of the three. Addresses and single
    names have no language of their own.
    """
    if not has_east_asian(text):
        is_english = is_east_asian(lang) and _LATIN_WORDS.search(_ADDRESS.sub("", text)) is not None
        return "en" if is_english else ""
    if not is_east_asian(lang) and count_east_asian(text) <= _count_ascii_letters(text):
        return ""
    found = language_of(text, lang)
    return found if primary(found) != primary(lang) else ""


def _count_ascii_letters(text: str) -> int:
    return sum(char.isascii() and char.isalpha() for char in text)
