"""The settings of tags on the site: labels, descriptions, the tags above and below, and the warnings."""

from pathlib import Path

import pytest

from digest.config import load_config
from digest.pipeline.build import Project
from digest.pipeline.check import check_project

from ..project import build_project, read_tree, write_project

NOTES = """\
2024-03-19
Wren-2
A small model.
#lm #birds

Heron
A larger one, translated.
#lm #하천
"""
SETTINGS = """\
base_url: https://digest.example/
tags:
  lm:
    label: Language model
    description: Models of <text>,
      small and large
    parent: nlp
  nlp:
    label: NLP
"""


def build(folder: Path, settings: str, notes: str = NOTES) -> dict[str, str]:
    """Build a project and return the text of its pages and feeds by path."""
    write_project(folder, {"digest.yaml": settings, "notes/2024-03-19.txt": notes})
    build_project(folder)
    found = read_tree(folder / "site").items()
    return {
        path: content.decode() for path, content in found if path.endswith((".html", ".xml", ".md", "entries.json"))
    }


def warnings(folder: Path, settings: str, notes: str = NOTES) -> list[str]:
    write_project(folder, {"digest.yaml": settings, "notes/2024-03-19.txt": notes})
    config, mistakes = load_config(folder)
    assert mistakes == ()
    found = sorted(check_project(Project(folder, config), lambda *_: None).diagnostics)
    assert {d.path for d in found} <= {"digest.yaml"}
    return [f"{d.line}:{d.column} {d.message} ({d.hint})" for d in found if d.code in ("unknown-tag", "unused-setting")]


def test_a_label_stands_in_place_of_the_spelling_on_pages_and_in_exports(tmp_path: Path) -> None:
    files = build(tmp_path, SETTINGS)
    assert '<a class="tag" href="/tags/lm/" lang="en">Language model</a>' in files["2024/03/19/index.html"]
    assert '"tags":["Language model","birds"]' in files["data/entries.json"]
    assert '<category term="Language model"/>' in files["feed.xml"]
    assert '<span class="tag">lm</span>' in files["tags/lm/index.html"]


def test_the_markdown_of_an_entry_names_its_tags_as_notes_do(tmp_path: Path) -> None:
    assert "tags:\n- lm\n- birds\n" in build(tmp_path, SETTINGS)["2024/03/19/wren-2/index.md"]


def test_no_address_changes_with_a_label(tmp_path: Path) -> None:
    before = build(tmp_path / "before", "base_url: https://digest.example/\n")
    after = build(tmp_path / "after", SETTINGS)
    assert set(after) - set(before) == {"tags/nlp/index.html"}
    assert set(before) <= set(after)


def test_a_description_is_on_the_page_of_its_tag_and_in_its_feed(tmp_path: Path) -> None:
    files = build(tmp_path, SETTINGS)
    escaped = "Models of &lt;text&gt;, small and large"
    assert f"<p>{escaped}</p>" in files["tags/lm/index.html"]
    assert f'<meta name="description" content="{escaped}">' in files["tags/lm/index.html"]
    assert f"<subtitle>{escaped}</subtitle>" in files["tags/lm/feed.xml"]
    assert escaped not in files["tags/birds/index.html"]


def test_the_page_of_a_tag_leads_to_the_tags_above_and_below_it(tmp_path: Path) -> None:
    files = build(tmp_path, SETTINGS)
    assert (
        '<li><a href="/tags/nlp/">#NLP</a></li><li><span aria-current="page">#Language model</span></li>'
        in (files["tags/lm/index.html"])
    )
    narrower = '<a class="tag" href="/tags/lm/" lang="en">Language model</a> <span class="n">2</span>'
    assert narrower in files["tags/nlp/index.html"]
    assert narrower in files["tags/index.html"].partition('id="families"')[2].partition("</section>")[0]


def test_a_tag_without_entries_has_a_page_and_no_feed(tmp_path: Path) -> None:
    files = build(tmp_path, SETTINGS)
    assert "wren-2" not in files["tags/nlp/index.html"]
    assert "tags/nlp/feed.xml" not in files
    assert "<loc>https://digest.example/tags/nlp/</loc>" in files["sitemap.xml"]


def test_the_page_of_a_tag_without_entries_still_answers_when_its_settings_are_gone(tmp_path: Path) -> None:
    build(tmp_path, SETTINGS)
    files = build(tmp_path, "base_url: https://digest.example/\n")
    assert '<meta name="robots" content="noindex">' in files["tags/nlp/index.html"]


def test_tags_that_lie_below_others_by_their_names_have_crumbs_too(tmp_path: Path) -> None:
    page = build(tmp_path, "", NOTES.replace("#birds", "#birds/owls"))["tags/birds/owls/index.html"]
    assert '<a href="/tags/birds/">#birds</a>' in page


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "tags:\n  bird: {}\n",
            "2:3 no entry has the tag `bird` (did you mean `birds`? Otherwise take its settings out)",
        ),
        ("tags:\n  zebra: {}\n", "2:3 no entry has the tag `zebra` (take its settings out)"),
        (
            "tags:\n  lm:\n    parent: bird\n",
            "3:13 `bird`, the parent of `lm`, is no tag of an entry, so it does not count "
            "(did you mean `birds`? Otherwise add it under `tags:` to have it nevertheless)",
        ),
        (
            "tags:\n  lm: {label: Birds}\n",
            "2:15 `lm` has the label `Birds`, and `birds` is another tag "
            "(make one tag an alias of the other under `aliases:`, or choose another label)",
        ),
    ],
)
def test_a_setting_that_fits_no_tag_is_a_warning_at_its_place(tmp_path: Path, settings: str, message: str) -> None:
    assert warnings(tmp_path, settings) == [message]


def test_settings_of_tags_that_only_drafts_have_are_no_mistake(tmp_path: Path) -> None:
    write_project(
        tmp_path, {"notes/owls.md": "---\ndate: 2024-04-01\ntags: [owls]\ndraft: true\n---\n# Owls\n\nText.\n"}
    )
    assert warnings(tmp_path, "tags:\n  owls: {parent: night}\n  night: {}\n  lm: {parent: owls}\n") == []


def test_a_parent_may_be_named_by_an_alias(tmp_path: Path) -> None:
    settings = "aliases: {하천: [river]}\ntags:\n  lm: {parent: river}\n"
    assert warnings(tmp_path, settings) == []
    assert '<a href="/tags/하천/">#하천</a>' in build(tmp_path, settings)["tags/lm/index.html"]
