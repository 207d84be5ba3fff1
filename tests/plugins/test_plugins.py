"""Plugins extend the site, and an error in one is reported with its name and leaves the site unchanged."""

import re
import shutil
from pathlib import Path

import pytest

from digest.parallel.workers import Workers
from digest.serve.preview import open_preview

from ..project import build_project, read_tree, run, write_project

EXAMPLE = Path(__file__).parents[2] / "examples" / "people"
MODULE = "plugins/people/__init__.py"
NOTE = "2024-03-19\nKestrel\nA bird. (https://example.org/kestrel)\n#birds\n"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "people", ignore=shutil.ignore_patterns("site", ".digest", "__pycache__"))
    return tmp_path / "people"


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def write_plugin(folder: Path, code: str) -> Path:
    return write_project(
        folder,
        {"digest.yaml": "plugins: [own]\n", "notes/2024-03-19.txt": NOTE, "plugins/own.py": code},
    )


def test_the_example_adds_a_page_a_kind_a_link_in_the_footer_and_cleaner_links(example: Path) -> None:
    assert build_project(example).diagnostics == ()
    people = (example / "site/people/index.html").read_text("utf-8")
    assert people.index("Ada Linden") < people.index("Jun Park") < people.index("Mina Seo")
    assert "AL · 2 entries" in people
    assert '<a href="/people/">People</a>' in (example / "site/index.html").read_text("utf-8")
    dataset = (example / "site/kinds/dataset/index.html").read_text("utf-8")
    assert "Open Kettle Recordings" in dataset
    entry = (example / "site/2024/03/19/open-kettle-recordings/index.html").read_text("utf-8")
    assert 'href="https://huggingface.co/datasets/kettle/recordings"' in entry
    assert "utm_source" not in entry


def test_a_mark_of_a_plugin_is_a_link_in_the_text_and_not_in_code(tmp_path: Path) -> None:
    code = (
        "from digest.plugins import InlineRule, Plugin, Run\n"
        "def write(match): return Run(match[0] + '<b>', 'strong', 'https://social.example/' + match[0])\n"
        "plugin = Plugin(inline_rules=(InlineRule('@', r'(?<!\\w)@[a-z]+', write),))\n"
    )
    write_plugin(tmp_path, code)
    write_project(tmp_path, {"notes/2024-03-20.txt": "2024-03-20\nWren\nAsk @ada, not a@b or `@eve`.\n#birds\n"})
    assert build_project(tmp_path).diagnostics == ()
    page = (tmp_path / "site/2024/03/20/wren/index.html").read_text("utf-8")
    assert (
        'Ask <a href="https://social.example/@ada"><strong>@ada&lt;b&gt;</strong></a>, not a@b or <code>@eve</code>.'
        in page
    )


def test_a_page_of_a_plugin_is_in_the_sitemap(example: Path) -> None:
    assert run(example, "build", "--base-url", "https://example.org/").exit_code == 0
    assert "https://example.org/people/" in (example / "site/sitemap.xml").read_text("utf-8")


def test_words_of_a_plugin_follow_the_language_of_the_interface(example: Path) -> None:
    replace(example / "digest.yaml", "language: en", "language: ko")
    build_project(example)
    assert '<a href="/people/">사람</a>' in (example / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (MODULE, 'startswith("utm_")', 'startswith("nothing")'),
        (MODULE, '"/datasets/" in', '"/spaces/" in'),
        (MODULE, "sorted(entries)", "sorted(entries, reverse=True)"),
        (MODULE, '{"people": "People"}', '{"people": "Authors"}'),
        ("plugins/people/templates/people.html", 'class="head"', 'class="head people"'),
        ("digest.yaml", "plugins: [people]", "plugins: []"),
    ],
)
def test_a_build_after_a_plugin_changed_equals_a_full_build(example: Path, file: str, old: str, new: str) -> None:
    build_project(example)
    before = read_tree(example / "site")
    replace(example / file, old, new)
    build_project(example)
    warm = read_tree(example / "site")
    build_project(example, clean=True)
    assert warm == read_tree(example / "site")
    assert warm != before


def test_a_build_with_nothing_to_do_writes_nothing(example: Path) -> None:
    build_project(example)
    assert build_project(example).written == 0


def test_processes_that_share_no_memory_load_plugins_themselves(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_project(example)
    expected = read_tree(example / "site")
    monkeypatch.setenv("DIGEST_START_METHOD", "spawn")
    for limit in ("digest.pipeline.read.BATCH", "digest.pipeline.render.BATCH"):
        monkeypatch.setattr(limit, 1)
    build_project(example, workers=Workers(2), clean=True)
    assert read_tree(example / "site") == expected


def test_a_preview_equals_a_build_and_follows_changes_of_a_plugin(example: Path) -> None:
    with open_preview(example, drafts=False, base_url=None) as preview:
        for wanted in ("People", "Authors"):
            build_project(example)
            page = preview.content("people/")
            assert page == (example / "site/people/index.html").read_bytes()
            assert wanted.encode() in (page if isinstance(page, bytes) else b"")
            replace(example / MODULE, '{"people": "People"}', '{"people": "Authors"}') if wanted == "People" else None
            preview.refresh()


def test_a_preview_keeps_the_last_plugins_that_could_be_loaded(example: Path) -> None:
    with open_preview(example, drafts=False, base_url=None) as preview:
        good = preview.content("people/")
        replace(example / MODULE, "plugin = Plugin(", "plugin = Plugin(oops, ")
        preview.refresh()
        assert preview.content("people/") == good
        assert [problem.code for problem in preview.problems] == ["plugin"]


FAILING = {
    "a module": "1 / 0\n",
    "a syntax error": "def f(:\n",
    "a rule": "plugin = Plugin(kind_rules=(Rule('note', 'never', lambda evidence: 1 / 0),))\n",
    "a mark": "plugin = Plugin(inline_rules=(InlineRule('A', 'A', lambda match: 1 / 0),))\n",
    "a pattern": "plugin = Plugin(inline_rules=(InlineRule('A', '(', lambda match: Run('')),))\n",
    "a transform": "plugin = Plugin(transform=lambda entry: 1 / 0)\n",
    "a plan": "plugin = Plugin(page_types=(PageType(recipe=R, paths='own/', plan=lambda a: 1 / 0, compose=c),))\n",
    "a lazy plan": "def plan(a):\n    yield 1 / 0\n"
    "plugin = Plugin(page_types=(PageType(recipe=R, paths='own/', plan=plan, compose=c),))\n",
    "a composer": "plugin = Plugin(page_types=(PageType("
    "recipe=R, paths='own/', plan=lambda a: [Page('own/', R())], compose=lambda *a: 1 / 0),))\n",
    "a label": "plugin = Plugin(page_types=(PageType(recipe=R, paths='own/', compose=c, "
    "menu=MenuEntry('footer', 'own', 'own/', lambda ui: ui.word('missing'))),))\n",
    "texts": "def t(recipe): return recipe.nothing\n"
    "plugin = Plugin(page_types=(PageType(recipe=R, paths='x/', plan=lambda a: [Page('x/', R())], compose=c, texts=t),))\n",
}
IMPORTS = (
    "from digest.plugins import InlineRule, Plugin, Rule, Run\n"
    "from digest.plugins.pages import MenuEntry, Page, PageType, Recipe\n"
    "class R(Recipe, frozen=True): pass\n"
    "def c(parts, path, recipe): return b''\n"
)


@pytest.mark.parametrize("code", FAILING.values(), ids=FAILING)
def test_an_error_in_a_plugin_is_reported_with_its_line_and_the_site_is_unchanged(tmp_path: Path, code: str) -> None:
    write_plugin(tmp_path, "from digest.plugins import Plugin\nplugin = Plugin()\n")
    build_project(tmp_path)
    before = read_tree(tmp_path / "site")
    write_project(tmp_path, {"plugins/own.py": IMPORTS + code, "notes/2024-03-20.txt": NOTE.replace("19", "20")})
    report = build_project(tmp_path)
    assert report.refused
    assert {problem.code for problem in report.diagnostics} == {"plugin"}
    assert all("the plugin `own` failed: " in problem.message for problem in report.diagnostics)
    assert {problem.path for problem in report.diagnostics} == {"plugins/own.py"}
    assert all(problem.line > 4 for problem in report.diagnostics if "not a regular" not in problem.message)
    assert read_tree(tmp_path / "site") == before
    checked = run(tmp_path, "check", "--links")
    assert checked.exit_code == 1
    assert "plugins/own.py:" in checked.output


def test_an_error_in_a_template_global_is_reported_at_its_line_in_the_plugin(tmp_path: Path) -> None:
    code = "from digest.plugins import Plugin\nplugin = Plugin(template_globals={'own': lambda: 1 / 0})\n"
    write_plugin(tmp_path, code)
    write_project(tmp_path, {"templates/404.html": "{{ own() }}\n"})
    report = build_project(tmp_path)
    assert [(problem.path, problem.line, problem.code) for problem in report.diagnostics] == [
        ("plugins/own.py", 2, "plugin")
    ]


def test_a_page_at_the_path_of_another_is_an_error_that_names_both(tmp_path: Path) -> None:
    code = "plugin = Plugin(page_types=(PageType(recipe=R, paths='x/', plan=lambda a: [Page('tags/', R())], compose=c),))\n"
    write_plugin(tmp_path, IMPORTS + code)
    [problem] = build_project(tmp_path).diagnostics
    assert problem.message == "two page types plan a page at `tags/`: those of R and TagsRecipe"


def test_a_plugin_that_does_not_exist_is_an_error_that_says_where_to_put_it(tmp_path: Path) -> None:
    write_project(tmp_path, {"digest.yaml": "plugins: [nowhere]\n", "notes/2024-03-19.txt": NOTE})
    [problem] = build_project(tmp_path).diagnostics
    assert problem.message == "there is no plugin `nowhere`"


def test_a_module_without_a_plugin_is_an_error(tmp_path: Path) -> None:
    write_plugin(tmp_path, "answer = 42\n")
    [problem] = build_project(tmp_path).diagnostics
    assert problem.message == "the plugin `own` has no `plugin = Plugin(…)`"


def test_a_file_outside_the_project_is_not_loaded_as_a_plugin(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", {"digest.yaml": "plugins: [own]\n", "notes/2024-03-19.txt": NOTE})
    outside = tmp_path / "own.py"
    outside.write_text("from digest.plugins import Plugin\nplugin = Plugin()\n", "utf-8")
    (project / "plugins").mkdir()
    (project / "plugins/own.py").symlink_to(outside)
    [problem] = build_project(project).diagnostics
    assert problem.message == "the plugin `own` is a link that leads out of the project"


@pytest.mark.parametrize("name", ["../own", "a/b", "a b", "1st", ""])
def test_the_name_of_a_plugin_must_be_that_of_a_module(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {"digest.yaml": f"plugins: ['{name}']\n", "notes/2024-03-19.txt": NOTE})
    assert run(tmp_path, "build").exit_code == 2


def test_the_examples_of_the_documentation_are_plugins(tmp_path: Path) -> None:
    page = (EXAMPLE.parents[1] / "docs/plugins.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    templates = re.findall(r"```jinja\n(.*?)```", page, re.DOTALL)
    assert (len(examples), len(templates)) == (4, 1)
    for number, example in enumerate(examples):
        settings = "kinds: {dataset: {label: Dataset}}\nplugins: [own]\n"
        files = {"digest.yaml": settings, "notes/2024-03-19.txt": NOTE, "plugins/own.py": example}
        files |= {f"templates/{name}": templates[0] for name in re.findall(r"Template\(\"(\S+)\"", example)}
        found = build_project(write_project(tmp_path / str(number), files)).diagnostics
        assert [problem for problem in found if problem.severity != "notice"] == []


def test_plugins_apply_to_entries_that_a_program_reads(example: Path) -> None:
    import digest

    links = [entry.link for entry in digest.read(example).entries]
    assert "https://huggingface.co/datasets/kettle/recordings" in links
