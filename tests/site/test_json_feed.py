"""The JSON feed by the rules of JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ..project import build_project, write_project

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "format": "uri", "pattern": "^https?://[!-~]+$"}
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
LANGUAGE = {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
AUTHORS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": TEXT, "url": ADDRESS, "avatar": ADDRESS},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
RULES = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": TEXT,
        "user_comment": TEXT,
        "next_url": ADDRESS,
        "icon": ADDRESS,
        "favicon": ADDRESS,
        "authors": AUTHORS,
        "language": LANGUAGE,
        "expired": {"type": "boolean"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "external_url": ADDRESS,
                    "title": TEXT,
                    "content_html": TEXT,
                    "content_text": TEXT,
                    "summary": TEXT,
                    "image": ADDRESS,
                    "banner_image": ADDRESS,
                    "date_published": DATE,
                    "date_modified": DATE,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": TEXT, "uniqueItems": True},
                    "language": LANGUAGE,
                },
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "patternProperties": {"^_[A-Za-z]": {"type": "object"}},
                "additionalProperties": False,
            },
        },
    },
    "required": ["version", "title", "items"],
    "patternProperties": {"^_[A-Za-z]": {"type": "object"}},
    "additionalProperties": False,
}
"""Every key that JSON Feed 1.1 knows, with the type that it gives to its value. Here, an empty text is a mistake too."""


def feed_of(folder: Path) -> Any:
    return json.loads((folder / "site/feed.json").read_bytes())


def mistakes(feed: Any) -> list[str]:
    """Return the violations of JSON Feed in a feed."""
    found = [error.message for error in jsonschema.Draft202012Validator(RULES).iter_errors(feed)]
    ids = [item["id"] for item in feed["items"]]
    return found + ["two items with one id"] * (len(ids) != len(set(ids)))


def test_the_json_feed_follows_the_rules(golden_project: Path) -> None:
    feed = feed_of(golden_project)
    assert len(feed["items"]) == 4
    assert mistakes(feed) == []


def test_a_json_feed_of_an_empty_site_follows_the_rules(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/.keep": "", "digest.yaml": "base_url: https://a.example/"})
    build_project(tmp_path)
    feed = feed_of(tmp_path)
    assert mistakes(feed) == []
    assert feed["items"] == []


def test_an_entry_of_a_title_alone_follows_the_rules(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"notes/2024-05-02.txt": "2024-05-02\nOwl\n", "digest.yaml": "base_url: https://a.example/"}
    )
    build_project(tmp_path)
    feed = feed_of(tmp_path)
    assert mistakes(feed) == []
    assert feed["items"][0].keys() == {"id", "url", "title", "language", "content_html", "date_published"}


def test_a_json_feed_has_no_control_characters(tmp_path: Path) -> None:
    note = "2024-05-02\nO\x93w\x01l\n(Mi\x80na Park)\nA bird\x85of\x7f the\x0bnight.\n#n\x9fight\n"
    settings = 'base_url: https://a.example/\ntitle: "Bi\\x01rds"\ndescription: "a\\x85b"\nauthor: "Mi\\x93na"\n'
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": note, "digest.yaml": settings}))
    feed = feed_of(tmp_path)
    assert mistakes(feed) == []
    texts = [value for value in feed.values() if isinstance(value, str)]
    texts += [feed["authors"][0]["name"]]
    for item in feed["items"]:
        texts += [value for value in item.values() if isinstance(value, str)] + item.get("tags", [])
    assert [text for text in texts if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)] == []
    assert feed["items"][0]["title"] == "Owl"
    assert "bird of the night." in feed["items"][0]["content_html"]


@pytest.mark.parametrize("name", ["description", "author"])
def test_a_setting_that_is_empty_is_no_empty_text(tmp_path: Path, name: str) -> None:
    settings = f"base_url: https://a.example/\n{name}: ''\n"
    build_project(write_project(tmp_path, {"notes/2024-05-02.txt": "2024-05-02\nOwl\n", "digest.yaml": settings}))
    assert mistakes(feed_of(tmp_path)) == []
