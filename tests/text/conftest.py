"""The elements, attributes and addresses that rendered text may hold; everything else is a hole."""

from collections.abc import Callable

import pytest
from lxml import etree, html

PHRASING = {"a", "em", "strong", "code", "br", "math", "span"}
BLOCKS = {"p", "ul", "ol", "li", "blockquote", "hr", "pre", "div", "table", "thead", "tbody", "tr", "th", "td"}
HEADINGS = {"h3", "h4", "h5", "h6"}
ATTRIBUTES = {
    "a": {"class", "href", "title"},
    "ol": {"start"},
    "ul": {"class"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "th": {"class"},
    "td": {"class"},
    "pre": {"class", "data-lang", "tabindex"},
    "code": {"class"},
    "span": {"class"},
    "math": {"display", "alttext"},
    "p": {"lang"},
    "li": {"lang"},
    **{heading: {"lang"} for heading in HEADINGS},
}
CLASSES = {"bare", "ref", "image", "restored", "math", "math-source", "code", "table", "left", "right", "center"}
SCHEMES = ("http://", "https://", "mailto:", "ref:arxiv:", "ref:note:")
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
    return _violations


def _violations(markup: str) -> list[str]:
    if not markup.strip():
        return []
    found = []
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
    found = [f"attribute {tag}[{name}]" for name in element.attrib if str(name) not in ATTRIBUTES.get(tag, set())]
    names = (element.get("class") or "").split()
    found += [f"class {name}" for name in names if name not in CLASSES and not name.startswith("tok-")]
    href = element.get("href")
    if tag == "a" and (href is None or not href.lower().startswith(SCHEMES)):
        found.append(f"address {href}")
    if tag == "a" and any(parent.tag == "a" for parent in element.iterancestors()):
        found.append("a link in a link")
    return found


def _violations_of_math(element: html.HtmlElement) -> list[str]:
    tag = str(element.tag)
    found = [] if tag in MATHML else [f"MathML element {tag}"]
    return found + [f"MathML attribute {name}" for name in element.attrib if str(name) not in MATH_ATTRIBUTES]
