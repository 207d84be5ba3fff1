"""The Content-Security-Policy of pages, with the sources that the settings add."""

import re
from pathlib import Path

from digest.site.policy import write_policy

from ..project import DAY, read_tree, run, write_project

BEFORE = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; "
    "script-src 'self'; style-src 'self'; worker-src 'self'"
)


def test_a_policy_without_settings_allows_the_site_alone() -> None:
    assert write_policy({}, with_media=False) == BEFORE
    assert write_policy({}, with_media=True) == BEFORE.replace("script-src", "media-src 'self'; script-src")


def test_sources_follow_those_of_the_site_and_new_directives_begin_with_none() -> None:
    added = {"script-src": ("https://b.example", "https://a.example"), "frame-src": ("https://a.example",)}
    assert write_policy(added, with_media=False) == (
        BEFORE.replace("script-src 'self'", "script-src 'self' https://a.example https://b.example")
        + "; frame-src https://a.example"
    )


def test_the_site_itself_is_allowed_once_however_it_is_written() -> None:
    assert write_policy({"font-src": ("self", "'self'")}, with_media=False) == f"{BEFORE}; font-src 'self'"
    assert write_policy({"img-src": ("'self'",)}, with_media=False) == BEFORE


def test_media_of_other_sites_do_not_allow_media_of_the_site_on_pages_without_any() -> None:
    added = {"media-src": ("https://a.example",)}
    assert write_policy(added, with_media=False) == f"{BEFORE}; media-src https://a.example"
    assert "; media-src 'self' https://a.example; script-src" in write_policy(added, with_media=True)


def test_an_empty_list_adds_nothing() -> None:
    assert write_policy({"font-src": ()}, with_media=False) == BEFORE


def test_every_page_of_a_site_has_the_same_policy_and_a_changed_setting_reaches_all(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": DAY, "digest.yaml": "redirects:\n  /old/: /\n"})
    for settings in ("", "csp:\n  frame-src: [https://giscus.app]\n"):
        write_project(tmp_path, {"digest.yaml": "redirects:\n  /old/: /\n" + settings})
        assert run(tmp_path, "build").exit_code == 0
        files = read_tree(tmp_path / "site")
        pages = {name: text.decode() for name, text in files.items() if name.endswith(".html")}
        assert {"old/index.html", "offline.html", "404.html"} <= pages.keys()
        policy = BEFORE + ("; frame-src https://giscus.app" if settings else "")
        for name, text in pages.items():
            assert re.findall(r'Content-Security-Policy" content="([^"]*)"', text) == [policy], name
