"""The documentation: generated sections are up to date, everything is described, and no link is broken."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import click
import pytest

from digest.cli import main
from digest.config import CardSettings, Config, KindSettings, SearchSettings, parse_config
from digest.notes.front_matter import KEYS
from digest.site.theme import theme_folder

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md"))]


def load_generator() -> ModuleType:
    return load("generate")


def load(name: str) -> ModuleType:
    """Load a script of the documentation."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", load_generator().GENERATED)
def test_generated_sections_are_up_to_date(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert load_generator().generate(page, text) == text, "run `make docs`"


def test_the_manual_page_is_up_to_date_and_names_every_option() -> None:
    page = load("generate_manual").write_manual()
    assert (DOCS / "digest.1").read_text("utf-8") == page, "run `make docs`"
    context = click.Context(main)
    commands = [main.get_command(context, name) for name in main.list_commands(context)]
    options = [name for command in commands if command for option in command.params for name in option.opts]
    plain = page.replace("\\-", "-")
    assert [name for name in options if name.startswith("--") and name not in plain] == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_has_no_mistake_in_its_markup() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", "-z", str(DOCS / "digest.1")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_every_template_has_a_view_and_its_section() -> None:
    templates = {path.name for path in theme_folder().iterdir() if path.is_file()} - {"base.html"}
    assert load_generator().views_by_template().keys() == templates
    text = (DOCS / "templates.md").read_text("utf-8")
    assert {name for name in templates if f"### `{name}`" in text} == templates


def test_every_setting_has_its_section_and_its_default() -> None:
    text = (DOCS / "configuration.md").read_text("utf-8")
    assert re.findall(r"^### (\w+)$", text, re.MULTILINE) == list(Config.__struct_fields__)
    rows = dict(re.findall(r"^\| \[`(\w+)`\]\(#\w+\) \| (.*?) \|", text, re.MULTILINE))
    assert list(rows) == list(Config.__struct_fields__)
    for name, default in rows.items():
        value = getattr(Config(), name)
        if isinstance(value, str | int) and value:
            assert default == f"`{str(value).lower() if value is True else value}`", name
    for struct in (CardSettings, KindSettings, SearchSettings):
        assert all(f"{name}:" in text for name in struct.__struct_fields__)


@pytest.mark.parametrize("page", ["configuration.md", "ko/configuration.md"])
def test_examples_of_settings_have_no_mistakes(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(examples) >= 4
    for example in examples:
        assert parse_config(example.encode())[1] == ()


def test_every_command_and_option_is_described() -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert section is not None, name
        options = [option for p in command.params if isinstance(p, click.Option) for option in p.opts]
        assert [option for option in options if f"`{option}" not in section[1]] == [], name


def test_every_front_matter_key_is_described() -> None:
    text = (DOCS / "format.md").read_text("utf-8").partition("## Front matter")[2].partition("##")[0]
    assert [key for key in KEYS if f"`{key}`" not in text] == []


def anchors(path: Path) -> list[str]:
    """Return the id of each heading, as GitHub makes it."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_are_not_broken(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)|<img[^>]* src=\"([^\"]+)\"|srcset=\"([^\"]+)\"", text):
        address, _, fragment = next(filter(None, target)).partition("#")
        if "://" in address:
            continue
        file = (page.parent / address) if address else page
        assert file.exists(), target
        if fragment:
            assert fragment in anchors(file), target
