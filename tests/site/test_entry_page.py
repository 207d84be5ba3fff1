"""The page of an entry: when the same work was read before and again, who mentions it, and what else its day has."""

import datetime as dt
from pathlib import Path

from msgspec import structs

from digest.archive.archive import Record
from digest.languages import strings_for
from digest.model import Body, Card, Entry, Fragment, Reference
from digest.site.page_types import Template
from digest.site.pages.entry import ENTRY, EntryRecipe, EntryView
from digest.site.parts import Parts

from ..archive.cards import make_archive, make_card
from ..project import run, write_project
from .arrangements import make_arrangement

PAPER = "https://arxiv.org/abs/2403.00001"


def body_of(record: Record) -> Body:
    entry = Entry(date=record.card.date, title=record.card.title, source=record.card.source)
    return Body(entry, Fragment(html="", plain=""))


def views(*cards: Card) -> dict[str, EntryView]:
    arrangement = make_arrangement(make_archive(*cards))
    parts = Parts(arrangement.site, strings_for("en"), "+09:00", body_of)
    found = {}
    for page in ENTRY.plan(arrangement):
        assert isinstance(page.recipe, EntryRecipe)
        composed = ENTRY.compose(parts, page.path, page.recipe)
        assert isinstance(composed, Template)
        assert isinstance(composed.view, EntryView)
        found[composed.view.entry.row.title.text] = composed.view
    return found


def test_an_entry_says_when_its_work_was_read_before_and_when_again() -> None:
    cards = [make_card(f"T{n}", date=dt.date(2024, 3, n), path=f"notes/{n}.txt", link=PAPER) for n in (1, 2, 3)]
    found = views(*cards, make_card("Other", date=dt.date(2024, 3, 2), line=5))
    dates = {
        title: ([row.iso for row in view.read_before], [row.iso for row in view.read_again])
        for title, view in found.items()
    }
    assert dates == {
        "T1": ([], ["2024-03-02", "2024-03-03"]),
        "T2": (["2024-03-01"], ["2024-03-03"]),
        "T3": (["2024-03-01", "2024-03-02"], []),
        "Other": ([], []),
    }


def test_entries_of_one_day_about_the_same_work_were_not_read_again() -> None:
    found = views(make_card("A", line=1, link=PAPER), make_card("B", line=3, link=PAPER))
    assert [(view.read_before, view.read_again) for view in found.values()] == [((), ()), ((), ())]
    assert [row.title.text for row in found["A"].same] == ["B"]


def test_an_entry_about_the_same_work_is_not_among_the_related_ones() -> None:
    cards = [make_card(f"T{n}", "moe", line=2 * n + 1, link=PAPER if n < 2 else None) for n in range(4)]
    view = views(*cards)["T0"]
    assert [row.title.text for row in view.same] == ["T1"]
    assert [row.title.text for row in view.related] == ["T2", "T3"]


def mention(title: str, target: Reference, sentence: str, line: int = 9) -> Card:
    return structs.replace(make_card(title, line=line, references=(target,)), mentions=(sentence,))


def passages(*cards: Card) -> list[tuple[str, str]]:
    view = views(make_card("Wren", path="notes/240319 Wren.md", link=PAPER), *cards)["Wren"]
    return [(passage.row.title.text, passage.text) for passage in view.mentioned_by]


def test_a_mention_comes_with_its_sentence() -> None:
    reference = Reference("arxiv", "2403.00001")
    assert passages(mention("Owl", reference, "날개를 빌렸네요.")) == [("Owl", "날개를 빌렸네요.")]
    assert passages(mention("Owl", reference, "")) == [("Owl", "")]


def test_a_sentence_names_an_entry_by_its_title_as_the_page_it_is_from() -> None:
    reference = Reference("note", "240319 Wren")
    assert passages(mention("Owl", reference, "[[240319 Wren]]처럼 작다.")) == [("Owl", "Wren처럼 작다.")]


def test_a_sentence_that_is_only_the_title_is_not_repeated() -> None:
    assert passages(mention("Owl", Reference("note", "240319 Wren"), "[[240319 Wren]]")) == [("Owl", "")]


def test_a_sentence_in_another_language_than_the_site_s_says_so() -> None:
    reference = Reference("arxiv", "2403.00001")
    cards = [
        mention("Owl", reference, "그 날개를 빌렸네요."),
        mention("Hen", reference, "It borrows the wings.", line=11),
    ]
    view = views(make_card("Wren", link=PAPER), *cards)["Wren"]
    assert {passage.row.title.text: passage.lang for passage in view.mentioned_by} == {"Owl": "", "Hen": "en"}


def test_the_other_entries_of_the_day_stand_beside_an_entry() -> None:
    view = views(*(make_card(f"T{n}", line=n + 1) for n in range(3)))["T1"]
    assert [row.title.text for row in view.siblings] == ["T0", "T2"]


def test_an_entry_that_is_mentioned_is_shown_with_its_first_sentences() -> None:
    wren = structs.replace(make_card("Wren", path="notes/240319 Wren.md", link=PAPER), opening="작은 새다.")
    view = views(wren, mention("Owl", Reference("arxiv", "2403.00001"), "날개를 빌렸네요."))["Owl"]
    assert [(passage.row.title.text, passage.text) for passage in view.mentions] == [("Wren", "작은 새다.")]


def test_without_the_address_of_the_site_no_citation_has_a_path(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": "2024년 3월 19일\n부엉이의 밤\n밤새 울었다.\n#부엉이\n"})
    assert run(tmp_path, "build").exit_code == 0
    page = (tmp_path / "site/2024/03/19/부엉이의-밤/index.html").read_text("utf-8")
    block = page[page.index('<ul class="address">') :].partition("</ul>")[0]
    assert "부엉이의 밤" in block
    assert "%EB" not in block
    assert "data-copy=" not in block
    assert "url" not in (tmp_path / "site/2024/03/19/부엉이의-밤/index.bib").read_text("utf-8")
