"""Measure the parser on real notes: days with known results, harder variants of the same days, and a vault of single notes.

    python bench/parse.py [--corpus DIR]

The corpus is a folder with `daily/notes/*.txt`, `daily/gold.jsonl` (the right results) and `vault/`. Every variant is written
from the gold entries with a fixed seed, so the figures are the same in every run.
"""

import argparse
import datetime as dt
import json
import os
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from digest.diagnostics import Diagnostic
from digest.model import Entry, NoteFile
from digest.notes import ParsedNote, parse
from digest.notes.discover import find_notes, read_note

WEEKDAYS = "월화수목금토일"
DATE_FORMS: tuple[Callable[[dt.date], str], ...] = (
    lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    lambda d: f"{d.year}년{d.month}월{d.day}일",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일 {WEEKDAYS[d.weekday()]}",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일 ({WEEKDAYS[d.weekday()]})",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일 {WEEKDAYS[d.weekday()]}요일",
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%Y.%m.%d}.",
    lambda d: f"{d.year}. {d.month}. {d.day}.",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"# {d.year}년 {d.month}월 {d.day}일",
    lambda d: f"## {d:%Y-%m-%d}",
)

MARKS = str.maketrans(dict.fromkeys("#＃*>(),，[]_|", " "))


class Wanted(Struct, frozen=True):
    """The right result for an entry. Its lines are the non-blank ones, and all text is NFC."""

    date: dt.date
    title: str
    authors: str
    abstract: tuple[str, ...]
    commentary: tuple[str, ...]
    tags: tuple[str, ...]
    link: str | None


class Variant(Struct, frozen=True):
    """A way of writing the gold days as files. `dropped`, `blanks` and `urls` are shares of entries or lines, from 0 to 1."""

    name: str
    dropped: float = 0.0
    blanks: float = 0.0
    urls: float = 0.0
    newline: str = "\n"
    bom: bool = False
    form: str = "NFC"
    mark: str = "#"
    between_tags: str = " "
    days: int = 1
    between: bool = False
    dates: str = "first"
    titles: str = "plain"


VARIANTS = (
    Variant("tag lines dropped from 9%", dropped=0.09),
    Variant("blank lines strewn", blanks=0.4),
    Variant("CRLF", newline="\r\n"),
    Variant("BOM", bom=True),
    Variant("NFD", form="NFD"),
    Variant("full-width ＃", mark="＃"),
    Variant("tags with commas", between_tags=", "),
    Variant("seven days in a file", days=7),
    Variant("date lines in every form", dates="each"),
    Variant("Markdown: ## title", dates="heading", titles="heading"),
    Variant("Markdown: ## title (authors)", dates="heading", titles="heading with authors"),
    Variant("Markdown: *title* (authors)", dates="heading", titles="emphasis"),
    Variant("title (authors) on one line", titles="one line"),
    Variant("URL lines under titles", urls=1.0),
    Variant("dropped, blanks", dropped=0.09, blanks=0.4),
    Variant("dropped, blank between entries", dropped=0.09, between=True),
    Variant("dropped, ## title", dropped=0.09, dates="heading", titles="heading"),
    Variant("dropped, *title* (authors)", dropped=0.09, dates="heading", titles="emphasis"),
    Variant("dropped, days", dropped=0.09, days=7),
    Variant("dropped, days, every form in a file", dropped=0.09, days=7, dates="each"),
    Variant("all, plain", 0.09, 0.4, 0.5, "\r\n", True, "NFD", "＃", ", ", 7, False, "file"),
    Variant("all, Markdown", 0.09, 0.4, 0.5, "\r\n", True, "NFD", "＃", ", ", 7, False, "heading", "heading"),
)


class Tally(Struct):
    """The results of parsing a set of files."""

    wanted: int = 0
    right: int = 0
    lost: int = 0
    seconds: float = 0.0
    wrong: dict[str, int] = {}
    codes: dict[str, int] = {}


def main() -> int:
    """Print the results for the gold days, for each variant of them, and for the vault."""
    parser = argparse.ArgumentParser(description="Measure the parser on real notes.")
    parser.add_argument("--corpus", type=Path, default=os.environ.get("DIGEST_CORPUS"))
    parser.add_argument("--misses", action="store_true", help="print the entries that came out wrong")
    options = parser.parse_args()
    if options.corpus is None or not (options.corpus / "daily" / "gold.jsonl").is_file():
        print("no corpus: name its folder with --corpus or DIGEST_CORPUS", file=sys.stderr)
        return 2
    gold = read_gold(options.corpus / "daily" / "gold.jsonl")
    header = f"{'files':38}{'entries':>9}{'right':>8}{'%':>8}{'lost':>6}{'ms':>7}  wrong fields; reports"
    print(header + "\n" + "-" * len(header))
    print_row("gold, as published", measure(published(options.corpus / "daily", gold), options.misses))
    for variant in VARIANTS:
        print_row(variant.name, measure(rewritten(gold, variant), options.misses))
    print_vault(options.corpus / "vault")
    return 0


def read_gold(path: Path) -> list[tuple[Wanted, ...]]:
    """Read the gold days, in order, with their entries and the addresses of works, which some variants write."""
    days = []
    for line in path.read_text("utf-8").splitlines():
        day = json.loads(line)
        date = dt.date.fromisoformat(day["date"])
        days.append(tuple(to_wanted(date, entry) for entry in day["entries"]))
    return days


def to_wanted(date: dt.date, entry: dict[str, Any]) -> Wanted:
    return Wanted(
        date=date,
        title=nfc(entry["title"]),
        # One entry has a space before a comma. It isn't part of the name.
        authors=", ".join(name.strip() for name in nfc(entry["authors"] or "").split(",")),
        abstract=content_lines(entry["abstract"]),
        commentary=content_lines(entry["commentary"]),
        tags=tuple(map(nfc, entry["tags"])),
        link=entry["url"],
    )


def published(folder: Path, gold: Sequence[tuple[Wanted, ...]]) -> Iterator[tuple[NoteFile, list[Wanted]]]:
    """Yield the original day files, which don't contain the addresses of works, with the right results."""
    by_date = {day[0].date.isoformat(): day for day in gold}
    for found in find_notes(folder, "notes"):
        note = read_note(folder, found.path)
        assert isinstance(note, NoteFile)
        yield note, [structs.replace(entry, link=None) for entry in by_date[Path(found.path).stem]]


def rewritten(gold: Sequence[tuple[Wanted, ...]], variant: Variant) -> Iterator[tuple[NoteFile, list[Wanted]]]:
    """Yield the gold days in the form of a variant, with the right results."""
    choice = random.Random(variant.name)
    for start in range(0, len(gold), variant.days):
        lines: list[str] = []
        wanted: list[Wanted] = []
        form = choice.choice(DATE_FORMS)
        for day in gold[start : start + variant.days]:
            lines.append(write_date(day[0].date, form, choice, variant.dates))
            for entry in day:
                kept = entry if choice.random() >= variant.dropped else structs.replace(entry, tags=())
                kept = kept if choice.random() < variant.urls else structs.replace(kept, link=None)
                wanted.append(kept)
                lines += write_entry(kept, choice, variant) + [""] * variant.between
        lines = [text for line in lines for text in ([line, ""] if choice.random() < variant.blanks else [line])]
        text = ("\ufeff" if variant.bom else "") + variant.newline.join([*lines, ""])
        path = f"notes/{gold[start][0].date}.txt"
        # `read_note` removes the byte order mark.
        decoded = unicodedata.normalize(variant.form, text).encode().decode().removeprefix("\ufeff")  # type: ignore[arg-type]
        yield NoteFile(path, decoded, ""), wanted


def write_date(date: dt.date, form: Callable[[dt.date], str], choice: random.Random, how: str) -> str:
    forms = {"first": DATE_FORMS[0], "heading": DATE_FORMS[9], "file": form, "each": choice.choice(DATE_FORMS)}
    return forms[how](date)


def write_entry(entry: Wanted, choice: random.Random, variant: Variant) -> list[str]:
    authors = f"({entry.authors})" if entry.authors else ""
    on_one_line = {
        "heading with authors": f"## {entry.title} {authors}",
        "emphasis": f"*{entry.title}* {authors}",
        "one line": f"{entry.title} {authors}",
    }
    if variant.titles in on_one_line:
        head = [on_one_line[variant.titles].rstrip()]
    else:
        title = f"## {entry.title}" if variant.titles == "heading" else entry.title
        head = [title, *([authors] if authors else [])]
    if entry.link:
        head.insert(choice.randint(1, len(head)), entry.link)
    mark = "> " if variant.titles == "emphasis" else ""
    tags = variant.between_tags.join(variant.mark + tag for tag in entry.tags)
    return [*head, *(mark + line for line in entry.abstract), *entry.commentary, *([tags] if tags else [])]


def measure(files: Iterator[tuple[NoteFile, list[Wanted]]], show_misses: bool) -> Tally:
    """Parse the files and compare the results. An entry is right if all of its parts are exactly right."""
    tally = Tally(wrong={}, codes={})
    for note, wanted in files:
        began = time.perf_counter()
        parsed = parse(note)
        tally.seconds += time.perf_counter() - began
        came = [to_compare(entry) for entry in parsed.entries]
        left = Counter(came)
        by_title = {entry.title: entry for entry in came}
        for entry in wanted:
            tally.wanted += 1
            if left[entry] > 0:
                left[entry] -= 1
                tally.right += 1
                continue
            near = by_title.get(entry.title)
            fields = [f for f in Wanted.__struct_fields__ if near and getattr(near, f) != getattr(entry, f)]
            for field in fields or ["missing"]:
                tally.wrong[field] = tally.wrong.get(field, 0) + 1
            if show_misses:
                print(f"  {note.path}: {entry.title} ({', '.join(fields) or 'missing'})")
        tally.lost += count_lost(note, parsed)
        for diagnostic in parsed.diagnostics:
            tally.codes[diagnostic.code] = tally.codes.get(diagnostic.code, 0) + 1
    return tally


def to_compare(entry: Entry) -> Wanted:
    return Wanted(
        date=entry.date or dt.date.min,
        title=entry.title,
        authors=", ".join(entry.authors),
        abstract=content_lines(entry.abstract.split("\n")),
        commentary=content_lines(entry.commentary.split("\n")),
        tags=tuple(tag.label for tag in entry.tags),
        link=entry.link,
    )


def count_lost(note: NoteFile, parsed: ParsedNote) -> int:
    """Count the lost lines: those that aren't in exactly one block, or have a word that isn't in any entry."""
    owners = Counter(n for block in parsed.blocks for n in range(block.first_line, block.last_line + 1))
    kept = {n for b in parsed.blocks if b.entry is None for n in range(b.first_line, b.last_line + 1)}
    words = {word for entry in parsed.entries for part in all_parts(entry) for word in bare_words(part)}
    lost = 0
    for number, line in enumerate(note.text.split("\n"), 1):
        if line.strip() and (owners[number] != 1 or not (number in kept or words.issuperset(bare_words(line)))):
            lost += 1
    return lost


def all_parts(entry: Entry) -> list[str]:
    translations = [translation.text for translation in entry.translations]
    works = [part for work in entry.works for part in (work.title, *work.authors, work.abstract, work.link or "")]
    tags = [tag.label for tag in entry.tags]
    own = [entry.title, *entry.authors, entry.abstract, entry.commentary, entry.link or "", *entry.wikilinks]
    return [*own, *translations, *works, *tags]


def bare_words(text: str) -> list[str]:
    """Return the words of a text without the markup of titles, tags, quotes, authors and wikilinks."""
    bare = nfc(text).replace(".md]]", "").replace("# Links", "")
    return [word for word in bare.translate(MARKS).split() if word != "and"]


def content_lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(nfc(line) for line in lines if line.strip())


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def print_row(name: str, tally: Tally) -> None:
    share = 100 * tally.right / tally.wanted
    wrong = ", ".join(f"{field} {count}" for field, count in sorted(tally.wrong.items()))
    codes = ", ".join(f"{code} {count}" for code, count in sorted(tally.codes.items()))
    ms = 1000 * tally.seconds
    print(f"{name:38}{tally.wanted:9}{tally.right:8}{share:8.2f}{tally.lost:6}{ms:7.0f}  {wrong}; {codes}")


def print_vault(folder: Path) -> None:
    """Parse every note in the vault and print a summary, with the first place of each diagnostic code."""
    began = time.perf_counter()
    found = find_notes(folder, ".")
    listed = time.perf_counter()
    notes = [read_note(folder, note.path) for note in found]
    read = time.perf_counter()
    parsed = [parse(note) for note in notes if isinstance(note, NoteFile)]
    ended = time.perf_counter()
    entries = [entry for note in parsed for entry in note.entries]
    lost = sum(count_lost(n, p) for n, p in zip((n for n in notes if isinstance(n, NoteFile)), parsed, strict=True))
    print(f"\nvault: {len(found)} files, {len(entries)} entries, {lost} lines lost")
    print(
        f"  find {1000 * (listed - began):.0f} ms, read {1000 * (read - listed):.0f} ms, parse {1000 * (ended - read):.0f} ms"
    )
    print(f"  kinds: {count_of(entry.kind for entry in entries)}")
    works, translated = sum(len(e.works) for e in entries), sum(bool(e.translations) for e in entries)
    print(
        f"  {works} further works, {translated} translations, {sum(len(e.wikilinks) for e in entries)} links between notes"
    )
    reports: list[Diagnostic] = [d for note in parsed for d in note.diagnostics]
    reports += [note for note in notes if isinstance(note, Diagnostic)]
    for code, count in Counter(report.code for report in reports).most_common():
        first = min(report for report in reports if report.code == code)
        print(f"  {count:5} {code}, the first at {first.path}:{first.line}:{first.column}")


def count_of(values: Iterator[str]) -> str:
    return ", ".join(f"{value} {count}" for value, count in Counter(values).most_common())


if __name__ == "__main__":
    raise SystemExit(main())
