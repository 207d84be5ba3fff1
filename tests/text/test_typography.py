"""Typographic marks: which quotes a language has, what stays, and that nothing of what was typed is lost."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from digest.text.markdown import render_abstract, render_commentary, render_title
from digest.text.typography import typeset

from ..linear import is_linear
from .test_safety import TEXTS

Violations = Callable[[str], list[str]]
TYPED = {
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚`", "'"),
    "–": "--", "—": "---", "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇔": "<=>", "…": "...", "\u202f": "",
}  # fmt: skip
TAG = re.compile(r"<[^>]*>")


def typed(html: str) -> str:
    """Return the text of HTML with every mark as a keyboard has it."""
    text = "".join(TYPED.get(character, character) for character in unescape(TAG.sub("", html)))
    return text.replace("''", '"')


@given(text=TEXTS)
@example(text="\"'a' -- b\" --- ``c'' -> <-> <=> => <- ... 'd'")
def test_undoing_the_marks_gives_what_was_typed_and_no_tag_changes(text: str) -> None:
    for html, is_pasted in ((render_commentary(text).html, False), (render_abstract(text).html, True)):
        for lang in ("ko", "de"):
            result = typeset(html, lang, is_pasted=is_pasted)
            assert typed(result) == typed(html)
            assert TAG.findall(result) == TAG.findall(html)


@given(text=TEXTS)
def test_a_typeset_text_is_safe_html(violations: Violations, text: str) -> None:
    assert violations(typeset(render_commentary(text).html, "ko")) == []


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ko", "“A ‘b’ c”"),
        ("en-GB", "“A ‘b’ c”"),
        ("ja", "“A ‘b’ c”"),
        ("de", "„A ‚b‘ c“"),
        ("de-AT", "„A ‚b‘ c“"),
        ("fr", "«\u202fA “b” c\u202f»"),
        ("es", "«A “b” c»"),
        ("ru", "«A „b“ c»"),
        ("pl", "„A ‚b’ c”"),
        ("sv", "”A ’b’ c”"),
    ],
)
def test_quotes_are_those_of_the_language(lang: str, expected: str) -> None:
    assert typeset("<p>\"A 'b' c\"</p>", lang) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "sentence",
    [
        'He said "yes" and left.',
        "The 'new' model isn't the authors' own.",
        '"It\'s fine," she said ("mostly").',
        'The "zero-shot"/"few-shot" gap',
        "\"'a' b\" and 'c \"d\"'",
        "Don't, won't, O'Neil's",
        "A long-lived 'idea', 'plan' and 'goal'.",
        'an *"emphasised"* word and **"strong"** ones',
    ],
)
def test_english_quotes_are_those_of_markdown_its_own_rule(sentence: str) -> None:
    library = MarkdownIt("commonmark", {"typographer": True}).enable(["smartquotes"])
    rendered = render_commentary(sentence, lang="en").html
    assert typeset(rendered, "en") == library.render(sentence)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("an ``odd'' and a `single' one", "an “odd” and a ‘single’ one"),
        ("an ''odd'' one and ``another\" one", "an “odd” one and “another” one"),
        ("our approach--a new one (JEST)--is", "our approach–a new one (JEST)–is"),
        ("10--20 times -- or more", "10–20 times – or more"),
        ("with --flag and run --all", "with --flag and run --all"),
        ("$f$'s value, $f'(x)$", '<math alttext="f"><mi>f</mi></math>’s value,'),
        (r"$a -> b$ and \(c -- d\)", 'alttext="a -&gt; b"'),
    ],
)
def test_an_abstract_has_the_marks_of_tex_as_marks_of_print(pasted: str, expected: str) -> None:
    assert expected in typeset(render_abstract(pasted).html, "en", is_pasted=True)


def test_a_title_is_typeset_around_its_compounds_and_its_math() -> None:
    title = str(render_title('No "Zero-Shot" -- Kim\'s'))
    assert typeset(title, "en") == 'No “<span class="nb">Zero-Shot</span>” – Kim’s'
    title = str(render_title("Kim's $x'$"))
    assert typeset(title, "en").startswith('Kim’s <math alttext="x&#x27;">')


def test_a_text_without_marks_is_returned_as_it_is() -> None:
    html = render_commentary("모델은 [좋다](https://example.org/a), 그리고 `x`도.").html
    assert typeset(html, "ko") is html


@pytest.mark.parametrize(
    "piece",
    ['"', "'", "a->", '"<b></b>', "`", "-- ", "<a>'</a>", "'a ", ".a/...", '<a class="ref" href="ref:note:x">"x</a>'],
)
def test_typesetting_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda size: typeset(piece * size, "ko"), 2000)
