"""The source code -> the English messages that commands can print."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import digest

PACKAGE = Path(digest.__file__).parent

SILENT = re.compile(
    r"""
    ^(?: languages/ | citations/ | search/ | export/ | parallel/task | pictures/(?:drawing|texts|breaking)
      | archive/(?:fact|terms|figures)                      # patterns and words
      | text/(?!math|rules|markdown)                        # pages
      | site/(?!assets|templating|theme|unused|page_types)             # pages
      | notes/(?:known_keys|kinds|file_names|dates|titles|names|papers|spoken)
      | papers/(?:writing|record|questions)
      | serve/(?:app|conditions|connection)                 # short answers of HTTP to programs
      | scripts | limits | diagnostics | workflow | installed | api | __init__ | notes/__init__ | plugins/__init__ )
    """,
    re.VERBOSE,
)
"""Modules whose texts are no messages: they are pages, patterns, words to look for, files, or errors for programmers."""
_MACHINE = re.compile(r"</?[a-z]+[ >{]|^\s*CREATE |\(\?|\\[swdb]|charset=|^[A-Z]+ [A-Z_a-z{]+ |^\^")
"""HTML, regular expressions, media types, SQL."""
_FOR_PROGRAMS = {"compile", "TypeVar", "cast", "fullmatch", "match", "search", "execute", "executemany", "fromkeys"}
"""Functions whose texts are for programs."""
_FOR_PROGRAMMERS = {"AssertionError", "NotImplementedError", "AttributeError", "LookupError", "ImportError"}
"""Errors that no author is told of."""
VALUE = "{}"


def find_messages() -> Iterator[tuple[str, str]]:
    """Yield each English message of the source code with its module. A value in it is `{}`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).with_suffix("").as_posix()
        if not SILENT.match(module):
            for text in _texts_of(ast.parse(path.read_bytes())):
                if _is_prose(text):
                    yield module, text


def _texts_of(tree: ast.Module) -> Iterator[str]:
    skipped: set[int] = set()
    for node in ast.walk(tree):  # a node comes before the nodes in it
        if id(node) in skipped:
            continue
        skipped.update(id(each) for part in _silent_parts(node) for each in ast.walk(part))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values if isinstance(part, ast.Constant))
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _silent_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node whose texts are no messages: docstrings, annotations, formats, and texts for programs."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.FormattedValue) and node.format_spec:
        yield node.format_spec
    elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
        yield node.annotation
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
        yield node.returns
    elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _FOR_PROGRAMS:
        yield from node.args
    elif isinstance(node, ast.Raise) and node.exc and ast.unparse(node.exc).partition("(")[0] in _FOR_PROGRAMMERS:
        yield node.exc


def _is_prose(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{2,}|\ba\b", re.sub(r"`[^`]*`", "", text))
    return " " in text.strip() and bool(words) and not _MACHINE.search(text)
