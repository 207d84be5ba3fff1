"""Label -> the initial under which an index lists it."""

import unicodedata

_CHOSUNG = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The nineteen initial consonants in Unicode's order of syllables. Double consonants count as their plain form."""


def initial_of(label: str) -> tuple[int, str]:
    """Return (order, initial), in the order of a Korean index.

    Hangul consonants come first, then Latin letters, then all digits as `0–9`. Any other initial is an empty string.
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
