"""A language -> the words of the interface.

`Strings` has a field for every phrase that a template or script shows, so a language that lacks one is no `Strings` at
all. Phrases with a number are (one, many) pairs whose `{n}` is the number; Korean says both alike. Dates are written
out here rather than by the locale of the machine, which would make the same notes give other bytes elsewhere.
"""

import datetime as dt
from typing import Literal

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


def strings_for(language: Literal["ko", "en"]) -> Strings:
    """Return the words of the interface in a language."""
    return {"ko": KOREAN, "en": ENGLISH}[language]


def _counted(phrase: Counted, n: int) -> str:
    return phrase[n != 1].format(n=f"{n:,}")


KOREAN = Strings(
    lang="ko",
    locale="ko_KR",
    site_title="오늘의 논문",
    skip="본문으로 건너뛰기",
    main_navigation="주 메뉴",
    archive="날짜",
    tags="태그",
    kinds="종류",
    search="검색",
    home="처음",
    feed="피드",
    path="현재 위치",
    theme="화면 테마",
    theme_names="자동|밝게|어둡게",
    keys="단축키",
    key_next="다음 글",
    key_previous="이전 글",
    key_search="검색",
    key_theme="화면 테마 바꾸기",
    key_help="단축키 보기",
    close="닫기",
    page_top="맨 위로",
    new="새 글",
    last_year="지난 1년",
    calendar="달력",
    busy_tags="자주 쓰인 태그",
    all_days="모든 날짜",
    nothing_yet="아직 글이 없습니다.",
    contents="차례",
    years="연도",
    months="월별",
    table_of_facts="표로 보기",
    title="제목",
    date_column="날짜",
    per_year="연도별 글 수",
    related_tags="함께 쓰인 태그",
    child_tags="하위 태그",
    aliases="같은 태그",
    other_initial="그 밖",
    pages="쪽",
    newer="더 최근",
    older="더 이전",
    turn_pages="이전과 다음",
    commentary="논평",
    authors="저자",
    abstract="초록",
    facts="수치",
    works="함께 다룬 글",
    permalink="고유 주소",
    address="이 글의 주소",
    copy="주소 복사",
    copied="복사했습니다",
    markdown="Markdown 원문",
    mentions="이 글이 언급한 글",
    mentioned_by="이 글을 언급한 글",
    same_work="같은 논문을 다룬 글",
    related="관련 글",
    same_day="같은 날의 글",
    previous="이전",
    next="다음",
    all_authors="저자 모두 보기",
    search_field="제목, 저자, 태그, 본문에서 찾기",
    search_button="찾기",
    search_without_script="검색에는 자바스크립트가 필요합니다. 태그와 날짜로도 글을 찾을 수 있습니다.",
    not_found="찾는 페이지가 없습니다",
    not_found_text="주소가 바뀌었거나 잘못 적힌 것 같습니다. 날짜나 태그에서 찾아보세요.",
    entry_count=("{n}편", "{n}편"),
    day_count=("{n}일", "{n}일"),
    author_count=("외 {n}명", "외 {n}명"),
    work_count=("함께 다룬 글 {n}편", "함께 다룬 글 {n}편"),
    tag_count=("{n}개", "{n}개"),
    page_of="{total}쪽 중 {number}쪽",
    since="{year}년부터 {count}",
    translations={"en": "English", "ko": "한국어", "ja": "日本語", "zh": "中文"},
    kind_names={"paper": "논문", "model": "모델", "hardware": "하드웨어", "note": "노트"},
    fact_names={},
    months_long=tuple(f"{month}월" for month in range(1, 13)),
    months_short=tuple(f"{month}월" for month in range(1, 13)),
    weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    date_form="{year}년 {month} {day}일",
    month_form="{year}년 {month}",
    month_day_form="{month} {day}일",
    year_form="{year}년",
    year_weekday_form="{year}년 {weekday}",
)

ENGLISH = Strings(
    lang="en",
    locale="en_US",
    site_title="Research digest",
    skip="Skip to content",
    main_navigation="Main",
    archive="Dates",
    tags="Tags",
    kinds="Kinds",
    search="Search",
    home="Home",
    feed="Feed",
    path="You are here",
    theme="Theme",
    theme_names="automatic|light|dark",
    keys="Keyboard shortcuts",
    key_next="Next entry",
    key_previous="Previous entry",
    key_search="Search",
    key_theme="Change the theme",
    key_help="Show these shortcuts",
    close="Close",
    page_top="Back to top",
    new="New",
    last_year="The last year",
    calendar="Calendar",
    busy_tags="Busy tags",
    all_days="All dates",
    nothing_yet="Nothing here yet.",
    contents="Contents",
    years="Years",
    months="Months",
    table_of_facts="As a table",
    title="Title",
    date_column="Date",
    per_year="Entries per year",
    related_tags="Goes with",
    child_tags="Narrower tags",
    aliases="Also written",
    other_initial="Other",
    pages="Pages",
    newer="Newer",
    older="Older",
    turn_pages="Previous and next",
    commentary="Commentary",
    authors="Authors",
    abstract="Abstract",
    facts="Figures",
    works="Also in this entry",
    permalink="Permalink",
    address="Address of this entry",
    copy="Copy address",
    copied="Copied",
    markdown="Markdown source",
    mentions="Mentioned here",
    mentioned_by="Mentioned by",
    same_work="On the same paper",
    related="Related entries",
    same_day="On the same day",
    previous="Previous",
    next="Next",
    all_authors="Show all authors",
    search_field="Search titles, authors, tags, text",
    search_button="Search",
    search_without_script="Search needs JavaScript. Tags and dates lead to every entry too.",
    not_found="There is no such page",
    not_found_text="The address may have changed or been mistyped. Try the dates or the tags.",
    entry_count=("{n} entry", "{n} entries"),
    day_count=("{n} day", "{n} days"),
    author_count=("and {n} other", "and {n} others"),
    work_count=("{n} further work", "{n} further works"),
    tag_count=("{n} tag", "{n} tags"),
    page_of="Page {number} of {total}",
    since="{count} since {year}",
    translations={"en": "English", "ko": "한국어", "ja": "日本語", "zh": "中文"},
    kind_names={"paper": "Paper", "model": "Model", "hardware": "Hardware", "note": "Note"},
    fact_names={},
    months_long=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    date_form="{month} {day}, {year}",
    month_form="{month} {year}",
    month_day_form="{month} {day}",
    year_form="{year}",
    year_weekday_form="{weekday}, {year}",
)  # fmt: skip
