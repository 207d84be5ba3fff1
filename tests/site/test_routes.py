"""The URL scheme."""

import datetime as dt

import pytest

from digest.site import routes

DAY = dt.date(2024, 3, 9)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (routes.HOME, ""),
        (routes.year(2024), "2024/"),
        (routes.year(987), "0987/"),
        (routes.month(DAY), "2024/03/"),
        (routes.day(DAY), "2024/03/09/"),
        (routes.week(DAY), "2024/w10/"),
        (routes.week(dt.date(2024, 12, 30)), "2025/w01/"),
        (routes.week(dt.date(2021, 1, 3)), "2020/w53/"),
        (routes.week(dt.date(987, 6, 1)), "0987/w22/"),
        (routes.entry(DAY, "grok-1"), "2024/03/09/grok-1/"),
        (routes.entry_markdown(routes.entry(DAY, "grok-1")), "2024/03/09/grok-1/index.md"),
        (routes.tag("추론/양자화"), "tags/추론/양자화/"),
        (routes.tag("llm", 3), "tags/llm/page/3/"),
        (routes.tag_feed("llm"), "tags/llm/feed.xml"),
        (routes.kind("paper"), "kinds/paper/"),
        (routes.kind("paper", 1), "kinds/paper/page/1/"),
        (routes.kind("aux"), "kinds/aux_/"),
        (routes.kind("aux", 2), "kinds/aux_/page/2/"),
    ],
)
def test_addresses_follow_the_url_scheme(path: str, address: str) -> None:
    assert path == address


def test_a_page_is_an_index_file_and_any_other_path_is_a_file() -> None:
    assert routes.file_of("") == "index.html"
    assert routes.file_of("2024/03/") == "2024/03/index.html"
    assert routes.file_of("404.html") == "404.html"


def test_links_start_at_the_root_and_keep_hangul() -> None:
    assert routes.address("/repo/", "tags/추론/") == "/repo/tags/추론/"


def test_absolute_addresses_are_percent_encoded() -> None:
    assert routes.absolute("https://a.example/repo/", "tags/추론/") == "https://a.example/repo/tags/%EC%B6%94%EB%A1%A0/"
