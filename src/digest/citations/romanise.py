"""Text of any script -> ASCII letters and digits, for citation keys.

Hangul follows the Revised Romanisation of Korean (2000), syllable by syllable; family names have the spelling that most people
who bear them use. Letters of other scripts become their code points: keys must be stable, and not pretty.
"""

import re
import unicodedata

from ..scripts import LATIN_SPELLINGS

_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()  # noqa: SIM905
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()  # noqa: SIM905
_FAMILIES = """
강=kang 고=ko 공=kong 곽=kwak 구=koo 국=kook 권=kwon 금=keum 기=ki 길=gil 김=kim 나=na 남=nam 남궁=namgung 노=noh
도=do 라=ra 류=ryu 마=ma 맹=maeng 명=myung 문=moon 민=min 박=park 반=ban 방=bang 배=bae 백=baek 변=byun 서=seo
석=seok 선=sun 선우=sunwoo 설=seol 성=sung 소=so 손=son 송=song 신=shin 심=shim 안=ahn 양=yang 엄=um 여=yeo 염=yeom
오=oh 옥=ok 왕=wang 우=woo 원=won 유=yoo 육=yook 윤=yoon 은=eun 이=lee 임=lim 장=jang 전=jeon 정=jung 제갈=jegal
조=cho 주=joo 지=ji 진=jin 차=cha 채=chae 천=chun 최=choi 추=choo 표=pyo 하=ha 한=han 함=ham 허=heo 현=hyun 홍=hong
황=hwang 황보=hwangbo
"""
_FAMILY_SPELLINGS = dict(pair.split("=") for pair in _FAMILIES.split())
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_CYRILLIC_SPELLINGS = "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e i i e g"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψως"
_GREEK_SPELLINGS = "a v g d e z i th i k l m n x o p r s t y f ch ps o s".split()  # noqa: SIM905
_LETTERS = {
    **dict(zip(_CYRILLIC, _CYRILLIC_SPELLINGS.split(), strict=True)),
    **dict(zip(_GREEK, _GREEK_SPELLINGS, strict=True)),
    **LATIN_SPELLINGS,
}
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_ALLOWED = re.compile(r"[^a-z0-9]")


def to_ascii(text: str) -> str:
    """Return the lower-case ASCII letters and digits that stand for a text; empty if it has neither letters nor digits."""
    if text.isascii():
        return _ALLOWED.sub("", text.lower())
    return "".join(map(_letter, unicodedata.normalize("NFC", text).lower()))


def family_to_ascii(name: str) -> str:
    """Return a family name in ASCII: `kim` for 김, `muller` for Müller."""
    return _FAMILY_SPELLINGS.get(name) or to_ascii(name)


def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else ""
    code = ord(char)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        rest, final = divmod(code - _FIRST_SYLLABLE, len(_FINALS))
        initial, vowel = divmod(rest, len(_VOWELS))
        return (_INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]).replace("-", "")
    if spelled := _LETTERS.get(char):
        return spelled.replace("-", "")
    bare = unicodedata.normalize("NFKD", char)
    if bare != char:
        return "".join(map(_letter, bare))
    return f"u{code:x}" if char.isalnum() else ""
