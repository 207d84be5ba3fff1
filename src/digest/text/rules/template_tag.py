"""Inline rule: Liquid (`{% … %}`, `{{ page.title }}`), shortcodes (`{{< … >}}`) and kramdown's `{: … }` are left out and counted."""

import re

from markdown_it.rules_inline import StateInline

_TAG = re.compile(r"\{%[^\n]{0,400}?%\}|\{\{[<%][^\n]{0,400}?[%>]\}\}|\{\{-?\s*[A-Za-z_\"'][^{}\n]*\}\}")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
_ENDS_OF_ELEMENTS = tuple(")*_`]>")


def template_tag(state: StateInline, silent: bool) -> bool:
    """Take the tag that begins here."""
    if state.src[state.pos] != "{":
        return False
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None and state.src[: state.pos].endswith(_ENDS_OF_ELEMENTS):
        match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.env["template_tags"] = state.env.get("template_tags", 0) + 1
    state.pos = match.end()
    return True
