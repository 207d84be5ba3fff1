"""The interface in English."""

from .strings import Scaffold, Strings

STRINGS = Strings(
    lang="en",
    locale="en_US",
    site_title="Research digest",
    skip="Skip to content",
    main_navigation="Main",
    archive="Dates",
    tags="Tags",
    kinds="Kinds",
    notes="Notes",
    search="Search",
    home="Home",
    feed="Feed",
    path="You are here",
    theme="Theme",
    theme_names="automatic|light|dark",
    keys="Keyboard shortcuts",
    key_next="Next entry",
    key_previous="Previous entry",
    key_turn="Previous or next page",
    key_search="Search",
    key_theme="Change the theme",
    key_help="Show these shortcuts",
    close="Close",
    page_top="Back to top",
    new="New",
    draft="Draft",
    last_year="The last year",
    titles_only="Titles only",
    overview="At a glance",
    rising_tags="Tags on the rise",
    new_models="New models",
    numerals_form="{month} {day}",
    numeral_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    calendar="Calendar",
    busy_tags="Busy tags",
    tag_families="Broader and narrower tags",
    all_days="All dates",
    all_notes="All notes",
    nothing_yet="Nothing here yet.",
    contents="Contents",
    years="Years",
    months="Months",
    table_of_facts="Figures compared",
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
    trends="Trends",
    trends_text="Charts of what was read and written, how much of it, and how interests moved.",
    first_to_last_form="From {first} in {first_year} to {last} in {last_year}",
    tags_of_years="The busiest tag of each year",
    figures="In numbers",
    figure_entries="Entries",
    figure_days="Days",
    figure_days_text="with at least one entry",
    figure_per_day="A day",
    figure_per_day_text="entries on average on such a day",
    figure_streak="Longest run",
    figure_streak_text="without a day left out",
    figure_words="Words",
    figure_words_text="of commentary, parted by spaces",
    figure_length="An entry",
    figure_length_text="words on average",
    courses="How interests moved",
    courses_by_quarter="The share of entries with a tag in each quarter, smoothed by half of each neighbour. Tags whose centre of gravity is earlier come first. The height of each row is relative to the tag's own highest share. The number at the end counts entries.",
    courses_by_year="The share of entries with a tag in each year, smoothed by half of each neighbour. Tags whose centre of gravity is earlier come first. The height of each row is relative to the tag's own highest share. The number at the end counts entries.",
    per_month="Entries over time",
    most_form="The most were written in {when}: {count}.",
    every_month="Every month",
    model_sizes="Sizes of models",
    model_sizes_text="Numbers of parameters found in the notes, on a logarithmic scale. Several sizes of one entry are joined by a line.",
    sizes_column="Sizes",
    words_per_month="Words a month",
    words_per_year="Words a year",
    word_count=("{n} word", "{n} words"),
    most_mentioned="Mentioned most often",
    most_mentioned_text="The number of other entries that mention an entry.",
    as_table="As a table",
    period_column="When",
    sum_column="Sum",
    quarter_form="{year} Q{number}",
    commentary="Commentary",
    authors="Authors",
    abstract="Abstract",
    facts="Figures",
    works="Also in this entry",
    source="Source",
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
    same_folder="In the same folder",
    previous="Previous",
    next="Next",
    all_authors="Show all authors",
    table="Table",
    search_field="Search titles, authors, tags, text",
    search_button="Search",
    search_without_script="Search needs JavaScript. Tags and dates lead to every entry too.",
    search_loading="Searching…",
    search_results="{n} results",
    search_one_result="1 result",
    search_none="Nothing matches. Try fewer words or other ones.",
    search_more="More",
    search_all="Show all results",
    search_narrow="Narrow",
    search_wider="Also searched",
    search_remove="Remove",
    search_damaged="The search index can't be read. The site may be changing: reload the page in a moment.",
    search_unreachable="The search index could not be fetched. Check the connection and search again.",
    search_hint="Also finds #tags, year:2024, 2024-03-19, arXiv ids and Hangul initials.",
    not_found="There is no such page",
    not_found_text="The address may have changed or been mistyped. Try the dates or the tags.",
    moved="This page has moved",
    moved_text="It is now here:",
    removed="This page was removed",
    removed_text="It was part of the site once. A search or the dates may lead on.",
    entry_count=("{n} entry", "{n} entries"),
    day_count=("{n} day", "{n} days"),
    note_count=("{n} note", "{n} notes"),
    author_count=("and {n} other", "and {n} others"),
    work_count=("{n} further work", "{n} further works"),
    tag_count=("{n} tag", "{n} tags"),
    page_of="Page {number} of {total}",
    since="{count} since {year}",
    kind_names={"paper": "Paper", "model": "Model", "hardware": "Hardware", "note": "Note", "page": "Page"},
    fact_names={
        "parameters": "Parameters",
        "active": "Active",
        "experts": "Experts",
        "layers": "Layers",
        "dimension": "Dimension",
        "vocabulary": "Vocabulary",
        "context": "Context",
        "tokens": "Tokens",
        "precision": "Precision",
        "licence": "Licence",
        "memory": "Memory",
        "bandwidth": "Bandwidth",
        "fp4": "FP4",
        "fp8": "FP8",
        "fp16": "FP16",
        "int8": "INT8",
        "tdp": "TDP",
        "process": "Process",
    },
    months_long=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekday_initials=("M", "T", "W", "T", "F", "S", "S"),
    date_form="{month} {day}, {year}",
    month_form="{month} {year}",
    month_day_form="{month} {day}",
    year_form="{year}",
    year_weekday_form="{weekday}, {year}",
)  # fmt: skip

SCAFFOLD = Scaffold(
    date_line="{iso}",
    first_note="""\
{date}
Starting a digest
Write the date on the first line, then a title, then what you think. A line is a paragraph.
For a paper, put its authors in parentheses on the line after the title and paste the abstract, then write. (https://arxiv.org/abs/1706.03762)
A line of tags ends the entry. The next line is the title of the next one.
#digest
""",
    settings="""\
title: Research digest
description: Daily notes on hardware, models and papers
author: ""
language: en
# The site's address, from which links in feeds and the sitemap begin.
# base_url: https://user.github.io/repo/
# The language of the notes, if it isn't that of the interface
# notes_language: ko

# Everything else can stay as it is; take away the # to change it.
# utc_offset: "+09:00"
# home_days: 7
# per_page: 50
# feed_entries: 20
# Files that are no notes
# exclude: [README.md]
# Tags that mean the same
# aliases:
#   nmt: [mt, machine-translation]
# Tags that decide what kind of entry it is
# kinds:
#   hardware:
#     tags: [datacenter]
# Words that mean the same to the search
# search:
#   glossary:
#     증류: [distillation]
""",
    comments={
        "notes": "The folder with the notes",
        "notes_language": "The language of most notes",
        "output": "The folder for the site; another one has the usual name already",
        "templates": "The folder for templates of your own; another one has the usual name already",
        "public": "Files that are copied to the site as they are",
        "dates": "The notes give no dates, so each has the day of its first commit",
        "dates?": "Some notes give no date and are listed under /notes/. This line gives them the day of their first commit",
        "aliases": "These tags would share an address, so they count as one",
        "exclude": "Folders without notes",
        "unread": "These notes stay out: it can't be read whether they are drafts. Mend them, and take them off the list",
    },
)
