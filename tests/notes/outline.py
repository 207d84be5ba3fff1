"""A parsed note -> a short text that people can read and compare, one line a fact."""

from collections.abc import Iterator

from digest.model import Entry
from digest.notes import ParsedNote

RETURN = " ⏎ "


def outline(parsed: ParsedNote) -> str:
    lines = [line for entry in parsed.entries for line in outline_entry(entry)]
    for d in parsed.diagnostics:
        lines.append(f"{d.severity} {d.line}:{d.column} [{d.code}] {d.message}")
        if d.hint:
            lines.append(f"  hint: {d.hint}")
    return "".join(line + "\n" for line in lines)


def outline_entry(entry: Entry) -> Iterator[str]:
    yield f"{entry.date or 'undated'} {entry.kind} {entry.source.first_line}-{entry.source.last_line} {entry.title}"
    facts = {
        "authors": " | ".join(entry.authors),
        "link": entry.link or "",
        "abstract": one_line(entry.abstract),
        "commentary": one_line(entry.commentary),
        "tags": " ".join("#" + tag.label for tag in entry.tags),
        "arxiv": " ".join(entry.arxiv),
        "wikilinks": " | ".join(entry.wikilinks),
        "lang": "" if entry.lang == "ko" else entry.lang,
        "slug": entry.slug,
        "draft": "yes" if entry.draft else "",
        "aliases": " | ".join(entry.aliases),
        "excerpt": entry.excerpt,
        "updated": str(entry.updated or ""),
        "published": entry.published,
        "doi": entry.doi,
        "categories": " ".join(entry.categories),
    }
    yield from (f"  {name}: {value}" for name, value in facts.items() if value)
    for translation in entry.translations:
        yield f"  {translation.lang}: {one_line(translation.text)}"
    for work in entry.works:
        yield f"  work: {work.title} ({' | '.join(work.authors)}) {work.link or ''}".rstrip()
        if work.abstract:
            yield f"    abstract: {one_line(work.abstract)}"


def one_line(text: str) -> str:
    return text.replace("\n", RETURN)
