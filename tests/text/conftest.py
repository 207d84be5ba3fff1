"""The elements, attributes and addresses that rendered text may hold, and a check that its elements are balanced."""

import re
from collections.abc import Callable

import pytest
from lxml import etree, html

PHRASING = {
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "label", "mark", "math", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
}  # fmt: skip
BLOCKS = {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "pre", "div", "section", "details", "summary", "figure",
    "figcaption", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
}  # fmt: skip
HEADINGS = {"h3", "h4", "h5", "h6"}
EVERYWHERE = {"lang", "dir"}
ATTRIBUTES = {
    "a": {"class", "href", "title", "role", "aria-label"},
    "ol": {"start"},
    "ul": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "th": {"class", "colspan", "rowspan"},
    "td": {"class", "colspan", "rowspan"},
    "pre": {"class", "data-lang", "tabindex"},
    "code": {"class"},
    "span": {"class", "id"},
    "math": {"display", "alttext"},
    "p": {"id", "class"},
    "li": {"id", "class"},
    "sup": {"id", "class"},
    "img": {"class", "src", "alt", "width", "height"},
    "input": {"type", "disabled", "checked"},
    "section": {"class", "role", "aria-label"},
    "details": {"class", "open"},
    "figure": {"id"},
    **{heading: {"id"} for heading in HEADINGS},
}
CLASSES = {
    "bare", "nb", "ref", "embed", "image", "file", "restored", "task", "math", "wide", "math-source", "code", "table", "left", "right",
    "center", "callout", "callout-title", "note", "tip", "important", "warning", "danger", "quote", "footnotes", "fn", "fn-back",
}  # fmt: skip
SCHEMES = ("http://", "https://", "mailto:", "ref:arxiv:", "ref:note:", "ref:file:", "#ref:here:")
MATHML = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "mmultiscripts",
    "mprescripts", "none", "merror", "b", "i", "code",
}  # fmt: skip
MATH_ATTRIBUTES = {
    "accent", "accentunder", "alttext", "class", "columnalign", "columnspan", "depth", "display", "displaystyle", "fence",
    "form", "height", "largeop", "linethickness", "lspace", "mathsize", "mathvariant", "maxsize", "minsize",
    "movablelimits", "notation", "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset",
    "width",
}  # fmt: skip


@pytest.fixture(scope="session")
def violations() -> Callable[[str], list[str]]:
    """Return the function that tells, in words, what in a piece of HTML is not allowed."""
    return find_violations


VOID = {"br", "hr", "img", "input", "wbr", "col"}
TAG = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z-]+(?:=\"[^\"]*\")?)*)(/?)>")


def _unbalanced(markup: str) -> list[str]:
    """Return what is wrong with the nesting of tags, by the letter of the markup and without a parser that mends it."""
    opened: list[str] = []
    found = [f"a stray < before {rest[:20]!r}" for rest in TAG.sub("", markup).split("<")[1:]]
    for closing, name, _, empty in TAG.findall(markup):
        if name in VOID or empty:
            continue
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            found.append(f"</{name}> ends another element")
    return found + [f"<{name}> is never ended" for name in opened]


def find_violations(markup: str) -> list[str]:
    if not markup.strip():
        return []
    found = _unbalanced(markup)
    for element in html.fragment_fromstring(markup, create_parent="main").iterdescendants():
        if not isinstance(element.tag, str):
            found.append(f"a comment or an instruction: {etree.tostring(element)!r}")
        elif any(parent.tag == "math" for parent in element.iterancestors()):
            found += _violations_of_math(element)
        else:
            found += _violations_of(element)
    return found


def _violations_of(element: html.HtmlElement) -> list[str]:
    tag = str(element.tag)
    if tag not in PHRASING | BLOCKS | HEADINGS:
        return [f"element {tag}"]
    allowed = ATTRIBUTES.get(tag, set()) | EVERYWHERE
    found = [f"attribute {tag}[{name}]" for name in element.attrib if str(name) not in allowed]
    names = (element.get("class") or "").split()
    found += [f"class {name}" for name in names if name not in CLASSES and not name.startswith("tok-")]
    href = element.get("href")
    if tag == "a" and (href is None or not href.lower().startswith(SCHEMES)):
        found.append(f"address {href}")
    if tag == "img" and not (element.get("src") or "").startswith("ref:file:"):
        found.append(f"image {element.get('src')}")
    if tag == "a" and any(parent.tag == "a" for parent in element.iterancestors()):
        found.append("a link in a link")
    return found


def _violations_of_math(element: html.HtmlElement) -> list[str]:
    tag = str(element.tag)
    found = [] if tag in MATHML else [f"MathML element {tag}"]
    return found + [f"MathML attribute {name}" for name in element.attrib if str(name) not in MATH_ATTRIBUTES]
