"""The words of the interface, whatever their language.

`Strings` has a field for every phrase that a template or script shows, so a language that lacks one is no `Strings` at
all. Phrases with a number are (one, many) pairs whose `{n}` is the number; Korean says both alike. Dates are written
out here rather than by the locale of the machine, which would make the same notes give other bytes elsewhere.
"""

import datetime as dt

from msgspec import Struct

Counted = tuple[str, str]
"""A phrase for one and for many."""


class Strings(Struct, frozen=True):
    """The words of the interface in one language; templates see it as `ui`."""

    lang: str
    locale: str
    site_title: str
    """What a site is called that was given no title."""

    # The frame
    skip: str
    main_navigation: str
    archive: str
    tags: str
    kinds: str
    search: str
    home: str
    feed: str
    path: str
    theme: str
    theme_names: str
    """The names of the theme's states, automatic, light and dark, with `|` between them."""
    keys: str
    key_next: str
    key_previous: str
    key_search: str
    key_theme: str
    key_help: str
    close: str
    page_top: str

    # Lists
    new: str
    last_year: str
    calendar: str
    busy_tags: str
    all_days: str
    nothing_yet: str
    contents: str
    years: str
    months: str
    table_of_facts: str
    title: str
    date_column: str
    per_year: str
    related_tags: str
    child_tags: str
    aliases: str
    other_initial: str
    pages: str
    newer: str
    older: str
    turn_pages: str

    # An entry
    commentary: str
    authors: str
    abstract: str
    facts: str
    works: str
    permalink: str
    address: str
    copy: str
    copied: str
    markdown: str
    mentions: str
    mentioned_by: str
    same_work: str
    related: str
    same_day: str
    previous: str
    next: str
    all_authors: str

    # Search and what is not there
    search_field: str
    search_button: str
    search_without_script: str
    search_loading: str
    search_results: str
    """How many results, for scripts: `{n}` stays to be filled in the browser."""
    search_one_result: str
    search_none: str
    search_more: str
    search_all: str
    search_narrow: str
    search_wider: str
    search_remove: str
    search_damaged: str
    search_unreachable: str
    search_hint: str
    not_found: str
    not_found_text: str

    entry_count: Counted
    day_count: Counted
    author_count: Counted
    work_count: Counted
    tag_count: Counted
    page_of: str
    since: str
    translations: dict[str, str]
    kind_names: dict[str, str]
    fact_names: dict[str, str]
    months_long: tuple[str, ...]
    months_short: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekday_initials: tuple[str, ...]
    date_form: str
    month_form: str
    month_day_form: str
    year_form: str
    year_weekday_form: str

    def count_entries(self, n: int) -> str:
        """Say how many entries."""
        return _counted(self.entry_count, n)

    def count_days(self, n: int) -> str:
        """Say how many days."""
        return _counted(self.day_count, n)

    def count_tags(self, n: int) -> str:
        """Say how many tags."""
        return _counted(self.tag_count, n)

    def count_works(self, n: int) -> str:
        """Say how many further works an entry is about."""
        return _counted(self.work_count, n)

    def more_authors(self, n: int) -> str:
        """Say how many authors follow those named."""
        return _counted(self.author_count, n)

    def tally(self, first: dt.date, n: int) -> str:
        """Say how many entries there are and since which year."""
        return self.since.format(year=first.year, count=self.count_entries(n))

    def page(self, number: int, total: int) -> str:
        """Say which page of how many."""
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

    def month_name(self, date: dt.date) -> str:
        """Write a month without its year, short where the language has short names: `3월`."""
        return self.months_short[date.month - 1]

    def weekday(self, date: dt.date) -> str:
        """Name the day of the week: `화요일`."""
        return self.weekdays[date.weekday()]

    def year_and_weekday(self, date: dt.date) -> str:
        """Write what `month_day` leaves out, to stand beside it: `2024년 화요일`."""
        return self.year_weekday_form.format(year=date.year, weekday=self.weekday(date))

    def year(self, number: int) -> str:
        """Write a year: `2024년`."""
        return self.year_form.format(year=number)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Write a period by its months, or the one month it lies in."""
        start, end = self.month(first), self.month(last)
        return start if start == end else f"{start} – {end}"

    def kind(self, name: str) -> str:
        """Name one of the kinds that need no configuration; any other is its own name."""
        return self.kind_names.get(name, name)

    def fact(self, key: str) -> str:
        """Name what a figure says; an unknown key is its own name."""
        return self.fact_names.get(key, key)

    def translation(self, lang: str) -> str:
        """Head the commentary in another language with that language's name."""
        return self.translations.get(lang.partition("-")[0], lang)

    def _form(self, form: str, date: dt.date) -> str:
        return form.format(
            year=date.year,
            month=self.months_long[date.month - 1],
            short=self.months_short[date.month - 1],
            day=date.day,
        )


def _counted(phrase: Counted, n: int) -> str:
    return phrase[n != 1].format(n=f"{n:,}")
