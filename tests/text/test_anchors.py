"""Ids of headings, and the links that find them."""

import pytest

from digest.text.anchors import find_heading


@pytest.mark.parametrize(
    ("ids", "part", "found"),
    [
        (["the-bird-s-nest"], "The bird's nest", "the-bird-s-nest"),
        (["the-bird-s-nest"], "the-birds-nest", "the-bird-s-nest"),
        (["nest-yaml", "nests"], "nestyaml", "nest-yaml"),
        (["notes-language"], "notes_language", "notes-language"),
        (["nest", "nest-2", "nest-3"], "nest-2", "nest-2"),
        (["nest", "nest-2"], "nest-1", "nest-2"),
        (["nest", "egg"], "nest-1", ""),
        (["a-bc", "ab-c"], "abc", ""),
        (["^ab"], "^a-b", ""),
        ([], "nest", ""),
    ],
)
def test_a_heading_is_found_by_its_words_its_id_or_its_id_on_a_forge(ids: list[str], part: str, found: str) -> None:
    assert find_heading(ids, part) == found
