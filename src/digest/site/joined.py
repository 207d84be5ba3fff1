"""The modules of search in one file, so that a browser asks for one file rather than thirty.

`tools/join_scripts.py` joins them and names them, with a hash of their contents, in a comment at the top. A build puts the joined
file in the place of the module that imports the others. If the project has one of the modules in a version of its own, the hash
differs, and all of them are published one by one.
"""

import hashlib
from collections.abc import Iterable, Mapping

JOINED = "joined/search.min.js"
"""The joined file by its name in the theme."""
FIRST = "js/search-ui.js"
"""The module that imports the others, by its name among the static files."""
_MADE_OF = "// Made of "


def made_of(contents: Mapping[str, bytes], modules: Iterable[str]) -> str:
    """Return the line that names modules and ends with a hash of their contents."""
    names = sorted(modules)
    hasher = hashlib.blake2b(digest_size=16)
    for name in names:
        content = contents.get(name, b"")
        hasher.update(b"%s %d\n%s" % (name.encode(), len(content), content))
    return f"{_MADE_OF}{' '.join(names)} {hasher.hexdigest()}\n"


def join_modules(contents: Mapping[str, bytes], joined: str) -> dict[str, bytes]:
    """Return static files with the joined file in the place of its modules, or as they are if it was made of others."""
    _, sign, rest = joined.partition(_MADE_OF)
    line, _, script = rest.partition("\n")
    modules = line.split()[:-1]
    if made_of(contents, modules) != f"{sign}{line}\n":
        return dict(contents)
    return {name: content for name, content in contents.items() if name not in modules} | {FIRST: script.encode()}
