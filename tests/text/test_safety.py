"""Whatever is typed, what comes out is safe HTML, and nothing raises."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from digest.model import Reference
from digest.text.fragment import ResolvedFile, ResolvedReference, resolve_references
from digest.text.markdown import render_abstract, render_commentary, render_title
from digest.text.math import set_math
from digest.text.opening import opening

from ..linear import is_linear

Violations = Callable[[str], list[str]]

PIECES = [
    *"가나 \n\t*_`[]()<>!$\\#-|:>&\"'/=~1.",
    "**", "__", "$$", "```", "```python\n", "\n\n", "    ", "[[", "]]", "![", "](", "javascript:", "data:text/html,",
    "https://example.org/", "http://", "mailto:a@example.org", "https://arxiv.org/abs/2305.10403", "arXiv:2305.10403",
    "<script>", "</p>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "&lt;", "&#60;", "&quot;", "onclick=", "style=",
    "ref:note:x", '<a class="ref" href="ref:note:x">', "\\frac{a}{b}", "\\href{javascript:x}{y}", "\\color{red}", "\\text{",
    "\\begin{align}", "\\end{align}", "| a | b |\n|---|---|\n", "1. ", "- ", "> ", "# ", "살펴보면,\n",
    "[^1]", "[^1]: ", "^[", "~~", "==", "- [x] ", "> [!note]- ", " ^id", "{{ x }}", "{% y %}", "\\(", "\\)", "\\[", "\\]",
    "<b>", "</b>", "<a href='https://example.org'>", "<a href=javascript:x>", "</a>", "<details open><summary>", "</summary>", "</details>",
    "<table><tr><td colspan=2>", "</td></tr></table>", "<div align=center>", "</div>", "<p>", "<br/>", "<img src='a.png' width=3>", "<li>", "<ul>",
    "</ul>", "<iframe src='https://www.youtube.com/embed/x'>", "</iframe>", "<video src=a.mp4>", "</video>", "<h2 onclick=x>", "</h2>", "<pre>", "<svg>",
    "<math>", "<style>", "<EOS>", "</", "![[a.png|3]]", "![[b]]", "[[#c]]", "[[a.pdf]]", "[x](../b.md#c)", '![](a.png "t")', "<center>", "<blockquote>",
    "\\newcommand{\\x}[1]{#1}", "\\x", "\u200b", "\ufeff", "\0", "\r",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
TEX = st.lists(
    st.sampled_from(
        [*"abx12 {}[]()^_&~'\"<>%#$|/=", "\\\\", "\\frac", "\\sqrt", "\\text", "\\mathcal", "\\left(", "\\right)", "\\color{red}",
         "\\href{x}{y}", "\\begin{array}{c|c}", "\\end{array}", "\\begin{cases}", "\\end{cases}", "\\label{x}", "\\ref{x}",
         "\\operatorname{x}", "\\hspace{1em}", "\\boxed", "\\cancel", "\\sum", "\\int", "\\vec", "\\tag{1}", "\\hline", "한"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(text=TEXTS)
@example(text="[a](https://example.org/\"onmouseover='x')")
@example(text="$\\text{</math><script>alert(1)</script>}$")
@example(text='```"><script>\nx\n```')
def test_a_commentary_is_safe_html_whatever_is_typed(violations: Violations, text: str) -> None:
    assert violations(render_commentary(text).html) == []


@given(text=TEXTS)
def test_an_abstract_and_a_title_are_safe_html_whatever_is_pasted(violations: Violations, text: str) -> None:
    assert violations(render_abstract(text).html) == []
    assert violations(str(render_title(text))) == []


@given(tex=TEX, display=st.booleans())
def test_math_is_safe_whatever_the_tex(violations: Violations, tex: str, display: bool) -> None:
    assert violations(set_math(tex, display=display).html) == []


@given(st.sampled_from(["{", "\\frac", "\\sqrt{", "\\left(", "\\begin{pmatrix}", "x^{", "\\vec ", "^", "\\text{"]))
def test_math_nested_without_end_is_shown_as_its_source(piece: str) -> None:
    assert not set_math(piece * 5_000, display=False).is_set


@given(TEXTS)
def test_resolving_leaves_no_symbolic_address(text: str) -> None:
    fragment = render_commentary(text)
    for resolved in (ResolvedReference("/2024/03/19/x/", "이름", "첫 문장"), ResolvedFile("/f/a.png", 3, 2), None):

        def resolve(
            _: Reference, found: ResolvedReference | ResolvedFile | None = resolved
        ) -> ResolvedReference | ResolvedFile | None:
            return found

        markup = str(resolve_references(fragment, resolve, prefix="a:"))
        if markup.strip():
            root = html.fragment_fromstring(markup, create_parent="main")
            values = [value for element in root.iter() for name, value in element.items() if name != "alttext"]
            assert not any(value.startswith(("ref:", "#ref:")) for value in values)


@given(TEXTS)
def test_every_id_is_given_once_and_every_footnote_leads_to_one(text: str) -> None:
    markup = str(resolve_references(render_commentary(text), lambda _: None, prefix="a:"))
    if markup.strip():
        root = html.fragment_fromstring(markup, create_parent="main")
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert {(link.get("href") or "#")[1:] for link in root.iter("a") if link.get("role")} <= set(ids)


@given(TEXTS)
def test_rendering_twice_gives_the_same_and_normalisation_makes_no_difference(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    if unicodedata.normalize("NFC", decomposed) == composed:
        assert render_commentary(decomposed) == render_commentary(composed) == render_commentary(text)


@given(TEXTS, st.integers(min_value=20, max_value=200))
def test_an_opening_is_one_line_within_its_limit(text: str, limit: int) -> None:
    first = opening(render_commentary(text).html, limit).plain
    assert len(first) <= limit
    assert "\n" not in first


@given(st.text(alphabet="가나다라 abc,", min_size=1).filter(lambda text: text.strip()))
def test_words_without_markup_come_out_as_they_went_in(text: str) -> None:
    assert render_commentary(text).plain.split() == text.split()


@pytest.mark.linear
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "[a](",
        "[[a|",
        "*a ",
        "**a",
        "_a",
        "$a\\",
        "`",
        "&a",
        "<a",
        "> ",
        "- ",
        "|",
        "https://",
        "arxiv:",
        "가,\n",
        "(",
        "a@",
        "~~a",
        "==",
        "^[",
        "[^1]",
        "[^a]: b\n",
        "<b>",
        "<b></i>",
        "<div>\n",
        "<div><p>",
        "<table>\n",
        "<img\n",
        "<a href='",
        "{{a",
        "{% ",
        "{%%}",
        "\\(x",
        "\\[\n",
        "$$\n",
        "> [!note]\n",
        "![[",
        "| `a | ",
        "|\n|-\n",
    ],
)
def test_the_time_to_render_a_text_grows_with_its_length_alone(piece: str) -> None:
    def render(size: int) -> None:
        fragment = render_commentary(piece * size)
        opening(fragment.html)
        render_abstract(piece * size)

    assert is_linear(render, 1_250)


@pytest.mark.parametrize(
    ("words", "is_isolated"), [("word", False), ("말", False), ("שלום", True), ("مرحبا", True), ("\u202edrow", True)]
)
def test_a_link_is_isolated_only_if_its_words_may_reorder_others(words: str, is_isolated: bool) -> None:
    shown = f"<bdi>{words}</bdi>" if is_isolated else words
    written = render_commentary(f"새는 [{words}](https://a.example/)를 봅니다.").html
    assert f'새는 <a href="https://a.example/">{shown}</a>를 봅니다.' in written
