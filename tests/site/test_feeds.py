"""Feeds: valid, with full texts, absolute addresses and stable ids."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from digest.site.pages.feeds import time_of

from ..project import DAY, build_project, run, write_project

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG_URI = re.compile(r"tag:[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d\d-\d\d)?:[\w%/.~:-]+", re.ASCII)
"""The form that RFC 4151 gives to tag URIs, as far as this program uses it."""
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
        if not TAG_URI.fullmatch(identifier.text or ""):
            found.append(f"id {identifier.text}")
    for entry in feed.iter(f"{ATOM}entry"):
        found += ["no content"] * (not entry.findtext(f"{ATOM}content", "").strip())
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
    assert parsed.entries[3].published == "2024-04-02T01:00:00+09:00"
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


BIRDS = """\
2024-05-02
Owl
The owl sees in the dark.
#birds
Wren
A wren is small and loud.
#birds
Magpie
It collects what shines.
#birds
"""


def entries_of(folder: Path, name: str = "feed.xml") -> list[Any]:
    parsed: Any = feedparser.parse((folder / "site" / name).read_bytes())
    return list(parsed.entries)


def times(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return the id, the time of publication and that of the last change of each entry, by title."""
    return {entry.title: (entry.id, entry.published, entry.updated) for entry in entries_of(folder)}


@pytest.mark.parametrize("name", ["feed.xml", "tags/birds/feed.xml"])
def test_readers_that_show_the_newest_first_keep_the_order_of_a_day(tmp_path: Path, name: str) -> None:
    earlier = "2024-05-01\nJay\nIt hides acorns.\n#birds\n"
    build_project(write_project(tmp_path, {"notes/2024-05-01.txt": earlier, "notes/2024-05-02.txt": BIRDS}))
    entries = entries_of(tmp_path, name)
    assert [entry.title for entry in entries] == ["Owl", "Wren", "Magpie", "Jay"]
    published = [entry.published for entry in entries]
    assert published == sorted(set(published), reverse=True)
    assert [time[:10] for time in published] == ["2024-05-02"] * 3 + ["2024-05-01"]


def test_an_entry_added_at_the_end_of_a_day_or_a_corrected_text_sends_nothing_again(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": BIRDS}))
    before = times(tmp_path)
    corrected = BIRDS.replace("small and loud", "tiny and loud") + "Robin\nIt sings in winter.\n#birds\n"
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": corrected}))
    after = times(tmp_path)
    assert after.keys() - before.keys() == {"Robin"}
    assert {title: after[title] for title in before} == before


def test_an_entry_inserted_into_a_day_changes_no_time_of_a_last_change(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": BIRDS}))
    before = times(tmp_path)
    inserted = BIRDS.replace("Wren\n", "Robin\nIt sings in winter.\n#birds\nWren\n")
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": inserted}))
    after = times(tmp_path)
    assert {title: (after[title][0], after[title][2]) for title in before} == {
        title: (identifier, updated) for title, (identifier, _, updated) in before.items()
    }


def test_only_the_author_says_when_an_entry_changed(tmp_path: Path) -> None:
    note = "---\ntitle: Owl\ndate: 2024-05-02\n{}---\nThe owl sees in the dark.\n"
    build_project(write_project(tmp_path, {"notes/owl.md": note.format("")}))
    identifier, published, updated = times(tmp_path)["Owl"]
    assert updated[:19] == published[:19] == "2024-05-02T01:00:00"
    items = json.loads((tmp_path / "site/feed.json").read_bytes())["items"]
    assert "date_modified" not in items[0]
    build_project(write_project(tmp_path, {"notes/owl.md": note.format("updated: 2024-06-01\n")}))
    later = updated.replace("2024-05-02", "2024-06-01")
    assert times(tmp_path)["Owl"] == (identifier, published, later)
    items = json.loads((tmp_path / "site/feed.json").read_bytes())["items"]
    assert items[0]["date_modified"] == later
    build_project(write_project(tmp_path, {"notes/owl.md": note.format("updated: 2024-04-01\n")}))
    assert times(tmp_path)["Owl"] == (identifier, published, updated)


def test_two_projects_of_one_host_share_no_id(tmp_path: Path) -> None:
    seen: set[str] = set()
    for path in ("", "birds", "tag", "birds/tag", "Birds"):
        project = tmp_path / (path.replace("/", "-") or "root")
        write_project(project, {"notes/2024-05-02.txt": BIRDS, "digest.yaml": f"base_url: https://user.example/{path}"})
        build_project(project)
        found = {*ids(project), *(entry.id for entry in entries_of(project))}
        assert not found & seen
        seen |= found
    assert "tag:user.example,2024-05-02:owl" in seen
    assert "tag:user.example,2024-05-02:birds:owl" in seen


def test_the_setting_id_names_the_site_in_every_id(tmp_path: Path) -> None:
    settings = "base_url: https://user.example/repo/\nid: notes.example/오늘\n"
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": BIRDS, "digest.yaml": settings}))
    name = "%EC%98%A4%EB%8A%98"
    assert ids(tmp_path)[:2] == [f"tag:notes.example,2000:{name}:site", f"tag:notes.example,2024-05-02:{name}:owl"]
    assert all(TAG_URI.fullmatch(identifier) for identifier in ids(tmp_path))


@pytest.mark.parametrize(
    ("place", "time"),
    [
        (0, "01:00:00"),
        (61, "00:58:59"),
        (3599, "00:00:01"),
        (3600, "00:00:00.999999"),
        (5000, "00:00:00.998599"),
        (2_000_000, "00:00:00"),
    ],
)
def test_a_day_of_more_entries_than_seconds_in_an_hour_stays_within_the_day(place: int, time: str) -> None:
    assert time_of(dt.date(2024, 5, 2), "+09:00", place) == f"2024-05-02T{time}+09:00"


def test_no_two_entries_of_a_day_were_published_at_the_same_time() -> None:
    times = [dt.datetime.fromisoformat(time_of(dt.date(2024, 5, 2), "-05:30", place)) for place in range(4000)]
    assert times == sorted(set(times), reverse=True)


def test_entries_of_one_day_have_different_times_of_their_last_change(tmp_path: Path) -> None:
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": BIRDS}))
    changes = [updated for _, _, updated in times(tmp_path).values()]
    assert len(set(changes)) == 3
    assert {change[:19] for change in changes} == {"2024-05-02T01:00:00"}
    assert feedparser.parse((tmp_path / "site/feed.xml").read_bytes()).feed.updated == max(changes)


def test_notes_without_a_date_are_in_no_feed(tmp_path: Path) -> None:
    build_project(
        write_project(tmp_path, {"notes/2024-05-02.txt": BIRDS, "notes/nest.md": "---\ntags: [birds]\n---\nTwigs.\n"})
    )
    for name in ("feed.xml", "tags/birds/feed.xml"):
        assert [entry.title for entry in entries_of(tmp_path, name)] == ["Owl", "Wren", "Magpie"]


def test_a_feed_without_entries_or_address_is_valid_atom(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": ""})
    assert run(tmp_path, "build").exit_code == 0
    feed = etree.fromstring((tmp_path / "site/feed.xml").read_bytes())
    assert atom_mistakes(feed) == []
