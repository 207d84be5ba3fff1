"""Fenced code -> HTML whose tokens have our own classes, which the theme colours.

The classes are the values of `TOKEN_CLASSES`: a dozen, few enough for a light and a dark palette, instead of Pygments'
hundred. A language that Pygments doesn't know is shown plain. Pygments is imported when the first fence is rendered.
"""

from functools import cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ..limits import CODE_LENGTH

if TYPE_CHECKING:
    from pygments.lexer import Lexer

TOKEN_CLASSES = {
    "Token.Keyword.Constant": "tok-constant",
    "Token.Keyword": "tok-keyword",
    "Token.Name.Builtin": "tok-builtin",
    "Token.Name.Function": "tok-name",
    "Token.Name.Class": "tok-name",
    "Token.Name.Decorator": "tok-name",
    "Token.Name.Tag": "tok-name",
    "Token.Name.Attribute": "tok-name",
    "Token.Name.Constant": "tok-constant",
    "Token.Literal.String": "tok-string",
    "Token.Literal.Number": "tok-number",
    "Token.Literal": "tok-constant",
    "Token.Comment": "tok-comment",
    "Token.Operator.Word": "tok-keyword",
    "Token.Operator": "tok-operator",
    "Token.Generic.Inserted": "tok-inserted",
    "Token.Generic.Deleted": "tok-deleted",
    "Token.Generic.Heading": "tok-heading",
    "Token.Generic.Subheading": "tok-heading",
}
"""Pygments' token types and the classes that they and their subtypes get. All others get none."""


def highlight(code: str, language: str) -> str:
    """Return code as escaped HTML, its tokens in `span` elements if the language is known."""
    lexer = _lexer(language.lower()) if language and len(code) <= CODE_LENGTH.most else None
    if lexer is None:
        return escape(code, quote=False)
    parts = []
    for name, run in groupby(lexer.get_tokens(code), key=lambda token: _token_class(str(token[0]))):
        text = escape("".join(value for _, value in run), quote=False)
        parts.append(f'<span class="{name}">{text}</span>' if name and not text.isspace() else text)
    return "".join(parts)


@cache
def _token_class(token: str) -> str:
    while token:
        if token in TOKEN_CLASSES:
            return TOKEN_CLASSES[token]
        token = token.rpartition(".")[0]
    return ""


@cache
def _lexer(language: str) -> "Lexer | None":
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
