"""A text's scripts, and the language that they show.

All modules recognise languages by these rules. The module imports nothing from the project.

The ranges are Unicode's, by the property `Script` (Scripts.txt). `Hangul` has syllables, the jamo of decomposed text with
both extended blocks, compatibility jamo (ㅋㅋ), half-width jamo, and letters in brackets and circles (㈜, ㉠): all of them
are read as Korean. The four Hangul fillers are left out, since they are invisible: authors use them as blanks. `Hiragana`
and `Katakana` leave out the middle dot and the long vowel mark, which belong to no single script.
"""

import re
from collections import Counter

HANGUL = (
    "\u1100-\u115e\u1161-\u11ff\u3131-\u3163\u3165-\u318e\u3200-\u321e\u3260-\u327e\ua960-\ua97c\uac00-\ud7a3"
    "\ud7b0-\ud7c6\ud7cb-\ud7fb\uffa1-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc"
)
"""The ranges of Hangul, for use inside `[…]` in a regular expression."""
HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff6f\uff71-\uff9d"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
LATIN_SPELLINGS = dict(zip("æœøßłđðþıħŋ", ["ae", "oe", "o", "ss", "l", "d", "d", "th", "i", "h", "ng"], strict=True))
"""How letters that have no decomposition into a letter and an accent are written without them."""
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"

_HANGUL_LETTER = re.compile(f"[{HANGUL}]")
_KANA_LETTER = re.compile(f"[{_KANA}]")
_HAN_LETTER = re.compile(f"[{_HAN}]")
_EAST_ASIAN_LETTER = re.compile(f"[{HANGUL}{_KANA}{_HAN}]")
_LATIN_WORD = re.compile(f"[{_LATIN}]+")
_LETTER = re.compile(r"[^\W\d_]")
# Two ranges with all East Asian scripts. Most texts have no such characters, and searching two ranges is fastest.
_MAYBE_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\U000323af]")
_RIGHT_TO_LEFT = "\u0591-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of scripts that are written from right to left, such as Hebrew and Arabic (Unicode, DerivedBidiClass.txt)."""
_RIGHT_TO_LEFT_LETTER = re.compile(f"[{_RIGHT_TO_LEFT}]")
_REORDERING = re.compile(f"[{_RIGHT_TO_LEFT}\u200f\u202a-\u202e\u2066-\u2069]")
_FREQUENT = {
    "en": "the of and to is that it for with this",
    "de": "der die das und ist nicht ein eine mit von",
    "fr": "le les des et est une dans que pour du",
    "es": "el los las que una por con para es del",
    "pt": "que não uma com para os as do da em",
    "it": "il che di non una per con gli della sono",
    "nl": "het een van en dat niet zijn voor met op",
}
"""The commonest words of languages with Latin letters."""
_URL = re.compile(r"https?://\S+")
_EAST_ASIAN = ("ko", "ja", "zh")


def has_hangul(text: str) -> bool:
    """Return True if a text has any Hangul: syllables, or jamo of any kind."""
    return not text.isascii() and _HANGUL_LETTER.search(text) is not None


def has_east_asian(text: str) -> bool:
    """Return True if a text has any Hangul, kana or Han."""
    if text.isascii() or not _MAYBE_EAST_ASIAN.search(text):
        return False
    return _EAST_ASIAN_LETTER.search(text) is not None


def may_reorder(text: str) -> bool:
    """Return True if a text has letters or control characters that can change the order of the words around it."""
    return not text.isascii() and _REORDERING.search(text) is not None


def has_right_to_left(text: str) -> bool:
    """Return True if a text has any letter of a script that is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT_LETTER.search(text) is not None


def count_east_asian(text: str) -> int:
    """Return the numbers of Hangul, kana and Han letters in a text."""
    return len(_EAST_ASIAN_LETTER.findall(text))


def is_east_asian(lang: str) -> bool:
    """Return True if a language tag means Korean, Japanese or Chinese."""
    return primary(lang) in _EAST_ASIAN


def primary(lang: str) -> str:
    """Return the language of a tag without its region or script: `zh` for `zh-TW`."""
    return lang.partition("-")[0].lower()


def language_of(text: str, default: str) -> str:
    """Return the language tag of a text in notes of the language `default`, as far as its scripts show it.

    Hangul means Korean, unless there are more kana: Japanese text may quote a Korean word. Kana mean Japanese. Han without
    kana means Chinese or, in Korean or Japanese notes, the language of the notes. Kana and Han count only if there are at
    least as many of them as Latin words, so an English title that quotes a word stays English. Latin letters mean English in
    Korean, Japanese and Chinese notes. Digits and other scripts don't show a language.

    A text that shows no language has the language `default`. If it shows the language of `default`, the whole tag is
    returned, such as `zh-TW`.
    """
    own = primary(default)
    found = _east_asian_language(text, own) or ("en" if own in _EAST_ASIAN and _is_latin(text) else own)
    return default if found == own else found


def guess_language(text: str) -> str:
    """Return the language of a text of which nothing else is known: the language of most of its words.

    Scripts show Korean, Japanese and Chinese, and the commonest words show languages with Latin letters. A text that shows
    nothing is English.
    """
    text = _URL.sub("", text)
    words = [word.lower() for word in _LATIN_WORD.findall(text)]
    if has_east_asian(text) and count_east_asian(text) >= len(words):
        hangul, kana, letters = (
            len(_HANGUL_LETTER.findall(text)),
            len(_KANA_LETTER.findall(text)),
            count_east_asian(text),
        )
        return "ko" if 2 * hangul > letters - hangul else "ja" if 10 * kana > letters else "zh"
    seen = Counter(words)
    counts = {lang: sum(seen[word] for word in frequent.split()) for lang, frequent in _FREQUENT.items()}
    likely = max(counts, key=counts.__getitem__)
    # Short texts and formulas hold words such as `die` and `para` by chance.
    return likely if counts[likely] >= 10 and counts[likely] > 2 * counts["en"] else "en"


def _east_asian_language(text: str, own: str) -> str:
    """Return `ko`, `ja`, `zh`, or an empty string for any other language. `own` is the language of the notes."""
    if not has_east_asian(text):
        return ""
    has_kana = _KANA_LETTER.search(text) is not None
    if has_hangul(text):
        rivals = len(_KANA_LETTER.findall(text)) if has_kana else 0
        if own in ("ja", "zh"):
            rivals += len(_HAN_LETTER.findall(text))
        if not rivals or len(_HANGUL_LETTER.findall(text)) >= rivals:
            return "ko"
    elif count_east_asian(text) < len(_LATIN_WORD.findall(_URL.sub("", text))):
        return ""
    if has_kana:
        return "ja"
    return own if own in _EAST_ASIAN else "zh"


def _is_latin(text: str) -> bool:
    """Return True if at least half of a text's letters are Latin."""
    words = _LATIN_WORD.findall(text)
    return bool(words) and (text.isascii() or 2 * sum(map(len, words)) >= len(_LETTER.findall(text)))
