"""Inline rule: a bare URL is a link, and an arXiv address or `arXiv:2305.10403` is a reference to the paper.

The rule acts at the colon, so that text without one costs nothing. `digest.urls` says where a URL begins and ends.
"""

import re

from markdown_it.rules_inline import StateInline

from ...model import Reference
from ...urls import arxiv_id, arxiv_label_at, arxiv_version, url_at

_BEFORE_COLON = re.compile(r"(?:https?|mailto|arxiv)$", re.IGNORECASE)
_LONGEST_WORD = len("mailto")


def bare_url(state: StateInline, silent: bool) -> bool:
    """Take the address whose colon is here, with its scheme, which is already in the pending text."""
    pos = state.pos
    if state.src[pos] != ":":
        return False
    word = _BEFORE_COLON.search(state.src[max(0, pos - _LONGEST_WORD) : pos])
    if word is None:
        return False
    start = pos - len(word[0])
    url = ""
    if word[0].lower() == "arxiv":
        end, identifier, version = arxiv_label_at(state.src, start, state.posMax)
    else:
        url = url_at(state.src, start, state.posMax)
        end, identifier = start + len(url), arxiv_id(url) or ""
        version = arxiv_version(url) if identifier else ""
    if end <= pos or not (silent or state.pending.endswith(word[0])):
        return False
    if not silent:
        state.pending = state.pending[: -len(word[0])]
        _push(state, url, identifier, version)
    state.pos = end
    return True


def _push(state: StateInline, url: str, identifier: str, version: str) -> None:
    label = f"arXiv:{identifier}{version}" if identifier else url
    if state.linkLevel > 0:
        state.push("text", "", 0).content = label
        return
    if identifier:
        opening = state.push("reference_open", "a", 1)
        opening.meta = {"reference": Reference("arxiv", identifier), "version": version}
        state.push("text", "", 0).content = label
        state.push("reference_close", "a", -1)
        return
    opening = state.push("link_open", "a", 1)
    opening.info = "auto"  # the name that markdown-it gives an address between angle brackets
    opening.attrs = {"href": state.md.normalizeLink(url)}
    state.push("text", "", 0).content = label
    state.push("link_close", "a", -1)
