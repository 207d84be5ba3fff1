"""Requests as bytes: strange, broken and hostile ones get a short answer and no file that is not of the site."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..project import DAY, write_project
from .conftest import Served

CLIP = b"0123456789"
SAFE = (
    b"x-content-type-options: nosniff",
    b"cross-origin-resource-policy: same-origin",
    b"x-frame-options: sameorigin",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("requests")
    write_project(base, {"secret.txt": "not part of the site", "outside/secret.txt": "not part of the site"})
    return write_project(
        base / "project",
        {
            "digest.yaml": "base_url: https://digest.example/repo/\n",
            "notes/2024-03-19.txt": DAY.replace("#llm", "#llm #한글"),
            "public/clip.mp4": CLIP,
            "public/empty.txt": "",
            "public/large.bin": os.urandom(3_000_000),
            "secret.txt": "not part of the site",
        },
    )


@pytest.fixture(scope="module")
def served(project: Path) -> Iterator[Served]:
    with Served(project) as served:
        yield served


def ask(served: Served, path: str, *headers: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Send a request whose target is exactly `path`; return status, headers and content."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1:PORT", "Connection: close", *headers, "", ""]
    return parse(served.send("\r\n".join(lines).encode("latin-1")))


def parse(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, content = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers, content


@pytest.mark.parametrize(
    "path",
    [
        "/repo/../secret.txt",
        "/repo/%2e%2e/secret.txt",
        "/repo/%2E%2E%2Fsecret.txt",
        "/repo/..%2f..%2fsecret.txt",
        "/repo/%252e%252e/secret.txt",
        "/repo/..%255csecret.txt",
        "/repo/..%5csecret.txt",
        "/repo/..\\secret.txt",
        "/repo/.%00./secret.txt",
        "/repo/clip.mp4%00.html",
        "/repo/%c0%ae%c0%ae/secret.txt",
        "/repo/%c0%ae%c0%ae%c0%afsecret.txt",
        "/repo/%e0%80%ae%e0%80%ae/secret.txt",
        "/repo/%uff0e%uff0e/secret.txt",
        "/repo/%ef%bc%8e%ef%bc%8e/secret.txt",
        "/repo//etc/passwd",
        "/repo/%2fetc/passwd",
        "/repo/file:///etc/passwd",
        "/repo/C:/Windows/win.ini",
        "/repo/C:%5cWindows%5cwin.ini",
        "/repo/%5c%5cserver%5cshare",
        "/repo/public/clip.mp4",
        "/repo/clip.mp4/../../secret.txt",
        "/repo/clip.mp4/",
        "/repo/clip.mp4::$DATA",
        "/repo/files/../../secret.txt",
        "/repo/files/%2e%2e/secret.txt",
        "/repo/search/../../secret.txt",
        "/repo/static/%2e%2e/%2e%2e/secret.txt",
        "/repo/notes/2024-03-19.txt",
        "/repo/.digest/preview/cache.sqlite",
        "/repo/digest.yaml",
        "/secret.txt",
        "//127.0.0.1/secret.txt",
        "/_digest/../secret.txt",
        "/_digest/%2e%2e/secret.txt",
        "/%",
        "/repo/%zz",
        "/repo/" + "a/" * 4000,
        "/repo/" + "%2e%2e/" * 2000 + "etc/passwd",
        "*",
        "secret.txt",
    ],
)
def test_no_spelling_of_a_path_leads_out_of_the_site(served: Served, path: str) -> None:
    status, _, content = ask(served, path)
    assert status in (400, 404, 421)
    assert b"not part of the site" not in content
    assert b"root:" not in content


def test_a_public_file_that_becomes_a_link_out_of_the_project_is_not_sent(served: Served, project: Path) -> None:
    for target in ("../../secret.txt", "../../outside/secret.txt", "/dev/zero", "/dev/stdin"):
        link = project / "public" / "clip.mp4"
        link.unlink()
        link.symlink_to(target)
        status, _, content = ask(served, "/repo/clip.mp4")
        assert status == 404
        assert b"not part of the site" not in content
    link.unlink()
    os.mkfifo(link)
    assert ask(served, "/repo/clip.mp4")[0] == 404
    link.unlink()
    link.write_bytes(CLIP)
    served.wait_until("/repo/clip.mp4", CLIP)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:PORT", 200),
        ("localhost:PORT", 200),
        ("LocalHost:PORT", 200),
        ("[::1]:PORT", 200),
        ("127.0.0.1", 421),
        ("localhost", 421),
        ("localhost:1", 421),
        ("digest.example", 421),
        ("digest.example:PORT", 421),
        ("127.0.0.1.digest.example:PORT", 421),
        ("localhost.digest.example:PORT", 421),
        ("192.168.0.9:PORT", 421),
        ("0.0.0.0:PORT", 421),
        ("127.0.0.1:PORT@digest.example", 421),
        ("digest.example:80#127.0.0.1:PORT", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_only_the_names_of_this_machine_are_answered(served: Served, host: str, status: int) -> None:
    request = f"GET /repo/2024/03/19/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    found, _, content = parse(served.send(request.encode()))
    assert found == status
    assert (b"Grok" in content) == (status == 200)
    if status == 421:
        assert f"Open http://127.0.0.1:{served.port}/ instead.".encode() in content


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /repo/ HTTP/1.0\r\n\r\n", 421),
        (b"GET /repo/ HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nHost: digest.example\r\n\r\n", 400),
        (b"GET http://localhost:PORT/repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n", 200),
        (b"GET http://digest.example/repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n", 421),
        (b"GET /repo/ HTTP/9.9\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n", 505),
        (b"GET /\xed\x95\x9c HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n", 400),
        (b"GET /repo/ HTTP/1.1\r\nHost : localhost:PORT\r\n\r\n", 400),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nA: " + b"a" * 200_000 + b"\r\n\r\n", 400),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 400),
        (b"GET /repo/ HTTP/1.1\r\nHost: localhost:PORT\r\n" + b"A: a\r\n" * 40_000 + b"\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"\x00" * 100_000, 400),
        (
            b"GET /repo/2024/03/19/ HTTP/1.1\r\nHost: localhost:PORT\r\nUpgrade: websocket\r\n"
            b"Connection: upgrade, close\r\n\r\n",
            200,
        ),
    ],
)
def test_broken_requests_get_a_short_answer(served: Served, request_bytes: bytes, status: int) -> None:
    answer = served.send(request_bytes)
    found, headers, content = parse(answer)
    assert found == status
    assert all(header in answer.lower() for header in SAFE)
    if status != 200:
        assert (headers["content-type"], content.count(b"\n")) == ("text/plain; charset=utf-8", 1)
        assert len(content) < 120


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"])
def test_other_methods_are_refused_with_those_that_are_allowed(served: Served, method: str) -> None:
    for path in ("/repo/", "/repo/clip.mp4", "/_digest/events", "/nowhere"):
        status, headers, content = ask(served, path, method=method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")
        assert headers["x-content-type-options"] == "nosniff"
        assert content == b"This server only answers GET and HEAD.\n"


def test_a_broken_body_of_a_refused_request_only_ends_its_connection(served: Served) -> None:
    head = b"POST /repo/ HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert served.send(head + b"no chunk").startswith(b"HTTP/1.1 4")
    assert served.get("/repo/")[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ((), 200),
        (("Origin: http://127.0.0.1:PORT",), 200),
        (("Origin: http://localhost:PORT", "Sec-Fetch-Site: same-origin"), 200),
        (("Sec-Fetch-Site: none",), 200),
        (("Origin: http://localhost:1",), 403),
        (("Origin: https://digest.example",), 403),
        (("Origin: null",), 403),
        (("Sec-Fetch-Site: cross-site",), 403),
        (("Sec-Fetch-Site: same-site",), 403),
    ],
)
def test_only_pages_of_the_server_listen_to_its_changes(served: Served, headers: tuple[str, ...], status: int) -> None:
    assert ask(served, "/_digest/events", *headers, method="HEAD")[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "/repo/",
        "/repo/2024/03/19/",
        "/repo/feed.xml",
        "/repo/data/entries.json",
        "/repo/search/index.json",
        "/repo/clip.mp4",
        "/repo/empty.txt",
        "/repo/large.bin",
        "/repo/nowhere/",
        "/repo/2024/03/19",
        "/_digest/live.css",
    ],
)
def test_head_has_the_headers_of_get_and_no_content(served: Served, path: str) -> None:
    status, headers, content = ask(served, path)
    assert int(headers["content-length"]) == len(content)
    same, head, nothing = ask(served, path, method="HEAD")
    for each in (headers, head):
        each.pop("date")
    assert (same, head, nothing) == (status, headers, b"")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/repo/2024/03/19", "/repo/2024/03/19/"),
        ("/repo/2024/03/19?a=1&b=%2F#c", "/repo/2024/03/19/?a=1&b=%2F#c"),
        ("/repo/tags/%ED%95%9C%EA%B8%80?x", "/repo/tags/%ED%95%9C%EA%B8%80/?x"),
        ("/?q=a", "/repo/?q=a"),
        ("/repo", "/repo/"),
        ("/repo/2024/03/19?next=//digest.example", "/repo/2024/03/19/?next=//digest.example"),
    ],
)
def test_a_redirect_keeps_the_query_and_stays_on_the_server(served: Served, path: str, location: str) -> None:
    status, headers, _ = ask(served, path)
    assert (status, headers["location"]) == (307, location)


@pytest.mark.parametrize(
    "path", ["//digest.example", "//digest.example/%2e%2e", "/%5cdigest.example", "/repo/%0d%0aX: y"]
)
def test_no_redirect_leads_to_another_server(served: Served, path: str) -> None:
    status, headers, _ = ask(served, path)
    assert (status, "location" in headers, "x" in headers) in ((404, False, False), (400, False, False))


@pytest.mark.parametrize("path", ["/repo/2024/03/19/", "/repo/clip.mp4", "/repo/search/index.json"])
def test_parts_of_pages_and_files_are_sent(served: Served, path: str) -> None:
    _, whole, content = ask(served, path)
    assert whole["accept-ranges"] == "bytes"
    tag, size = whole["etag"], len(content)
    for wanted, start, end in (
        ("2-4", 2, 5),
        ("-3", size - 3, size),
        (f"{size - 1}-", size - 1, size),
        ("0-", 0, size),
    ):
        status, headers, part = ask(served, path, f"Range: bytes={wanted}", f"If-Range: {tag}")
        assert (status, headers["content-range"]) == (206, f"bytes {start}-{end - 1}/{size}")
        assert (headers["etag"], part, int(headers["content-length"])) == (tag, content[start:end], end - start)
    for headers_sent in (("Range: bytes=0-1,3-4",), ("Range: bytes=0-1", 'If-Range: "another"')):
        assert ask(served, path, *headers_sent)[::2] == (200, content)
    status, headers, _ = ask(served, path, f"Range: bytes={size}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{size}")
    assert ask(served, path, "Range: bytes=0-1", method="HEAD")[0] == 200
    assert ask(served, path, "Range: bytes=0-1", f"If-None-Match: {tag}")[0] == 304


def test_large_parts_are_whole(served: Served, project: Path) -> None:
    content = (project / "public/large.bin").read_bytes()
    assert ask(served, "/repo/large.bin")[2] == content
    assert ask(served, "/repo/large.bin", "Range: bytes=1000-2500000")[2] == content[1000:2_500_001]


def test_what_a_client_has_is_not_sent_again(served: Served) -> None:
    for path in ("/repo/2024/03/19/", "/repo/clip.mp4"):
        _, headers, _ = ask(served, path)
        for known in (headers["etag"], f"W/{headers['etag']}", f'"x", {headers["etag"]}', "*"):
            status, same, content = ask(served, path, f"If-None-Match: {known}")
            assert (status, same["etag"], content) == (304, headers["etag"], b"")
        assert ask(served, path, 'If-Match: "x"')[0] == 412
        assert ask(served, path, 'If-None-Match: "x"')[0] == 200
    changed = ask(served, "/repo/clip.mp4")[1]["last-modified"]
    assert ask(served, "/repo/clip.mp4", f"If-Modified-Since: {changed}")[0] == 304
    assert ask(served, "/repo/clip.mp4", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT")[0] == 200
    assert ask(served, "/repo/nowhere/", "If-None-Match: *")[0] == 404


def test_nothing_of_all_this_is_printed(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"notes/2024-03-19.txt": DAY})
    with Served(project) as served:
        ask(served, "/repo/", method="POST")
        served.send(b"nothing\r\n\r\n")
        served.stop()
        assert served.stderr.read() == ""
