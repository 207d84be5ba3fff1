"""The words of the interface, in every language of the table."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest

import digest
from digest.archive.figures import FACT_KEYS
from digest.languages import LANGUAGES, load_language, strings_for
from digest.languages.strings import Strings
from digest.scripts import has_hangul
from digest.site.theme import theme_folder

SEED_DAY = dt.date(2024, 3, 19)
FIELDS = msgspec.structs.fields(Strings)
NAMES = [field.name for field in FIELDS]
OTHERS = [code for code in LANGUAGES if code != "en"]
TEMPLATES = sorted(path for path in theme_folder().rglob("*") if path.suffix in (".html", ".xml"))
SAME_EVERYWHERE = {f"fact_names.{key}" for key in ("fp4", "fp8", "fp16", "int8", "tdp")}
"""Strings that are the same in every language: names of number formats and a unit."""
LENGTHS = {"months_long": 12, "months_short": 12, "numeral_months": 12, "weekdays": 7, "weekday_initials": 7}


def phrases(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield (name, phrase) for each phrase in a field. Names are like `skip`, `fact_names.tdp` or `entry_count.0`."""
    if isinstance(value, str):
        yield name, value
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield from phrases(part, f"{name}.{key}")


def placeholders(phrase: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def faults(name: str, value: Any, english: Any, same: set[str]) -> list[str]:
    """Return the faults of a field as a translation of the English one. Each fault names a phrase."""
    translated, original = dict(phrases(value, name)), dict(phrases(english, name))
    found = [f"{key} is missing" for key in original if key not in translated]
    for key, phrase in translated.items():
        if key not in original:
            found.append(f"{key} is not in English")
        elif not phrase.strip():
            found.append(f"{key} is empty")
        elif placeholders(phrase) != placeholders(original[key]):
            found.append(f"{key} has other placeholders than English")
        elif phrase == original[key] and re.search(r"[^\W\d_]", re.sub(r"{\w+}", "", phrase)) and key not in same:
            found.append(f"{key} is still English")
    return found


def untranslated(code: str) -> set[str]:
    """Return the names of phrases that may be the same as in English."""
    return SAME_EVERYWHERE | set(getattr(load_language(code), "SAME_AS_ENGLISH", ()))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_string_of_english(code: str, name: str) -> None:
    value = getattr(strings_for(code), name)
    found = faults(name, value, getattr(strings_for("en"), name), untranslated(code))
    assert not found, ", ".join(found)


@pytest.mark.parametrize(
    ("name", "value", "english", "fault"),
    [
        ("search_words", {"results": ""}, {"results": "{n} results"}, "search_words.results is empty"),
        (
            "search_words",
            {"results": "결과"},
            {"results": "{n} results"},
            "search_words.results has other placeholders than English",
        ),
        ("search", "Search", "Search", "search is still English"),
        ("kind_names", {"paper": "논문"}, {"paper": "Paper", "note": "Note"}, "kind_names.note is missing"),
        ("kind_names", {"paper": "논문", "x": "엑스"}, {"paper": "Paper"}, "kind_names.x is not in English"),
        (
            "entry_count",
            ("{n}편", "편"),
            ("{n} entry", "{n} entries"),
            "entry_count.1 has other placeholders than English",
        ),
    ],
)
def test_a_phrase_that_is_not_translated_is_named(name: str, value: Any, english: Any, fault: str) -> None:
    assert faults(name, value, english, set()) == [fault]
    assert faults("search", "Search", "Search", {"search"}) == []


def test_a_language_that_lacks_a_string_cannot_be_loaded() -> None:
    given = {field.name: getattr(strings_for("en"), field.name) for field in FIELDS if field.name != "busy_tags"}
    with pytest.raises(TypeError, match="busy_tags"):
        Strings(**given)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_its_code_and_names_for_every_month_and_day(code: str) -> None:
    strings = strings_for(code)
    assert strings.lang == code
    assert strings.locale.partition("_")[0] == code.partition("-")[0]
    assert {name: len(getattr(strings, name)) for name in LENGTHS} == LENGTHS
    assert strings.theme_names.count("|") == 2
    assert tuple(strings.fact_names) == FACT_KEYS


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "ko"])
def test_only_korean_has_phrases_in_hangul(code: str) -> None:
    strings = strings_for(code)
    found = [name for field in NAMES for name, phrase in phrases(getattr(strings, field), field) if has_hangul(phrase)]
    assert found == []


def test_every_phrase_is_used() -> None:
    package = Path(digest.__file__).parent.rglob("*.py")
    shown = {name for path in [*TEMPLATES, *package] for name in words_of(path)}
    simple = {field.name for field in FIELDS if field.type is str and not field.name.endswith("_form")}
    by_methods = {"since", "page_of"}
    in_texts = {"table"}
    assert simple - by_methods - in_texts <= shown


def words_of(path: Path) -> list[str]:
    return re.findall(r"(?<![-\w])ui\.(\w+)", path.read_text("utf-8"))


def test_every_word_that_a_template_uses_exists() -> None:
    asked = {(path.name, name) for path in TEMPLATES for name in words_of(path)}
    assert asked
    assert [(file, name) for file, name in sorted(asked) if not hasattr(Strings, name)] == []


def test_dates_are_in_the_format_of_the_language() -> None:
    korean, english = strings_for("ko"), strings_for("en")
    assert korean.date(SEED_DAY) == "2024년 3월 19일"
    assert korean.month(SEED_DAY) == "2024년 3월"
    assert korean.month_day(SEED_DAY) == "3월 19일"
    assert korean.weekday(SEED_DAY) == "화요일"
    assert korean.year_and_weekday(SEED_DAY) == "2024년 화요일"
    assert english.date(SEED_DAY) == "March 19, 2024"
    assert english.month(SEED_DAY) == "March 2024"
    assert english.month_day(SEED_DAY) == "March 19"
    assert english.weekday(SEED_DAY) == "Tuesday"


def test_a_period_within_a_month_names_it_once() -> None:
    korean = strings_for("ko")
    assert korean.span(SEED_DAY, SEED_DAY.replace(day=31)) == "2024년 3월"
    assert korean.span(SEED_DAY, dt.date(2024, 6, 1)) == "2024년 3월 – 2024년 6월"


def test_numbers_are_grouped_and_agree_with_their_noun() -> None:
    english = strings_for("en")
    assert strings_for("ko").count_entries(3854) == "3,854편"
    assert [english.count_entries(n) for n in (0, 1, 3854)] == ["0 entries", "1 entry", "3,854 entries"]
    assert english.more_authors(1) == "and 1 other"


def test_unknown_kinds_facts_and_languages_keep_their_names() -> None:
    ui = strings_for("ko")
    assert ui.kind("paper") == "논문"
    assert ui.kind("talk") == "talk"
    assert ui.fact("no-such-fact") == "no-such-fact"
    assert ui.translation("en-GB") == "English"
    assert ui.translation("eo") == "eo"
