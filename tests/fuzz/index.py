"""The index of the search: the bytes of one of its files -> what the browser's reader answers, by Node.

The first line of an input names a file of a small index, by the beginning of its name, and the rest is its content. The checksum in
the file's name is made right again, so that the reader goes on to the content, as it does with the index of a site that somebody
else made.
"""

import atexit
import base64
import json
import re
import select
import shutil
import subprocess
import zlib
from functools import cache
from pathlib import Path
from typing import IO

from digest.search.coding import MAGIC, content_name

from ..search.notes import build, copy_modules, documents
from .target import Target, encode_all, make_folder

HERE = Path(__file__).parent
PATIENCE_SECONDS = 30
QUERIES = ("번역 tokenizer", "#llm 2020-01-01", "양자화된 모델 mina park wobblefish")
_OWN = re.compile(r"[\w-]+\.js:\d+:\d+")
KINDS = frozenset({"missing", "damaged", "mismatch", "version"})
COUNT = 24
MANIFEST = "index.json"
WORDS = encode_all(
    *QUERIES, "\n", "\t", '"', "[", "]", "{", "}", ":", ",", "null", "true", "-1", "1e400", "parts", "shards", "tails", "words", "shape", "names",
    "count", "core", "documents", "groups", "kinds", "notes", "format", "version", "language", "\0\0", "\ud800", "\uffff",
)  # fmt: skip


class ReaderError(AssertionError):
    """An error that the browser's reader does not expect; `place` is its message and the line that raised it."""

    def __init__(self, stack: str) -> None:
        super().__init__(stack)
        self.place = " ".join([stack.partition("\n")[0][:80], *_OWN.findall(stack)[:1]])


class Reader:
    """The browser's reader in a process of its own, which answers queries on an index until it is stopped."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            raise RuntimeError("Node is not here to run the browser's modules")
        modules = copy_modules(make_folder())
        command = [node, "--max-old-space-size=512", str(HERE / "reader.mjs"), str(modules)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        atexit.register(self.process.kill)

    def ask(self, files: dict[str, bytes]) -> list[dict[str, str]]:
        """Ask all queries of an index and return the answers."""
        packed = {path: base64.b64encode(content).decode() for path, content in files.items()}
        _pipe(self.process.stdin).write(json.dumps({"files": packed, "queries": QUERIES}).encode() + b"\n")
        _pipe(self.process.stdin).flush()
        output = _pipe(self.process.stdout)
        ready, _, _ = select.select([output], [], [], PATIENCE_SECONDS)
        line = output.readline() if ready else b""
        if not line:
            self.process.kill()
            _reader.cache_clear()
            raise TimeoutError("the reader hangs") if not ready else RuntimeError("the reader died")
        answers = json.loads(line)
        assert isinstance(answers, list)
        return answers


def check(content: bytes) -> None:
    """Check that the reader answers, or says of a file that it is damaged, and never waits or breaks.

    The manifest alone has no checksum: it is read as it is, and any error will do.
    """
    path, files = _index(content)
    for answer in _reader().ask(files):
        if "thrown" in answer and path != MANIFEST:
            raise ReaderError(answer["thrown"])
        assert "error" not in answer or answer["error"] in KINDS, answer


def describe(content: bytes) -> str:
    """Return the answer to each query, a line each."""
    return "".join(
        f"{query}: {answer}\n" for query, answer in zip(QUERIES, _reader().ask(_index(content)[1]), strict=True)
    )


def _index(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return the file that an input stands for, and an index with it."""
    head, _, body = content.partition(b"\n")
    files = _files()
    names = sorted(files)
    # The rest of a name is a hash of its content, which changes whenever the index does.
    beginnings = {name.partition(".")[0]: name for name in names}
    path = beginnings.get(head.decode("ascii", "replace").partition(".")[0]) or names[sum(head) % len(names)]
    return path, _exchange(files, path, body)


def _exchange(files: dict[str, bytes], path: str, body: bytes) -> dict[str, bytes]:
    """Return the files of an index with another content in one of them."""
    if path == MANIFEST or path.startswith("f/"):
        return {**files, path: body if path == MANIFEST else zlib.compress(body)}
    stem, name, ending = path.split(".")
    kind = zlib.decompress(files[path])[len(MAGIC) : len(MAGIC) + 1]
    renamed = content_name(body, len(name))
    manifest = files[MANIFEST].replace(name.encode(), renamed.encode())
    rest = {each: content for each, content in files.items() if each != path}
    return {**rest, MANIFEST: manifest, f"{stem}.{renamed}.{ending}": zlib.compress(MAGIC + kind + body)}


@cache
def _files() -> dict[str, bytes]:
    return {file.path: file.content for file in build(documents(COUNT))}


@cache
def _reader() -> Reader:
    return Reader()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _content(path: str) -> bytes:
    """Return the content of a file as an input holds it."""
    content = _files()[path]
    if path == MANIFEST:
        return content
    return zlib.decompress(content)[0 if path.startswith("f/") else len(MAGIC) + 1 :]


def _seeds() -> tuple[bytes, ...]:
    contents = {path: _content(path) for path in sorted(_files())}
    small = [path for path, content in contents.items() if len(content) < 4000]
    fragments = [path for path in small if path.startswith("f/")]
    return tuple(path.encode() + b"\n" + contents[path] for path in small if path not in fragments[2:])


TARGET = Target(check, describe, _seeds(), WORDS)
