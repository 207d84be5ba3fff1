"""The service worker, and the manifest by which a site is installed."""

import json
import re
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from msgspec import structs

from digest.config import Config
from digest.pipeline.arrange import describe_site
from digest.site.pages.manifest import shorten_name
from digest.site.theme import theme_folder
from digest.site.worker import FAREWELL, WORKER, write_worker
from digest.store.staging import hash_bytes

from ..project import DAY, build_project, read_tree, write_project

THEME = {name: (theme_folder() / name).read_bytes() for name in (WORKER, FAREWELL)}
FILES = {
    "index.html": b"home", "offline.html": b"offline", "2024/03/19/index.html": b"day", "2024/03/18/index.html": b"day before",
    "search/index.html": b"search", "search/index.json": b"{}", "search/d0.aaaaaa.bin": b"d", "search/p2.bbbbbb.bin": b"p",
    "static/css/digest.aa.css": b"css", "static/js/digest.aa.js": b"js", "static/js/search-start.aa.js": b"start",
    "static/js/search-ui.aa.js": b"ui", "static/favicon.aa.svg": b"svg", "static/icons/icon-512.aa.png": b"png", "feed.xml": b"feed",
}  # fmt: skip


def worker(files: Mapping[str, bytes] = FILES, *, offline: bool = True, search: bool = True) -> bytes:
    site = describe_site(Config(base_url="https://digest.example/repo/"))
    site = structs.replace(site, offline=offline, search=search)
    return write_worker(site, THEME, files, ["2024/03/19/", "2024/03/18/"], lambda path: hash_bytes(files[path]))


def known(content: bytes) -> dict[str, object]:
    first = content.decode().partition("\n")[0]
    found: dict[str, object] = json.loads(first.removeprefix("self.BUILD = ").removesuffix(";"))
    return found


def test_a_worker_names_what_it_keeps_ahead() -> None:
    assert known(worker()) == {
        "version": known(worker())["version"],
        "root": "/repo/",
        "offline": "/repo/offline.html",
        "manifest": "/repo/site.webmanifest",
        "shell": [
            "/repo/static/css/digest.aa.css", "/repo/static/favicon.aa.svg", "/repo/static/js/digest.aa.js",
            "/repo/static/js/search-start.aa.js",
        ],
        "pages": ["/repo/", "/repo/2024/03/19/", "/repo/2024/03/18/", "/repo/search/"],
        "search": ["/repo/search/d0.aaaaaa.bin", "/repo/static/js/search-ui.aa.js", "/repo/search/index.json"],
    }  # fmt: skip


def test_a_worker_of_a_site_without_search_keeps_none() -> None:
    assert known(worker(search=False))["search"] == []
    assert "/repo/search/" not in str(known(worker(search=False))["pages"])


@pytest.mark.parametrize("path", FILES)
def test_a_worker_is_another_one_exactly_if_a_file_that_it_keeps_ahead_changes(path: str) -> None:
    is_kept = path not in ("search/p2.bbbbbb.bin", "static/icons/icon-512.aa.png", "feed.xml")
    assert (worker({**FILES, path: b"changed"}) != worker()) == is_kept


def test_a_worker_that_keeps_nothing_says_what_to_remove() -> None:
    content = worker(offline=False)
    assert known(content) == {"root": "/repo/"}
    assert b"unregister" in content
    assert b"fetch" not in content


def test_a_build_writes_the_worker_anew_only_if_it_changed(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "base_url: https://digest.example/repo/\nhome_days: 1\n"}
    )
    build_project(tmp_path)
    before = read_tree(tmp_path / "site")["sw.js"]
    assert known(before)["pages"] == ["/repo/", "/repo/2024/03/19/", "/repo/search/"]
    assert build_project(tmp_path).written == 0
    write_project(tmp_path, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델.\n#ssm\n"})
    build_project(tmp_path)
    after = read_tree(tmp_path / "site")["sw.js"]
    assert known(after)["pages"] == ["/repo/", "/repo/2024/03/20/", "/repo/search/"]
    assert known(after)["version"] != known(before)["version"]
    (tmp_path / "notes/2024-03-20.txt").unlink()
    build_project(tmp_path, clean=True)
    assert read_tree(tmp_path / "site")["sw.js"] != after


def test_the_same_notes_give_the_same_worker(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_project(tmp_path / name, {"notes/2024-03-19.txt": DAY})
        build_project(tmp_path / name)
    assert read_tree(tmp_path / "one/site")["sw.js"] == read_tree(tmp_path / "two/site")["sw.js"]


def test_a_site_that_keeps_nothing_has_no_script_that_starts_a_worker(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "offline: false\n"})
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert "offline.html" not in site
    assert known(site["sw.js"]) == {"root": "/"}
    assert not [name for name, content in site.items() if name.endswith(".html") and b"data-worker" in content]


def test_an_authors_own_worker_and_manifest_take_the_places_of_the_sites(tmp_path: Path) -> None:
    own = {"public/sw.js": "// mine\n", "public/site.webmanifest": "{}\n"}
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, **own})
    report = build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert (site["sw.js"], site["site.webmanifest"]) == (b"// mine\n", b"{}\n")
    assert report.diagnostics == ()


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], dict[str, bytes]]:
    settings = 'base_url: https://digest.example/repo/\ntitle: 오늘의 "논문" </b> 하나 둘\n'
    project = write_project(tmp_path_factory.mktemp("m"), {"notes/2024-03-19.txt": DAY, "digest.yaml": settings})
    build_project(project)
    site = read_tree(project / "site")
    return json.loads(site["site.webmanifest"]), site


def test_the_manifest_names_the_site_under_its_path(manifest: tuple[dict[str, object], dict[str, bytes]]) -> None:
    found, site = manifest
    assert found["name"] == '오늘의 "논문" </b> 하나 둘'
    assert {found["start_url"], found["scope"], found["id"]} == {"/repo/"}
    assert b'<link rel="manifest" href="/repo/site.webmanifest">' in site["index.html"]


def test_the_icons_have_the_sizes_that_the_manifest_names(manifest: tuple[dict[str, object], dict[str, bytes]]) -> None:
    found, site = manifest
    icons = found["icons"]
    assert isinstance(icons, list)
    assert {icon.get("purpose", "any") for icon in icons} == {"any", "maskable"}
    for icon in icons:
        content = site[icon["src"].removeprefix("/repo/")]
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack_from(">LL", content, 16)) == icon["sizes"]
    touch = re.search(rb'<link rel="apple-touch-icon" href="/repo/([^"]+)">', site["index.html"])
    assert touch is not None
    assert struct.unpack_from(">LL", site[touch[1].decode()], 16) == (180, 180)


def test_the_colours_of_the_manifest_are_those_of_the_theme(
    manifest: tuple[dict[str, object], dict[str, bytes]],
) -> None:
    css = (theme_folder() / "static/css/digest.css").read_text("utf-8")
    paper = re.search(r"--paper: light-dark\((#\w+),", css)
    assert paper is not None
    assert {manifest[0]["theme_color"], manifest[0]["background_color"]} == {paper[1]}


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("오늘의 논문", "오늘의 논문"),
        ("Daily papers and models", "Daily papers"),
        ("Researchdigesting", "Researchdige"),
        ("a b", "a b"),
    ],
)
def test_the_name_below_an_icon_is_cut_between_words(title: str, short: str) -> None:
    assert shorten_name(title) == short
