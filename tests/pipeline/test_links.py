"""Links inside the site: where they lead, and what a build says about broken ones."""

import re
from pathlib import Path

from digest.config import Config
from digest.diagnostics import Diagnostic
from digest.serve.preview import open_preview

from ..project import build_project, run, write_project

SETTINGS = "title: Birds\nbase_url: https://birds.example/repo/\n"
PROJECT = {
    "digest.yaml": SETTINGS,
    "notes/2024-03-19.md": "2024-03-19\nWinter wren\nIt sings.\n## What it eats\nSpiders.\n#birds\nGreat tit\nIt eats seeds.\n#tits\n",
    "notes/Nuthatch.md": "---\ntitle: Nuthatch\naliases: [/old/nuthatch.html]\n---\nIt climbs down.\n#birds\n",
    "pages/about.md": "---\ntitle: About\n---\nA site.\n",
    "public/cv.pdf": "%PDF",
    "public/talks/index.html": "<title>Talks</title>",
    "public/talks/deck.html": "<title>Deck</title>",
    "templates/static/logo.svg": "<svg/>",
}


def project_with(folder: Path, text: str) -> Path:
    """Write the project with one more note, which has the text from its fifth line."""
    return write_project(
        folder, {**PROJECT, "notes/links.md": f"---\ntitle: Links\ndate: 2024-03-20\n---\n{text}\n#a\n"}
    )


def problems(folder: Path) -> list[tuple[str, int, int, str]]:
    return [(d.code, d.line, d.column, d.hint) for d in build_project(folder).diagnostics if d.path == "notes/links.md"]


def hrefs(folder: Path) -> list[str]:
    """Return the addresses of the links in the text of the note with links."""
    page = (folder / "site/2024/03/20/links/index.html").read_text("utf-8")
    text = page[page.index('<div class="said text"') :]
    return re.findall(r'<a(?: class="[^"]*")? href="([^"]*)"', text[: text.index("</div>")])


GOOD = {
    "/2024/03/19/winter-wren/": "/repo/2024/03/19/winter-wren/",
    "/2024/03/19/winter-wren": "/repo/2024/03/19/winter-wren/",
    "/repo/2024/03/19/winter-wren/index.html#what-it-eats": "/repo/2024/03/19/winter-wren/#what-it-eats",
    "/2024/03/19/winter-wren/#main": "/repo/2024/03/19/winter-wren/#main",
    "/2024/03/19/winter-wren/index.md": "/repo/2024/03/19/winter-wren/index.md",
    "/2024/03/19/#great-tit": "/repo/2024/03/19/#great-tit",
    "/2024/03/19/#winter-wren:what-it-eats": "/repo/2024/03/19/#winter-wren:what-it-eats",
    "/2024/03/": "/repo/2024/03/",
    "/notes/nuthatch/": "/repo/notes/nuthatch/",
    "/old/nuthatch.html": "/repo/notes/nuthatch/",
    "/": "/repo/",
    "/about/": "/repo/about/",
    "/tags/birds/": "/repo/tags/birds/",
    "/tags/birds/feed.xml": "/repo/tags/birds/feed.xml",
    "/search/?q=winter%20wren": "/repo/search/?q=winter%20wren",
    "/feed.xml": "/repo/feed.xml",
    "/feed.json": "/repo/feed.json",
    "/talks/": "/repo/talks/",
    "/talks/deck.html": "/repo/talks/deck.html",
    "https://birds.example/repo/tags/tits/": "/repo/tags/tits/",
    "https://birds.example/repo/2024/03/19/great-tit/": "/repo/2024/03/19/great-tit/",
    "https://birds.example/repo/cv.pdf#page=2": "/repo/cv.pdf#page=2",
    "https://birds.example/repo/": "/repo/",
}
"""Addresses as authors write them, and those that the page has."""


def test_a_link_to_an_address_of_the_site_leads_there_without_a_problem(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "\n".join(f"See [this]({written})." for written in GOOD))
    assert problems(folder) == []
    assert hrefs(folder) == list(GOOD.values())
    assert "0 errors, 0 warnings" in run(folder, "check", "--links").output


def test_a_static_file_is_found_by_its_name_in_the_theme(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "See [this](https://birds.example/repo/static/css/digest.css).")
    assert problems(folder) == []
    (href,) = hrefs(folder)
    assert (folder / "site" / href.removeprefix("/repo/")).is_file()


BROKEN = [
    ("/2024/03/19/winter-wrem/", "missing-page", "did you mean `/2024/03/19/winter-wren/`?"),
    ("/2024/03/18/great-tit/", "missing-page", "did you mean `/2024/03/19/great-tit/`?"),
    ("/tags/bird/", "missing-page", "did you mean `/tags/birds/`?"),
    ("/abuot/", "missing-page", "did you mean `/about/`?"),
    ("/old/winter.html", "missing-page", "look the address up on the site"),
    ("/talks/dekc.html", "missing-page", "look the address up on the site"),
    ("https://birds.example/repo/tags/tit/", "missing-page", "did you mean `https://birds.example/repo/tags/tits/`?"),
    ("/2024/03/19/winter-wren/#what-it-eat", "missing-heading", "did you mean `#what-it-eats`?"),
    ("/2024/03/19/#coal-tit", "missing-heading", "write the heading as it is in the note, or leave it out"),
    ("/files/old.0123456789.png", "missing-file", "put the file beside the note"),
    ("../Nuthach.md", "missing-note", "did you mean `Nuthatch`?"),
    ("#nothing", "missing-heading", "write the heading as it is in the note, or leave it out"),
]
"""Broken links, each with the code and the hint of its problem."""


def test_a_broken_link_is_a_warning_at_its_place_with_the_nearest_name(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "\n".join(f"See [this]({written})." for written, _, _ in BROKEN))
    expected = [(code, line, 12, hint) for line, (_, code, hint) in enumerate(BROKEN, start=5)]
    assert sorted(problems(folder), key=lambda problem: problem[1]) == expected
    assert "0 errors" in run(folder, "check", "--links").output


def test_a_wikilink_with_a_mistyped_name_or_heading_gets_the_right_one(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "[[Winter wern]] and [[Winter wren#What it east]]")
    assert problems(folder) == [
        ("broken-wikilink", 5, 1, "did you mean `Winter wren`?"),
        ("missing-heading", 5, 21, "did you mean `#what-it-eats`?"),
    ]


def test_a_bare_address_under_the_base_url_is_checked_in_text_links_and_front_matter(tmp_path: Path) -> None:
    wrong = "https://birds.example/repo/tags/x/"
    note = f"---\ntitle: Links\ndate: 2024-03-20\nlink: {wrong}\n---\nSee {wrong}, <{wrong}> and `{wrong}`.\n#a\n"
    folder = write_project(tmp_path, {**PROJECT, "notes/links.md": note})
    assert [(code, line, column) for code, line, column, _ in problems(folder)] == [
        ("missing-page", 6, 5),
        ("missing-page", 6, 42),
    ]
    # Something that digest knows nothing about may lie under the same address, so the link stays one.
    assert hrefs(folder) == [wrong, wrong]


def test_a_broken_path_is_no_link_on_the_page(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "See [this](/old/winter.html).")
    build_project(folder)
    page = (folder / "site/2024/03/20/links/index.html").read_text("utf-8")
    assert '<span class="ref-missing">this</span>' in page
    assert hrefs(folder) == []


def test_an_entry_that_is_linked_by_its_address_knows_it(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "See [this](/2024/03/19/great-tit/).")
    build_project(folder)
    assert 'href="/repo/2024/03/20/links/"' in (folder / "site/2024/03/19/great-tit/index.html").read_text("utf-8")


def test_an_ignored_address_is_no_problem(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "See https://birds.example/repo/app/ and [this](/gone/).")
    write_project(folder, {"digest.yaml": f"{SETTINGS}links:\n  ignore: ['https://birds.example/repo/app/*']\n"})
    assert [code for code, *_ in problems(folder)] == ["missing-page"]


def test_a_link_with_a_part_of_the_author_s_own_translation_is_no_problem(tmp_path: Path) -> None:
    text = "조류 글.\n\n## English\n\n#### Food\n\nSee [above](#food)."
    folder = project_with(tmp_path, text)
    assert problems(folder) == []


def codes(found: tuple[Diagnostic, ...]) -> list[tuple[str, str, int]]:
    return sorted((d.code, d.path, d.line) for d in found if d.code != "removed-entry")


def test_a_warm_build_and_a_preview_report_the_same_links_as_a_cold_build(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "[a](/2024/03/19/great-tit/) [b](/tags/tits/) [c](/cv2.pdf) [d](/talks/deck.html)")
    cold = codes(build_project(folder).diagnostics)
    assert cold == [("missing-file", "notes/links.md", 5)]
    assert codes(build_project(folder).diagnostics) == cold
    changes: list[dict[str, str]] = [
        {"notes/2024-03-19.md": "2024-03-19\nWinter wren\nIt sings.\n#birds\n"},
        {"public/cv2.pdf": "%PDF"},
        {"notes/2024-03-19.md": PROJECT["notes/2024-03-19.md"]},
    ]
    with open_preview(folder, drafts=False, base_url=None) as preview:
        for change in changes:
            write_project(folder, change)
            warm = codes(build_project(folder).diagnostics)
            assert warm == codes(build_project(folder, clean=True).diagnostics)
            preview.refresh()
            assert codes(preview.problems) == warm
        assert warm == []
        (folder / "public/talks/deck.html").unlink()
        preview.refresh()
        assert codes(preview.problems) == [("missing-page", "notes/links.md", 5)]
    assert codes(build_project(folder).diagnostics) == [("missing-page", "notes/links.md", 5)]


def test_a_link_to_an_old_address_leads_there_without_a_problem(tmp_path: Path) -> None:
    folder = project_with(tmp_path, "[a](/2024/03/19/great-tit/) [b](/once/)")
    write_project(folder, {"digest.yaml": f"{SETTINGS}redirects:\n  /once/: /about/\n"})
    assert problems(folder) == []
    write_project(folder, {"notes/2024-03-19.md": PROJECT["notes/2024-03-19.md"].replace("Great tit", "Parus major")})
    assert problems(folder) == []
    assert hrefs(folder) == ["/repo/2024/03/19/great-tit/", "/repo/once/"]
    assert (folder / "site/2024/03/19/great-tit/index.html").is_file()


def test_without_settings_nothing_is_ignored() -> None:
    assert Config().links.ignore == ()


def test_a_link_to_a_part_of_a_day_that_is_not_there_names_the_titles_of_the_day(tmp_path: Path) -> None:
    day = "2024-03-19\nGreat tit\nSings early.\n#tits\nWinter wren\nSings late.\n#wrens\n"
    links = "2024-03-20\nLinks\nSee [[2024-03-19#Great tits]].\nSee [[2024-03-19#Owl]].\n#birds\n"
    write_project(tmp_path, {"notes/2024-03-19.txt": day, "notes/2024-03-20.txt": links})
    output = run(tmp_path, "check").output
    assert "hint: did you mean `#Great tit`?" in output
    assert "hint: the entries of that day are `#Great tit`, `#Winter wren`" in output
