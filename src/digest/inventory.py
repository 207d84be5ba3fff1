"""A folder of somebody's notes -> what is in it, for `digest init --from`.

The folder may belong to another tool (Obsidian, Logseq, Jekyll, Hugo, Quartz, MkDocs). Every note is parsed, and nothing is
written.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from .diagnostics import Diagnostic
from .disk import read_inside
from .model import NoteFile
from .notes import NoteRules, parse
from .notes.commits import HistoryError, first_commits
from .notes.discover import Survey, read_note, survey_notes
from .notes.file_names import date_of_folders, read_file_name
from .notes.known_keys import MEANINGS, english_key
from .notes.lines import split_lines
from .notes.settings_block import SettingsBlock, find_settings
from .scripts import guess_language
from .slugs import slugify
from .store.manifest import FILE_NAME as MANIFEST

_CODE = re.compile(r"^[ \t>*+-]*(```+|~~~+)[^\n]*\n.*?^[ \t>]*\1[^\n]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(
    r"!\[[^\]\n]*\]\(\s*<?([^)>\s]+)|<img\b[^>]*\bsrc\s*=\s*[\"']?([^\"'\s>]+)"
    r"|!\[\[([^\]|#\n]+\.(?:png|jpe?g|gif|webp|svg|avif|bmp))",
    re.IGNORECASE,
)
_HTML = re.compile(r"</?(?!img\b)[a-z][a-z0-9-]*(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_GIT_FROM = 0.95
"""git is asked for dates if at least this share of the notes has none."""
_TRANSLATED = 0.5
"""Folders named after languages hold translations if they share at least this part of their files' names."""
_LANGUAGE_FOLDER = re.compile(
    r"(?:ar|cn|de|en|es|fr|hi|id|it|ja|ko|kr|nl|pl|pt|ru|sv|tr|uk|vi|zh)(?:[-_][A-Za-z]{2,4})?"
)


class Layout(Struct, frozen=True):
    """Whose folder it is: the tool's name, or nothing; the notes folder in it, and what fits into the settings.

    All paths are relative to the project. `public` are files that the tool copies as they are, `exclude` folders without
    notes, and `title` is the site's.
    """

    tool: str
    notes: str
    public: str = ""
    exclude: tuple[str, ...] = ()
    title: str = ""


class Inventory(Struct, frozen=True):
    """What a folder of notes holds. Pairs are of a name and a count, the largest count first.

    `dates` count the notes by the place of their dates, `undated` those that give none, of which `committed` have a commit in
    git. `unread` are the paths of notes that stay out because something in them can't be read. `translations` are folders
    that hold the same notes in several languages. `same_tags` are tags that would share an address, the commonest first.
    """

    layout: Layout
    notes: int
    dates: tuple[tuple[str, int], ...] = ()
    undated: int = 0
    committed: int = 0
    history: str = ""
    tags: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    own_images: int = 0
    remote_images: int = 0
    html: int = 0
    drafts: int = 0
    unread: tuple[str, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    translations: tuple[str, ...] = ()
    same_tags: tuple[tuple[str, ...], ...] = ()

    @property
    def wants_git(self) -> bool:
        """True if next to no note gives a date, but git does."""
        return self.undated >= _GIT_FROM * self.notes > 0 and self.committed > self.undated // 2

    @property
    def language(self) -> str:
        """The language of most notes."""
        return self.languages[0][0] if self.languages else "en"


def take_inventory(project: Path, folder: Path) -> Inventory:
    """Read all notes of a folder in a project, which must be inside it."""
    layout = find_layout(project, folder)
    survey = survey_notes(project, layout.notes, _own_folders(project, layout))
    counts: Counter[tuple[str, str]] = Counter()
    unread: list[str] = []
    undated: list[str] = []
    for found in survey.notes:
        note = read_note(project, found.path)
        if isinstance(note, Diagnostic):
            unread.append(found.path)
        else:
            counts.update(_look_at(note, unread, undated))
    committed, history = _ask_git(project, layout, undated)
    return Inventory(
        layout=layout,
        notes=len(survey.notes),
        dates=_of(counts, "date"),
        undated=len(undated),
        committed=committed,
        history=history,
        tags=_of(counts, "tags"),
        languages=_of(counts, "language"),
        own_images=counts["images", "own"],
        remote_images=counts["images", "remote"],
        html=counts["html", ""],
        drafts=counts["draft", ""],
        unread=tuple(unread),
        left_out=survey.left_out,
        translations=_find_translations(survey, layout),
        same_tags=_find_same_tags(counts),
    )


def find_layout(project: Path, folder: Path) -> Layout:
    """Recognise the tool that a folder in a project belongs to, and the folder with its notes."""
    homes = [home for home in (folder, *folder.parents) if home.is_relative_to(project)]
    for find in (_find_quartz, _find_hugo, _find_jekyll, _find_logseq, _find_mkdocs, _find_obsidian):
        for home in homes:
            if found := find(home):
                return _lay_out(project, folder, home, found)
    return Layout("", folder.relative_to(project).as_posix())


def _lay_out(project: Path, folder: Path, home: Path, found: "_Found") -> Layout:
    tool, notes, rest = found
    place = home.relative_to(project).as_posix()
    return Layout(
        tool,
        (home / notes if folder == home else folder).relative_to(project).as_posix(),
        _join(place, rest["public"]) if "public" in rest else "",
        tuple(_join(place, name) for name in rest.get("exclude", ())),
        _find_title(home) if tool in ("Jekyll", "Hugo", "MkDocs") else "",
    )


_Found = tuple[str, str, Mapping[str, Any]]
"""The tool, the folder with its notes, and what else fits into the settings; paths are relative to the tool's folder."""


def _find_quartz(home: Path) -> _Found | None:
    if not any((home / name).is_file() for name in ("quartz.config.ts", "quartz.config.yaml")):
        return None
    return ("Quartz", "content", {}) if (home / "content").is_dir() else None


def _find_hugo(home: Path) -> _Found | None:
    names = [f"{stem}.{ending}" for stem in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json")]
    if not (any((home / name).is_file() for name in names) or (home / "config/_default").is_dir()):
        return None
    if not (home / "content").is_dir():
        return None
    return "Hugo", "content", {"public": "static"} if (home / "static").is_dir() else {}


def _find_jekyll(home: Path) -> _Found | None:
    if not (home / "_config.yml").is_file() or not (home / "_posts").is_dir():
        return None
    others = {path.name for path in home.glob("_*") if path.is_dir()} - {"_posts", "_drafts", "_site"}
    collections = [name for name in others if any((home / name).glob("**/*.md")) and not name.startswith("_includes")]
    return "Jekyll", "." if collections else "_posts", {}


def _find_logseq(home: Path) -> _Found | None:
    is_graph = (home / "logseq/config.edn").is_file() or ((home / "journals").is_dir() and (home / "pages").is_dir())
    if not is_graph:
        return None
    others = [
        path.name
        for path in sorted(home.iterdir())
        if path.is_dir() and path.name not in ("journals", "pages", "assets") and not path.name.startswith(".")
    ]
    return "Logseq", ".", {"exclude": [name for name in others if name == "logseq" or _has_notes(home / name)]}


def _find_mkdocs(home: Path) -> _Found | None:
    return ("MkDocs", "docs", {}) if (home / "mkdocs.yml").is_file() and (home / "docs").is_dir() else None


def _find_obsidian(home: Path) -> _Found | None:
    return ("Obsidian", ".", {}) if (home / ".obsidian").is_dir() else None


def _has_notes(folder: Path) -> bool:
    return any(folder.glob("**/*.md"))


def _find_title(home: Path) -> str:
    """Return the title in another tool's settings, if it stands on a line of its own."""
    for name in ("_config.yml", "hugo.yaml", "hugo.yml", "hugo.toml", "config.toml", "config.yaml", "mkdocs.yml"):
        try:
            text = read_inside(home, name).decode()
        except (OSError, UnicodeDecodeError):
            continue
        found = re.search(
            r"^(?:site_name|title)\s*[:=]\s*([\"']?)([^\"'#\n|>&*{\[]+?)\1\s*(?:#.*)?$", text, re.MULTILINE
        )
        if found:
            return found[2].strip()
    return ""


def _join(place: str, name: str) -> str:
    return name if place == "." else f"{place}/{name}"


def _own_folders(project: Path, layout: Layout) -> tuple[str, ...]:
    """Return the folders without notes: the layout's own folders, and sites that digest or another tool has built."""
    built = [folder.parent.name for folder in project.glob(f"*/{MANIFEST}")]
    if (project / "public/index.html").is_file():
        built.append("public")
    return (*layout.exclude, *filter(None, [layout.public]), *sorted(built))


def _look_at(note: NoteFile, unread: list[str], undated: list[str]) -> Counter[tuple[str, str]]:
    """Count the content of a note; add its path to the unreadable notes or to the undated notes if it belongs there."""
    parsed = parse(note, NoteRules())
    hidden = all(entry.draft for entry in parsed.entries)
    if hidden and any(problem.severity == "error" for problem in parsed.diagnostics):
        unread.append(note.path)
        return Counter()
    if not parsed.entries or hidden:
        return Counter({("draft", ""): len(parsed.entries)})
    keys = _keys_of(note)
    counts: Counter[tuple[str, str]] = Counter()
    if parsed.entries[0].date is None:
        undated.append(note.path)
    else:
        counts["date", _source_of_date(note.path, keys)] += 1
    counts.update(("tag", tag.key) for entry in parsed.entries for tag in entry.tags)
    if any(entry.tags for entry in parsed.entries):
        named = [key for key in MEANINGS["tags"] if key in keys]
        counts.update(("tags", f"`{key}`") for key in named)
        if not named:
            counts["tags", "hashtags"] += 1
    text = _CODE.sub(" ", note.text)
    counts["language", guess_language(_HTML.sub(" ", text))] += 1
    for image in _IMAGE.findall(text):
        counts["images", "remote" if _REMOTE.match("".join(image)) else "own"] += 1
    counts["html", ""] += _HTML.search(text) is not None
    return counts


def _keys_of(note: NoteFile) -> frozenset[str]:
    found = find_settings(split_lines(note.text)[0])
    settings = found.settings if isinstance(found, SettingsBlock) else ()
    return frozenset(english_key(setting.key) for setting in settings)


def _source_of_date(path: str, keys: frozenset[str]) -> str:
    stem = path.rpartition(".")[0]
    if not keys.isdisjoint(MEANINGS["date"]):
        return "front matter"
    if read_file_name(stem.rpartition("/")[2]).date:
        return "names"
    return "folders" if date_of_folders(stem) else "headings and date lines"


def _ask_git(project: Path, layout: Layout, undated: Sequence[str]) -> tuple[int, str]:
    """Return how many notes without a date have a commit, and why git gives no dates."""
    if not undated or not any((place / ".git").exists() for place in (project, *project.parents)):
        return 0, ""
    try:
        commits = first_commits(project, layout.notes)
    except HistoryError as error:
        return 0, str(error)
    days = [commits[path] for path in undated if path in commits]
    # Notes that were all committed in one go have no dates of their own.
    return (len(days) if len(set(days)) > 1 else 0), ""


def _find_translations(survey: Survey, layout: Layout) -> tuple[str, ...]:
    """Return the folders below the notes folder that hold the same files in several languages."""
    prefix = "" if layout.notes == "." else f"{layout.notes}/"
    names: dict[str, set[str]] = {}
    for note in survey.notes:
        folder, _, rest = note.path.removeprefix(prefix).partition("/")
        if rest and _LANGUAGE_FOLDER.fullmatch(folder):
            names.setdefault(folder, set()).add(rest)
    if len(names) < 2:
        return ()
    shared = set.intersection(*names.values())
    return tuple(sorted(names)) if len(shared) >= _TRANSLATED * max(map(len, names.values())) else ()


def _find_same_tags(counts: Counter[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Group the keys of tags that differ in characters which an address can't hold."""
    by_slug: dict[str, list[str]] = {}
    for key, _ in _of(counts, "tag"):
        by_slug.setdefault("/".join(map(slugify, key.split("/"))), []).append(key)
    return tuple(tuple(keys) for keys in by_slug.values() if len(keys) > 1)


def _of(counts: Counter[tuple[str, str]], kind: str) -> tuple[tuple[str, int], ...]:
    found = [(name, count) for (of, name), count in counts.items() if of == kind]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
