"""Documents of our own words for the tests of search, and an index of them on disk."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from digest.search import IndexFile, SearchDocument, SearchIndex, SearchSettings, build_index, index_document

STATIC = Path(__file__).parents[2] / "templates" / "static" / "js"
HERE = Path(__file__).parent
SUBJECTS = (
    (
        "토크나이저",
        "tokenizer",
        "어휘를 줄인 토크나이저를 다시 학습했습니다. 토크나이저가 숫자를 어떻게 나누는지 봅니다.",
    ),
    ("번역", "translation", "문서 단위 번역을 다룹니다. 번역의 품질을 사람이 평가했군요."),
    ("양자화", "quantization", "가중치 양자화로 메모리를 아낍니다. 양자화된 모델이 생각보다 잘 버티네요."),
    ("이미지 분류", "classification", "이미지 분류 문제로 돌아왔습니다. 고해상도에서는 다릅니다."),
    ("데이터셋", "dataset", "새 데이터셋을 공개했습니다. 데이터셋의 중복을 걸렀다고 합니다."),
)


def document(number: int, **changes: object) -> SearchDocument:
    """Make the document of a number: four documents a day, subjects in turn."""
    korean, english, text = SUBJECTS[number % len(SUBJECTS)]
    day = number // 4
    fields: dict[str, object] = {
        "id": f"2024-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}/note-{number}",
        "url": f"/repo/note-{number}/",
        "title": f"Paper {number} on {english.title()} with Bright Ideas",
        "date": f"{2020 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}",
        "kind": "paper" if number % 3 else "note",
        "tags": ((english, english), ("llm", "LLM")) if number % 2 else ((english, english),),
        "authors": ("Mina Park", f"Writer {'abcdefghij'[number % 10] * 3}"),
        "commentary": f"{text} {korean} 이야기는 {number}번째입니다.",
        "arxiv": (f"24{number % 12 + 1:02}.{number:05}",),
    }
    return SearchDocument(**{**fields, **changes})  # type: ignore[arg-type]


def documents(count: int) -> list[SearchDocument]:
    return [document(number) for number in range(count)]


class Indexer:
    """Builds indexes one after the other, each from the rows of the one before, and has the files of the last."""

    def __init__(self, settings: SearchSettings | None = None) -> None:
        self.settings = settings or SearchSettings(kinds=(("paper", "논문"),))
        self.terms: dict[bytes, bytes] = {}
        self.fragments: dict[bytes, bytes] = {}
        self.rows: dict[str, bytes] = {}
        self.files: dict[str, bytes] = {}
        self.written: dict[str, bytes] = {}

    def build(self, notes: Iterable[SearchDocument]) -> SearchIndex:
        """Build the index of these notes."""
        terms = list(map(index_document, notes))
        self.terms |= {each.key.digest: msgspec.msgpack.encode(each) for each in terms}
        self.fragments |= {each.key.digest: each.fragment for each in terms}
        index = build_index([each.key for each in terms], self.terms.__getitem__, self.settings, self.rows.get)
        if index.whole:
            self.rows.clear()
        for name, value in index.rows.items():
            if value is None:
                self.rows.pop(name, None)
            else:
                self.rows[name] = value
        fragments = {path: self.fragments[digest] for path, digest in index.fragments.items()}
        before = self.files
        self.files = (
            {path: before[path] for path in index.kept} | {each.path: each.content for each in index.files} | fragments
        )
        self.written = {path: content for path, content in self.files.items() if before.get(path) != content}
        return index


def build(notes: Iterable[SearchDocument], settings: SearchSettings | None = None) -> tuple[IndexFile, ...]:
    """Build an index anew, and return its files."""
    indexer = Indexer(settings)
    indexer.build(notes)
    return tuple(IndexFile(path, content) for path, content in indexer.files.items())


def write(files: Iterable[IndexFile], folder: Path) -> None:
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def copy_modules(folder: Path) -> Path:
    """Copy the browser's modules to where Node takes them for modules."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in STATIC.glob("*.js"):
        shutil.copy(path, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def find_node() -> str:
    """Return the path of Node, or skip the test."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not here to run the browser's modules")
    return node


def run_node(*arguments: str | Path) -> str:
    """Run a script with Node, and return what it prints."""
    done = subprocess.run([find_node(), *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Search:
    """The browser's search in a process of its own, which answers queries on any index until it is closed."""

    def __init__(self, modules: Path) -> None:
        command = [find_node(), str(HERE / "reader.mjs"), str(modules)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def ask(self, index: Path, query: str, **options: Any) -> dict[str, Any]:
        """Ask a query of the index in a folder and return the answer."""
        asked, answered = self._process.stdin, self._process.stdout
        assert asked is not None
        assert answered is not None
        asked.write(json.dumps([str(index), query, options]) + "\n")
        asked.flush()
        answer = json.loads(answered.readline())
        assert isinstance(answer, dict)
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class Reader:
    """Queries an index on disk."""

    def __init__(self, search: Search, index: Path) -> None:
        self.search = search
        self.index = index

    def ask(self, query: str, **options: Any) -> dict[str, Any]:
        return self.search.ask(self.index, query, **options)
