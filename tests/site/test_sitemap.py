"""The sitemap and robots.txt."""

import datetime as dt
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from ..project import DAY, build_project, write_project

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://digest.example/repo/"


def test_the_sitemap_lists_every_page_for_readers_once(golden_project: Path) -> None:
    site = golden_project / "site"
    urls = list(etree.fromstring((site / "sitemap.xml").read_bytes()).iter(f"{NAMESPACE}url"))
    addresses = [url.findtext(f"{NAMESPACE}loc") or "" for url in urls]
    assert all(address.startswith(BASE) and address.isascii() for address in addresses)
    named = sorted(unquote(address.removeprefix(BASE)) + "index.html" for address in addresses)
    files = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("index.html")}
    assert named == sorted(name for name, text in files.items() if '<meta name="robots" content="noindex">' not in text)
    for url in urls:
        changed = url.findtext(f"{NAMESPACE}lastmod")
        assert changed is None or dt.date.fromisoformat(changed) <= dt.date(2024, 5, 31)


def test_robots_txt_allows_all_pages_and_names_the_sitemap(golden_project: Path) -> None:
    assert (golden_project / "site/robots.txt").read_text("utf-8").splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {BASE}sitemap.xml",
    ]


def test_a_site_without_a_base_url_has_no_sitemap(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-03-19.txt": DAY}))
    assert not (tmp_path / "site/sitemap.xml").exists()
    assert "Sitemap" not in (tmp_path / "site/robots.txt").read_text("utf-8")
