"""Exports of Substack -> notes."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.importing import Source, SourceError
from digest.importing import html as html_module
from digest.importing.substack import read, recognises

from ..project import run, write_project

HEAD = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"
ROW = '101.harbour-lights,2024-03-19T23:30:00.000Z,true,,,newsletter,everyone,"Harbour lights, again",On lamps,\n'
PAGE = "<h2>Wicks</h2><p>They <strong>burn</strong>.</p>"


def export(folder: Path, rows: str = ROW, **pages: str) -> Source:
    files = {f"posts/{name}.html": page for name, page in (pages or {"101.harbour-lights": PAGE}).items()}
    return Source(write_project(folder, {"posts.csv": HEAD + rows, **files}))


@pytest.fixture
def _library() -> None:
    pytest.importorskip("markdownify", reason="needs research-digest[import]")


@pytest.mark.usefixtures("_library")
def test_a_post_is_a_note_of_its_day(tmp_path: Path) -> None:
    source = export(tmp_path)
    assert recognises(source)
    (note,) = read(source).notes
    assert (note.path, note.date, note.title) == ("2024-03-19-harbour-lights.md", "2024-03-19", "Harbour lights, again")
    assert (note.description, note.draft) == ("On lamps", False)
    assert note.body == "## Wicks\n\nThey **burn**."


PIECES = [
    ("<p>a*b* _c_ &lt;d&gt; #1</p>", r"a\*b\* \_c\_ &lt;d> #1"),
    ("<p>#lamp is no tag</p>", r"\#lamp is no tag"),
    ("<p>one\ntwo</p>", "one two"),
    ("<p>https://example.org/a_b_c</p>", "https://example.org/a_b_c"),
    ('<p><a href="https://example.org">here</a></p>', "[here](https://example.org)"),
    ('<pre><code class="language-python">a_b = 1</code></pre>', "```python\na_b = 1\n```"),
    ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b"),
    ('<iframe src="https://www.youtube-nocookie.com/embed/x"></iframe>', "https://www.youtube-nocookie.com/embed/x"),
    ('<p>a<a class="footnote-anchor" href="#footnote-1">1</a></p>', "a[^1]"),
]


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize(("html", "markdown"), PIECES)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert html_module.write_markdown(html) == markdown


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize(
    ("published", "audience", "draft"),
    [("true", "everyone", False), ("false", "everyone", True), ("true", "only_paid", True), ("", "everyone", True)],
)
def test_posts_that_not_everyone_may_read_are_drafts(
    tmp_path: Path, published: str, audience: str, draft: bool
) -> None:
    row = f"101.harbour-lights,2024-03-19T23:30:00.000Z,{published},,,newsletter,{audience},Lights,,\n"
    assert [note.draft for note in read(export(tmp_path, row)).notes] == [draft]


@pytest.mark.usefixtures("_library")
def test_posts_without_a_file_and_files_without_a_post_are_reported(tmp_path: Path) -> None:
    source = export(tmp_path, ROW + ROW.replace("101.", "102."), **{"101.harbour-lights": PAGE, "103.fog": PAGE})
    assert [(each.path, each.line, each.reason) for each in read(source).left_out] == [
        ("posts.csv", 3, "the post `Harbour lights, again` has no file `posts/102.harbour-lights.html`"),
        ("posts/103.fog.html", 0, "the post is not listed in `posts.csv`"),
    ]


@pytest.mark.usefixtures("_library")
def test_images_of_the_export_are_copied_and_missing_ones_reported(tmp_path: Path) -> None:
    source = export(tmp_path, **{"101.harbour-lights": '<p><img src="a.png"><img src="b.png"></p>'})
    write_project(tmp_path, {"posts/a.png": b"a"})
    imported = read(source)
    assert imported.notes[0].body.startswith("![](files/posts/a.png)")
    assert [each.reason for each in imported.left_out] == ["a file that is not in the export: b.png"]


def test_another_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="lacks the columns"):
        read(Source(write_project(tmp_path, {"posts.csv": "a,b\n1,2\n"})))


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(html_module, "import_module", refuse)
    with pytest.raises(SourceError, match=r"pip install \".+\[import\]\""):
        read(export(tmp_path))


WORDS = st.text(st.sampled_from(list("ab가 *_`[]()!#%{}~=\\-|:1.$")), min_size=1, max_size=20)
ELEMENTS = st.sampled_from(["p", "h2", "li", "blockquote", "b", "em", "code", "td", "div", "span"])


@pytest.mark.usefixtures("_library")
@settings(max_examples=50)
@given(st.lists(st.tuples(ELEMENTS, WORDS), max_size=6))
def test_no_word_of_a_post_is_lost(pieces: list[tuple[str, str]]) -> None:
    markdown = html_module.write_markdown("".join(f"<{name}>{text}</{name}>" for name, text in pieces))
    for _, text in pieces:
        for word in re.findall(r"[ab가1]+", text):
            assert word in markdown


@pytest.mark.usefixtures("_library")
def test_imported_posts_have_no_problems(tmp_path: Path) -> None:
    export(tmp_path / "export", **{"101.harbour-lights": "".join(html for html, _ in PIECES) + "<p>1</p>"})
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "export")).exit_code == 0
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
