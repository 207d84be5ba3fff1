"""Liquid, as Jekyll has it in its pages -> Markdown. Tags without a meaning here are shown as code, and reported."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from .markdown import code
from .pages import Page
from .places import REF
from .prose import outside_code, split_code
from .shortcodes import Arguments, Report, Writer, read_arguments, write_code, write_details, write_figure, write_known
from .tables import Table, text_in

_TOKEN = re.compile(
    r"\{%-?\s*(?P<name>\w+)(?P<rest>(?:\"[^\"\n]*\"|'[^'\n]*'|(?!-?%\}).)*?)\s*-?%\}|\{\{-?\s*(?P<output>[^{}]*?)\s*-?\}\}",
    re.DOTALL,
)
_SINGLE_QUOTED = re.compile(r"=\s*'([^']*)'")
_TEXT = re.compile(r"([\"'])(?P<text>.*?)\1\s*(?P<filters>(?:\|.*)?)", re.DOTALL)
_ADDRESS_FILTER = re.compile(r"\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+|append:\s*['\"]['\"])\s*")
_FILTERS = re.compile(r"(?:\|\s*(?:relative_url|absolute_url|escape|xml_escape|strip|prepend:\s*site\.\w+)\s*)*")
_ENDS = {
    "highlight": "endhighlight",
    "codeblock": "endcodeblock",
    "raw": "endraw",
    "comment": "endcomment",
    "details": "enddetails",
}
_ROOTS = ("site.baseurl", "site.url", "site.github.url")


class Site(Struct, frozen=True):
    """What Liquid knows of a site: its settings, and its includes that say the same everywhere, by name."""

    settings: Table = {}
    includes: Mapping[str, str] = {}


def convert_liquid(site: Site, page: Page, address: str, report: Report) -> str:
    """Return the body of a page without Liquid, except in code, where readers see it as it is, and in comments."""
    body = page.body
    codes = _find_code(body)
    parts: list[str] = []
    at = 0
    while found := _TOKEN.search(body, at):
        start, name = found.start(), found["name"]
        span = _find_end(body, found.end(), name) if name in _ENDS else None
        is_code = any(first <= start < last for first, last in codes)
        inside = body[found.end() : span[0]] if span else None
        written: str | None
        if name == "raw" and inside is not None:
            written = inside if is_code else outside_code(inside, _show)
        elif is_code:
            written, span = found[0], None
        elif name == "comment" and span:
            written = body[start : span[1]]
        elif name is None:
            written = _write_output(site, page, address, found)
        else:
            if inside is not None and name == "details":
                nested = structs.replace(page, body=inside)
                inside = convert_liquid(site, nested, address, _shift(report, found.end()))
            written = _write_tag(site, name, found["rest"], inside)
        if written is None:
            report(start, _name(found))
            written, span = code(" ".join(found[0].split())), None
        parts += [body[at:start], written]
        at = span[1] if span else found.end()
    return "".join([*parts, body[at:]])


def _shift(report: Report, by: int) -> Report:
    """Return a report for a part of the body that begins at an offset."""
    return lambda offset, name: report(by + offset, name)


def _show(piece: str) -> str:
    """Return a piece of text in which Liquid is shown as code."""
    return _TOKEN.sub(lambda tag: code(tag[0]), piece)


def _name(found: re.Match[str]) -> str:
    """Return what a report calls a tag: `for`, `include a.html` or `{{ page.x }}`."""
    if found["name"] is None:
        return f"{{{{ {' '.join(found['output'].split())} }}}}"
    return (
        " ".join([found["name"], *found["rest"].split()[:1]]) if found["name"].startswith("include") else found["name"]
    )


def _find_code(body: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for piece, is_code in split_code(body):
        if is_code:
            spans.append((at, at + len(piece)))
        at += len(piece)
    return spans


def _find_end(body: str, at: int, name: str) -> tuple[int, int] | None:
    found = re.compile(rf"\{{%-?\s*{_ENDS[name]}\s*-?%\}}").search(body, at)
    return found.span() if found else None


def _write_output(site: Site, page: Page, address: str, found: re.Match[str]) -> str | None:
    """Return what `{{ … }}` is replaced by: an address, or a text of the page or of the settings."""
    output = found["output"]
    if text := _TEXT.fullmatch(output):
        return text["text"] if not _ADDRESS_FILTER.sub("", text["filters"]).strip() else None
    name, _, filters = output.partition("|")
    name = name.strip()
    if name in _ROOTS:
        return ""
    if filters and not _FILTERS.fullmatch(f"|{filters}"):
        return None
    if name == "page.url":
        return address
    root, _, way = name.lower().partition(".")
    table = {"page": page.fields, "site": site.settings}.get(root)
    return (text_in(table, *way.split(".")) or None) if table is not None and way else None


def _write_tag(site: Site, name: str, rest: str, inside: str | None) -> str | None:
    rest = rest.strip()
    if name == "post_url":
        return f"{REF}_posts/{rest.strip(chr(34))}"
    if name == "link":
        return REF + rest.strip("\"'")
    if name in ("include", "include_relative"):
        return _write_include(site, rest)
    arguments = read_arguments(_SINGLE_QUOTED.sub(r'="\1"', rest))
    if name in _WRITERS:
        return _WRITERS[name](arguments, inside)
    return write_known(name, arguments, inside)


def _write_include(site: Site, rest: str) -> str | None:
    """Return what an include shows: an image, a film, the same HTML everywhere, or nothing for a table of contents."""
    file, _, written = rest.partition(" ")
    name = file.strip("\"'").removesuffix(".html").removesuffix(".md").removesuffix(".liquid")
    arguments = read_arguments(_SINGLE_QUOTED.sub(r'="\1"', written))
    if name.rpartition("/")[2] == "toc":
        return ""
    if name.rpartition("/")[2] == "video" and (film := arguments.get("id")):
        address = _FILMS.get(arguments.get("provider") or "youtube")
        return f"\n{address}{film}\n" if address else None
    return write_known(name, arguments, None) or site.includes.get(file.strip("\"'"))


def _write_octopress_image(arguments: Arguments, inside: str | None) -> str | None:
    """Return the image of Octopress's `img`: classes, an address, a width, a height and a title."""
    listed: Sequence[str] = arguments.listed
    at = next((n for n, each in enumerate(listed) if re.search(r"[./]", each)), None)
    if at is None:
        return write_figure(arguments, inside)
    words = [each for each in listed[at + 1 :] if not each.isdigit()]
    return write_figure(Arguments((listed[at], " ".join(words))), None)


def _write_film(address: str) -> Writer:
    return lambda arguments, _: f"\n{address}{arguments.listed[0]}\n" if arguments.listed else None


_FILMS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "bilibili": "https://www.bilibili.com/video/",
}
_WRITERS: Mapping[str, Writer] = {
    "highlight": write_code, "codeblock": write_code, "details": write_details, "figure": write_figure,
    "img": _write_octopress_image, "youtube": _write_film(_FILMS["youtube"]), "vimeo": _write_film(_FILMS["vimeo"]),
    "gist": _write_film("https://gist.github.com/"), "toc": lambda _, __: "",
}  # fmt: skip
