"""Hugo's shortcodes -> Markdown as digest reads it. Those without a meaning here are shown as code, and reported."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from .markdown import code, fenced, quote_lines
from .pages import Page
from .places import REF
from .prose import split_code, write_callout
from .tables import Table, text_in

_TAG = re.compile(
    r"\{\{(?P<mark>[<%])-?\s*(?P<inside>(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|(?!-?[>%]\}\}).)*?)\s*-?[>%]\}\}", re.DOTALL
)
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+))"
)
_SHOWN = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif)(?:\?.*)?$", re.IGNORECASE)


class Tag(Struct, frozen=True):
    """A shortcode: its place in the text, its name and its arguments. `is_end` is True for `{{< /name >}}`."""

    start: int
    end: int
    name: str
    arguments: "Arguments"
    is_end: bool = False
    is_closed: bool = False


class Arguments(Struct, frozen=True):
    """The arguments of a shortcode or of a tag of Liquid, by their position or by their name in lower case."""

    listed: tuple[str, ...] = ()
    named: Mapping[str, str] = {}

    def get(self, *names: str, at: int | None = None) -> str:
        """Return the first argument of some names, or else the one at a position, or nothing."""
        found = next((self.named[name] for name in names if self.named.get(name)), "")
        return found or (self.listed[at] if at is not None and at < len(self.listed) else "")


Report = Callable[[int, str], None]
"""Reports the name of a shortcode that is shown as code, at an offset in the body."""


def read_arguments(text: str) -> Arguments:
    """Read arguments such as `src="a.png" width=300` or `python "hl_lines=1"`."""
    listed: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text):
        value = (
            found["double"].replace('\\"', '"') if found["double"] is not None else found["raw"] or found["bare"] or ""
        )
        if found["key"]:
            named[found["key"].lower()] = value
        else:
            listed.append(value)
    return Arguments(tuple(listed), named)


class Shortcodes(Struct, frozen=True):
    """The shortcodes of a site: the HTML of its own ones that say the same everywhere, by name, and its parameters."""

    templates: Mapping[str, str] = {}
    params: Table = {}

    def convert(self, page: Page, report: Report) -> str:
        """Return the body of a page without shortcodes."""
        tags = [*_find_tags(page.body)]
        return _unescape(self._write(page, tags, 0, len(page.body), report))

    def _write(self, page: Page, tags: Sequence[Tag], start: int, end: int, report: Report) -> str:
        """Return a part of the body. `tags` are those in it."""
        parts: list[str] = []
        at, index = start, 0
        while index < len(tags):
            tag = tags[index]
            close = _find_close(tags, index)
            parts.append(page.body[at : tag.start])
            if close is None:
                written = self._convert(page, tag, None)
                at, following = tag.end, index + 1
            else:
                inside = self._write(page, tags[index + 1 : close], tag.end, tags[close].start, report)
                verbatim = page.body[tag.end : tags[close].start]
                written = self._convert(page, tag, verbatim if tag.name in _VERBATIM else inside)
                at, following = tags[close].end, close + 1
            if written is None:
                report(tag.start, tag.name)
                written = code(_compact(page.body[tag.start : tag.end]))
                if close is not None:
                    written = f"{written}\n{inside}\n{code(_compact(page.body[tags[close].start : at]))}"
            parts.append(written)
            index = following
        return "".join([*parts, page.body[at:end]])

    def _convert(self, page: Page, tag: Tag, inside: str | None) -> str | None:
        """Return the Markdown of a shortcode, or None if it has no meaning here."""
        if inside is None and tag.name in self.templates:
            return self.templates[tag.name]
        if tag.name == "param":
            key = tag.arguments.get(at=0).lower().split(".")
            return text_in(page.fields, *key) or text_in(self.params, *key) or None
        write = _WRITERS.get(tag.name.rpartition("/")[2].lower())
        return write(tag.arguments, inside) if write else write_known(tag.name, tag.arguments, inside)


def write_known(name: str, arguments: Arguments, inside: str | None) -> str | None:
    """Return the Markdown of a shortcode or tag of one of the common kinds, or None."""
    name = name.rpartition("/")[2].lower()
    if name in _CALLOUTS and inside is not None:
        kind = arguments.get("type", "context", "class", at=0) if name in _BOXES else name
        return f"\n{write_callout(kind or 'note', arguments.get('title', at=1 if name in _BOXES else 0), inside)}\n"
    if name in _WRAPPERS and inside is not None:
        return f"\n{inside.strip(chr(10))}\n"
    source = arguments.get("src", "url", "path", "file", "image", "image_path", "link", at=0)
    if inside is None and re.search("im(?:g|age)|pic|photo|fig", name.lower()) and _SHOWN.search(source):
        return write_figure(arguments, None)
    return None


def write_figure(arguments: Arguments, _: str | None) -> str | None:
    """Return an image, with its caption and the link behind it. An image alone in its line with a title is a figure."""
    source = arguments.get("src", "url", "path", "file", "image", "image_path", "link", at=0)
    if not source:
        return None
    title, caption = arguments.get("title"), arguments.get("caption", "attr")
    said = " – ".join(
        dict.fromkeys(filter(None, (title, caption, arguments.get("attr") if arguments.get("caption") else "")))
    )
    width = re.fullmatch(r"(\d+)(?:px)?", arguments.get("width"))
    words = arguments.get("alt", at=1).replace("[", "(").replace("]", ")")
    words = f"{words}|{width[1]}" if width else words
    is_plain = not re.search(r"[\[*<`]|https?://", said)
    quoted = said.replace("\\", "\\\\").replace('"', '\\"')
    target = f"<{source}>" if re.search(r"\s", source) else source
    behind = f' "{quoted}"' if said and is_plain else ""
    image = f"![{words}]({target}{behind})"
    link = arguments.get("link") if source != arguments.get("link") else ""
    shown = f"[{image}]({link})" if link else image
    return f"\n{shown}\n" + (f"\n{said}\n" if said and not is_plain else "")


def write_code(arguments: Arguments, inside: str | None) -> str | None:
    """Return a block of code."""
    if inside is None:
        return None
    if re.match(r"\s*(?:```|~~~)", inside):
        return f"\n{inside.strip(chr(10))}\n"
    language = arguments.get("lang", "language", "type", at=0)
    title = arguments.get("title", "file", "filename", "caption")
    return (f"\n**{title}**\n" if title else "") + fenced(inside, language.split(",")[0].strip())


def write_details(arguments: Arguments, inside: str | None) -> str | None:
    """Return a block that readers can unfold."""
    if inside is None:
        return None
    summary = arguments.get("summary", "title", "label") or " ".join(arguments.listed) or "…"
    is_open = arguments.get("open").lower() == "true" or arguments.get("closed").lower() == "false"
    return f"\n<details{' open' if is_open else ''}><summary>{summary}</summary>\n\n{inside.strip(chr(10))}\n\n</details>\n"


def _write_address(template: str) -> "Writer":
    def write(arguments: Arguments, _: str | None) -> str | None:
        name = arguments.get("id", "url", at=0)
        address = name if name.startswith("https://") else template.format(name)
        return f"\n{address}\n" if name else None

    return write


def _write_gist(arguments: Arguments, _: str | None) -> str | None:
    user, name = arguments.get("user", at=0), arguments.get("id", at=1)
    address = "/".join(filter(None, (user.strip("/"), name)))
    return f"\nhttps://gist.github.com/{address}\n" if address else None


def _write_post(arguments: Arguments, _: str | None) -> str | None:
    user, name = arguments.get("user"), arguments.get("id", at=0)
    if not name:
        return None
    if len(arguments.listed) > 1:
        user, name = arguments.listed[:2]
    return f"\nhttps://x.com/{user or 'i'}/status/{name}\n"


def _write_ref(arguments: Arguments, _: str | None) -> str | None:
    path = arguments.get("path", at=0) or (arguments.listed[1] if len(arguments.listed) > 1 else "")
    return REF + path if path else None


def _write_link(arguments: Arguments, inside: str | None) -> str | None:
    address = arguments.get("href", "url", "link", "relref", "page", "to") or next(
        (each for each in arguments.listed if re.match(r"https?://|/|\.", each)), ""
    )
    if not address:
        return None
    others = [each for each in arguments.listed if each != address]
    words = (inside or "").strip() or arguments.get("title", "text", "name", "label") or " ".join(others) or address
    target = f"<{address}>" if re.search(r"\s", address) else address
    return f"[{words}]({target})" + (f" {subtitle}" if (subtitle := arguments.get("subtitle", "description")) else "")


def _write_titled(arguments: Arguments, inside: str | None) -> str | None:
    """Return the text of a tab below its name."""
    title = arguments.get("name", "title", "label", "header", at=0)
    return None if inside is None else (f"\n**{title}**\n" if title else "") + f"\n{inside.strip(chr(10))}\n"


def _write_math(_: Arguments, inside: str | None) -> str | None:
    return None if inside is None else f"\n$$\n{inside.strip()}\n$$\n"


def _write_quote(arguments: Arguments, inside: str | None) -> str | None:
    if inside is None:
        return None
    author = arguments.get("author", "cite", "source")
    return f"\n{quote_lines(inside)}\n" + (f">\n> — {author}\n" if author else "")


def _write_film(arguments: Arguments, _: str | None) -> str | None:
    source = arguments.get("src", "url", "mp4", "file", at=0)
    if not source:
        return None
    return (
        f"\n{source}\n"
        if source.startswith(("https://", "http://"))
        else f"\n![{arguments.get('caption', 'title')}]({source})\n"
    )


Writer = Callable[[Arguments, str | None], str | None]
_BOXES = ("notice", "admonition", "callout", "alert", "hint", "box", "panel", "message")
_CALLOUTS = frozenset([
    *_BOXES, "note", "tip", "info", "warning", "important", "caution", "danger", "attention", "success", "question", "example",
    "bug", "error", "todo", "abstract",
])  # fmt: skip
_WRAPPERS = frozenset([
    "tabs", "tabgroup", "tabpane", "cards", "steps", "columns", "row", "column", "col", "center", "section", "div", "lead",
    "rawhtml", "raw", "html", "unsafe", "table", "bigger", "timeline",
])  # fmt: skip
_VERBATIM = frozenset(["highlight", "code-toggle", "code", "mermaid", "math", "katex", "comment", "codeblock"])
_WRITERS: Mapping[str, Writer] = {
    "figure": write_figure, "code-toggle": write_code, "highlight": write_code, "code": write_code, "codeblock": write_code,
    **dict.fromkeys(("details", "collapse", "expand", "spoiler", "toggle", "accordion"), write_details),
    **dict.fromkeys(("youtube", "youtubelite", "youtube-lite", "youtubeiframe"), _write_address("https://www.youtube.com/watch?v={}")),
    "vimeo": _write_address("https://vimeo.com/{}"), "instagram": _write_address("https://www.instagram.com/p/{}/"),
    "bilibili": _write_address("https://www.bilibili.com/video/{}"),
    **dict.fromkeys(("tweet", "twitter", "twitter_simple", "x", "x_simple"), _write_post), "gist": _write_gist,
    "ref": _write_ref, "relref": _write_ref,
    **dict.fromkeys(("button", "link", "external_link", "link-card", "card", "href"), _write_link),
    **dict.fromkeys(("tab", "step"), _write_titled), "mermaid": lambda _, inside: inside and fenced(inside, "mermaid"),
    "math": _write_math, "katex": _write_math, **dict.fromkeys(("quote", "blockquote"), _write_quote),
    **dict.fromkeys(("video", "audio", "mp4"), _write_film),
    "br": lambda _, __: "\n", "kbd": lambda arguments, inside: f"<kbd>{inside or ' '.join(arguments.listed)}</kbd>",
    "comment": lambda _, inside: f"<!--{inside}-->" if inside and "-->" not in inside else None,
}  # fmt: skip


def _find_tags(body: str) -> Iterator[Tag]:
    """Yield the shortcodes of a body that are outside code and not escaped."""
    at = 0
    for piece, is_code in split_code(body):
        for found in () if is_code else _TAG.finditer(piece):
            inside = found["inside"]
            if inside.startswith("/*"):
                continue
            is_end, is_closed = inside.startswith("/"), inside.endswith("/") and len(inside) > 1
            name, _, rest = inside.strip("/ \t\n").partition(" ")
            yield Tag(at + found.start(), at + found.end(), name.strip(), read_arguments(rest), is_end, is_closed)
        at += len(piece)


def _find_close(tags: Sequence[Tag], index: int) -> int | None:
    """Return the index of the tag that closes another one, or None."""
    opening, depth = tags[index], 0
    if opening.is_end or opening.is_closed:
        return None
    for at in range(index + 1, len(tags)):
        if tags[at].name == opening.name and not tags[at].is_closed:
            depth += -1 if tags[at].is_end else 1
            if depth < 0:
                return at
    return None


def _unescape(text: str) -> str:
    """Return a text in which `{{</* name */>}}` is shown as the author meant it: as code."""

    def show(found: re.Match[str], *, is_code: bool) -> str:
        inside = found["inside"]
        if not (inside.startswith("/*") and inside.endswith("*/")):
            return found[0]
        closing = {"<": ">", "%": "%"}[found["mark"]]
        shown = f"{{{{{found['mark']} {inside[2:-2].strip()} {closing}}}}}"
        return shown if is_code else code(shown)

    parts = (
        _TAG.sub(lambda found, is_code=is_code: show(found, is_code=is_code), piece)  # type: ignore[misc]
        for piece, is_code in split_code(text)
    )
    return "".join(parts)


def _compact(tag: str) -> str:
    return " ".join(tag.split())
