"""What the server does when something changes: every change shows, and no mistake takes the site away."""

import errno
import os
import random
import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from digest.serve import server
from digest.serve.watching import SETTLE_SECONDS

from ..program import call
from ..project import write_project
from .conftest import Serve

DAY_PAGE = "/repo/2024/03/19/"
SECOND = "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"


def test_an_edited_note_shows_at_once(serve: Serve, project: Path) -> None:
    served = serve()
    with served.events() as events:
        next(events)
        tag = served.get(DAY_PAGE)[1]["etag"]
        note = project / "notes" / "2024-03-19.txt"
        note.write_text(note.read_text("utf-8").replace("314B", "삼천억"), "utf-8")
        next(events)
    _, headers, content = served.get(DAY_PAGE)
    assert headers["etag"] != tag
    assert "삼천억".encode() in content


def test_what_is_known_of_papers_shows_when_it_comes_changes_and_goes(serve: Serve, project: Path) -> None:
    write_project(project, {"notes/a.md": "2024-03-20\nhttps://arxiv.org/abs/2401.00001\n#birds\n"})
    served = serve()
    time.sleep(2 * SETTLE_SECONDS)  # until only a signal makes the server look
    for title in ("Owls at Night", "Barn Owls"):
        write_project(project, {"papers.yaml": f'"2401.00001":\n  title: {title}\n'})
        served.wait_until("/repo/2024/03/20/", title.encode())
    (project / "papers.yaml").unlink()
    served.wait_until("/repo/2024/03/20/", b">https://arxiv.org/abs/2401.00001<")


def test_notes_that_come_and_go_in_new_folders_are_noticed(serve: Serve, project: Path) -> None:
    served = serve()
    folder = write_project(project / "notes" / "2024" / "봄", {"a.md": SECOND})
    served.wait_until("/repo/2024/03/20/", b"Mamba")
    (folder / "a.md").rename(folder / "b.md")
    (folder / "b.md").write_text(SECOND.replace("Mamba", "Jamba"), "utf-8")
    served.wait_until("/repo/2024/03/20/", b"Jamba")
    (folder / "b.md").unlink()
    with served.events() as events:
        while served.get("/repo/2024/03/20/")[0] != 404:
            next(events)


def test_notes_deep_in_the_project_are_noticed_when_they_come_back(serve: Serve, project: Path) -> None:
    write_project(project, {"digest.yaml": "notes: my/own/notes\n", "my/own/notes/a.txt": SECOND})
    served = serve()
    (project / "my" / "own" / "notes").rename(project / "my" / "own" / "elsewhere")
    with served.events() as events:
        while served.get("/2024/03/20/")[0] != 404:
            next(events)
    time.sleep(2 * SETTLE_SECONDS)  # until only a signal makes the server look
    (project / "my" / "own" / "elsewhere").rename(project / "my" / "own" / "notes")
    served.wait_until("/2024/03/20/", b"Mamba")


def test_a_folder_of_templates_made_while_serving_is_taken_up(serve: Serve, project: Path) -> None:
    served = serve()
    write_project(project / "templates", {"404.html": "<p>{{ site.title }}: 없습니다</p>"})
    served.wait_until("/repo/nowhere/", "기록: 없습니다".encode())
    write_project(project / "templates", {"404.html": "<p>{{ site.title }}: 없네요</p>"})
    served.wait_until("/repo/nowhere/", "기록: 없네요".encode())


@pytest.mark.parametrize(
    ("path", "broken", "place"),
    [
        ("templates/day.html", "{% if %}", "templates/day.html:1"),
        ("templates/day.html", "{{ view.nothing }}", "templates/day.html:1"),
        ("digest.yaml", "title: [", "digest.yaml:2:1"),
        ("digest.yaml", "titel: 기록", "digest.yaml:1:1"),
    ],
)
def test_a_mistake_is_shown_until_it_is_mended_and_the_site_stays(
    serve: Serve, project: Path, path: str, broken: str, place: str
) -> None:
    served = serve()
    before = served.get(DAY_PAGE)[2]
    former = (project / path).read_bytes() if (project / path).exists() else None
    with served.events() as events:
        assert next(events)["shown"] == []
        write_project(project, {path: broken})
        problems = next(event for event in events if event["errors"])
        assert [problem["place"] for problem in problems["shown"]] == [place]
        assert served.get(DAY_PAGE)[2] == before
        if former is None:
            (project / path).unlink()
        else:
            (project / path).write_bytes(former)
        assert next(event for event in events if not event["errors"])["shown"] == []
    assert served.get(DAY_PAGE)[2] == before


def test_changes_are_followed_where_nobody_reads_what_is_printed(serve: Serve, project: Path) -> None:
    served = serve()
    served.stdout.close()
    with served.events() as events:
        next(events)
        write_project(project, {"notes/broken.txt": "2024-02-30\n없는 날입니다.\n"})
        next(event for event in events if event["errors"])
    time.sleep(2 * SETTLE_SECONDS)  # until the problem is printed
    write_project(project, {"notes/2024-03-20.txt": SECOND})
    served.wait_until("/repo/2024/03/20/", b"Mamba")


def test_a_page_of_another_tag_is_told_to_load_again_before_what_is_wrong(serve: Serve, project: Path) -> None:
    write_project(project, {"notes/broken.txt": "2024-02-30\n없는 날입니다.\n"})
    served = serve()
    tag = served.get(DAY_PAGE)[1]["etag"].strip('"')
    for known, errors in ((tag, 1), ("another", 0)):
        with served.events(page=DAY_PAGE, tag=known) as events:
            first = next(events)
        assert (first["tag"], first["errors"]) == (tag, errors)


def test_a_project_that_begins_with_mistakes_is_served_all_the_same(serve: Serve, project: Path) -> None:
    write_project(project, {"templates/day.html": "{% if %}", "digest.yaml": "title: 기록\nper_page: none\n"})
    served = serve()
    with served.events() as events:
        codes = {problem["code"] for problem in next(events)["shown"]}
    assert codes == {"config", "template"}
    assert b"Grok-1" in served.get("/2024/03/19/")[2]


def test_another_base_url_in_the_settings_moves_the_site(serve: Serve, project: Path) -> None:
    served = serve()
    write_project(project, {"digest.yaml": "base_url: https://digest.example/other/\n"})
    served.wait_until("/other/2024/03/19/", b"Grok-1")
    assert served.get(DAY_PAGE)[0] == 404


def test_drafts_are_shown_only_when_asked_for(serve: Serve, project: Path) -> None:
    write_project(project, {"notes/2024-03-20 Draft.md": "---\ndraft: true\n---\n아직 쓰는 중입니다.\n"})
    served = serve()
    assert served.get("/repo/2024/03/20/")[0] == 404
    served.stop()
    assert serve("--drafts").get("/repo/2024/03/20/")[0] == 200


def test_serving_leaves_the_built_site_alone(serve: Serve, project: Path) -> None:
    served = serve()
    served.get("/repo/")
    served.get("/repo/search/index.json")
    assert not (project / "site").exists()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_even_while_a_page_listens(serve: Serve, by: signal.Signals) -> None:
    served = serve()
    with served.events() as events:
        next(events)
        assert served.stop(by) == 0
    assert served.stderr.read() == ""


def test_a_taken_port_is_named_and_without_one_the_next_is_used(serve: Serve, project: Path) -> None:
    port = random.randrange(20_000, 30_000)  # systems give programs that ask for any port a higher one
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        refused = call("-C", str(project), "serve", "--port", str(port))
    assert refused.returncode == 2
    assert refused.stderr == (
        f"digest: port {port} is taken by another program; choose another one, or leave out `--port` to get a free one\n"
    )
    assert serve("--port", str(port)).port == port


def test_the_first_free_port_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as opened:
        first = opened.enter_context(server.open_socket(None))
        port = first.getsockname()[1]
        monkeypatch.setattr(server, "FIRST_PORT", port)
        following = opened.enter_context(server.open_socket(None)).getsockname()[1]
        assert port < following < port + server.PORTS_TRIED


@pytest.mark.skipif(os.name != "posix", reason="only there a port can need permission")
def test_a_port_that_needs_permission_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_socket: socket.socket, _address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(server.PortTakenError, match="port 80 cannot be used: Permission denied"):
        server.open_socket(80)


def test_a_second_server_of_a_project_is_refused_and_names_the_first(serve: Serve, project: Path) -> None:
    served = serve()
    refused = call("-C", str(project), "serve")
    assert refused.returncode == 2
    address = f"http://127.0.0.1:{served.port}/"
    told = f"digest: another `digest serve` shows this project at {address} (process {served.process.pid})\n"
    assert refused.stderr == told
    served.process.kill()
    served.process.wait()
    assert serve().port  # a dead lock keeps nobody out


def test_a_cache_that_cannot_be_made_is_named(project: Path) -> None:
    (project / ".digest").write_text("in the way", "utf-8")
    refused = call("-C", str(project), "serve")
    assert refused.returncode == 2
    assert refused.stderr.startswith("digest: ")
    assert "Traceback" not in refused.stderr


def test_pages_and_public_files_follow_changes(project: Path, serve: Serve) -> None:
    served = serve()
    served.wait_until("/repo/2024/03/19/", b"Grok-1")
    write_project(project, {"pages/about.md": "---\nmenu: true\n---\n# 소개\n첫 글입니다.\n"})
    served.wait_until("/repo/about/", "첫 글입니다.".encode())
    served.wait_until("/repo/2024/03/19/", ">소개</a>".encode())
    write_project(project, {"pages/about.md": "# 소개\n고친 글입니다.\n", "public/.well-known/a.txt": "하나"})
    served.wait_until("/repo/about/", "고친 글입니다.".encode())
    served.wait_until("/repo/.well-known/a.txt", "하나".encode())
    assert ">소개</a>".encode() not in served.get("/repo/2024/03/19/")[2]
    write_project(project, {"public/.well-known/a.txt": "둘"})
    served.wait_until("/repo/.well-known/a.txt", "둘".encode())
    (project / "public/.well-known/a.txt").unlink()
    served.wait_until("/repo/.well-known/a.txt", b"404")
