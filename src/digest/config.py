"""`digest.yaml` -> Config, and a diagnostic with line and column for each mistake.

Every setting has a default, so a project with only `notes/` needs no file. Paths must stay inside the project's folder, and
the output folder must not contain sources: a build never overwrites the author's files.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from .conflicts import START, find_conflict
from .csp_settings import find_csp_mistakes
from .decoding import decode
from .diagnostics import Diagnostic
from .disk import read_inside
from .iri import ascii_address, is_site_address
from .model import tag_key
from .settings import PROJECT, overlap, path_of
from .settings import CardSettings as CardSettings
from .settings import Config as Config
from .settings import KindSettings as KindSettings
from .settings import LinkSettings as LinkSettings
from .settings import SearchSettings as SearchSettings
from .settings_nodes import FILE_NAME as FILE_NAME
from .settings_nodes import find_lost_values, mistake_at, read_settings, text_of
from .site_files import CACHE_FOLDER as CACHE_FOLDER
from .site_files import FIRST, MISNAMED, SiteFiles
from .tag_settings import find_tag_mistakes

if TYPE_CHECKING:
    from .yaml_nodes import YamlError


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
    if not overlap(config.output, load_config(folder)[0].output):
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
    """A value from the command line or the environment is not allowed: the name of the setting, the reason, and what to write."""

    def __init__(self, setting: str, message: str, hint: str) -> None:
        super().__init__(f"--{setting.replace('_', '-')}: {message}; {hint}")
        self.setting = setting
        self.message = message
        self.hint = hint


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
        raise OverrideError(name, message, hint)
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
        path = path_of(value)
        if path.is_absolute() or ".." in path.parts or ":" in value:
            yield name, f"`{value}` leads out of the project", "name a folder inside the project"
        elif name != "notes" and path == PROJECT:
            yield name, f"`{value}` is the project itself", "name a folder of its own, such as `site`"
        else:
            folders[name] = path
    for font in config.cards.fonts:
        path = path_of(font)
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
            if other == "notes" and (source == PROJECT or (name != "output" and source in folder.parents)):
                continue
            if overlap(str(folder), str(source)):
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
