"""A title and a text -> the words that may say what an entry is about, by which related entries are found.

Korean notes write the names of methods, models and data sets in Latin letters, and notes about one thing share such names. So
of a text only words of scripts with case count. `bench/related.py` shows that Hangul words of texts make the lists of related
entries worse, and that stems of English words make them no better.
"""

import re

MOST_TERMS = 20
STEM = 3
"""The number of letters that count in a word of a script without case: an ending may follow (`강화학습`, `강화학습을`)."""

_CASED = "a-zA-Z\u00c0-\u024f\u0370-\u052f"
_CASED_WORD = re.compile(f"[{_CASED}][{_CASED}0-9]+")
_OTHER_WORD = re.compile(rf"[^\W\d_{_CASED}]{{2,}}")
_ADDRESS = re.compile(r"https?://\S+")
_ENGLISH = """
    about after all already also although an and any are around as at be because been before being best better between both
    but by can could do does done due each even ever every few first for from get given good had has have here how however if
    in instead into is it its itself just large less like many may me more most much must my need new no not now of off on
    once one only or other our out over own quite rather same see several should show shows since small so some still such
    than that the their them then there these they this those three through thus to too toward towards two under up us use
    used using very via was way we well were what when where whether which while who why will with within without work would
    yet you your
    abstract approach arxiv et al eg ie method methods model models paper papers propose proposed result results
"""
_COMMON = frozenset(_ENGLISH.split())
"""English words that name no subject."""


def find_terms(title: str, text: str) -> str:
    """Return up to 20 words, each once and joined by spaces: first the words of the title, then the names in the text, then its other words.

    Names are capitalised, and all other words are in lower case. A title may capitalise every word, so that only a word with a
    digit or a capital after its first letter is a name there. In a text, any word with a capital is one.
    """
    in_title = _CASED_WORD.findall(title)
    in_text = _CASED_WORD.findall(_ADDRESS.sub(" ", text) if "://" in text else text)
    names = [word for word in in_text if not word.islower()]
    named = {word.lower() for word in names} | {word.lower() for word in in_title if not word[1:].islower()}
    words = dict.fromkeys(" ".join([*in_title, *names, *in_text]).lower().split())
    if not title.isascii():
        words = dict.fromkeys(word[:STEM] for word in _OTHER_WORD.findall(title)) | words
    kept = [word for word in words if word not in _COMMON][:MOST_TERMS]
    return " ".join([word.capitalize() if word in named else word for word in kept])
