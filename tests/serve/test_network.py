"""`digest serve` for other machines in the network, and in the author's browser."""

import socket
import sys
import time
from pathlib import Path

import pytest

from digest.serve import server
from digest.serve.guard import Names

from ..program import PATIENCE_SECONDS, call
from ..project import write_project
from .conftest import Serve

HOSTS = [
    # listening at, name given by the user, `Host`, whether it is answered
    ("127.0.0.1", "", "127.0.0.1:8000", True),
    ("127.0.0.1", "", "localhost:8000", True),
    ("127.0.0.1", "", "192.168.0.9:8000", False),
    ("127.0.0.1", "", "digest.example:8000", False),
    ("192.168.0.9", "", "192.168.0.9:8000", True),
    ("192.168.0.9", "", "127.0.0.1:8000", True),
    ("192.168.0.9", "", "192.168.0.7:8000", False),
    ("192.168.0.9", "", "digest.example:8000", False),
    ("192.168.0.9", "Desk.example", "desk.example:8000", True),
    ("192.168.0.9", "desk.example", "desk.example:8001", False),
    ("0.0.0.0", "", "192.168.0.9:8000", True),
    ("0.0.0.0", "", "192.168.0.9:8001", False),
    ("0.0.0.0", "", "192.168.0.9", False),
    ("0.0.0.0", "", "[fe80::1]:8000", True),
    ("0.0.0.0", "", "fe80::1:8000", False),
    ("0.0.0.0", "", "[192.168.0.9]:8000", False),
    ("0.0.0.0", "", "digest.example:8000", False),
    ("0.0.0.0", "", "192.168.0.9.digest.example:8000", False),
    ("0.0.0.0", "", "", False),
    ("0.0.0.0", "", f"{socket.gethostname().lower()}:8000", True),
    ("0.0.0.0", "", f"{socket.gethostname().lower()}.local:8000", True),
    ("::", "", "[::1]:8000", True),
    ("::", "", "[fe80::1]:8000", True),
    ("fe80::1", "", "[fe80::1]:8000", True),
    ("fe80::1", "", "[fe80::2]:8000", False),
]


@pytest.mark.parametrize(("address", "given", "host", "answered"), HOSTS)
def test_a_server_for_the_network_answers_under_addresses_and_its_own_names(
    address: str, given: str, host: str, answered: bool
) -> None:
    assert (host in Names(address, 8000, given)) == answered


@pytest.mark.parametrize(("host", "answered"), [("192.168.0.9", True), ("192.168.0.9:80", True), ("[fe80::1]", True)])
def test_the_usual_port_may_be_left_out(host: str, answered: bool) -> None:
    assert (host in Names("0.0.0.0", 80)) == answered


@pytest.mark.parametrize(
    ("host", "is_public", "address"),
    [
        (None, False, "http://127.0.0.1:"),
        ("localhost", False, "http://"),
        ("127.0.0.1", False, "http://127.0.0.1:"),
        ("0.0.0.0", True, "http://127.0.0.1:"),
    ],
)
def test_only_a_server_that_others_can_reach_is_public(host: str | None, is_public: bool, address: str) -> None:
    with server.open_socket(None, host) as listener:
        assert server.is_public(listener) == is_public
        assert server.address_of(listener).startswith(address)


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("nowhere.invalid", "`nowhere.invalid` is no address and no known name"),
        ("203.0.113.7", "`203.0.113.7` is no address of this machine"),
    ],
)
def test_a_host_that_is_no_address_of_this_machine_is_named(project: Path, host: str, message: str) -> None:
    refused = call("-C", str(project), "serve", "--host", host)
    assert (refused.returncode, refused.stderr) == (2, f"digest: {message}\n")


def test_a_server_for_the_network_warns_and_answers_under_addresses(serve: Serve) -> None:
    served = serve("--host", "0.0.0.0")
    warning = served.told[0]
    assert warning.startswith("warning: other machines can open this site, with everything that it shows")
    assert "0.0.0.0" not in warning
    for host, status in (("192.168.0.9", b"200"), ("digest.example", b"421")):
        request = f"GET /repo/ HTTP/1.1\r\nHost: {host}:PORT\r\nConnection: close\r\n\r\n"
        assert served.send(request.encode()).split(b" ")[1] == status


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_the_browser_opens_when_the_site_is_there(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        write_project(
            tmp_path, {"browser.sh": '#!/bin/sh\nprintf %s "$1" > "$0.opened"\nwhile [ -e "$0" ]; do sleep 0.1; done\n'}
        )
        / "browser.sh"
    )
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{script} %s")
    served = serve("--open")
    opened, end = tmp_path / "browser.sh.opened", time.monotonic() + PATIENCE_SECONDS
    while not (opened.exists() and opened.read_text("utf-8")):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert opened.read_text("utf-8") == f"http://127.0.0.1:{served.port}/repo/"
    assert served.stop() == 0  # whether or not the browser has ended
    script.unlink()


def test_a_machine_without_a_browser_says_so(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve("--open", before="import webbrowser; webbrowser.open = lambda address: False")
    assert served.stderr.readline() == "no browser could be opened; open the address yourself\n"


def test_a_slow_start_tells_how_far_it_has_come(serve: Serve) -> None:
    stage, address = serve(before="progress.SLOW_SECONDS = 0").told
    assert stage == "read 1\n"
    assert "1 entry in " in address


def test_a_second_site_is_served_and_follows_its_own_settings(project: Path, serve: Serve) -> None:
    write_project(project, {"digest.en.yaml": "title: Records\nlanguage: en\n"})
    first, second = serve(), serve("--config", str(project / "digest.en.yaml"))
    second.wait_until("/", b"<title>Records</title>")
    write_project(project, {"digest.en.yaml": "title: Annals\nlanguage: en\n"})
    second.wait_until("/", b"<title>Annals</title>")
    assert "기록".encode() in first.get("/repo/")[2]
    write_project(project, {"digest.en.yaml": "titel: Annals\n"})
    with second.events() as events:
        while not (problems := next(events)["shown"]):
            pass
    assert problems[0]["place"] == "digest.en.yaml:1:1"
