"""The table of languages: what it loads, and what its scaffolds write."""

import datetime as dt
import re
import subprocess
import sys

import pytest

from digest.languages import LANGUAGES, nearest_language, scaffold_for, strings_for
from digest.languages.strings import Scaffold
from digest.notes.dates import parse_date_line


@pytest.mark.parametrize("code", LANGUAGES)
def test_only_the_requested_language_is_imported(code: str) -> None:
    script = (
        f"import sys, digest.cli, digest.config, digest.languages as table; table.strings_for({code!r})\n"
        "print(*sorted(name for name in sys.modules if name.startswith('digest.languages.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    module = f"digest.languages.{code.lower().replace('-', '_')}"
    assert done.stdout.split() == sorted([module, "digest.languages.strings"])


def test_a_language_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(KeyError, match="strings"):
        strings_for("strings")


@pytest.mark.parametrize(
    ("lang", "nearest"), [("ko", "ko"), ("ko-KR", "ko"), ("en-GB", "en"), ("xx", "en"), ("", "en")]
)
def test_a_tag_without_its_own_strings_uses_the_nearest_language(lang: str, nearest: str) -> None:
    assert nearest_language(lang) == nearest


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_date_line_of_a_new_note_is_parsed_as_its_date(code: str) -> None:
    for date in (dt.date(2024, 3, 9), dt.date(2026, 12, 31)):
        line = parse_date_line(scaffold_for(code).date(date))
        assert line is not None
        assert line.date == date


def prose(scaffold: Scaffold) -> set[str]:
    """Return the lines that a translator has to translate: the note's text, the comments, the title and the description."""
    note = {line for line in scaffold.first_note.splitlines() if line not in ("{date}", "#digest")}
    settings = scaffold.settings.splitlines()
    return note | {line for line in settings if re.match(r"# \S+ |title:|description:", line) and not is_setting(line)}


def is_setting(line: str) -> bool:
    return re.match(r"# +\w+:", line) is not None


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_what_a_new_project_holds_is_translated(code: str) -> None:
    untranslated = sorted(prose(scaffold_for(code)) & prose(scaffold_for("en")))
    assert not untranslated, f"SCAFFOLD is still English: {untranslated}"
