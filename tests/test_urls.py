"""URLs and arXiv ids in plain text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.urls import arxiv_id, find_arxiv_ids, find_urls, is_matched


def urls(text: str) -> list[str]:
    return [url for _, _, url in find_urls(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://arxiv.org/abs/2112.07804에서 나온", ["https://arxiv.org/abs/2112.07804"]),
        ("https://example.com은 좋다", ["https://example.com"]),
        ("https://ko.wikipedia.org/wiki/딥러닝", ["https://ko.wikipedia.org/wiki/딥러닝"]),
        ("https://ko.wikipedia.org/wiki/딥러닝에서", ["https://ko.wikipedia.org/wiki/딥러닝에서"]),
        ("https://ko.wikipedia.org/wiki/기계_학습/역사 참조", ["https://ko.wikipedia.org/wiki/기계_학습/역사"]),
        ("https://example.com/?q=한글&b=1", ["https://example.com/?q=한글&b=1"]),
        ("https://example.com/blog/에서 공개", ["https://example.com/blog/"]),
        ("https://example.com/blog/에세이", ["https://example.com/blog/에세이"]),
        ("https://example.com/이미지 참조", ["https://example.com/이미지"]),
        ("https://한국.example/", ["https://한국.example/"]),
    ],
)
def test_a_glued_particle_is_outside_and_hangul_in_a_path_is_inside(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(https://arxiv.org/abs/2305.10403)", ["https://arxiv.org/abs/2305.10403"]),
        (
            "(https://en.wikipedia.org/wiki/Attention_(machine_learning))를",
            ["https://en.wikipedia.org/wiki/Attention_(machine_learning)"],
        ),
        ("[https://a.example/x](https://b.example/y)", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/?c[0]=1 그리고", ["https://a.example/?c[0]=1"]),
        ("“https://a.example/x”, 「https://b.example」", ["https://a.example/x", "https://b.example"]),
        ("<https://a.example/x>", ["https://a.example/x"]),
        ("**https://a.example/x**", ["https://a.example/x"]),
        ("https://a.example/x.html. 다음.", ["https://a.example/x.html"]),
        ("https://a.example/x?!…", ["https://a.example/x"]),
        ("https://a.example/x,https://b.example/y", ["https://a.example/x,https://b.example/y"]),
    ],
)
def test_brackets_and_punctuation_around_a_url_stay_outside(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "http:// a",
        "https://",
        "xhttps://a.example",
        "www.a.example",
        "data:text/html,x",
        "file:///etc/passwd",
        "http",
        "mailto:",
        "https://)",
    ],
)
def test_only_http_https_and_mailto_are_urls(text: str) -> None:
    assert urls(text) == []


def test_mail_addresses_are_found_by_their_scheme() -> None:
    assert urls("문의는 mailto:kim@a.example.org로.") == ["mailto:kim@a.example.org"]


@given(
    st.text()
    | st.lists(st.sampled_from(["https://", "mailto:", "a.example", "/", "딥", "를", ")", "(", "[", ".", " "])).map(
        "".join
    )
)
def test_every_url_is_the_text_between_its_ends_and_no_two_overlap(text: str) -> None:
    last = 0
    for start, end, url in find_urls(text):
        assert last <= start < end
        assert text[start:end] == url
        assert url.lower().startswith(("http://", "https://", "mailto:"))
        last = end


@given(st.sampled_from(["https://a.example/wiki/딥러닝 참조", "https://a.example/x에서 본", "https://a.example/x/를"]))
def test_decomposed_text_has_the_same_urls(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", url) for url in urls(decomposed)] == urls(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://arxiv.org/abs/2305.10403", "2305.10403"),
        ("http://arxiv.org/abs/1706.03762v5", "1706.03762"),
        ("https://www.arxiv.org/pdf/2305.10403v2.pdf", "2305.10403"),
        ("https://arxiv.org/pdf/2305.10403", "2305.10403"),
        ("https://arxiv.org/html/2305.10403v1/#S3", "2305.10403"),
        ("https://export.arxiv.org/abs/0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/2206.09557?fbclid=x", "2206.09557"),
        ("https://ar5iv.labs.arxiv.org/html/2305.10403", "2305.10403"),
        ("https://ar5iv.org/abs/2305.10403", "2305.10403"),
        ("https://huggingface.co/papers/2305.10403", "2305.10403"),
        ("https://arxiv.org/abs/cs/0112017", "cs/0112017"),
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/2313.10403", None),
        ("https://arxiv.org/list/cs.CL/new", None),
        ("https://example.com/?u=https://arxiv.org/abs/2305.10403", None),
        ("https://notarxiv.org/abs/2305.10403", None),
        ("https://arxiv.org.example/abs/2305.10403", None),
    ],
)
def test_the_arxiv_id_of_an_address(url: str, expected: str | None) -> None:
    assert arxiv_id(url) == expected


def test_arxiv_ids_come_once_each_in_order_of_first_mention() -> None:
    text = "arXiv:2305.10403v2 다음 (https://arxiv.org/abs/1706.03762) 또 https://arxiv.org/pdf/2305.10403과 arxiv: cs/0112017."
    assert find_arxiv_ids(text) == ("2305.10403", "1706.03762", "cs/0112017")


def test_a_number_that_only_looks_like_an_arxiv_id_is_not_found() -> None:
    assert find_arxiv_ids("버전 2305.10403과 3.14, arxiv에 올라온 2305.1") == ()


@pytest.mark.parametrize(
    ("url", "pattern", "matched"),
    [
        ("https://a.example/x", "a.example", True),
        ("https://A.example/x", "*.EXAMPLE", True),
        ("https://a.example/x", "https://a.example/*", True),
        ("https://a.example/x", "b.example", False),
        ("https://[x", "a.example", False),
        ("https://[x", "https://*", True),
    ],
)
def test_a_pattern_matches_an_address_or_its_host(url: str, pattern: str, matched: bool) -> None:
    assert is_matched(url, [pattern]) is matched
