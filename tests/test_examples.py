"""The projects in examples/: each is whole, builds without a warning, and shows what its page says."""

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from .project import run
from .site.test_theme import COLOURS, luminance

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build all examples, in copies; return the folders of their sites by name."""
    built = {}
    for name in NAMES:
        project = tmp_path_factory.mktemp("examples") / name
        shutil.copytree(EXAMPLES / name, project, ignore=shutil.ignore_patterns("site", ".digest", "digest.lock"))
        result = run(project, "build", "--strict")
        assert (result.exit_code, result.stdout) == (0, ""), result.output
        built[name] = project / "site"
    return built


def page(site: Path, path: str) -> html.HtmlElement:
    return html.document_fromstring((site / path / "index.html").read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_no_link_of_an_example_is_broken(sites: dict[str, Path], name: str) -> None:
    result = run(sites[name].parent, "check", "--links", "--strict")
    assert (result.exit_code, result.stdout) == (0, ""), result.output


def test_every_example_is_described() -> None:
    text = (EXAMPLES / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"| [`{name}`]({name}) |" not in text] == []


def test_the_person_has_models_with_figures_a_kind_a_licence_and_colours(sites: dict[str, Path]) -> None:
    site = sites["person"]
    table = page(site, "kinds/model").text_content()
    assert "Doyo-3B" in table
    assert "Egret-13B" in table
    assert "2.4T" in table
    assert page(site, "kinds/tool").xpath("string(//h1)").strip() == "도구"
    assert "작은 모델" in page(site, "tags/slm").xpath("string(//h1)")
    for path in ("", "tags", "2025/01/06"):
        assert page(site, path).xpath('//footer//a[@rel="license"]'), path
        assert page(site, path).xpath('//link[@rel="stylesheet"][last()][contains(@href, "/css/own.")]'), path


def test_the_laboratory_has_authors_and_kinds_of_its_own(sites: dict[str, Path]) -> None:
    site = sites["laboratory"]
    for kind, label in (("experiment", "Experiment"), ("fieldwork", "Field work"), ("talk", "Talk")):
        assert page(site, f"kinds/{kind}").xpath("string(//h1)").strip() == label
    entry = page(site, "2025/05/27/a-second-tide")
    assert entry.xpath('string(//*[@class="authors"])').endswith("Leila Sarkis, Ines Adeyemi, Joost van der Meij")
    assert entry.xpath('//p[@class="again"]/a[@href="/kinds/experiment/"]')
    assert not page(site, "2025/05/06/seminar-silence-as-data").xpath('//p[@class="again"]')
    assert list((site / "static/images").glob("logo.*.svg"))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["laboratory", "person"])
def test_the_colours_of_an_example_have_enough_contrast(name: str, scheme: int) -> None:
    style = (EXAMPLES / name / "templates/static/css/own.css").read_text("utf-8")
    own = {key: pair for key, *pair in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", style) if key != "c"}
    kinds = re.findall(r"--c: light-dark\((#\w+), (#\w+)\)", style)
    colours = {key: pair[scheme] for key, pair in {**COLOURS, **own}.items()}
    texts = [colours[key] for key in ("ink", "soft", "faint", "accent", "kind-paper", "kind-model", "kind-note")]
    for text in (*texts, *(pair[scheme] for pair in kinds)):
        for ground in ("paper", "sheet", "wash"):
            assert contrast(text, colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["l2"]) >= 4.5
    assert min(contrast(colours["paper"], colours[level]) for level in ("l4", "l3")) >= 3


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
