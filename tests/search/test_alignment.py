"""Which Korean stems and English terms are taken for a pair, to the limits of each rule."""

from collections.abc import Iterable

import pytest

from digest.search import SearchDocument, index_document
from digest.search.alignment import SAMPLE_BITS, Alignment, Sample, SampledNote, align, halvings_of, is_sampled, packed
from digest.search.stemming import Stemmer, count_documents

NOTES = 100


def note(number: int, title: str, commentary: str) -> SearchDocument:
    return SearchDocument(
        id=f"n{number:03}", url="/", title=title, date=f"2024-{number // 28 + 1:02}-{number % 28 + 1:02}", kind="note",
        commentary=commentary,
    )  # fmt: skip


def sample_of(documents: Iterable[SearchDocument]) -> Sample:
    """Return all documents as notes to align."""
    indexed = list(map(index_document, documents))
    stemmer = Stemmer(count_documents(each.words for each in indexed))
    stems: dict[str, int] = {}
    terms: dict[str, int] = {}
    notes = []
    for each in indexed:
        own = {stems.setdefault(stemmer.stem(word), len(stems)) for word in each.words}
        english = [terms.setdefault(term, len(terms)) for term in each.english]
        notes.append(SampledNote(each.key.date, each.key.id, packed(sorted(own)), packed(english), each.series))
    return Sample(list(stems), list(terms), notes)


def pairs(*groups: tuple[int, str, str], notes: int = NOTES) -> Alignment:
    """Align (how many notes, title, commentary)… among as many notes as given, of which the rest say nothing in common.

    `#` in a title is replaced by a word of the note's own, so that no two titles are a series.
    """
    documents: list[SearchDocument] = []
    for many, title, commentary in groups:
        for _ in range(many):
            own = "".join("abcdefghij"[int(digit)] for digit in f"{len(documents):03}")
            documents.append(note(len(documents), title.replace("#", f"{own}x {own}y"), commentary))
    while len(documents) < notes:
        own = "".join("klmnopqrst"[int(digit)] for digit in f"{len(documents):03}")
        documents.append(note(len(documents), f"{own} {own}z", ""))
    return align(sample_of(documents))


def test_four_notes_make_a_pair_and_three_make_none() -> None:
    assert pairs((4, "lantern #", "등불")) == (("등불", (("lantern", 9),)),)
    assert pairs((3, "lantern #", "등불")) == ()


def test_a_pair_needs_four_notes_with_both() -> None:
    assert pairs((3, "lantern #", "등불"), (2, "lantern #", "산책"), (2, "window #", "등불")) == ()
    assert pairs((4, "lantern #", "등불"), (1, "lantern #", "산책"), (1, "window #", "등불")) == (
        ("등불", (("lantern", 8),)),
    )


def test_its_strength_is_the_cosine_in_tenths() -> None:
    # 4 / sqrt(8 * 8) = .5, 4 / sqrt(4 * 8) = .707
    assert pairs((4, "lantern #", "등불"), (4, "lantern #", ""), (4, "#", "등불")) == (("등불", (("lantern", 5),)),)
    assert pairs((4, "lantern #", "등불"), (4, "lantern #", "")) == (("등불", (("lantern", 7),)),)


@pytest.mark.parametrize(("apart", "is_pair"), [(12, True), (13, False)])
def test_words_that_meet_too_seldom_are_no_pair(apart: int, is_pair: bool) -> None:
    # 4 / sqrt(16 * 16) = .25 and 4 / sqrt(17 * 17) = .235
    found = pairs((4, "lantern #", "등불"), (apart, "lantern #", ""), (apart, "#", "등불"), notes=200)
    assert bool(found) == is_pair


@pytest.mark.parametrize(("many", "is_pair"), [(12, True), (13, False)])
def test_a_word_in_more_than_twelve_notes_of_a_hundred_says_too_little(many: int, is_pair: bool) -> None:
    assert bool(pairs((many, "lantern #", "등불"))) == is_pair
    assert bool(pairs((6, "lantern #", "등불"), (many - 6, "lantern #", ""))) == is_pair
    assert bool(pairs((6, "lantern #", "등불"), (many - 6, "#", "등불"))) == is_pair


def test_in_few_notes_a_word_may_be_in_four() -> None:
    assert pairs((4, "lantern #", "등불"), notes=8) == (("등불", (("lantern", 9),)),)


def test_short_terms_numbers_and_syllables_are_left_out() -> None:
    assert pairs((4, "xy 4th #", "등")) == ()
    assert pairs((4, "xy 4th #", "등불")) == ()
    assert pairs((4, "xyz #", "등")) == ()
    assert pairs((4, "xyz #", "등불")) == (("등불", (("xyz", 9),)),)


def test_a_stem_keeps_its_three_strongest_terms_and_of_equals_the_first_by_letter() -> None:
    found = pairs((5, "delta beta gamma alpha #", "등불"))
    assert found == (("등불", (("alpha", 9), ("beta", 9), ("delta", 9))),)


def test_a_term_far_weaker_than_the_strongest_is_left_out() -> None:
    # lantern 5 / sqrt(10 * 5) = .707, wick 5 / sqrt(10 * 12) = .456 is more than .6 of it
    near = pairs((5, "lantern wick #", "등불"), (5, "#", "등불"), (7, "wick #", ""), notes=120)
    assert near == (("등불", (("lantern", 7), ("wick", 5))),)
    # 5 / sqrt(10 * 14) = .423 is less
    far = pairs((5, "lantern wick #", "등불"), (5, "#", "등불"), (9, "wick #", ""), notes=120)
    assert far == (("등불", (("lantern", 7),)),)


def test_an_english_term_keeps_its_two_strongest_stems() -> None:
    found = pairs((6, "lantern #", "등불 창문 나무"), (2, "#", "창문 나무"), (3, "#", "나무"))
    assert [stem for stem, _ in found] == ["등불", "창문"]


def test_stems_of_equal_strength_are_all_kept() -> None:
    found = pairs((6, "lantern #", "등불 창문 나무"))
    assert found == (("나무", (("lantern", 9),)), ("등불", (("lantern", 9),)), ("창문", (("lantern", 9),)))


def test_of_a_series_of_titles_only_the_first_counts() -> None:
    series = [note(number, f"Weekly Lantern Letter {number + 1}", "등불") for number in range(6)]
    others = [note(number + 10, f"Lantern {'abcdefgh'[number]}q", "등불") for number in range(3)]
    rest = [note(number + 20, f"{number}q zz{number}", "") for number in range(80)]
    ((stem, terms_of),) = align(sample_of([*series, *others, *rest]))
    assert stem == "등불"
    assert dict(terms_of) == {"lantern": 7}  # 4 / sqrt(4 * 9): the term's count is that of all notes


def test_a_word_counts_with_all_its_endings() -> None:
    found = pairs((2, "lantern #", "등불을"), (2, "lantern #", "등불"), (2, "lantern #", "등불이"))
    assert found == (("등불", (("lantern", 9),)),)


def test_a_small_archive_is_its_own_sample_and_a_large_one_is_halved_until_it_is_small() -> None:
    most = 1 << SAMPLE_BITS
    assert [halvings_of(count) for count in (0, 1, most, most + 1, 2 * most, 2 * most + 1)] == [0, 0, 0, 1, 1, 2]
    names = [f"2024-01-01/note-{number}" for number in range(4000)]
    assert all(is_sampled(name, 0) for name in names)
    halves = [{name for name in names if is_sampled(name, halvings)} for halvings in (1, 2)]
    assert halves[1] < halves[0]
    assert 1900 < len(halves[0]) < 2100
    assert 900 < len(halves[1]) < 1100
