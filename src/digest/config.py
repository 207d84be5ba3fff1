"""`digest.yaml` -> Config, and a diagnostic with line and column for each mistake.

Every setting has a default, so a project with only `notes/` needs no file. Paths must stay inside the project's folder, and
the output folder must not contain sources: a build never overwrites the author's files.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct, field

from .conflicts import START, find_conflict
from .csp_settings import Directive, find_csp_mistakes
from .decoding import decode
from .diagnostics import Diagnostic
from .disk import read_inside
from .iri import ascii_address, is_site_address
from .languages import LANGUAGES
from .model import LANGUAGE_TAG, tag_key
from .settings_nodes import FILE_NAME as FILE_NAME
from .settings_nodes import SiteName, find_lost_values, mistake_at, read_settings, text_of
from .site_files import CACHE_FOLDER as CACHE_FOLDER
from .site_files import FIRST, MISNAMED, SiteFiles
from .tag_settings import TagSettings, find_tag_mistakes

if TYPE_CHECKING:
    from .yaml_nodes import YamlError

    Language = str
else:
    Language = Literal[tuple(LANGUAGES)]  # the codes come from the table, which a type checker can't read
LanguageTag = Annotated[str, Meta(pattern=f"^({LANGUAGE_TAG})?$")]
Positive = Annotated[int, Meta(ge=1)]
PluginName = Annotated[str, Meta(min_length=1, pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")]
Key = Annotated[str, Meta(min_length=1, pattern=r"^[a-z][a-z0-9-]*$")]


class KindSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`kinds.<name>`: the tags that give an entry this kind, and the label of a kind that isn't built in."""

    tags: tuple[str, ...] = ()
    label: str = ""


class SearchSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`search`: whether the site has a search, and its additional synonyms."""

    enabled: bool = True
    glossary: dict[str, str | tuple[str, ...]] = field(default_factory=dict)


class CardSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`cards`: the pages that get a card image besides the home page, and the fonts to draw it with, by path in the project."""

    days: bool = False
    entries: bool = False
    fonts: tuple[str, ...] = ()

    @property
    def enabled(self) -> bool:
        """Return True if the site has card images."""
        return self.days or self.entries


class LinkSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`links`: hosts and addresses to `ignore`, and how other sites are asked: when again, how fast, and how often in a run."""

    ignore: tuple[str, ...] = ()
    days: Positive = 14
    delay: Annotated[float, Meta(ge=0)] = 1.0
    per_host: Positive = 200


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a project, which `docs/configuration.md` describes.

    `base_url` ends in `/` or is empty. `id` is the site's name in feeds; if it is empty, `name` gives one. `notes`, `output`,
    `templates`, `pages` and `public` are paths relative to the project's folder; an empty `pages` or `public` stands for the usual
    folder. `language` is a code in `languages.LANGUAGES`. `notes_language` is a BCP 47 tag, or empty for the same language.
    `utc_offset` is the time zone of the dates in notes. With `dates: git`, a note without a date has that of its first commit.
    """

    title: str = ""
    description: str = ""
    author: str = ""
    language: Language = "ko"
    notes_language: LanguageTag = ""
    base_url: str = ""
    id: SiteName = ""
    utc_offset: Annotated[str, Meta(pattern=r"^[+-](0\d|1[0-4]):[0-5]\d$")] = "+09:00"
    notes: str = "notes"
    output: str = "site"
    templates: str = "templates"
    pages: str = ""
    public: str = ""
    exclude: tuple[str, ...] = ()
    dates: Literal["notes", "git"] = "notes"
    redirects: dict[str, str] = field(default_factory=dict)
    redirects_file: Literal["", "netlify"] = ""
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tags: dict[str, TagSettings] = field(default_factory=dict)
    kinds: dict[Key, KindSettings] = field(default_factory=dict)
    home_days: Positive = 7
    per_page: Positive = 50
    feed_entries: Positive = 20
    exports: bool = True
    cards: CardSettings = CardSettings()
    offline: bool = True
    typography: bool = True
    csp: dict[Directive, tuple[str, ...]] = field(default_factory=dict)
    search: SearchSettings = SearchSettings()
    plugins: tuple[PluginName, ...] = ()
    links: LinkSettings = LinkSettings()

    @property
    def root(self) -> str:
        """The path part of the base URL: `/` or `/repo/`."""
        return urlsplit(self.base_url).path or "/"

    @property
    def name(self) -> str:
        """The site's name in feeds: `id` or, without one, the host and path of the base URL, or else `localhost`."""
        return self.id or self.kept_name or "localhost"

    @property
    def kept_name(self) -> str:
        """The name that the site keeps if its base URL changes: host and path, or nothing without the address of a host."""
        parts = urlsplit(self.base_url)
        host = parts.hostname or ""
        return "" if host in _OWN_MACHINE else f"{host}{parts.path}".strip("/")

    @property
    def language_of_notes(self) -> str:
        """The BCP 47 tag of the language of the notes."""
        return self.notes_language or self.language

    @property
    def pages_folder(self) -> str:
        """The folder of the author's own pages, or nothing.

        Without a setting it is `pages`, unless that folder holds notes, as it does in a Logseq graph, or serves something
        else.
        """
        if self.pages:
            return self.pages
        used = (self.output, self.templates, self.notes)
        return "" if any(_overlap("pages", folder) for folder in used) else "pages"

    @property
    def public_folder(self) -> str:
        """The folder whose files are copied to the site, or nothing.

        Without a setting it is `public`, unless that folder serves something else: on GitLab it is the output.
        """
        if self.public:
            return self.public
        used = (self.output, self.templates, *([] if _path(self.notes) == _PROJECT else [self.notes]))
        return "" if any(_overlap("public", folder) for folder in used) else "public"


_PROJECT = PurePosixPath(".")
_OWN_MACHINE = ("", "localhost", "127.0.0.1", "::1")


def _path(folder: str) -> PurePosixPath:
    return PurePosixPath(folder.replace("\\", "/"))


def _overlap(folder: str, other: str) -> bool:
    """Return True if two folders are the same, or one holds the other."""
    one, two = _path(folder), _path(other)
    return one.is_relative_to(two) or two.is_relative_to(one)


def load_config(folder: Path, files: SiteFiles = FIRST) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Read a site's settings. Return them with a diagnostic for each mistake; a wrong value is replaced by the default."""
    try:
        content = read_inside(folder, files.settings)
    except FileNotFoundError:
        config, mistakes = Config(), _find_misnamed(folder, "digest does not read it")
    except OSError as error:
        return Config(), (Diagnostic(files.settings, 0, 0, "config", f"the settings cannot be read: {error.strerror}"),)
    else:
        config, mistakes = parse_config(content, files.output)
        mistakes = (
            *mistakes,
            *_find_misnamed(folder, f"the settings are in `{FILE_NAME}`, so this file has no effect"),
        )
    if files != FIRST:
        mistakes = files.name_all((*mistakes, *_find_shared_output(folder, config, files)))
    return config, mistakes


def _find_misnamed(folder: Path, message: str) -> tuple[Diagnostic, ...]:
    """Return an error if there is a file that was meant as settings and has another name."""
    if not os.path.lexists(folder / MISNAMED):
        return ()
    hint = f"settings belong into `{FILE_NAME}`: rename this file, or remove it if they are there"
    return (Diagnostic(MISNAMED, 0, 0, "config", message, hint),)


def _find_shared_output(folder: Path, config: Config, files: SiteFiles) -> tuple[Diagnostic, ...]:
    """Return an error if a second site would replace the first one."""
    if not _overlap(config.output, load_config(folder)[0].output):
        return ()
    message = f"the output folder `{config.output}` is that of the project's first site"
    return (Diagnostic(FILE_NAME, 0, 0, "config", message, f"name another folder, such as `{files.output}`"),)


def parse_config(content: bytes, output: str = FIRST.output) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Parse the content of a `digest.yaml`. Return the settings and a diagnostic for each mistake.

    `output` is the output folder if the settings name none.
    """
    from .yaml_nodes import YamlError, compose_yaml  # loads only if there are settings

    text = decode(FILE_NAME, content, "config")
    if isinstance(text, Diagnostic):
        return Config(), (text,)
    if START in text and (conflict := find_conflict(text.split("\n"))):
        return Config(), (conflict.report(FILE_NAME, "config"),)
    try:
        node = compose_yaml(text)
    except YamlError as error:
        return Config(), (_explain(text, error),)
    if node is None:
        return Config(output=output), ()
    settings, mistakes = read_settings(node, Config)
    mistakes += find_lost_values(node, text.splitlines())
    config = Config(**{"output": output, **(settings or {})})
    places: dict[str, Any] = {} if settings is None else {text_of(key): value for key, value in node.value}
    for name, message, hint in _contradictions(config):
        mistakes.append(mistake_at(places.get(name, node), message, hint))
    if config.tags:
        mistakes += find_tag_mistakes(places["tags"], config.tags, config.aliases)
    if config.csp and (wrong := tuple(find_csp_mistakes(places["csp"]))):
        mistakes += wrong
        config = msgspec.structs.replace(config, csp={})
    if config.redirects and (wrong := tuple(_redirect_mistakes(places["redirects"].value))):
        mistakes += wrong
        config = msgspec.structs.replace(config, redirects={})
    if config.base_url and not config.base_url.endswith("/"):
        config = msgspec.structs.replace(config, base_url=config.base_url + "/")
    return config, tuple(mistakes)


def _explain(text: str, error: "YamlError") -> Diagnostic:
    from .yaml_mistakes import explain_yaml  # only for settings that cannot be read

    mistake = explain_yaml(text, error)
    line, column = (mistake.line + 1, mistake.column + 1) if mistake.line is not None else (0, 0)
    message = mistake.message
    if not mistake.is_known:
        message = f"{'not valid YAML' if error.is_syntax else 'the settings cannot be read'}: {message}"
    return Diagnostic(FILE_NAME, line, column, "config", message, mistake.hint)


class OverrideError(ValueError):
    """A value from the command line or the environment is not allowed: the name of the setting, and the reason."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"--{setting.replace('_', '-')}: {reason}")
        self.setting = setting
        self.reason = reason


def override(config: Config, *, base_url: str | None = None, output: str | None = None) -> Config:
    """Return the settings with values from the command line. Raises OverrideError if a value is not allowed.

    An absolute `output` is a folder outside the project. Settings cannot name one: only the user of the command line can.
    """
    changes: dict[str, str] = {}
    if base_url is not None:
        changes["base_url"] = base_url if base_url.endswith("/") or not base_url else base_url + "/"
    if output is not None and not Path(output).is_absolute():
        changes["output"] = output
    changed = msgspec.structs.replace(config, **changes)
    for name, message, hint in _contradictions(changed):
        raise OverrideError(name, f"{message}; {hint}")
    return changed if output is None else msgspec.structs.replace(changed, output=output)


def _contradictions(config: Config) -> Iterator[tuple[str, str, str]]:
    """Yield (key, message, hint) for each value that has the right type but can't be used."""
    if url := config.base_url:
        if not is_site_address(url):
            yield "base_url", f"`{url}` is not the address of a site", "write it like `https://user.github.io/repo/`"
        elif (written := ascii_address(url)) != url:
            yield "base_url", f"`{url}` contains characters that an address cannot contain", f"write `{written}`"
    yield from _alias_contradictions(config.aliases)
    folders = {}
    for name in ("notes", "output", "templates", "pages", "public"):
        value: str = getattr(config, name)
        if not value and name in ("pages", "public"):
            continue
        path = _path(value)
        if path.is_absolute() or ".." in path.parts or ":" in value:
            yield name, f"`{value}` leads out of the project", "name a folder inside the project"
        elif name != "notes" and path == _PROJECT:
            yield name, f"`{value}` is the project itself", "name a folder of its own, such as `site`"
        else:
            folders[name] = path
    for font in config.cards.fonts:
        path = _path(font)
        if not font or path.is_absolute() or ".." in path.parts or ":" in font:
            yield "cards", f"`{font}` leads out of the project", "name a font file inside the project"
    yield from _shared_folders(folders)
    output = folders.get("output")
    if output and output.parts[0] in ("src", ".git", CACHE_FOLDER):
        yield "output", f"the output folder `{output}` holds sources", "name another folder, such as `site`"


def _shared_folders(folders: Mapping[str, PurePosixPath]) -> Iterator[tuple[str, str, str]]:
    """Yield folders that hold one another, though each serves something of its own.

    Discovery leaves the other folders out of the notes, so notes may be the project's folder, and pages and public files
    may lie below the notes.
    """
    names = [name for name in ("output", "pages", "public", "templates", "notes") if name in folders]
    for place, name in enumerate(names):
        for other in names[place + 1 :]:
            folder, source = folders[name], folders[other]
            if other == "notes" and (source == _PROJECT or (name != "output" and source in folder.parents)):
                continue
            if _overlap(str(folder), str(source)):
                label = "the output folder" if name == "output" else f"the folder of `{name}`,"
                yield name, f"{label} `{folder}` holds or is held by `{source}`", "name another folder"


def _alias_contradictions(aliases: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Yield (key, message, hint) for each alias of two tags, and for each alias that has aliases itself."""
    names = {tag_key(name): name for name in aliases}
    leads: dict[str, str] = {}
    for name, others in aliases.items():
        for other in others:
            key = tag_key(other)
            if key in names and key != tag_key(name):
                yield "aliases", f"`{other}` is an alias of `{name}` and also has aliases", "merge the two lists"
            elif leads.setdefault(key, name) != name:
                yield "aliases", f"`{other}` is an alias of both `{leads[key]}` and `{name}`", "keep one of the two"


def _redirect_mistakes(pairs: list[tuple[Any, Any]]) -> Iterator[Diagnostic]:
    from .addresses.by_hand import read_redirects

    for mistake in read_redirects((key.value, value.value) for key, value in pairs)[1]:
        yield mistake_at(pairs[mistake.number][mistake.in_target], mistake.message, mistake.hint)


def locate_redirects(folder: Path, settings: str = FILE_NAME) -> Mapping[str, tuple[int, int]]:
    """Return the line and column of each redirect in a project's settings, which have no mistake, by its old address as written."""
    return {text_of(key): _place_of(key) for key, _ in _nodes_below(folder, settings, "redirects")}


def locate_tags(folder: Path, settings: str = FILE_NAME) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Return the line and column of the tags in a project's settings, which have no mistake, and of what is set for them.

    The places are found by the tag and the name of a setting, such as `("lm", "parent")`; a tag itself by `("lm", "")`.
    """
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for key, value in _nodes_below(folder, settings, "tags"):
        places[text_of(key), ""] = _place_of(key)
        if value.id == "mapping":
            places |= {(text_of(key), text_of(name)): _place_of(setting) for name, setting in value.value}
    return places


def locate_keys(folder: Path, settings: str, name: str) -> Mapping[str, tuple[int, int]]:
    """Return the line and column of each key or item of a setting of a site, and of each item below a key."""
    places: dict[str, tuple[int, int]] = {}
    for key, value in _nodes_below(folder, settings, name):
        places[text_of(key)] = _place_of(key)
        if value.id == "sequence":
            places |= {text_of(item): _place_of(item) for item in value.value}
    return places


def _nodes_below(folder: Path, settings: str, name: str) -> list[tuple[Any, Any]]:
    """Return the nodes of the keys and values of a setting, or each item of a list twice; none if the file changed a moment ago."""
    from .yaml_nodes import YamlError, compose_yaml

    try:
        root = compose_yaml(read_inside(folder, settings).decode("utf-8-sig"))
        value = next(value for key, value in root.value if text_of(key) == name)
        return value.value if value.id == "mapping" else [(item, item) for item in value.value]
    except (OSError, ValueError, AttributeError, StopIteration, YamlError):
        return []


def _place_of(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
