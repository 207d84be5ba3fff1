"""The words of the interface."""

import datetime as dt
import re
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest

import digest
from digest.archive.facts import FACT_KEYS
from digest.site.english import ENGLISH
from digest.site.korean import KOREAN
from digest.site.languages import strings_for
from digest.site.strings import Strings
from digest.site.theme import theme_folder

SEED_DAY = dt.date(2024, 3, 19)
FIELDS = [field.name for field in msgspec.structs.fields(Strings)]
TEMPLATES = sorted(path for path in theme_folder().rglob("*") if path.suffix in (".html", ".xml"))
HANGUL = re.compile("[가-힣]")


def phrases(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [phrase for part in (value.values() if isinstance(value, dict) else value) for phrase in phrases(part)]


def words_of(path: Path) -> list[str]:
    return re.findall(r"(?<![-\w])ui\.(\w+)", path.read_text("utf-8"))


def placeholders(phrase: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize("field", FIELDS)
def test_both_languages_have_every_phrase_with_the_same_blanks_to_fill(field: str) -> None:
    korean, english = phrases(getattr(KOREAN, field)), phrases(getattr(ENGLISH, field))
    assert all(phrase.strip() for phrase in korean + english)
    assert len(korean) == len(english)
    if not field.endswith("_form"):
        assert list(map(placeholders, korean)) == list(map(placeholders, english))


@pytest.mark.parametrize("field", ["kind_names", "fact_names", "translations"])
def test_both_languages_name_the_same_things(field: str) -> None:
    assert getattr(KOREAN, field).keys() == getattr(ENGLISH, field).keys()


def test_every_fact_has_a_name() -> None:
    assert tuple(KOREAN.fact_names) == FACT_KEYS


def test_no_phrase_of_the_english_interface_is_korean() -> None:
    assert [field for field in FIELDS if field != "translations" and HANGUL.search(str(getattr(ENGLISH, field)))] == []


def test_every_phrase_is_shown_somewhere() -> None:
    package = Path(digest.__file__).parent.rglob("*.py")
    shown = {name for path in [*TEMPLATES, *package] for name in words_of(path)}
    simple = {field for field in FIELDS if isinstance(getattr(KOREAN, field), str) and not field.endswith("_form")}
    by_methods = {"since", "page_of"}
    assert simple - by_methods <= shown


def test_every_word_that_a_template_asks_for_exists() -> None:
    asked = {(path.name, name) for path in TEMPLATES for name in words_of(path)}
    assert asked
    assert [(file, name) for file, name in sorted(asked) if not hasattr(KOREAN, name)] == []


def test_dates_are_written_as_the_language_does() -> None:
    assert KOREAN.date(SEED_DAY) == "2024년 3월 19일"
    assert KOREAN.month(SEED_DAY) == "2024년 3월"
    assert KOREAN.month_day(SEED_DAY) == "3월 19일"
    assert KOREAN.weekday(SEED_DAY) == "화요일"
    assert ENGLISH.date(SEED_DAY) == "March 19, 2024"
    assert ENGLISH.month(SEED_DAY) == "March 2024"
    assert ENGLISH.month_day(SEED_DAY) == "March 19"
    assert ENGLISH.weekday(SEED_DAY) == "Tuesday"
    assert KOREAN.year_and_weekday(SEED_DAY) == "2024년 화요일"


def test_a_period_within_a_month_names_it_once() -> None:
    assert KOREAN.span(SEED_DAY, SEED_DAY.replace(day=31)) == "2024년 3월"
    assert KOREAN.span(SEED_DAY, dt.date(2024, 6, 1)) == "2024년 3월 – 2024년 6월"


def test_numbers_are_grouped_and_agree_with_their_noun() -> None:
    assert KOREAN.count_entries(3854) == "3,854편"
    assert [ENGLISH.count_entries(n) for n in (0, 1, 3854)] == ["0 entries", "1 entry", "3,854 entries"]
    assert ENGLISH.more_authors(1) == "and 1 other"


def test_unknown_kinds_facts_and_languages_go_by_their_own_name() -> None:
    ui = strings_for("ko")
    assert ui.kind("paper") == "논문"
    assert ui.kind("talk") == "talk"
    assert ui.fact("no-such-fact") == "no-such-fact"
    assert ui.translation("en-GB") == "English"
    assert ui.translation("eo") == "eo"
