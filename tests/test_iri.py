"""Addresses in ASCII, as feeds, sitemaps and servers demand them."""

import pytest

from digest.iri import ascii_address, host_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("https://a.example/가 나/%20", "https://a.example/%EA%B0%80%20%EB%82%98/%20"),
        ("http://한글.example:8080/", "http://xn--bj0bj06e.example:8080/"),
        ("https://user@한글.example/한글", "https://user@xn--bj0bj06e.example/%ED%95%9C%EA%B8%80"),
        ("https://한글.example", "https://xn--bj0bj06e.example"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://ＡＢＣ.example/", "https://abc.example/"),
        ("https://[::1]:80/가", "https://[::1]:80/%EA%B0%80"),
        ("https://가..example/", "https://%EA%B0%80..example/"),
        ("https://[가", "https://[%EA%B0%80"),
        ("mailto:a@a.example", "mailto:a@a.example"),
    ],
)
def test_an_address_in_ascii_has_its_host_as_browsers_ask_for_it(url: str, expected: str) -> None:
    assert ascii_address(url) == expected
    assert ascii_address(expected) == expected


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://A.example:80/x", "a.example"),
        ("https://user:word@a.example/", "a.example"),
        ("http://[::1]:80/", "::1"),
        ("https://[x#y", ""),
        ("mailto:a@a.example", ""),
        ("/x", ""),
    ],
)
def test_the_host_of_an_address_is_without_user_and_port(url: str, host: str) -> None:
    assert host_of(url) == host
