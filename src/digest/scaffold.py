"""New note files and new projects: what `digest new` and `digest init` write. Nothing is ever overwritten."""

import datetime as dt
from pathlib import Path
from typing import Literal

from .config import FILE_NAME, Config
from .site.languages import strings_for

Language = Literal["ko", "en"]

WORKFLOW = """\
# Builds the digest and publishes it on GitHub Pages at every push.
name: Publish
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: true
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - id: pages
        uses: actions/configure-pages@v5
      - run: pip install research-digest
      - run: digest build --base-url "${{ steps.pages.outputs.base_url }}/"
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deployment
        uses: actions/deploy-pages@v4
"""

_FIRST_NOTE = {
    "ko": """\
{date}
digest를 시작하며
날짜를 첫 줄에 쓰고, 제목을 쓰고, 생각을 씁니다. 한 줄이 한 문단입니다.
논문이라면 제목 다음 줄에 저자를 괄호로 묶어 쓰고 영어 초록을 붙여 넣은 다음 생각을 씁니다. (https://arxiv.org/abs/1706.03762)
마지막 줄에 태그를 쓰면 글이 끝납니다. 다음 줄은 다음 글의 제목입니다.
#digest
""",
    "en": """\
{date}
Starting a digest
Write the date on the first line, then a title, then what you think. A line is a paragraph.
For a paper, put its authors in parentheses on the line after the title and paste the abstract, then write. (https://arxiv.org/abs/1706.03762)
A line of tags ends the entry. The next line is the title of the next one.
#digest
""",
}

_SETTINGS = {
    "ko": """\
title: 오늘의 논문
description: 하드웨어, 모델, 논문에 대한 매일의 기록
author: ""
language: ko
# 사이트의 주소. 피드와 사이트맵의 링크가 여기서 시작합니다.
# base_url: https://user.github.io/repo/

# 그 밖의 설정은 이대로 두어도 됩니다. 바꾸려면 앞의 #을 지우세요.
# utc_offset: "+09:00"
# home_days: 7
# per_page: 50
# feed_entries: 20
# 노트가 아닌 파일
# exclude: [README.md]
# 같은 뜻으로 쓰는 태그
# aliases:
#   nmt: [mt, 기계번역]
# 태그로 정하는 글의 종류
# kinds:
#   hardware:
#     tags: [datacenter]
# 검색에서 같은 뜻으로 볼 말
# search:
#   glossary:
#     증류: [distillation]
""",
    "en": """\
title: Research digest
description: Daily notes on hardware, models and papers
author: ""
language: en
# The site's address, from which links in feeds and the sitemap begin.
# base_url: https://user.github.io/repo/

# Everything else can stay as it is; take away the # to change it.
# utc_offset: "+09:00"
# home_days: 7
# per_page: 50
# feed_entries: 20
# Files that are no notes
# exclude: [README.md]
# Tags that mean the same
# aliases:
#   nmt: [mt, machine-translation]
# Tags that decide what kind of entry it is
# kinds:
#   hardware:
#     tags: [datacenter]
# Words that mean the same to the search
# search:
#   glossary:
#     증류: [distillation]
""",
}


class OutsideError(ValueError):
    """A vault that isn't inside the project; the message says what to do."""


def make_note(folder: Path, config: Config, date: dt.date) -> tuple[Path, bool]:
    """Make a day's note file with its date line, unless it is there; returns its path and whether it is new."""
    path = folder / config.notes / f"{date.isoformat()}.txt"
    try:
        _write(path, strings_for(config.language).date(date) + "\n" if config.language == "ko" else f"{date}\n")
    except FileExistsError:
        return path, False
    return path, True


def make_project(folder: Path, language: Language, today: dt.date, *, vault: Path | None = None) -> list[Path]:
    """Make a project in a folder and return the files made.

    Raises FileExistsError, before anything is written, where one of them is there already, and OutsideError for a vault
    elsewhere: nothing outside a project's folder is read.
    """
    settings = _SETTINGS[language]
    files = {".github/workflows/publish.yml": WORKFLOW}
    if vault is None:
        date = strings_for("ko").date(today) if language == "ko" else today.isoformat()
        files[f"notes/{today.isoformat()}.txt"] = _FIRST_NOTE[language].format(date=date)
    else:
        settings += _vault_settings(folder, vault.resolve())
    files[FILE_NAME] = settings
    for name in files:
        if (folder / name).exists():
            raise FileExistsError(17, "exists already", name)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        files[".gitignore"] = "/.digest/\n/site/\n"
    for name, content in files.items():
        _write(folder / name, content)
    return [folder / name for name in sorted(files)]


def _vault_settings(folder: Path, vault: Path) -> str:
    if not vault.is_relative_to(folder):
        raise OutsideError(
            f"{vault} is outside {folder}, and a build reads nothing outside its project; "
            f"make the vault the project: digest init {vault} --from {vault}"
        )
    notes = vault.relative_to(folder).as_posix()
    return f"notes: {notes}\n" + ("exclude: [README.md]\n" if notes == "." else "")


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)
