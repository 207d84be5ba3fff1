"""What is asked about entries, and in which words."""

from collections.abc import Sequence

import pytest

from digest.model import Entry, NoteFile
from digest.notes import NoteRules, parse
from digest.papers.parsing import read_record, split_records
from digest.papers.questions import Plan, phrase_query, plan_questions, words_query

DAY = """\
2024-03-19
Kestrels of Old Towns
(Ada Kim, Ben Cho)
새집 이야기.
#birds
Owls at Night
(Cara Lee, Dan Oh)
#birds
https://arxiv.org/abs/2401.00001
#birds
Kites
https://arxiv.org/abs/2401.00002
솔개를 보았다.
#birds
Herons
(Eva Park)
https://arxiv.org/abs/2401.00003
왜가리.
#birds
Swifts and Swallows
(Finn Ahn, Gil Bae)
https://swifts.example/
제비.
#birds
산책
새를 보며 걸었다.
#walk
"""


def read(text: str, name: str = "2024-03-19.txt") -> tuple[Entry, ...]:
    return parse(NoteFile(f"notes/{name}", text, "")).entries


def plan(entries: Sequence[Entry], papers: str = "", *, every: bool = False) -> Plan:
    records = [read_record(chunk) for chunk in split_records(papers)]
    return plan_questions(entries, {record.paper.id: record for record in records if record.paper}, every=every)


def asked(found: Plan) -> tuple[list[str], list[str]]:
    return [question.id for question in found.ids], [question.title for question in found.titles]


def test_papers_are_asked_about_that_lack_a_link_authors_or_any_text() -> None:
    assert asked(plan(read(DAY))) == (["2401.00001", "2401.00002"], ["Kestrels of Old Towns", "Owls at Night"])


def test_on_request_papers_are_asked_about_that_lack_nothing_visible() -> None:
    assert asked(plan(read(DAY), every=True))[0] == ["2401.00001", "2401.00002", "2401.00003"]


def test_the_abstract_is_wanted_only_if_the_entry_has_no_text() -> None:
    found = plan(read(DAY))
    assert [question.abstract for question in (*found.ids, *found.titles)] == [True, False, False, True]


def test_a_paper_is_asked_about_once_however_many_entries_it_has() -> None:
    found = plan([*read(DAY), *read(DAY.replace("03-19", "03-20"), "2024-03-20.txt")])
    assert asked(found) == asked(plan(read(DAY)))
    assert {question.source.path for question in found.ids} == {"notes/2024-03-19.txt"}


def test_what_the_records_answer_is_not_asked() -> None:
    papers = (
        '"2312.00001":\n  title: Kestrels of old towns\n  authors: [A. Kim]\n"2401.00002":\n  authors: [Hana Cho]\n'
    )
    assert asked(plan(read(DAY), papers)) == (["2401.00001"], ["Owls at Night"])
    silent = '"2401.00001":\n  title: Robins\n  authors: [Ian Do]\n'
    assert asked(plan(read(DAY), silent))[0] == ["2401.00001", "2401.00002"]
    assert asked(plan(read(DAY), silent + '  abstract: ""\n'))[0] == ["2401.00002"]


def test_nothing_is_asked_about_drafts_and_their_records_count_as_used() -> None:
    draft = read("---\ndraft: true\n---\nhttps://arxiv.org/abs/2401.00001\n", "240319 초고.md")
    assert asked(plan(draft, every=True)) == ([], [])
    assert plan(draft, '"2401.00001":\n  title: Robins\n"2401.00009":\n  title: Wrens\n').unused == ("2401.00009",)


def test_a_title_that_cannot_be_told_without_authors_is_not_asked_for() -> None:
    rules = NoteRules(kind_tags=(("paper", ("paper",)),))
    text = "2024-03-19\nOwls\n새.\n#paper\nA Field Guide to Kestrels and Owls\n새.\n#paper\n"
    entries = parse(NoteFile("notes/2024-03-19.txt", text, ""), rules).entries
    assert asked(plan(entries)) == ([], ["A Field Guide to Kestrels and Owls"])


def test_further_works_without_a_link_are_asked_about() -> None:
    text = "*Kestrels of Old Towns* (Ada Kim, Ben Cho)\n\n*Owls at Night* (Cara Lee, Dan Oh)\n\n함께 읽었다.\n"
    assert asked(plan(read(text, "240319 새.md"))) == ([], ["Kestrels of Old Towns", "Owls at Night"])


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Kestrels of Old Towns", 'ti:"Kestrels of Old Towns"'),
        ('Owls: "Who?" — a Text-to-Sound Study', 'ti:"Owls Who a Text to Sound Study"'),
        ("올빼미의 눈", 'ti:"올빼미의 눈"'),
        ("$O(n)$ Owls", ""),
        ("???", ""),
    ],
)
def test_a_title_is_asked_for_as_a_phrase_of_words(title: str, query: str) -> None:
    assert phrase_query(title) == query


@pytest.mark.parametrize(
    ("title", "authors", "query"),
    [
        ("Kestrels of Old Towns", ("Ada Kim", "Ben Cho"), "au:Kim AND ti:kestrels AND ti:old AND ti:towns"),
        ("Owl-2: a Text-to-Sound Study in $O(n)$", ("Ada Kim",), "au:Kim AND ti:study"),
        ("Owls", (), ""),
        ("Owls at Night", (), "ti:owls AND ti:night"),
        ("올빼미의 눈", ("김아다",), ""),
        (
            "A Very Long Title with Many Quite Uncommon Words about Kestrels Herons Swallows Nightingales",
            ("A B",),
            None,
        ),
    ],
)
def test_a_title_is_asked_for_by_its_plain_words(title: str, authors: tuple[str, ...], query: str | None) -> None:
    found = words_query(title, authors)
    assert found == query if query is not None else found.count("ti:") == 8
