"""The architecture: imports between rooms, access to the disk, and the length of files."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import digest

PACKAGE = Path(digest.__file__).parent
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix().removesuffix("/__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TABLE = tomllib.loads((Path(__file__).parents[1] / "docs/rooms.toml").read_text("utf-8"))
ALLOWED = {
    **{leaf: set(TABLE["leaves"][:rank]) for rank, leaf in enumerate(TABLE["leaves"])},
    **{name: {*TABLE["leaves"], *room["imports"]} for name, room in TABLE["rooms"].items()},
    # The package's `__init__` loads the interface for programs, and `python -m digest` runs the command line.
    "__init__": {"api", "config", "diagnostics", "model", "pipeline", "plugins", "store"},
    "__main__": {"cli"},
}
"""The rooms that each room may import."""
DISK_CALLS = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "mkdir", "unlink", "rename", "touch",
    "rmtree", "rglob", "glob", "iterdir", "scandir", "listdir", "makedirs", "copyfile", "symlink_to",
}  # fmt: skip

OPENING_CALLS = {"open", "fdopen", "read_bytes", "read_text", "write_bytes", "write_text"}


def room(module: str) -> str:
    return module.partition("/")[0]


def imported(module: str, path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, also inside functions."""
    parts = module.split("/")
    package = parts if path.name == "__init__.py" else parts[:-1]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                assert not alias.name.startswith("digest"), f"{module} imports {alias.name} by its absolute name"
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] if module != "__init__" else []
            target = [*base, *(node.module.split(".") if node.module else [])]
            for alias in node.names:
                name = "/".join([*target, alias.name])
                yield name if name in MODULES else "/".join(target) or "__init__"


@cache
def called(path: Path) -> frozenset[str]:
    """Return the names of all functions and methods that a module calls."""
    calls = (ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call))
    return frozenset(name if name == "Cache.open" else name.rpartition(".")[2] for name in calls)


@cache
def used(path: Path) -> frozenset[str]:
    """Return the names of all variables, functions and classes that a module uses."""
    return frozenset(node.id for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Name))


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_rooms_below_it(module: str) -> None:
    own = room(module)
    foreign = {room(name) for name in imported(module, MODULES[module])} - {own}
    assert foreign - {"__init__"} <= ALLOWED[own]


def test_only_a_few_modules_touch_the_disk() -> None:
    touching = {module for module, path in MODULES.items() if DISK_CALLS & called(path)}
    assert touching <= {module for module in MODULES if module in TABLE["disk"] or room(module) in TABLE["disk"]}


def test_the_files_of_a_project_are_opened_in_one_place() -> None:
    """Other modules open files of the package itself, or write files of the program's own."""
    opening = {module for module, path in MODULES.items() if OPENING_CALLS & called(path)}
    assert opening == set(TABLE["opening"])


def test_every_text_file_is_opened_with_an_encoding() -> None:
    """A locale decides no byte."""
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_bytes())):
            # importlib.metadata reads the text of metadata as UTF-8.
            if not isinstance(node, ast.Call) or ast.unparse(node.func) in (
                "os.open",
                "Cache.open",
                "metadata.read_text",
            ):
                continue
            if ast.unparse(node.func).rpartition(".")[2] in ("open", "fdopen", "read_text", "write_text"):
                given = [each.value for each in node.args if isinstance(each, ast.Constant)]
                named = [keyword.arg for keyword in node.keywords]
                assert {"rb", "wb", "xb", "ab", "utf-8"} & set(given) or "encoding" in named, f"{module}:{node.lineno}"


def test_nothing_depends_on_docstrings_or_assertions() -> None:
    """`python -OO` removes both."""
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_bytes())):
            assert not isinstance(node, ast.Assert), f"{module}:{node.lineno}"
            assert not (isinstance(node, ast.Attribute) and node.attr == "__doc__"), f"{module}:{node.lineno}"


def test_no_file_of_the_package_is_too_long_to_read() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > 400} == {}


PAGE_MODULES = sorted(name for name in MODULES if name.startswith("site/pages/"))


@pytest.mark.parametrize("module", PAGE_MODULES)
def test_a_page_module_imports_no_other(module: str) -> None:
    assert [name for name in imported(module, MODULES[module]) if name in PAGE_MODULES] == []


@pytest.mark.parametrize("module", PAGE_MODULES)
def test_only_a_page_module_uses_its_own_recipes(module: str) -> None:
    tree = ast.parse(MODULES[module].read_bytes())
    recipes = {node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Recipe")}
    assert recipes
    assert [other for other, path in MODULES.items() if other != module and recipes & used(path)] == []


def test_starting_the_command_line_imports_no_stage() -> None:
    script = "import sys, digest.cli; print(*sorted(name for name in sys.modules if name.startswith('digest.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    # The table of languages is needed for an option. It imports no language.
    assert done.stdout.split() == ["digest.cli", "digest.console", "digest.languages", "digest.usage"]


def test_a_build_with_nothing_to_do_imports_no_parser_and_no_template_engine(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/2024-03-19.txt").write_text("2024-03-19\nKestrel\nA bird.\n#birds\n", "utf-8")
    script = (
        "import sys, digest.cli\n"
        "try: digest.cli.main(['-C', sys.argv[1], 'build'])\n"
        "except SystemExit: pass\n"
        "print(*{name.partition('.')[0] if not name.startswith('digest.') else name for name in sys.modules})\n"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True)
    assert "nothing to write" in done.stderr
    slow = {"jinja2", "markdown_it", "yaml", "traceback", "digest.scripts", "digest.notes.dates"}
    rooms = ("digest.text", "digest.archive", "digest.search", "digest.site.pages", "digest.files")
    assert [name for name in done.stdout.split() if name in slow or name.startswith(rooms)] == []
