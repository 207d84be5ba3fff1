"""What the server answers: the site and nothing else, to this machine and nobody else."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..project import DAY, write_project
from .conftest import Served

DAY_PAGE = "/repo/2024/03/19/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = write_project(
        tmp_path_factory.mktemp("answers"),
        {
            "digest.yaml": "base_url: https://digest.example/repo/\n",
            "notes/2024-03-19.txt": DAY,
            "notes/Zebra.md": "An animal.\n",
            "pages/about.md": "---\nmenu: true\n---\n# 소개\n글입니다.\n",
            "public/CNAME": "digest.example\n",
            "public/.well-known/security.txt": "Contact: mailto:a@digest.example\n",
            "public/robots.txt": "User-agent: *\nDisallow: /\n",
            "public/paper.pdf": b"%PDF-1.7\n" + b"x" * 100_000,
            "public/clip.mp4": b"0123456789",
            "public/plain/index.html": "<html><body>as it is</body></html>\n",
            "secret.txt": "not part of the site",
        },
    )
    with Served(folder) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("2024/03/19/", "text/html; charset=utf-8"),
        ("2024/03/19/index.html", "text/html; charset=utf-8"),
        ("2024/03/19/grok-1/", "text/html; charset=utf-8"),
        ("2024/03/19/grok-1/index.md", "text/markdown; charset=utf-8"),
        ("2024/03/19/grok-1/index.bib", "text/x-bibtex; charset=utf-8"),
        ("2024/03/19/grok-1/index.csl.json", "application/json"),
        ("feed.xml", "application/atom+xml"),
        ("tags/llm/feed.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("data/entries.json", "application/json"),
        ("search/index.json", "application/json"),
        ("notes/", "text/html; charset=utf-8"),
        ("notes/zebra/", "text/html; charset=utf-8"),
        ("about/", "text/html; charset=utf-8"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("paper.pdf", "application/pdf"),
        ("clip.mp4", "video/mp4"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_every_file_has_its_media_type(served: Served, path: str, media_type: str) -> None:
    status, headers, content = served.get(f"/repo/{path}")
    assert (status, headers["content-type"]) == (200, media_type)
    assert content


def test_public_files_are_sent_as_they_are(served: Served) -> None:
    assert served.get("/repo/robots.txt")[2] == b"User-agent: *\nDisallow: /\n"
    assert served.get("/repo/plain/")[2] == b"<html><body>as it is</body></html>\n"
    status, headers, content = served.get("/repo/paper.pdf")
    assert (status, len(content)) == (200, 100_009)
    assert served.get("/repo/paper.pdf", if_none_match=headers["etag"])[::2] == (304, b"")
    assert served.get("/repo/paper.pdf", "HEAD")[::2] == (200, b"")


def test_a_part_of_a_public_file_can_be_asked_for(served: Served) -> None:
    status, _, content = served.get("/repo/clip.mp4", range="bytes=2-4")
    assert (status, content) == (206, b"234")


def test_the_files_that_a_page_asks_for_are_there(served: Served) -> None:
    page = served.get(DAY_PAGE)[2].decode()
    wanted = re.findall(r'<script[^>]* src="([^"]+)|<link rel="(?:stylesheet|icon)"[^>]* href="([^"]+)', page)
    types = {script or link: served.get(script or link)[1]["content-type"] for script, link in wanted}
    assert set(types.values()) == {
        "text/javascript; charset=utf-8",
        "text/css; charset=utf-8",
        "image/svg+xml",
    }


def test_an_unknown_address_gets_the_sites_own_404_page(served: Served) -> None:
    status, headers, content = served.get("/repo/2024/03/20/")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"/repo/static/css/digest" in content
    assert served.get("/elsewhere/")[0] == 404


def test_an_address_without_its_last_slash_leads_to_the_page(served: Served) -> None:
    for path, target in (("/repo/2024/03/19", DAY_PAGE), ("/", "/repo/"), ("/repo", "/repo/")):
        status, headers, _ = served.get(path)
        assert (status, headers["location"]) == (307, target)


@pytest.mark.parametrize(
    "path",
    [
        "/repo/../digest.yaml",
        "/repo/../../secret.txt",
        "/repo/%2e%2e/secret.txt",
        "/repo/..%2fsecret.txt",
        "/repo//etc/passwd",
        "/repo/static/../../secret.txt",
        "/secret.txt",
        "/repo/secret.txt",
        "/_digest/../secret.txt",
        "/_digest/app.py",
    ],
)
def test_no_path_leads_out_of_the_site(served: Served, path: str) -> None:
    status, _, content = served.get(path)
    assert status == 404
    assert b"not part of the site" not in content


def test_what_the_browser_has_already_is_not_sent_again(served: Served) -> None:
    for path in (DAY_PAGE, "/repo/feed.json", "/repo/search/index.json"):
        status, headers, _ = served.get(path)
        again, same, content = served.get(path, if_none_match=headers["etag"])
        assert (status, again, same["etag"], content) == (200, 304, headers["etag"], b"")
        assert served.get(path, if_none_match='"another"')[0] == 200


def test_a_browser_keeps_what_has_its_hash_in_its_address_and_asks_again_for_all_else(served: Served) -> None:
    page = served.get(DAY_PAGE)[2].decode()
    lasting = re.findall(r'"(/repo/static/[^"]+|/_digest/live\.[^"]+)"', page)
    assert len(lasting) > 3
    assert {served.get(path)[1]["cache-control"] for path in lasting} == {"max-age=31536000, immutable"}
    changing = [DAY_PAGE, "/repo/feed.json", "/repo/search/index.json", "/repo/static/css/digest.css"]
    assert {served.get(path)[1]["cache-control"] for path in changing} == {"no-cache"}


def test_a_head_request_gets_the_headers_alone(served: Served) -> None:
    status, headers, content = served.get(DAY_PAGE, "HEAD")
    assert (status, content) == (200, b"")
    assert headers["etag"] == served.get(DAY_PAGE)[1]["etag"]


def test_the_site_is_read_and_never_written(served: Served) -> None:
    assert served.get(DAY_PAGE, "POST")[0] == 405


def test_the_server_listens_on_this_machine_alone(served: Served) -> None:
    with socket.socket() as other:
        # Another address of the same machine would be taken if the server listened on all of them.
        other.bind(("127.0.0.2", served.port))


def test_pages_carry_the_script_that_follows_changes_and_sites_do_not(served: Served, golden_project: Path) -> None:
    assert served.get(DAY_PAGE)[2].count(b'src="/_digest/live.') == 1
    assert served.get("/repo/2024/03/20/")[2].count(b'src="/_digest/live.') == 1
    assert b"/_digest/" not in served.get("/repo/feed.xml")[2]
    assert b"_digest" not in (golden_project / "site" / "index.html").read_bytes()


def test_an_old_address_is_redirected_as_the_host_will_do_it(tmp_path: Path) -> None:
    settings = """\
base_url: https://digest.example/repo/
redirects_file: netlify
redirects:
  /옛 글/: /2024/03/19/grok-1/#weight
  /feed.php: /feed.xml
  /shop/: https://shop.example/?a=1&b=2
"""
    write_project(tmp_path, {"digest.yaml": settings, "notes/2024-03-19.txt": DAY})
    with Served(tmp_path) as served:
        for path in ("/repo/%EC%98%9B%20%EA%B8%80/", "/repo/%EC%98%9B%20%EA%B8%80"):
            status, headers, _ = served.get(path)
            assert (status, headers["location"]) == (307, "/repo/2024/03/19/grok-1/#weight")
        assert served.get("/repo/feed.php")[1]["location"] == "/repo/feed.xml"
        assert served.get("/repo/shop/")[1]["location"] == "https://shop.example/?a=1&b=2"
        status, headers, content = served.get("/repo/_redirects")
        assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")
        assert b"/repo/feed.php /repo/feed.xml 301" in content


def test_an_old_address_has_the_page_that_a_build_writes(tmp_path: Path) -> None:
    settings = "base_url: https://digest.example/repo/\nredirects: {/old.html: /2024/03/19/grok-1/}\n"
    write_project(tmp_path, {"digest.yaml": settings, "notes/2024-03-19.txt": DAY})
    with Served(tmp_path) as served:
        status, headers, content = served.get("/repo/old.html")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b'content="0; url=/repo/2024/03/19/grok-1/"' in content
