"""An export of Substack, `posts.csv` with `posts/*.html` -> notes, one a post.

Dates are UTC, as in the export. Posts that aren't published, or that only paying subscribers may read, become drafts.
"""

import csv
import re
from collections.abc import Iterator, Mapping

from ..slugs import slugify
from .attachments import copy_files
from .html import write_markdown
from .imported import Imported, ImportedNote, LeftOut, Source, SourceError

_PUBLIC = frozenset(["everyone", ""])
_TRUE = "true"
_NUMBER = re.compile(r"\d+\.")


def recognises(source: Source) -> bool:
    """Return True if a source is the unpacked folder of an export, or its `posts.csv`."""
    return source.file == "posts.csv" or (not source.file and source.has("posts.csv"))


def read(source: Source) -> Imported:
    """Read an export. Raises SourceError if it isn't one, or if the library for HTML is not installed."""
    path = source.file or "posts.csv"
    if not source.has(path):
        raise SourceError(f"there is no `posts.csv` in {source.folder}; unpack the export, and name its folder")
    notes: list[ImportedNote] = []
    left_out: list[LeftOut] = []
    pages = set(source.find("posts/*.html"))
    for line, row in _read_rows(source, path):
        page = f"posts/{row['post_id']}.html"
        if page not in pages:
            left_out.append(LeftOut(path, line, f"the post `{row['title'] or row['post_id']}` has no file `{page}`"))
            continue
        pages.remove(page)
        notes.append(_read_post(source, page, row, left_out))
    left_out += [LeftOut(page, 0, f"the post is not listed in `{path}`") for page in sorted(pages)]
    drafts = sum(note.draft for note in notes)
    remarks = (f"posts that are not published for everyone, which are drafts: {drafts:,}",) if drafts else ()
    return Imported(tuple(notes), tuple(left_out), remarks)


def _read_rows(source: Source, path: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line of each post in the table, and its fields."""
    reader = csv.DictReader(source.load_text(path).split("\n"), restval="")
    columns = {"post_id", "post_date", "is_published", "title"}
    if not columns <= set(reader.fieldnames or ()):
        raise SourceError(
            f"`{path}` is no list of posts of Substack: it lacks the columns {', '.join(sorted(columns))}"
        )
    for row in reader:
        yield reader.line_num, {name: value or "" for name, value in row.items() if isinstance(name, str)}


def _read_post(source: Source, page: str, row: Mapping[str, str], left_out: list[LeftOut]) -> ImportedNote:
    body, attachments, missing = copy_files(source, write_markdown(source.load_text(page)), ("posts",))
    left_out += [LeftOut(page, 0, f"a file that is not in the export: {name}") for name in missing]
    day = row["post_date"][:10]
    name = slugify(_NUMBER.sub("", row["post_id"], count=1))
    return ImportedNote(
        f"{day}-{name}.md" if day else f"{name}.md",
        page,
        0,
        body or row.get("subtitle", "") or row["title"],
        title=row["title"] or name,
        date=day,
        link=row.get("podcast_url", ""),
        description=row.get("subtitle", ""),
        draft=row["is_published"].lower() != _TRUE or row.get("audience", "") not in _PUBLIC,
        attachments=attachments,
    )
