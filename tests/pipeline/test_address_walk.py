"""Random edits between whole builds: every page that was ever in the output folder still answers."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from ..addresses.author import EDITS, Author
from ..project import build_project, read_tree, write_project

_REFRESH = re.compile(r'http-equiv="?refresh"? content="0; url=([^"]*)"')
_MARK = re.compile(r"mark(\d+)")


class Exported(msgspec.Struct):
    """What the test needs of an entry in `data/entries.json`."""

    id: str
    commentary: str


class Export(msgspec.Struct):
    """The document `data/entries.json`."""

    entries: list[Exported]


def publish(project: Path, author: Author) -> dict[str, bytes]:
    """Write all of the author's notes, build the site, and return its files."""
    config = author.config
    settings = [f"per_page: {config.per_page}", f'base_url: "{config.base_url}"']
    settings += [f"{name}: {msgspec.json.encode(getattr(config, name)).decode()}" for name in ("aliases", "tags")]
    kinds = {name: {"tags": list(kind.tags)} for name, kind in config.kinds.items()}
    settings += [f"kinds: {msgspec.json.encode(kinds).decode()}"]
    shutil.rmtree(project / "notes", ignore_errors=True)
    write_project(project, {"digest.yaml": "\n".join(settings) + "\n", **author.notes})
    report = build_project(project)
    assert not report.refused, report.diagnostics
    return read_tree(project / "site")


def ids_in(site: dict[str, bytes]) -> dict[int, str]:
    """Return the ids of entries by the numbers that their texts begin with."""
    export = msgspec.json.decode(site["data/entries.json"], type=Export)
    return {int(match[1]): entry.id for entry in export.entries if (match := _MARK.match(entry.commentary))}


def end_of(path: str, site: dict[str, bytes], root: str) -> str:
    """Return the file that a reader of a page sees in the end; a page at an old address leads there at once."""
    refresh = _REFRESH.search(site[path].decode())
    if refresh is None:
        return path
    target = unquote(urlsplit(refresh[1]).path).removeprefix(root)
    return target + "index.html" if target.endswith("/") or not target else target


@settings(max_examples=4, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=4), st.integers(0, 2**32))
def test_every_page_that_a_build_ever_wrote_answers_in_the_output_folder(
    edits: list[Callable[[Author], None]], seed: int
) -> None:
    author = Author(Random(seed))
    pages: set[str] = set()
    ids: dict[int, str] = {}
    with TemporaryDirectory() as folder:
        project = Path(folder)
        for edit in [lambda _: None, *edits]:
            edit(author)
            site = publish(project, author)
            now = ids_in(site)
            assert now.keys() == author.entries.keys()
            assert {number: now.get(number, name) for number, name in ids.items()} == ids
            ids |= now
            pages |= {path for path in site if path.endswith(".html")}
            assert pages - site.keys() == set()
            root = urlsplit(author.config.base_url).path or "/"
            for path in pages:
                end = end_of(path, site, root)
                assert end in site, path
                assert end_of(end, site, root) == end, "a chain"
        lock = (project / "digest.lock").read_bytes()
        shutil.rmtree(project / "site")
        shutil.rmtree(project / ".digest")
        assert publish(project, author) == site
        assert (project / "digest.lock").read_bytes() == lock
