"""The modules of search in one file, and sites that have modules of their own."""

import re
from pathlib import Path

import pytest

from digest.site.assets import hash_assets
from digest.site.joined import FIRST, JOINED, made_of
from digest.site.theme import read_packaged

from ..project import DAY, build_project, write_project
from ..test_release import load

joining = load("tools/join_scripts.py")
THEME = read_packaged()
JOINED_SCRIPT = THEME[JOINED].decode()
MODULES = re.findall(r"js/\S+\.js", JOINED_SCRIPT.splitlines()[1])
IMPORTED = re.compile(rb'(?:\bfrom|\bimport\(|\bimport) ?"\./([^"]+)"')


def theme(**changes: bytes) -> dict[str, bytes]:
    """Return a small theme whose modules `a` and `b` are joined, with some static files changed or added."""
    modules = {"js/search-ui.js": b'import "./b.js";', "js/b.js": b'import "./keys.js"; let b'}
    joined = f'// About.\n{made_of(modules, modules)}import "./keys.js";let c\n'
    files = {"static/js/keys.js": b"keys", JOINED: joined.encode()}
    files |= {f"static/{name}": content for name, content in modules.items()}
    return files | {f"static/js/{name.replace('_', '-')}.js": content for name, content in changes.items()}


def test_the_joined_file_is_what_esbuild_makes_of_the_modules() -> None:
    if not joining.ESBUILD.exists():
        pytest.skip("esbuild needs npm to install it")
    assert joining.join_scripts() == JOINED_SCRIPT, "run `make docs`"


def test_the_joined_file_was_made_of_the_modules_as_they_are() -> None:
    contents = {name.removeprefix("static/"): content for name, content in THEME.items()}
    assert len(MODULES) > 30
    assert made_of(contents, MODULES) == JOINED_SCRIPT.splitlines(keepends=True)[1], "run `make docs`"


def test_every_module_of_search_is_joined_but_the_one_that_waits_for_interest() -> None:
    named = {name.removeprefix("static/") for name in THEME if name.startswith("static/js/search")}
    assert named - {"js/search-start.js"} == set(MODULES)


def test_the_joined_file_is_published_instead_of_its_modules() -> None:
    assets = hash_assets(theme())
    assert sorted(assets) == ["js/keys.js", FIRST]
    keys = assets["js/keys.js"].path.rpartition("/")[2]
    assert assets[FIRST].content.decode() == f'import "./{keys}";let c\n'


def test_modules_are_published_one_by_one_if_the_project_has_one_of_its_own() -> None:
    assets = hash_assets(theme(b=b"let mine"))
    assert sorted(assets) == ["js/b.js", "js/keys.js", FIRST]
    assert assets["js/b.js"].content == b"let mine"
    assert assets["js/b.js"].path.rpartition("/")[2].encode() in assets[FIRST].content


def test_an_unchanged_copy_in_the_project_changes_nothing() -> None:
    assert hash_assets(theme(b=theme()["static/js/b.js"])) == hash_assets(theme())


def test_a_script_of_the_project_can_import_a_module_that_is_joined() -> None:
    assets = hash_assets(theme(own=b'import "./b.js";'))
    assert sorted(assets) == ["js/b.js", "js/keys.js", "js/own.js", FIRST]
    assert assets["js/b.js"].path.rpartition("/")[2].encode() in assets["js/own.js"].content
    assert b"let c" in assets[FIRST].content


@pytest.mark.parametrize("joined", [b"", b"\xff", b"// Made of", b"// Made of \n", b"// Made of js/b.js 00\nlet c"])
def test_a_joined_file_that_says_nothing_true_about_its_modules_is_not_used(joined: bytes) -> None:
    assert sorted(hash_assets(theme() | {JOINED: joined})) == ["js/b.js", "js/keys.js", FIRST]


@pytest.mark.parametrize(
    "own", [{}, {"templates/static/js/search-words.js": THEME["static/js/search-words.js"] + b"\n// Mine.\n"}]
)
def test_every_script_of_a_site_imports_files_of_the_site(tmp_path: Path, own: dict[str, bytes]) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY, **own})
    build_project(project)
    scripts = {path.name: path.read_bytes() for path in (project / "site/static/js").iterdir()}
    imported = {name.decode() for content in scripts.values() for name in IMPORTED.findall(content)}
    assert imported <= scripts.keys()
    assert any(name.startswith("search-words.") for name in scripts) == bool(own)
