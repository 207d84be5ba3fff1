"""Messages in Korean: each has its translation, and values are put into it rightly."""

import re
import time
from pathlib import Path

import click
import pytest

from digest.cli import main
from digest.console import SHARED
from digest.languages import LONGEST_MESSAGE, TRANSLATED, translate
from digest.languages.messages import read_templates

from .sources import VALUE, find_messages

TABLE = (Path(__file__).parents[1] / "cases/messages-ko.md").read_text("utf-8")
CASES = re.findall(r"^(.+)\n\.\n(.+)\n\.\n(.+)\n\.$", TABLE, re.MULTILINE)

PARTS = {
    # Parts of messages that the table has as wholes, with each of their forms
    " ({} {} both)",
    " and its feed",
    " and {} more",
    " and {} more were",
    " at {}",
    " {} of {}",
    "(git gives it)",
    "(listed under /notes/)",
    ", a guess",
    ", or a date",
    ", {} left to ask for",
    ", {} removed",
    "; --all also lists {} {}",
    "; did you mean `{}`?",
    "address that leads on",
    "addresses that lead on",
    "an alias",
    "another `digest serve` shows this project{}",
    "are all drafts",
    "cannot be read",
    "entries that are back",
    "entry that is back",
    "is a draft",
    "is not valid YAML",
    "left for the next run",
    "left out: ",
    "new address",
    "new addresses",
    "numbered page",
    'remove it, or use it in a template: `{% include "',
    "removed entries",
    "removed entry",
    "tag of Liquid or a shortcode is",
    "tag or kind that is gone",
    "tags of Liquid or shortcodes are",
    "tags of Liquid or shortcodes are left out",
    "tags or kinds that are gone",
    "the front matter {}: {}",
    "the metadata",
    "the tag `{}`{} left out: a tag has {}",
    "this folder",
    "to switch it {}, write `{}: {enabled: {}}`",
    "would make",
    "{} found, {} not found",
    "{} has {}",
    "{} in {}{}",
    "{} is {} years {} every other note",
    "{} to look up, in {} and at least {}",
    "{} without one ",
    "{} written{}",
    "{} {} about known addresses",
    "{} {} left out",
    "{} {} this title, but other authors",
    "{} {} to `{}`{}; its page stays, since other tags lie below it",
    "{} {} to `{}`{}; {}{}{} {} there",
    "{} {} {} {} of `{}`",
    "{} {}, so the site has no entry",
    "{}, {} to merge{}",
    # Texts of files
    "# dates: git",
    "# digest.lock {}",
    "# site ",
    "# {}\naliases:\n",
    "aliases: {{}: [{}]}",
    "aliases:{}  {}: [{}]",
    'description: ""',
    "digest {}",
    "notes: {}",
    "notes_language: {}",
    "public: {}",
    "title: {}",
    "{} merge=union",
    "{}aliases:{}{}  {}: [{}]",
    # Texts of files, and of the theme, whose files describe themselves in English
    "{}:{}: error: {}",
    " (and {} more)",
    "would be written",
    "CLOCK: [",
    "cd {} && {}",
    "digest serve --open",
    "date: {}",
    "link: {}",
    "description: {}",
    "aliases: [{}]",
    "draft: true",
    "updated: {}",
    "authors: [{}]",
    "lang: {}",
    "slug: {}",
    # What becomes of something in the source of an import: the reports are translated as wholes
    "left out",
    "shown as code",
    "The icon in a browser's tab.",
    "The icon on the home screen of an iPhone or an iPad, of 180 pixels.",
    "The icon of an installed site, of 192 pixels.",
    "The icon of an installed site, of 512 pixels.",
    "The icon of an installed site that a phone may cut to any shape, of 512 pixels.",
    # Texts of protocols and of other programs, and errors for programmers
    "  digest tags merge {} --into {}",
    " - at `",
    " \\(at .*\\)$",
    "%(prog)s %(version)s ({}, Python {})",
    ": still here\n\n",
    "::{} title=digest::{}",
    "::{} {},title={}::{}",
    "Expected `str` matching regex",
    "Invalid enum value",
    "certificate verify failed: ",
    "digest/{} (+{})",
    "digest/{} (link checker)",
    "display :",
    "does not have any commits",
    "event: change\ndata: {}\n\n",
    "exists already",
    "retry: 400\n\n",
    "{} has no date",
    "{} is no page",
    '{}: arXiv:{} "{}"',
}
"""Texts that are no messages, or parts of messages that are translated as wholes."""
OF_LIBYAML = re.compile(r"(?:mapping|block) .*allowed in|found |(?:did|could) not |but found ")
"""Messages of the YAML parser, which are replaced by others."""


def _known(language: str) -> set[str]:
    return {re.sub(r"\{\w+\}", VALUE, english) for english, _ in read_templates(language)}


def _has_no_english(text: str) -> bool:
    unquoted = re.sub(r'`[^`]*`|"[^"]*"|front matter|digest [a-z]+', "", text)
    return not re.search("[a-z]{3,} [a-z]{2,}", unquoted)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_of_the_source_code_is_translated(language: str) -> None:
    known = _known(language)

    def is_translated(text: str) -> bool:
        if text in known:
            return True
        filled = [text.replace(VALUE, value) for value in ("7", "a file", "x")]
        return any((own := translate(each, language)) != each and _has_no_english(own) for each in filled)

    found = list(find_messages())
    assert len(found) > 600
    assert [
        f"{module}: {text}"
        for module, text in found
        if text not in PARTS and not OF_LIBYAML.match(text) and not is_translated(text)
    ] == []


def test_every_exception_from_translation_is_still_in_the_source_code() -> None:
    assert {text for _, text in find_messages()} >= PARTS


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_help_of_every_command_and_option_is_translated(language: str) -> None:
    helps = [text for command in _commands(main) for text in _helps_of(command)]
    assert len(helps) > 40
    assert [text for text in helps if translate(text, language) == text] == []


def _commands(command: click.Command) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command]
    context = click.Context(command)
    below = (command.get_command(context, name) for name in command.list_commands(context))
    return [command, *(deeper for each in below if each for deeper in _commands(each))]


def _helps_of(command: click.Command) -> list[str]:
    options = [each for each in (*command.params, *SHARED) if isinstance(each, click.Option)]
    return [text for text in (command.help, *(each.help for each in options)) if text]


def test_the_table_is_read_whole() -> None:
    assert len(CASES) == TABLE.count("\n.\n") // 3 > 20


@pytest.mark.parametrize(("english", "korean"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_message_is_translated_with_its_values(english: str, korean: str) -> None:
    assert translate(english, "ko") == korean


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_table_has_each_message_once_and_every_entry_is_read(language: str) -> None:
    templates = list(read_templates(language))
    written = [re.sub(r"\{\w+\}", VALUE, english) for english, _ in templates]
    assert sorted(written) == sorted(set(written))
    file = Path(translate.__code__.co_filename).with_name(f"{language}.po").read_text("utf-8")
    assert len(templates) == file.count("\nmsgid ") - 1  # the first entry is the header


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_message_alone(language: str) -> None:
    places = re.compile(r"\{(\w+)\}")
    assert [
        english
        for english, own in read_templates(language)
        if not set(places.findall(own)) <= set(places.findall(english))
    ] == []


def test_a_korean_message_says_the_same_kind_of_thing_throughout() -> None:
    """Sentences are in the polite formal style, and requests end in `-세요`."""
    informal = re.compile(r"(?:한다|된다|이다|없다|있다|해요|예요|돼요)(?:[.\s]|$)")
    assert [own for _, own in read_templates("ko") if informal.search(own)] == []


def test_a_message_without_a_translation_and_one_in_english_stay_as_they_are() -> None:
    assert translate("three owls in a barn", "ko") == "three owls in a barn"
    assert translate("save the file as UTF-8", "en") == "save the file as UTF-8"
    assert translate("save the file as UTF-8", "fr") == "save the file as UTF-8"


def test_a_long_message_is_translated_in_time_or_stays_as_it_is() -> None:
    quoted = '" has the address of the entry at `'
    message = f'"{quoted * (LONGEST_MESSAGE // len(quoted))}"'[:LONGEST_MESSAGE]
    started = time.process_time()
    translate(message, "ko")
    assert time.process_time() - started < 2
    assert translate("a" * (LONGEST_MESSAGE + 1), "ko") == "a" * (LONGEST_MESSAGE + 1)
