"""Templates whose code reads attributes and calls functions directly, and templates that need Jinja's own code."""

from pathlib import Path

import jinja2
import pytest
from msgspec import Struct

from digest.config import Config
from digest.languages import strings_for
from digest.pipeline.arrange import describe_site
from digest.site.templating import Renderer, RenderError

from ..conftest import copy_golden
from ..project import build_project


class View(Struct, frozen=True):
    """Values for a template."""

    words: dict[str, str]
    word: str = "a < b"
    class_: str = "k"


@jinja2.pass_context
def known(context: jinja2.runtime.Context) -> str:
    """Return the word of the view, which a template did not pass."""
    return str(context["view"].word)


def make_renderer(source: str) -> Renderer:
    return Renderer(
        describe_site(Config()), strings_for("en"), {}, {"page.html": source.encode()}, names={"known": known}
    )


def render(source: str) -> str:
    return make_renderer(source).render("page.html", View({"is": "dict"})).decode()


CASES = {
    "an attribute": ("{{ view.word }}", "a &lt; b"),
    "an attribute of a literal": ("{{ 'x'.upper() }}{{ (1).real }}", "X1"),
    "a key of a dictionary after a dot": ("{{ view.words.is }}", "dict"),
    "a method of a dictionary after a dot": (
        "{% for k, v in view.words.items() %}{{ k }}={{ v }}{% endfor %}",
        "is=dict",
    ),
    "a missing attribute with a default": ("{{ view.none|default('-') }}{{ view.none is defined }}", "-False"),
    "a function that is given the context": ("{{ known() }}", "a &lt; b"),
    "a macro with a caller": (
        "{% macro m(x) %}<b>{{ caller() }}{{ x }}</b>{% endmacro %}{% call m(1) %}&{% endcall %}",
        "<b>&1</b>",
    ),
    "a macro with a default": (
        "{% macro m(x, y='<') %}{{ x }}{{ y }}{% endmacro %}{{ m(1) }}{{ m(1, y=2) }}",
        "1&lt;12",
    ),
    "a macro in a loop": (
        "{% macro m(x) %}[{{ x }}]{% endmacro %}{% for x in 'ab' %}{{ m(x) }}{{ loop.index }}{% endfor %}",
        "[a]1[b]2",
    ),
    "a recursive loop": (
        "{% for x in ['a', ['b']] recursive %}{{ loop(x) if x is not string else x }}{% endfor %}",
        "ab",
    ),
    "a namespace": ("{% set n = namespace(i=0) %}{% for x in 'ab' %}{% set n.i = n.i + 1 %}{% endfor %}{{ n.i }}", "2"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_template_may_use_anything_that_jinja_offers(name: str) -> None:
    source, expected = CASES[name]
    assert render(source) == expected


def test_a_template_that_needs_jinjas_own_code_is_rendered_by_it_at_once_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    renderer = make_renderer("{{ view.words.is }}")
    assert renderer.render("page.html", View({"is": "first"})) == b"first"
    monkeypatch.setattr(renderer, "_render_indirectly", None)
    assert renderer.render("page.html", View({"is": "second"})) == b"second"


def test_a_mistake_is_named_with_its_line() -> None:
    with pytest.raises(RenderError, match="`View` has no attribute `wrod`") as caught:
        render("\n{{ view.wrod }}")
    assert (caught.value.diagnostic.path, caught.value.diagnostic.line) == ("templates/page.html", 2)


def test_no_packaged_template_needs_jinjas_own_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed: list[str] = []
    render_indirectly = Renderer._render_indirectly

    def note_and_render(renderer: Renderer, name: str, view: Struct) -> bytes:
        needed.append(name)
        return render_indirectly(renderer, name, view)

    monkeypatch.setattr(Renderer, "_render_indirectly", note_and_render)
    copy_golden(tmp_path)
    assert build_project(tmp_path, workers=1).written
    assert needed == []
