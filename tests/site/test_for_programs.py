"""What programs read: the data of each page, and the guide for language models."""

import re
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from ..project import build_project, write_project

ROOT = "/repo/"
BASE = "https://digest.example/repo/"


def alternate(page: html.HtmlElement) -> list[str]:
    return [
        str(link.get("href"))
        for link in page.head.iter("link")
        if (link.get("rel"), link.get("type")) == ("alternate", "application/json")
    ]


def test_every_page_leads_to_the_data_of_all_entries(golden_project: Path) -> None:
    pages = sorted((golden_project / "site").rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        assert alternate(html.document_fromstring(path.read_bytes())) == [f"{ROOT}data/entries.json"], path


def parse_llms(text: str) -> tuple[str, str, dict[str, list[tuple[str, str, str]]]]:
    """Read a guide by the form of the proposal: a title, a quotation, free text without headings, and lists of links."""
    head, *sections = re.split(r"^## ?(.*)$", text, flags=re.MULTILINE)
    title, quotation = re.match(r"# (.+)\n+(?:> (.+)\n)?", head).groups()  # type: ignore[union-attr]
    assert not re.search(r"^#", head.partition("\n")[2], re.MULTILINE)
    lists = {}
    for name, body in zip(sections[::2], sections[1::2], strict=True):
        lines = body.strip().split("\n")
        links = [re.fullmatch(r"- \[((?:[^\[\]\\]|\\.)+)\]\((\S+)\)(?:: (.+))?", line) for line in lines]
        assert all(links), lines
        lists[name] = [(match[1], match[2], match[3] or "") for match in links if match]
    return title, quotation, lists


def test_the_guide_for_language_models_has_the_proposed_form_and_working_links(golden_project: Path) -> None:
    site = golden_project / "site"
    text = (site / "llms.txt").read_text("utf-8")
    title, quotation, lists = parse_llms(text)
    assert (title, quotation) == ("골든 다이제스트", "사이트의 모든 바이트를 지키는 기록")
    assert list(lists) == ["Data", "Newest entries", "Lists", "Optional"]
    assert "index.md" in text
    for links in lists.values():
        for _, url, _ in links:
            path = unquote(url.removeprefix(BASE))
            assert (site / path / "index.html" if path.endswith("/") else site / path).is_file(), url
    assert all(url.endswith("/index.md") for _, url, _ in lists["Newest entries"])
    assert lists["Newest entries"][0][2].endswith("2024-05-31")


def test_the_guide_of_a_site_without_dates_and_with_odd_titles_has_the_same_form(tmp_path: Path) -> None:
    note = "---\ntitle: Otters [and] `rivers` \\\n---\nText.\n"
    folder = write_project(tmp_path, {"digest.yaml": "title: Otters\n", "notes/otters.md": note})
    build_project(folder)
    title, _, lists = parse_llms((folder / "site/llms.txt").read_text("utf-8"))
    assert title == "Otters"
    assert list(lists) == ["Data", "Entries", "Lists", "Optional"]
    [(label, url, about)] = lists["Entries"]
    assert (url, about) == ("/notes/otters-and-rivers/index.md", "note")
    assert label.startswith("Otters \\[and\\]")


def test_an_author_may_write_a_guide_of_their_own(tmp_path: Path) -> None:
    files = {"digest.yaml": "title: Otters\n", "notes/2024-03-19.txt": "A\nText.\n#a\n", "public/llms.txt": "# Mine\n"}
    report = build_project(write_project(tmp_path, files))
    assert (tmp_path / "site/llms.txt").read_text("utf-8") == "# Mine\n"
    assert [problem for problem in report.diagnostics if problem.severity == "error"] == []
