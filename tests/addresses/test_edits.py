"""What becomes of addresses and ids when an author edits notes: the table in `tests/cases/addresses-edits.md`.

A case has the notes before and after an edit, each below a line `== ` with the name of its file, with a line of `=` between
both. The expected part has a line for each entry, with its id and its address, and one for each old address of an entry or a
list, and then the warnings of the build.
"""

import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from digest.config import Config, KindSettings
from digest.pipeline.arrange import ProjectArrangement

from .history import History, outline

CASES = Path(__file__).parent.parent / "cases" / "addresses-edits.md"
DATES = ("2023-12-31", "2024-03-19", "2024-03-20", "2024-04-01")
_BESIDE = re.compile(r"/index\.(?:md|bib|csl\.json) >|/feed\.xml >|^/\d{4}/(\d\d/)?(\d\d/)? >")
"""Old addresses that follow from others: of Markdown and feeds, and of days, months and years."""


def cases() -> list[object]:
    return [
        pytest.param(*text.split("=====\n"), expected, id=title)
        for _, title, text, expected in read_fixture_file(CASES)
    ]


def read_notes(text: str) -> dict[str, str]:
    """Return the notes of a text by path."""
    parts = re.split(r"^== (.*)\n", text, flags=re.MULTILINE)[1:]
    names, texts = parts[::2], parts[1::2]
    return {name if "/" in name else f"notes/{name}": text for name, text in zip(names, texts, strict=True)}


def describe(made: ProjectArrangement) -> str:
    lines = [line for line in outline(made) if not _BESIDE.search(line)]
    warnings = [f"{problem.code}: {problem.message}" for problem in (*made.changes, *made.collisions)]
    return "".join(f"{line}\n" for line in (*lines, *warnings))


@pytest.mark.parametrize(("before", "after", "expected"), cases())
def test_an_edit_changes_addresses_and_ids_as_written_down(before: str, after: str, expected: str) -> None:
    history = History()
    history.build(read_notes(before))
    would = describe(history.look(read_notes(after)))
    made = history.build(read_notes(after))
    assert would == expected
    assert history.silent(made) == set()


@pytest.mark.parametrize(("before", "after", "_expected"), cases())
def test_an_edit_that_is_undone_leaves_every_address_and_id_as_it_was(before: str, after: str, _expected: str) -> None:
    history = History()
    first = history.build(read_notes(before))
    history.build(read_notes(after))
    third = history.build(read_notes(before))
    ids = [line for line in outline(first) if " at /" in line]
    assert [line for line in outline(third) if " at /" in line] == ids
    assert history.silent(third) == set()


def test_a_joined_entry_that_loses_the_larger_part_is_not_the_smaller_one() -> None:
    greek = "Alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma."
    other = "One two three four five six seven."
    history = History()
    history.build({"notes/a.txt": f"2024-03-19\nGreek\n{greek}\n#a\n\nMore\n{other}\n#a\n"})
    history.build({"notes/a.txt": f"2024-03-19\nGreek\n{greek} {other}\n#a\n"})
    made = history.build({"notes/a.txt": f"2024-03-19\nGreek\n{other}\n#a\n"})
    assert [line for line in outline(made) if " at /" in line] == ["2024-03-19/greek at /2024/03/19/greek/"]


def test_a_chain_of_titles_leads_straight_to_the_last() -> None:
    history = History()
    text = "Alpha beta gamma delta epsilon zeta eta theta."
    for title in ("One", "Two", "Three", "Two", "Four"):
        made = history.build({"notes/a.txt": f"2024-03-19\n{title}\n{text}\n#a\n"})
    olds = {old.path: (old.target, old.title) for old in made.old_addresses if old.path.endswith("/")}
    assert olds == {f"2024/03/19/{name}/": ("2024/03/19/four/", "Four") for name in ("one", "two", "three")}


def test_a_list_answers_at_every_page_that_it_had() -> None:
    config = Config(per_page=1)
    history = History()
    days = {
        f"notes/2024-03-{day}.txt": f"2024-03-{day}\nTitle {day}\nText of day {day}.\n#a\n" for day in range(10, 16)
    }
    history.build(days, config)
    made = history.build(dict(list(days.items())[:2]), config)
    leads = {old.path: old.target for old in made.old_addresses}
    assert {leads[f"tags/a/page/{number}/"] for number in range(2, 6)} == {"tags/a/"}
    renamed = {path: text.replace("#a", "#b") for path, text in days.items()}
    made = history.build(renamed, config)
    leads = {old.path: old.target for old in made.old_addresses}
    assert {leads[f"tags/a/page/{number}/"] for number in range(1, 6)} == {"tags/b/"}
    assert (leads["tags/a/"], leads["tags/a/feed.xml"]) == ("tags/b/", "tags/b/feed.xml")


def test_days_weeks_months_and_years_without_entries_lead_to_those_that_are_left() -> None:
    history = History()
    history.build({f"notes/{date}.txt": f"{date}\nOn {date}\nText of {date}.\n#a\n" for date in DATES})
    made = history.build({"notes/2024-03-19.txt": "2024-03-19\nOn 2024-03-19\nText of 2024-03-19.\n#a\n"})
    leads = {old.path: old.target for old in made.old_addresses}
    assert leads["2024/03/20/"] == "2024/03/"
    assert (leads["2024/04/01/"], leads["2024/04/"]) == ("2024/", "2024/")
    assert leads["2024/w14/"] == "2024/"
    assert {leads[path] for path in ("2023/12/31/", "2023/w52/", "2023/12/", "2023/")} == {"archive/"}
    assert "2024/w12/" not in leads


def test_a_day_whose_entries_were_all_moved_to_another_leads_there() -> None:
    history = History()
    text = "One\nText of the first.\n#a\n\nTwo\nAnother text.\n#a\n"
    history.build({"notes/a.txt": f"2023-03-19\n{text}"})
    made = history.build({"notes/a.txt": f"2024-03-19\n{text}"})
    assert {old.path: old.target for old in made.old_addresses}["2023/03/19/"] == "2024/03/19/"


def test_an_alias_leads_the_page_of_its_tag_on() -> None:
    history = History()
    note = {"notes/a.txt": "2024-03-19\nOne\nA text.\n#LLMs #nlp\n"}
    history.build(note)
    made = history.build(note, Config(aliases={"llm": ("LLMs",)}))
    assert {old.path: old.target for old in made.old_addresses}["tags/llms/"] == "tags/llm/"
    again = history.build(note)
    assert "tags/llms/" not in {old.path for old in again.old_addresses}


def test_a_renamed_kind_leads_on() -> None:
    history = History()
    note = {"notes/a.txt": "2024-03-19\nOne\nA text.\n#talk\n"}
    history.build(note, Config(kinds={"talk": KindSettings(tags=("talk",))}))
    made = history.build(note, Config(kinds={"lecture": KindSettings(tags=("talk",))}))
    assert {old.path: old.target for old in made.old_addresses}["kinds/talk/"] == "kinds/lecture/"


def test_a_new_entry_with_the_title_of_a_removed_one_gets_a_number_and_a_restored_one_its_address() -> None:
    history = History()
    other = "Two\nWhat is on every page.\n#b\n"
    text = "Alpha beta gamma delta epsilon zeta eta."
    history.build({"notes/a.txt": f"2024-03-19\nOne\n{text}\n#a\n\n{other}"})
    history.build({"notes/a.txt": f"2024-03-19\n{other}"})
    new = history.look({"notes/a.txt": f"2024-03-19\nOne\nNothing of that is the same here.\n#a\n\n{other}"})
    assert "2024-03-19/one-2 at /2024/03/19/one-2/" in outline(new)
    assert "/2024/03/19/one/ > removed" in outline(new)
    back = history.look({"notes/a.txt": f"2024-03-19\nOne\n{text} Theta.\n#a\n\n{other}"})
    assert "2024-03-19/one at /2024/03/19/one/" in outline(back)
