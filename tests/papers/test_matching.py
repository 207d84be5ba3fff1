"""An entry is taken for a paper only if that is nearly certain."""

import pytest

from digest.papers.matching import fold_title, match_paper
from digest.papers.record import Paper

NESTS = Paper(
    "2401.00001", "Nests of the Common Kestrel in Old Towns", authors=("Ada Kim", "Benjamin Øst", "Cara de la Cruz")
)


@pytest.mark.parametrize(
    "title",
    [
        "Nests of the Common Kestrel in Old Towns",
        "NESTS OF THE COMMON KESTREL IN OLD TOWNS",
        "Nests of the Common-Kestrel  in Old Towns.",
        "“Nests” of the Common Kestrel: in Old Towns",
        r"Nests of the $\mathrm{Common}$ Kestrel in \textit{Old} Towns",
    ],
)
def test_case_marks_and_spaces_make_no_other_title(title: str) -> None:
    assert match_paper(title, ("Ada Kim",), [NESTS]).paper == NESTS


@pytest.mark.parametrize(
    "title",
    [
        "Nests of the Common Kestrel",
        "Nests of the Common Kestrel in Old Towns 2",
        "Nests of the Comon Kestrel in Old Towns",
        "The Nests of the Common Kestrel in Old Towns",
        "",
    ],
)
def test_another_word_or_letter_makes_another_title(title: str) -> None:
    assert match_paper(title, ("Ada Kim",), [NESTS]).paper is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"On $\alpha$-Owls", "On α-Owls"),
        (r"On $\lambda$-Owls", "On Λ-owls"),
        ("R$^2$ of Owls", "R² of Owls"),
        ("Naïve Owls", "Naive Owls"),
        ("Owls & Kites", "Owls and Kites"),
        ("O(n)-Owls", r"$\mathcal{O}(n)$-Owls"),
        ("올빼미의 눈", "올빼미의  눈"),
    ],
)
def test_a_title_is_the_same_however_its_letters_are_written(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


@pytest.mark.parametrize("author", ["Kim", "A. Kim", "Ben Ost", "B. Øst", "Cara de la Cruz", "C. Cruz"])
def test_an_author_is_the_same_by_the_family_name(author: str) -> None:
    assert match_paper(NESTS.title, (author,), [NESTS]).paper == NESTS


def test_one_author_in_common_is_enough_for_a_title_of_three_words_and_two_are_wanted_for_a_shorter_one() -> None:
    short = Paper("2401.00002", "Kestrel Nests", authors=("Ada Kim", "Ben Cho", "Cara Lee"))
    assert match_paper(NESTS.title, ("Ada Kim", "Dan Oh"), [NESTS]).paper == NESTS
    assert match_paper(short.title, ("Bora Kim", "Dan Oh"), [short]).paper is None
    assert match_paper(short.title, ("Ada Kim", "Ben Cho"), [short]).paper == short
    assert match_paper(short.title, ("Ada Kim",), [short]).paper == short


def test_names_that_are_turned_round_count_if_two_are() -> None:
    assert match_paper(NESTS.title, ("Kim Ada", "Øst Benjamin"), [NESTS]).paper == NESTS
    assert match_paper(NESTS.title, ("Kim Ada", "Dan Oh"), [NESTS]).paper is None
    assert match_paper(NESTS.title, ("Kim Ada",), [NESTS]).paper == NESTS


def test_a_paper_of_the_same_title_by_others_is_refused_and_named() -> None:
    match = match_paper(NESTS.title, ("Dan Oh",), [NESTS])
    assert (match.paper, match.reason) == (None, "2401.00001 has this title, but other authors")


def test_the_one_of_two_papers_with_the_title_that_has_the_author_is_taken() -> None:
    other = Paper("2402.00001", NESTS.title, authors=("Dan Oh",))
    assert match_paper(NESTS.title, ("Dan Oh",), [NESTS, other]).paper == other


def test_two_papers_that_fit_are_refused_and_named() -> None:
    again = Paper("2402.00001", NESTS.title, authors=("Ada Kim",))
    match = match_paper(NESTS.title, ("Ada Kim",), [again, NESTS])
    assert (match.paper, match.reason) == (None, "several papers fit: 2401.00001, 2402.00001")
    assert match_paper(NESTS.title, ("Ada Kim",), [NESTS, NESTS]).paper == NESTS


def test_without_authors_only_a_telling_title_is_enough() -> None:
    short = Paper("2401.00002", "Kestrel Nests", authors=("Ada Kim",))
    assert match_paper(NESTS.title, (), [NESTS]).paper == NESTS
    match = match_paper(short.title, (), [short])
    assert match.paper is None
    assert match.is_doubtful


def test_an_organisation_counts_as_an_author() -> None:
    report = Paper("2401.00003", "Kestrel Technical Report", authors=("Kestrel Team", "Ada Kim"))
    assert match_paper(report.title, ("Kestrel Team",), [report]).paper == report
    assert match_paper(report.title, ("Owl Collective",), [report]).paper is None
