"""Write new note files and new projects, for `digest new` and `digest init`.

Nothing is ever overwritten. A `.gitattributes` that is there already gets lines at its end.
"""

import datetime as dt
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from .addresses.lock import FILE_NAME as LOCK
from .config import CACHE_FOLDER, FILE_NAME, Config
from .disk import is_inside, read_inside
from .languages import nearest_language, scaffold_for
from .notes.discover import ENDINGS
from .papers.record import FILE_NAME as PAPERS
from .publishing import plan_publishing
from .store.manifest import FILE_NAME as MANIFEST
from .wording import counted

if TYPE_CHECKING:
    from .inventory import Inventory
    from .languages.strings import Scaffold

_LANGUAGE_NAMES = {
    "ko": "Korean", "en": "English", "ja": "Japanese", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish",
    "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
}  # fmt: skip

ATTRIBUTES = ".gitattributes"


class OutsideError(ValueError):
    """A folder isn't inside the project. The message says what to do."""


class Made(Struct, frozen=True):
    """The files that were written, and advice about files that were there before. Paths are relative to the project."""

    files: tuple[str, ...]
    advice: tuple[str, ...] = ()


def make_note(folder: Path, config: Config, date: dt.date) -> tuple[Path, bool]:
    """Create a day's note file with its date line, unless it exists. Return its path, and True if it is new.

    The date is written in the language of the notes or, if the interface has no such language, as in English.
    """
    path = folder / config.notes / f"{date.isoformat()}.txt"
    try:
        _write(folder, path, _date_line(config, date))
    except FileExistsError:
        return path, False
    return path, True


def remove_empty_note(path: Path, config: Config, date: dt.date) -> None:
    """Remove a day's note file that `make_note` made, if nothing was written into it."""
    if path.exists() and path.read_bytes() == _date_line(config, date).encode():
        path.unlink()


def _date_line(config: Config, date: dt.date) -> str:
    return scaffold_for(nearest_language(config.language_of_notes)).date(date) + "\n"


def make_project(folder: Path, language: str, today: dt.date, *, found: "Inventory | None" = None) -> Made:
    """Create a project in a folder. `language` is a code in `LANGUAGES`, `found` what its notes folder holds, if it has one.

    Raises FileExistsError if one of the files exists, and writes nothing. Next to notes that were there before, a workflow
    of the same name is kept. The workflow lies at the root of the repository, which may be above the project.
    """
    scaffold = scaffold_for(language)
    files = {}
    output = "site"
    if found is None:
        files[f"notes/{today.isoformat()}.txt"] = scaffold.first_note.format(date=scaffold.date(today))
        files[FILE_NAME] = scaffold.settings
    else:
        output = _free_name(folder, "site")
        files[FILE_NAME] = settings_for(found, folder, scaffold, language)
    whole_history = bool(found and found.wants_git)
    plan = plan_publishing(folder, output=output, whole_history=whole_history, language=language)
    files |= plan.files
    advice = [
        *plan.advice,
        "before the first push, choose GitHub Actions as the source under Settings > Pages on GitHub",
    ]
    if found and _place(folder, plan.workflow).exists():
        del files[plan.workflow]
        advice = [f"{plan.workflow} was there before and is kept: it has to run `digest build` and publish `{output}/`"]
    for name in files:
        if _place(folder, name).exists():
            raise FileExistsError(17, "exists already", name)
    if (folder / ".gitignore").exists():
        advice += _advise_to_ignore(folder, output)
    else:
        others = () if any(folder.glob("site-*")) else ("site-*",)  # the folders of further sites, such as site-en
        files[".gitignore"] = "".join(f"/{name}/\n" for name in (CACHE_FOLDER, output, *others))
    attributes = _new_attributes(folder, found.layout.notes if found else "notes")
    for name, content in files.items():
        _write(plan.root, _place(folder, name), content)
    if attributes:
        with (folder / ATTRIBUTES).open("a", encoding="utf-8", newline="\n") as file:
            file.write(attributes)
    return Made(tuple(sorted((*files, *([ATTRIBUTES] if attributes else [])))), tuple(advice))


def _place(folder: Path, name: str) -> Path:
    """Return the path of a file. It may lie above a folder that does not exist yet."""
    return Path(os.path.normpath(folder / name))


def _advise_to_ignore(folder: Path, output: str) -> list[str]:
    """Return a sentence about the lines that `.gitignore` lacks, if it lacks any."""
    lines = read_inside(folder, ".gitignore").decode("utf-8", "replace").splitlines()
    ignored = {line.strip().strip("/") for line in lines}
    missing = [name for name in (CACHE_FOLDER, output) if name not in ignored]
    names = " and ".join(f"`/{name}/`" for name in missing)
    return [f".gitignore was there before and is kept: add {names} to it"] if missing else []


def _new_attributes(folder: Path, notes: str) -> str:
    """Return the lines that `.gitattributes` lacks: git is to keep the lines of both sides if two branches add to one file."""
    try:
        before = read_inside(folder, ATTRIBUTES).decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        before = ""
    except OSError as error:  # a link that leads out, for example
        raise PermissionError(error.errno, error.strerror, error.filename) from error
    patterns = [f"*{ending}" for ending in ENDINGS] if notes == "." else [f"{notes}/**"]
    wanted = [f"{_attribute_pattern(pattern)} merge=union" for pattern in (LOCK, PAPERS, *patterns)]
    missing = [line for line in wanted if line not in before.splitlines()]
    start = "\n" if before and not before.endswith("\n") else ""
    return start + "".join(f"{line}\n" for line in missing) if missing else ""


def _attribute_pattern(pattern: str) -> str:
    return json.dumps(pattern, ensure_ascii=False) if re.search(r'[\s"\\]', pattern) or pattern[0] in "#!" else pattern


def find_notes_folder(written: Path, project: Path, folder: Path) -> Path:
    """Return the folder that `--from` names: as seen from the shell's folder or, if that is outside, from `folder` (`-C`).

    Raises OutsideError if it isn't inside the project, since a build reads only files of its project, or doesn't exist.
    """
    places = [place for place in (written.resolve(), (folder / written).resolve()) if place.is_dir()]
    for place in places:
        if place.is_relative_to(project):
            return place
    if not places:
        raise OutsideError(f"there is no folder {written}")
    raise OutsideError(
        f"{places[0]} is outside {project}, and a build reads nothing outside its project; "
        f"make the folder the project: digest init {places[0]} --from {places[0]}"
    )


def settings_for(found: "Inventory", folder: Path, scaffold: "Scaffold", language: str) -> str:
    """Return the settings that fit a folder of notes, with comments."""
    layout = found.layout
    title = json.dumps(layout.title or folder.name, ensure_ascii=False)
    text = re.sub(r"^title: .*$", lambda _: f"title: {title}", scaffold.settings, flags=re.MULTILINE)
    text = re.sub(r"^description: .*$", 'description: ""', text, flags=re.MULTILINE)
    lines = [("notes", f"notes: {_quoted(layout.notes)}")]
    if nearest_language(found.language) != language or found.language != language:
        lines.append(("notes_language", f"notes_language: {found.language}"))
    for key in ("output", "templates"):
        usual = "site" if key == "output" else key
        if _free_name(folder, usual) != usual:
            lines.append((key, f"{key}: {_free_name(folder, usual)}"))
    if layout.public:
        lines.append(("public", f"public: {_quoted(layout.public)}"))
    if found.wants_git:
        lines.append(("dates", "dates: git"))
    elif found.committed:
        lines.append(("dates?", "# dates: git"))
    excluded = [("exclude", name) for name in layout.exclude] + [("unread", name) for name in found.unread]
    added = "".join(f"# {scaffold.comments[key]}\n{line}\n" for key, line in lines)
    return text + "\n" + added + _alias_lines(found, scaffold) + _exclude_lines(excluded, scaffold)


def _alias_lines(found: "Inventory", scaffold: "Scaffold") -> str:
    """Return the setting `aliases` for tags that would share an address."""
    lines = [f"  {_quoted(same[0])}: {json.dumps(same[1:], ensure_ascii=False)}\n" for same in found.same_tags]
    return f"# {scaffold.comments['aliases']}\naliases:\n" + "".join(lines) if lines else ""


def _exclude_lines(excluded: Sequence[tuple[str, str]], scaffold: "Scaffold") -> str:
    """Return the setting `exclude`, with a comment before the names of each kind."""
    lines = []
    for (key, name), before in zip(excluded, ["", *(key for key, _ in excluded)], strict=False):
        if key != before:
            lines.append(f"  # {scaffold.comments[key]}\n")
        # A name may hold characters that mean something in a pattern.
        pattern = re.sub(r"([*?[])", r"[\1]", name)
        lines.append(f"  - {_quoted(pattern)}\n")
    return "exclude:\n" + "".join(lines) if lines else ""


def describe_inventory(found: "Inventory") -> list[str]:
    """Say what a folder holds, a line for each thing that there is."""
    place = "this folder" if found.layout.notes == "." else f"`{found.layout.notes}`"
    tool = f" ({found.layout.tool})" if found.layout.tool else ""
    lines = [f"{counted(found.notes, 'note')} in {place}{tool}"]
    dates = [f"{count:,} from {name}" for name, count in found.dates]
    if found.undated:
        dates.append(
            f"{found.undated:,} without one " + ("(git gives it)" if found.wants_git else "(listed under /notes/)")
        )
    named = [
        ("dates", dates),
        ("tags", [f"{count:,} from {name}" for name, count in found.tags]),
        ("languages", [f"{count:,} {_LANGUAGE_NAMES[lang]}" for lang, count in found.languages]),
    ]
    lines += [f"{name}: {', '.join(parts)}" for name, parts in named if parts]
    images = [f"{found.own_images:,} of your own"] if found.own_images else []
    images += [f"{found.remote_images:,} on other servers, which stay links"] if found.remote_images else []
    lines += [f"images: {', '.join(images)}"] if images else []
    if found.html:
        lines.append(f"HTML: in {counted(found.html, 'note')}; harmless elements are kept, others are shown as text")
    if found.drafts:
        lines.append(f"drafts: {found.drafts:,}, which stay out")
    if found.left_out:
        lines.append("left out: " + ", ".join(f"{reason} {count:,}" for reason, count in found.left_out))
    if found.unread:
        lines.append(
            f"unclear: {counted(len(found.unread), 'note')}; digest.yaml lists what stays out until it is mended"
        )
    if found.history:
        lines.append(f"git: {found.history}")
    if found.translations:
        lines.append(
            f"translations: {', '.join(found.translations)} hold the same notes; all are shown, "
            f"and `notes: {_join(found.layout.notes, found.translations[0])}` shows one language"
        )
    return lines


def _join(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _quoted(text: str) -> str:
    """Write a text as YAML, with quotes if it needs any."""
    return text if re.fullmatch(r"[\w./][\w./ -]*(?<! )", text) else json.dumps(text, ensure_ascii=False)


def _free_name(folder: Path, name: str) -> str:
    """Return the name of a folder that digest writes or reads: the usual one, unless something else has it."""
    place = folder / name
    is_free = not place.exists() or (place / MANIFEST).exists()
    return name if is_free else f"digest-{name}"


def write_copy(folder: Path, path: str, content: bytes, *, replace: bool) -> None:
    """Write a file of the theme into a project, by its path below it. Raises FileExistsError unless it may be replaced."""
    target = folder / path
    if not is_inside(os.path.realpath(target), os.path.realpath(folder)):
        raise OutsideError(f"{target} is a link that leads out of the project, and nothing is written there")
    target.parent.mkdir(parents=True, exist_ok=True)
    if replace:
        target.write_bytes(content)
        return
    with target.open("xb") as file:
        file.write(content)


def _write(root: Path, path: Path, content: str) -> None:
    """Write a new file below a folder, out of which no link leads; raises OutsideError and OSError."""
    if not is_inside(os.path.realpath(path.parent), os.path.realpath(root)):
        raise OutsideError(f"{path.parent} is a link that leads out of the project, and nothing is written there")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)
