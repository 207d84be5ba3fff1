"""`digest tags`: tags that look alike, the list of all tags, and merging one tag into another."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .console import (
    in_language,
    load_project,
    open_reading,
    refuse,
    remark,
    say,
)
from .usage import Group
from .wording import counted

if TYPE_CHECKING:
    from .archive.archive import Archive
    from .pipeline.build import Project
    from .vocabulary.suggest import ListedTag, Merge, Suggestion

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(
    "tags", cls=Group, invoke_without_command=True, help="List tags that look alike, such as `lm` and `language-model`."
)
@click.option("--all", "guesses", is_flag=True, help="List guesses too.")
@json_option
@click.pass_context
def tags(context: click.Context, *, guesses: bool, as_json: bool) -> None:
    """Run `digest tags`."""
    if context.invoked_subcommand:
        if guesses or as_json:
            refuse(f"write the options after `{context.invoked_subcommand}`")
        return
    from .vocabulary.suggest import suggest_merges

    project, archive = _read()
    config = project.config
    found = suggest_merges(archive, config, guesses=True)
    shown = [each for each in found if guesses or each.certain]
    if as_json:
        _print_json(shown)
        return
    for line in _describe(archive, shown):
        say(in_language(line))
    left = len(found) - len(shown)
    hint = f"; --all also lists {left:,} {'guess' if left == 1 else 'guesses'}" if left else ""
    remark(f"{counted(len(archive.tags), 'tag')}, {len(shown)} to merge{hint}")


@tags.command("list", help="List all tags with their numbers of entries.")
@json_option
def list_all(*, as_json: bool) -> None:
    """Run `digest tags list`."""
    from .vocabulary.suggest import list_tags, spell

    project, archive = _read()
    listed = tuple(list_tags(archive, project.config))
    if as_json:
        _print_json(listed)
        return
    width = max((len(f"{tag.entries:,}") for tag in listed), default=0)
    for tag in listed:
        (written,) = spell(archive, [tag.tag])
        say(f"{tag.entries:>{width},} {_describe_tag(tag, written)}")


@tags.command(help="Make tags aliases of another tag, in digest.yaml. Comments and order of the file are kept.")
@click.argument("others", metavar="TAG...", nargs=-1, required=True)
@click.option("--into", metavar="TAG", required=True, help="The tag to keep.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def merge(*, others: tuple[str, ...], into: str, dry_run: bool) -> None:
    """Run `digest tags merge`."""
    from .vocabulary.merging import MergeError, plan_merge, write_merge

    project, archive = _read()
    folder, settings = project.folder, project.files.settings
    try:
        planned = plan_merge(folder, archive, project.config, others, into, settings)
        if not dry_run:
            write_merge(folder, planned, settings)
    except MergeError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename or settings} cannot be written: {error.strerror}")
    for each in planned.merges:
        say(f"{each.label}: {in_language(_describe_merge(each, planned.into))}")
    aliases = ", ".join(f"`{each.label}`" for each in planned.merges)
    verb = "would make" if dry_run else "makes"
    remark(f"{settings} {verb} {aliases} {'an alias' if len(planned.merges) == 1 else 'aliases'} of `{planned.into}`")


def _read() -> "tuple[Project, Archive]":
    project = load_project()
    with open_reading(project) as reading:
        return project, reading.arranged.archive


def _describe(archive: "Archive", found: "Iterable[Suggestion]") -> Iterator[str]:
    """Yield the lines about tags that look alike, with the command that merges them."""
    from .vocabulary.suggest import spell

    for each in found:
        yield f"{each.label} ({counted(each.entries, 'entry')}){'' if each.certain else ', a guess'}"
        for other in each.merges:
            yield f"  {other.label} ({counted(other.entries, 'entry')}): {other.reason}"
            yield f"    {_describe_merge(other, each.label)}"
        names = spell(archive, [other.tag for other in each.merges])
        (keep,) = spell(archive, [each.keep])
        yield f"  digest tags merge {shlex.join(names)} --into {shlex.quote(keep)}"


def _describe_merge(merge: "Merge", into: str) -> str:
    """Say what changes if a tag becomes an alias."""
    moved = merge.entries - merge.both
    both = f" ({merge.both:,} {'has' if merge.both == 1 else 'have'} both)" if merge.both else ""
    comes = "comes" if moved == 1 else "come"
    if not merge.addresses:
        return f"{counted(moved, 'entry')} {comes} to `{into}`{both}; its page stays, since other tags lie below it"
    numbered = f", {counted(len(merge.addresses) - 1, 'numbered page')}" if len(merge.addresses) > 1 else ""
    feed = " and its feed" if merge.feed else ""
    verb = "leads" if not (numbered or feed) else "lead"
    return f"{counted(moved, 'entry')} {comes} to `{into}`{both}; {merge.addresses[0]}{numbered}{feed} {verb} there"


def _describe_tag(tag: "ListedTag", written: str) -> str:
    """Say how a tag is written, and then its label or its key if they differ."""
    other = next((name for name in (tag.label, tag.tag) if name.casefold() != written.casefold()), "")
    name = f"{written} ({other})" if other else written
    parent = in_language(f", below {tag.parent}") if tag.parent else ""
    others = [alias for alias in tag.aliases if alias != written]
    aliases = in_language(f", also {', '.join(others)}") if others else ""
    return f"{name}{parent}{aliases}"


def _print_json(rows: "Sequence[Suggestion] | Sequence[ListedTag]") -> None:
    import json  # seldom needed, and slow to import

    from msgspec import to_builtins

    click.echo(json.dumps(to_builtins(rows), indent=2))  # ASCII, so that it is valid JSON in any terminal's encoding
