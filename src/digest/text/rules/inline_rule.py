"""Inline rules that plugins add: a pattern in a line becomes a link or an element with plain text in it."""

import re
from collections.abc import Callable
from typing import Literal

from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from msgspec import Struct

_TAGS = {"em": ("em", "*"), "strong": ("strong", "**"), "mark": ("mark", "=="), "del": ("del", "~~")}


class Run(Struct, frozen=True):
    """The text that takes the place of a match: plain, in an element, or a link to an http, https or mailto address."""

    text: str
    element: Literal["", "em", "strong", "mark", "del", "code"] = ""
    link: str = ""


class InlineRule(Struct, frozen=True):
    """A rule for a line of commentary, tried before all others.

    `starts` are the characters that a match may begin with. `pattern` is a regular expression; look-behind sees the whole line.
    `write` turns a match into a `Run`. Rules see neither code nor math, and what they return is escaped.
    """

    starts: str
    pattern: str
    write: Callable[[re.Match[str]], Run]


def compile_rule(rule: InlineRule) -> RuleFuncInlineType:
    """Return a rule as markdown-it calls it; raise ValueError for a pattern that is no regular expression."""
    try:
        pattern = re.compile(rule.pattern)
    except re.error as error:
        raise ValueError(f"`{rule.pattern}` is not a regular expression: {error}") from error

    def read(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None or not match[0]:
            return False
        if not silent:
            _push(state, rule.write(match))
        state.pos = match.end()
        return True

    return read


def _push(state: StateInline, run: Run) -> None:
    linked = bool(run.link) and state.md.validateLink(run.link)
    if linked:
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(run.link)}
    if run.element == "code":
        state.push("code_inline", "code", 0).content = run.text
    elif run.element:
        tag, markup = _TAGS[run.element]
        state.push(f"{run.element}_open", tag, 1).markup = markup
        state.push("text", "", 0).content = run.text
        state.push(f"{run.element}_close", tag, -1).markup = markup
    else:
        state.push("text", "", 0).content = run.text
    if linked:
        state.push("link_close", "a", -1)
