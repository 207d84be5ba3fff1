"""Public files: copied as they are, and never over a page."""

import os
from pathlib import Path

import pytest

from digest import disk
from digest.pipeline.build import Report

from ..project import DAY, build_project, read_tree, run, write_project

PUBLIC: dict[str, str | bytes] = {
    "public/CNAME": "digest.example\n",
    "public/.nojekyll": "",
    "public/_headers": "/*\n  X-Frame-Options: DENY\n",
    "public/.well-known/security.txt": "Contact: mailto:a@digest.example\n",
    "public/deep/er/file.bin": bytes(range(256)) * 9000,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, **PUBLIC})
    build_project(tmp_path)
    return tmp_path


def codes(report: Report) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in report.diagnostics]


def test_public_files_are_copied_to_the_root_as_they_are(project: Path) -> None:
    site = read_tree(project / "site")
    for name, content in PUBLIC.items():
        assert site[name.removeprefix("public/")] == (content if isinstance(content, bytes) else content.encode())


def test_a_build_with_nothing_to_do_reads_no_public_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pipeline.publish.read_chunks", None)
    assert build_project(project).written == 0
    write_project(project, {"notes/2024-03-20.txt": "2024-03-20\nMamba\n상태 공간 모델.\n#ssm\n"})
    assert build_project(project).written > 0


def test_a_changed_file_is_copied_and_a_touched_one_is_not(project: Path) -> None:
    write_project(project, {"public/CNAME": "other.example\n"})
    os.utime(project / "public/_headers", (1, 1))
    assert build_project(project).written == 1
    assert (project / "site/CNAME").read_text() == "other.example\n"


def test_a_removed_file_is_removed_and_a_foreign_one_is_not_touched(project: Path) -> None:
    (project / "public/CNAME").unlink()
    (project / "public/.well-known/security.txt").unlink()
    assert build_project(project).removed == 2
    assert not (project / "site/.well-known").exists()
    (project / "site/mine.txt").write_text("someone's")
    write_project(project, {"public/mine.txt": "digest's"})
    assert codes(build_project(project)) == [("output", "site/mine.txt")]
    assert (project / "site/mine.txt").read_text() == "someone's"


def test_the_authors_robots_txt_replaces_that_of_the_site(project: Path) -> None:
    write_project(project, {"public/robots.txt": "User-agent: *\nDisallow: /\n"})
    assert build_project(project).diagnostics == ()
    assert (project / "site/robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    (project / "public/robots.txt").unlink()
    build_project(project)
    assert "Allow: /" in (project / "site/robots.txt").read_text()


@pytest.mark.parametrize(
    "name",
    ["index.html", "tags/index.html", "tags", "2024/03/19/grok-1/index.html", "feed.xml", "feed.xml/a", "2024/03/19",
     "data", "search/index.json", "static", ".digest-manifest", "404.html", "notes/zebra/index.html"],
)  # fmt: skip
def test_a_public_file_in_the_place_of_another_is_left_out_with_an_error(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "notes/Zebra.md": "An animal.\n"})
    build_project(tmp_path)
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {f"public/{name}": "mine"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert f"public/{name}: error[public-file]" in result.stdout
    assert read_tree(tmp_path / "site") == before
    assert f"public/{name}: error[public-file]" in run(tmp_path, "check").stdout


def test_a_folder_that_holds_a_whole_site_is_left_out_with_one_error(project: Path) -> None:
    write_project(
        project, {"public/index.html": "<p>another tool</p>", "public/tags/index.html": "<p>another tool</p>"}
    )
    assert codes(build_project(project)) == [("public-file", "public/index.html")]
    site = read_tree(project / "site")
    assert "CNAME" not in site
    assert b"another tool" not in b"".join(site.values())


def test_a_file_beside_pages_is_no_collision(project: Path) -> None:
    write_project(project, {"public/tags/llm/cover.png": "image", "public/static/extra.css": "p {}"})
    assert build_project(project).diagnostics == ()
    assert (project / "site/tags/llm/cover.png").read_text() == "image"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
def test_a_link_out_of_the_project_is_left_out_with_a_warning(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    (project / "public/secret.txt").symlink_to(outside / "secret.txt")
    (project / "public/folder").symlink_to(outside)
    (project / "public/inside.txt").symlink_to(project / "public/CNAME")
    (project / "public/round").symlink_to(project / "public")
    report = build_project(project)
    assert codes(report) == [("outside-link", "public/folder"), ("outside-link", "public/secret.txt")]
    site = read_tree(project / "site")
    assert site["inside.txt"] == b"digest.example\n"
    assert not [name for name in site if "secret" in name or name.startswith("round/")]


def test_links_to_public_files_are_whole(project: Path) -> None:
    write_project(
        project, {"templates/404.html": '<html id="a"><a href="/CNAME">a</a><a href="/deep/none">b</a></html>'}
    )
    assert run(project, "check", "--links").stdout.count("broken-link") == 1


def test_a_large_file_is_read_in_chunks(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 3_000_000)
    chunks = list(disk.read_chunks(tmp_path, "large"))
    assert max(map(len, chunks)) <= 1 << 20
    assert sum(map(len, chunks)) == 3_000_000


def test_the_output_can_be_called_public(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "output: public\n", "notes/2024-03-19.txt": DAY})
    assert build_project(tmp_path).diagnostics == ()
    assert build_project(tmp_path).written == 0
