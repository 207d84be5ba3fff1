"""The answers of the arXiv API are read with care: they come from the network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.papers.atom import DEEPEST, Feed, FeedError, parse_feed
from digest.papers.record import Paper

from . import papers as made
from .api import ERROR, FEED, entry_of, feed_of

KESTRELS = Paper(
    "2401.00001",
    "Kestrels",
    published="2024-01-02",
    categories=("cs.CL", "q-bio"),
    authors=("Ada Kim", "Ben Cho"),
    doi="10.1000/birds",
    abstract="They nest in towns.",
    version=3,
)


def test_a_paper_has_all_that_the_feed_says() -> None:
    assert parse_feed(feed_of([KESTRELS], 12).encode()) == Feed((KESTRELS,), 12)


def test_the_day_of_the_answer_is_noted() -> None:
    assert parse_feed(feed_of([KESTRELS]).encode(), "2026-11-26").papers[0].found == "2026-11-26"


def test_broken_lines_are_joined_and_paragraphs_are_not() -> None:
    feed = feed_of([KESTRELS]).replace("Kestrels", "Kestrels\n  of Old Towns")
    feed = feed.replace("They nest in towns.", "They nest\nin towns.\n  They hunt\nin fields.")
    (paper,) = parse_feed(feed.encode()).papers
    assert (paper.title, paper.abstract) == ("Kestrels of Old Towns", "They nest in towns.\nThey hunt in fields.")


def test_a_refusal_is_told_in_the_words_of_arxiv() -> None:
    feed = FEED.format(total=1, entries=ERROR.format(name="x", reason="incorrect id format for 1234"))
    assert parse_feed(feed.encode()) == Feed((), 0, "incorrect id format for 1234")


def test_an_entry_without_an_id_or_a_title_is_no_paper() -> None:
    feed = feed_of([KESTRELS, Paper("2401.00002")]).replace("arxiv.org/abs/2401.00001", "birds.example/1")
    assert parse_feed(feed.encode()).papers == ()


def test_values_that_are_not_what_they_should_be_count_as_unknown() -> None:
    feed = (
        feed_of([KESTRELS])
        .replace("2024-01-02T", "yesterdayT")
        .replace("10.1000/birds", "10.1000/<b>".replace("<", "&lt;"))
    )
    feed = feed.replace('term="q-bio"', 'term="javascript:alert(1)"')
    (paper,) = parse_feed(feed.encode()).papers
    assert (paper.published, paper.doi, paper.categories) == ("", "10.1000/<b>", ("cs.CL",))


def test_characters_that_hide_or_reorder_are_taken_out() -> None:
    feed = feed_of([KESTRELS]).replace("Kestrels", "Kes\u202etrels\u200b of&#xA0;old")
    assert parse_feed(feed.encode()).papers[0].title == "Kestrels of old"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Rate exceeded.",
        b"<html><body>Sign in to this network</body></html>",
        feed_of([KESTRELS]).encode()[:-20],
        b"<feed/>",
        b'<!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        b'<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed xmlns="http://www.w3.org/2005/Atom"/>',
        b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<a>" * DEEPEST + b"</a>" * DEEPEST + b"</feed>",
        b'<?xml version="1.0" encoding="no-such"?><feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    with pytest.raises(FeedError):
        parse_feed(content)


@given(made.papers())
def test_whatever_a_paper_is_called_its_title_comes_through(paper: Paper) -> None:
    (read,) = parse_feed(FEED.format(total=1, entries=entry_of(paper)).encode()).papers
    assert (read.id, read.title, read.authors) == (paper.id, paper.title, paper.authors)


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_raise_nothing_else(content: bytes) -> None:
    with pytest.raises(FeedError):
        parse_feed(content)
