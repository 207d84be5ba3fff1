"""Diagnostic codes, rules for kinds, and views -> the sections of docs/ that list them.

Pages in `docs/ko/` have the same sections, with the Korean of each description from `docs/ko/descriptions.toml`. Only the text between `<!-- begin NAME -->` and `<!-- end NAME -->` is replaced. Run this with `make docs`; a test fails if
a section is out of date.
"""

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

from interface import list_commands, list_interface, list_option_tables, list_variables
from msgspec import Struct

from digest.config import CardSettings, Config, SearchSettings
from digest.diagnostics import CODES
from digest.languages import LANGUAGES, strings_for
from digest.languages.strings import Strings
from digest.limits import LIMITS
from digest.notes.kinds import RULES
from digest.site import views
from digest.site.pages import PAGE_TYPES

DOCS = Path(__file__).parent


def list_codes() -> Iterator[str]:
    """Yield the table of diagnostic codes."""
    yield "| code | severity | meaning |"
    yield "|---|---|---|"
    for code, (severity, meaning) in CODES.items():
        yield f"| `{code}` | {severity} | {meaning} |"


def list_views() -> Iterator[str]:
    """Yield a section for each template: a description and every field of its view."""
    for template, view in views_by_template().items():
        description = _text(view).partition(": ")[2]
        yield from ("", f"### `{template}`", "", _sentence(description), "")
        yield from _fields(view)


def list_parts() -> Iterator[str]:
    """Yield a section for each struct that views are made of."""
    for struct in _parts():
        yield from ("", f"### {struct.__name__}", "", _text(struct), "")
        yield from _fields(struct)


def list_words() -> Iterator[str]:
    """Yield the table of the methods of `ui`."""
    yield "| call | what it does |"
    yield "|---|---|"
    for name, method in vars(Strings).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            arguments = ", ".join(list(inspect.signature(method).parameters)[1:])
            does = (method.__doc__ or "").strip().split("\n")[0].rstrip(".")
            yield f"| `ui.{name}({arguments})` | {does} |"


def list_kinds() -> Iterator[str]:
    """Yield the table of rules that decide an entry's kind."""
    yield "| kind | where |"
    yield "|---|---|"
    for rule in RULES:
        yield f"| `{rule.kind}` | {rule.reason} |"


def list_limits() -> Iterator[str]:
    """Yield the table of limits."""
    yield "| at most | of | beyond it |"
    yield "|---:|---|---|"
    for limit in LIMITS:
        yield f"| {limit.most:,} | {limit.of} | {limit.beyond} |"


def list_settings() -> Iterator[str]:
    """Yield the table of settings with their defaults. The line below a setting in the code says what it is."""
    yield "| key | default | |"
    yield "|---|---|---|"
    config, told = Config(), _lines_below(Config)
    for name in Config.__struct_fields__:
        default = _default_of(getattr(config, f"{name}_folder", getattr(config, name)))
        if name == "title":
            default = " / ".join(f"`{strings_for(language).site_title}`" for language in LANGUAGES)
        words = told[name][0].lower() + told[name][1:].rstrip(".")
        yield join_cells((f"[`{name}`](#{name})", default, words))


def _default_of(value: object) -> str:
    """Return a default for the table: nothing if it is empty, and whether it is on if it can be turned on."""
    if isinstance(value, Struct):
        return ("on" if value.enabled else "none") if isinstance(value, SearchSettings | CardSettings) else ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value else ""


def _lines_below(struct: type[Struct]) -> dict[str, str]:
    """Return what the string below each field of a struct says, by the field's name."""
    (definition,) = ast.parse(inspect.getsource(struct)).body
    body = definition.body if isinstance(definition, ast.ClassDef) else []
    told = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            told[field.target.id] = str(ast.literal_eval(below.value))
    return told


def list_languages() -> Iterator[str]:
    """Yield the table of languages of the interface."""
    yield "| code | language |"
    yield "|---|---|"
    for code, name in LANGUAGES.items():
        yield f"| `{code}` | {name} |"


def list_rooms() -> Iterator[str]:
    """Yield the table of packages as a Mermaid diagram, without arrows that follow from two others, and as a list."""
    rooms: dict[str, dict[str, Any]] = tomllib.loads((DOCS / "rooms.toml").read_text("utf-8"))["rooms"]
    imports = {name: set(room["imports"]) for name, room in rooms.items()}
    yield "```mermaid"
    yield "flowchart TD"
    for name, direct in reversed(imports.items()):
        beyond = set().union(*(_reach(imports, other) for other in direct))
        yield from (f"  {name} --> {other}" for other in imports if other in direct - beyond)
    yield "```"
    yield ""
    yield "| package | turns |"
    yield "|---|---|"
    for name, room in rooms.items():
        yield f"| `{name}` | {room['turns']} |"


def _reach(imports: dict[str, set[str]], name: str) -> set[str]:
    """Return every package that one imports by way of another."""
    return imports[name] | set().union(*(_reach(imports, other) for other in imports[name]))


def read_translations() -> dict[str, str]:
    """Return the Korean of each description in the code."""
    return tomllib.loads((DOCS / "ko/descriptions.toml").read_text("utf-8"))


def in_korean(listing: Callable[[], Iterator[str]]) -> Callable[[], Iterator[str]]:
    """Return the listing of a table whose cells are translated, except cells of code, numbers or Hangul.

    The listing raises `LookupError` at a description that has no Korean.
    """

    def list_in_korean() -> Iterator[str]:
        translations = read_translations()
        for row in listing():
            words = [_in_korean(cell, translations) if is_description(cell) else cell for cell in cells_of(row)]
            yield row if row.startswith("|--") else join_cells(words)

    return list_in_korean


def _in_korean(description: str, translations: dict[str, str]) -> str:
    if description not in translations:
        raise LookupError(f"docs/ko/descriptions.toml has no Korean for: {description}")
    return translations[description]


def cells_of(row: str) -> list[str]:
    """Return the cells of a table's row."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def join_cells(cells: Iterable[str]) -> str:
    """Return a table's row."""
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def is_description(cell: str) -> bool:
    """Return True if a cell of a table has words in English."""
    return bool(re.search("[A-Za-z]", re.sub(r"`[^`]*`|\]\(.*?\)", "", cell))) and not re.search("[가-힣]", cell)


GENERATED: dict[str, dict[str, Callable[[], Iterator[str]]]] = {
    "architecture.md": {"rooms": list_rooms},
    "commands.md": {"commands": list_commands, "variables": list_variables} | list_option_tables(),
    "configuration.md": {"settings": list_settings, "languages": list_languages},
    "diagnostics.md": {"codes": list_codes},
    "format.md": {"kinds": list_kinds, "limits": list_limits},
    "ko/commands.md": {
        "commands": partial(list_commands, "ko"),
        "variables": in_korean(list_variables),
        **list_option_tables("ko"),
    },
    "ko/configuration.md": {"settings": in_korean(list_settings), "languages": in_korean(list_languages)},
    "ko/diagnostics.md": {"codes": in_korean(list_codes)},
    "ko/format.md": {"kinds": in_korean(list_kinds), "limits": in_korean(list_limits)},
    "plugins.md": {
        "plugin_names": partial(list_interface, "digest.plugins"),
        "page_names": partial(list_interface, "digest.plugins.pages"),
    },
    "programs.md": {"interface": partial(list_interface, "digest")},
    "templates.md": {"words": list_words, "views": list_views, "parts": list_parts},
}


def generate(page: str, text: str) -> str:
    """Return a page's text with its generated sections replaced."""
    for name, listing in GENERATED[page].items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        before, rest = text.split(begin)
        after = rest.split(end)[1]
        text = before + begin + "\n" + "\n".join(listing()).strip("\n") + "\n" + end + after
    return text


def views_by_template() -> dict[str, type[Struct]]:
    """Return the view of each template. A view's docstring begins with the name of its template: `home.html`."""
    modules = dict.fromkeys(page_type.recipe.__module__ for page_type in PAGE_TYPES)
    structs = [struct for module in modules for struct in _defined_in(module)]
    named = ((re.match(r"`([\w.]+)`: ", _text(struct)), struct) for struct in structs)
    return {match[1]: struct for match, struct in named if match}


def _parts() -> list[type[Struct]]:
    """Return the structs that several views share, and then the structs that only one view uses."""
    own = (struct for view in views_by_template().values() for struct in _structs_in(get_type_hints(view), set()))
    return list(dict.fromkeys((*_defined_in(views.__name__), *own)))


def _defined_in(module: str) -> Iterator[type[Struct]]:
    for value in vars(sys.modules[module]).values():
        if isinstance(value, type) and issubclass(value, Struct) and value.__module__ == module:
            yield value


def _structs_in(hint: Any, seen: set[type[Struct]]) -> Iterator[type[Struct]]:
    """Yield every struct in a type or in a struct's hints that was not `seen` yet, however deep."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        if hint in seen:
            return
        seen.add(hint)
        yield hint
        hint = get_type_hints(hint)
    for part in hint.values() if isinstance(hint, dict) else get_args(hint):
        yield from _structs_in(part, seen)


def _fields(struct: type[Struct]) -> Iterator[str]:
    hints = get_type_hints(struct)
    yield "| field | type |"
    yield "|---|---|"
    for name in struct.__struct_fields__:
        hint = hints[name]
        if name.startswith("make_"):  # a function that makes a field when a template first reads it
            name, (_, hint) = name.removeprefix("make_"), get_args(hint)
        yield f"| `{name}` | {_type(hint)} |"


def _type(hint: Any) -> str:
    """Write a type as Python does, without modules. A struct that the page describes becomes a link."""
    text = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    text = re.sub(
        r"\b(?:datetime|digest\.site\.(?:views|outlines)|digest\.site\.pages\.\w+|markupsafe|typing)\.", "", text
    ).replace("|", "\\|")
    names = {struct.__name__ for struct in _parts()}
    return re.sub(r"\w+", lambda word: f"[{word[0]}](#{word[0].lower()})" if word[0] in names else word[0], text)


def _text(struct: type[Struct]) -> str:
    lines = (struct.__doc__ or "").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def main() -> None:
    """Replace the generated sections of all pages."""
    for page in GENERATED:
        path = DOCS / page
        path.write_text(generate(page, path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
