"""The text of an entry: bytes -> HTML, plain text and references."""

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it.utils import read_fixture_file

from digest.model import Fragment, Reference
from digest.text.fragment import ResolvedFile, ResolvedReference, Resolver, resolve_references
from digest.text.markdown import render_abstract, render_commentary, render_title
from digest.text.opening import opening

from ..text import conftest as allowed
from ..text.test_safety import PIECES
from .target import CASES, Target, encode_all

LIMIT = 80
_TAG = re.compile(r"<(/?[a-z0-9]+)")
_EMPTY = re.compile(r"<([a-z0-9]+)([^<>]*)/>")
_MATH = re.compile(r"<math|math-source")
_NAMED = re.compile(r'<(?:img|a)\b[^>]*? (?:alt|aria-label)="([^"]*)"[^>]*>')
_MARK = re.compile(r'<sup class="fn".*?</sup>')
_OPEN = re.compile(r'<[a-z][^<>]* (?:href|src|id)="#?ref:')
_MARKUP = re.compile(r"<[^>]*>")


def check(content: bytes) -> None:
    """Check that a text gives safe HTML, whatever it is shown as, and that an HTML5 parser reads it as it was meant."""
    text = content.decode(errors="replace")
    check_fragment(render_commentary(text))
    check_fragment(render_abstract(text))
    check_markup(str(render_title(text.split("\n", 1)[0])))


def describe(content: bytes) -> str:
    """Return the HTML of a text and its opening, a line each if they have none of their own."""
    fragment = render_commentary(content.decode(errors="replace"))
    return f"{fragment.html.rstrip()}\n{opening(fragment.html, LIMIT).plain}\n"


def check_fragment(fragment: Fragment) -> None:
    """Check a fragment with its references open, resolved and unknown."""
    check_markup(fragment.html)
    check_plain(fragment)
    first = opening(fragment.html, LIMIT).plain
    assert len(first) <= LIMIT
    assert "\n" not in first
    if not (fragment.references or fragment.anchors):
        return
    for resolved in (
        ResolvedReference("/2024/03/19/x/", "이름 <b>", "첫 문장 &"),
        ResolvedFile("/f/a.png", 3, 2),
        None,
    ):
        markup = str(resolve_references(fragment, _constant(resolved), prefix="a:"))
        assert not _OPEN.search(markup), "a reference stays open"
        assert _tags(markup) == _tags(_read_back(markup)), "resolved, the HTML is another for an HTML5 parser"


def _constant(resolved: ResolvedReference | ResolvedFile | None) -> Resolver:
    def resolve(_: Reference) -> ResolvedReference | ResolvedFile | None:
        return resolved

    return resolve


def check_markup(markup: str) -> None:
    """Check that HTML has only what is allowed, and that an HTML5 parser finds the elements that are written."""
    assert allowed.find_violations(markup) == []
    assert _tags(markup) == _tags(_read_back(markup)), "the HTML is another for an HTML5 parser"


def check_plain(fragment: Fragment) -> None:
    """Check that the plain text says nothing that the HTML does not say."""
    assert "\x00" not in fragment.plain
    if _MATH.search(fragment.html):
        return  # a formula's line of characters is not in its MathML
    words = _NAMED.sub(lambda named: f"{named[1]} ", _MARK.sub("", fragment.html))
    shown = "".join(unescape(_MARKUP.sub("", words)).split())
    for line in fragment.plain.split("\n"):
        assert "".join(line.split()) in shown, f"not in the HTML: {line!r}"


def _tags(markup: str) -> list[str]:
    return _TAG.findall(_EMPTY.sub(r"<\1\2></\1>", markup))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    attributes = set().union(*allowed.ATTRIBUTES.values(), allowed.MATH_ATTRIBUTES, allowed.EVERYWHERE)
    return nh3.Cleaner(
        tags=allowed.PHRASING | allowed.BLOCKS | allowed.HEADINGS | allowed.MATHML | {"video", "audio"},
        attributes={"*": attributes},
        clean_content_tags=set(),
        strip_comments=False,
        link_rel=None,
    )


def _read_back(markup: str) -> str:
    """Return HTML as an HTML5 parser writes what it has read."""
    return _cleaner().clean(markup)


def _seeds() -> tuple[bytes, ...]:
    cases = [case for file in sorted(CASES.glob("text-*.md")) for case in read_fixture_file(file)]
    return tuple(text.encode() for _, _, text, _ in cases)


TARGET = Target(check, describe, _seeds(), encode_all(*PIECES), ("markdown_it",))
