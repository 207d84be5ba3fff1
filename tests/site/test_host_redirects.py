"""The files that tell servers of redirects: read by small readers of each format, and by the servers if they are here."""

import contextlib
import http.client
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest

from digest.addresses.old import OldAddress
from digest.site.host_redirects import (
    LONGEST_LINE,
    MOST_LINES,
    HostRedirect,
    fit_netlify,
    list_redirects,
    write_redirects,
)

OLD = (
    OldAddress("2024/03/19/old/", "2024/03/19/new/"),
    OldAddress("tags/mt/", "tags/nmt/"),
    OldAddress("tags/mt/feed.xml", "tags/nmt/feed.xml"),
    OldAddress("About/", "about/"),
    OldAddress("옛 글/", "2024/03/19/새-글/#나누기"),
    OldAddress("old.html", "https://other.example/%EA%B0%80?x=$1&y={2}#z"),
    OldAddress('odd "name" {$x} `y` ;#~^*:+(1)[2].c/', "about/"),
    OldAddress("gone/", None),
)
ROOT = "/repo/"
REDIRECTS = list_redirects(OLD, ROOT)
TABLE = {redirect.asked: redirect.target for redirect in REDIRECTS}


def test_each_address_is_asked_for_with_and_without_a_slash_and_what_was_removed_is_not_redirected() -> None:
    assert TABLE["/repo/2024/03/19/old/"] == TABLE["/repo/2024/03/19/old"] == "/repo/2024/03/19/new/"
    assert TABLE["/repo/old.html"] == "https://other.example/%EA%B0%80?x=$1&y=%7B2%7D#z"
    assert TABLE["/repo/옛 글/"] == "/repo/2024/03/19/%EC%83%88-%EA%B8%80/#%EB%82%98%EB%88%84%EA%B8%B0"
    assert "/repo/gone/" not in TABLE


def read_netlify(text: str) -> dict[str, str]:
    lines = [line.split() for line in text.splitlines()]
    assert all(len(line) == 3 and line[2] == "301" for line in lines)
    assert text.isascii()
    return {source: target for source, target, _ in lines}


def unquote_nginx(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def from_regex(text: str) -> str:
    assert text.startswith("~^")
    assert text.endswith("$")
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text[2:-1])


def read_map(text: str) -> dict[str, str]:
    """Read the lines of a map with two quoted texts each."""
    quoted = re.findall(r'^\s+"((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)";?$', text, re.MULTILINE)
    table = {}
    for key, target in quoted:
        is_regex = key.startswith("~")
        plain = unquote_nginx(key) if ";" in text.splitlines()[3] else key
        table[from_regex(plain) if is_regex else plain] = target
    return table


def test_a_netlify_file_has_a_line_for_each_redirect_without_placeholders() -> None:
    table = read_netlify(write_redirects(REDIRECTS, "netlify"))
    assert table == {quote(asked, safe="/~"): target for asked, target in TABLE.items()}
    assert not any(set(source) & set(":*?#") for source in table)


def test_maps_hold_every_redirect_whatever_is_in_its_address() -> None:
    nginx = {asked: target.replace("$", "%24") for asked, target in TABLE.items()}
    assert read_map(write_redirects(REDIRECTS, "nginx")) == nginx
    assert read_map(write_redirects(REDIRECTS, "caddy")) == TABLE
    assert json.loads(write_redirects(REDIRECTS, "json")) == TABLE


def test_a_map_without_redirects_is_valid() -> None:
    assert "map $uri $digest_redirect {\n}\n" in write_redirects((), "nginx")
    assert 'default ""' in write_redirects((), "caddy")
    assert (write_redirects((), "netlify"), write_redirects((), "json")) == ("", "{}\n")


def test_a_netlify_file_keeps_to_the_limits_of_cloudflare_and_leaves_the_rest_to_pages() -> None:
    long = "가" * 70 + "/"
    many = [OldAddress(f"old/{number}/", "about/") for number in range(MOST_LINES)]
    fitting = fit_netlify(list_redirects([OldAddress(long + long, long + long), *many], ROOT))
    assert len(fitting) == MOST_LINES
    assert all(len(line) <= LONGEST_LINE for line in write_redirects(fitting, "netlify").splitlines())
    assert not any("가" in redirect.asked for redirect in fitting)


def test_lines_of_the_author_count_before_the_same_address_and_towards_the_limit() -> None:
    own = b"# mine\n\n/repo/%EC%98%9B%20%EA%B8%80/ /x 302\n/blog/* /:splat\n"
    asked = {redirect.asked for redirect in fit_netlify(REDIRECTS, own)}
    assert asked == TABLE.keys() - {"/repo/옛 글/"}
    lines = b"/a /b\n" * (MOST_LINES - 3)
    few = fit_netlify(REDIRECTS, lines)
    assert len(few) == 3
    assert few[0].path == "tags/mt/feed.xml"  # no page can lie there


NGINX = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  absolute_redirect off;
  include {folder}/redirects;
  server {{
    listen 127.0.0.1:{port};
    root {folder};
    if ($digest_redirect) {{ return 301 $digest_redirect; }}
  }}
}}
"""
CADDY = """\
{{
  admin off
  auto_https off
  storage file_system {folder}
}}
http://127.0.0.1:{port} {{
  import {folder}/redirects
  respond 404
}}
"""
SERVERS = {
    "nginx": (NGINX, ["nginx", "-p", "{folder}", "-c", "{folder}/settings"]),
    "caddy": (CADDY, ["caddy", "run", "--config", "{folder}/settings", "--adapter", "caddyfile"]),
}


@contextlib.contextmanager
def running(name: str, folder: Path, redirects: tuple[HostRedirect, ...]) -> Iterator[int]:
    """Run a server with the redirects and yield its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings, command = SERVERS[name]
    (folder / "redirects").write_text(write_redirects(redirects, name), "utf-8")
    (folder / "settings").write_text(settings.format(folder=folder, port=port), "utf-8")
    log = (folder / "log").open("wb")
    server = subprocess.Popen([part.format(folder=folder) for part in command], stdout=log, stderr=log, cwd=folder)
    try:
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text("utf-8")
                assert time.monotonic() < end, (folder / "log").read_text("utf-8")
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(60)
        log.close()


def ask(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


@pytest.mark.parametrize("name", SERVERS)
def test_the_server_itself_redirects_every_address_and_no_other(tmp_path: Path, name: str) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    many = list_redirects([OldAddress(f"{'가' * 60}/{number}/", "about/") for number in range(1500)], ROOT)
    with running(name, tmp_path, (*REDIRECTS, *many)) as port:
        found: Mapping[str, tuple[int, str]] = {
            asked: ask(port, quote(asked)) for asked in (*TABLE, many[0].asked, many[-1].asked)
        }
        expected = {**TABLE, many[0].asked: "/repo/about/", many[-1].asked: "/repo/about/"}
        if name == "nginx":
            expected = {asked: target.replace("$", "%24") for asked, target in expected.items()}
        assert found == {asked: (301, target) for asked, target in expected.items()}
        assert {ask(port, path)[0] for path in ("/repo/about/", "/repo/2024/03/19/new/")} <= {403, 404}
