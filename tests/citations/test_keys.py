"""Citation keys: what they are made of, and that no edit changes the key of another entry."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

from digest.citations.keys import Cited, base_key, find_other_keys, give_keys
from digest.citations.names import parse_authors
from digest.citations.work import CitedWork


@pytest.mark.parametrize(("authors", "published", "title", "key"), [
    (["Ada Kim"], "2024-03-19", "Attention Is Not Enough", "kim2024attention"),
    (["Ada Kim", "Ben Cho"], "2024", "On the Use of Larks", "kim2024use"),
    (["Guido van der Hoven"], "2024", "A Lark", "hoven2024lark"),
    (["Jürgen Müller"], "2024", "Larks", "muller2024larks"),
    (["Łukasz Żółw"], "2024", "Larks", "zolw2024larks"),
    (["Кирилл Волков"], "2024", "Larks", "volkov2024larks"),
    (["Νίκος Παπαδάκης"], "2024", "Larks", "papadakis2024larks"),
    (["김도윤"], "2024", "주의 기제", "kim2024juui"),
    (["남궁민서"], "2024", "Larks", "namgung2024larks"),
    (["갈도윤"], "2024", "갉작 읽기", "galdoyun2024gakjak"),
    (["林小雨"], "2024", "Larks", "u67972024larks"),
    (["O'Malley, Owen"], "2024", "Larks", "omalley2024larks"),
    (["Gemini Team"], "2023", "Gemini: Larks", "gemini2023gemini"),
    (["01.AI: Alex Young"], "2024", "Yi", "01ai2024yi"),
    (["Team Heron"], "2024", "Larks", "heron2024larks"),
    (["The Robotics Team @ Acme"], "2024", "Larks", "robotics2024larks"),
    ([], "2024", "Lark-1 Released", "lark2024released"),
    ([], "", "Lark", "lark"),
    (["Ada Kim"], "", "2024", "kim2024"),
    ([], "", "!?", "untitled"),
    (["Ada Kim"], "2024", "U-Net: 3 Larks", "kim2024net"),
    (["Ada Kim"], "2024", "Supercalifragilisticexpialidociouslark", "kim2024supercalifragilisticexpi"),
])  # fmt: skip
def test_a_key_has_a_name_a_year_and_a_word(authors: list[str], published: str, title: str, key: str) -> None:
    assert base_key(CitedWork("article", title, parse_authors(authors), published=published)) == key


class Made(Struct, frozen=True):
    """An invented entry: its id, its work, and the key that its data give."""

    id: str
    work: str
    base: str


def give(entries: Sequence[Made], held: dict[str, str]) -> dict[str, str]:
    return give_keys([Cited(each.id, each.work, partial(str, each.base)) for each in entries], held)


def test_keys_are_numbered_in_the_order_of_the_digest() -> None:
    entries = [Made("1", "a", "kim2024lark"), Made("2", "b", "kim2024lark"), Made("3", "c", "kim2024lark")]
    assert give(entries, {}) == {"1": "kim2024lark", "2": "kim2024lark-2", "3": "kim2024lark-3"}


def test_entries_about_one_work_have_one_key() -> None:
    entries = [Made("1", "a", "lark"), Made("2", "a", "kim2024lark"), Made("3", "b", "lark")]
    assert give(entries, {}) == {"1": "lark", "2": "lark", "3": "lark-2"}
    assert give(entries[1:], {"2": "lark", "3": "lark-2"}) == {"2": "lark", "3": "lark-2"}


def test_a_key_of_an_entry_that_is_gone_is_never_given_again() -> None:
    assert give([Made("2", "b", "lark")], {"1": "lark"}) == {"2": "lark-2"}


def test_a_corrected_name_or_title_keeps_the_key() -> None:
    assert give([Made("1", "a", "kim2024heron")], {"1": "kin2024lark"}) == {"1": "kin2024lark"}


def test_an_earlier_entry_that_is_added_later_gets_the_number() -> None:
    entries = [Made("0", "b", "lark"), Made("1", "a", "lark")]
    assert give(entries, {"1": "lark"}) == {"0": "lark-2", "1": "lark"}


def test_an_entry_whose_link_is_corrected_to_another_work_leaves_the_key_to_the_other_entry() -> None:
    held = {"1": "lark", "2": "lark"}
    assert give([Made("1", "b", "heron"), Made("2", "a", "lark")], held) == {"1": "heron", "2": "lark"}


def test_works_that_turn_out_to_be_one_keep_both_keys() -> None:
    entries = [Made("1", "a", "lark"), Made("2", "a", "heron")]
    held = {"1": "lark", "2": "heron"}
    keys = give(entries, held)
    assert keys == {"1": "lark", "2": "lark"}
    assert find_other_keys(keys, held) == {"lark": ("heron",)}


def test_keys_that_a_merge_left_twice_are_given_once() -> None:
    held = {"1": "lark", "2": "lark"}
    assert give([Made("1", "a", "lark"), Made("2", "b", "lark")], held) == {"1": "lark", "2": "lark-2"}


_ENTRIES = st.lists(
    st.builds(Made, st.sampled_from("abcdefgh"), st.sampled_from("123456789"), st.sampled_from(["lark", "heron"])),
    max_size=7,
    unique_by=(lambda made: made.id, lambda made: made.work),
)


@given(_ENTRIES, _ENTRIES, st.randoms())
def test_no_edit_changes_the_key_of_another_entry(before: list[Made], after: list[Made], chance: object) -> None:
    held: dict[str, str] = {}
    held |= give(before, held)
    kept = {each.id for each in before if each in after}
    edited = [structs.replace(each, work=f"{each.work}{each.id}") if each.id not in kept else each for each in after]
    keys = give(sorted(edited, key=lambda made: made.id), held)
    assert {name: keys[name] for name in kept} == {name: held[name] for name in kept}
    assert len(set(keys.values())) == len(edited)
