"""Pages of the author's own on the site."""

from pathlib import Path

import pytest

from ..project import DAY, build_project, read_tree, run, write_project

ABOUT = "---\nmenu: true\norder: 2\n---\n# 소개\n\n[[Grok-1]]부터 읽으세요.\n\n## 연락\n\n메일을 주세요.\n"
PROJECT = {
    "digest.yaml": "title: 기록\nbase_url: https://digest.example/repo/\n",
    "notes/2024-03-19.txt": DAY.replace("모델이네요.", "모델이네요. [[소개]]도 읽으세요. [[x]]"),
    "pages/about.md": ABOUT,
    "pages/projects/x.md": "---\nmenu: footer\n---\n# 엑스 프로젝트\n설명입니다.\n",
    "pages/first.md": "---\nmenu: 먼저 읽을 것\norder: 1\n---\n글입니다.\n",
    "pages/later.md": "---\ndraft: true\nmenu: true\n---\n# 숨긴 쪽\n숨긴 말입니다.\n",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_project(tmp_path_factory.mktemp("pages"), PROJECT)
    report = build_project(folder)
    assert (report.entries, report.diagnostics) == (1, ())
    return read_tree(folder / "site")


def test_a_page_lies_at_its_own_address(files: dict[str, bytes]) -> None:
    page = files["about/index.html"].decode()
    assert "<h1" in page
    assert ">소개</h1>" in page
    assert "<h2>연락</h2>" in page or ">연락</h2>" in page
    assert "projects/x/index.html" in files


def test_pages_stand_in_menus_by_their_order(files: dict[str, bytes]) -> None:
    home = files["index.html"].decode()
    masthead, footer = home.split("</nav>")[0], home.split("<footer")[1]
    assert masthead.index("먼저 읽을 것") < masthead.index(">소개</a>")
    assert ">엑스 프로젝트</a>" not in masthead
    assert '<a href="/repo/projects/x/">엑스 프로젝트</a>' in footer
    assert '<a href="/repo/about/" aria-current="true">소개</a>' in files["about/index.html"].decode()


def test_links_lead_from_pages_to_entries_and_back(files: dict[str, bytes]) -> None:
    assert 'href="/repo/2024/03/19/grok-1/"' in files["about/index.html"].decode()
    entry = files["2024/03/19/grok-1/index.html"].decode()
    text, beside = entry.split("<aside ")
    assert 'href="/repo/about/"' in text.split('<div class="said')[1]
    assert 'href="/repo/projects/x/"' in text
    assert beside.count('href="/repo/about/"') >= 2  # mentions it, and is mentioned by it


def test_a_page_is_in_the_sitemap_and_in_no_list(files: dict[str, bytes]) -> None:
    assert b"/repo/about/</loc>" in files["sitemap.xml"]
    for name in ("feed.xml", "feed.json", "data/entries.json", "2024/03/index.html", "kinds/note/index.html"):
        assert "메일을 주세요".encode() not in files[name]


def test_a_draft_page_is_in_no_output_file(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        assert "숨긴".encode() not in content, name
        assert "later" not in name


@pytest.mark.parametrize(
    "name", ["tags.md", "2024.md", "index.md", "notes.md", "search.md", "kinds/x.md", "tags/llm.md", "archive.md"]
)
def test_a_page_at_an_address_of_the_site_is_left_out_with_an_error(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, f"pages/{name}": "# 겹치는 쪽\n글\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert f"pages/{name}: error[page-address]" in result.stdout
    site = read_tree(tmp_path / "site")
    assert site
    assert not [path for path, content in site.items() if "겹치는".encode() in content]


def test_of_two_pages_with_one_address_the_first_is_built(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "pages/About.md": "# 첫째\n", "pages/about.txt": "# 둘째\n"})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "pages/about.txt: error[page-address] `pages/About.md` is the page at `/about/` already" in result.stdout
    assert "첫째" in (tmp_path / "site/about/index.html").read_text("utf-8")


def test_the_folder_can_be_another(tmp_path: Path) -> None:
    settings = {"digest.yaml": "pages: notes/쪽\n", "notes/쪽/about.md": "# 소개\n글\n", "pages/no.md": "# 아님\n"}
    build_project(write_project(tmp_path, settings))
    site = read_tree(tmp_path / "site")
    assert "about/index.html" in site
    assert not [name for name in site if name.startswith(("notes/", "no/"))]


def test_pages_of_a_folder_that_is_all_notes_are_notes(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"digest.yaml": "notes: .\n", "pages/어떤 글.md": "글입니다.\n"}))
    assert "notes/어떤-글/index.html" in read_tree(tmp_path / "site")
