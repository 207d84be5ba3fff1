"""Old addresses and targets as authors write them."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.redirects import AddressError, can_be_copy, can_be_page, read_old_address, read_target


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/old/", "old/"),
        ("/old", "old/"),
        ("/a/b/c/", "a/b/c/"),
        ("/old.html", "old.html"),
        ("/OLD.HTM", "OLD.HTM"),
        ("/a/index.html", "a/"),
        ("/rss.xml", "rss.xml"),
        ("/v1.2", "v1.2/"),
        ("/.hidden", ".hidden/"),
        ("/옛 글/", "옛 글/"),
        ("/%EC%98%9B%20%EA%B8%80/", "옛 글/"),
        (unicodedata.normalize("NFD", "/한글/"), "한글/"),
        ("/100%25/", "100%/"),
    ],
)
def test_an_old_address_is_a_site_path(written: str, path: str) -> None:
    assert read_old_address(written) == path


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("old/", "does not begin with `/`"),
        ("", "does not begin with `/`"),
        ("/", "is the home page"),
        ("/index.html", "is the home page"),
        ("//evil.example/x", "leads to another server"),
        ("/\\evil.example/x", "leads to another server"),
        ("/../x", "leads out of the site"),
        ("/a/%2e%2E/%2e%2e/x", "leads out of the site"),
        ("/a/./b", "has an empty part"),
        ("/a//b", "has an empty part"),
        ("/a\0b", "holds a character that no address can hold"),
        ("/a%00b", "holds a character that no address can hold"),
        ("/a%0d%0aSet-Cookie:x", "holds a character that no address can hold"),
        ("/a%2F..%2Fb", "holds a character that no address can hold"),
        ("/a\\b", "holds a character that no address can hold"),
        ("/a%5cb", "holds a character that no address can hold"),
        ("/%FF", "holds bytes that are not UTF-8"),
        ("/\ud800", "holds bytes that are not UTF-8"),
        ("/a?b=c", "holds a `?` or `#`, and no page can lie at such an address"),
        ("/a#b", "holds a `?` or `#`, and no page can lie at such an address"),
        ("/" + "가" * 81, "is too long: a part has at most 240 bytes, and the whole 1,000"),
        ("/a" * 501, "is too long: a part has at most 240 bytes, and the whole 1,000"),
    ],
)
def test_an_old_address_outside_the_site_is_refused(written: str, reason: str) -> None:
    with pytest.raises(AddressError, match=re.escape(reason)):
        read_old_address(written)


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("/", ""),
        ("/new", "new/"),
        ("/new/#나누기", "new/#나누기"),
        ("/new/#a b", "new/#a%20b"),
        ("/search/?q=올빼미", "search/?q=올빼미"),
        ("/?q=x", "?q=x"),
        ("/paper.pdf", "paper.pdf"),
        ("https://a.example/가?x=1#y", "https://a.example/%EA%B0%80?x=1#y"),
        ("http://한글.example:8080/%41", "http://xn--bj0bj06e.example:8080/%41"),
        ("HTTPS://[::1]/", "https://[::1]/"),
    ],
)
def test_a_target_is_a_place_on_the_site_or_a_web_address(written: str, target: str) -> None:
    assert read_target(written) == target


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a/",
     "vbscript:x", "mailto:a@a.example", "//evil.example", "/\\evil.example", "https:///x", "https://", "https:x",
     "https://user:word@a.example/", "https://a.example/\n", "https://a b.example/", "https://a.example/\\x", "new/", "",
     "/../x", "/a%3Fb", "/a#\0", "https://[", "https://a.example:x/"],
)  # fmt: skip
def test_a_target_of_another_scheme_or_outside_the_site_is_refused(written: str) -> None:
    with pytest.raises(AddressError):
        read_target(written)


@given(st.text())
@example("/%")
@example("https://[::1]:")
def test_no_text_raises_another_error_and_every_result_is_within_the_site(written: str) -> None:
    for read in (read_old_address, read_target):
        try:
            found = read(written)
        except AddressError:
            continue
        if not found.startswith(("http://", "https://")):
            assert not found.startswith(("/", "\\"))
            assert ".." not in re.split("[?#]", found)[0].split("/")
        assert not re.search(r"[\x00-\x1f\s]", found) or read is read_old_address


@pytest.mark.parametrize("path", ["old/", "old.html", "old.HTM", "옛 글/", "a#b/", "v1.2/"])
def test_a_page_can_lie_at_a_folder_and_at_an_html_file(path: str) -> None:
    assert can_be_page(path)


@pytest.mark.parametrize(
    "path", ["", "feed.php", "rss.xml", "aux/", "a/NUL.html", "a:b/", "a*/", "what?/", "dot./", "space /"]
)
def test_no_page_can_lie_where_servers_or_windows_would_have_none(path: str) -> None:
    assert not can_be_page(path)


def test_only_a_file_of_the_same_ending_can_be_copied() -> None:
    assert can_be_copy("rss.xml", "feed.xml")
    assert not can_be_copy("feed.php", "feed.xml")
    assert not can_be_copy("old.html", "new.html")
    assert not can_be_copy("rss.xml", "https://a.example/feed.xml")
    assert not can_be_copy("rss.xml", None)
