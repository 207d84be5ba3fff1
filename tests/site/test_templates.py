"""A user's own templates and static files, and mistakes in them."""

from pathlib import Path

import pytest

from ..project import DAY, read_tree, run, write_project

NOTE = {"notes/2024-03-19.txt": DAY}


def test_a_user_template_can_extend_the_one_it_replaces(tmp_path: Path) -> None:
    write_project(
        tmp_path,
        {
            **NOTE,
            "templates/day.html": '{% extends "theme:day.html" %}\n'
            "{% block main %}<p>{{ view.entries|length }} & {{ site.title }}</p>{{ super() }}{% endblock %}",
            "templates/static/css/own.css": "p { color: red }",
            "templates/partials/footer.html": "<footer><a href=\"{{ asset('css/own.css') }}\">own</a></footer>",
        },
    )
    assert run(tmp_path, "build", "--strict").exit_code == 0
    page = (tmp_path / "site/2024/03/19/index.html").read_text("utf-8")
    assert "<p>1 & " in page
    assert "314B 모델이네요." in page
    assert '<footer><a href="/static/css/own.' in page
    assert len(list((tmp_path / "site/static/css").glob("own.*.css"))) == 1


def test_a_user_masthead_knows_the_section_of_its_page(tmp_path: Path) -> None:
    masthead = "<header>{{ section }}, {{ icons.search() }}</header>"
    write_project(tmp_path, {**NOTE, "templates/partials/masthead.html": masthead})
    assert run(tmp_path, "build", "--strict").exit_code == 0
    for page, section in ("index.html", "home"), ("tags/index.html", "tags"), ("404.html", ""):
        assert f"<header>{section}, <svg" in (tmp_path / "site" / page).read_text("utf-8")


def test_a_cached_macro_remembers_results_by_arguments(tmp_path: Path) -> None:
    template = (
        "{% macro double(n) %}<b>{{ n * 2 }}</b>{% endmacro %}{% set double = cached(double) %}"
        "{{ double(1) }}{{ double(2) }}{{ double(1) }}{{ double('<') }}"
    )
    write_project(tmp_path, {**NOTE, "templates/404.html": template})
    assert run(tmp_path, "build", "--strict").exit_code == 0
    assert (tmp_path / "site/404.html").read_text("utf-8") == "<b>2</b><b>4</b><b>2</b><b>&lt;&lt;</b>"


def test_the_next_build_uses_a_changed_template(tmp_path: Path) -> None:
    write_project(tmp_path, {**NOTE, "templates/404.html": "one"})
    run(tmp_path, "build")
    write_project(tmp_path, {"templates/404.html": "two"})
    run(tmp_path, "build")
    assert (tmp_path / "site/404.html").read_text("utf-8") == "two"
    (tmp_path / "templates/404.html").unlink()
    run(tmp_path, "build")
    assert "<!doctype html>" in (tmp_path / "site/404.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "source", "place", "message"),
    [
        ("day.html", "<p>\n{% if %}", "templates/day.html:2", "the template cannot be parsed: Expected an expression"),
        ("day.html", "<p>\n\n{{ view.dat }}", "templates/day.html:3", "`DayView` has no attribute `dat`"),
        ("day.html", "{{ viw.date }}", "templates/day.html:1", "there is no variable `viw`"),
        ("day.html", "\n{{ view.date|nosuch }}", "templates/day.html:2", "there is no filter `nosuch`"),
        (
            "day.html",
            "{% extends 'theme:days.html' %}",
            "templates/day.html:1",
            "there is no template `theme:days.html`",
        ),
        ("day.html", "\n{{ asset('css/none.css') }}", "templates/day.html:2", "there is no static file `css/none.css`"),
        ("day.html", "{{ 1 // 0 }}", "templates/day.html:1", "ZeroDivisionError"),
        (
            "partials/masthead.html",
            "\n{{ view.head.title }}",
            "templates/partials/masthead.html:2",
            "there is no variable `view`",
        ),
        ("partials/footer.html", "\n{{ nosuch }}", "templates/partials/footer.html:2", "there is no variable `nosuch`"),
    ],
)
def test_a_mistake_is_reported_once_with_its_place_and_the_site_is_unchanged(
    tmp_path: Path, name: str, source: str, place: str, message: str
) -> None:
    write_project(tmp_path, {**NOTE, "notes/2024-03-20.txt": DAY.replace("19일", "20일")})
    run(tmp_path, "build")
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {f"templates/{name}": source, "notes/2024-03-21.txt": DAY.replace("19일", "21일")})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    problems = [line for line in result.stdout.splitlines() if not line.startswith("  hint:")]
    assert len(problems) == 1
    assert problems[0].startswith(f"{place}: error[template] ")
    assert message in problems[0]
    assert read_tree(tmp_path / "site") == before
    (tmp_path / "templates" / name).unlink()
    assert run(tmp_path, "build").exit_code == 0
    assert (tmp_path / "site/2024/03/21/index.html").exists()


def test_static_files_that_refer_to_one_another_in_a_circle_are_reported(tmp_path: Path) -> None:
    circle = {"templates/static/a.js": 'import "./b.js";', "templates/static/b.js": 'import "./a.js";'}
    nowhere = {"notes/2024-03-22.txt": "2024-03-22\nMamba\n[[Nowhere]]를 봅시다.\n#ssm\n"}
    write_project(tmp_path, {**NOTE, **circle, **nowhere})
    for command in ("build", "check"):
        result = run(tmp_path, command)
        assert result.exit_code == 1
        assert "broken-wikilink" in result.stdout
        assert (
            "templates: error[template] static files refer to one another in a circle: a.js → b.js → a.js"
            in result.stdout
        )


@pytest.mark.parametrize("name", ["day.html", "static/css/own.css", "static/js/own.js"])
def test_a_file_that_is_not_utf_8_is_reported_by_name(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {**NOTE, f"templates/{name}": "가나".encode("cp949")})
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert name in result.stdout
    assert "save the file as UTF-8" in result.stdout
    assert not (tmp_path / "site/index.html").exists()


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("{{ site.titel }}", "`Site` has no attribute `titel`", "did you mean `title`?"),
        ("{{ site.title|uper }}", "there is no filter `uper`", "did you mean `upper`?"),
        ("{% if site %}x", "`{% if %}` is not closed", "write `{% endif %}` at its end"),
        ("{% for a in b %}{% endif %}", "`{% endif %}` closes nothing", "write `{% endfor %}` before it"),
        ("{% inclde 'a' %}", "there is no tag `inclde`", "did you mean `include`?"),
        ("{% endif %}", "`{% endif %}` closes nothing", "remove it"),
    ],
)
def test_a_mistake_in_a_template_has_a_hint(tmp_path: Path, source: str, message: str, hint: str) -> None:
    write_project(tmp_path, {**NOTE, "templates/day.html": source})
    assert run(tmp_path, "build").stdout.splitlines()[:2] == [
        f"templates/day.html:1: error[template] {message}",
        f"  hint: {hint}",
    ]
