"""Ids in texts, on pages that show several of them."""

import re
from pathlib import Path

from ..project import build_project, write_project

DAY = """\
2024-03-19
굴뚝새
# 먹이
거미를 먹는다[^1]. [[#먹이]]
[^1]: 여름에는.
#birds
박새
# 먹이
씨앗을 먹는다[^1].
[^1]: 겨울에는.
[[굴뚝새#먹이]]
#birds
"""
CONFIG = "title: Birds\nbase_url: https://example.org/\n"


def test_two_entries_with_one_heading_have_different_ids_on_their_day(tmp_path: Path) -> None:
    folder = write_project(tmp_path, {"notes/2024-03-19.md": DAY, "digest.yaml": CONFIG})
    build_project(folder)
    site = folder / "site"
    day = (site / "2024/03/19/index.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', day)
    assert len(ids) == len(set(ids))
    assert {"굴뚝새:먹이", "박새:먹이", "굴뚝새:fn-1", "박새:fn-1"} <= set(ids)
    assert 'href="#굴뚝새:먹이"' in day
    assert 'href="/2024/03/19/굴뚝새/#먹이"' in day
    entry = (site / "2024/03/19/굴뚝새/index.html").read_text("utf-8")
    assert 'id="먹이"' in entry
    assert 'href="#먹이"' in entry


def test_a_feed_has_no_ids_and_leads_to_the_entry_s_page(tmp_path: Path) -> None:
    folder = write_project(tmp_path, {"notes/2024-03-19.md": DAY, "digest.yaml": CONFIG})
    build_project(folder)
    feed = (folder / "site/feed.xml").read_text("utf-8")
    assert " id=" not in feed
    assert "/2024/03/19/%EA%B5%B4%EB%9A%9D%EC%83%88/#fn-1" in feed
    assert "ref:" not in feed
