"""Fixtures: a small digest, built once and served under a sub-path, and Chromium."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from digest.config import Config
from digest.parallel.workers import Workers
from digest.pipeline.build import Options, Project, build

from .searching import build_site, served
from .tabs import PATIENCE_MILLISECONDS, Open, Tabs

BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FEATURES_OFF = (
    # Those that Playwright turns off: this switch replaces its own.
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
    # For every page of a test, Chromium would make two pages of its own, for the lists below the address bar. They take longer
    # than most tests.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    # For every page, Chromium would start a process for one that may come next.
    "SpareRendererForSitePerProcess",
)  # fmt: skip
HOST = "site.test"
"""A name of this machine that browsers do not take for one: on it, pages are kept as on a host."""
ARGUMENTS = [
    f"--host-resolver-rules=MAP *.{HOST} 127.0.0.1",
    f"--unsafely-treat-insecure-origin-as-secure=*.{HOST}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--disable-features={','.join(FEATURES_OFF)}",
]

expect.set_options(timeout=PATIENCE_MILLISECONDS)

NOTES = {
    # Short days, which make up for a year and so for trends.
    **{
        f"{date}.txt": f"{date}\n새 {n}호\n짧은 메모를 남깁니다. 지난번보다 조금 낫습니다.\n#메모 #llm\n"
        for n, date in enumerate(("2024-03-11", "2024-05-20", "2024-08-05", "2024-11-18", "2024-12-09"))
    },
    "2025-02-24.txt": """\
2025년 2월 24일
작은 모델을 고르는 기준
모델을 고를 때는 크기보다 쓰임새를 먼저 봅니다. 손으로 열 문제만 풀려 봐도 많은 것이 보입니다.
#노트 #llm
""",
    "2025-02-28.txt": """\
2025년 2월 28일
Parrot-3B
앵무새 연구소가 Parrot-3B를 공개했습니다. 3B 파라미터에 레이어는 28개입니다. 모델의 특징을 보면,
어휘는 64K, 문맥 길이는 8K
GQA와 RoPE를 쓰고 편향은 없음
학습 토큰은 1.2T
전체적으로 무난한 구성입니다.
#llm
Lantern: Reading Long Documents with a Short Attention Span
(Mina Park, Tom Alder, Ines Duarte, Jo Brandt, Sora Kim, Lee Chen, Ada Holm)
We present Lantern, a reader that keeps only a short window of a long document in memory. It moves the window by itself.
긴 문서를 짧은 창으로 읽자는 이야기입니다. 손실은 $L = N^{-\\alpha}$ 꼴로 줄어든다고 하네요.
$$ L(N, D) = E + \\frac{A}{N^\\alpha} + \\frac{B}{D^\\beta} $$
코드는 짧습니다.
```python
def window(text, size=128, step=64):  # 한 번에 읽을 만큼만 잘라서 옆으로 아주 길게 이어지는 설명을 붙여 둔다
    return [text[n : n + size] for n in range(0, len(text), step)]
```
| 모델 | 창의 크기 | 읽은 문서의 수 | 정확도 | 걸린 시간 | 메모리 | 비고 |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
| Lantern-small | 128 | 10,000 | 71.2 | 3시간 20분 | 12 GB | 가장 작은 설정 |
https://arxiv.org/abs/2502.01234 와 비교해 볼 만합니다.
#long-context #llm
Kestrel K2
케스트렐의 새 가속기. 메모리는 96GB, TDP는 350W라고 합니다.
#hardware
""",
    "읽는 법/느리게 읽기.md": """\
---
tags: [노트, 독서]
---
날짜 없이 고쳐 쓰는 노트입니다. [[Parrot-3B]]를 읽을 때도 이렇게 읽었습니다.
""",
    "읽는 법/Reading lists.md": """\
Lists that change too often to have a day.

#독서
""",
    "용어.md": """\
자주 쓰는 말을 모읍니다. [[느리게 읽기]]
""",
    "2025-03-03.txt": """\
2025년 3월 3일
A Study of the Extremely Long Titles That Papers Tend to Have When Several Groups of Authors Have to Agree on a Single Line
(Mina Park)
Titles have become longer every year. We count their words and find out why.
제목이 길어지는 까닭을 센 논문. Lantern의 제목은 짧은 편이군요.
#노트
""",
}

ABOUT = """\
---
menu: true
---
# 이 사이트는

혼자 읽은 것을 적습니다. [[느리게 읽기]]부터 보세요.

## 연락

메일을 주세요.
"""


def _chromium() -> str | None:
    return next((path for name in BROWSERS if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site in `repo/` and return the folder above it, which the server serves."""
    project = tmp_path_factory.mktemp("project")
    (project / "notes").mkdir()
    for name, text in NOTES.items():
        path = project / "notes" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (project / "pages").mkdir()
    (project / "pages/about.md").write_text(ABOUT, "utf-8")
    config = Config(
        title="오늘의 논문",
        base_url="https://digest.example/repo/",
        output="served/repo",
    )
    report = build(Project(project, config), Options(Workers(1)), lambda *_: None)
    assert [problem for problem in report.diagnostics if problem.severity == "error"] == []
    assert report.entries == 13
    return project / "served"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the standard library's
        """Say nothing."""


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """Serve the site and yield the address of its home page."""
    handler = functools.partial(_Quiet, directory=str(site_folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/repo/"
        server.shutdown()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Start what drives browsers. It ends before tests of other packages run: with it, this thread has a running event loop."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium. Skip the test if there is none."""
    path = _chromium()
    if path is None:
        pytest.skip("there is no Chromium here")
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def search_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the tests of search and return its folder."""
    return build_site(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="session")
def search_address(search_folder: Path) -> Iterator[str]:
    """Serve the site of the tests of search and yield the address of its home page."""
    with served(search_folder) as address:
        yield address


@pytest.fixture(scope="package")
def all_tabs(chromium: Browser) -> Tabs:
    """Return the tabs that tests use one after another."""
    return Tabs(chromium)


@pytest.fixture
def tabs(all_tabs: Tabs) -> Iterator[Tabs]:
    """Yield the tabs, and leave their pages. Errors on the console fail the test."""
    yield all_tabs
    assert all_tabs.leave() == []


@pytest.fixture
def open_page(tabs: Tabs, site: str) -> Open:
    """Return a function that opens a page of the site."""
    return tabs.opener(site)
