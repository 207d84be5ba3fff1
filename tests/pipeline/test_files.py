"""Files that notes name: copied, shown, kept up to date, and reported where they are missing."""

import json
import os
from pathlib import Path

import pytest

from digest.parallel.workers import Workers
from digest.pipeline import files
from digest.pipeline.build import Report
from digest.serve.preview import Preview
from digest.store.cache import Cache

from ..files.images import SECRET, jpeg, png
from ..project import build_project, read_tree, run, write_project

NOTE = """\
---
date: 2024-03-19
title: Otters
tags: [otter]
---
![수달](img/a.png) ![[b.jpg|8]] [논문](paper.pdf) ![[film.mp4]]

![둘](img/a%20copy.png "사진 1")
"""
PROJECT: dict[str, str | bytes] = {
    "digest.yaml": "title: t\nbase_url: https://digest.example/x/\n",
    "notes/otters.md": NOTE,
    "notes/img/a.png": png(40, 30),
    "notes/img/a copy.png": png(40, 30),
    "notes/other/b.jpg": jpeg(16, 8),
    "notes/paper.pdf": b"%PDF-1.4",
    "notes/film.mp4": b"film" * 99,
    "notes/unnamed.png": png(9, 9),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path, PROJECT)


def copied(project: Path) -> dict[str, bytes]:
    return {name: content for name, content in read_tree(project / "site").items() if name.startswith("files/")}


def address(project: Path, name: str) -> str:
    return next(path for path in copied(project) if path.startswith(f"files/{name}."))


def page(project: Path) -> str:
    return (project / "site/2024/03/19/otters/index.html").read_text("utf-8")


def found(report: Report) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in sorted(report.diagnostics)]


def test_named_files_are_copied_once_each_and_no_others(project: Path) -> None:
    assert found(build_project(project)) == []
    site = copied(project)
    assert sorted(path.split(".")[0] + "." + path.rpartition(".")[2] for path in site) == [
        "files/a-copy.png", "files/b.jpg", "files/film.mp4", "files/paper.pdf",
    ]  # fmt: skip
    assert not any(SECRET in content for content in site.values())


def test_the_json_lists_the_files_of_an_entry(project: Path) -> None:
    build_project(project)
    (entry,) = json.loads((project / "site/data/entries.json").read_bytes())["entries"]
    assert [file["name"] for file in entry["files"]] == [
        "img/a.png",
        "b.jpg",
        "paper.pdf",
        "film.mp4",
        "img/a copy.png",
    ]
    assert entry["files"][2]["url"] == f"https://digest.example/x/{address(project, 'paper')}"


def test_images_are_shown_at_their_size_and_films_play(project: Path) -> None:
    build_project(project)
    html = page(project)
    image, photo, film = (f"/x/{address(project, name)}" for name in ("a-copy", "b", "film"))
    assert f'<img src="{image}" alt="수달" width="40" height="30" loading="lazy" decoding="async">' in html
    assert f'<img src="{photo}" alt="" width="8" height="4" loading="lazy" decoding="async">' in html
    assert f'<video src="{film}"' in html
    assert "<figcaption>사진 1</figcaption>" in html
    assert "media-src 'self'" in html
    assert f'<meta property="og:image" content="https://digest.example{image}">' in html
    assert f"https://digest.example{image}" in (project / "site/feed.xml").read_text("utf-8")
    assert "![[b.jpg|8]]" in (project / "site/2024/03/19/otters/index.md").read_text("utf-8")


def test_only_pages_that_play_allow_it(project: Path) -> None:
    write_project(project, {"notes/otters.md": NOTE.replace("![[film.mp4]]", "")})
    build_project(project)
    assert "media-src" not in page(project)


def test_a_build_with_nothing_to_do_reads_no_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_project(project)
    monkeypatch.setattr(files, "read_facts", None)
    monkeypatch.setattr("digest.pipeline.publish.read_published", None)
    assert build_project(project).written == 0
    write_project(project, {"notes/more.md": "---\ndate: 2024-03-20\ntitle: More\n---\n![](img/a.png)\n"})
    assert build_project(project).written > 0


def test_a_changed_image_is_another_file_and_its_pages_are_rendered_again(project: Path) -> None:
    build_project(project)
    before = address(project, "b")
    write_project(project, {"notes/other/b.jpg": jpeg(32, 8)})
    build_project(project)
    assert before not in copied(project)
    assert f'src="/x/{address(project, "b")}" alt="" width="8" height="2"' in page(project)
    assert build_project(project).written == 0


def test_a_touched_image_changes_nothing(project: Path) -> None:
    build_project(project)
    os.utime(project / "notes/other/b.jpg", (1, 1))
    assert build_project(project).written == 0


def test_a_missing_file_is_reported_where_it_is_named_until_it_is_there(project: Path) -> None:
    write_project(project, {"notes/otters.md": NOTE.replace("img/a.png", "img/otter.png")})
    report = build_project(project)
    assert found(report) == [("missing-file", 6, 7)]
    assert found(build_project(project)) == [("missing-file", 6, 7)]
    write_project(project, {"notes/img/otters.png": png(1, 1)})
    assert build_project(project).diagnostics[0].hint == "did you mean `notes/img/otters.png`?"
    write_project(project, {"notes/img/otter.png": png(2, 2)})
    assert found(build_project(project)) == []


def test_a_file_is_removed_with_the_last_note_that_names_it(project: Path) -> None:
    build_project(project)
    (project / "notes/otters.md").unlink()
    build_project(project)
    assert copied(project) == {}


def test_a_draft_has_no_file_copied_and_gives_its_name_to_no_output(project: Path) -> None:
    draft = "---\ndate: 2024-03-20\ntitle: Beaverlodge\ndraft: true\n---\n![](unnamed.png)\n"
    write_project(project, {"notes/lodge.md": draft, "notes/otters.md": NOTE + "\n[그것](lodge.md)\n"})
    assert found(build_project(project)) == [("draft-link", 10, 6)]
    assert not any(path.startswith("files/unnamed") for path in copied(project))
    assert not any(b"eaverlodge" in content for content in read_tree(project / "site").values())


def test_each_place_of_a_link_is_reported_and_code_is_no_place(project: Path) -> None:
    text = "`[[Nobody]]` [[Nobody]] ![[none.png]]\n\n```\n[[Nobody]]\n```\n[x](nobody.md) <img src='none.png'> [[Nobody]]\n"
    write_project(project, {"notes/otters.md": NOTE.partition("![")[0] + text})
    assert found(build_project(project)) == [
        ("broken-wikilink", 6, 14),
        ("missing-file", 6, 26),
        ("missing-note", 11, 5),
        ("missing-file", 11, 26),
        ("broken-wikilink", 11, 37),
    ]


def test_headings_that_are_not_there_are_reported_and_the_link_leads_to_the_note(project: Path) -> None:
    other = "---\ndate: 2024-03-20\ntitle: Lodge\n---\n## Dams\n물 ^w1\n"
    links = "글 [[Lodge#Dams]] [[Lodge#^w1]] [[Lodge#Roofs]] [[#Here]]\n"
    write_project(project, {"notes/lodge.md": other, "notes/otters.md": NOTE + "\n" + links})
    assert found(build_project(project)) == [("missing-heading", 10, 32), ("missing-heading", 10, 48)]
    html = page(project)
    for href in ("lodge/#dams", "lodge/#^w1", "lodge/"):
        assert f'href="/x/2024/03/20/{href}"' in html
    assert "0 errors" in run(project, "check", "--links").output


def test_check_reports_the_same_as_a_build(project: Path) -> None:
    write_project(project, {"notes/otters.md": NOTE + "\n![](none.png) [x](nobody.md) [y](otters.html)\n"})
    build = run(project, "build")
    check = run(project, "check")
    assert "missing-file" in check.output
    assert [line for line in build.output.splitlines() if ": warning[" in line] == [
        line for line in check.output.splitlines() if ": warning[" in line
    ]


def test_several_workers_make_the_same_site(project: Path) -> None:
    for number in range(400):
        write_project(
            project,
            {
                f"notes/n{number}.md": f"---\ndate: 2024-04-{number % 28 + 1:02}\ntitle: N{number}\n---\n![](img/a.png)\n"
            },
        )
    build_project(project, workers=1)
    alone = read_tree(project / "site")
    build_project(project, workers=Workers(2), clean=True)
    assert read_tree(project / "site") == alone


def test_the_preview_serves_what_a_build_writes_and_follows_images(project: Path, tmp_path: Path) -> None:
    build_project(project)
    with Cache.open(tmp_path / "preview-cache", "") as cache:
        preview = Preview(project, cache, drafts=False, base_url=None)
        for path, content in read_tree(project / "site").items():
            if path.endswith((".html", ".png", ".jpg", ".mp4", ".pdf", ".xml")):
                shown = preview.content(path.removesuffix("index.html") if path.endswith("index.html") else path)
                assert (shown.read_bytes() if isinstance(shown, Path) else shown) == content, path
        assert not preview.refresh()
        former = preview.tag("2024/03/19/otters/")
        write_project(project, {"notes/other/b.jpg": jpeg(64, 8)})
        assert preview.refresh()
        assert preview.tag("2024/03/19/otters/") != former
        build_project(project)
        assert preview.content("2024/03/19/otters/") == page(project).encode()
        assert preview.content("files/none.png") is None


def test_no_disk_is_asked_when_no_note_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path, {"notes/a.md": "---\ndate: 2024-03-19\ntitle: A\n---\n글\n"})
    monkeypatch.setattr(files, "Shelf", None)
    assert build_project(tmp_path).entries == 1
    assert build_project(tmp_path).written == 0
