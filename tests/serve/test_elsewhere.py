"""A change of a file outside the source folders shows if the site takes something from it."""

import asyncio
import contextlib
import errno
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from digest.config import Config
from digest.serve.elsewhere import Elsewhere, find_elsewhere
from digest.serve.watching import SETTLE_SECONDS, Watch, is_source

from ..program import PATIENCE_SECONDS
from ..project import write_project
from .conftest import Served

FILES: dict[str, str | bytes] = {
    "digest.yaml": "title: Log\nlanguage: en\n",
    "notes/240301 Plain.md": "A plain note.\n",
    "notes/240302 Pictures.md": "![](/img/chart.png)\n\n![](later/plan.png)\n\n[paper](../papers/one.pdf)\n",
    "static/img/chart.png": b"first",
    "papers/one.pdf": b"first",
    "drafts/one.md": "Linked first.\n",
    "drafts/v1.md": "Version one.\n",
    "drafts/v2.md": "Version two.\n",
    "more/240305 Inner.md": "Inner first.\n",
    ".vault/hidden.md": "Hidden first.\n",
    "store/list.txt": "list first",
    "theme/404.html": "<p>lost first</p>",
    "own/about.md": "# About\n\nAbout first.\n",
}
LINKS = {
    "notes/240303 Linked.md": "../drafts/one.md",
    "notes/240304 Chain.md": "../drafts/latest.md",
    "drafts/latest.md": "v1.md",
    "notes/linked": "../more",
    "notes/240306 Vault.md": "../.vault/hidden.md",
    "notes/240307 Again.md": "240301 Plain.md",
    "notes/240308 Later.md": "../drafts/missing.md",
    "public/list.txt": "../store/list.txt",
    "templates": "theme",
    "pages": "own",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_project(tmp_path_factory.mktemp("elsewhere") / "project", FILES)
    for name, target in LINKS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(target)
    return folder


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with Served(project) as served:
        yield served


def replace(path: Path, text: str) -> None:
    """Save a file as many editors do: write another one and rename it."""
    path.with_suffix(".new").write_text(text, "utf-8")
    path.with_suffix(".new").replace(path)


def point(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(target)


@pytest.mark.parametrize(
    ("edit", "page", "shows"),
    [
        (lambda at: (at / "drafts/one.md").write_text("Linked second.\n"), "/2024/03/03/", "Linked second"),
        (lambda at: replace(at / "drafts/one.md", "Linked third.\n"), "/2024/03/03/", "Linked third"),
        (lambda at: (at / "drafts/v1.md").write_text("Version 1.1.\n"), "/2024/03/04/", "Version 1.1"),
        (lambda at: point(at / "drafts/latest.md", "v2.md"), "/2024/03/04/", "Version two"),
        (lambda at: (at / "more/240305 Inner.md").write_text("Inner second.\n"), "/2024/03/05/", "Inner second"),
        (lambda at: write_project(at, {"more/new/240310 New.md": "New first.\n"}), "/2024/03/10/", "New first"),
        (lambda at: (at / "more/new/240310 New.md").write_text("New second.\n"), "/2024/03/10/", "New second"),
        (lambda at: (at / ".vault/hidden.md").write_text("Hidden second.\n"), "/2024/03/06/", "Hidden second"),
        (lambda at: (at / "notes/240301 Plain.md").write_text("Plain second.\n"), "/2024/03/07/", "Plain second"),
        (lambda at: (at / "drafts/missing.md").write_text("Here at last.\n"), "/2024/03/08/", "Here at last"),
        (lambda at: (at / "store/list.txt").write_text("list second"), "/list.txt", "list second"),
        (lambda at: (at / "theme/404.html").write_text("<p>lost second</p>"), "/nowhere/", "lost second"),
        (lambda at: (at / "own/about.md").write_text("# About\n\nAbout second.\n"), "/about/", "About second"),
        (lambda at: point(at / "pages", "own2"), "/about/", "lost second"),
        (lambda at: write_project(at, {"own2/about.md": "# About\n\nBack.\n"}), "/about/", "Back."),
    ],
)
def test_an_edit_shows_where_a_link_leads_to_it(
    served: Served, project: Path, edit: Callable[[Path], object], page: str, shows: str
) -> None:
    time.sleep(2 * SETTLE_SECONDS)  # until only a signal makes the server look
    edit(project)
    served.wait_until(page, shows.encode())


@pytest.mark.parametrize(
    ("path", "name"),
    [("static/img/chart.png", "chart"), ("papers/one.pdf", "one"), ("notes/later/plan.png", "plan")],
)
def test_an_edit_of_a_file_that_a_note_names_shows(served: Served, project: Path, path: str, name: str) -> None:
    for content in (f"second {name}", f"third {name}"):
        time.sleep(2 * SETTLE_SECONDS)
        before = served.get("/2024/03/02/")[1]["etag"]
        write_project(project, {path: content})
        served.wait_for_change("/2024/03/02/", before)
        page = served.get("/2024/03/02/")[2].decode()
        address = next(part for part in page.split('"') if part.startswith(f"/files/{name}"))
        assert served.get(address)[2] == content.encode()


def test_a_link_that_leads_out_or_round_hides_no_edit_and_is_not_followed(tmp_path: Path) -> None:
    outside = write_project(tmp_path / "outside", {"240309 Outside.md": "Not ours.\n"})
    project = write_project(tmp_path / "project", {"notes/240301 Plain.md": "Plain.\n", "drafts/a.txt": "Aside.\n"})
    (project / "notes/outside").symlink_to(outside)
    (project / "notes/loop").symlink_to("..")
    with Served(project) as served:
        for path in ("notes/240301 Plain.md", "notes/x/y/240311 Deep.md", "drafts/240312 Aside.md"):
            for text in ("second", "third"):
                time.sleep(2 * SETTLE_SECONDS)
                write_project(project, {path: f"The {text}.\n"})
                day = path.rpartition("/")[2][4:6]
                served.wait_until(f"/2024/03/{day}/", f"The {text}.".encode())
        assert served.get("/2024/03/09/")[0] == 404


def test_what_is_elsewhere_is_found_inside_the_project_only(tmp_path: Path) -> None:
    project = write_project(
        tmp_path / "project", {"notes/a.md": "", "notes/b/c.md": "", "more/d/e.md": "", "img/x.png": ""}
    )
    (project / "notes/link").symlink_to("../more")
    (project / "notes/file.md").symlink_to("../more/d/e.md")
    (project / "notes/turn.md").symlink_to("turn.md")
    found = find_elsewhere(project, Config(), ["img/x.png", "new/deep/y.png", "notes/z.png"])
    assert found.watched == ("img", "more", "more/d")
    assert found.open == frozenset()
    assert {"more/d/e.md", "img/x.png", "new/deep/y.png"} <= found.files
    assert found.folders == {"notes/link", "more"}
    (project / "notes/out").symlink_to(tmp_path)
    found = find_elsewhere(project, Config(), ())
    assert found.open == {Path("notes")}
    assert found.watched == ("more", "more/d", "notes", "notes/b")


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("digest.yaml", True),
        ("notes/a.md", True),
        ("notes/.a.md.swp", False),
        ("notes/a.md~", False),
        ("notes/.hidden/a.md", False),
        ("public/.well-known/x", True),
        ("site/index.html", False),
        (".digest/cache.sqlite", False),
        ("assets/x.png", True),
        ("Assets/X.png", True),
        ("assets", True),
        ("assets/y.png", False),
        (".vault/deep/a.md", True),
        (".vault/.trash/a.md", False),
        (".vault/deep/a.md~", False),
        ("other/a.md", False),
    ],
)
def test_a_change_counts_if_the_site_may_be_made_from_its_path(place: str, wanted: bool) -> None:
    elsewhere = Elsewhere(frozenset({"assets/x.png"}), frozenset({".vault"}), frozenset({"assets"}))
    assert is_source(Path(place), Change.modified, Config(), elsewhere) == wanted


def test_changes_show_even_if_the_system_watches_no_more_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_folders: Path, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "OS file watch limit reached.")

    monkeypatch.setattr("digest.serve.watching.awatch", refuse)
    monkeypatch.setattr("digest.serve.watching.POLL_SECONDS", 0.01)

    async def look_twice() -> list[set[str] | None]:
        watch = Watch(write_project(tmp_path, {"notes/a.md": "First.\n"}), Config)
        async with asyncio.timeout(PATIENCE_SECONDS), contextlib.aclosing(watch.changes()) as changes:
            return [await anext(changes) for _ in range(2)]

    assert asyncio.run(look_twice()) == [set(), set()]  # look at everything, and not only after a time without changes
