"""The tables of codes and of kinds and the views -> the parts of docs/ that list them.

A page keeps its own words; what stands between `<!-- begin NAME -->` and `<!-- end NAME -->` is written anew. Run it with
`make docs`; a test tells when that was forgotten.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from digest.diagnostics import CODES
from digest.notes.kinds import RULES
from digest.site import views
from digest.site.strings import Strings

DOCS = Path(__file__).parent


def list_codes() -> Iterator[str]:
    """Yield the table of diagnostic codes."""
    yield "| code | severity | meaning |"
    yield "|---|---|---|"
    for code, (severity, meaning) in CODES.items():
        yield f"| `{code}` | {severity} | {meaning} |"


def list_views() -> Iterator[str]:
    """Yield a section for each template: what it is, and every field of its view."""
    for struct in _structs():
        described = re.match(r"`([\w.]+)`: (.*)", _text(struct), re.DOTALL)
        if described:
            yield from ("", f"### `{described[1]}`", "", _sentence(described[2]), "")
            yield from _fields(struct)


def list_parts() -> Iterator[str]:
    """Yield a section for each struct that views are made of."""
    for struct in _structs():
        if not _text(struct).startswith("`"):
            yield from ("", f"### {struct.__name__}", "", _text(struct), "")
            yield from _fields(struct)


def list_words() -> Iterator[str]:
    """Yield the table of what `ui` puts into words."""
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


GENERATED: dict[str, dict[str, Callable[[], Iterator[str]]]] = {
    "diagnostics.md": {"codes": list_codes},
    "format.md": {"kinds": list_kinds},
    "templates.md": {"words": list_words, "views": list_views, "parts": list_parts},
}


def generate(page: str, text: str) -> str:
    """Return a page's text with its generated parts written anew."""
    for name, listing in GENERATED[page].items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        before, rest = text.split(begin)
        after = rest.split(end)[1]
        text = before + begin + "\n" + "\n".join(listing()).strip("\n") + "\n" + end + after
    return text


def _structs() -> Iterator[type[msgspec.Struct]]:
    for struct in vars(views).values():
        if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and struct.__module__ == views.__name__:
            yield struct


def _fields(struct: type[msgspec.Struct]) -> Iterator[str]:
    hints = get_type_hints(struct)
    yield "| field | type |"
    yield "|---|---|"
    for name in struct.__struct_fields__:
        yield f"| `{name}` | {_type(hints[name])} |"


def _type(hint: Any) -> str:
    """Write a type as Python does, without modules; a struct of this page is a link."""
    text = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    text = re.sub(r"\b(?:datetime|digest\.site\.views|markupsafe|typing)\.", "", text).replace("|", "\\|")
    names = {struct.__name__ for struct in _structs()}
    return re.sub(r"\w+", lambda word: f"[{word[0]}](#{word[0].lower()})" if word[0] in names else word[0], text)


def _text(struct: type[msgspec.Struct]) -> str:
    lines = (struct.__doc__ or "").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def main() -> None:
    """Write the generated parts of all pages."""
    for page in GENERATED:
        path = DOCS / page
        path.write_text(generate(page, path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
