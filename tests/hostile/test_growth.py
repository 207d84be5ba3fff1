"""The time of every stage grows with its input alone, whatever the input is made of. CPU time is compared, not the clock."""

import datetime as dt
from collections.abc import Callable

import pytest

from digest.archive.archive import build_archive
from digest.archive.references import find_references
from digest.archive.related import Neighbourhood
from digest.archive.renewal import renew_archive
from digest.config import parse_config
from digest.diagnostics import Diagnostic
from digest.model import Card, NoteFile, Span
from digest.notes import NoteRules, parse
from digest.notes.joined import find_joined
from digest.notes.tag_lines import unique_tags
from digest.pipeline.places import find_places
from digest.pipeline.prepare import prepare_note
from digest.problem_list import format_diagnostics
from digest.search.document import SearchDocument, index_document
from digest.slugs import slugify
from digest.text.fragment import resolve_references
from digest.text.markdown import render_commentary

from ..linear import is_linear

pytestmark = pytest.mark.linear


def repeat(piece: str) -> Callable[[int], str]:
    """Return a function from a size to a text of about so many characters."""
    return lambda size: piece * (size // len(piece))


TEXTS: dict[str, Callable[[int], str]] = {
    "lines": repeat("한 줄의 글입니다.\n"),
    "one line": repeat("word 단어 "),
    "empty lines": repeat("\n"),
    "entries": repeat("제목\n글입니다.\n#a\n"),
    "dates": repeat("2024-03-19\nA\nb\n#a\n"),
    "tags on a line": lambda size: "제목\n글.\n" + " ".join(f"#t{n}" for n in range(size // 6)) + "\n",
    "one tag": lambda size: "제목\n글.\n#" + "a/" * (size // 2) + "a\n",
    "open brackets": repeat("["),
    "images": repeat("!["),
    "links": repeat("[a](b) "),
    "open links": repeat("[a]("),
    "wikilinks": repeat("[[a]] "),
    "footnotes": repeat("^["),
    "footnote names": repeat("[^"),
    "backticks": lambda size: " ".join("`" * n for n in range(1, int((2 * size) ** 0.5))),
    "open stars": repeat("**a "),
    "stars": repeat("*a* "),
    "headings": repeat("## a\n"),
    "quotes": lambda size: "> " * (size // 2) + "a",
    "quoted lines": repeat("> a\n"),
    "lists": lambda size: "\n".join("  " * (n % 90) + "- a" for n in range(size // 90)),
    "cells": lambda size: "| a " * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n",
    "rows": lambda size: "| a | b |\n|---|---|\n" + "| a | b |\n" * (size // 10),
    "math": repeat("$x^2$ "),
    "open math": repeat("$$\n"),
    "tags of HTML": repeat("<b>"),
    "anchors": repeat("<a href=x>"),
    "blocks of HTML": repeat("<div>\n"),
    "comments": repeat("<!-- a --> "),
    "open comments": repeat("%%a "),
    "template tags": lambda size: "{%%}" * (size // 4) + "x}",
    "fences": repeat("```\na\n"),
    "addresses": repeat("https://example.org/a "),
    "marks": repeat("a\u0301"),
    "names": lambda size: "A Title Here\n(" + ", ".join(["Ada Kim"] * (size // 9)) + ")\n글.\n#a\n",
    "front matter": lambda size: "---\n" + "".join(f"k{n}: v\n" for n in range(size // 8)) + "---\n글.\n",
    "TOML": lambda size: "+++\n" + "".join(f"k{n} = 1\n" for n in range(size // 8)) + "+++\n글.\n",
    "JSON": lambda size: "{\n" + ",".join(f'"k{n}": 1' for n in range(size // 10)) + "\n}\n글.\n",
    "directives": repeat("%YAML 1.2\n"),
    "formulas that cannot be set": repeat("$\\frac{$ a\n"),
    "entries with formulas that cannot be set": repeat("제목\n$\\frac{$ a\n#a\n"),
    "equal headings": repeat("# a\n"),
}
SMALL = {"front matter": 8_000, "TOML": 8_000, "JSON": 8_000}
"""Sizes below the limit of what is read of a kind of text."""


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_the_time_to_read_and_render_a_note_grows_with_its_length_alone(text: str) -> None:
    def work(size: int) -> None:
        written = TEXTS[text](size)
        for path in ("notes/2024-03-19.txt", "notes/240319 Title.md"):
            prepare_note(NoteFile(path, written, ""), NoteRules())

    assert is_linear(work, SMALL.get(text, 5_000))


@pytest.mark.parametrize("piece", ["a-b ", "가나 ", "a'b가 ", "http://a ", "c++ ", "ab", "a."])
def test_the_time_to_index_a_text_grows_with_its_length_alone(piece: str) -> None:
    def work(size: int) -> None:
        text = piece * (size // len(piece))
        index_document(SearchDocument("a", "/a/", text[:500], "", "note", commentary=text, abstract=text))

    assert is_linear(work, 30_000)


def card(number: int, title: str, tags: tuple[str, ...], *, per_day: int, authors: tuple[str, ...] = ()) -> Card:
    date = dt.date(2000, 1, 1) + dt.timedelta(days=number // per_day)
    return Card(
        date=date,
        title=title,
        title_html=title,
        title_lang="",
        kind="paper",
        opening="",
        opening_lang="",
        source=Span(f"notes/{date}.txt", number + 1, number + 1),
        digest=number.to_bytes(16, "little"),
        authors=authors,
        tags=unique_tags(tags),
        slug=slugify(title),
    )


ARCHIVES: dict[str, Callable[[int], Card]] = {
    "equal titles of a day": lambda n: card(n, "Lantern", ("a",), per_day=10**6, authors=("Ada Kim",)),
    "equal titles": lambda n: card(n, "Lantern", ("a",), per_day=2, authors=("Ada Kim",)),
    "tags of one address": lambda n: card(n, f"T{n}", ("a" + "!" * (n % 50) + chr(0x2190 + n % 100),), per_day=2),
    "tags of their own": lambda n: card(n, f"T{n}", tuple(f"t{n}-{k}" for k in range(8)), per_day=10**6),
    "one tag for all": lambda n: card(n, f"T{n}", ("a", "b", "c/d/e"), per_day=3),
}


@pytest.mark.parametrize("kind", ARCHIVES, ids=str)
def test_the_time_to_arrange_entries_grows_with_their_number_alone(kind: str) -> None:
    def work(size: int) -> None:
        cards = [ARCHIVES[kind](number) for number in range(size)]
        archive, _ = build_archive(cards, {}, ("paper",))
        references = find_references(archive)
        assert all(len(others) <= 20 for others in references.same.values())
        near = Neighbourhood(archive)
        for record in archive.records:
            near.related(record, ())
        changed = cards[size // 2]
        renew_archive(archive, [changed], [ARCHIVES[kind](size // 2)], {}, ("paper",))

    assert is_linear(work, 300)


def test_the_time_to_find_joined_entries_grows_with_their_number_alone() -> None:
    def work(size: int) -> None:
        note = NoteFile("notes/2024-03-19.txt", "".join(f"New {n}\nOld {n}\n글.\n#a\n" for n in range(size)), "")
        former = [card(n, f"Old {n}", ("a",), per_day=10**6) for n in range(size)]
        cards = [
            Card(None, f"New {n}", "", "", "note", "", "", Span(note.path, 4 * n + 1, 4 * n + 4), b"")
            for n in range(size)
        ]
        assert len(list(find_joined(note, former, cards))) == size

    assert is_linear(work, 300)


@pytest.mark.parametrize("piece", ["`", "``a`", "[[a]] ", "](", "](a ", 'href="', "[a]: b\n"])
def test_the_time_to_find_the_links_of_a_note_grows_with_its_length_alone(piece: str) -> None:
    assert is_linear(lambda size: find_places("[" + piece * (size // len(piece)) + "=", ""), 20_000)


def test_the_time_to_resolve_links_to_headings_grows_with_their_number_alone() -> None:
    def work(size: int) -> None:
        text = "".join(f"## h{n}\n[[#h{n}]]\n" for n in range(size))
        resolve_references(render_commentary(text), lambda _: None)

    assert is_linear(work, 400)


def test_the_time_to_read_settings_grows_with_their_length_alone() -> None:
    def work(size: int) -> None:
        _, mistakes = parse_config(
            ("search:\n  glossary:\n" + "".join(f"    k{n}: [a, b]\n" for n in range(size))).encode()
        )
        assert mistakes == ()

    assert is_linear(work, 1_500)


def test_the_time_to_print_problems_grows_with_their_number_alone() -> None:
    def work(size: int) -> None:
        problems = [Diagnostic(f"notes/{n}.txt", 1, 1, "missing-tags", f"entry {n % 99}", "hint") for n in range(size)]
        format_diagnostics(problems, "github")
        format_diagnostics(problems, "text", every=True)

    assert is_linear(work, 2_000)


@pytest.mark.parametrize("mark", ["> ", "- ", "[", "(", "*", "**a ", "$", "{", "<b>", "<div>", "^[", "> - ", "1. "])
def test_marks_nested_without_end_raise_nothing_and_keep_the_text(mark: str) -> None:
    note = NoteFile("notes/2024-03-19.txt", f"제목\n글.\n{mark * 10_000}끝\n#a\n", "")
    (entry,) = parse(note, NoteRules()).entries
    assert "끝" in entry.commentary
    (body,) = prepare_note(note, NoteRules()).bodies
    assert "끝".encode() in body[1]
