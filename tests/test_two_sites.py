"""Two sites from the same notes: the recipes in docs/deployment.md lead from a page of one to that of the other."""

import re
from pathlib import Path

from .project import DAY, run, write_project

PAGE = (Path(__file__).parents[1] / "docs/deployment.md").read_text("utf-8")
SECTION = PAGE.partition("### Two sites from one repository")[2].partition("\n## ")[0]
FOOTER, BASE = re.findall(r"^```html\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
ADDRESS = "https://user.example/repo/"


def write_sites(folder: Path) -> Path:
    """Write a project, build both of its sites, and return its folder."""
    settings = {"digest.yaml": "language: ko\n", "digest.en.yaml": "language: en\n"}
    templates = {"templates/own/footer.html": FOOTER, "templates/base.html": BASE}
    write_project(folder, {"notes/2024-03-19.txt": DAY, **settings, **templates})
    for arguments in (["--base-url", ADDRESS], ["--config", "digest.en.yaml", "--base-url", f"{ADDRESS}en/"]):
        built = run(folder, "build", "--strict", *arguments)
        assert built.exit_code == 0, built.output
    return folder


def test_every_page_names_the_same_page_in_both_languages(tmp_path: Path) -> None:
    write_sites(tmp_path)
    for page in ("", "2024/03/19/grok-1/", "2024/03/", "tags/llm/"):
        for site in ("site", "site-en"):
            text = (tmp_path / site / page / "index.html").read_text("utf-8")
            found = re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', text)
            assert found == [("ko", f"{ADDRESS}{page}"), ("en", f"{ADDRESS}en/{page}")]


def test_the_footer_leads_to_the_other_site(tmp_path: Path) -> None:
    write_sites(tmp_path)
    for site, address in (("site", "/repo/en/"), ("site-en", "/repo/")):
        text = (tmp_path / site / "index.html").read_text("utf-8")
        assert re.search(rf'<footer.*<a href="{address}" lang=', text, re.DOTALL)
