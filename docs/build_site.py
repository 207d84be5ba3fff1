"""docs/*.md and docs/ko/*.md -> the documentation as a site in two languages, which digest itself builds.

Each language is a project of pages without notes. A page that has no Korean twin is in the Korean site too, in English, so that
no link leads out of it. The files are written for forges, where a line break is a space and links lead to files of the
repository: `adapt_page` turns one into a page of a project. Run this with `make docs-site`; any problem that digest finds stops it.
"""

import argparse
import os
import posixpath
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from draw_rooms import draw_rooms

from digest import build

DOCS = Path(__file__).parent
ROOT = DOCS.parent
OUTPUT = ROOT / "docs-site"
PREVIEW = "http://localhost:8000/"
"""The address for which the site is built unless another one is named."""
NAMES = {"en": "English", "ko": "한국어"}
TITLES = {"en": "digest", "ko": "digest 문서"}
FOLDERS = {"en": "", "ko": "ko/"}
"""The folder of each language, below docs/ and on the site."""
FRONT_MATTER: dict[str, dict[str, Any]] = {"index.md": {"contents": True}, "search.md": {"slug": "searching"}}
"""What pages need on a site and not on a forge. `/search/` is where digest has its own search."""
PICTURE = {
    "en": "![The packages of digest in layers, from the command line down. An arrow leads from a package to one that it imports.]"
    "(images/rooms.svg)",
    "ko": "![명령줄부터 아래로 층층이 놓인 digest의 패키지. 화살표는 패키지에서 그 패키지가 불러오는 패키지로 이어진다.](images/rooms.svg)",
}
"""What stands for the diagram of packages, which forges draw and digest doesn't."""

_DIAGRAM = re.compile(r"^```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)
_TWIN = re.compile(r"\*\[(?:한국어|English)\]\([^)]*\)\*")
_FENCE = re.compile(r"\s*(`{3,})")
_APART = re.compile(r"\s*(?:$|[|#>]|[-*+] |\d+[.)] |---$|<(?:!--|/?(?:p|img|div|details|summary|picture)\b))")
"""A line that neither goes on with the line before it nor is gone on with, except an item of a list."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]) ")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def list_pages(language: str) -> list[tuple[Path, bool]]:
    """Return the file of each page of a language's site, and whether it is in that language."""
    pages = sorted(DOCS.glob("*.md"))
    twins = (DOCS / FOLDERS[language] / page.name for page in pages)
    return [(twin, True) if twin.exists() else (page, False) for page, twin in zip(pages, twins, strict=True)]


def adapt_page(text: str, path: str, language: str, home: str) -> str:
    """Return the text of a page for the site of a language.

    `path` is the page's file in the repository. `home` is the address of the repository: without it, what the site doesn't
    have is named and not linked.
    """

    def lead(match: re.Match[str]) -> str:
        return _adapt_link(match, path, language, home)

    return "\n".join(line if is_code else _outside_code(line, lead) for line, is_code in join_lines(text))


def join_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a text, each whole paragraph as one, and whether they are in a block of code."""
    fence, paragraph = "", ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        is_apart = bool(fence or mark or _APART.match(line) or _TWIN.fullmatch(line))
        if is_apart and paragraph:
            yield paragraph, False
            paragraph = ""
        if fence or mark:
            yield line, True
            fence = "" if fence and mark and mark[1] == fence else fence or (mark[1] if mark else "")
        elif is_apart and not _ITEM.match(line):
            if not _TWIN.fullmatch(line):
                yield line, False
        else:
            paragraph = f"{paragraph} {line.lstrip()}" if paragraph else line
    if paragraph:
        yield paragraph, False


def _outside_code(line: str, lead: Callable[[re.Match[str]], str]) -> str:
    """Replace the links of a line, but no link that is set as code."""
    codes: list[str] = []

    def hide(match: re.Match[str]) -> str:
        codes.append(match[0])
        return f"\0{len(codes) - 1}\0"

    hidden = _CODE.sub(hide, line)
    return re.sub(r"\0(\d+)\0", lambda match: codes[int(match[1])], _LINK.sub(lead, hidden))


def _adapt_link(match: re.Match[str], path: str, language: str, home: str) -> str:
    mark, words, target = match[1], match[2], match[3]
    address, _, part = target.partition("#")
    if not address or "://" in address:
        return match[0]
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
    if (
        path == f"docs/{FOLDERS['ko']}{posixpath.basename(file)}"
        and file.startswith("docs/")
        and file != path
        and not mark
    ):
        return words  # the way to the English twin is at the top of every page
    fragment = f"#{part}" if part else ""
    if file.startswith("docs/") and (file.endswith(".md") or mark):
        twin = DOCS / FOLDERS[language] / posixpath.basename(file)
        if part and not mark and twin.exists() and twin != ROOT / file:
            headings = _headings(twin)
            # A twin that ends early says in its last section where the rest is.
            fragment = f"#{headings[min(_headings(ROOT / file).index(part), len(headings) - 1)]}"
        return f"{mark}[{words}]({file.removeprefix('docs/').removeprefix(FOLDERS['ko'])}{fragment})"
    return f"[{words}]({home}/blob/HEAD/{file}{fragment})" if home else words


def _headings(page: Path) -> list[str]:
    """Return the id that a forge gives to each heading of a page. Twins have the same headings in the same order."""
    text = "\n".join(line for line, is_code in join_lines(page.read_text("utf-8")) if not is_code)
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found]


def write_project(folder: Path, language: str, base_url: str, home: str) -> None:
    """Write the project of a language."""
    settings: dict[str, Any] = {
        "title": TITLES[language],
        "language": language,
        "base_url": base_url + FOLDERS[language],
        "exports": False,
        "offline": False,
    }
    pages = folder / "pages"
    pages.mkdir(parents=True)
    (folder / "notes").mkdir()
    (folder / "digest.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    for file, is_translated in list_pages(language):
        front = FRONT_MATTER.get(file.name, {}) | ({} if is_translated else {"lang": "en"})
        head = f"---\n{yaml.safe_dump(front)}---\n" if front else ""
        text = _DIAGRAM.sub(PICTURE[language], file.read_text("utf-8"))
        adapted = adapt_page(text, file.relative_to(ROOT).as_posix(), language, home)
        (pages / file.name).write_text(head + adapted, "utf-8")
    shutil.copytree(DOCS / "images", pages / "images")
    diagram = _DIAGRAM.search((DOCS / "architecture.md").read_text("utf-8"))
    arrows = re.findall(r"^  (\w+) --> (\w+)$", diagram[0] if diagram else "", re.MULTILINE)
    (pages / "images/rooms.svg").write_text(draw_rooms(arrows), "utf-8")
    shutil.copy(DOCS / "scale.svg", pages / "scale.svg")
    _write_theme(folder / "templates", language, base_url)


def _write_theme(folder: Path, language: str, base_url: str) -> None:
    """Write the templates of a language. Those in docs/theme have words in capitals for the addresses of both sites."""
    twin = next(other for other in NAMES if other != language)
    root = re.sub(r"^https?://[^/]+", "", base_url)
    words = {
        "TWIN_LANGUAGE": twin,
        "TWIN_NAME": NAMES[twin],
        "TWIN_ROOT": root + FOLDERS[twin],
        "TWIN_URL": base_url + FOLDERS[twin],
        "SITE_URL": base_url + FOLDERS[language],
        "LANGUAGE": language,
    }
    shutil.copytree(DOCS / "theme", folder)
    for template in folder.rglob("*.html"):
        text = template.read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        template.write_text(text, "utf-8")


def build_sites(output: Path, base_url: str = PREVIEW, home: str = "") -> list[str]:
    """Build the sites of both languages into a folder, which is replaced, and return the problems that digest found."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for language in NAMES:
            project = Path(folder, language)
            write_project(project, language, base_url, home)
            report = build(project)
            problems += [
                f"{FOLDERS[language]}{each.path}:{each.line}:{each.column}: {each.severity}[{each.code}] {each.message}"
                for each in report.diagnostics
            ]
        shutil.rmtree(output, ignore_errors=True)
        for language in NAMES:
            shutil.copytree(Path(folder, language, "site"), output / FOLDERS[language], dirs_exist_ok=True)
    return problems


def main() -> None:
    """Build both sites, print every problem, and exit with 1 if there is any."""
    parser = argparse.ArgumentParser(description="Build the documentation as a site.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the folder for the site, which is replaced")
    parser.add_argument("--base-url", default=PREVIEW, help="the address of the site")
    options = parser.parse_args()
    base_url = options.base_url.rstrip("/") + "/"
    problems = build_sites(options.output, base_url, os.environ.get("PROJECT_HOME", "").rstrip("/"))
    print("\n".join([*problems, f"built {options.output} for {base_url}"]))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
