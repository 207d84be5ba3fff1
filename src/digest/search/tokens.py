"""Split text into search tokens; `templates/static/js/search-tokens.js` follows the same rules.

`make docs` writes the tables and patterns into the browser's module, and both sides pass `tests/cases/search-tokens.json`. A token
is lower case, NFC, without accents, and of one script: a run of Hangul, of Latin letters and digits, or of another script's
letters. `pre-training` gives its parts and the joined form, so that either spelling finds the other.
"""

import re
import unicodedata
from functools import lru_cache

from ..scripts import LATIN_SPELLINGS
from .endings import ENDINGS, LONGEST_ENDING

_PLAIN = re.compile(r"[\x00-\x7f가-힣‘’“”…·]*")
NOT_JAMO = re.compile(r"[^\u3131-\u318e]+")
_POINTS = r"\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670"
"""The points of Hebrew, the vowel marks of Arabic, and the line that stretches an Arabic word. Few people type them."""
ACCENTS = re.compile(rf"[\u0300-\u036f{_POINTS}]")
LATIN = re.compile(f"[{''.join(LATIN_SPELLINGS)}]")
GREEK_SIGN = re.compile(r"(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")
"""A Greek letter by itself is a sign of a formula or a name, and is read as its name: `μP` is found by `mup`."""

_GREEK_NAMES = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega"
GREEK = dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", _GREEK_NAMES.split(), strict=True))
"""The names of Greek letters in English."""
_OTHERS = (
    r"\u0370-\u052f\u0531-\u0556\u0561-\u0587"  # Greek, Cyrillic, Armenian
    r"\u05d0-\u05ea\u0620-\u063f\u0641-\u064a\u0660-\u0669\u066e\u066f\u0671-\u06d3\u06d5\u06ee-\u06fc"  # Hebrew, Arabic
    r"\u0900-\u0963\u0966-\u0df3"  # the scripts of India, without their full stops
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e81-\u0edf\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9"  # Thai, Lao, Burmese, Khmer
    r"\u10a0-\u10fa\u10fc-\u10ff\u1200-\u135f"  # Georgian, Ethiopic
    r"\u3005\u3040-\u30ff\u4e00-\u9fff"  # kana and Han
)
"""Ranges of letters, digits and marks of other scripts, for use inside `[…]`."""
OTHER_WORD = re.compile(rf"[{_OTHERS}{_POINTS}]+")
"""A word of such a script as it is written."""
TOKEN = re.compile(
    r"[가-힣ㄱ-ㅣ]+"
    r"|[a-z](?:\+\+|#)(?![a-z0-9#+])"
    r"|[a-z0-9]+(?:[-_.'’][a-z0-9]+)*"
    rf"|[{_OTHERS}]+"
)
_APART = r"(?<![a-z0-9])(?<![a-z0-9][-_.'’])"
CLOSING = ")]}\"'”’`$*"
"""Marks after which an ending may stand."""

_GLUED = re.compile(
    r"[가-힣ㄱ-ㅣ]"  # comes before the lookbehind because it skips most of a text quickly
    rf"(?<=[a-z0-9{_OTHERS}{re.escape(CLOSING)}+#].)"
    rf"(?:(?<![+#].)|(?<={_APART}[a-z]\+\+.)|(?<={_APART}[a-z]#.))"
    r"[가-힣ㄱ-ㅣ]*"
)
"""A Hangul run right after a token or a closing mark; `+` and `#` count only as the end of `c++` and `c#`."""

SEPARATOR = re.compile(r"[-_.'’]")
_LETTER = re.compile(r"[a-z]")
URL = re.compile(r"https?://[^\s가-힣<>]+")

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
SPLIT = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
"""Medials and finals that are typed with two keys; a double initial (ㄲ) is one key with Shift."""

ARXIV_SIGN = "@"
NAME_SIGN = "~"
COMPOUND_SIGN = "+"
PHRASE_SIGN = "^"
TITLE_SIGN = "="
AUTHOR_SIGN = "&"
FEATURE_SIGN = "!"
ROW_SIGN = "*"
"""First characters of terms that are no tokens: arXiv ids, whole names, compounds written apart, pairs of title words, words of
titles, words of names, features such as `code`, and rows of the glossary."""

SIGNS = frozenset((ARXIV_SIGN, NAME_SIGN, COMPOUND_SIGN, PHRASE_SIGN, TITLE_SIGN, AUTHOR_SIGN, FEATURE_SIGN, ROW_SIGN))

MOST_JOINED = 3
"""Maximum number of parts of a hyphenated word that also gives the joined form."""

MAX_TOKEN = 40
"""Maximum length of a token, in code points: longer ones, such as pasted hashes, are cut."""


def normalize(text: str) -> str:
    """Fold case, width and accents, compose Hangul, and spell single Greek letters and letters such as `ø` in a to z."""
    if text.isascii() or _PLAIN.fullmatch(text):
        return text.lower()
    # NFKC would turn the jamo of a half-typed syllable (ㅋ) into conjoining ones.
    compatible = NOT_JAMO.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    folded: str = unicodedata.normalize("NFD", compatible.lower())
    composed = unicodedata.normalize("NFC", ACCENTS.sub("", folded))
    latin = LATIN.sub(lambda letter: LATIN_SPELLINGS[letter.group()], composed)
    return GREEK_SIGN.sub(lambda letter: GREEK[letter.group()], latin)


def tokenize(text: str) -> list[str]:
    """Return the tokens of a text in reading order, without URLs.

    A Hangul run right after a Latin one or a closing mark (`LLM의`, `(RLHF)를`) is dropped if it is a known ending. A hyphenated word
    with a letter and at most `MOST_JOINED` parts gives its parts and then the joined form.
    """
    return split_normalized(normalize(text))


def split_normalized(plain: str) -> list[str]:
    """Return the tokens of normalized text, as `tokenize` does."""
    if "://" in plain:
        plain = URL.sub(" ", plain)
    if not plain.isascii():
        plain = _GLUED.sub(_without_ending, plain)
    elif plain.replace(" ", "").isalnum():
        return [token[:MAX_TOKEN] for token in plain.split()]  # as most names are
    tokens: list[str] = TOKEN.findall(plain)
    odd = [place for place, token in enumerate(tokens) if not token.isalnum() or len(token) > MAX_TOKEN]
    if not odd:
        return tokens
    parts: list[str] = []
    last = 0
    for place in odd:
        parts += tokens[last:place]
        parts += _cut(tokens[place])
        last = place + 1
    return parts + tokens[last:]


def _cut(token: str) -> list[str]:
    if token.isalnum() or token[-1] in "+#":
        return [token[:MAX_TOKEN]]
    parts = SEPARATOR.split(token)
    if len(parts) <= MOST_JOINED and _LETTER.search(token):
        parts.append("".join(parts))
    return [part[:MAX_TOKEN] for part in parts]


def _without_ending(glued: re.Match[str]) -> str:
    run = glued.group()
    return " " if run in ENDINGS else run


_BARE_PAIR = re.compile(r"([가-힣](?<![가-힣a-z0-9].)[가-힣]++(?<![는은한된던운할될])) (?=([가-힣]{2,}))")


def noun_pairs(text: str) -> list[tuple[str, str]]:
    """Return neighbouring Hangul words of normalized text that may be one compound: `이미지 분류` is searched as `이미지분류`.

    The first word must not look like a modifier. Whether it has an ending is for the stemmer to decide.
    """
    return _BARE_PAIR.findall(text)


def is_token(term: str) -> bool:
    """Return True if a term is a token, and not behind a sign."""
    return term[0] not in SIGNS


def is_stemmed(token: str) -> bool:
    """Return True if a token is among the words that are stemmed: those from Hangul on in Unicode. Others of them are their own stems."""
    return token[0] >= "ㄱ"


def is_hangul(token: str) -> bool:
    """Return True if a token is written in Hangul."""
    return token[0] >= "ㄱ" and not "\u4e00" <= token[0] <= "\u9fff"


def stems(token: str) -> list[tuple[str, str]]:
    """Return the ways to split a Hangul token into a stem and a known ending, the longest ending first."""
    length = len(token)
    cuts = range(length - LONGEST_ENDING if length > LONGEST_ENDING else 1, length)
    return [(token[:cut], token[cut:]) for cut in cuts if token[cut:] in ENDINGS]


@lru_cache(maxsize=4096)
def _syllable(char: str) -> str:
    index = ord(char) - 0xAC00
    if not 0 <= index < 11172:
        return SPLIT.get(char, char)
    medial = MEDIALS[index // 28 % 21]
    final = FINALS[index % 28]
    return INITIALS[index // 588] + SPLIT.get(medial, medial) + SPLIT.get(final, final)


def jamo(token: str) -> str:
    """Return Hangul as the keys that type it on a two-set keyboard: `값` is ㄱㅏㅂㅅ. Other characters stay."""
    return "".join(map(_syllable, token))


def chosung(token: str) -> str:
    """Return the initials of a Hangul token's syllables: `토크나이저` is ㅌㅋㄴㅇㅈ."""
    return "".join(INITIALS[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in token)
