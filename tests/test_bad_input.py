"""Bad input gives one clear message with its place and the right exit code, and never a half-written or empty site."""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html

from .project import DAY, build_project, read_tree, run, write_project

GOOD = {"notes/2024-03-19.txt": DAY}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"notes/2024-03-20.txt": "2024년 3월 20일\n한글\n본문입니다.\n#a\n".encode("cp949")},
            r"notes/2024-03-20\.txt(:\d+)*: error\[undecodable\] .*\n  hint: .*iconv",
        ),
        (
            {"notes/2024-03-20.txt": "2024년 3월 20일\n한글\n#a\n".encode("utf-16")},
            r"notes/2024-03-20\.txt(:\d+)*: error\[undecodable\] ",
        ),
        ({"notes/2024-03-20.txt": b"2024-03-20\nA\n\x00\n#a\n"}, r"notes/2024-03-20\.txt:3:1: error\[undecodable\] "),
        (
            {"notes/2024-02-30.txt": "2024년 2월 30일\n제목\n본문.\n#a\n"},
            r"notes/2024-02-30\.txt:1:1: error\[impossible-date\] ",
        ),
        ({"notes/a.txt": "9999-12-31\nA\nb\n#a\n"}, r"notes/a\.txt:1:1: error\[impossible-date\] "),
        ({"notes/a.txt": "0001-01-01\nA\nb\n#a\n"}, r"notes/a\.txt:1:1: error\[impossible-date\] "),
        ({"notes/2024-03-20.txt": "2024-03-20\n#a #b\n"}, r"notes/2024-03-20\.txt:2:1: warning\[stray-tags\] "),
        (
            {"notes/b.txt": DAY},
            r"notes/b\.txt:2:1: warning\[duplicate-address\] .*notes/2024-03-19\.txt:2.*\n  hint: ",
        ),
        (
            {"notes/2024-03-20 A.md": "---\ntags: [a\n---\n본문.\n"},
            r"notes/2024-03-20 A\.md:\d:\d+: error\[front-matter-syntax\] ",
        ),
        (
            {"notes/2024-03-20 A.md": "---\ntags: {a: b}\n---\n본문.\n"},
            r"notes/2024-03-20 A\.md:2:7: warning\[front-matter-ignored\] ",
        ),
    ],
    ids=[
        "cp949",
        "utf-16",
        "nul",
        "impossible date",
        "last year",
        "first year",
        "stray tags",
        "one address",
        "yaml",
        "value",
    ],
)
def test_a_problem_in_a_note_is_reported_once_and_the_other_notes_are_built(
    tmp_path: Path, files: dict[str, str | bytes], message: str
) -> None:
    write_project(tmp_path, {**GOOD, **files})
    result = run(tmp_path, "build")
    errors = re.findall(r": error\[", result.stdout)
    assert len(errors) == ("error" in message)
    assert result.exit_code == len(errors)
    assert re.search(message, result.stdout)
    assert (tmp_path / "site/2024/03/19/grok-1/index.html").exists()


def test_a_tag_named_like_an_older_page_of_another_tag_is_reported_and_both_are_built(tmp_path: Path) -> None:
    entries = "".join(f"글 {n}\n본문.\n#x\n" for n in range(4)) + "또\n본문.\n#x/page/1\n"
    write_project(tmp_path, {"notes/2024-03-19.txt": f"2024-03-19\n{entries}", "digest.yaml": "per_page: 1\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "error[tag-collision] the tags `#x/page/1` and `#x` would share the address `x/page/1`" in result.stdout
    listed = [(tmp_path / "site/tags/x" / name / "index.html").read_text("utf-8") for name in ("page/1", "page/1-2")]
    assert ["/tags/x/page/1-2/feed.xml" in page for page in listed] == [False, True]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("per_page: many", "digest.yaml:1:11: error[config] `per_page` expected a number, got text"),
        ("titel: a", "digest.yaml:1:1: error[config] unknown key `titel`\n  hint: did you mean `title`?"),
        ("output: notes", "digest.yaml:1:9: error[config] the output folder `notes` holds or is held by `notes`"),
        ("output: .git", "digest.yaml:1:9: error[config] the output folder `.git` holds sources"),
        ("output: ..", "digest.yaml:1:9: error[config] `..` leads out of the project"),
    ],
)
def test_a_mistake_in_the_settings_stops_every_command_before_anything_is_written(
    tmp_path: Path, settings: str, message: str
) -> None:
    write_project(tmp_path, {**GOOD, "digest.yaml": settings})
    before = read_tree(tmp_path)
    for command in (["build"], ["check"], ["new", "2024-03-21"]):
        result = run(tmp_path, *command)
        assert result.exit_code == 2
        assert result.stdout.startswith(message)
    assert read_tree(tmp_path) == before


def test_an_output_folder_given_on_the_command_line_cannot_hold_sources(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    for folder in ("notes", ".", "..", "notes/site"):
        result = run(tmp_path, "build", "--output", folder)
        assert result.exit_code == 2
        assert result.stderr.startswith("digest: --output: ")
    assert sorted(read_tree(tmp_path)) == ["notes/2024-03-19.txt"]


def test_files_that_no_build_wrote_are_never_replaced_or_removed(tmp_path: Path) -> None:
    write_project(tmp_path, {**GOOD, "site/index.html": "mine", "site/CNAME": "digest.example", "site/a/b.txt": "mine"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert result.stdout.startswith("site/index.html: error[output] ")
    assert sorted(read_tree(tmp_path / "site")) == ["CNAME", "a/b.txt", "index.html"]
    (tmp_path / "site/index.html").unlink()
    assert run(tmp_path, "build").exit_code == 0
    (tmp_path / "notes/2024-03-19.txt").unlink()
    (tmp_path / "digest.lock").unlink()
    assert run(tmp_path, "build", "--clean").exit_code == 0
    site = read_tree(tmp_path / "site")
    assert site["CNAME"] == b"digest.example"
    assert site["a/b.txt"] == b"mine"
    assert not any(name.startswith("2024/") for name in site)


def test_a_build_writes_nothing_through_a_link_out_of_the_project(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project = write_project(tmp_path / "project", {**GOOD, "site/.gitignore": "*"})
    (project / "site/2024").symlink_to(elsewhere)
    result = run(project, "build")
    assert result.exit_code == 1
    assert "error[output]" in result.stdout
    assert list(elsewhere.iterdir()) == []


HOSTILE = """\
---
title: "</title><script>alert(1)</script>"
authors: ["<img src=x onerror=alert(2)>", '" onmouseover="alert(3)']
tags: ["<b>tag</b>", 'x" onclick="alert(4)', "../../../etc"]
link: "javascript:alert(5)"
kind: note
slug: "../../../../escape/<script>"
---
<script>alert(6)</script>
<img src=x onerror=alert(7)> 그리고 <svg/onload=alert(8)>
[링크](javascript:alert(9)) [둘](JaVaScRiPt:alert(10)) [셋](data:text/html,<script>alert(11)</script>) [넷](vbscript:x)
<javascript:alert(12)> ![그림](javascript:alert(13)) ![바깥](https://evil.example/pixel.png)
$\\href{javascript:alert(14)}{x}$ 그리고 $<script>alert(15)</script>$ 와 $\\text{<img src=x onerror=alert(16)>}$
```"><script>alert(17)</script>
</code></pre><script>alert(18)</script>
```
[[" onclick="alert(19)|<script>alert(20)</script>]]
</english><english><script>alert(21)</script></english>
"""


@pytest.fixture
def hostile_site(tmp_path: Path) -> Path:
    write_project(
        tmp_path,
        {
            "notes/2024-03-20 hostile.md": HOSTILE,
            "notes/2024-03-19.txt": "2024-03-19\n<script>alert(22)</script>\n(<script>alert(23)</script>, A B)\n"
            "<iframe src=//evil.example>\n<script>alert(24)</script> 본문입니다.\n#llm\n",
            "digest.yaml": "title: '</title><script>alert(25)</script>'\nauthor: '\"><script>alert(26)</script>'\n"
            "description: '\"><img src=x onerror=alert(27)>'\nbase_url: https://digest.example/repo/\n",
        },
    )
    build_project(tmp_path)
    return tmp_path / "site"


def holes(page: html.HtmlElement) -> Iterator[str]:
    """Yield everything in a page that could run a script, load a resource or lead to a forbidden kind of address."""
    for element in page.iter("iframe", "object", "embed", "base", "img", "style"):
        yield str(element.tag)
    for script in page.iter("script"):
        if not script.get("src") and script.get("type") != "application/ld+json":
            yield f"script {script.text}"
    for element in page.iter(etree.Element):
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            if name.startswith("on") or name == "style":
                yield f"{element.tag!s}[{name}]"
            if name in ("href", "src", "action") and not re.match(r"(https?://|mailto:|/repo/|#|\.\.?/)", value):
                yield f"{name}={value}"


def test_hostile_notes_cannot_inject_scripts(hostile_site: Path) -> None:
    pages = sorted(hostile_site.rglob("*.html"))
    assert len(pages) > 10
    found = [(page.name, hole) for page in pages for hole in holes(html.document_fromstring(page.read_bytes()))]
    assert found == []


def test_nothing_remote_is_loaded_and_images_become_links(hostile_site: Path) -> None:
    page = html.document_fromstring(next(hostile_site.glob("2024/03/20/*/index.html")).read_bytes())
    assert list(page.iter("img")) == []
    assert "https://evil.example/pixel.png" in [link.get("href") for link in page.iter("a")]


def test_no_slug_or_tag_writes_a_file_outside_the_site(tmp_path: Path, hostile_site: Path) -> None:
    assert {path.name for path in tmp_path.iterdir()} == {"notes", "digest.yaml", "digest.lock", "site", ".digest"}
    names = [path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*")]
    assert all(".." not in name and "<" not in name for name in names)


def test_structured_data_and_feeds_of_hostile_notes_are_well_formed(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.xml"):
        etree.fromstring(path.read_bytes())
    for path in hostile_site.rglob("*.json"):
        json.loads(path.read_bytes())
    for page in hostile_site.rglob("*.html"):
        for script in html.document_fromstring(page.read_bytes()).iter("script"):
            if script.get("type") == "application/ld+json":
                json.loads(script.text or "")


def test_characters_that_xml_forbids_are_left_out_of_pages_and_feeds(tmp_path: Path) -> None:
    note = "2024-03-19\nA\x0c title\n(Mina\x02 Park, B C)\nAn\x1f abstract.\n본문\x0b\x1b[31m \uffff\x93끝\x7f\n#a\x08b #c\n"
    write_project(tmp_path, {"notes/2024-03-19.txt": note, "digest.yaml": 'title: "a\\0b"'})
    build_project(tmp_path)
    files = read_tree(tmp_path / "site")
    for name, content in files.items():
        if name.endswith((".html", ".xml")):
            assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", content.decode()) is None, name
        if name.endswith(".xml"):
            etree.fromstring(content)
    exported = json.loads(files["data/entries.json"])["entries"][0]
    assert exported["commentary"] == "본문\x0b\x1b[31m \uffff\x93끝\x7f"


def test_a_refused_build_leaves_the_site_unchanged(tmp_path: Path) -> None:
    write_project(tmp_path, GOOD)
    build_project(tmp_path)
    before = read_tree(tmp_path / "site")
    blocked = tmp_path / "site/2024/03/20"
    blocked.mkdir()
    (blocked / "index.html").write_text("mine", "utf-8")
    write_project(tmp_path, {"notes/2024-03-20.txt": DAY.replace("19일", "20일")})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "nothing was published and the site is unchanged" in result.stderr
    after = read_tree(tmp_path / "site")
    assert after.pop("2024/03/20/index.html") == b"mine"
    assert after == before


def test_names_and_text_in_nfd_give_the_same_site_as_nfc(tmp_path: Path) -> None:
    name, text = "notes/2024-03-20 병합하기.md", "병합에 대하여.\n\n#병합\n"
    composed = write_project(tmp_path / "nfc", {name: text})
    decomposed = write_project(
        tmp_path / "nfd", {unicodedata.normalize("NFD", name): unicodedata.normalize("NFD", text)}
    )
    for folder in (composed, decomposed):
        build_project(folder)
    one, other = (sorted(read_tree(folder / "site")) for folder in (composed, decomposed))
    assert [n for n in one if not n.startswith("search/")] == [n for n in other if not n.startswith("search/")]


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are Unicode")
@pytest.mark.parametrize("folder", ["templates", "templates/static"])
@pytest.mark.parametrize("command", [["build"], ["check", "--links"]])
def test_a_file_name_in_the_theme_that_is_not_utf8_is_reported(tmp_path: Path, folder: str, command: list[str]) -> None:
    write_project(tmp_path, {**GOOD, f"{folder}/{os.fsdecode(bytes([0xE9]))}.txt": "x"})
    result = run(tmp_path, *command)
    assert result.exit_code == 1
    assert result.stdout.startswith("templates: error[template] `")
    assert "\\xe9.txt`: the file's name is not UTF-8" in result.stdout
