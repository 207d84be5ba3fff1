"""Links that lead out, pipes, sockets and devices in the place of files: none is read or written, and nothing hangs."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.disk import OutsideError, open_file, open_inside, read_inside
from digest.folders import find_files
from digest.notes.discover import find_notes, read_note, survey_notes
from digest.pipeline.build import Report
from digest.serve.preview import open_preview
from digest.store.output import Output
from digest.store.removal import remove_tree

from .project import DAY, build_project, read_tree, run, write_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")

SECRET = "a secret that no page shows"


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """End a test that waits for a pipe."""

    def give_up(*_: object) -> None:
        raise TimeoutError("something waits")

    former = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Return a folder outside the project, with a file in it."""
    return write_project(tmp_path / "outside", {"secret.txt": SECRET, "static/secret.css": SECRET, "day.html": SECRET})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", {"digest.yaml": "title: 기록\n", "notes/2024-03-19.txt": DAY})


def errors(report: Report) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in report.diagnostics]


def make_socket(path: Path) -> None:
    """Make a socket; its name may be longer than the system allows for an address."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


SPECIAL: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a socket": make_socket,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a pipe": make_link_to_pipe,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a folder": os.mkdir,
}


# Opening


@pytest.mark.parametrize("kind", SPECIAL)
def test_only_a_regular_file_is_opened(tmp_path: Path, kind: str) -> None:
    SPECIAL[kind](tmp_path / "file")
    with pytest.raises(OSError, match=r"it is|leads out"):
        open_inside(tmp_path, "file")
    with pytest.raises(OSError, match="it is"):
        open_file(tmp_path / "file")


def test_a_link_counts_if_it_leads_to_a_place_inside(tmp_path: Path, outside: Path) -> None:
    project = write_project(tmp_path / "project", {"a/b.txt": "inside"})
    (project / "link").symlink_to("a/b.txt")
    (project / "chain").symlink_to("link")
    (project / "out").symlink_to(outside / "secret.txt")
    (project / "by-chain").symlink_to("out")
    assert read_inside(project, "link") == read_inside(project, "chain") == b"inside"
    for name in ("out", "by-chain"):
        with pytest.raises(OutsideError, match="it leads out of the project"):
            read_inside(project, name)


# Sources


@pytest.mark.parametrize("place", ["templates/static/x.css", "templates/day.html", "templates/static", "templates"])
@pytest.mark.parametrize("command", [["build"], ["check"]])
def test_a_linked_template_is_refused_and_the_site_stays(
    project: Path, outside: Path, place: str, command: list[str]
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    (project / place).parent.mkdir(parents=True, exist_ok=True)
    target = outside / ("static/secret.css" if place.endswith(".css") else "day.html" if place.endswith("l") else "")
    (project / place).symlink_to(target)
    refused = run(project, *command)
    assert refused.exit_code == 1
    assert f"{place}: error[template] the file cannot be read: it leads out of the project\n" in refused.stdout
    assert "hint: put a copy of it into the project" in refused.stdout
    assert read_tree(project / "site") == before


def test_a_template_may_be_a_link_to_a_place_in_the_project(project: Path) -> None:
    write_project(project, {"theme/day.html": "<p>mine</p>", "theme/css/x.css": "p { color: red }", "templates/x": ""})
    (project / "templates/day.html").symlink_to("../theme/day.html")
    (project / "templates/static").symlink_to("../theme")
    assert errors(build_project(project)) == []
    site = read_tree(project / "site")
    assert site["2024/03/19/index.html"] == b"<p>mine</p>"
    assert any(path.startswith("static/css/x.") for path in site)


@pytest.mark.parametrize("kind", ["a pipe", "a socket"])
def test_a_pipe_among_templates_is_refused(project: Path, kind: str) -> None:
    (project / "templates").mkdir()
    SPECIAL[kind](project / "templates/day.html")
    report = build_project(project)
    assert errors(report) == [("templates/day.html", "template")]
    assert "it is a pipe, a socket or a device, not a file" in report.diagnostics[0].message


@pytest.mark.parametrize("name", ["own.py", "own"])
def test_a_plugin_that_leads_out_is_refused(project: Path, outside: Path, name: str) -> None:
    code = "from digest.plugins import Plugin\nplugin = Plugin()\n"
    write_project(outside, {"own.py": code, "own/__init__.py": code})
    write_project(project, {"digest.yaml": "plugins: [own]\n", "plugins/x": ""})
    (project / "plugins" / name).symlink_to(outside / name)
    assert [code for _, code in errors(build_project(project))] == ["plugin"]


def test_a_template_of_a_plugin_that_leads_out_is_refused(project: Path, outside: Path) -> None:
    code = "from digest.plugins import Plugin\nplugin = Plugin()\n"
    write_project(project, {"digest.yaml": "plugins: [own]\n", "plugins/own/__init__.py": code})
    (project / "plugins/own/templates").symlink_to(outside)
    assert errors(build_project(project)) == [("plugins/own/templates", "plugin")]


def test_settings_that_lead_out_are_refused(project: Path, outside: Path) -> None:
    (project / "digest.yaml").unlink()
    (project / "digest.yaml").symlink_to(outside / "secret.txt")
    refused = run(project, "build")
    assert refused.exit_code == 2
    assert "the settings cannot be read: it leads out of the project" in refused.stdout
    assert not (project / "site").exists()


def test_settings_that_are_a_pipe_are_refused(project: Path) -> None:
    (project / "digest.yaml").unlink()
    os.mkfifo(project / "digest.yaml")
    refused = run(project, "build")
    assert refused.exit_code == 2
    assert "the settings cannot be read: it is a pipe, not a file" in refused.stdout


@pytest.mark.parametrize("kind", SPECIAL)
@pytest.mark.parametrize("place", ["notes/2024-03-20.md", "notes/a.png", "public/a.bin", "pages/a.md"])
def test_what_is_no_file_among_sources_is_not_read(project: Path, kind: str, place: str) -> None:
    write_project(project, {"notes/2024-03-21.md": "그림\n![[a.png]] ![둘](/a.bin)\n#x\n"})
    build_project(project)
    before = read_tree(project / "site")
    (project / place).parent.mkdir(exist_ok=True)
    SPECIAL[kind](project / place)
    report = build_project(project)
    assert report.refused is False
    assert read_tree(project / "site") == before


def test_notes_and_pages_that_are_no_files_are_counted(project: Path) -> None:
    os.mkfifo(project / "notes/a.md")
    (project / "pages").mkdir(exist_ok=True)
    os.mkfifo(project / "pages/about.md")
    os.mkfifo(project / "pages/picture.png")
    assert build_project(project).left_out == (("pipes and devices", 2),)
    assert "left out: pipes and devices 2\n" in run(project, "build").stderr


def test_a_folder_of_notes_that_leads_out_is_an_error_and_the_site_stays(project: Path, tmp_path: Path) -> None:
    build_project(project)
    before = read_tree(project / "site")
    (project / "notes").rename(tmp_path / "elsewhere")
    (project / "notes").symlink_to(tmp_path / "elsewhere")
    report = build_project(project)
    assert errors(report) == [("notes", "unreadable")]
    assert "leads out of the project" in report.diagnostics[0].message
    assert read_tree(project / "site") == before
    refused = run(project, "new", "2024-05-05")
    assert refused.exit_code == 2
    assert "leads out of the project" in refused.stderr
    assert not (tmp_path / "elsewhere/2024-05-05.txt").exists()


def test_links_in_circles_are_walked_once(project: Path) -> None:
    (project / "notes/a").mkdir()
    (project / "notes/a/up").symlink_to("..")
    (project / "notes/project").symlink_to("..")
    (project / "notes/a/one").symlink_to("two")
    (project / "notes/a/two").symlink_to("one")
    assert [note.path for note in find_notes(project, "notes")] == ["notes/2024-03-19.txt"]
    assert find_files(project, "notes", hidden=True).unreadable == ()


def nest(folder: Path, name: str, depth: int) -> None:
    """Make folders in folders, deeper than a path can name."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        inner = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


@pytest.fixture
def deep(project: Path) -> Iterator[Path]:
    """Make a note a thousand folders deep, and remove the folders: pytest cannot, and a later run would end with an error."""
    nest(project / "notes", "d", 1200)
    folder = project / "notes" / "/".join("d" * 1200)
    (folder / "2024-03-20.txt").write_text(DAY, "utf-8")
    yield folder
    remove_tree(str(project / "notes"))
    assert not (project / "notes").exists()


def test_notes_a_thousand_folders_deep_are_found(project: Path, deep: Path) -> None:
    assert deep.is_dir()
    assert len(survey_notes(project, "notes").notes) == 2
    assert len(find_files(project, "notes", hidden=False).stamps) == 2


def test_a_path_that_is_too_long_is_an_error_and_the_site_stays(project: Path) -> None:
    build_project(project)
    before = read_tree(project / "site")
    nest(project / "notes", "n" * 200, 30)
    (problem,) = build_project(project).diagnostics
    assert (problem.code, problem.path[:6]) == ("unreadable", "notes/")
    assert "File name too long" in problem.message
    assert read_tree(project / "site") == before


def test_names_that_differ_in_case_are_two_notes(project: Path) -> None:
    write_project(project, {"notes/a.md": "2024-01-01\n하나\n본문.\n#x\n", "notes/A.md": "2024-01-02\n둘\n본문.\n#x\n"})
    if len(list((project / "notes").iterdir())) < 3:
        pytest.skip("names here have no case")
    report = build_project(project)
    assert (report.entries, errors(report)) == (3, [])


def test_a_public_file_with_a_line_feed_in_its_name_is_left_out(project: Path) -> None:
    """The manifest has one path a line, so such a name could stand for a file of somebody else."""
    write_project(project, {"public/a\nmine.txt": "x", "public/b.txt": "y", "site/mine.txt": "mine"})
    report = build_project(project)
    assert [code for _, code in errors(report)] == ["public-file"]
    (project / "public/a\nmine.txt").unlink()
    build_project(project)
    assert (project / "site/mine.txt").read_text("utf-8") == "mine"
    assert (project / "site/b.txt").exists()


def test_a_public_file_that_becomes_a_pipe_while_building_is_named_and_the_site_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_project(project)
    before = read_tree(project / "site")
    write_project(project, {"public/a.bin": "x"})
    open_stage = Output.open_stage

    def swap(self: Output) -> None:
        (project / "public/a.bin").unlink()
        os.mkfifo(project / "public/a.bin")
        open_stage(self)

    monkeypatch.setattr(Output, "open_stage", swap)
    report = build_project(project)
    assert errors(report) == [("public/a.bin", "unreadable")]
    assert "it is a pipe, not a file" in report.diagnostics[0].message
    assert read_tree(project / "site") == before


def test_a_note_that_changes_after_it_was_listed_is_read_again_by_the_next_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change_and_read(root: Path, path: str) -> object:
        monkeypatch.undo()
        found = read_note(root, path)
        write_project(root, {path: DAY.replace("Grok-1\n", "Grok-2\n")})
        return found

    monkeypatch.setattr("digest.pipeline.read.read_note", change_and_read)
    build_project(project)
    build_project(project)
    assert b"Grok-2" in (project / "site/2024/03/19/index.html").read_bytes()


# The output


@pytest.mark.parametrize("kind", [kind for kind in SPECIAL if kind != "a folder"])
def test_a_special_file_in_the_place_of_a_file_that_a_build_wrote_is_replaced(project: Path, kind: str) -> None:
    build_project(project)
    before = read_tree(project / "site")
    (project / "site/index.html").unlink()
    SPECIAL[kind](project / "site/index.html")
    assert errors(build_project(project)) == []
    assert not (project / "site/index.html").is_symlink()
    assert read_tree(project / "site") == before


@pytest.mark.parametrize("kind", [kind for kind in SPECIAL if kind != "a folder"])
@pytest.mark.parametrize("name", ["index.html", ".digest-manifest"])
def test_a_special_file_that_no_build_replaces_is_named(project: Path, kind: str, name: str) -> None:
    (project / "site").mkdir()
    SPECIAL[kind](project / "site" / name)
    report = build_project(project)
    assert [code for _, code in errors(report)] == ["output"]
    assert name in f"{report.diagnostics[0].path} {report.diagnostics[0].message}"
    assert [item.name for item in (project / "site").iterdir() if item.name != "pipe"] == [name]


@pytest.mark.parametrize("place", ["site", "build/site", "build"])
def test_an_output_folder_that_is_a_link_is_refused(project: Path, outside: Path, place: str) -> None:
    write_project(project, {"digest.yaml": "output: build/site\n" if "build" in place else ""})
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).symlink_to(outside, target_is_directory=True)
    before = read_tree(outside)
    report = build_project(project)
    assert errors(report) == [(place, "output")]
    assert "a build writes a folder here, but a link is in its place" in report.diagnostics[0].message
    assert read_tree(outside) == before


def test_nothing_is_written_or_removed_through_a_link_in_the_output(project: Path, tmp_path: Path) -> None:
    write_project(project, {"notes/2023-01-01.txt": "2023-01-01\n옛 글\n본문.\n#x\n"})
    build_project(project)
    (project / "site/2023").rename(tmp_path / "2023")
    (project / "site/2023").symlink_to(tmp_path / "2023")
    kept = read_tree(tmp_path / "2023")
    (project / "notes/2023-01-01.txt").unlink()
    (project / "digest.lock").unlink()  # so that no page at the old address is wanted
    assert errors(build_project(project)) == []
    assert read_tree(tmp_path / "2023") == kept


@pytest.mark.parametrize("place", [".digest", "site/.digest-staging"])
@pytest.mark.parametrize("kind", ["a file", "a link to a folder", *(kind for kind in SPECIAL if kind != "a folder")])
def test_what_is_in_the_place_of_a_folder_of_builds_is_named_with_what_to_do(
    project: Path, outside: Path, place: str, kind: str
) -> None:
    (project / "site").mkdir()
    if kind == "a file":
        (project / place).write_text("mine", "utf-8")
    elif kind == "a link to a folder":
        (project / place).symlink_to(outside)
    else:
        SPECIAL[kind](project / place)
    before = read_tree(outside)
    refused = run(project, "build")
    assert refused.exit_code == 1
    assert f"{place}: error[output] a build writes a folder here, but a" in refused.stdout
    assert "hint: move it away or remove it; the site is as it was" in refused.stdout
    assert read_tree(outside) == before


@pytest.mark.parametrize("name", ["cache.sqlite", "cache.sqlite-wal", "lock.sqlite", "lock.txt"])
@pytest.mark.parametrize("kind", ["a pipe", "a link to a device"])
def test_the_cache_is_written_through_no_link_and_waits_for_no_pipe(project: Path, name: str, kind: str) -> None:
    (project / ".digest").mkdir()
    SPECIAL[kind](project / ".digest" / name)
    report = build_project(project)
    assert errors(report) == [(f".digest/{name}", "output")]


def test_a_served_project_with_a_file_in_the_place_of_its_cache_is_refused_in_a_sentence(project: Path) -> None:
    (project / ".digest").write_text("mine", "utf-8")
    refused = run(project, "serve")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("digest: .digest: a build writes a folder here, but a file is in its place; ")


def test_a_preview_goes_on_when_a_template_of_a_plugin_becomes_a_link_out_of_the_project(
    project: Path, outside: Path
) -> None:
    code = "from digest.plugins import Plugin\nplugin = Plugin()\n"
    write_project(project, {"digest.yaml": "plugins: [own]\n", "plugins/own/__init__.py": code})
    with open_preview(project, drafts=False, base_url=None) as preview:
        (project / "plugins/own/templates").symlink_to(outside)
        preview.refresh()
        assert [problem.code for problem in preview.problems] == ["plugin"]
        (project / "plugins/own/templates").unlink()
        preview.refresh()
        assert preview.problems == ()


def test_a_linked_template_is_named_before_a_project_is_served(project: Path, outside: Path) -> None:
    (project / "templates").mkdir()
    (project / "templates/day.html").symlink_to(outside / "day.html")
    refused = run(project, "serve")
    assert refused.exit_code == 2
    assert refused.stderr == f"digest: {project / 'templates/day.html'}: it leads out of the project\n"


def test_notes_of_another_tool_that_lead_out_are_refused(project: Path, outside: Path) -> None:
    write_project(project, {"mkdocs.yml": "site_name: x\n"})
    (project / "digest.yaml").unlink()
    (project / "docs").symlink_to(outside)
    refused = run(project, "init", "--from", ".")
    assert refused.exit_code == 2
    assert refused.stderr == f"digest: {project / 'docs'} cannot be read or written: it leads out of the project\n"
    assert not (project / "digest.yaml").exists()
