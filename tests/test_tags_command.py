"""`digest tags`: what it prints, and what a merge does to digest.yaml and to the site."""

import json
import os
from pathlib import Path

import pytest

from digest.config import CACHE_FOLDER
from digest.store.lock import project_lock

from .project import build_project, read_tree, run, write_project

NOTES = """\
2024-03-19
Wren
A small model.
#lm #birds

Heron
A larger one.
#language_model

Owl
Both.
#language_model #lm

Kite
More.
#lm #instruct

Gull
Last.
#instruction
"""
SETTINGS = "title: Notes  # mine\naliases:\n  # Birds.\n  birds: [fowl]\nhome_days: 3\n"


def project(folder: Path, settings: str = SETTINGS) -> Path:
    return write_project(folder, {"digest.yaml": settings, "notes/2024-03-19.txt": NOTES})


def test_tags_that_are_nearly_certainly_one_are_listed_with_what_merging_changes(tmp_path: Path) -> None:
    done = run(project(tmp_path), "tags")
    assert done.exit_code == 0
    assert done.stdout == (
        "lm (3 entries)\n"
        "  language_model (2 entries): `lm` stands for `language-model`\n"
        "    1 entry comes to `lm` (1 has both); /tags/language-model/ and its feed lead there\n"
        "  digest tags merge language_model --into lm\n"
    )
    assert done.stderr == "5 tags, 1 to merge; --all also lists 1 guess\n"


def test_guesses_are_listed_on_request(tmp_path: Path) -> None:
    done = run(project(tmp_path), "tags", "--all")
    assert "instruct (1 entry), a guess\n  instruction (1 entry): forms of one word\n" in done.stdout


def test_suggestions_are_json_for_programs(tmp_path: Path) -> None:
    (found,) = json.loads(run(project(tmp_path), "tags", "--json").stdout)
    assert (found["keep"], found["entries"], found["certain"]) == ("lm", 3, True)
    assert found["merges"] == [
        {
            "tag": "language-model",
            "label": "language_model",
            "entries": 2,
            "both": 1,
            "addresses": ["/tags/language-model/"],
            "feed": "/tags/language-model/feed.xml",
            "reason": "`lm` stands for `language-model`",
        }
    ]


def test_tags_that_the_settings_put_above_one_another_are_not_alike(tmp_path: Path) -> None:
    done = run(project(tmp_path, "tags:\n  language_model: {parent: lm}\n"), "tags")
    assert (done.stdout, done.stderr.partition(";")[0]) == ("", "5 tags, 0 to merge")


def test_a_tag_that_the_settings_name_is_kept(tmp_path: Path) -> None:
    done = run(project(tmp_path, "aliases:\n  language_model: [langmodel]\n"), "tags")
    assert "  digest tags merge lm --into language_model\n" in done.stdout


def test_the_list_has_every_tag_with_its_entries(tmp_path: Path) -> None:
    settings = SETTINGS + "tags:\n  lm: {label: Language models, parent: nlp}\n  nlp: {}\n"
    done = run(project(tmp_path, settings), "tags", "list")
    assert done.stdout.splitlines() == [
        "3 lm (Language models), below nlp",
        "2 language_model (language-model)",
        "1 birds, also fowl",
        "1 instruct",
        "1 instruction",
        "0 nlp",
    ]
    first = json.loads(run(tmp_path, "tags", "list", "--json").stdout)[0]
    assert first == {
        "tag": "lm", "label": "Language models", "entries": 3, "address": "/tags/lm/", "parent": "nlp", "aliases": ["lm"],
    }  # fmt: skip


def test_a_merge_writes_one_alias_and_the_old_addresses_lead_on(tmp_path: Path) -> None:
    build_project(project(tmp_path))
    assert "tags/language-model/feed.xml" in read_tree(tmp_path / "site")
    done = run(tmp_path, "tags", "merge", "language-model", "--into", "#LM")
    assert done.exit_code == 0
    assert done.stdout == (
        "language_model: 1 entry comes to `lm` (1 has both); /tags/language-model/ and its feed lead there\n"
    )
    assert done.stderr == "digest.yaml makes `language_model` an alias of `lm`\n"
    assert (tmp_path / "digest.yaml").read_text("utf-8") == SETTINGS.replace(
        "  birds: [fowl]\n", "  birds: [fowl]\n  lm: [language_model]\n"
    )
    build_project(tmp_path)
    site = read_tree(tmp_path / "site")
    assert b'url=/tags/lm/"' in site["tags/language-model/index.html"]
    assert all(title in site["tags/lm/index.html"].decode() for title in ("Wren", "Heron", "Owl", "Kite"))
    assert run(tmp_path, "tags").stdout == ""


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    done = run(project(tmp_path), "tags", "merge", "language-model", "--into", "lm", "--dry-run")
    assert done.stderr == "digest.yaml would make `language_model` an alias of `lm`\n"
    assert (tmp_path / "digest.yaml").read_text("utf-8") == SETTINGS


def test_tags_can_be_merged_into_a_new_one_without_a_settings_file(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": NOTES})
    assert run(tmp_path, "tags", "merge", "lm", "language_model", "--into", "언어 모델").exit_code == 0
    assert (tmp_path / "digest.yaml").read_text("utf-8") == "aliases:\n  '언어 모델': [lm, language_model]\n"


@pytest.mark.parametrize(
    ("settings", "arguments", "message"),
    [
        ("", ("bird", "--into", "lm"), "no entry has the tag `bird`; did you mean `birds`?"),
        ("", ("zebra", "--into", "lm"), "no entry has the tag `zebra`"),
        ("", ("LM", "--into", "lm"), "`lm` and the tag to keep are one tag already"),
        (SETTINGS, ("fowl", "--into", "lm"), "`fowl` is an alias of `birds` already"),
        (SETTINGS, ("lm", "--into", "fowl"), "`fowl` is an alias of `birds`; name that one with --into"),
        (
            SETTINGS,
            ("birds", "--into", "lm"),
            "`birds` stands under `aliases:` in digest.yaml; move its settings to the tag to keep",
        ),
        (
            "tags:\n  lm: {label: LM}\n",
            ("lm", "--into", "birds"),
            "`lm` stands under `tags:` in digest.yaml; move its settings to the tag to keep",
        ),
        (
            "tags:\n  birds: {parent: lm}\n",
            ("lm", "--into", "birds"),
            "digest.yaml was not changed: the parents lead in a loop, from `birds` to `birds` (take one of the parents out)",
        ),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(
    tmp_path: Path, settings: str, arguments: tuple[str, ...], message: str
) -> None:
    done = run(project(tmp_path, settings), "tags", "merge", *arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"digest: {message}\n")
    assert (tmp_path / "digest.yaml").read_text("utf-8") == settings


def test_the_page_of_a_tag_stays_if_others_lie_below_it_by_name(tmp_path: Path) -> None:
    write_project(tmp_path, {"notes/2024-03-19.txt": NOTES.replace("#birds", "#language-model/small")})
    done = run(tmp_path, "tags", "merge", "language-model", "--into", "lm", "--dry-run")
    assert "its page stays, since other tags lie below it" in done.stdout


def test_settings_outside_the_project_are_not_written(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(SETTINGS, "utf-8")
    folder = write_project(tmp_path / "project", {"real.yaml": "", "notes/2024-03-19.txt": NOTES})
    (folder / "digest.yaml").symlink_to("real.yaml")
    assert run(folder, "tags", "merge", "lm", "--into", "birds").exit_code == 0
    assert (folder / "digest.yaml").is_symlink()
    assert (folder / "real.yaml").read_text("utf-8") == "aliases:\n  birds: [lm]\n"
    (folder / "digest.yaml").unlink()
    (folder / "digest.yaml").symlink_to(outside)
    assert run(folder, "tags", "merge", "lm", "--into", "birds").exit_code == 2
    assert outside.read_text("utf-8") == SETTINGS


def test_options_of_the_list_stand_after_its_name(tmp_path: Path) -> None:
    done = run(project(tmp_path), "tags", "--json", "list")
    assert (done.exit_code, done.stderr) == (2, "digest: write the options after `list`\n")


def test_notes_that_cannot_be_read_are_named_and_nothing_is_listed(tmp_path: Path) -> None:
    project(tmp_path)
    run(tmp_path, "tags")
    (tmp_path / "notes/2024-03-19.txt").write_bytes(NOTES.encode("utf-16"))
    done = run(tmp_path, "tags")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("notes/2024-03-19.txt:1:4: error[undecodable]")


def test_a_build_after_the_list_gives_the_site_of_a_build_without_it(tmp_path: Path) -> None:
    build_project(project(tmp_path / "plain"))
    folder = project(tmp_path / "listed")
    run(folder, "tags")
    build_project(folder)
    assert read_tree(folder / "site") == read_tree(tmp_path / "plain/site")
    note = folder / "notes/2024-03-19.txt"
    note.write_text(NOTES.replace("Wren", "Wrens"), "utf-8")
    os.utime(note, ns=(1, 1))
    run(folder, "tags")
    build_project(folder)
    assert b"Wrens" in read_tree(folder / "site")["2024/03/19/index.html"]


def test_tags_are_listed_while_a_build_is_at_work(tmp_path: Path) -> None:
    with project_lock(project(tmp_path), CACHE_FOLDER):
        assert run(tmp_path, "tags", "list").stdout.startswith("3 lm\n")


def test_tags_are_listed_without_a_cache_if_it_cannot_be_opened(tmp_path: Path) -> None:
    (project(tmp_path) / CACHE_FOLDER / "cache.sqlite").mkdir(parents=True)
    assert run(tmp_path, "tags", "list").stdout.startswith("3 lm\n")
