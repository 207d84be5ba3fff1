"""Names as PDF files and TeX spell them -> the same names in plain Unicode, without the marks of footnotes."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "¨": "\u0308",
    "˚": "\u030a",
    "˝": "\u030b",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˛": "\u0328",
}
"""The accents that stand alone in the text of PDF files, and the accents that combine with the letter before them."""
_TEX_ACCENTS = dict(zip("`'^~=u.\"rHvck", _ACCENTS.values(), strict=True))
_TEX_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß",
    "i": "ı", "j": "ȷ", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_TEX_ACCENT = re.compile(
    r"(?P<open>\{)?\\(?P<accent>[`'^~=.\"]|[urHvck](?![a-zA-Z]))\s*"
    r"(?:\{\\?(?P<braced>[^\W\d_])\s?\}|\\(?P<dotless>[ij])\b ?|(?P<letter>[^\W\d_]))(?(open)\})"
)
_TEX_LETTER = re.compile(
    r"\{?\\(" + "|".join(sorted(_TEX_LETTERS, key=len, reverse=True)) + r")(?:\}|(?![a-zA-Z])(?:\{\}| ?))"
)
_COMBINING = "[\u0300-\u0312\u0327\u0328]"
_LOOSE_MARK = re.compile(f" ({_COMBINING})([^\\W\\d_])")
_ALONE = "".join(_ACCENTS)
# `Sch¨ olkamp`, `M ¨uhl` and `Garc´ıa` have the accent before its letter, and some have spaces around it.
_LOOSE_ACCENT = re.compile(
    rf"(?P<before>(?<=[^\W\d_]) (?=[{_ALONE}] ?[a-zıß-ÿ]))?(?P<accent>[{_ALONE}])(?P<space> ?)(?P<letter>[^\W\d_])"
)
_ACCENT_AFTER = re.compile(rf"([^\W\d_])([{_ALONE}])(?=\s|$)")
_MAYBE_LOOSE = re.compile(f"[{_ALONE}]| {_COMBINING}")

_MARKS = " ,;\\*†‡§¶‖⋆★☆✉✝♠♣♥♦♢♡◇◆△▲▽⊕⊗∗⁎#¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺ᵃᵇᶜᵈᵉᶠᵍ"
_NUMBERS = r"(?:\d{1,2}|[a-e]|[*†‡§¶])"
_ENCLOSED = (
    rf"[(\[]\s?{_NUMBERS}(?:\s?[,;]\s?{_NUMBERS})*\s?[)\]]|\$?\^\{{?{_NUMBERS}(?:,{_NUMBERS})*\}}?\$?|\$\^\{{[^{{}}]*\}}\$"
    r"|<sup>[^<>]*</sup>"
)
_ENCLOSED_AT_END = re.compile(rf"(?:{_ENCLOSED})$")
_ENCLOSED_AT_START = re.compile(_ENCLOSED)
_LONGEST_ENCLOSED = 40
"""How far from its end a name is searched for marks in brackets."""
_ONLY_NUMBERS = re.compile(r"[\d\s,;*†‡§¶]*")
# `Enze Xie1`, `Ada Kim1,2`; a number belongs to `Qwen2` and `Team 42`.
_NUMBER_AFTER_NAME = re.compile(r"(?<= )([A-Z][a-z'’-]+(?:[A-Z]?[a-z]+)*)\d{1,2}(?:,\d{1,2})*$")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bEsq)\.$")
_LINKED = re.compile(r"\[\[([^\[\]|]+)\]\]")


def clean(text: str) -> str:
    """Return a text in NFC, with single spaces, its loose accents on their letters, and TeX's letters in Unicode."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if "\\" in text:
        text = _TEX_LETTER.sub(lambda found: _TEX_LETTERS[found[1]], text)
        text = _TEX_ACCENT.sub(_tex_accented, text)
    if not text.isascii() or "`" in text:
        text = _join_accents(text)
    if "[[" in text:
        text = _LINKED.sub(r"\1", text)
    return text


def _join_accents(text: str) -> str:
    if not _MAYBE_LOOSE.search(text):
        return text
    # Compatibility forms of the accents that stand alone are a space and a combining mark.
    text = _LOOSE_MARK.sub(_join_mark, text)
    text = _LOOSE_ACCENT.sub(_join_accent, text)
    return _ACCENT_AFTER.sub(lambda found: _accented(found[1], _ACCENTS[found[2]]) or found[0], text)


def _tex_accented(found: re.Match[str]) -> str:
    letter = found["braced"] or found["dotless"] or found["letter"]
    return _accented(letter, _TEX_ACCENTS[found["accent"]]) or found[0]


def _join_mark(found: re.Match[str]) -> str:
    # A capital letter begins the next name.
    joined = _accented(found[2], found[1])
    return (f" {joined}" if found[2].isupper() else joined) if joined else found[0]


def _join_accent(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    letter = found["letter"]
    # `D´Angelo` and `O`Brien` have an apostrophe.
    if before[-2:].strip() in ("D", "L", "O", "d", "l") and not found["before"] and letter.isupper():
        return found[0]
    # `Jose´ Ortiz` has the accent after its letter.
    if (found["accent"] == "`" and not letter.islower()) or (
        found["space"] and letter.isupper() and before[-1:].isalpha()
    ):
        return found[0]
    joined = _accented(letter, _ACCENTS[found["accent"]])
    return joined or found[0]


def _accented(letter: str, accent: str) -> str:
    """Return a letter with an accent, or an empty string if there is no such letter."""
    composed = unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(letter, letter) + accent)
    return composed if len(composed) == 1 else ""


def without_marks(name: str) -> str:
    """Return a name without marks of footnotes, `*†¹(1,2)`, around it. A text of marks alone becomes empty."""
    if name[-1:].isalpha() and name[:1].isalpha() and name[-1] not in _MARKS:
        return name
    if _ONLY_NUMBERS.fullmatch(name):
        return ""
    name = name.strip(_MARKS)
    while found := _ENCLOSED_AT_END.search(name, max(0, len(name) - _LONGEST_ENCLOSED)):
        name = name[: found.start()].rstrip(_MARKS)
    while found := _ENCLOSED_AT_START.match(name):
        name = name[found.end() :].lstrip(_MARKS)
    return _FULL_STOP.sub("", _NUMBER_AFTER_NAME.sub(r"\1", name))
