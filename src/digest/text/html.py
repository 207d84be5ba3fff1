"""The HTML that people write in notes -> tokens: a safe set of elements and attributes, kept by a sanitiser (nh3).

Every other tag is text. The sanitiser is imported for texts that have a tag of this set.
"""

import re
from functools import lru_cache
from html import escape, unescape

from markdown_it.token import Token

from .targets import local_reference

PHRASING = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "br",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "audio",
        "source",
        "video",
    ]
)
"""Elements that may stand in a line."""
TRANSPARENT = frozenset(["big", "center", "div", "font", "p", "span"])
"""Elements that say nothing of their own in a line: they go, and what is in them stays."""
VOID = frozenset(["br", "hr", "img", "source", "wbr"])
CONTAINERS = frozenset(["details", "div", "center", "blockquote", "p", "h1", "h2", "h3", "h4", "h5", "h6"])
"""Elements whose inside is read as Markdown."""
RAW = frozenset(["table", "ul", "ol", "dl", "pre", "figure", "video", "audio", "hr"])
"""Elements that are taken as they are, with all that is in them."""
_INNER = frozenset(
    [
        "caption",
        "col",
        "colgroup",
        "dd",
        "dt",
        "figcaption",
        "li",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
    ]
)
_ALLOWED = PHRASING | TRANSPARENT | VOID | CONTAINERS | RAW | _INNER

_ATTRIBUTES = {
    "a": {"href", "title"},
    "audio": {"src"},
    "details": {"open"},
    "iframe": {"src", "title"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start"},
    "source": {"src"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "video": {"height", "src", "width"},
    **{name: {"align"} for name in ("div", "p", "h1", "h2", "h3", "h4", "h5", "h6")},
}
_EVERYWHERE = {"dir", "lang"}

TAG = re.compile(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)")
_VIMEO = re.compile(r"https?://player\.vimeo\.com/video/(\d+)")
_WRITTEN_TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z-]+=\"[^\"]*\")*)>")
_WRITTEN_ATTRIBUTE = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")


def tag_token(match: re.Match[str]) -> Token | None:
    """Return a tag that `TAG` matched as a token of `html_open`, `html_close` or `html_void`; None for text.

    A frame becomes an image of its address, which is written as a link.
    """
    name = match["name"].lower()
    if name == "iframe":
        return _frame_token(match)
    if name not in _ALLOWED:
        return None
    if match["slash"]:
        return Token("html_close", name, -1, content=match[0])
    token = Token("html_void", name, 0) if name in VOID else Token("html_open", name, 1)
    token.content = match[0]
    attributes = match["attributes"].strip().removesuffix("/")
    token.attrs = dict(_clean_attributes(name, attributes)) if attributes else {}
    if name == "img" and not _is_source(str(token.attrs.get("src", "http:"))):
        return None
    return token


def _is_source(source: str) -> bool:
    """Return True if the source of an image is an address or a file; `<img src=x>` is somebody's example."""
    return source.startswith(("http:", "https:", "//")) or local_reference(source) is not None


def _frame_token(match: re.Match[str]) -> Token:
    attributes = dict(_clean_attributes("iframe", match["attributes"].strip().removesuffix("/")))
    address = schemed(attributes.get("src", ""))
    if found := _YOUTUBE.match(address):
        address = f"https://www.youtube.com/watch?v={found[1]}"
    elif found := _VIMEO.match(address):
        address = f"https://vimeo.com/{found[1]}"
    if match["slash"] or not address:
        return Token("html_void", "", 0, content=match[0])
    token = Token("html_void", "img", 0, content=match[0])
    token.attrs = {"src": address, "alt": attributes.get("title") or address}
    return token


def schemed(address: str) -> str:
    """Return an address with a scheme if only that is missing (`//example.org/a.png`)."""
    return f"https:{address}" if address.startswith("//") else address


def block_tokens(html: str) -> list[Token]:
    """Return a piece of HTML as tokens: sanitised and balanced, its text as it was typed."""
    import nh3

    tags = {"br", *_ALLOWED}
    clean = nh3.clean(
        _escape_unknown(html),
        tags=tags,
        attributes={name: _ATTRIBUTES.get(name, set()) | _EVERYWHERE for name in tags},
        clean_content_tags=set(),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    tokens: list[Token] = []
    position = 0
    for match in _WRITTEN_TAG.finditer(clean):
        _push_text(tokens, clean[position : match.start()])
        position = match.end()
        name = match[2]
        if match[1]:
            tokens.append(Token("html_close", name, -1))
            continue
        token = Token("html_void", name, 0) if name in VOID else Token("html_open", name, 1)
        token.attrs = {key: unescape(value) for key, value in _WRITTEN_ATTRIBUTE.findall(match[3])}
        tokens.append(token)
    _push_text(tokens, clean[position:])
    return tokens


def _push_text(tokens: list[Token], html: str) -> None:
    if html:
        tokens.append(Token("text", "", 0, content=unescape(html)))


def _escape_unknown(html: str) -> str:
    """Escape every `<` that doesn't begin a tag of the safe set, and write frames as images."""
    parts: list[str] = []
    position = 0
    while (at := html.find("<", position)) >= 0:
        match = TAG.match(html, at)
        name = match["name"].lower() if match else ""
        parts.append(html[position:at])
        if match is not None and name == "iframe":
            attributes = _frame_token(match).attrs
            written = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
            parts.append(f"<img{written}>" if written else "")
            position = match.end()
        elif match is not None and name in _ALLOWED:
            parts.append(match[0])
            position = match.end()
        else:
            parts.append("&lt;")
            position = at + 1
    return "".join(parts) + html[position:]


@lru_cache(maxsize=2048)
def _clean_attributes(name: str, source: str) -> tuple[tuple[str, str], ...]:
    """Return the allowed attributes of a start tag; a `span` stands for the element, which might need another around it."""
    import nh3

    clean = nh3.clean(
        f"<span {source}></span>",
        tags={"span"},
        attributes={"span": _ATTRIBUTES.get(name, set()) | _EVERYWHERE},
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    match = _WRITTEN_TAG.match(clean)
    pairs = _WRITTEN_ATTRIBUTE.findall(match[3]) if match else []
    return tuple((key, unescape(value)) for key, value in pairs)
