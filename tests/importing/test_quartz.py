"""A Quartz site -> notes: links, embeds, tags, what is private, aliases and addresses."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.importing import Imported, Source, SourceError, find_kind
from digest.importing.quartz import load_quartz_settings, read

from ..project import read_tree, run, write_project

SCRIPT = """
const config: QuartzConfig = {
  configuration: {
    // ignorePatterns: ["nothing"],
    baseUrl: "a.example/garden", /* ExplicitPublish( */
    ignorePatterns: ["private", "**/Journal", 'deep/*.md'],
  },
  plugins: { filters: [Plugin.RemoveDrafts()] },
}
"""
FOG = "---\ntitle: Fog\n---\nIt rolls in.\n"


def read_site(folder: Path, files: Mapping[str, str | bytes], script: str = SCRIPT) -> Imported:
    inside = {f"content/{path}": content for path, content in files.items()}
    return read(Source(write_project(folder, {"quartz.config.ts": script, **inside})))


def list_reports(imported: Imported) -> list[tuple[str, str, str]]:
    return [(each.path, each.fate, each.reason) for each in imported.left_out]


def test_a_folder_with_settings_and_content_is_recognised(tmp_path: Path) -> None:
    source = Source(
        write_project(
            tmp_path, {"quartz.config.ts": SCRIPT, "content/.obsidian/app.json": "{}", "content/2024-03-19.md": "x"}
        )
    )
    assert find_kind(source) == "quartz"
    with pytest.raises(SourceError, match="name the folder that holds `content`"):
        read(Source(tmp_path / "content"))


def test_settings_are_read_from_a_script_without_its_comments(tmp_path: Path) -> None:
    settings = load_quartz_settings(
        Source(write_project(tmp_path, {"quartz.config.ts": SCRIPT, ".gitignore": "/content/own\nnode_modules\n"}))
    )
    assert settings.ignored == ("private", "**/Journal", "deep/*.md", "own", "node_modules")
    assert (settings.base, settings.is_explicit) == ("https://a.example/garden/", False)


def test_settings_are_read_from_yaml(tmp_path: Path) -> None:
    text = (
        "configuration:\n  baseUrl: a.example\n  ignorePatterns: [private]\nplugins:\n"
        "- source: github:quartz-community/explicit-publish\n  enabled: true\n- source: x/hard-line-breaks\n  enabled: false\n"
    )
    settings = load_quartz_settings(Source(write_project(tmp_path, {"quartz.config.yaml": text})))
    assert (settings.ignored, settings.is_explicit, settings.keeps_breaks) == (("private",), True, False)


HIDDEN = [
    ("private/a.md", "", "the settings of the site leave it out"),
    ("sub/Private/a.md", "", "the settings of the site leave it out"),
    ("x/journal/a.md", "", "the settings of the site leave it out"),
    ("deep/a.md", "", "the settings of the site leave it out"),
    ("a.md", "draft: true", "its front matter hides it"),
    ("a.md", "publish: false", "its front matter hides it"),
    ("a.md", "unlisted: true", "its front matter hides it"),
]


@pytest.mark.parametrize(("path", "key", "reason"), HIDDEN)
def test_what_the_author_hid_is_a_draft_and_reported(tmp_path: Path, path: str, key: str, reason: str) -> None:
    imported = read_site(tmp_path, {path: f"---\ntitle: Fog\n{key}\n---\nx\n", "open.md": FOG})
    assert {note.origin: note.draft for note in imported.notes} == {f"content/{path}": True, "content/open.md": False}
    assert list_reports(imported) == [(f"content/{path}", "draft", reason)]


def test_only_what_says_so_is_published_on_an_explicit_site(tmp_path: Path) -> None:
    script = SCRIPT.replace("RemoveDrafts()", "ExplicitPublish()")
    imported = read_site(tmp_path, {"a.md": FOG, "b.md": FOG.replace("title", "publish: true\ntitle")}, script)
    assert [note.draft for note in imported.notes] == [True, False]


def test_templates_are_left_out_and_reported(tmp_path: Path) -> None:
    script = SCRIPT.replace('"private"', '"templates"')
    imported = read_site(
        tmp_path, {"templates/a.md": "{{title}}", "b.excalidraw.md": "x", "c.md": "", "d.canvas": "{}"}, script
    )
    assert (imported.notes, [(path, reason) for path, _, reason in list_reports(imported)]) == (
        (),
        [
            ("content/b.excalidraw.md", "a template or a drawing"),
            ("content/c.md", "a page without a text"),
            ("content/d.canvas", "a file that no note names"),
            ("content/templates/a.md", "a template or a drawing"),
        ],
    )


def test_a_note_keeps_its_path_and_its_title_is_its_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Sea Logs/Thick Fog.md": "# Theory\n\nx",
        "Sea Logs/index.md": "About logs.",
        "index.md": FOG,
        "2024-03-19.md": "# A\n\nb",
    }
    notes = read_site(tmp_path, files).notes
    assert [(note.path, note.title, note.aliases) for note in notes] == [
        ("2024-03-19.md", "", ("/2024-03-19/",)),
        ("Sea Logs/Thick Fog.md", "Thick Fog", ("/Sea-Logs/Thick-Fog/",)),
        ("Sea Logs.md", "Sea Logs", ("/Sea-Logs/",)),
        ("home.md", "Fog", ()),
    ]


def test_aliases_are_names_and_old_addresses(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"sea/a.md": "---\naliases: [Mist, Q&A, b]\npermalink: fog\n---\nx\n", "b.md": "x"}
    note = next(note for note in read_site(tmp_path, files).notes if note.path == "sea/a.md")
    assert note.aliases == (
        "/sea/a/",
        "Mist",
        "Q&A",
        "b",
        "/fog/",
        "/Mist/",
        "/sea/Mist/",
        "/Q-and-A/",
        "/sea/Q-and-A/",
        "/sea/b/",
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[[Bell]] and [[bell|a bell]]", "[[Bell]] and [[bell|a bell]]"),
        ("[[logs/index]]", "[[logs|logs/index]]"),
        ("[[logs/index#Night|night]]", "[[logs#Night|night]]"),
        ("![[sea.png|300]]", "![[../files/content/att/sea.png|300]]"),
        ("![[att/log.pdf#page=2]]", "![[../files/content/att/log.pdf#page=2]]"),
        ("![[Bell#Dong]]", "![[Bell#Dong]]"),
        ("![a](sea.png)", "![a](../files/content/att/sea.png)"),
        ("[a](../Bell.md) [b](/Bell)", "[a](../Bell.md) [b](../Bell.md)"),
        ("`[[logs/index]]`", "`[[logs/index]]`"),
        ("| [[logs/index\\|a]] | b |", "| [[logs\\|a]] | b |"),
        ("{{title}} ==b== %%c%%", "\\{{title}} ==b== %%c%%"),
        ("> [!note] A\n> b", "> [!note] A\n> b"),
    ],
)
def test_links_and_embeds_lead_where_they_did(tmp_path: Path, written: str, text: str) -> None:
    files: dict[str, str | bytes] = {
        "sub/Fog.md": f"It rolls.\n\n{written}\n", "Bell.md": "x", "logs/index.md": "x", "att/sea.png": b"s", "att/log.pdf": b"p",
    }  # fmt: skip
    imported = read_site(tmp_path, files)
    note = next(note for note in imported.notes if note.path == "sub/Fog.md")
    assert note.body == f"It rolls.\n\n{text}\n"
    assert [reason for _, _, reason in list_reports(imported) if reason != "a file that no note names"] == []


def test_tags_within_the_text_are_tags_of_the_note(tmp_path: Path) -> None:
    text = "---\ntags: sea, wind\n---\nFog #night/late and #1 and `#code` http://a.example/#x a#b\n"
    (note,) = read_site(tmp_path, {"a.md": text}).notes
    assert note.tags == ("sea", "wind", "night/late")


def test_a_link_that_leads_nowhere_stays_and_is_reported(tmp_path: Path) -> None:
    imported = read_site(tmp_path, {"a.md": "x\n\n[[Gone]] and ![[gone.png]]\n"})
    assert imported.notes[0].body == "x\n\n[[Gone]] and ![[gone.png]]\n"
    assert {(each.line, each.reason) for each in imported.left_out} == {
        (3, "a link to a note or a file that is not in the source")
    }


def test_files_of_private_folders_are_not_copied_for_others(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "private/a.png": b"secret",
        "private/b.md": "![[a.png]]",
        "c.md": "![[a.png]] ![](private/a.png) x",
    }
    write_project(
        tmp_path / "site", {"quartz.config.ts": SCRIPT, **{f"content/{path}": text for path, text in files.items()}}
    )
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    run(project, "import", str(tmp_path / "site"))
    run(project, "build")
    assert b"secret" not in read_tree(project / "site").values()


def test_an_imported_site_is_built_without_problems(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "sub/Fog.md": "---\ncreated: 2024-03-19\n---\n> [!tip] Light\n> it\n\n![[sea.png]] [[Bell#Dong]] [[logs/index]]\n",
        "Bell.md": "Of brass.\n\n## Dong\n\nIt rings.\n",
        "logs/index.md": "All logs.\n",
        "sea.png": b"\x89PNG",
    }
    write_project(
        tmp_path / "site", {"quartz.config.ts": SCRIPT, **{f"content/{path}": text for path, text in files.items()}}
    )
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "site")).exit_code == 0
    assert run(project, "build").exit_code == 0
    assert run(project, "check", "--strict").output.endswith("0 errors, 0 warnings\n")
    assert b"/2024/03/19/fog/" in read_tree(project / "site")["sub/Fog/index.html"]
