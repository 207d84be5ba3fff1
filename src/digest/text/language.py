"""A run of text -> the language it is to be marked with, among Korean and English."""

import re

_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_ADDRESS = re.compile(r"https?://\S+|arXiv:\S+|(?<!\S)\S+@\S+")
_LATIN_WORDS = re.compile(r"[A-Za-z]{2}[^A-Za-z\s]*\s[^A-Za-z]*[A-Za-z]{2}")


def has_hangul(text: str) -> bool:
    """Tell whether a text has any Hangul, whole syllables or jamo."""
    return not text.isascii() and _HANGUL.search(text) is not None


def foreign_language(text: str, lang: str) -> str:
    """Return the language of a block where it differs from `lang`, the language around it, else an empty string.

    A block of two or more Latin words without Hangul is English inside Korean; one with more Hangul than Latin letters
    is Korean inside English. Addresses and single names have no language of their own.
    """
    if lang == "ko":
        if _HANGUL.search(text) is None and _LATIN_WORDS.search(_ADDRESS.sub("", text)):
            return "en"
    elif _HANGUL.search(text) is not None:
        hangul = len(_HANGUL.findall(text))
        if hangul > sum(char.isascii() and char.isalpha() for char in text):
            return "ko"
    return ""
