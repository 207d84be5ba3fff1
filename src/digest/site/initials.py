"""A label -> the initial under which an index lists it."""

import unicodedata

_CHOSUNG = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The nineteen initial consonants in the order of Unicode's syllables, doubled ones under their plain form."""


def initial_of(label: str) -> tuple[int, str]:
    """Return (order, initial): Hangul consonants first, then Latin letters, digits as `0–9`, and all else as ``.

    The order is that of a Korean index.
    """
    char = unicodedata.normalize("NFC", label.strip())[:1].casefold()
    if "가" <= char <= "힣":
        return 0, _CHOSUNG[(ord(char) - ord("가")) // 588]
    plain = unicodedata.normalize("NFD", char)[:1]
    if "a" <= plain <= "z":
        return 1, plain.upper()
    if char.isdecimal():
        return 2, "0–9"
    return 3, ""
