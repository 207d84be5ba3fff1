"""Conditions and parts of requests, as RFC 9110 defines them."""

import pytest

from digest.serve.conditions import Part, Version, failed_condition, wanted_part

VERSION = Version('"a"', 1_700_000_000)
THEN, BEFORE, AFTER = (
    "Tue, 14 Nov 2023 22:13:20 GMT",
    "Tue, 14 Nov 2023 22:13:19 GMT",
    "Tue, 14 Nov 2023 22:13:21 GMT",
)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None),
        ({"if-none-match": '"a"'}, 304),
        ({"if-none-match": 'W/"a"'}, 304),
        ({"if-none-match": '"b", W/"c","a"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"b"'}, None),
        ({"if-none-match": "a"}, None),
        ({"if-none-match": '"a'}, None),
        ({"if-none-match": ""}, None),
        ({"if-none-match": '"b"', "if-modified-since": AFTER}, None),
        ({"if-modified-since": THEN}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-modified-since": BEFORE}, None),
        ({"if-modified-since": "Tuesday, 14-Nov-23 22:13:20 GMT"}, 304),
        ({"if-modified-since": "yesterday"}, None),
        ({"if-modified-since": "Tue, 99 Nov 99999 22:13:20 GMT"}, None),
        ({"if-match": '"a"'}, None),
        ({"if-match": "*"}, None),
        ({"if-match": 'W/"a"'}, 412),
        ({"if-match": '"b"'}, 412),
        ({"if-match": '"a"', "if-unmodified-since": BEFORE}, None),
        ({"if-unmodified-since": THEN}, None),
        ({"if-unmodified-since": BEFORE}, 412),
        ({"if-match": '"b"', "if-none-match": '"a"'}, 412),
    ],
)
def test_a_condition_keeps_a_file_from_being_sent(headers: dict[str, str], status: int | None) -> None:
    assert failed_condition(headers, VERSION) == status


def test_a_date_is_no_condition_for_a_file_without_one() -> None:
    undated = Version('"a"')
    assert failed_condition({"if-modified-since": AFTER}, undated) is None
    assert failed_condition({"if-unmodified-since": BEFORE}, undated) is None
    assert wanted_part({"range": "bytes=0-1", "if-range": THEN}, undated, 10) is None


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", Part(0, 1)),
        ("bytes=2-4", Part(2, 5)),
        ("bytes=2-", Part(2, 10)),
        ("bytes=9-99", Part(9, 10)),
        ("bytes=-3", Part(7, 10)),
        ("bytes=-99", Part(0, 10)),
        ("Bytes= 2-4 ", Part(2, 5)),
        ("bytes=4-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=+1-2", None),
        ("bytes=1-2-3", None),
        ("bytes=\u0661-2", None),
        ("lines=1-2", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("", None),
    ],
)
def test_a_part_is_sent_if_exactly_one_is_wanted(wanted: str, part: Part | None) -> None:
    assert wanted_part({"range": wanted}, VERSION, 10) == part


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999-"])
def test_a_part_that_a_file_does_not_have_is_refused(wanted: str) -> None:
    with pytest.raises(ValueError, match="no byte of 10"):
        wanted_part({"range": wanted}, VERSION, 10)
    with pytest.raises(ValueError, match="no byte of 0"):
        wanted_part({"range": wanted}, VERSION, 0)


@pytest.mark.parametrize(
    ("if_range", "part"),
    [
        ('"a"', Part(0, 1)),
        ('W/"a"', None),
        ('"b"', None),
        (THEN, Part(0, 1)),
        (BEFORE, None),
        (AFTER, None),
        ("*", None),
        ("", None),
    ],
)
def test_a_part_of_another_version_is_not_sent(if_range: str, part: Part | None) -> None:
    assert wanted_part({"range": "bytes=0-0", "if-range": if_range}, VERSION, 10) == part
