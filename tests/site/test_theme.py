"""The rules of the theme that need no browser to check: contrast, policy and size."""

import gzip
import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from digest.site.styles import strip_comments
from digest.site.theme import OWN_STYLES, theme_folder

STYLE = "".join((theme_folder() / "static/css" / name).read_text("utf-8") for name in ("digest.css", "entry.css"))
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", STYLE.partition("prefers-contrast")[0]
    )
}
TEMPLATES = {path.relative_to(theme_folder()).as_posix(): path for path in sorted(theme_folder().rglob("*.html"))}
WORDS = ["ink", "soft", "faint", "accent", *(name for name in COLOURS if name.startswith(("kind-", "code-")))]
ON_LEVELS = [("ink", "l1"), ("ink", "l2"), ("paper", "l3"), ("paper", "l4")]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    lights = sorted(luminance(COLOURS[name][scheme]) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [(text, ground) for text in WORDS for ground in ("paper", "sheet", "wash")]
    + [("ink", "mark"), ("soft", "mark"), ("paper", "ink"), *ON_LEVELS],
)
def test_text_has_enough_contrast(text: str, ground: str, scheme: int) -> None:
    assert contrast(text, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), [("edge", "paper"), ("edge", "sheet"), ("l3", "paper")])
def test_borders_and_bars_have_enough_contrast(line: str, ground: str, scheme: int) -> None:
    assert contrast(line, ground, scheme) >= 3


def test_the_theme_colour_is_the_background_of_the_page() -> None:
    head = (theme_folder() / "partials/theme-color.html").read_text("utf-8")
    assert tuple(re.findall(r'name="theme-color"[^>]*content="(#\w+)"', head)) == COLOURS["paper"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_contain_nothing_that_the_policy_forbids(name: str) -> None:
    source = TEMPLATES[name].read_text("utf-8")
    assert not re.search(r"""<style|\sstyle=|\son\w+=["']|javascript:""", source)
    scripts = re.findall(r"<script([^>]*)>", source)
    assert [script for script in scripts if "src=" not in script and "application/ld+json" not in script] == []


def test_no_template_turns_escaping_off() -> None:
    assert [
        name for name, path in TEMPLATES.items() if re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_include_and_extend_only_existing_templates(name: str) -> None:
    parsed = jinja2.Environment().parse(TEMPLATES[name].read_text("utf-8"))
    wanted = set(meta.find_referenced_templates(parsed))
    assert wanted <= TEMPLATES.keys()


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {
        asset for path in TEMPLATES.values() for asset in re.findall(r"asset\('([^']+)'\)", path.read_text("utf-8"))
    }
    assert named
    assert [asset for asset in sorted(named - {OWN_STYLES}) if not (theme_folder() / "static" / asset).is_file()] == []


def weigh(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def test_the_style_sheet_and_scripts_stay_below_their_size_limits() -> None:
    static = theme_folder() / "static"
    style = (static / "css/digest.css").read_bytes()
    scripts = [(static / "js" / name).read_bytes() for name in ("digest.js", "theme.js", "keys.js", "preview.js")]
    assert weigh(style) < 9_000
    assert weigh(b"".join(scripts)) < 12_000


def test_the_sheets_of_an_entry_s_page_leave_room_for_its_text() -> None:
    sheets = [(theme_folder() / "static/css" / name).read_text("utf-8") for name in ("digest.css", "entry.css")]
    assert sum(weigh(strip_comments(sheet).encode()) for sheet in sheets) < 10_000


def read_public_properties() -> list[str]:
    """Return the custom properties that docs/theming.md lists as meant to be set."""
    guide = (Path(__file__).parents[2] / "docs/theming.md").read_text("utf-8")
    table = guide.partition("| property |")[2].partition("\n\n")[0]
    return [name for row in table.splitlines()[2:] for name in re.findall(r"`(--[\w-]+)`", row.split("|")[1])]


def test_every_documented_property_is_set_at_the_root_and_used() -> None:
    names = read_public_properties()
    assert len(names) == len(set(names)) > 15
    sheets = "".join(path.read_text("utf-8") for path in (theme_folder() / "static/css").glob("*.css"))
    roots = "".join(re.findall(r"^:root[^{\n]*\{(.*?)\}", sheets, re.MULTILINE | re.DOTALL))
    assert [name for name in names if f"{name}:" not in roots] == []
    assert [name for name in names if f"var({name})" not in sheets] == []


def test_every_colour_of_text_ground_and_kinds_is_documented() -> None:
    inner = ("code-", "c", "callout")
    colours = {f"--{name}" for name in COLOURS if not name.startswith(inner)}
    assert colours <= set(read_public_properties())
