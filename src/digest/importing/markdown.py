"""Plain text of other programs -> Markdown that shows exactly this text, and the title of a text without one."""

import re
from urllib.parse import quote

_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_STAR = re.compile(r"\*(?=\S)|(?<=\S)\*")
_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_RUNS = re.compile(r"[~=%]{2,}|\{[{%#]+")
_BRACKET = re.compile(r"\[(?=\[|\^|[^\]\n]*\][(\[:])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINE_START = re.compile(r"^(\s*)(?=[#＃>]|=+\s*$|\|)", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+\Z")
_HASHTAGS = re.compile(r"(?:[#＃][^\s#＃]+[\s,·|]*)+")
_HASHTAG = re.compile(r"[#＃]([^\s#＃,·|]+)")

LONGEST_TITLE = 100
"""A longer first line is a sentence; the title is its beginning."""


def escape(text: str) -> str:
    """Put a backslash before every mark of Markdown and of comments, so that the text is shown as it is."""
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _TAG.sub("&lt;", _STAR.sub(r"\\*", text)).replace("`", "\\`")
    text = _UNDERSCORES.sub(lambda found: "\\_" * len(found[0]), text)
    text = _RUNS.sub(lambda found: "".join(f"\\{char}" for char in found[0]), text)
    return _BRACKET.sub(r"\\[", text)


def escape_line_starts(text: str) -> str:
    """Put a backslash before marks that would make a line a heading, a quotation or a table."""
    return _LINE_START.sub(r"\1\\", text)


def emphasise(text: str, mark: str) -> str:
    """Put marks such as `**` around each line of a text, inside the white space around it."""
    lines = (re.fullmatch(r"(\s*)(.*?)(\s*)", line) for line in text.split("\n"))
    return "\n".join(f"{m[1]}{mark}{m[2]}{mark}{m[3]}" if m and m[2] else m[0] if m else "" for m in lines)


def quote_lines(text: str) -> str:
    """Return a text as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip("\n").split("\n"))


def code(text: str) -> str:
    """Return a text as inline code."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def fenced(text: str, language: str = "") -> str:
    """Return a text as a block of code."""
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"\n{fence}{language}\n{text.strip(chr(10))}\n{fence}\n"


def link(text: str, address: str) -> str:
    """Return a link. `text` is Markdown."""
    return f"[{text}]({quote(address, safe=_KEPT)})"


def file_link(path: str) -> str:
    """Return the path of a file as Markdown writes it in a link."""
    return quote(path, safe="/@+~,=&'!")


def picture(path: str) -> str:
    """Return the Markdown that shows an image beside the note."""
    return f"![]({file_link(path)})"


_KEPT = "/:?#[]@!$&'*+,;=%~-._" + "".join(map(chr, range(0xA1, 0x100)))


def read_hashtags(text: str) -> tuple[str, ...] | None:
    """Return the tags of a line of nothing but hashtags that each have a letter, otherwise None."""
    if not _HASHTAGS.fullmatch(text.strip()):
        return None
    tags = tuple(_HASHTAG.findall(text))
    return tags if all(any(char.isalpha() for char in tag) for tag in tags) else None


def find_title(text: str) -> tuple[str, str]:
    """Return the title of a plain text, and the text that is left below it.

    A short first line with more text below it is the title. Otherwise the title is the beginning of the first line that is
    no address, and the whole text is left.
    """
    lines = [line.strip() for line in text.strip().split("\n")]
    written = [line for line in lines if line]
    if not written:
        return "", ""
    if len(written) > 1 and len(written[0]) <= LONGEST_TITLE and not _ADDRESS.match(written[0]):
        return written[0], "\n".join(lines[1:]).strip("\n")
    words = next((line for line in written if not _ADDRESS.match(line)), written[0].partition("//")[2])
    return shorten(words), text.strip("\n")


def shorten(words: str, most: int = 60) -> str:
    """Cut a line at a space if it is longer than `most` characters."""
    if len(words) <= most:
        return words
    kept = words[:most]
    return f"{kept.rpartition(' ')[0] or kept} …"
