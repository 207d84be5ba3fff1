"""Reading without a connection: what the service worker keeps, what it never shows while there is one, and how it goes."""

import http.server
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from playwright.sync_api import Browser, BrowserContext, Page, expect

from digest.config import Config
from digest.parallel.workers import Workers
from digest.pipeline.build import Options, Project, build

from .conftest import HOST, NOTES
from .tabs import PATIENCE_MILLISECONDS, wait_until

CONFIG = Config(title="오늘의 논문", base_url=f"http://www.{HOST}/repo/", output="served/repo", home_days=2)


class Host:
    """A server of the site, which can lose its connection, keep silent, or forbid its pages."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.is_down = False
        self.answers_pages = threading.Event()
        self.answers_pages.set()
        self.seconds_within_page = 0.0
        self.status = 0
        self.requests: list[str] = []
        host = self

        class _Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args: Any) -> None:
                super().__init__(*args, directory=str(project / "served"))

            def do_GET(self) -> None:
                host.requests.append(self.path)
                if host.is_down:
                    self.close_connection = True
                    return
                if host.status and self.path.endswith("/"):
                    self.send_error(host.status)
                    return
                if self.path.endswith("/"):
                    host.answers_pages.wait()
                super().do_GET()

            def copyfile(self, source: Any, outputfile: Any) -> None:
                outputfile.write(source.read(1))
                time.sleep(host.seconds_within_page)
                super().copyfile(source, outputfile)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the standard library's
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.root = f"http://www.{HOST}:{self.server.server_port}/repo/"

    def build(self, config: Config = CONFIG) -> None:
        build_site(self.project, config)

    def write(self, name: str, text: str) -> None:
        (self.project / "notes" / name).write_text(text, "utf-8")


def build_site(project: Path, config: Config) -> None:
    report = build(Project(project, config), Options(Workers(1)), lambda *_: None)
    assert [problem for problem in report.diagnostics if problem.severity == "error"] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once, and return the folder of its project, which each test copies."""
    project = tmp_path_factory.mktemp("offline")
    (project / "notes").mkdir()
    for name, text in NOTES.items():
        if "/" not in name:
            (project / "notes" / name).write_text(text, "utf-8")
    build_site(project, CONFIG)
    return project


@pytest.fixture
def host(built: Path, tmp_path: Path) -> Iterator[Host]:
    host = Host(shutil.copytree(built, tmp_path / "project"))
    threading.Thread(target=host.server.serve_forever, daemon=True).start()
    yield host
    host.answers_pages.set()
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context
    context.close()


KEPT = """async (store) => {
  const cache = await caches.open(`digest /repo/ ${store}`);
  return (await cache.keys()).map(({ url }) => new URL(url).pathname + new URL(url).search);
}"""


def kept(page: Page, store: str) -> list[str]:
    return list(page.evaluate(KEPT, store))


def wait_until_kept(page: Page, store: str, path: str) -> None:
    wait_until(page, lambda: path in kept(page, store))


def has_worker(page: Page) -> bool:
    return bool(page.evaluate("async () => Boolean(await navigator.serviceWorker.getRegistration('/repo/'))"))


def has_caches(page: Page) -> bool:
    return bool(page.evaluate("async () => (await caches.keys()).some((name) => name.startsWith('digest /repo/ '))"))


def visit(context: BrowserContext, host: Host, path: str = "") -> Page:
    """Open a page, and wait until the worker has kept all that it keeps ahead."""
    page = context.new_page()
    page.goto(host.root + path)
    wait_until_kept(page, "shell", "/repo/?kept")
    return page


def expect_title(page: Page, title: str) -> None:
    expect(page.locator("h1").first).to_have_text(title)


def test_visited_pages_and_the_newest_days_are_there_without_a_connection(context: BrowserContext, host: Host) -> None:
    page = visit(context, host, "2024/03/11/")
    wait_until_kept(page, "pages", "/repo/2024/03/11/")
    host.is_down = True
    for path in ("2024/03/11/", "2025/03/03/", "2025/02/28/", ""):
        page.goto(host.root + path)
        expect(page.locator("main article, main .day").first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('main')).overflowX") == "clip", (
            "without its style"
        )
    page.goto(host.root + "2024/05/20/")
    expect_title(page, "연결이 끊겨 있습니다")
    links = page.locator("[data-kept] a")
    expect(links.filter(has_text="2025년 3월 3일")).to_have_count(1)
    links.filter(has_text="2024년 3월 11일").click()
    expect(page).to_have_title(re.compile("2024년 3월 11일"))


def test_search_works_without_a_connection_and_says_what_it_lacks(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    page.keyboard.press("/")
    page.fill("#search-dialog input[type=search]", "창")
    expect(page.locator("#search-dialog [role=option]").first).to_contain_text("Lantern")
    wait_until_index_kept(page)
    host.is_down = True
    page.goto(host.root + "search/?q=창")
    expect(
        page.locator("#search-results [role=option], #search-results .row, #search-results h3").first
    ).to_contain_text("Lantern")
    page.goto(host.root + "search/?q=가속기")
    expect(page.locator("#search-results [role=alert], #search-results .search-alert").first).to_contain_text("연결")


FILES_READ = """() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)
  .filter((path) => /\\/search\\/.+/.test(path))"""


def wait_until_index_kept(page: Page) -> None:
    """Wait until the worker has kept all files of the index that the page has read: the page may show them earlier."""
    wait_until(page, lambda: set(page.evaluate(FILES_READ)) <= set(kept(page, "files")))


def texts_kept(page: Page) -> list[str]:
    return [path for path in kept(page, "files") if path.startswith("/repo/search/f/")]


def test_results_whose_text_was_not_kept_say_so(context: BrowserContext, host: Host) -> None:
    page = visit(context, host, "search/?q=메모")
    page.set_viewport_size({"width": 1280, "height": 1600})  # texts are read of the results in view
    page.reload()  # the first results may have come before the worker
    results = page.locator("#search-results [role=option]")
    expect(results).to_have_count(7)
    wait_until(page, lambda: len(texts_kept(page)) >= 7)
    wait_until_index_kept(page)
    lost = texts_kept(page)[:2]
    page.evaluate(
        "async (lost) => { const c = await caches.open('digest /repo/ files'); for (const p of lost) await c.delete(p); }",
        lost,
    )
    host.is_down = True
    page.reload()
    expect(page.get_by_text("이 글을 받지 못했습니다")).to_have_count(2)
    expect(page.locator("#search-results")).to_contain_text("새 0호")


def test_what_is_kept_is_bounded(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    fill = """async () => {
      const cache = await caches.open("digest /repo/ pages");
      for (let n = 0; n < 230; n++) await cache.put(`/repo/2000/${n}/`, new Response("x", { headers: { "x-bytes": "1000" } }));
    }"""
    page.evaluate(fill)
    page.goto(host.root + "2024/03/11/")
    wait_until(page, lambda: len(kept(page, "pages")) <= 200)
    left = kept(page, "pages")
    assert "/repo/2024/03/11/" in left
    assert "/repo/2000/229/" in left
    assert "/repo/2000/0/" not in left
    page.evaluate(
        "async () => (await caches.open('digest /repo/ pages')).put('/repo/big/', new Response('x', { headers: { 'x-bytes': String(2 ** 24) } }))"
    )
    page.goto(host.root + "2024/05/20/")
    wait_until(page, lambda: kept(page, "pages") == ["/repo/2024/05/20/"])


VERSION = """async () => (await (await fetch("/repo/sw.js", { cache: "no-store" })).text()).slice(0, 60)"""
"""The beginning of the worker that the server has: a browser may take one that it fetched a moment ago for the newest."""


def test_a_new_build_is_seen_at_once(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    before = page.evaluate(VERSION)
    host.write("2025-03-04.txt", "2025년 3월 4일\n막 쓴 글\n오늘 쓴 글입니다.\n#메모\n")
    host.build()
    page.goto(host.root)
    expect(page.get_by_text("막 쓴 글").first).to_be_visible()
    assert page.evaluate(VERSION) != before
    wait_until_kept(page, "pages", "/repo/2025/03/04/")
    host.is_down = True
    page.goto(host.root + "2025/03/04/")
    expect(page.get_by_text("막 쓴 글").first).to_be_visible()


def test_a_hanging_line_shows_what_is_kept(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    host.answers_pages.clear()
    page.goto(host.root, wait_until="commit")
    expect(page.locator("main .day").first).to_be_visible()


def test_a_site_that_keeps_nothing_any_more_removes_its_worker(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    host.build(structs.replace(CONFIG, offline=False))
    page.goto(host.root)
    wait_until(page, lambda: not has_worker(page) and not has_caches(page))
    page.goto(host.root + "2024/03/11/")
    assert not has_worker(page)


@pytest.mark.parametrize("seconds_within_page", [0, 1])
def test_a_site_that_is_gone_leaves_nothing_behind(
    context: BrowserContext, host: Host, seconds_within_page: float
) -> None:
    page = visit(context, host)
    host.seconds_within_page = seconds_within_page
    shutil.rmtree(host.project / "served/repo")
    (host.project / "served/repo").mkdir()
    (host.project / "served/repo/index.html").write_text(
        "<!doctype html><meta charset=utf-8><title>x</title><h1>다른 사이트</h1>", "utf-8"
    )
    page.goto(host.root)
    expect_title(page, "다른 사이트")
    wait_until(page, lambda: not has_worker(page) and not has_caches(page))


@pytest.mark.parametrize("status", [401, 403])
def test_pages_that_a_reader_may_no_longer_see_are_forgotten(context: BrowserContext, host: Host, status: int) -> None:
    page = visit(context, host)
    host.status = status
    page.goto(host.root + "2025/03/03/")
    wait_until(page, lambda: not kept(page, "pages"))


def test_a_page_that_is_gone_is_forgotten(context: BrowserContext, host: Host) -> None:
    page = visit(context, host, "2024/03/11/")
    shutil.rmtree(host.project / "served/repo/2024/03/11")
    page.goto(host.root + "2024/03/11/")
    wait_until(page, lambda: "/repo/2024/03/11/" not in kept(page, "pages"))


def test_nothing_of_another_site_on_the_same_server_is_touched(context: BrowserContext, host: Host) -> None:
    page = visit(context, host)
    page.evaluate("async () => { await caches.open('digest /other/ pages'); await caches.open('mine'); }")
    host.build(structs.replace(CONFIG, offline=False))
    page.goto(host.root)
    wait_until(page, lambda: not has_worker(page) and not has_caches(page))
    assert sorted(page.evaluate("caches.keys()")) == ["digest /other/ pages", "mine"]


def test_an_address_of_ones_own_machine_gets_no_worker(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.root.replace(f"www.{HOST}", "127.0.0.1"))
    page.wait_for_timeout(1000)
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_readers_who_save_data_get_nothing_ahead(context: BrowserContext, host: Host) -> None:
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } })")
    page = context.new_page()
    page.goto(host.root + "2024/03/11/")
    wait_until_kept(page, "pages", "/repo/2024/03/11/")
    assert kept(page, "pages") == ["/repo/2024/03/11/"]
