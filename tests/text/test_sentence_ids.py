"""Ids on sentences: each where its words are, around whole elements only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.anchors import anchor_of
from digest.text.fragment import resolve_references
from digest.text.markdown import render_commentary
from digest.text.sentence_ids import mark_sentences

from ..linear import is_linear


def marked(text: str, *sentences: str, part: str = "?") -> str:
    fragment, _ = mark_sentences(render_commentary(text), [(sentence, part) for sentence in sentences])
    return fragment.html.replace("ref:here:", "").strip()


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        ("하나입니다. 둘입니다.", "둘입니다.", '<p>하나입니다. <span id="said-1">둘입니다.</span></p>'),
        ("a & b. c.", "a & b.", '<p><span id="said-1">a &amp; b.</span> c.</p>'),
        ("**7B** 모델. 둘.", "7B 모델.", '<p><span id="said-1"><strong>7B</strong> 모델.</span> 둘.</p>'),
        ("작은 **7B.** 둘.", "작은 7B.", '<p><span id="said-1">작은 <strong>7B.</strong></span> 둘.</p>'),
        ("*하나. 둘.* 셋.", "둘.", '<p><em>하나. <span id="said-1">둘.</span></em> 셋.</p>'),
        ("하나 *둘. 셋* 넷.", "하나 둘.", '<p><span id="said-1">하나 <em>둘. 셋</em> 넷.</span></p>'),
        ("- 하나\n- 둘", "둘", '<ul>\n<li>하나</li>\n<li><span id="said-1">둘</span></li>\n</ul>'),
    ],
)
def test_a_sentence_is_wrapped_with_whole_elements(text: str, sentence: str, expected: str) -> None:
    assert marked(text, sentence) == expected


def test_a_sentence_with_a_formula_is_found_by_a_part_and_its_block_has_the_id() -> None:
    html = marked("하나.\n64 레이어, $d=2$ 입니다. 둘.", "64 레이어, d=2 입니다.", part="64 레이어")
    assert html.startswith('<p>하나.</p>\n<p><span id="said-1">64 레이어, <math')
    assert html.endswith("둘.</span></p>")


def test_a_sentence_with_a_footnote_is_found() -> None:
    html = marked("7B 모델[^1]입니다. 둘.\n\n[^1]: 작다.", "7B 모델입니다.")
    assert '<p><span id="said-1">7B 모델<sup class="fn"' in html
    assert "입니다.</span> 둘.</p>" in html


def test_sentences_are_numbered_in_the_order_of_the_text_and_equal_ones_have_one_id() -> None:
    fragment = render_commentary("하나. 둘. 셋.")
    found, ids = mark_sentences(fragment, [("셋.", ""), ("하나.", ""), ("셋.", ""), ("넷.", "넷"), ("", "")])
    assert ids == ("said-2", "said-1", "said-2", "", "")
    assert found.anchors == ("said-1", "said-2")
    assert found.plain == fragment.plain
    assert found.html == '<p><span id="ref:here:said-1">하나.</span> 둘. <span id="ref:here:said-2">셋.</span></p>\n'


def test_a_text_without_sentences_is_unchanged() -> None:
    fragment = render_commentary("## 하나\n둘.")
    assert mark_sentences(fragment, []) == (fragment, ())
    assert mark_sentences(fragment, [("", "")]) == (fragment, ("",))


def test_the_ids_are_of_the_page_and_of_no_heading() -> None:
    fragment, _ = mark_sentences(render_commentary("## Said 1\n둘."), [("둘.", "")])
    html = resolve_references(fragment, lambda _: None, prefix="owl:")
    assert 'id="owl:said-1-1"' in html
    assert '<span id="owl:said-1">둘.</span>' in html
    assert anchor_of("said 1") == "said-1-1"


PIECES = st.sampled_from(
    [
        "하나.",
        "둘",
        " ",
        "**",
        "*",
        "`",
        "[셋](https://a.example)",
        "$x$",
        "\n",
        "- ",
        "> ",
        "# ",
        "<b>",
        "</b>",
        "&amp;",
        "|",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_every_line_of_any_text_can_be_marked_and_elements_stay_whole(text: str, data: st.DataObject) -> None:
    fragment = render_commentary(text)
    lines = [line for line in fragment.plain.split("\n") if line]
    chosen = data.draw(st.lists(st.sampled_from(lines), max_size=4)) if lines else []
    found, ids = mark_sentences(fragment, [(line, line[:1]) for line in chosen])
    assert re.sub(r'<span id="ref:here:said-\d+">', "", found.html).replace("</span>", "") == fragment.html.replace(
        "</span>", ""
    )
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z0-9]+)", found.html):
        if closing:
            assert opened.pop() == name
        elif name not in {"br", "hr", "img", "input"}:
            opened.append(name)
    assert not opened
    assert len(ids) == len(chosen)


@pytest.mark.linear
@pytest.mark.parametrize("piece", ["하나. ", "**하나** ", "<b>", "&", "$x$ ", "- 하나\n"])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    def mark(size: int) -> None:
        mark_sentences(texts[size], [("하나. 하나.", "하나"), ("둘", "하나")])

    texts = {size: render_commentary(piece * size) for size in (1_000, 4_000)}
    assert is_linear(mark, 1_000)
