"""Korean particles whose form depends on the sound before them: `노트를`, `글을`.

A value of a message may be Korean, a number, or a Latin word. Numbers are read as in Sino-Korean, and Latin words are read as
Korean usually writes them: `tag` is 태그, `model` is 모델, `git` is 깃.
"""

import re

PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)라": ("이라", "라"),
    "이어야": ("이어야", "여야"),
}
"""Each particle as messages write it, with its forms after a consonant and after a vowel."""

_RIEUL = 8
"""The number of the final consonant ㄹ among those of a syllable of Hangul. After it, `로` has the form for vowels."""
_OTHER = 1
"""Any other final consonant. Which one it is makes no difference."""
_DIGITS = dict(zip("0123456789", (_OTHER, _RIEUL, 0, _OTHER, 0, 0, _OTHER, _RIEUL, _RIEUL, 0), strict=True))
_LETTERS = {"L": _RIEUL, "R": _RIEUL, "M": _OTHER, "N": _OTHER}
"""The names of letters that end in a consonant: 엘, 알, 엠, 엔."""
_ENDINGS = (
    (re.compile(r"(?:l|le|lle)$"), _RIEUL),  # 모델, 파일
    (re.compile(r"(?:[mn]e?|ng|ck|[aeiou][bckpt])$"), _OTHER),  # 폼, 라인, 링, 블록, 웹, 깃
)
_DOUBLE_VOWEL = re.compile(r"(?:a[iu]|ea|ee|ie|oa|[aeo]e)[bckpt]$")
"""A long vowel before a consonant, which then gets a vowel of its own: `week` is 위크."""


def choose_particle(before: str, particle: str) -> str:
    """Return the form of a particle of `PARTICLES` after a text. If its sound is unknown, return both forms as they are."""
    final = final_consonant(before)
    if final is None:
        return particle
    after_consonant, after_vowel = PARTICLES[particle]
    takes_vowel = not final or (final == _RIEUL and particle == "(으)로")
    return after_vowel if takes_vowel else after_consonant


def final_consonant(text: str) -> int | None:
    """Return 0 if a text ends in the sound of a vowel, a number for its final consonant, or None if its sound is unknown."""
    letters = re.search(r"(\w+)\W*$", text)
    if not letters:
        return None
    word = letters[1].rpartition("_")[2] or letters[1]
    last = word[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    if last in _DIGITS:
        return _DIGITS[last]
    latin = re.search(r"[A-Za-z]+$", word)
    if not latin:
        return None
    return _final_of_latin(latin[0])


def _final_of_latin(word: str) -> int:
    if word.isupper() or len(word) == 1 or not re.search("[aeiouy]", word.lower()):
        return _LETTERS.get(word[-1].upper(), 0)  # the letters are read one by one: LLM, yml
    if _DOUBLE_VOWEL.search(word.lower()):
        return 0
    return next((final for ending, final in _ENDINGS if ending.search(word.lower())), 0)
