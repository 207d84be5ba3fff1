"""A line such as `draft: true` at the top of a note that is in no front matter -> the reason why the note stays out.

Front matter can be broken in more ways than a parser knows of. So a line that would keep the note out, and that stands above
any prose, counts whatever surrounds it.
"""

import re
from collections.abc import Sequence

from .known_keys import HIDING, PASSWORDS, SHOWING
from .lines import MARGIN, Line
from .settings_block import Unreadable

_LONGEST_HEAD = 4_000
_MOST_LINES = 200
# Words that are as well the first of a plain list, such as `hidden: 1`, say nothing outside of front matter.
_PLAIN_WORDS = {"hidden", "unlisted", "listed", "headless", "encrypted", "protected", "secret"}
_HIDES = "|".join(re.escape(key) for key in HIDING if key not in _PLAIN_WORDS)
_SHOWS = "|".join(re.escape(key) for key in (*SHOWING, "render") if key not in _PLAIN_WORDS)
_PASSWORD = "|".join(key for key in PASSWORDS if key != "pwd")
_WORDS = ("draft", "publi", "private", "render", "encrypt", "passw", "passphrase")
"""One of these is in each of the words."""
_IS = r"[^\w\n:=：]*[:=：]+[^\w\n]*"
_STATE = re.compile(
    rf"""(?:^|\{{(?:[^\n{{}}]*,)?)[^\w\n#%]*(?P<state>(?:(?:{_HIDES}){_IS}(?:true|yes|on|1)"""
    rf"""|(?:{_SHOWS}){_IS}(?:false|no|off|never|0)"""
    # A password is one word: `Password: The Story` is a title.
    rf"""|(?P<secret>{_PASSWORD}){_IS}(?!(?:false|no|off|null)\b)[^\s"',{{}}]+)\b)(?=[^\w\n]*(?:[,}}#]|$))""",
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
    head = text[:_LONGEST_HEAD].lower()
    if not any(word in head for word in _WORDS) or not _STATE.search(_ENDS.sub("\n", head)):
        return None
    for line in lines[: front_end + _MOST_LINES]:
        for part in _ENDS.split(line.raw):
            found = _STATE.search(part.strip(MARGIN))
            if found and not (found["secret"] and line.shape == "code"):  # settings of a server, for example
                message = f"`{found['secret'] or found['state']}` stands outside of front matter that can be read"
                hint = "write it between two lines of `---` at the top of the note, or below a line of text"
                return Unreadable(line.number, 1, message, hint)
        is_passed = line.number <= front_end or line.shape in ("blank", "date", "tags", "heading", "rule", "quote")
        if not (is_passed or _NO_PROSE.fullmatch(line.text)):
            return None
    return None
