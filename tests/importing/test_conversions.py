"""Text of Hugo, Jekyll and kramdown -> text as digest reads it: the pairs in `tests/cases/import-*.md`."""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from digest.importing.kramdown import convert_kramdown
from digest.importing.liquid import Site, convert_liquid
from digest.importing.pages import Page
from digest.importing.prose import escape_own_marks, fence_scripts, reflow, settle_anchors
from digest.importing.shortcodes import Shortcodes

CASES = Path(__file__).parents[1] / "cases"
SHORTCODES = Shortcodes({"keepers": "\n<ul><li>Ada</li></ul>\n"}, {"site": {"bell": "brass"}})
LIQUID = Site({"author": {"name": "Ada"}}, {"keepers.html": "\n<ul><li>Ada</li></ul>\n"})


def convert(kind: str, text: str) -> str:
    """Return what one of the conversions makes of a text, and below it what it reports."""
    page = Page("a.md", {"title": "Lamps", "keeper": "Ada"}, text)
    shown: list[str] = []

    def report(at: int, name: str) -> None:
        shown.append(f"{name} at {page.line_at(at)}")

    if kind == "prose":
        return reflow(text, keep_breaks=False)
    if kind == "kramdown":
        converted, reports = convert_kramdown(page, text)
        return "\n".join([_trim(converted), *(f"{each.fate}: {each.reason}" for each in reports)])
    if kind == "shortcodes":
        converted = SHORTCODES.convert(page, report)
    else:
        converted = convert_liquid(LIQUID, page, "/lamps/", report)
    return "\n".join([_trim(converted), *([f"shown: {', '.join(shown)}"] if shown else [])])


def _trim(text: str) -> str:
    """Return a text without the blank lines that no reader sees."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


PAIRS = [
    pytest.param(kind, text, expected, id=f"{kind}: {name}")
    for kind in ("prose", "shortcodes", "liquid", "kramdown")
    for _, name, text, expected in read_fixture_file(CASES / f"import-{kind}.md")
]


@pytest.mark.parametrize(("kind", "text", "expected"), PAIRS)
def test_a_text_becomes_what_its_case_says(kind: str, text: str, expected: str) -> None:
    assert _trim(convert(kind, text)) == _trim(expected)


@pytest.mark.parametrize("text", [text for kind, text, *_ in (param.values for param in PAIRS) if kind == "prose"])
def test_a_text_that_is_converted_again_stays_as_it_is(text: object) -> None:
    once = reflow(str(text), keep_breaks=False)
    assert reflow(once, keep_breaks=True) == once


def test_lines_stay_on_a_site_that_keeps_them() -> None:
    assert reflow("The lamp\nis lit.", keep_breaks=True) == "The lamp\nis lit."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[a]] and [[b]](c.md)", "&#91;[a]] and [&#91;b&#93;](c.md)"),
        ("100 %% of %%", r"100 \%\% of \%\%"),
        ("a ==b== c", r"a \=\=b== c"),
        ("{{ x }} {% y %} {# z #}", r"\{{ x }} \{% y %} \{# z #}"),
        ("#fog", r"\#fog"),
        ("x ^id", r"x \^id"),
        ("`[[a]]` $[[a]]$", "`[[a]]` $[[a]]$"),
        ("# Fog", "# Fog"),
    ],
)
def test_marks_that_only_digest_knows_are_shown_as_they_are(text: str, shown: str) -> None:
    assert escape_own_marks(text) == shown


def test_scripts_are_code_and_gists_are_addresses() -> None:
    text, scripts = fence_scripts(
        'a\n<script>\nlet b\n</script>\n<script src="https://gist.github.com/ada/12.js"></script>\n'
    )
    assert text.split() == [
        "a",
        "```html",
        "<script>",
        "let",
        "b",
        "</script>",
        "```",
        "https://gist.github.com/ada/12",
    ]
    assert len(scripts) == 1


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("## Fog & Bell {#fog .big}\n\n[a](#fog) [b](#fog--bell)", "## Fog & Bell\n\n[a](#fog-bell) [b](#fog-bell)"),
        ("## The set {a, b}", "## The set {a, b}"),
        ("## Fog\n\n`[a](#Fog)` [b](#else)", "## Fog\n\n`[a](#Fog)` [b](#else)"),
    ],
)
def test_links_to_headings_lead_to_the_ids_that_digest_gives(text: str, settled: str) -> None:
    assert settle_anchors(text) == settled
