"""The lines of a Logseq page -> its properties, and Markdown without Logseq's own marks.

A page is an outline of blocks, `- text`, each with lines below it: further text, `key:: value`, and blocks of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from .markdown import code

PROPERTY = re.compile(r"\s*(?:-\s+)?([A-Za-z][\w.-]*)::(?:\s+(.*))?")
_OWN = re.compile(
    r"(?:id|collapsed|heading|background-color|created-at|updated-at|icon|exclude-from-graph-view|file|file-path|"
    r"(?:logseq|query|ls|hl|card|todo)[.-].+)"
)
"""Properties that Logseq writes for itself."""
_FENCE = re.compile(r"\s*(?:-\s+)?(```|~~~)")
_BLOCK = re.compile(r"(\s*)-(?:\s+(.*)|$)")
_LOGBOOK = re.compile(r"\s*:(?:LOGBOOK|END|PROPERTIES):\s*", re.IGNORECASE)
_MARKER = re.compile(r"(\s*-\s+)(TODO|DONE|LATER|NOW|DOING|WAITING|IN-PROGRESS|CANCELL?ED)\s+(.*)")
_TIME = re.compile(r"\b(SCHEDULED|DEADLINE):\s*<([^<>]*)>")
_REFERENCE = re.compile(r"\(\(([0-9a-f]{8}-[0-9a-f-]{27})\)\)")
_LABELLED = re.compile(r"\[([^\[\]]*)\]\(\(\(([0-9a-f-]{36})\)\)\)")
_MACRO = re.compile(r"\{\{\s*([a-z-]+)\s*(.*?)\s*\}\}")
_LONG_TAG = re.compile(r"#\[\[([^\[\]]+)\]\]")
_TAG = re.compile(r"(?<![\w/#&=\[(])#([^\s#\[\](),.;:!?\"'`]+)")
_LINK = re.compile(r"\[(?P<label>[^\[\]]+)\]\(\[\[(?P<labelled>[^\[\]]+)\]\]\)|\[\[(?P<page>[^\[\]]+)\]\]")
_SIZE = re.compile(r"(?<=\))\{:[^{}]*\}")
_HIGHLIGHT = re.compile(r"\^\^(?=\S)(.+?)\^\^")
_BEGIN = re.compile(r"\s*(?:-\s+)?#\+BEGIN_(\w+)\s*(.*)", re.IGNORECASE)
_END = re.compile(r"\s*#\+END_\w+\s*", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_HEADING = re.compile(r"- (#{1,6})\s+(.*)")


class Outline(Struct, frozen=True):
    """A page: its properties, its tags in order, and its Markdown. `lost` are references to blocks that are nowhere."""

    properties: Mapping[str, str]
    tags: tuple[str, ...]
    text: str
    lost: tuple[tuple[int, str], ...] = ()


class Links(Struct, frozen=True):
    """What references lead to: the text of each block by its id, and a page's name by its name in a link, or None."""

    blocks: Mapping[str, str]
    find_page: Callable[[str], str | None]


def find_blocks(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield id and text of each block of a page that has an id."""
    text = ""
    for line in lines:
        found = PROPERTY.fullmatch(line)
        if found and found[1] == "id" and found[2]:
            yield found[2].strip(), text
        elif (block := _BLOCK.fullmatch(line)) and not found:
            text = (block[2] or "").strip()


def read_outline(lines: Sequence[str], links: Links) -> Outline:
    """Return a page with its references written out."""
    reader = _Reader(links)
    properties, start = read_properties(lines)
    text = "\n".join(_lift_headings(list(reader.read(lines, start))))
    named = [tag.strip().strip("#[]") for tag in re.split(r"[,，]", properties.get("tags", "")) if tag.strip()]
    tags = [_join_words(tag) for tag in (*named, *reader.tags)]
    with_letter = (tag for tag in tags if any(map(str.isalpha, tag)))
    return Outline(properties, tuple(dict.fromkeys(with_letter)), text.strip("\n"), tuple(reader.lost))


def read_properties(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return the properties of the page, which stand above everything else, and the index of the first line below them."""
    properties: dict[str, str] = {}
    for index, line in enumerate(lines):
        found = PROPERTY.fullmatch(line)
        if found and not _OWN.fullmatch(found[1]):
            properties[found[1].lower()] = (found[2] or "").strip()
        elif line.strip() and not found:
            return properties, index
    return properties, len(lines)


class _Reader:
    """Reads the lines of a page one after another, and keeps what isn't text."""

    def __init__(self, links: Links) -> None:
        self.tags: list[str] = []
        self.lost: list[tuple[int, str]] = []
        self._links = links
        self._line = 0

    def read(self, lines: Sequence[str], start: int) -> Iterator[str]:
        """Yield the lines of the text."""
        fence = ""
        quoting = False
        for self._line, raw in enumerate(lines[start:], start + 1):
            line = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), raw.rstrip())
            mark = _FENCE.match(line)
            if mark or fence:
                fence = ("" if fence == mark[1] else fence or mark[1]) if mark else fence
                yield line
            elif begin := _BEGIN.fullmatch(line):
                quoting = begin[1].lower() != "src"
                indent = line[: len(line) - len(line.lstrip())]
                opening = _open(begin[1].lower(), begin[2])
                yield f"{indent}{'- ' if line.lstrip().startswith('-') else ''}{opening}"
                fence = "" if quoting else "#+"
            elif _END.fullmatch(line):
                quoting = False
            elif not self._is_own(line):
                text = self._rewrite(line)
                yield re.sub(r"^(\s*)", r"\1> ", text) if quoting else text

    def _is_own(self, line: str) -> bool:
        found = PROPERTY.fullmatch(line)
        if found and found[1] == "tags":
            self.tags += [tag.strip().strip("#[]") for tag in (found[2] or "").split(",") if tag.strip()]
            return True
        is_clock = bool(_LOGBOOK.fullmatch(line)) or line.strip().startswith("CLOCK: [")
        return is_clock or line.strip() == "-" or bool(found and _OWN.fullmatch(found[1]))

    def _rewrite(self, line: str) -> str:
        """Return a line as digest reads it. Code in it stays as it is."""
        if marker := _MARKER.fullmatch(line):
            box = "[x]" if marker[2] in ("DONE", "CANCELED", "CANCELLED") else "[ ]"
            word = "" if marker[2] in ("TODO", "DONE") else f"{marker[2]} "
            line = f"{marker[1]}{box} {word}{marker[3]}"
        if (found := PROPERTY.fullmatch(line)) and not line.lstrip().startswith("-"):
            line = f"{line[: len(line) - len(line.lstrip())]}{found[1]}: {found[2] or ''}"
        parts: list[str] = []
        end = 0
        for span in _CODE.finditer(line):
            parts += [self._rewrite_text(line[end : span.start()]), span[0]]
            end = span.end()
        return "".join([*parts, self._rewrite_text(line[end:])])

    def _rewrite_text(self, text: str) -> str:
        text = _SIZE.sub("", _HIGHLIGHT.sub(r"==\1==", _TIME.sub(r"\1: \2", text)))
        text = _LABELLED.sub(r"\1", text)
        text = _MACRO.sub(self._expand, text)
        text = _REFERENCE.sub(self._quote, text)
        text = _LONG_TAG.sub(self._keep_tag, text)
        for tag in _TAG.findall(text):
            self.tags.append(tag)
        text = re.sub(r"^(\s*(?:-\s+)?(?:\[[ x]\]\s+)?)(?=#[^\s#])", r"\1\\", text)
        return _LINK.sub(lambda m: self._lead(m["labelled"] or m["page"], m["label"] or m["page"]), text)

    def _keep_tag(self, found: re.Match[str]) -> str:
        self.tags.append(found[1])
        return found[1]

    def _lead(self, page: str, label: str) -> str:
        name = self._links.find_page(page)
        if name is None:
            return label
        return f"[[{name}]]" if label == name else f"[[{name}|{label}]]"

    def _quote(self, found: re.Match[str]) -> str:
        text = self._links.blocks.get(found[1])
        if text is None:
            self.lost.append((self._line, found[0]))
            return ""
        return _REFERENCE.sub("", text)

    def _expand(self, found: re.Match[str]) -> str:
        name, argument = found[1], found[2]
        if name in ("embed", "cloze", "video", "youtube", "tweet", "twitter", "bilibili", "pdf"):
            return argument
        return code(found[0].strip("{}").strip())


def _open(kind: str, argument: str) -> str:
    """Return the line that opens a block of Org's: code, a quotation or a callout."""
    if kind == "src":
        return f"```{argument}"
    return ">" if kind == "quote" else f"> [!{kind}] {argument}".rstrip()


def _lift_headings(lines: Sequence[str]) -> list[str]:
    """Make headings of the outermost blocks that are headings, with the blocks below them at the margin.

    They stand below all other blocks, which would else belong to the heading above them.
    """
    others: list[str] = []
    headed: list[str] = []
    block = others
    for line in lines:
        if heading := _HEADING.fullmatch(line):
            block = headed
            headed += ["", f"## {heading[2]}", ""]
            continue
        if line.startswith("- "):
            block = others
        block.append(line.removeprefix("  ") if block is headed else line)
    return [*others, *headed]


def _join_words(tag: str) -> str:
    return re.sub(r"\s+", "-", tag.strip())
