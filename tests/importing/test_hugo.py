"""A Hugo site -> notes: front matter, bundles, sections, languages, drafts, addresses, links and files."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.importing import Imported, Source, SourceError, find_kind
from digest.importing.hugo import read, recognises

from ..project import read_tree, run, write_project

FOG = "---\ntitle: Fog\ndate: 2024-03-19\n---\nIt rolls in.\n"


def read_site(
    folder: Path, files: Mapping[str, str | bytes], settings: str = 'baseURL = "https://a.example/blog/"\n'
) -> Imported:
    return read(Source(write_project(folder, {"hugo.toml": settings, **files})))


def list_reports(imported: Imported) -> list[tuple[str, int, str, str]]:
    return [(each.path, each.line, each.fate, each.reason) for each in imported.left_out]


@pytest.mark.parametrize("name", ["hugo.toml", "config.yaml", "hugo.json", "config/_default/hugo.toml"])
def test_a_folder_with_settings_and_content_is_recognised(tmp_path: Path, name: str) -> None:
    files: dict[str, str | bytes] = {name: "{}" if name.endswith("json") else "", "content/a.md": FOG}
    source = Source(write_project(tmp_path, files))
    assert (recognises(source), find_kind(source)) == (True, "hugo")
    assert [note.title for note in read(source).notes] == ["Fog"]


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="name the folder that holds `content`"):
        read_site(tmp_path, {"posts/a.md": FOG})


def test_settings_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"the settings in `hugo\.toml` cannot be read"):
        read_site(tmp_path, {"content/a.md": FOG}, settings="title = \n")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Fog\ndate: 2024-03-19T08:00:00+09:00\ntags: [Sea, wind]\ncategories: logs\ndraft: false\n---\n",
        '+++\ntitle = "Fog"\ndate = 2024-03-19T08:00:00+09:00\ntags = ["Sea", "wind"]\ncategories = ["logs"]\n+++\n',
        '{"title": "Fog", "date": "2024-03-19T08:00:00+09:00", "tags": ["Sea", "wind"], "categories": ["logs"]}\n',
    ],
)
def test_front_matter_is_read_in_each_of_its_forms(tmp_path: Path, front: str) -> None:
    (note,) = read_site(tmp_path, {"content/posts/fog.md": f"{front}\nIt rolls in.\n"}).notes
    assert (note.path, note.title, note.date, note.tags) == (
        "posts/fog.md",
        "Fog",
        "2024-03-19T08:00:00+09:00",
        ("Sea", "wind", "logs"),
    )
    assert (note.body.strip(), note.aliases, note.draft) == ("It rolls in.", ("/posts/fog/",), False)


def test_other_metadata_is_kept_and_the_rest_is_reported(tmp_path: Path) -> None:
    front = (
        "---\ntitle: Fog\ndate: 2024-03-19\nauthor: [Ada Kim]\nlastmod: 2024-04-01\ndescription: >-\n  Of the\n  sea\n"
        "weight: 3\nShowToc: true\nsubtitle: At night\ncover: {image: a.png}\ntags: ['2024', C++]\n---\nx\n"
    )
    imported = read_site(tmp_path, {"content/fog.md": front})
    (note,) = imported.notes
    assert (note.authors, note.updated, note.description, note.tags) == (
        ("Ada Kim",),
        "2024-04-01",
        "Of the sea",
        ("C++",),
    )
    assert [reason for *_, reason in list_reports(imported)] == [
        "the key `cover` of front matter",
        "the key `subtitle` of front matter",
        "the tag `2024`, which has no letter",
    ]


def test_a_bundle_becomes_a_note_with_its_images(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/posts/fog/index.md": FOG.replace("It", "![](sea.png) ![a](/img/b.png) ![](gone.png) It"),
        "content/posts/fog/sea.png": b"s",
        "content/posts/fog/other.png": b"o",
        "static/img/b.png": b"b",
    }
    imported = read_site(tmp_path, files)
    (note,) = imported.notes
    assert note.path == "posts/fog.md"
    assert "![](../files/content/posts/fog/sea.png) ![a](../files/static/img/b.png) ![](gone.png)" in note.body
    assert {each.source for each in note.attachments} == {"content/posts/fog/sea.png", "static/img/b.png"}
    assert list_reports(imported) == [
        ("content/posts/fog/index.md", 5, "left out", "a file that is not in the source: gone.png"),
        ("content/posts/fog/other.png", 0, "left out", "a file that no note names"),
    ]


LONG_AGO, FAR_AHEAD = "2001-01-01", "2999-01-01"
HIDDEN = [
    ("draft: true", "its front matter hides it"),
    ("private: yes", "its front matter hides it"),
    ("unlisted: true", "its front matter hides it"),
    ("password: fog", "its front matter hides it"),
    (f"date: {FAR_AHEAD}", "its date is still to come"),
    (f"publishDate: {FAR_AHEAD}T08:00:00Z", "its date is still to come"),
    (f"expiryDate: {LONG_AGO}", "its expiry date has passed"),
    ("build: {list: never}", "its `build` settings hide it"),
    ("_build:\n  render: false", "its `build` settings hide it"),
]


@pytest.mark.parametrize(("key", "reason"), HIDDEN)
def test_what_the_author_hid_is_a_draft_and_reported(tmp_path: Path, key: str, reason: str) -> None:
    date = "" if key.startswith("date") else "date: 2024-03-19\n"
    imported = read_site(tmp_path, {"content/fog.md": f"---\ntitle: Fog\n{date}{key}\n---\nx\n"})
    assert [note.draft for note in imported.notes] == [True]
    assert ("content/fog.md", 0, "draft", reason) in list_reports(imported)


def test_a_date_to_come_is_published_if_the_site_publishes_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/fog.md": f"---\ntitle: Fog\ndate: {FAR_AHEAD}\n---\nx\n"}
    assert not read_site(tmp_path, files, "buildFuture = true\n").notes[0].draft


def test_what_a_section_hides_is_hidden(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/secret/_index.md": "---\ncascade:\n  - draft: true\n---\n",
        "content/secret/deep/fog.md": FOG,
        "content/open/bell.md": FOG.replace("Fog", "Bell"),
    }
    assert {note.title: note.draft for note in read_site(tmp_path, files).notes} == {"Fog": True, "Bell": False}


def test_front_matter_that_cannot_be_read_keeps_the_note_out_as_it_is(tmp_path: Path) -> None:
    text = "---\ntitle: Fog: a log\ndraft: true\n---\nIt rolls in.\n"
    imported = read_site(tmp_path / "site", {"content/fog.md": text})
    assert imported.notes[0].body == text
    assert list_reports(imported)[0][:3] == ("content/fog.md", 1, "draft")
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    run(project, "import", str(tmp_path / "site"))
    run(project, "build")
    assert not any(b"It rolls in" in content for content in read_tree(project / "site").values())


ADDRESSES = [
    ("", "posts/My Fog.md", "", "/posts/my-fog/"),
    ("", "posts/fog.md", "slug: Thick Fog", "/posts/thick-fog/"),
    ("", "posts/fog.md", "url: /old/fog.html", "/old/fog.html"),
    ("", "fog.md", "", "/fog/"),
    ("", "posts/안개.md", "", "/posts/안개/"),
    ("uglyURLs = true\n", "posts/fog.md", "", "/posts/fog.html"),
    ("disablePathToLower = true\n", "posts/Fog.md", "", "/posts/Fog/"),
    ('[permalinks]\nposts = "/:year/:month/:slug/"\n', "posts/fog.md", "", "/2024/03/the-fog/"),
    ('[permalinks.page]\nposts = "/blog/:slugorcontentbasename/"\n', "posts/deep/fog.md", "", "/blog/fog/"),
    ('[permalinks]\nposts = "/:sections/:yearday/:title/"\n', "posts/deep/fog.md", "", "/posts/deep/79/the-fog/"),
    ('[permalinks]\nposts = "/:sections[1:]/:filename/"\n', "posts/deep/fog.md", "", "/deep/fog/"),
]


@pytest.mark.parametrize(("settings", "path", "key", "address"), ADDRESSES)
def test_the_address_that_a_page_had_leads_to_its_note(
    tmp_path: Path, settings: str, path: str, key: str, address: str
) -> None:
    files: dict[str, str | bytes] = {f"content/{path}": f"---\ntitle: The Fog\ndate: 2024-03-19\n{key}\n---\nx\n"}
    assert read_site(tmp_path, files, settings).notes[0].aliases == (address,)


def test_an_address_that_can_stay_is_kept_by_a_slug(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/posts/Nebel.md": FOG.replace("Fog", "안개")}
    (note,) = read_site(tmp_path, files, '[permalinks]\nposts = "/:year/:month/:day/:filename/"\n').notes
    assert (note.slug, note.aliases) == ("nebel", ())


def test_aliases_lead_on_and_one_that_two_pages_name_belongs_to_one(tmp_path: Path) -> None:
    front = "---\ntitle: {0}\ndate: 2024-03-19\naliases: [/old/{0}/, earlier, /both/]\n---\nx\n"
    imported = read_site(tmp_path, {f"content/posts/{name}.md": front.format(name) for name in ("bell", "fog")})
    assert [note.aliases for note in imported.notes] == [
        ("/posts/bell/", "/old/bell/", "/posts/earlier/", "/both/"),
        ("/posts/fog/", "/old/fog/"),
    ]
    assert list_reports(imported) == [
        ("content/posts/fog.md", 1, "left out", "`/both/` is an old address of another page as well"),
        ("content/posts/fog.md", 1, "left out", "`/posts/earlier` is an old address of another page as well"),
    ]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ('{{< ref "bell.md" >}}', "deep/bell.md"),
        ('{{< relref "/posts/deep/bell.md#dong" >}}', "deep/bell.md#dong"),
        ('{{< ref path="deep/bell" >}}', "deep/bell.md"),
        ("/posts/deep/bell/#dong", "deep/bell.md#dong"),
        ("https://a.example/blog/posts/deep/bell/", "deep/bell.md"),
        ("/blog/posts/deep/bell/", "deep/bell.md"),
        ("../deep/bell/", "deep/bell.md"),
        ("deep/bell.md", "deep/bell.md"),
        ("https://b.example/posts/deep/bell/", "https://b.example/posts/deep/bell/"),
        ("/tags/sea/", "/tags/sea/"),
    ],
)
def test_links_lead_to_notes(tmp_path: Path, written: str, target: str) -> None:
    files: dict[str, str | bytes] = {
        "content/posts/fog.md": FOG.replace(
            "It", f"[a]({written})\n\n`[a]({written.replace('{{<', '{{</*').replace('>}}', '*/>}}')})` It"
        ),
        "content/posts/deep/bell.md": FOG.replace("Fog", "Bell"),
    }
    imported = read_site(tmp_path, files)
    note = next(note for note in imported.notes if note.title == "Fog")
    assert note.body.strip().split("\n\n") == [f"[a]({target})", f"`[a]({written})` It rolls in."]
    assert list_reports(imported) == []


def test_a_link_to_a_page_that_is_not_there_is_reported_at_its_line(tmp_path: Path) -> None:
    imported = read_site(tmp_path, {"content/fog.md": FOG.replace("It", 'a\n\n[a]({{< ref "gone.md" >}}) It')})
    assert list_reports(imported) == [
        ("content/fog.md", 7, "left out", "a link to a page that is not in the source: gone.md")
    ]


def test_sections_with_a_text_become_notes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\nAll of them.\n",
        "content/empty/_index.md": "---\ntitle: Empty\n---\n",
    }
    imported = read_site(tmp_path, files)
    assert [(note.path, note.title, note.aliases) for note in imported.notes] == [
        ("home.md", "Home", ()),
        ("posts.md", "Posts", ("/posts/",)),
    ]
    assert list_reports(imported) == [("content/empty/_index.md", 0, "left out", "a section without a text")]


def test_languages_are_told_by_names_and_by_folders(tmp_path: Path) -> None:
    settings = (
        'defaultContentLanguage = "en"\n[languages.en]\n[languages.ko]\n[languages.fr]\ncontentDir = "content/french"\n'
    )
    files: dict[str, str | bytes] = {
        "content/posts/fog.md": FOG,
        "content/posts/fog.ko.md": FOG.replace("rolls in", "옵니다"),
        "content/french/posts/fog.md": FOG.replace("Fog", "Brume"),
    }
    notes = {note.path: note for note in read_site(tmp_path, files, settings).notes}
    assert {path: (note.lang, note.slug, note.aliases) for path, note in notes.items()} == {
        "posts/fog.md": ("en", "", ("/posts/fog/",)),
        "posts/fog.ko.md": ("ko", "fog-ko", ("/ko/posts/fog/",)),
        "posts/fog.fr.md": ("fr", "", ("/fr/posts/fog/",)),
    }


def test_what_is_no_markdown_and_what_the_settings_leave_out_is_reported(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/a.org": "x",
        "content/b.html": "x",
        "content/c.tmp.md": FOG,
        "content/d.md": b"\xff\xfe\x00",
    }
    imported = read_site(tmp_path, files, "ignoreFiles = ['\\.tmp\\.md$']\n")
    assert imported.notes == ()
    assert [(path, reason.partition(":")[0]) for path, _, _, reason in list_reports(imported)] == [
        ("content/a.org", "a page in another format than Markdown"),
        ("content/b.html", "a page in another format than Markdown"),
        ("content/c.tmp.md", "the settings of the site leave it out"),
        ("content/d.md", "`content/d.md`"),
    ]


def test_shortcodes_without_a_meaning_are_reported_with_their_lines(tmp_path: Path) -> None:
    imported = read_site(tmp_path, {"content/fog.md": FOG.replace("It", 'a\n\n{{< lamp "on" >}}\n\nIt')})
    assert '`{{< lamp "on" >}}`' in imported.notes[0].body
    assert list_reports(imported) == [("content/fog.md", 7, "shown as code", "the shortcode `lamp`")]


def test_names_that_digest_would_pass_over_are_changed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/{name}": FOG.replace("Fog", name) for name in ("posts/readme.md", "templates/a.md", 'b "c"?.md')
    }
    assert sorted(note.path for note in read_site(tmp_path, files).notes) == [
        "b -c--.md",
        "posts/readme-note.md",
        "templates-notes/a.md",
    ]


def test_the_heading_that_repeats_the_title_goes_and_the_divider_too(tmp_path: Path) -> None:
    (note,) = read_site(
        tmp_path, {"content/fog.md": FOG.replace("It", "# Fog\n\nA\n<!--more-->\nB `<!--more-->`\n\nIt")}
    ).notes
    assert note.body.split() == ["A", "B", "`<!--more-->`", "It", "rolls", "in."]


def test_a_file_of_a_draft_is_not_published_under_the_name_of_a_missing_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/secret/index.md": "---\ntitle: S\ndraft: true\n---\n![](photo.png)\n",
        "content/secret/photo.png": b"secret",
        "content/open.md": FOG.replace("It", "![](photo.png) It"),
    }
    write_project(tmp_path / "site", {"hugo.toml": "", **files})
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    run(project, "import", str(tmp_path / "site"))
    run(project, "build")
    assert b"secret" not in read_tree(project / "site").values()


def test_an_imported_site_is_built_without_problems_and_its_addresses_lead_on(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://a.example/"\n',
        "content/posts/fog/index.md": FOG.replace(
            "It", '{{< figure src="sea.png" caption="Sea" >}}\n\n[b]({{< ref "bell" >}}) It'
        ),
        "content/posts/fog/sea.png": b"\x89PNG",
        "content/posts/bell.md": FOG.replace("Fog", "Bell").replace("title", "aliases: [/dong.html]\ntitle"),
    }
    write_project(tmp_path / "site", files)
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "site")).exit_code == 0
    assert run(project, "build").exit_code == 0
    site = read_tree(project / "site")
    for address, target in (("posts/fog/index.html", "fog"), ("posts/bell/index.html", "bell"), ("dong.html", "bell")):
        assert f"/2024/03/19/{target}/".encode() in site[address]
