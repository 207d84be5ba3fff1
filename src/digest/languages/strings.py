"""The structs that each language of the interface fills in: `Strings` for pages, `Scaffold` for new notes and projects.

`Strings` has a required field for every phrase that a template or script shows, so a language that lacks a phrase can't be
loaded. Dates are written with these strings and not with the machine's locale: the same notes must give the same bytes on
every machine.
"""

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct

from . import LANGUAGES

Counted = tuple[str, str]
"""A phrase for one and a phrase for any other number, in which `{n}` is the number. Some languages use one for both."""

LANGUAGE_NAMES = {"ja": "日本語", "zh": "中文"} | LANGUAGES
"""The names of languages in themselves, which is how readers look for their own."""


class Strings(Struct, frozen=True):
    """The words of the interface in one language; templates see it as `ui`.

    `lang` is the language's code, `locale` its name in Open Graph metadata (`ko_KR`). Names of weekdays begin with Monday.
    `date_form`, `month_form` and `month_day_form` take `{year}`, `{month}` (a name of `months_long`) and `{day}`,
    `year_weekday_form` takes `{year}` and `{weekday}`, `week_form` takes `{year}` and `{week}`, and `week_name_form` only `{week}`. To see where a phrase is shown, search `templates/` for `ui.` and its name.
    """

    lang: str
    locale: str
    site_title: str
    """The title of a site without one of its own."""

    # The frame
    skip: str
    main_navigation: str
    archive: str
    tags: str
    kinds: str
    notes: str
    search: str
    home: str
    feed: str
    path: str
    """The name, for screen readers, of the links from the home page down to this page."""
    theme: str
    theme_names: str
    """The names of the theme's states, separated by `|`: automatic, light, dark."""
    keys: str
    key_next: str
    key_previous: str
    key_turn: str
    key_search: str
    key_theme: str
    key_help: str
    close: str
    page_top: str

    # Lists
    new: str
    """The mark of an entry that came after the reader's last visit."""
    draft: str
    """The mark of an entry that only a preview with drafts shows."""
    last_year: str
    titles_only: str
    """The switch that leaves titles alone in lists of entries."""
    overview: str
    """The name, for screen readers, of the column beside the newest days."""
    rising_tags: str
    new_models: str
    calendar: str
    busy_tags: str
    lately_tags: str
    bar_is_week: str
    tag_families: str
    all_days: str
    all_notes: str
    nothing_yet: str
    contents: str
    years: str
    months: str
    weeks: str
    often_mentioned: str
    """The heading of the works that several entries of a month or a week mention."""
    table_of_facts: str
    title: str
    date_column: str
    per_year: str
    matrix: str
    """The name of the table of months by year."""
    entries_per_month: str
    """Stands before the numbers that the colours of a matrix stand for."""
    shares: str
    highest_share_form: str
    """Says in which quarter (`{when}`) a tag had its highest `{share}` of all entries."""
    related_tags: str
    child_tags: str
    aliases: str
    other_initial: str
    """The heading of tags that begin with neither Hangul, a Latin letter nor a digit."""
    pages: str
    newer: str
    older: str
    turn_pages: str

    # Trends
    trends: str
    trends_text: str
    first_to_last_form: str
    """The title of the page of trends: the first and the last year, and the busiest tag of each (`{first}`, `{last}`)."""
    tags_of_years: str
    figures: str
    figure_entries: str
    figure_days: str
    figure_days_text: str
    figure_per_day: str
    figure_per_day_text: str
    figure_streak: str
    figure_streak_text: str
    figure_words: str
    figure_words_text: str
    figure_length: str
    figure_length_text: str
    courses: str
    courses_by_quarter: str
    courses_by_year: str
    per_month: str
    most_form: str
    """Says which month or year has most: `{when}`, and `{count}` of what the chart counts."""
    every_month: str
    model_sizes: str
    model_sizes_text: str
    sizes_column: str
    words_per_month: str
    words_per_year: str
    word_count: Counted
    most_mentioned: str
    most_mentioned_text: str
    as_table: str
    period_column: str
    sum_column: str
    quarter_form: str
    numerals_form: str
    """A date in large numerals, as short as possible: `{month}` is one of `numeral_months`."""
    numeral_months: tuple[str, ...]

    # An entry
    commentary: str
    authors: str
    abstract: str
    facts: str
    works: str
    source: str
    """Stands before links to the works that an entry is about, in feeds."""
    permalink: str
    address: str
    copy: str
    copied: str
    markdown: str
    citation: str
    copy_citation: str
    copy_bibtex: str
    mentions: str
    mentioned_by: str
    same_work: str
    read_before: str
    """Stands before the dates of earlier entries about the same work."""
    read_again: str
    related: str
    around: str
    """Names the margin of an entry's page, for screen readers."""
    same_day: str
    same_folder: str
    previous: str
    next: str
    all_authors: str

    table: str
    """The name of a table in a text, for screen readers."""

    # Search, and pages that don't exist
    search_field: str
    search_button: str
    search_without_script: str
    search_words: dict[str, str]
    """What the scripts of search show, by the names that they know: `data-…` attributes of the search page.

    A script replaces `{n}`, `{name}`, `{fields}` and `{value}`. `some` counts results if not all texts were read yet, `unread` says
    that there is none among those that were. `lacking` is said if files could not be fetched; `missing` stands for a result
    whose text is lost, `unnarrowed` for lost tags, kinds and years. `private` says where recent and saved searches are kept.
    """
    search_help_title: str
    search_help: dict[str, str]
    """What the examples of `templates/search.html` find."""
    not_found: str
    not_found_text: str
    offline: str
    offline_text: str
    offline_kept: str
    """The heading of the pages that the browser has kept."""
    offline_none: str
    offline_without_script: str
    moved: str
    moved_text: str
    """Stands before a link to the page."""
    removed: str
    removed_text: str

    entry_count: Counted
    day_count: Counted
    written_day_count: Counted
    note_count: Counted
    author_count: Counted
    work_count: Counted
    mention_count: Counted
    tag_count: Counted
    page_of: str
    since: str
    kind_names: dict[str, str]
    fact_names: dict[str, str]
    months_long: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekday_initials: tuple[str, ...]
    date_form: str
    month_form: str
    month_day_form: str
    week_form: str
    week_name_form: str
    year_form: str
    year_weekday_form: str

    more: dict[str, str] = {}
    """Texts that plugins add, by name."""

    def word(self, name: str) -> str:
        """Return a text that a plugin adds; raise KeyError if there is none of that name."""
        return self.more[name]

    def count_entries(self, n: int) -> str:
        """Count entries: `3,854편`."""
        return _counted(self.entry_count, n)

    def count_days(self, n: int) -> str:
        """Count days: `12일`."""
        return _counted(self.day_count, n)

    def count_written_days(self, n: int) -> str:
        """Count days with entries: `글 쓴 날 12일`."""
        return _counted(self.written_day_count, n)

    def count_notes(self, n: int) -> str:
        """Say how many notes without a date."""
        return _counted(self.note_count, n)

    def count_tags(self, n: int) -> str:
        """Count tags: `5개`."""
        return _counted(self.tag_count, n)

    def count_works(self, n: int) -> str:
        """Count the further works that an entry is about."""
        return _counted(self.work_count, n)

    def count_mentions(self, n: int) -> str:
        """Say how many entries mention a work."""
        return _counted(self.mention_count, n)

    def more_authors(self, n: int) -> str:
        """Count the authors who are left out of a list: `외 3명`."""
        return _counted(self.author_count, n)

    def tally(self, first: dt.date, n: int) -> str:
        """Count entries since the year of the first one."""
        return self.since.format(year=first.year, count=self.count_entries(n))

    def page(self, number: int, total: int) -> str:
        """Say which page of a list this is: `3쪽 중 1쪽`."""
        return self.page_of.format(number=number, total=total)

    def date(self, date: dt.date) -> str:
        """Write a date out: `2024년 3월 19일`."""
        return self._form(self.date_form, date)

    def month(self, date: dt.date) -> str:
        """Write a month with its year: `2024년 3월`."""
        return self._form(self.month_form, date)

    def month_day(self, date: dt.date) -> str:
        """Write a date without its year: `3월 19일`."""
        return self._form(self.month_day_form, date)

    def numerals(self, date: dt.date) -> str:
        """Write a date without its year as short as possible: `3. 19.`."""
        return self.numerals_form.format(month=self.numeral_months[date.month - 1], day=date.day)

    def month_name(self, date: dt.date) -> str:
        """Name a month without its year, by its short name: `3월`."""
        return self.months_short[date.month - 1]

    def week(self, date: dt.date) -> str:
        """Write the week of a date with the year that it belongs to, by ISO 8601: `2024년 12주`."""
        year, number, _ = date.isocalendar()
        return self.week_form.format(year=year, week=number)

    def week_name(self, date: dt.date) -> str:
        """Name the week of a date without its year: `12주`."""
        return self.week_name_form.format(week=date.isocalendar()[1])

    def dates(self, first: dt.date, last: dt.date) -> str:
        """Write a period by its first and last date, with years only if they differ: `3월 18일 – 3월 24일`."""
        form = self.month_day if first.year == last.year else self.date
        return f"{form(first)} – {form(last)}"

    def weekday(self, date: dt.date) -> str:
        """Name the day of the week: `화요일`."""
        return self.weekdays[date.weekday()]

    def year_and_weekday(self, date: dt.date) -> str:
        """Write the year and the weekday, to stand beside `month_day`: `2024년 화요일`."""
        return self.year_weekday_form.format(year=date.year, weekday=self.weekday(date))

    def year(self, number: int) -> str:
        """Write a year: `2024년`."""
        return self.year_form.format(year=number)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Write a period by its first and last month, or by its only month."""
        start, end = self.month(first), self.month(last)
        return start if start == end else f"{start} – {end}"

    def quarter(self, first: dt.date) -> str:
        """Write a quarter by its first date: `2024 1분기`."""
        return self.quarter_form.format(year=first.year, number=(first.month + 2) // 3)

    def from_to(self, first_year: int, first: str, last_year: int, last: str) -> str:
        """Say what the site moved from and to: `2020년의 #gan에서 2024년의 #llm까지`."""
        return self.first_to_last_form.format(first_year=first_year, first=first, last_year=last_year, last=last)

    def most(self, when: str, count: str) -> str:
        """Say which month or year has most."""
        return self.most_form.format(when=when, count=count)

    def highest_share(self, when: str, share: str) -> str:
        """Say in which quarter a tag had its highest share of all entries."""
        return self.highest_share_form.format(when=when, share=share)

    def count_words(self, n: int) -> str:
        """Count words: `1,204낱말`."""
        return _counted(self.word_count, n)

    def kind(self, name: str) -> str:
        """Name a built-in kind. Any other kind is named by its key."""
        return self.kind_names.get(name, name)

    def fact(self, key: str) -> str:
        """Name the key of a figure. An unknown key stays as it is."""
        return self.fact_names.get(key, key)

    def translation(self, lang: str) -> str:
        """Name a language in itself: `English`. An unknown tag stays as it is."""
        return LANGUAGE_NAMES.get(lang.partition("-")[0], lang)

    def _form(self, form: str, date: dt.date) -> str:
        return form.format(
            year=date.year,
            month=self.months_long[date.month - 1],
            day=date.day,
        )


def _counted(phrase: Counted, n: int) -> str:
    return phrase[n != 1].format(n=f"{n:,}")


class Scaffold(Struct, frozen=True):
    """The texts that `digest init` and `digest new` write, in one language.

    `date_line` is the first line of a day's notes, with `{year}`, `{month}`, `{day}` (numbers) or `{iso}` (`2024-03-19`);
    the parser must read it as that date. `first_note` is a note file with its `{date}`, of one entry with the tag
    `#digest`. `settings` is a `digest.yaml` whose further settings wait in comments (`# per_page: 50`). `comments` explain
    the settings that `digest init --from` adds, by key.
    """

    date_line: str
    first_note: str
    settings: str
    comments: Mapping[str, str]

    def date(self, date: dt.date) -> str:
        """Write the line that begins a day's notes."""
        return self.date_line.format(year=date.year, month=date.month, day=date.day, iso=date.isoformat())
