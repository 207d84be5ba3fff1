"""Text that is known to be safe HTML -> Markup, the type that templates don't escape.

Nothing outside this module declares text to be HTML, so a review for unescaped text begins here.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape
from msgspec import json

from ..scripts import has_right_to_left


def trusted(html: str) -> Markup:
    """Declare HTML that this stage rendered to be safe."""
    return Markup(html)


def script_json(value: object) -> Markup:
    """Encode a value as JSON that can stand inside a script element: without `<` nothing can end the element.

    See "Restrictions for contents of script elements" in the HTML standard.
    """
    text = json.encode(value).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def isolated(text: str) -> str:
    """Return a title or a name so that it keeps its own direction and the words around it keep theirs.

    Text without letters that are written from right to left is returned as it is.
    """
    return Markup(f'<span dir="auto">{escape(text)}</span>') if has_right_to_left(text) else text


def listed(names: Iterable[str]) -> Markup:
    """Return names with commas between them, each isolated from the others."""
    return Markup(", ").join(map(isolated, names))


def paragraph(text: str, lang: str = "") -> Markup:
    """Return plain text as an HTML paragraph."""
    return Markup(f"<p{_lang(lang)}>{escape(text)}</p>")


def heading(html: Markup, lang: str = "") -> Markup:
    """Return HTML as a heading within an entry."""
    return Markup(f"<h3{_lang(lang)}>{html}</h3>")


def link(label: str, url: str) -> Markup:
    """Return a link. A label that is HTML stays HTML."""
    return Markup(f'<a href="{escape(url)}">{escape(label)}</a>')


def block_quote(html: Markup, lang: str = "") -> Markup:
    """Return HTML as a block quote."""
    return Markup(f"<blockquote{_lang(lang)}>{html}</blockquote>")


def _lang(lang: str) -> str:
    return f' lang="{escape(lang)}"' if lang else ""
