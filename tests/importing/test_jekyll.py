"""A Jekyll site -> notes: posts, drafts, collections, pages, permalinks, categories, Liquid and files."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.importing import Imported, Source, SourceError, find_kind
from digest.importing.jekyll import read

from ..project import read_tree, run, write_project

FOG = "---\ntitle: Fog\n---\nIt rolls in.\n"


def read_site(folder: Path, files: Mapping[str, str | bytes], settings: str = "title: Logs\n") -> Imported:
    return read(Source(write_project(folder, {"_config.yml": settings, **files})))


def list_reports(imported: Imported) -> list[tuple[str, str, str]]:
    return [(each.path, each.fate, each.reason) for each in imported.left_out]


def test_a_folder_with_settings_or_posts_is_recognised(tmp_path: Path) -> None:
    for name in ("_config.yml", "_posts/2024-03-19-fog.md"):
        assert find_kind(Source(write_project(tmp_path / name.partition(".")[0], {name: FOG}))) == "jekyll"
    with pytest.raises(SourceError, match="or `_posts`; name that folder"):
        read(Source(write_project(tmp_path / "other", {"a.txt": "x"})))


def test_a_post_has_the_date_of_its_name_or_of_its_front_matter(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_posts/2024-03-19-thick-fog.md": "---\nlayout: post\n---\nx\n",
        "_posts/2024-03-20-bell.markdown": "---\ntitle: Bell\ndate: 2024-03-21 08:00:00 +0900\n---\nx\n",
    }
    notes = read_site(tmp_path, files).notes
    assert [(note.path, note.title, note.date) for note in notes] == [
        ("2024-03-19-thick-fog.md", "thick fog", "2024-03-19"),
        ("2024-03-20-bell.md", "Bell", "2024-03-21 08:00:00 +0900"),
    ]


@pytest.mark.parametrize(
    ("keys", "tags"),
    [
        ("tags: sea wind", ("sea", "wind")),
        ("tags: [sea, two words]", ("sea", "two words")),
        ("tags: sea, two words", ("sea", "two words")),
        ("categories: logs night\ntags:\n- sea", ("sea", "logs", "night")),
        ("category: Deep Sea", ("Deep Sea",)),
    ],
)
def test_tags_and_categories_may_be_texts_or_lists(tmp_path: Path, keys: str, tags: tuple[str, ...]) -> None:
    (note,) = read_site(tmp_path, {"_posts/2024-03-19-fog.md": f"---\n{keys}\n---\nx\n"}).notes
    assert note.tags == tags


ADDRESSES = [
    ("", "", "_posts/2024-03-19-Fog.md", "/2024/03/19/Fog.html"),
    ("", "categories: [Sea, Night]", "_posts/2024-03-19-fog.md", "/sea/night/2024/03/19/fog.html"),
    ("", "", "logs/_posts/2024-03-19-fog.md", "/logs/2024/03/19/fog.html"),
    ("permalink: /blog/:title/", "", "_posts/2024-03-19-fog.md", "/blog/fog/"),
    ("permalink: /:year:month/:i_day-:short_month/:slug", "", "_posts/2024-03-09-A b.md", "/202403/9-Mar/a-b/"),
    ("permalink: none", "", "_posts/2024-03-19-fog.md", "/fog.html"),
    ("permalink: ordinal", "", "_posts/2024-03-19-fog.md", "/2024/079/fog.html"),
    ("", "permalink: /own.html", "_posts/2024-03-19-fog.md", "/own.html"),
    ("", "slug: thick", "_posts/2024-03-19-fog.md", "/2024/03/19/thick.html"),
    ("", "", "about.md", "/about.html"),
    ("permalink: pretty", "", "about/team.md", "/about/team/"),
    ("", "", "about/index.md", "/about/"),
    ("collections: {lamps: {output: true}}", "", "_lamps/oil.md", "/lamps/oil.html"),
    ("collections: {lamps: {output: true, permalink: /l/:name/}}", "", "_lamps/oil.md", "/l/oil/"),
    ("defaults: [{scope: {path: '', type: posts}, values: {permalink: /d/:title/}}]", "", "_posts/2024-03-19-fog.md", "/d/fog/"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "key", "path", "address"), ADDRESSES)
def test_the_address_that_a_page_had_leads_to_its_note(
    tmp_path: Path, settings: str, key: str, path: str, address: str
) -> None:
    (note,) = read_site(tmp_path, {path: f"---\ntitle: The fog\n{key}\n---\nx\n"}, f"title: x\n{settings}\n").notes
    assert note.aliases == (address,)


def test_an_address_that_can_stay_is_kept_by_a_slug(tmp_path: Path) -> None:
    (note,) = read_site(tmp_path, {"_posts/2024-03-19-thick.md": FOG}, "permalink: pretty\n").notes
    assert (note.slug, note.aliases) == ("thick", ())
    imported = read_site(
        tmp_path, {"_posts/2024-03-19-thick.md": FOG.replace("title", "redirect_from: old/fog\ntitle")}, ""
    )
    assert imported.notes[0].aliases == ("/2024/03/19/thick.html", "/old/fog/")


HIDDEN = [
    ("_drafts/fog.md", "", "", "a file in `_drafts`"),
    ("_posts/2024-03-19-fog.md", "published: false", "", "its front matter hides it"),
    ("_posts/2024-03-19-fog.md", "hidden: true", "", "its front matter hides it"),
    ("_posts/2999-03-19-fog.md", "", "", "its date is still to come"),
    ("_notes/fog.md", "", "collections: [notes]", "a file of a collection that has no pages on the site"),
    ("_posts/2024-03-19-fog.md", "", "defaults: [{scope: {path: ''}, values: {published: false}}]", "its front matter hides it"),
    ("archive.md", "list: '{% for post in site.posts %}'", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "key", "settings", "reason"), HIDDEN)
def test_what_the_author_hid_is_a_draft_and_reported(
    tmp_path: Path, path: str, key: str, settings: str, reason: str
) -> None:
    imported = read_site(tmp_path, {path: f"---\ntitle: Fog\n{key}\n---\nx\n"}, f"title: x\n{settings}\n")
    assert [note.draft for note in imported.notes] == [bool(reason)]
    assert [each for each in list_reports(imported) if each[1] == "draft"] == [(path, "draft", reason)] * bool(reason)


def test_a_list_that_liquid_makes_is_a_draft(tmp_path: Path) -> None:
    imported = read_site(tmp_path, {"archive.md": "---\ntitle: All\n---\n{% for post in site.posts %}a{% endfor %}\n"})
    assert (imported.notes[0].draft, "a" in imported.notes[0].body) == (True, True)


def test_a_date_to_come_is_published_if_the_site_publishes_it(tmp_path: Path) -> None:
    assert not read_site(tmp_path, {"_posts/2999-03-19-fog.md": FOG}, "future: true\n").notes[0].draft


def test_what_is_no_page_is_reported(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "README.md": "x",
        "_other/a.md": FOG,
        "old/a.md": FOG,
        "_includes/a.md": "x",
        "_site/a.md": FOG,
    }
    imported = read_site(tmp_path, files, "exclude: [old]\n")
    assert (imported.notes, list_reports(imported)) == (
        (),
        [
            ("README.md", "left out", "a file without front matter, which is no page of the site"),
            ("_other/a.md", "left out", "a file in `_other`, which is no collection of the site"),
            ("old/a.md", "left out", "the settings of the site leave it out"),
        ],
    )


def test_a_folder_that_the_settings_include_holds_pages(tmp_path: Path) -> None:
    (note,) = read_site(tmp_path, {"_pages/about.md": "---\npermalink: /about/\n---\nx\n"}, "include: [_pages]\n").notes
    assert (note.path, note.draft, note.aliases) == ("_pages/about.md", False, ("/about/",))


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("{% post_url 2024-03-20-bell %}", "2024-03-20-bell.md"),
        ("{{ site.baseurl }}{% link _posts/2024-03-20-bell.md %}#dong", "2024-03-20-bell.md#dong"),
        ("{{ '/2024/03/20/bell.html' | relative_url }}", "2024-03-20-bell.md"),
        ("/blog/2024/03/20/bell", "/2024/03/20/bell"),
        ("{{ site.url }}/img/a.png", "files/img/a.png"),
        ("/blog/img/a.png", "files/img/a.png"),
        ("https://a.example/blog/img/a.png", "files/img/a.png"),
    ],
)
def test_links_lead_to_notes_and_files(tmp_path: Path, written: str, target: str) -> None:
    files: dict[str, str | bytes] = {
        "_posts/2024-03-19-fog.md": FOG.replace("It", f"[a]({written}) It"),
        "_posts/2024-03-20-bell.md": FOG.replace("Fog", "Bell"),
        "img/a.png": b"a",
    }
    note = read_site(tmp_path, files, "url: https://a.example\nbaseurl: /blog\n").notes[0]
    assert note.body.strip() == f"[a]({target}) It rolls in."


def test_images_are_looked_for_in_the_folder_that_front_matter_names(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_posts/2024-03-19-fog.md": "---\nmedia_subpath: /img/fog/\n---\n![](sea.png){: w='3'}\n",
        "img/fog/sea.png": b"s",
    }
    (note,) = read_site(tmp_path, files).notes
    assert note.body.strip() == "![](files/img/fog/sea.png)"


def test_files_that_the_site_does_not_publish_are_not_copied(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_posts/2024-03-19-fog.md": FOG.replace("It", "![](/_private/a.png) [b](/_drafts/c.md) [d](/old/d.pdf) It"),
        "_private/a.png": b"a",
        "_drafts/c.md": FOG,
        "old/d.pdf": b"d",
    }
    note = next(note for note in read_site(tmp_path, files, "exclude: [old/]\n").notes if not note.draft)
    assert note.attachments == ()


def test_an_imported_site_is_built_without_problems(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_config.yml": "permalink: /:categories/:title/\n",
        "_posts/2024-03-19-fog.md": FOG.replace(
            "It", "{% highlight py %}\nfog()\n{% endhighlight %}\n\n![](/a.png){:.x}\n\nIt"
        ),
        "_posts/2024-03-20-bell.md": FOG.replace("Fog", "Bell").replace(
            "It", "[fog]({% post_url 2024-03-19-fog %}) It"
        ),
        "_drafts/lamp.md": FOG.replace("Fog", "Lamp").replace("It", "Quietly it"),
        "a.png": b"\x89PNG",
    }
    write_project(tmp_path / "site", files)
    project = write_project(tmp_path / "project", {"digest.yaml": "language: en\n"})
    assert run(project, "import", str(tmp_path / "site")).exit_code == 0
    assert run(project, "build").exit_code == 0
    site = read_tree(project / "site")
    assert b"/2024/03/19/fog/" in site["fog/index.html"]
    assert not any(b"Quietly it" in content for content in site.values())
