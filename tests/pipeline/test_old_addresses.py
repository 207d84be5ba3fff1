"""Old addresses in whole builds: those that an author names, those of renamed and removed entries, and where they are listed."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from digest.config import load_config
from digest.diagnostics import Diagnostic
from digest.pipeline.build import Project
from digest.pipeline.check import check_project
from digest.serve.preview import open_preview

from ..project import build_project, read_tree, run, write_project

NOTE = "---\ntitle: {title}\ndate: 2024-05-02\n{front}---\nOwls see in the dark.\n"
DAY = "2024-05-03\nWren\nA wren is small.\n#birds\nMagpie\nIt collects what shines.\n#birds\n"
SETTINGS = "base_url: https://digest.example/repo/\n"


def write(folder: Path, *, front: str = "", settings: str = "", **files: str) -> Path:
    """Write a project of a note and a day; `front` are more lines of the note's front matter."""
    notes = {"notes/owl.md": NOTE.format(title="Owl", front=front), "notes/2024-05-03.txt": DAY}
    return write_project(folder, {"digest.yaml": SETTINGS + settings, **notes, **files})


def leads_to(folder: Path, path: str) -> str:
    """Return the address to which the page at an old address leads at once; it must say so in each way."""
    page: Any = html.fromstring((folder / "site" / path).read_bytes())
    (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    delay, _, target = refresh.partition("; url=")
    assert delay == "0"
    assert page.xpath("//main//a/@href") == [target]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.startswith("https://")
    assert "#" not in canonical
    return str(target)


def found(folder: Path) -> list[str]:
    return [
        f"{d.path}:{d.line}:{d.column} {d.code}: {d.message}"
        for d in build_project(folder).diagnostics
        if d.code in ("old-address", "server-redirect")
    ]


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ("aliases: /blog/owl/\n", "blog/owl/index.html"),
        ("aliases: [Night bird, /blog/owl]\n", "blog/owl/index.html"),
        ("aliases:\n- /2019/%EC%98%AC%EB%B9%BC%EB%AF%B8.html\n", "2019/올빼미.html"),
        ("redirect_from: /blog/owl/\n", "blog/owl/index.html"),
        ("redirect_from:\n- blog/owl.html\n- /other/\naliases: Night bird\n", "blog/owl.html"),
    ],
)
def test_an_old_address_in_front_matter_leads_to_the_note(tmp_path: Path, front: str, path: str) -> None:
    assert found(write(tmp_path, front=front)) == []
    assert leads_to(tmp_path, path) == "/repo/2024/05/02/owl/"


def test_an_alias_that_is_no_address_is_a_name_for_links_as_before(tmp_path: Path) -> None:
    front = "aliases: [Night bird, /blog/owl/]\n"
    write(tmp_path, front=front, **{"notes/2024-05-04.txt": "2024-05-04\nJay\nSee [[Night bird]].\n#birds\n"})
    assert all(problem.code != "broken-wikilink" for problem in build_project(tmp_path).diagnostics)
    assert '<a class="ref" href="/repo/2024/05/02/owl/"' in (tmp_path / "site/2024/05/04/jay/index.html").read_text(
        "utf-8"
    )
    assert not (tmp_path / "site/Night bird").exists()


def test_the_old_address_of_a_file_of_several_entries_leads_to_their_day(tmp_path: Path) -> None:
    write(tmp_path, **{"notes/2024-05-03.txt": f"---\naliases: [/blog/birds/, no address]\n---\n{DAY}"})
    assert found(tmp_path) == []
    assert leads_to(tmp_path, "blog/birds/index.html") == "/repo/2024/05/03/"


def test_a_page_of_ones_own_and_a_note_without_a_date_have_old_addresses(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "pages/about.md": "---\naliases: [/who/]\n---\n# About\nOwls.\n",
            "notes/nests.md": "---\nredirect_from: [/nest.html]\n---\nNests are round.\n",
        },
    )
    assert found(tmp_path) == []
    assert leads_to(tmp_path, "who/index.html") == "/repo/about/"
    assert leads_to(tmp_path, "nest.html") == "/repo/notes/nests/"


def test_redirects_in_the_settings_lead_to_pages_files_and_other_sites(tmp_path: Path) -> None:
    settings = """\
redirects:
  /owl/: /2024/05/02/owl/#top
  /owls/: /owl/
  /새/: /tags/birds/
  /start: /
  /find/: /search/?q=owl
  /paper/: /paper.pdf
  /feed/index.xml: /feed.xml
  /shop/: https://shop.example/?a=1&b=2#c
"""
    write(tmp_path, settings=settings, **{"public/paper.pdf": "%PDF-1.4"})
    assert found(tmp_path) == []
    assert leads_to(tmp_path, "owl/index.html") == leads_to(tmp_path, "owls/index.html") == "/repo/2024/05/02/owl/#top"
    assert leads_to(tmp_path, "새/index.html") == "/repo/tags/birds/"
    assert leads_to(tmp_path, "start/index.html") == "/repo/"
    assert leads_to(tmp_path, "find/index.html") == "/repo/search/?q=owl"
    assert leads_to(tmp_path, "paper/index.html") == "/repo/paper.pdf"
    assert leads_to(tmp_path, "shop/index.html") == "https://shop.example/?a=1&b=2#c"
    assert (tmp_path / "site/feed/index.xml").read_bytes() == (tmp_path / "site/feed.xml").read_bytes()


def test_an_old_address_that_is_taken_or_leads_nowhere_is_an_error_at_its_place_and_stays_out(tmp_path: Path) -> None:
    settings = """\
redirects:
  /tags/: /archive/
  /gone/: /nowhere/
  /base/: /repo/archive/
  /2024/05/02/owl/below.html: /archive/
  /file/: /archive/
  /search/x.html: /archive/
  /.digest-manifest/: /archive/
  /old.php: /archive/
  /Archive/: /archive/
"""
    front = "aliases:\n- /kinds/\n- /file/\n- /2024/05/02/owl/\n- /twice/\n"
    write(
        tmp_path,
        settings=settings,
        front=front,
        **{"notes/wren.md": NOTE.format(title="Wren", front="aliases: /twice/\n")},
    )
    before = set(read_tree(tmp_path / "site"))
    assert found(tmp_path) == [
        "digest.yaml:3:3 old-address: `/tags/` cannot lead on: its place is taken by the page `/tags/`",
        "digest.yaml:4:3 old-address: `/nowhere/` is no page of the site",
        "digest.yaml:5:3 old-address: `/repo/archive/` is no page of the site",
        "digest.yaml:8:3 old-address: `/search/x.html` cannot lead on: its place is taken by the search index",
        "digest.yaml:9:3 old-address: `/.digest-manifest/` cannot lead on: its place is taken by the notes of builds",
        "digest.yaml:10:3 server-redirect: no page can lie at `/old.php`, so it leads on only if the server does that",
        "digest.yaml:11:3 server-redirect: no page can lie at `/Archive/`, so it leads on only if the server does that",
        "notes/owl.md:5:3 old-address: `/kinds/` cannot lead on: its place is taken by the page `/kinds/`",
        "notes/owl.md:6:3 old-address: `/file/` is an old address in `digest.yaml` already, which counts",
        "notes/wren.md:4:10 old-address: `/twice/` is an old address in `notes/owl.md` already, which counts",
    ]
    site = set(read_tree(tmp_path / "site")) - before
    assert not {"gone/index.html", "base/index.html", "old.php", "Archive/index.html", "search/x.html"} & site
    assert leads_to(tmp_path, "twice/index.html") == "/repo/2024/05/02/owl/"
    assert leads_to(tmp_path, "2024/05/02/owl/below.html") == "/repo/archive/"


@pytest.mark.parametrize("first", [True, False])
def test_no_old_address_is_a_file_where_another_needs_a_folder(tmp_path: Path, *, first: bool) -> None:
    lines = ["  /a.html: /archive/\n", "  /a.html/b/: /archive/\n"]
    write(tmp_path, settings="redirects:\n" + "".join(lines if first else reversed(lines)))
    assert found(tmp_path) == [
        "digest.yaml:4:3 old-address: `/a.html/b/` would lie in a folder `/a.html`, which is an old address and a file"
        if first
        else "digest.yaml:4:3 old-address: `/a.html` would be a file, and other old addresses lie in a folder of that name"
    ]
    assert leads_to(tmp_path, "a.html" if first else "a.html/b/index.html") == "/repo/archive/"


def test_no_old_address_lies_in_a_folder_where_a_public_file_is(tmp_path: Path) -> None:
    write(tmp_path, settings="redirects:\n  /blog/a.html: /archive/\n", **{"public/blog": "A file."})
    assert found(tmp_path) == [
        "digest.yaml:3:3 old-address: `/blog/a.html` cannot lead on: its place is taken by the public file `public/blog`"
    ]
    assert (tmp_path / "site/blog").read_text() == "A file."


def test_the_hint_for_a_target_with_the_base_path_is_to_leave_it_out(tmp_path: Path) -> None:
    report = build_project(write(tmp_path, settings="redirects: {/base/: /repo/archive/}\n"))
    (hint,) = [problem.hint for problem in report.diagnostics if problem.code == "old-address"]
    assert hint == "leave out `/repo`: addresses begin at the root of the site"


def renamed_and_removed(folder: Path) -> Path:
    """Build a project, and build it again after a note has got another title and an entry was removed."""
    build_project(write(folder))
    without_magpie = DAY.partition("Magpie")[0]
    write(folder, **{"notes/owl.md": NOTE.format(title="Tawny owl", front=""), "notes/2024-05-03.txt": without_magpie})
    build_project(folder)
    return folder


def test_the_address_of_a_renamed_entry_leads_to_the_last_one(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    assert leads_to(tmp_path, "2024/05/02/owl/index.html") == "/repo/2024/05/02/tawny-owl/"
    write_project(tmp_path, {"notes/owl.md": NOTE.format(title="밤의 올빼미", front="")})
    build_project(tmp_path)
    for path in ("2024/05/02/owl/", "2024/05/02/tawny-owl/"):
        assert leads_to(tmp_path, f"{path}index.html") == "/repo/2024/05/02/밤의-올빼미/"
    page: Any = html.fromstring((tmp_path / "site/2024/05/02/owl/index.html").read_bytes())
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://digest.example/repo/2024/05/02/%EB%B0%A4%EC%9D%98-%EC%98%AC%EB%B9%BC%EB%AF%B8/"
    ]
    assert page.xpath("//main//a/text()") == ["밤의 올빼미"]


def test_the_address_of_a_removed_entry_names_the_day_and_offers_the_search(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    path = tmp_path / "site/2024/05/03/magpie/index.html"
    page: Any = html.fromstring(path.read_bytes())
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//h1/text()") == ["삭제된 페이지입니다"]
    assert page.xpath("//main//p[@class='crumbs']/a/@href") == ["/repo/2024/05/03/"]
    assert page.xpath("//main//form/@action") == ["/repo/search/"]
    assert not page.xpath("//meta[@http-equiv='refresh']")
    (tmp_path / "notes/2024-05-03.txt").unlink()
    build_project(tmp_path)
    page = html.fromstring(path.read_bytes())
    assert page.xpath("//main//p[@class='crumbs']/text()") == ["2024년 5월 3일"]
    assert not page.xpath("//main//p[@class='crumbs']/a")


def test_old_addresses_are_in_no_list(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    write_project(tmp_path, {"digest.yaml": f"{SETTINGS}redirects: {{/night-bird/: /2024/05/02/tawny-owl/}}\n"})
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    addresses = re.compile(rb"/05/02/owl/|/magpie/|/night-bird/")
    named = [name for name, content in site.items() if addresses.search(content)]
    assert named == []
    old = ["2024/05/02/owl/index.html", "2024/05/03/magpie/index.html", "night-bird/index.html"]
    assert set(old) <= site.keys()


def test_a_preview_and_a_cold_build_show_the_same_old_addresses_as_a_warm_one(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    warm = read_tree(tmp_path / "site")
    with open_preview(tmp_path, drafts=False, base_url=None) as preview:
        for name in ("2024/05/02/owl/", "2024/05/03/magpie/"):
            assert preview.content(name) == warm[f"{name}index.html"]
        write_project(tmp_path, {"notes/owl.md": NOTE.format(title="Owls", front="aliases: /blog/\n")})
        preview.refresh({"notes/owl.md"})
        shown = {name: preview.content(name) for name in ("2024/05/02/owl/", "2024/05/02/tawny-owl/", "blog/")}
    build_project(tmp_path)
    warm = read_tree(tmp_path / "site")
    assert {name: warm[f"{name}index.html"] for name in shown} == shown
    build_project(tmp_path, clean=True)
    assert read_tree(tmp_path / "site") == warm


def test_a_redirect_to_a_removed_entry_says_that_it_was_removed(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    write_project(tmp_path, {"digest.yaml": f"{SETTINGS}redirects: {{/bird/: /2024/05/03/magpie/}}\n"})
    assert found(tmp_path) == []
    removed = (tmp_path / "site/2024/05/03/magpie/index.html").read_bytes()
    assert (tmp_path / "site/bird/index.html").read_bytes() == removed


def test_the_author_may_say_where_the_address_of_a_removed_entry_leads(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    write_project(tmp_path, {"digest.yaml": f"{SETTINGS}redirects: {{/2024/05/03/magpie/: /2024/05/03/}}\n"})
    assert found(tmp_path) == []
    assert leads_to(tmp_path, "2024/05/03/magpie/index.html") == "/repo/2024/05/03/"


def test_the_feed_of_a_renamed_tag_and_the_markdown_of_a_renamed_entry_stay_where_they_were(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    write_project(tmp_path, {"notes/2024-05-03.txt": DAY.replace("#birds", "#aves")})
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert site["tags/birds/feed.xml"] == site["tags/aves/feed.xml"]
    assert site["2024/05/02/owl/index.md"] == site["2024/05/02/tawny-owl/index.md"]
    assert leads_to(tmp_path, "tags/birds/index.html") == "/repo/tags/aves/"


def test_a_host_that_redirects_has_no_page_in_its_way_and_a_preview_redirects_too(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    settings = f"{SETTINGS}redirects_file: netlify\nredirects: {{/new.php: /feed.xml, /새/: 'https://a.example/'}}\n"
    write_project(tmp_path, {"digest.yaml": settings, "public/_redirects": "/blog/* /:splat 302\n"})
    assert found(tmp_path) == []
    site = read_tree(tmp_path / "site")
    lines = site["_redirects"].decode().splitlines()
    assert "/repo/2024/05/02/owl/ /repo/2024/05/02/tawny-owl/ 301" in lines
    assert "/repo/%EC%83%88 https://a.example/ 301" in lines
    assert "/repo/new.php /repo/feed.xml 301" in lines
    assert lines[-1] == "/blog/* /:splat 302"
    assert "2024/05/02/owl/index.html" not in site
    assert "2024/05/03/magpie/index.html" in site
    with open_preview(tmp_path, drafts=False, base_url=None) as preview:
        assert preview.content("2024/05/02/owl/") is None
        assert preview.host_target("2024/05/02/owl/") == "/repo/2024/05/02/tawny-owl/"
        assert preview.content("_redirects") == site["_redirects"]


def test_the_links_of_old_addresses_are_right(tmp_path: Path) -> None:
    renamed_and_removed(tmp_path)
    project = Project(tmp_path, load_config(tmp_path)[0])
    problems: tuple[Diagnostic, ...] = check_project(project, lambda *_: None, links=True).diagnostics
    assert [problem for problem in problems if problem.code == "broken-link"] == []


@pytest.mark.parametrize("form", ["netlify", "nginx", "caddy", "json"])
def test_the_command_prints_the_redirects_without_a_build(tmp_path: Path, form: str) -> None:
    renamed_and_removed(tmp_path)
    before = read_tree(tmp_path)
    done = run(tmp_path, "redirects", "--format", form)
    assert done.exit_code == 0
    assert "/repo/2024/05/02/owl" in done.stdout
    assert "magpie" not in done.stdout
    assert read_tree(tmp_path) == before
    elsewhere = run(tmp_path, "redirects", "--format", form, "--base-url", "https://other.example/")
    assert '"/2024/05/02/owl' in elsewhere.stdout or "\n/2024/05/02/owl" in f"\n{elsewhere.stdout}"


def test_the_command_reports_what_it_leaves_out(tmp_path: Path) -> None:
    done = run(write(tmp_path, settings="redirects: {/gone/: /nowhere/}\n"), "redirects", "--format", "json")
    assert (done.exit_code, done.stdout) == (1, "{}\n")
    assert "digest.yaml:2:13" in done.stderr
