"""Pages of the author's own on the site."""

import re
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
    "name", ["tags.md", "2024.md", "notes.md", "search.md", "kinds/x.md", "tags/llm.md", "archive.md"]
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


GUIDE = {
    "digest.yaml": "title: 안내\nlanguage: ko\nbase_url: https://digest.example/repo/\n",
    "pages/index.md": "---\ncontents: true\n---\n# 둥지 안내\n\n처음 오셨나요?\n\n"
    "## 시작\n\n- [짓기](build.md): 둥지를 짓는 법\n- [[guide/care]]\n\n## 더 읽기\n\n- [살피기](guide/watch.md)와 [짓기](build.md)\n"
    "- [바깥](https://birds.example/)\n",
    "pages/build.md": "# 둥지 짓기\n\n[다음](guide/care.md#the-birds-nest)을 보세요.\n\n## 재료\n\n나뭇가지입니다.\n\n### 굵은 가지\n\n글\n\n"
    "## `twig` 고르기\n\n글\n",
    "pages/guide/care.md": "# 돌보기\n\n## The bird's nest\n\n글\n",
    "pages/guide/watch.md": "# 살펴보기\n\n글\n",
    "pages/alone.md": "# 따로 있는 쪽\n\n글\n",
}


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = write_project(tmp_path_factory.mktemp("guide"), GUIDE)
    assert build_project(folder).diagnostics == ()
    return {name: content.decode(errors="replace") for name, content in read_tree(folder / "site").items()}


def beside(page: str) -> str:
    return page.partition('<nav class="guide"')[2].partition("</nav>")[0]


def test_a_page_at_the_root_is_the_home_page(guide: dict[str, str]) -> None:
    home = guide["index.html"]
    assert "<title>안내</title>" in home
    assert ">둥지 안내</h1>" in home
    assert '<link rel="canonical" href="https://digest.example/repo/">' in home
    assert 'href="/repo/" aria-current="page">안내</a>' in home
    assert guide["sitemap.xml"].count("<loc>https://digest.example/repo/</loc>") == 1


def test_the_newest_days_give_way_to_a_page_at_the_root(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "pages/index.md": "# 어서 오세요\n\n[[Grok-1]]\n"})
    assert build_project(tmp_path).diagnostics == ()
    assert "어서 오세요" in (tmp_path / "site/index.html").read_text("utf-8")
    (tmp_path / "pages/index.md").unlink()
    assert build_project(tmp_path).diagnostics == ()
    assert "어서 오세요" not in (tmp_path / "site/index.html").read_text("utf-8")
    assert "Grok-1" in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_page_shows_the_contents_of_its_folder_with_its_own_headings(guide: dict[str, str]) -> None:
    contents = beside(guide["build/index.html"])
    assert re.findall(r'<h2>(.*?)</h2>|href="([^"]*)"|(aria-current)', contents) == [
        ("", "/repo/", ""),
        ("시작", "", ""),
        ("", "/repo/build/", ""),
        ("", "", "aria-current"),
        ("", "#재료", ""),
        ("", "#굵은-가지", ""),
        ("", "#twig-고르기", ""),
        ("", "/repo/guide/care/", ""),
        ("더 읽기", "", ""),
        ("", "/repo/guide/watch/", ""),
    ]
    assert ">짓기</a>" in contents
    assert ">돌보기</a>" in contents
    assert "<code>twig</code> 고르기</a>" in contents


def test_pages_of_a_table_of_contents_lead_to_the_page_before_and_after(guide: dict[str, str]) -> None:
    turns = {name: re.findall(r'<a(?: class="on")? rel="(\w+)" href="([^"]*)">', guide[name]) for name in GUIDE_PAGES}
    assert turns == {
        "index.html": [("next", "/repo/build/")],
        "build/index.html": [("prev", "/repo/"), ("next", "/repo/guide/care/")],
        "guide/care/index.html": [("prev", "/repo/build/"), ("next", "/repo/guide/watch/")],
        "guide/watch/index.html": [("prev", "/repo/guide/care/")],
        "alone/index.html": [],
    }


GUIDE_PAGES = ("index.html", "build/index.html", "guide/care/index.html", "guide/watch/index.html", "alone/index.html")


def test_a_page_that_the_contents_do_not_list_shows_them_too(guide: dict[str, str]) -> None:
    assert 'href="/repo/guide/watch/"' in beside(guide["alone/index.html"])


def test_the_page_of_the_contents_shows_them_once(guide: dict[str, str]) -> None:
    assert beside(guide["index.html"]) == ""


def test_a_link_finds_a_heading_by_the_id_that_it_has_on_a_forge(guide: dict[str, str]) -> None:
    assert 'href="/repo/guide/care/#the-bird-s-nest"' in guide["build/index.html"]


def test_a_site_of_pages_alone_has_no_links_to_lists_of_notes(guide: dict[str, str]) -> None:
    for name in ("archive/", "tags/", "kinds/", "feed.xml"):
        assert f'<a href="/repo/{name}"' not in guide["index.html"]


def test_a_new_name_in_the_contents_is_on_every_page_after_the_next_build(tmp_path: Path) -> None:
    write_project(tmp_path, GUIDE)
    build_project(tmp_path)
    index = tmp_path / "pages/index.md"
    index.write_text(index.read_text("utf-8").replace("[살피기]", "[둘러보기]"), "utf-8")
    build_project(tmp_path)
    assert ">둘러보기</a>" in beside((tmp_path / "site/build/index.html").read_text("utf-8"))


def test_a_long_page_without_contents_has_its_headings_beside_it(tmp_path: Path) -> None:
    text = "# 긴 쪽\n\n" + "".join(f"## {name}\n\n글\n\n" for name in ("하나", "둘", "셋"))
    write_project(tmp_path, {"pages/long.md": text, "pages/short.md": "# 짧은 쪽\n\n## 하나\n\n글\n"})
    build_project(tmp_path)
    assert beside((tmp_path / "site/long/index.html").read_text("utf-8")).count('href="#') == 3
    assert not beside((tmp_path / "site/short/index.html").read_text("utf-8"))
