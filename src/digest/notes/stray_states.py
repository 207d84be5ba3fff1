"""A line such as `draft: true` at the top of a note that is in no front matter -> the reason why the note stays out.

Front matter can be broken in more ways than a parser knows of. So a line that would keep the note out, and that stands above
any prose, counts whatever surrounds it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .known_keys import FALSE, HIDDEN_STATES, HIDING, KOREAN, PASSWORDS, SHOWING, STATES, TRUE
from .lines import MARGIN, Line
from .settings_block import Unreadable

_LONGEST_HEAD = 4_000
_MOST_LINES = 200
_BEHIND_KEY = 8
"""The mark of a key is so near behind the word in it."""
# Words that are as well the first of a plain list, such as `hidden: 1`, say nothing outside of front matter.
_PLAIN_WORDS = {
    "hidden",
    "unlisted",
    "listed",
    "headless",
    "encrypted",
    "protected",
    "secret",
    "숨김",
    "비밀",
    "암호",
    "임시",
}


def _pattern(keys: Iterable[str]) -> str:
    """Return a pattern of keys by their English names and in Korean, with or without `여부` behind."""
    english = [re.escape(key) for key in keys if key not in _PLAIN_WORDS]
    korean = [name for key in keys for name in KOREAN.get(key, ()) if name not in _PLAIN_WORDS]
    return "|".join([*english, *(" ?".join(name) + "(?: ?여부)?" for name in korean)])


_HIDES, _SHOWS, _PASSWORD = _pattern(HIDING), _pattern((*SHOWING, "render")), _pattern(set(PASSWORDS) - {"pwd"})
_TRUE, _FALSE = "|".join((*TRUE, "1")), "|".join((*FALSE, "never", "0"))
_STATE_OF = "|".join(map(re.escape, HIDDEN_STATES))
_WORDS = ("draft", "publi", "private", "render", "encrypt", "passw", "passphrase", "hidden")
"""One of these is in each of the English keys and states."""
_KOREAN_WORDS = ("초안", "공개", "숨기", "임시", "미발행", "발행", "게시", "비밀", "상태")
"""One of these begins each of the Korean keys, or is in it."""
_IS = r"[^\w\n:=：]*[:=：]+[^\w\n]*"
_STATE = re.compile(
    rf"""(?:^|\{{(?:[^\n{{}}]*,)?)[^\w\n#%]*(?P<state>(?:(?:{_HIDES}){_IS}(?:{_TRUE})"""
    rf"""|(?:{_SHOWS}){_IS}(?:{_FALSE})"""
    rf"""|(?:{"|".join(STATES)}|상태|공개 ?(?:범위|여부)){_IS}(?:{_STATE_OF})"""
    # A password is one word: `Password: The Story` is a title.
    rf"""|(?P<secret>{_PASSWORD}){_IS}(?!(?:{_FALSE}|null)\b)[^\s"',{{}}]+)\b)(?=[^\w\n]*(?:[,}}#]|$))""",
    re.IGNORECASE | re.MULTILINE,
)
_ENDS = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]+")
# Lines of settings, of lists in them, of marks, headings and fences.
_NO_PROSE = re.compile(
    r"[^\w\s]*\s*[\w][\w .-]{0,40}[^\w\s]*\s*[:=：].*|[-*+]\s.*|[^\w]*|#{1,6}\s.*|(?:[`~;]{3}|-{3,}).*"
)


def find_stray_state(text: str, lines: Sequence[Line], front_end: int) -> Unreadable | None:
    """Return why a note stays out if the state in which it is hidden stands above its prose and was not read.

    `front_end` is the number of the last line of the front matter that was read, or 0.
    """
    head = unicodedata.normalize("NFC", text[:_LONGEST_HEAD].lower())
    if not _may_hold_state(head) or not _STATE.search(_ENDS.sub("\n", head)):
        return None
    for line in lines[: front_end + _MOST_LINES]:
        for part in _ENDS.split(line.raw):
            found = _STATE.search(unicodedata.normalize("NFC", part.strip(MARGIN)))
            if found and not (found["secret"] and line.shape == "code"):  # settings of a server, for example
                message = f"`{found['secret'] or found['state']}` stands outside of front matter that can be read"
                hint = "write it between two lines of `---` at the top of the note, or below a line of text"
                return Unreadable(line.number, 1, message, hint)
        is_passed = line.number <= front_end or line.shape in ("blank", "date", "tags", "heading", "rule", "quote")
        if not (is_passed or _NO_PROSE.fullmatch(line.text)):
            return None
    return None


def _may_hold_state(head: str) -> bool:
    """Return True if a text in lower case is worth the search: Korean prose is full of `공개`, but seldom with a colon behind."""
    if any(word in head for word in _WORDS):
        return True
    return any(
        mark in behind[:_BEHIND_KEY]
        for word in _KOREAN_WORDS
        if word in head
        for behind in head.split(word)[1:]
        for mark in ":=："
    )
