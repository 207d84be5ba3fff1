"""Static files with hashes in their names."""

import re

import pytest

from digest.site.assets import AssetError, hash_assets

THEME = {
    "base.html": b"<html>",
    "static/css/a.css": b"@import 'b.css'; i { background: url(\"../i.svg\") url(data:x) url(https://a.example/i.svg) }",
    "static/css/b.css": b"b{}",
    "static/i.svg": b"<svg/>",
    "static/js/a.js": b'import { b } from "./b.js";\nconst c = import("./sub/c.js");\nconst d = from("x");',
    "static/js/b.js": b'import "./sub/c.js";',
    "static/js/sub/c.js": b'export * from "../missing.js"; // "../b.js"',
}


def test_names_contain_a_hash_and_references_are_rewritten() -> None:
    assets = hash_assets(THEME)
    assert sorted(assets) == ["css/a.css", "css/b.css", "i.svg", "js/a.js", "js/b.js", "js/sub/c.js"]
    assert all(re.fullmatch(rf"static/{n[: n.rindex('.')]}\.[0-9a-f]{{10}}\.\w+", a.path) for n, a in assets.items())
    name = {plain: asset.path.rpartition("/")[2] for plain, asset in assets.items()}
    assert assets["css/a.css"].content.decode() == (
        f"@import './{name['css/b.css']}'; "
        f'i {{ background: url("../{name["i.svg"]}") url(data:x) url(https://a.example/i.svg) }}'
    )
    assert assets["js/a.js"].content.decode() == (
        f'import {{ b }} from "./{name["js/b.js"]}";\n'
        f'const c = import("./sub/{name["js/sub/c.js"]}");\nconst d = from("x");'
    )
    assert assets["js/sub/c.js"].content == THEME["static/js/sub/c.js"]


def test_a_changed_file_renames_all_files_that_refer_to_it() -> None:
    before, after = hash_assets(THEME), hash_assets({**THEME, "static/js/sub/c.js": b"2"})
    changed = {name for name in before if before[name].path != after[name].path}
    assert changed == {"js/a.js", "js/b.js", "js/sub/c.js"}


def test_an_error_about_a_circle_names_its_files() -> None:
    circle = {"static/a.js": b'import "./b.js";', "static/b.js": b'import "./a.js";'}
    with pytest.raises(AssetError, match=re.escape("a.js → b.js → a.js")):
        hash_assets(circle)


def test_binary_files_are_not_changed() -> None:
    assert hash_assets({"static/i.png": b"\x89PNG\xff"})["i.png"].content == b"\x89PNG\xff"
