"""Symbolic references in a rendered text -> addresses of the site.

An entry's text is rendered once, without knowing the archive: where it refers to a paper or to another note, the HTML
holds a symbolic address (`ref:arxiv:2305.10403`, `ref:note:Grok-1`). Resolving replaces all of them, so that none ever
reaches a page.
"""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote, unquote

from markupsafe import Markup
from msgspec import Struct

from ..model import Fragment, Reference
from .markup import trusted


class ResolvedReference(Struct, frozen=True):
    """Where a reference leads. `label`, where given, replaces the words that only repeat a wikilink's target."""

    url: str
    label: str = ""


Resolver = Callable[[Reference], ResolvedReference | None]

_SYMBOLIC = re.compile(r'<a class="ref" href="ref:(arxiv|note):([^"]*)">(.*?)</a>')


def reference_tag(reference: Reference) -> str:
    """Return the start tag of a symbolic reference, which `resolve_references` knows how to replace."""
    return f'<a class="ref" href="ref:{reference.kind}:{quote(reference.target, safe="/")}">'


def resolve_references(fragment: Fragment, resolve: Resolver) -> Markup:
    """Return a fragment's HTML with every symbolic reference resolved.

    A known paper leads to its entry, with its arXiv address beside it; an unknown one leads to arXiv. A wikilink to an
    unknown note is no link, and says so by its class.
    """
    if not fragment.references:
        return trusted(fragment.html)

    def replace(match: re.Match[str]) -> str:
        reference = Reference("arxiv" if match[1] == "arxiv" else "note", unquote(match[2]))
        return _link(reference, match[3], resolve(reference))

    return trusted(_SYMBOLIC.sub(replace, fragment.html))


def _link(reference: Reference, label: str, resolved: ResolvedReference | None) -> str:
    if reference.kind == "note":
        if resolved is None:
            return f'<span class="ref-missing">{label}</span>'
        if resolved.label and label == escape(reference.target, quote=False):
            label = escape(resolved.label)
        return f'<a class="ref" href="{escape(resolved.url)}">{label}</a>'
    outside = f"https://arxiv.org/abs/{escape(reference.target)}"
    if resolved is None:
        return f'<a class="ref" href="{outside}">{label}</a>'
    return (
        f'<a class="ref" href="{escape(resolved.url)}">{label}</a>'
        f' <a class="ref-out" href="{outside}" aria-label="arXiv:{escape(reference.target)}">arXiv</a>'
    )
