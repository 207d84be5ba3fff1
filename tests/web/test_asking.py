"""Requests for addresses of other sites."""

import shutil
import socket
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from digest import __version__
from digest.web.answers import Answer, is_private
from digest.web.hosts import ask_all

from .site import BIG, Site, running_site


def asking(*urls: str, delay: float = 0.0, seconds: float = 60.0) -> Generator[tuple[str, Answer], None, None]:
    return ask_all(urls, delay=delay, is_refused=lambda _: False, seconds=seconds)


def ask(*urls: str, delay: float = 0.0, seconds: float = 60.0) -> dict[str, Answer]:
    return dict(asking(*urls, delay=delay, seconds=seconds))


def test_every_answer_of_a_server_has_a_meaning(site: Site) -> None:
    meanings = {
        "ok": Answer("good"),
        "204": Answer("good"),
        "404": Answer("broken", "answers 404"),
        "410": Answer("broken", "answers 410"),
        "500": Answer("broken", "answers 500"),
        "401": Answer("unsure", "answers 401: it wants a login"),
        "403": Answer("unsure", "answers 403: it refuses programs"),
        "429": Answer("unsure", "answers 429: it wants fewer requests"),
        "999": Answer("unsure", "answers 999: it refuses programs"),
        "reset": Answer("broken", "ends the connection"),
        "no-head-405": Answer("good"),
        "no-head-403": Answer("good"),
        "no-head-501": Answer("good"),
        "no-head-404": Answer("good"),
        "no-head-at-all": Answer("good"),
        "to-302-ok": Answer("good"),
        "to-302-404": Answer("broken", "answers 404"),
        "to-301-ok": Answer("moved", "moved for good", f"{site.url}/ok"),
        "to-308-to-301-ok": Answer("moved", "moved for good", f"{site.url}/ok"),
        "to-301-to-302-ok": Answer("good"),
        "to-301-404": Answer("broken", "answers 404"),
        "circle": Answer("broken", "redirects in a circle"),
        "chain-0": Answer("broken", "redirects more than 10 times"),
        "nonsense": Answer("broken", "redirects to no valid address"),
        "mail": Answer("unsure", "redirects to something that is no web page"),
    }
    answers = ask(*(f"{site.url}/{name}" for name in meanings))
    assert {url.rpartition("/")[2]: answer for url, answer in answers.items()} == meanings


def test_a_page_is_asked_for_by_head_and_by_get_only_if_head_fails(site: Site) -> None:
    ask(f"{site.url}/ok", f"{site.url}/no-head-405", f"{site.url}/410")
    assert site.asked == ["HEAD /ok", "HEAD /no-head-405", "GET /no-head-405", "HEAD /410"]


def test_a_redirect_in_raw_utf8_is_followed(site: Site) -> None:
    assert ask(f"{site.url}/hangul") == {f"{site.url}/hangul": Answer("good")}
    assert site.asked[-1] == "HEAD /%EA%B5%B4%EB%9A%9D"


def test_the_part_after_the_hash_is_not_sent(site: Site) -> None:
    assert ask(f"{site.url}/ok#part") == {f"{site.url}/ok#part": Answer("good")}
    assert site.asked == ["HEAD /ok"]


def test_requests_name_digest_and_send_no_cookie(site: Site) -> None:
    ask(f"{site.url}/ok", f"{site.url}/fine")
    assert [headers["User-Agent"] for headers in site.headers] == [f"digest/{__version__} (link checker)"] * 2
    assert not any("Cookie" in headers for headers in site.headers)


def test_a_large_page_is_not_read(site: Site) -> None:
    assert ask(f"{site.url}/big") == {f"{site.url}/big": Answer("good")}
    assert site.sent < BIG / 2


def test_a_server_that_is_too_slow_is_broken(site: Site) -> None:
    assert ask(f"{site.url}/slow", seconds=0.3) == {f"{site.url}/slow": Answer("broken", "does not answer in time")}


def test_a_host_without_a_server_is_broken() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert ask(url) == {url: Answer("broken", "cannot be reached")}


def test_a_name_that_no_host_has_and_a_wrong_address_are_broken() -> None:
    assert ask("http://no-such-host.invalid/", "http://[::1/") == {
        "http://no-such-host.invalid/": Answer("broken", "has no such host"),
        "http://[::1/": Answer("broken", "is no valid address"),
    }


def test_the_time_that_a_busy_host_names_is_waited_for(site: Site) -> None:
    assert ask(f"{site.url}/busy-once") == {f"{site.url}/busy-once": Answer("good")}
    assert site.times[1] - site.times[0] >= 1.0


def test_a_host_that_wants_too_much_time_is_not_asked_again(site: Site) -> None:
    answers = ask(f"{site.url}/busy-for-long", f"{site.url}/ok")
    assert {answer.state for answer in answers.values()} == {"unsure"}
    assert len(site.asked) == 1


def test_a_host_gets_one_request_at_a_time_also_by_redirects_and_others_do_not_wait_for_it(site: Site) -> None:
    with running_site() as other:
        slow = f"{other.url}/slow"
        redirected = [f"{other.url}/to-302-{number}" for number in range(200, 204)]
        mine = [f"{site.url}/p{number}" for number in range(10)]
        other.late_seconds = 60.0
        answered = []
        for url, _ in asking(slow, *redirected, *mine):
            answered.append(url)
            if len(answered) == len(mine):
                other.is_late.set()
        assert answered.index(slow) == len(mine)
        assert (site.most_at_once, other.most_at_once) == (1, 1)


def test_two_hosts_that_redirect_to_a_third_do_not_ask_it_at_once(site: Site) -> None:
    with running_site() as one, running_site() as two:
        site.target = f"{site.url}/slow"
        one.target = two.target = site.target
        ask(f"{one.url}/away", f"{two.url}/away")
        assert site.asked == ["HEAD /slow", "HEAD /slow"]
        assert site.most_at_once == 1


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_named(tmp_path: Path) -> None:
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=other.example"
    subprocess.run([*make.split(), "-keyout", "key", "-out", "cert"], cwd=tmp_path, check=True, capture_output=True)
    with running_site((tmp_path / "cert", tmp_path / "key")) as secure:
        (answer,) = ask(f"{secure.url}/ok").values()
    assert answer == Answer("broken", "has no valid certificate: self-signed certificate")


def test_between_two_requests_of_a_host_there_is_a_pause(site: Site) -> None:
    ask(f"{site.url}/a", f"{site.url}/no-head-405", delay=0.2)
    pauses = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert len(pauses) == 2
    assert min(pauses) >= 0.2


def test_no_further_request_is_made_once_the_caller_stops(site: Site) -> None:
    answers = asking(*(f"{site.url}/{n}x" for n in range(50)), delay=30.0)
    next(answers)
    answers.close()
    assert len(site.asked) == 1


def test_a_redirect_into_a_private_network_is_not_followed(site: Site) -> None:
    url = f"{site.url}/to-302-ok"
    assert dict(ask_all([url], delay=0)) == {url: Answer("unsure", "redirects into a private network")}
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.0.0.1:8000/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1/a",
        "http://169.254.169.254/latest",
        "http://intranet/",
        "http://printer.local/",
        "http://0.0.0.0/",
    ],
)
def test_an_address_of_a_private_network_is_told_apart(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize("url", ["https://example.org/", "http://1.1.1.1/", "https://local.example.com/"])
def test_a_public_address_is_not_private(url: str) -> None:
    assert not is_private(url)


@pytest.mark.parametrize("url", ["https://[x", "https://[x#y", "http://a.example]/#b"])
def test_an_address_that_cannot_be_read_is_broken_and_no_server_is_asked(url: str) -> None:
    assert not is_private(url)
    assert ask(url) == {url: Answer("broken", "is no valid address")}
