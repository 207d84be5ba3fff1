"""Feeds: valid, with full texts, absolute addresses and stable ids."""

import json
import re
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from ..project import DAY, build_project, run, write_project

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
FEEDS = ["feed.xml", "tags/llm/feed.xml", "tags/추론/양자화/feed.xml"]

# For each element, the children that RFC 4287 requires exactly once, and those that it allows.
REQUIRED = {"feed": {"id", "title", "updated"}, "entry": {"id", "title", "updated"}}
ALLOWED = {
    "feed": {"id", "title", "updated", "subtitle", "link", "author", "generator", "entry", "icon", "logo", "category"},
    "entry": {"id", "title", "updated", "published", "link", "author", "category", "summary", "content"},
    "author": {"name", "uri", "email"},
}


def atom_mistakes(feed: etree._Element) -> list[str]:
    """Return the violations of RFC 4287 in a feed."""
    found = []
    for element in feed.iter(f"{ATOM}feed", f"{ATOM}entry", f"{ATOM}author"):
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        found += [f"{child} in {name}" for child in children if child not in ALLOWED[name]]
        found += [f"{needed} not once in {name}" for needed in REQUIRED.get(name, set()) if children.count(needed) != 1]
        if name == "feed" and "author" not in children:
            found.append("no author")
    for date in feed.iter(f"{ATOM}updated", f"{ATOM}published"):
        if not RFC_3339.fullmatch(date.text or ""):
            found.append(f"date {date.text}")
    for identifier in feed.iter(f"{ATOM}id"):
        if not re.fullmatch(r"tag:[\w.-]+,\d{4}(-\d\d-\d\d)?:[\w%/.~-]+", identifier.text or "", re.ASCII):
            found.append(f"id {identifier.text}")
    for link in feed.iter(f"{ATOM}link"):
        if not (link.get("href") or "").isascii():
            found.append(f"address {link.get('href')}")
    return found


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_valid_atom(golden_project: Path, name: str) -> None:
    content = (golden_project / "site" / name).read_bytes()
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == "ko"
    assert atom_mistakes(feed) == []
    parsed: Any = feedparser.parse(content)
    assert not parsed.bozo
    assert parsed.feed.links[0].href.startswith("https://digest.example/repo/")
    for entry in parsed.entries:
        assert entry.link.startswith("https://digest.example/repo/2")
        assert entry.content[0].type == "text/html"


def test_a_feed_has_the_newest_entries_in_full_with_their_languages(golden_project: Path) -> None:
    parsed: Any = feedparser.parse((golden_project / "site/feed.xml").read_bytes())
    assert [entry.title for entry in parsed.entries] == [
        "Owl-7B-Instruct",
        "제목에도 <script>alert(1)</script>",
        "Wren: Small Models for Small Languages",
        "Magpie: Collecting Shiny Sentences for Translation",
    ]
    assert parsed.entries[3].published == "2024-04-02T00:00:00+09:00"
    assert [tag.term for tag in parsed.entries[3].tags] == ["nmt", "llm"]
    content = parsed.entries[3].content[0].value
    assert "번역 데이터를 고르는 방법입니다." in content
    assert "how much a small model disagrees" in content
    assert "<table>" in content


def test_every_address_in_a_feed_is_absolute(golden_project: Path) -> None:
    for name in FEEDS:
        text = (golden_project / "site" / name).read_text("utf-8")
        hrefs = re.findall(r'(?:href|src)=(?:"|&quot;|&#34;)(.*?)(?:"|&quot;|&#34;)', text)
        assert hrefs
        assert [href for href in hrefs if not href.startswith(("https://", "http://", "mailto:"))] == []


def test_the_json_feed_has_the_same_entries(golden_project: Path) -> None:
    feed = json.loads((golden_project / "site/feed.json").read_bytes())
    parsed: Any = feedparser.parse((golden_project / "site/feed.xml").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://digest.example/repo/feed.json"
    assert feed["language"] == "ko"
    assert [(item["id"], item["url"]) for item in feed["items"]] == [(e.id, e.link) for e in parsed.entries]
    assert all(RFC_3339.fullmatch(item["date_published"]) for item in feed["items"])


def ids(folder: Path) -> list[str]:
    parsed: Any = feedparser.parse((folder / "site/feed.xml").read_bytes())
    return [parsed.feed.id, *(entry.id for entry in parsed.entries)]


def test_ids_stay_the_same_if_the_site_moves_or_gets_more_notes(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "base_url: https://a.example/"})
    build_project(tmp_path)
    before = ids(tmp_path)
    write_project(
        tmp_path,
        {
            "digest.yaml": "title: 새 이름\nbase_url: https://a.example/other/path/",
            "notes/2024-03-20.txt": "2024-03-20\n다음 날\n본문.\n#llm\n",
        },
    )
    build_project(tmp_path)
    assert set(before) <= set(ids(tmp_path))


def test_a_feed_without_entries_or_address_is_valid_atom(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    assert run(tmp_path, "build").exit_code == 0
    feed = etree.fromstring((tmp_path / "site/feed.xml").read_bytes())
    assert atom_mistakes(feed) == []
