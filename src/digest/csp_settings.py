"""The setting `csp` in digest.yaml: other sites that pages may load from, by directive, and the mistakes in it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from .diagnostics import Diagnostic
from .iri import ascii_address
from .settings_nodes import mistake_at, text_of

if TYPE_CHECKING:
    Directive = str  # a type checker would not take a mapping by directive for one by text
else:
    Directive = Literal[
        "connect-src", "font-src", "form-action", "frame-src", "img-src", "media-src", "script-src", "style-src"
    ]

_SELF = ("self", "'self'")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(
    rf"https://(?:\*\.{_LABEL}\.)?{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?(?:/[\w.~%/-]*)?", re.ASCII | re.IGNORECASE
)
_FORM = "write `self`, or a host such as `https://stats.example.org` or `https://*.example.org`"


def find_csp_mistakes(node: Any) -> Iterator[Diagnostic]:
    """Yield a mistake for each source that is not allowed. `node` is the mapping that they were read from."""
    for key, values in node.value:
        for item in values.value:
            source = item.value
            if source not in _SELF and not _HOST.fullmatch(source):
                yield mistake_at(item, *_explain(text_of(key), source))


def _explain(directive: str, source: str) -> tuple[str, str]:
    """Return why a source is not allowed, and what to write instead."""
    message = f"`csp.{directive}` cannot have `{source}`"
    if source.strip("'").startswith("unsafe-"):
        return (
            f"{message}, which would also allow scripts in a note",
            "put the script or the style into a file under `templates/static/`",
        )
    https = source.replace("http://", "https://", 1) if source.startswith("http://") else f"https://{source}"
    if source.startswith("http://") and _HOST.fullmatch(https):
        return f"{message}, since anyone on the way can change what it sends", f"write `{https}`"
    for written in (ascii_address(source), https):
        if _HOST.fullmatch(written) and "." in written:
            return message, f"write `{written}`"
    if "*" in source:
        return message, "`*` can only stand for the first part of a host, as in `https://*.example.org`"
    return message, _FORM
