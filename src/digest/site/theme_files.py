"""The theme's files -> what each is for, and which one a user means by a name."""

import re
from collections.abc import Iterable, Mapping

from .theme import STATIC

_COMMENT = re.compile(
    r"\{#-?\s*(?P<template>.*?)\s*-?#\}|/\*+\s*(?P<style>.*?)\s*\*/|(?P<script>(?://[^\n]*(?:\n|\Z))+)", re.DOTALL
)
_SENTENCE = re.compile(r".*?[.!?](?=\s|\Z)|.*", re.DOTALL)
_PICTURES = {
    "static/favicon.svg": "The icon in a browser's tab.",
    "static/icons/apple-touch-icon.png": "The icon on the home screen of an iPhone or an iPad, of 180 pixels.",
    "static/icons/icon-192.png": "The icon of an installed site, of 192 pixels.",
    "static/icons/icon-512.png": "The icon of an installed site, of 512 pixels.",
    "static/icons/icon-maskable-512.png": "The icon of an installed site that a phone may cut to any shape, of 512 pixels.",
}


def describe_files(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return what each of the theme's files is for, by name: the first sentence of the comment that it begins with.

    Templates of pages come first, then those in folders, then static files. A file without such a comment has no description.
    """
    order = sorted(contents, key=lambda name: ("/" in name, name))
    return {name: _PICTURES.get(name) or _describe(contents[name]) for name in order}


def _describe(content: bytes) -> str:
    found = _COMMENT.match(content.decode(errors="replace"))
    if not found:
        return ""
    text = re.sub(r"^// ?", "", found["script"], flags=re.MULTILINE) if found["script"] else found[found.lastgroup or 0]
    sentence = _SENTENCE.match(" ".join(text.split()))
    return sentence[0] if sentence else ""


def find_files(wanted: str, names: Iterable[str]) -> list[str]:
    """Return the files that a name may mean: the one that has it, or else all that end with it, such as `digest.css`.

    The name may begin with `templates/`, as in messages, or leave out `static/`, as in templates.
    """
    known = sorted(names)
    path = wanted.replace("\\", "/").removeprefix("./").removeprefix("templates/")
    for exact in (path, STATIC + path):
        if exact in known:
            return [exact]
    return [name for name in known if path and name.endswith(f"/{path}")]
