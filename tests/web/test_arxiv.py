"""Requests to the arXiv API: paced, repeated, limited, and to nobody else."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.utils import formatdate

import pytest

from digest import __version__
from digest.papers.atom import Feed, parse_feed
from digest.papers.record import Paper
from digest.web import arxiv
from digest.web.arxiv import ATTEMPTS, PAUSE, Arxiv, GarbledError, RefusedError, StoppedError, seconds_of, user_agent

from ..papers.api import FEED, Api, Clock, Handler, answers, fine, running_api

OWLS = {"search_query": 'ti:"Owls at Night"'}


@pytest.fixture
def api() -> Iterator[Api]:
    with running_api([Paper("2401.00002", "Owls at Night", authors=("Cara Lee", "Dan Oh"))]) as running:
        yield running


def asking(api: Api, clock: Clock | None = None, *, seconds: float = 60.0) -> Arxiv:
    clock = clock or Clock()
    return Arxiv("digest/test", api.url, seconds=seconds, clock=clock, sleep=clock.sleep)


def ask(api: Api, clock: Clock | None = None, *, seconds: float = 60.0) -> Feed:
    return asking(api, clock, seconds=seconds).ask(OWLS, parse_feed)


def test_an_answer_is_read(api: Api) -> None:
    assert [paper.id for paper in ask(api).papers] == ["2401.00002"]
    assert api.asked == [OWLS]


def test_between_two_requests_there_are_three_seconds(api: Api) -> None:
    clock = Clock()
    one = asking(api, clock)
    for _ in range(3):
        one.ask(OWLS, parse_feed)
        clock.now += 1.0  # reading the answer takes time too
    assert clock.slept == [0.0, PAUSE - 1, PAUSE - 1]
    assert PAUSE == 3.0
    assert api.most_at_once == 1


def test_requests_name_the_program_and_the_address_of_its_project(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(api)
    assert api.headers[0]["User-Agent"] == "digest/test"
    package = Message()
    monkeypatch.setattr(arxiv, "metadata", lambda _name: package)
    assert user_agent("https://birds.example/") == f"digest/{__version__} (+https://birds.example/)"
    assert user_agent() == f"digest/{__version__}"
    assert user_agent("https://birds.example/\r\nX: y") == f"digest/{__version__}"
    package["Project-URL"] = "Issues, https://a.example/issues"
    package["Project-URL"] = "Homepage, https://a.example/digest"
    assert user_agent("https://birds.example/") == f"digest/{__version__} (+https://a.example/digest)"


def test_a_busy_server_is_asked_again_after_pauses_that_double(api: Api) -> None:
    clock = Clock()
    api.faults = [answers(503), answers(500), answers(429, "Rate exceeded.")]
    assert len(ask(api, clock).papers) == 1
    assert clock.slept == [0.0, 3.0, 6.0, 12.0]


def test_the_time_that_arxiv_names_is_waited_for(api: Api) -> None:
    clock = Clock()
    api.faults = [answers(503, Retry_After="45"), answers(503, Retry_After="0")]
    ask(api, clock)
    assert clock.slept == [0.0, 45.0, 3.0]


def test_a_time_that_is_too_long_ends_the_run(api: Api) -> None:
    api.faults = [answers(503, Retry_After="3600")]
    with pytest.raises(StoppedError, match="60 minutes of quiet"):
        ask(api)
    assert len(api.asked) == 1


def test_a_server_that_stays_busy_ends_the_run(api: Api) -> None:
    api.faults = [answers(503)] * ATTEMPTS
    with pytest.raises(StoppedError, match="answers 503, also after 5 requests"):
        ask(api)
    assert len(api.asked) == ATTEMPTS


@pytest.mark.parametrize("content", ["", "Rate exceeded.", "<feed><entry>", "<html></html>", "<!DOCTYPE feed><feed/>"])
def test_an_answer_that_is_no_feed_is_asked_for_again(api: Api, content: str) -> None:
    api.faults = [answers(200, content)] * 2
    assert len(ask(api).papers) == 1
    api.faults = [answers(200, content)] * ATTEMPTS
    with pytest.raises(GarbledError, match="its answer cannot be read"):
        ask(api)


def test_a_question_that_arxiv_refuses_is_not_asked_again(api: Api) -> None:
    api.faults = [answers(400)]
    with pytest.raises(RefusedError, match="it answers 400"):
        ask(api)
    assert len(api.asked) == 1


def test_a_server_that_is_too_slow_is_asked_again(api: Api) -> None:
    def sleepy(handler: Handler) -> bool:
        time.sleep(3)
        handler.close_connection = True
        return True

    api.faults = [sleepy, fine]
    assert len(ask(api, seconds=1.0).papers) == 1


def test_an_answer_that_drips_is_given_up(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()

    def drip(handler: Handler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "4")
        handler.end_headers()
        for _ in range(4):
            clock.now += 50.0
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.02)
        return True

    api.faults = [drip, fine]
    assert len(ask(api, clock).papers) == 1
    assert len(api.asked) == 2


def test_a_connection_that_ends_early_is_made_again(api: Api) -> None:
    def cut(handler: Handler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(FEED[:100].encode())
        handler.close_connection = True
        return True

    def hang_up(handler: Handler) -> bool:
        handler.close_connection = True
        return True

    api.faults = [cut, hang_up]
    assert len(ask(api).papers) == 1
    assert len(api.asked) == 3


def test_an_answer_that_is_too_large_is_not_read_to_its_end(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv, "LARGEST", 1000)
    api.faults = [answers(200, "a" * 100_000)]
    with pytest.raises(RefusedError, match="too large"):
        ask(api)


def test_a_redirect_to_another_host_is_not_followed(api: Api) -> None:
    with running_api() as other:
        api.faults = [answers(302, Location=other.url)]
        with pytest.raises(RefusedError, match="redirects to another host"):
            ask(api)
        assert other.asked == []


def test_a_redirect_on_the_same_host_is_followed(api: Api) -> None:
    api.faults = [answers(301, Location=f"{api.url}?search_query=ti:%22Owls+at+Night%22")]
    assert len(ask(api).papers) == 1


def test_a_circle_of_redirects_ends(api: Api) -> None:
    api.faults = [answers(302, Location=f"{api.url}?a={number}") for number in range(20)]
    with pytest.raises(RefusedError, match="answers 302"):
        ask(api)
    assert len(api.asked) < 10


@contextmanager
def closed_port() -> Iterator[str]:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{unused.getsockname()[1]}/"


def test_without_a_network_the_first_request_says_so_and_is_the_only_one() -> None:
    clock = Clock()
    with (
        closed_port() as url,
        pytest.raises(StoppedError, match=r"cannot be reached \(Connection refused\); is this machine"),
    ):
        Arxiv("digest/test", url, clock=clock, sleep=clock.sleep).ask(OWLS, parse_feed)
    unknown = Arxiv("digest/test", "https://no-such-host.invalid/", clock=clock, sleep=clock.sleep)
    with pytest.raises(StoppedError, match=r"no-such-host.invalid cannot be reached \(no such host is known\)"):
        unknown.ask(OWLS, parse_feed)
    assert unknown.requests == 1


def test_a_network_that_goes_away_is_waited_for() -> None:
    clock = Clock()
    with running_api() as api:
        one = asking(api, clock)
        one.ask(OWLS, parse_feed)
    with pytest.raises(StoppedError, match="cannot be reached, also after 5 requests"):
        one.ask(OWLS, parse_feed)


def test_the_time_of_a_retry_may_be_a_date() -> None:
    assert seconds_of("120", 0.0) == 120.0
    assert seconds_of(formatdate(1_000_090, usegmt=True), 1_000_000.0) == 90.0
    assert seconds_of(formatdate(999_000, usegmt=True), 1_000_000.0) == 0.0
    assert [seconds_of(text, 0.0) for text in ("", "soon", "-1", "Fri, 99 Foo")] == [None] * 4
