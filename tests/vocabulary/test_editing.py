"""An alias is added to the text of digest.yaml, and nothing else changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from digest.config import parse_config
from digest.vocabulary.editing import EditError, add_aliases

CASES = Path(__file__).parents[1] / "cases" / "aliases.md"
TEXTS = re.findall(
    r"^## (.+?)\n\n```yaml\n(.*?)```\n\n```yaml\n(.*?)```", CASES.read_text("utf-8"), re.DOTALL | re.MULTILINE
)


def add(text: str, name: str, *others: str) -> str:
    return add_aliases(text.encode(), name, others).decode()


@pytest.mark.parametrize(("title", "before", "after"), TEXTS, ids=[title for title, _, _ in TEXTS])
def test_an_alias_is_added_where_an_author_would_write_it(title: str, before: str, after: str) -> None:
    assert add(before, "lm", "language-model") == after


def test_line_ends_and_the_byte_order_mark_stay_those_of_the_file() -> None:
    text = "\ufefftitle: a\r\nhome_days: 3\r\n"
    assert add(text, "lm", "b") == text + "aliases:\r\n  lm: [b]\r\n"


def test_another_spelling_of_the_tag_has_the_list() -> None:
    assert add("aliases:\n  LM: [a]\n", "lm", "b") == "aliases:\n  LM: [a, b]\n"


def test_tags_that_yaml_would_misread_have_quotes() -> None:
    assert parse_config(add("", "no", "c#", "o'reilly", "1d").encode())[0].aliases == {"no": ("c#", "o'reilly", "1d")}


def test_settings_in_braces_are_a_mapping_too() -> None:
    assert add("{title: a}\n", "lm", "b") == "{title: a, aliases: {lm: [b]}}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("aliases:\n  nmt: [b]\n", "`b` is an alias of both `nmt` and `lm` (keep one of the two)"),
        ("aliases:\n  b: [c]\n", "`b` is an alias of `lm` and also has aliases (merge the two lists)"),
        ("tags: {b: {label: B}}\n", "`b` is an alias of `lm` (move these settings to `lm`)"),
        ("tags: {lm: {parent: x}, x: {parent: b}}\n", "the parents lead in a loop, from `lm` to `x` to `lm`"),
    ],
)
def test_an_alias_that_would_be_a_mistake_is_refused(text: str, message: str) -> None:
    with pytest.raises(EditError, match=f"^{re.escape(message)}"):
        add(text, "lm", "b")


@pytest.mark.parametrize(
    "text",
    [
        "title: |\n  One line\n  and no line end",  # the text would get one
        "exclude: &list [a]\naliases:\n  lm: *list\n",  # the other list would grow too
    ],
)
def test_a_file_in_which_something_else_would_change_is_refused(text: str) -> None:
    with pytest.raises(EditError, match="add `b` under `aliases:` by hand"):
        add(text, "lm", "b")


WORDS = st.text(st.sampled_from("ab-/#:'\"가1, "), min_size=1, max_size=4).filter(lambda word: word == word.strip())
LINES = st.sampled_from(
    [
        "title: a", "title: |\n  a\n  b", "# note", "", "home_days: 3 # days", "exclude:\n- x", "exclude: [a,\n  b]",
        "aliases:\n  # why\n  lm:\n  - a # one\n  # two", "aliases:\n    nmt: [mt]", "aliases: {lm: [a]}", "aliases: {}",
        "aliases:\n  lm: [\n    a,  # x\n  ]", "aliases:\n  lm: []\n  nmt: [b]", "kinds:\n  talk:\n    tags: [x]",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=5), WORDS, st.sampled_from(["\n", ""]))
def test_only_the_alias_changes_in_any_settings(lines: list[str], other: str, end: str) -> None:
    text = "\n".join(lines) + end
    before, mistakes = parse_config(text.encode())
    if mistakes:
        return
    try:
        after = add(text, "lm", other)
    except EditError:
        return
    wanted = {**before.aliases, "lm": (*before.aliases.get("lm", ()), other)}
    assert parse_config(after.encode()) == (structs.replace(before, aliases=wanted), ())
    added = len(after) - len(text)
    assert any(after[:place] + after[place + added :] == text for place in range(len(text) + 1))


def test_nearly_all_settings_can_be_edited() -> None:
    """If a common form were refused, the test above would not see it."""
    texts = [text for _, text, _ in TEXTS]
    assert [add(text, "xyz", "b") for text in texts]
