"""Builds read papers.yaml: it fills what is open, moves no address, and a change in it leaves no stale page."""

import re
from pathlib import Path

import pytest

from digest.model import NoteFile
from digest.notes import NoteRules
from digest.papers.record import Papers
from digest.pipeline import prepare
from digest.pipeline.build import Report
from digest.pipeline.prepare import prepare_note
from digest.plugins.found import Plugins
from digest.serve.preview import open_preview
from digest.store.cache import PreparedNote

from ..project import build_project, read_tree, run, write_project
from .test_incremental import build_from_nothing

NOTES = {
    "notes/2024-03-19.txt": """\
2024년 3월 19일
Kestrels of Old Towns
(Ada Kim, Ben Cho)
새집 이야기.
#birds
https://arxiv.org/abs/2401.00002
#birds
""",
    "notes/2024-03-20.txt": "2024년 3월 20일\n산책\n[[https://arxiv.org/abs/2401.00002]]을 떠올렸다.\n#walk\n",
    "notes/240321 2401.00003.md": "https://arxiv.org/abs/2401.00003\n\n#birds\n",
}
PAPERS = """\
"2401.00001":
  title: "Kestrels of old towns"
  published: 2024-01-02
  categories: [cs.CL]
  authors: ["Ada Kim", "Benjamin Cho"]
"2401.00002":
  title: "Owls <at> Night"
  authors: ["Cara Lee"]
  abstract: "They hunt $x^2$ <script>alert(1)</script> [here](javascript:alert(1)) ![[secret.png]]."
"2401.00003":
  title: "Herons"
"""
OWLS = "2024/03/19/https-arxiv-org-abs-2401-00002/index.html"
KESTRELS = "2024/03/19/kestrels-of-old-towns/index.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path, {"digest.yaml": "title: 새\nlanguage: en\n", **NOTES})
    build_project(tmp_path)
    return tmp_path


def page(project: Path, name: str) -> str:
    return (project / "site" / name).read_text("utf-8")


def with_papers(project: Path, content: str | bytes = PAPERS) -> Report:
    write_project(project, {"papers.yaml": content})
    return build_project(project)


def test_what_is_open_is_filled_and_untrusted_text_is_escaped(project: Path) -> None:
    with_papers(project)
    kestrels, owls = page(project, KESTRELS), page(project, OWLS)
    assert 'href="https://arxiv.org/abs/2401.00001"' in kestrels
    assert "Ben Cho" in kestrels
    assert "Benjamin" not in kestrels
    assert "Owls &lt;at&gt; Night" in owls
    assert "Cara Lee" in owls
    assert "alert(1)</script>" not in owls.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert 'href="javascript' not in owls
    assert "secret.png]]" in owls
    assert "Herons" in page(project, "2024/03/21/2401-00003/index.html")


def test_no_address_and_nothing_in_the_lock_changes_when_the_file_comes_changes_and_goes(project: Path) -> None:
    lock = (project / "digest.lock").read_bytes()
    site = read_tree(project / "site")
    pages = {name for name in site if not name.startswith("search/")}
    for content in (PAPERS, PAPERS.replace("Owls", "Barn Owls").replace("2401.00001", "2401.00009"), "# nothing\n"):
        report = with_papers(project, content)
        assert report.diagnostics == ()
        assert (project / "digest.lock").read_bytes() == lock
        assert {name for name in read_tree(project / "site") if not name.startswith("search/")} == pages
    (project / "papers.yaml").unlink()
    build_project(project)
    assert read_tree(project / "site") == site


def test_a_site_that_begins_with_the_file_has_the_same_addresses(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with_papers(project)
    fresh = write_project(
        tmp_path_factory.mktemp("fresh"), {**NOTES, "digest.yaml": "title: 새\nlanguage: en\n", "papers.yaml": PAPERS}
    )
    build_project(fresh)
    # Only keys differ: a work that was cited before more was known of it keeps the key that it had.
    assert _without_keys(fresh / "digest.lock") == _without_keys(project / "digest.lock")
    assert _pages(fresh) == _pages(project)


def _pages(folder: Path) -> set[str]:
    return {name for name in read_tree(folder / "site") if not name.startswith("search/")}


def _without_keys(lock: Path) -> str:
    return re.sub(" @[^ \\n]+", "", lock.read_text("utf-8"))


def test_an_entry_that_is_a_bare_address_is_cited_by_its_number_and_keeps_that_key(project: Path) -> None:
    bib = OWLS.replace("index.html", "index.bib")
    assert page(project, bib).startswith("@misc{arxiv240100002,")
    with_papers(project)
    assert page(project, bib).startswith("@misc{arxiv240100002,")
    assert "Owls" in page(project, bib)


def test_links_to_the_words_of_the_author_still_lead_to_an_entry_whose_title_was_filled(project: Path) -> None:
    report = with_papers(project)
    assert "broken-wikilink" not in {problem.code for problem in report.diagnostics}
    assert OWLS.removesuffix("index.html") in page(project, "2024/03/20/산책/index.html")


def test_only_notes_about_changed_records_are_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_papers(project)
    read: list[str] = []

    def spy(note: NoteFile, rules: NoteRules, plugins: Plugins, papers: Papers) -> PreparedNote:
        read.append(note.path)
        return prepare_note(note, rules, plugins, papers)

    monkeypatch.setattr(prepare, "prepare_note", spy)
    for content in (PAPERS.replace("Herons", "Grey Herons"), PAPERS.replace("Ada Kim", "Dan Oh")):
        write_project(project, {"papers.yaml": content})
        build_project(project, workers=1)
    assert read == ["notes/240321 2401.00003.md", "notes/2024-03-19.txt", "notes/240321 2401.00003.md"]


def test_a_comment_in_the_file_makes_no_page_again(project: Path) -> None:
    with_papers(project)
    assert with_papers(project, f"# Seen.\n{PAPERS}").written == 0


@pytest.mark.parametrize("content", [PAPERS.replace("Owls", "Barn Owls"), PAPERS.replace("Ada Kim", "Dan Oh"), ""])
def test_a_changed_file_gives_the_site_of_a_build_from_nothing(project: Path, content: str) -> None:
    with_papers(project)
    with_papers(project, content)
    assert read_tree(project / "site") == build_from_nothing(project)


def test_mistakes_are_told_in_one_run_and_the_rest_is_built(project: Path) -> None:
    broken = PAPERS.replace("2024-01-02", "tomorrow").replace('"Herons"', "[")
    write_project(project, {"papers.yaml": broken})
    for command in ("build", "build", "check"):  # the second build reads nothing again
        shown = run(project, command)
        assert shown.exit_code == 1
        assert [line for line in shown.stdout.split("\n") if line.startswith("papers")] == [
            "papers.yaml:3:14: error[papers] `published` must be a date such as 2024-03-19 or 2024-03",
            "papers.yaml:11:11: error[papers] not valid YAML: did not find expected node content",
        ]
    assert "Owls" in page(project, OWLS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "papers.yaml:1:1: error[unreadable] the file is not UTF-8: byte 0 is 0xFF"),
        (
            f"<<<<<<< ours\n{PAPERS}=======\n>>>>>>> theirs\n".encode(),
            "papers.yaml:1:1: error[merge-conflict] a merge conflict begins here and ends in line 14",
        ),
    ],
)
def test_a_file_that_cannot_be_relied_on_leaves_the_site_as_it_was(project: Path, content: bytes, message: str) -> None:
    with_papers(project)
    site = read_tree(project / "site")
    report = with_papers(project, content)
    assert report.refused
    assert read_tree(project / "site") == site
    shown = run(project, "build")
    assert (shown.exit_code, shown.stdout.split("\n")[0]) == (1, message)
    assert with_papers(project).refused is False


def test_a_folder_or_a_link_out_of_the_project_in_its_place_is_named(project: Path) -> None:
    (project / "papers.yaml").mkdir()
    assert build_project(project).diagnostics[0].message == "the file cannot be read: it is a folder, not a file"
    (project / "papers.yaml").rmdir()
    (project / "papers.yaml").symlink_to("/etc/hostname")
    assert build_project(project).diagnostics[0].message == "the file cannot be read: it leads out of the project"


def test_formulas_of_an_abstract_that_cannot_be_set_are_no_problem_of_the_note(project: Path) -> None:
    with_papers(project, PAPERS.replace("$x^2$", "$\\\\nosuchcommand{$"))
    assert build_project(project).diagnostics == ()


def test_a_preview_follows_the_file(project: Path) -> None:
    with open_preview(project, drafts=False, base_url=None) as preview:
        path = OWLS.removesuffix("index.html")
        for content, title in ((PAPERS, "Owls &lt;at&gt; Night"), (PAPERS.replace("Owls", "Barn Owls"), "Barn Owls")):
            write_project(project, {"papers.yaml": content})
            assert preview.refresh()
            shown = preview.content(path)
            assert isinstance(shown, bytes)
            assert title in shown.decode()
        (project / "papers.yaml").unlink()
        assert preview.refresh()
        shown = preview.content(path)
        assert isinstance(shown, bytes)
        assert "Owls" not in shown.decode()


def test_a_project_whose_folder_is_the_notes_folder_has_no_page_for_the_file(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"digest.yaml": "notes: .\n", "2024-03-19.txt": NOTES["notes/2024-03-19.txt"], "papers.yaml": PAPERS}
    )
    report = build_project(tmp_path)
    assert report.entries == 2
    assert "Owls" in page(tmp_path, OWLS)
