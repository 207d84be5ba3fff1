"""`digest import`: notes from the export or the folder of another program."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import FINE, PROBLEMS, in_language, load_project, refuse, remark, require_notes, say
from .importing import KINDS
from .usage import Command
from .wording import counted

if TYPE_CHECKING:
    from .importing import Source
    from .importing.imported import LeftOut
    from .importing.writing import Outcome


@click.command(
    "import",
    cls=Command,
    help="Write notes from SOURCE, the export or the folder of another program. No file is overwritten.",
)
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from",
    "kind",
    type=click.Choice(KINDS),
    help="The format of SOURCE. Default: the format that its files show.",
)
@click.option(
    "--into",
    metavar="FOLDER",
    default="",
    help="A folder for the notes, inside the notes folder. Default: the notes folder.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Print what would be written, and write nothing.")
@click.option(
    "--all", "every", is_flag=True, help="List every place of the report, and not only the first one of each reason."
)
def import_(*, source: Path, kind: str | None, into: str, dry: bool, every: bool) -> None:
    """Run `digest import`."""
    from .importing import Source, SourceError, read_source
    from .importing.writing import plan_files, write_files

    project = load_project(needs_notes=False)
    if not (project.folder / project.files.settings).exists():
        require_notes(project.folder, project.config, project.files.settings)
    place = _check_folder(Path(project.config.notes).as_posix(), into)
    folder, file = (source, "") if source.is_dir() else (source.parent, source.name)
    opened = Source(folder, file, _find_inside(folder, project.folder / project.config.notes))
    kind = _choose_kind(opened, kind)
    try:
        imported = read_source(kind, opened)
        files, left_out = plan_files(opened, imported, place)
        outcome = write_files(project.folder, files, dry=dry)
    except SourceError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename} cannot be written: {error.strerror}")
    for path in outcome.written:
        say(path)
    for each in outcome.taken:
        say(f"{each.path}:{each.line}: error: {in_language(each.reason)}")
    for line in (*_list_left_out(left_out, every=every), *imported.remarks):
        remark(line)
    remark(_summarise(kind, len(imported.notes), outcome, dry=dry))
    sys.exit(PROBLEMS if outcome.taken else FINE)


def _check_folder(notes: str, into: str) -> str:
    """Return the folder for the notes, below the project. Exit if it isn't the notes folder or inside it."""
    from .importing.imported import is_below

    folder = Path(into).as_posix() if into else notes
    if folder != notes and not (is_below(folder) and (notes == "." or folder.startswith(f"{notes}/"))):
        refuse(f"--into: `{into}` is not inside the notes folder `{notes}`")
    return folder


def _find_inside(folder: Path, notes: Path) -> str:
    """Return the path of the notes folder in the folder of the source, or nothing if it isn't inside it."""
    inside, outside = notes.resolve(), folder.resolve()
    return inside.relative_to(outside).as_posix() if inside != outside and inside.is_relative_to(outside) else ""


def _choose_kind(source: "Source", kind: str | None) -> str:
    """Return the format to read. Exit if no format is known."""
    from .importing import find_kind

    kind = kind or find_kind(source)
    if kind is None:
        refuse(f"the format of {source.folder / source.file} is not known; name it with --from ({', '.join(KINDS)})")
    return kind


def _list_left_out(left_out: Sequence["LeftOut"], *, every: bool) -> Iterator[str]:
    """Yield a line for each thing that didn't come into the notes as it is or, if not `every`, for each reason."""
    from .importing.writing import count_reasons

    for each, count in ((each, 1) for each in left_out) if every else count_reasons(left_out):
        place = f"{each.path}:{each.line}" if each.line else each.path
        more = f" (and {count - 1:,} more)" if count > 1 else ""
        yield f"{place}: {each.fate}: {each.reason}{more}"


def _summarise(kind: str, notes: int, outcome: "Outcome", *, dry: bool) -> str:
    """Return the last line of the report."""
    verb = "would be written" if dry else "written"
    parts = [f"{counted(notes, 'note')} from {kind}", f"{counted(len(outcome.written), 'file')} {verb}"]
    if outcome.same:
        parts.append(f"{len(outcome.same):,} there already")
    if outcome.taken:
        parts.append(f"{len(outcome.taken):,} not written")
    return ", ".join(parts)
