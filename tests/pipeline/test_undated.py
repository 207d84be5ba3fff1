"""Notes without a date on the site: where they are, and where they are not."""

import json
from pathlib import Path

import pytest

from digest.pipeline.build import Report

from ..project import DAY, build_project, read_tree, write_project

WORDS = "한 번도 날짜를 붙인 적이 없는 생각"
NOTES = {
    "notes/2024-03-19.txt": DAY.replace("모델이네요.", "모델이네요. [[느린 생각]]과 함께 읽습니다."),
    "notes/생각/느린 생각.md": f"---\ntags: [llm, 사색]\n---\n{WORDS}. [[Grok-1]] 다음에 썼습니다.\n",
    "notes/생각/빠른 생각.md": "---\ntags: [사색]\nupdated: 2024-06-01\n---\n짧습니다. [[느린 생각]]\n",
    "notes/Zebra.md": "An animal.\n",
}
SLOW = "notes/느린-생각/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, dict[str, str]]:
    settings = {"digest.yaml": "title: 기록\nbase_url: https://digest.example/repo/\n"}
    folder = write_project(tmp_path_factory.mktemp("undated"), {**settings, **NOTES})
    report = build_project(folder)
    files = {name: file for name, file in read_tree(folder / "site").items() if not name.startswith("search/")}
    return report, {name: file.decode() for name, file in files.items() if not name.endswith(".png")}


def test_a_note_without_a_date_is_a_page_with_its_text_tags_and_neighbours(
    built: tuple[Report, dict[str, str]],
) -> None:
    report, files = built
    assert (report.entries, report.diagnostics) == (4, ())
    page = files[SLOW]
    assert WORDS in page
    assert 'href="/repo/2024/03/19/grok-1/"' in page
    assert 'href="/repo/tags/%EC%82%AC%EC%83%89/"' in page or 'href="/repo/tags/사색/"' in page
    assert page.count('href="/repo/notes/빠른-생각/"') >= 2  # beside it in its folder, and what mentions it
    assert "<time" not in page.split('<p class="address">')[0]
    assert "datePublished" not in page
    assert 'rel="prev"' not in page


def test_an_entry_names_the_notes_that_mention_it(built: tuple[Report, dict[str, str]]) -> None:
    page = built[1]["2024/03/19/grok-1/index.html"]
    assert page.count('href="/repo/notes/느린-생각/"') == 3  # in its text, mentioned, and mentioned by


def test_a_note_without_a_date_is_in_no_day_feed_or_calendar(built: tuple[Report, dict[str, str]]) -> None:
    files = built[1]
    for name in files:
        is_entry = name.count("/") >= 4  # an entry that mentions the note shows its first words
        if (name.startswith(("2024/", "archive/")) and not is_entry) or "feed" in name:
            assert WORDS not in files[name], name
    assert "1일" in files["archive/index.html"]


def test_all_notes_are_listed_by_folder(built: tuple[Report, dict[str, str]]) -> None:
    page = built[1]["notes/index.html"]
    assert [page.index(f">{title}</a>") for title in ("Zebra", "느린 생각", "빠른 생각")] == sorted(
        page.index(f">{title}</a>") for title in ("Zebra", "느린 생각", "빠른 생각")
    )
    assert '<a href="#g2">생각 <span class="n">2</span></a>' in page
    assert "노트 3개" in page


def test_every_page_links_to_the_notes_and_the_link_is_marked_there(built: tuple[Report, dict[str, str]]) -> None:
    files = built[1]
    pages = [file for name, file in files.items() if name.endswith(".html")]
    assert all('<a href="/repo/notes/"' in page for page in pages)
    assert '<a href="/repo/notes/" aria-current="true" data-go="n">노트</a>' in files[SLOW]


def test_a_tag_lists_its_notes_in_a_section_of_their_own(built: tuple[Report, dict[str, str]]) -> None:
    files = built[1]
    page = files["tags/llm/index.html"]
    assert page.index("Grok-1</span></a>") < page.index('id="notes"') < page.index("느린 생각</a>")
    assert "2편 · 2024년 3월 ·" in page
    alone = files["tags/사색/index.html"]
    assert "빠른 생각</a>" in alone
    assert "feed.xml" not in alone.split("<main")[1].split("</main>")[0]
    assert "tags/사색/feed.xml" not in files
    assert '사색</a> <span class="n">2</span>' in files["tags/index.html"]


def test_kinds_count_notes_without_a_date(built: tuple[Report, dict[str, str]]) -> None:
    files = built[1]
    assert "Zebra</a>" in files["kinds/note/index.html"]
    assert "Zebra</a>" in files["kinds/index.html"]


def test_the_json_has_notes_without_a_date_after_all_entries(built: tuple[Report, dict[str, str]]) -> None:
    document = json.loads(built[1]["data/entries.json"])
    assert document["version"] == 2
    dates = [entry["date"] for entry in document["entries"]]
    assert dates == ["2024-03-19", None, None, None]
    assert "notes/느린-생각" in [entry["id"] for entry in document["entries"]]


def test_a_note_has_a_markdown_form_without_a_date(built: tuple[Report, dict[str, str]]) -> None:
    text = built[1]["notes/느린-생각/index.md"]
    assert text.startswith("---\ntitle: 느린 생각\n")
    assert "date:" not in text


def test_the_sitemap_has_the_notes_and_the_day_of_their_last_change(built: tuple[Report, dict[str, str]]) -> None:
    sitemap = built[1]["sitemap.xml"]
    assert "/repo/notes/</loc>" in sitemap
    assert sitemap.count("/repo/notes/") == 4
    assert "<lastmod>2024-06-01</lastmod>" in sitemap


def test_a_site_without_notes_has_no_link_to_them(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-03-19.txt": DAY}))
    files = read_tree(tmp_path / "site")
    assert not [name for name in files if name.startswith("notes/")]
    assert b'href="/notes/"' not in files["index.html"]


def test_a_first_note_without_a_date_makes_every_frame_again(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-03-19.txt": DAY}))
    build_project(write_project(tmp_path, {"notes/Zebra.md": "An animal.\n"}))
    assert b'href="/notes/"' in (tmp_path / "site/2024/03/19/grok-1/index.html").read_bytes()
    (tmp_path / "notes/Zebra.md").unlink()
    build_project(tmp_path)
    assert b'href="/notes/"' not in (tmp_path / "site/2024/03/19/grok-1/index.html").read_bytes()


def test_the_home_page_of_notes_without_dates_lists_them(tmp_path: Path) -> None:
    notes = {f"notes/생각 {n}.md": f"생각 {n}입니다.\n" for n in range(5)}
    build_project(write_project(tmp_path, {"digest.yaml": "per_page: 3\n", **notes}))
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert home.count('<li class="row') == 3
    assert "노트 5개" in home
    assert "모든 노트" in home
    assert "아직 글이 없습니다" not in home


def test_thousands_of_notes_are_cut_into_pages_by_title(tmp_path: Path) -> None:
    notes = {f"notes/{letter}{n}.md": "글입니다.\n" for letter in "가나B" for n in range(9)}
    build_project(write_project(tmp_path, {"digest.yaml": "per_page: 10\n", **notes}))
    pages = [tmp_path / f"site/notes/{name}index.html" for name in ("", "page/2/", "page/3/")]
    first, second, third = (page.read_text("utf-8") for page in pages)
    assert [page.count('<li class="row') for page in (first, second, third)] == [10, 10, 7]
    assert '<a href="/notes/page/2/">B <span class="n">9</span></a>' in first
    assert '<a rel="next" href="/notes/page/3/">' in second
    assert '<a rel="prev" href="/notes/">' in second
    assert not (tmp_path / "site/notes/page/4").exists()


def test_a_note_called_page_has_a_page_beside_those_of_the_list(tmp_path: Path) -> None:
    notes = {f"notes/{name}.md": "글입니다.\n" for name in ("page", "가", "나")}
    build_project(write_project(tmp_path, {"digest.yaml": "per_page: 1\n", **notes}))
    files = read_tree(tmp_path / "site")
    assert {"notes/page/index.html", "notes/page/2/index.html", "notes/page/3/index.html"} <= files.keys()


def test_a_hidden_note_without_a_date_is_in_no_output_file(tmp_path: Path) -> None:
    notes = {"notes/2024-03-19.txt": DAY, "notes/숨긴.md": f"---\ndraft: true\ntags: [비밀]\n---\n{WORDS}\n"}
    build_project(write_project(tmp_path, notes))
    for name, content in read_tree(tmp_path / "site").items():
        assert WORDS.encode() not in content, name
        assert "비밀" not in name
