"""`digest init` creates a project that is ready to build and publish, and never overwrites a file."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from digest.config import Config, load_config, parse_config
from digest.languages import LANGUAGES

from .project import read_tree, run, write_project

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_project_builds_without_problems(tmp_path: Path, language: str) -> None:
    result = run(tmp_path, "init", "--language", language)
    assert result.exit_code == 0
    made = sorted(read_tree(tmp_path))
    assert result.stdout.split() == made
    assert [name for name in made if not name.startswith("notes/")] == [
        ".gitattributes",
        ".github/workflows/publish.yml",
        ".gitignore",
        "digest.yaml",
        "requirements.txt",
    ]
    built = run(tmp_path, "build", "--strict")
    assert (built.exit_code, built.stdout) == (0, "")
    assert f'<html lang="{language}">' in (tmp_path / "site/index.html").read_text("utf-8")
    assert run(tmp_path, "check", "--strict", "--links").exit_code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_that_are_commented_out_are_valid(tmp_path: Path, language: str) -> None:
    run(tmp_path, "init", "--language", language)
    text = (tmp_path / "digest.yaml").read_text("utf-8")
    config, mistakes = parse_config(re.sub(r"^# (?=\s*\w+:)", "", text, flags=re.MULTILINE).encode())
    assert mistakes == ()
    assert config.language == language
    default = Config()
    for name in ("utc_offset", "home_days", "per_page", "feed_entries"):
        assert f"# {name}: " in text
        assert getattr(config, name) == getattr(default, name)
    for name in ("notes_language", "base_url", "exclude", "aliases", "kinds", "search"):
        assert getattr(config, name) != getattr(default, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_note_has_an_entry_with_a_tag(tmp_path: Path, language: str) -> None:
    run(tmp_path, "init", "my-digest", "--language", language)
    project = tmp_path / "my-digest"
    assert run(project, "build").stderr.startswith("1 entry, ")
    assert (project / "site/tags/digest/index.html").exists()


@pytest.mark.parametrize("name", ["digest.yaml", ".github/workflows/publish.yml"])
def test_an_existing_file_is_kept_and_nothing_else_is_written(tmp_path: Path, name: str) -> None:
    write_project(tmp_path, {name: "mine"})
    result = run(tmp_path, "init")
    assert (result.exit_code, result.stderr) == (2, f"digest: {name} already exists; nothing was changed\n")
    assert read_tree(tmp_path) == {name: b"mine"}


def test_an_existing_ignore_file_is_kept(tmp_path: Path) -> None:
    write_project(tmp_path, {".gitignore": "*.log\n"})
    assert run(tmp_path, "init").exit_code == 0
    assert (tmp_path / ".gitignore").read_text("utf-8") == "*.log\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*.png binary", "*.png binary\ndigest.lock merge=union\npapers.yaml merge=union\nnotes/** merge=union\n"),
        ("*.png binary\n", "*.png binary\ndigest.lock merge=union\npapers.yaml merge=union\nnotes/** merge=union\n"),
        ("notes/** merge=union\n", "notes/** merge=union\ndigest.lock merge=union\npapers.yaml merge=union\n"),
        (
            "digest.lock merge=union\npapers.yaml merge=union\nnotes/** merge=union\n",
            "digest.lock merge=union\npapers.yaml merge=union\nnotes/** merge=union\n",
        ),
    ],
)
def test_lines_that_an_existing_attributes_file_lacks_are_added_at_its_end(
    tmp_path: Path, before: str, after: str
) -> None:
    write_project(tmp_path, {".gitattributes": before})
    made = run(tmp_path, "init")
    assert (tmp_path / ".gitattributes").read_text("utf-8") == after
    assert (".gitattributes" in made.stdout.split()) is (before != after)


@pytest.mark.parametrize(
    ("notes", "lines"),
    [
        (".", ["*.txt merge=union", "*.md merge=union", "*.markdown merge=union"]),
        ("my notes", ['"my notes/**" merge=union']),
        ("노트", ["노트/** merge=union"]),
    ],
)
def test_attributes_name_the_folder_of_notes_that_was_found(tmp_path: Path, notes: str, lines: list[str]) -> None:
    write_project(tmp_path / notes, {"2024-03-19 a.md": "# A\n\ntext\n"})
    run(tmp_path, "init", "--from", str(tmp_path / notes))
    assert (tmp_path / ".gitattributes").read_text("utf-8").splitlines() == [
        "digest.lock merge=union",
        "papers.yaml merge=union",
        *lines,
    ]


VAULT = {
    "240319 Grok-1.md": "xAI에서 Grok-1을 공개했습니다. 314B 모델이네요.\n\n#llm\n",
    "README.md": "# My vault\n",
    ".obsidian/app.json": "{}",
    "templates/daily.md": "{{date}}\n",
}


def test_a_vault_can_be_the_project_folder_and_nothing_is_copied(tmp_path: Path) -> None:
    write_project(tmp_path, VAULT)
    before = read_tree(tmp_path)
    assert run(tmp_path, "init", "--from", str(tmp_path)).exit_code == 0
    built = run(tmp_path, "build", "--strict")
    assert (built.exit_code, built.stdout) == (0, "")
    assert (tmp_path / "site/2024/03/19/grok-1/index.html").exists()
    after = read_tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert "\n1 entry, " in run(tmp_path, "build", "--strict").stderr


def test_a_vault_inside_the_project_becomes_its_notes_folder(tmp_path: Path) -> None:
    write_project(tmp_path / "vault", {"240319 Grok-1.md": VAULT["240319 Grok-1.md"]})
    assert run(tmp_path, "init", "--from", str(tmp_path / "vault")).exit_code == 0
    assert run(tmp_path, "build", "--strict").stderr.startswith("1 entry, ")


def test_a_vault_outside_the_project_is_refused_with_a_hint(tmp_path: Path) -> None:
    vault = write_project(tmp_path / "vault", VAULT)
    result = run(tmp_path, "init", "project", "--from", str(vault))
    assert result.exit_code == 2
    assert f"digest init {vault} --from {vault}" in result.stderr
    assert not (tmp_path / "project").exists()
    assert "there is no folder nowhere" in run(tmp_path, "init", "--from", "nowhere").stderr


@pytest.mark.parametrize("written", ["vault", "../vault", "."])
def test_the_folder_is_that_of_the_shell_or_else_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    vault = write_project(tmp_path / "vault", {"240319 Grok-1.md": VAULT["240319 Grok-1.md"]})
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere" if written.startswith("..") else tmp_path)
    assert run(vault, "init", ".", "--from", written).exit_code == 0
    assert "1 entry, " in run(vault, "build", "--strict").stderr


OBSIDIAN = {
    ".obsidian/app.json": "{}",
    "Daily/2024-03-19.md": "# 2024-03-19 모임\n\n[[어텐션]]을 다시 읽었다. 칠판 앞에서 오래 이야기했다.\n",
    "Zettel/어텐션.md": "---\ntags: [개념]\ncssclasses: [wide]\n---\n질의와 열쇠를 견주는 방법이다.\n",
    "Zettel/초안.md": "---\npublish: false\n---\n아직 쓰는 중인 숨은말.\n",
    "Zettel/오타.md": "---\ndraft: maybe\n---\n여기도 숨은말.\n",
    "Templates/daily.md": "{{date}} 숨은말\n",
}
JEKYLL = {
    "_config.yml": "title: Paper shelf  # the site\nurl: https://a.example\n",
    "_layouts/post.html": "<p>{{ content }}</p>",
    "_posts/2024-03-19-owl-models.md": "---\nlayout: post\ncategories: [Reviews]\n---\nOwls see the night, and so does this.\n",
    "_posts/2024-03-20-wrens.markdown": "---\ntitle: Wrens\ntags: ['2017', \"ICLR 2018'\", ICLR 2018]\n---\nWrens are small <sub>birds</sub>.\n",
    "_drafts/later.md": "hidden-word\n",
    "about.md": "About me.\n",
    "site/style.css": "p {}",
}
HUGO = {
    "hugo.toml": "title = 'Daily birds'\n",
    "content/_index.md": "---\ntitle: Home\ndate: 2024-01-01\n---\n",
    "content/posts/2024-03-19.md": "+++\ntitle = 'Magpies'\n+++\nMagpies collect things.\n",
    "content/posts/jay/index.md": "---\ndate: 2024-03-20\ntitle: Jays\n---\nJays hide acorns.\n",
    "content/posts/secret.md": "+++\ndate = 2024-03-21\ndraft = true\n+++\nhidden-word\n",
    "content/about.md": "---\ntitle: About\n---\nWho writes here.\n",
    "static/verify.html": "ok",
    "layouts/index.html": "<p></p>",
    "public/index.html": "<p>built by another tool</p>",
    ".github/workflows/publish.yml": "on: push\n",
    ".gitignore": "/public/\n",
}
QUARTZ = {
    "quartz.config.ts": "export default {}",
    "docs/index.md": "The manual of the tool: hidden-word\n",
    "content/index.md": "---\ntitle: Garden\n---\n[[Moss]]\n",
    "content/Moss.md": "---\ntitle: Moss\ntags:\n  - plants\nsocialImage: a.png\n---\nMoss grows on [[Stone|stones]].\n",
    "content/Stone.md": "---\ncreated: 2024-03-19\n---\nStones are older than moss.\n",
    "content/private/Fern.md": "---\ndraft: true\n---\nhidden-word\n",
}
LOGSEQ = {
    "logseq/config.edn": "{}",
    "logseq/bak/pages/Lichen/old.md": "- an old copy: hidden-word\n",
    "journals/2024_03_19.md": "- Looked at [[Lichen]] on the north wall.\n  - It is grey.\n",
    "pages/Lichen.md": "tags:: [[slow life]], growth\nvia:: a walk\n\n- Two living things in one.\n",
    "pages/Plants___Algae.md": "- Green and wet. #growth\n",
    "assets/a.png": "",
}
STYLES = {"Obsidian": OBSIDIAN, "Jekyll": JEKYLL, "Hugo": HUGO, "Quartz": QUARTZ, "Logseq": LOGSEQ}
SHOWN = {
    "Obsidian": ["칠판 앞에서", "열쇠를 견주는"],
    "Jekyll": ["Owls see", "Wrens are small"],
    "Hugo": ["Magpies collect", "Jays hide", "Who writes here"],
    "Quartz": ["Moss grows", "Stones are older"],
    "Logseq": ["2024-03-19</span></h1>", "/tags/slow-life/", "on the north wall", "Two living things", "Green and wet"],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_folder_of_another_tool_becomes_a_site_with_every_note_and_nothing_hidden(tmp_path: Path, style: str) -> None:
    project = write_project(tmp_path / "garden", STYLES[style])
    made = run(project, "init", ".", "--from", str(project))
    assert made.exit_code == 0, made.stderr
    assert f"({style})" in made.stderr
    built = run(project, "build")
    assert built.exit_code == 0, built.stdout
    output = load_config(project)[0].output
    site = read_tree(project / output)
    texts = "\n".join(content.decode(errors="replace") for content in site.values())
    assert [words for words in SHOWN[style] if words not in texts] == []
    assert "hidden-word" not in texts
    assert "숨은말" not in texts
    assert {name: (project / name).read_bytes() for name in STYLES[style]} == {
        name: content.encode() for name, content in STYLES[style].items()
    }
    assert run(project, "build").exit_code == 0


def test_the_folder_is_described(tmp_path: Path) -> None:
    described = run(write_project(tmp_path, OBSIDIAN), "init", "--from", str(tmp_path)).stderr.splitlines()
    assert described == [
        "4 notes in this folder (Obsidian)",
        "dates: 1 from names, 1 without one (listed under /notes/)",
        "tags: 1 from `tags`",
        "languages: 2 Korean",
        "drafts: 1, which stay out",
        "left out: templates 1",
        "unclear: 1 note; digest.yaml lists what stays out until it is mended",
        f"digest was installed from the folder {ROOT}, which GitHub cannot read; before you push, name in requirements.txt the "
        "place from which research-digest is to be installed",
        "before the first push, choose GitHub Actions as the source under Settings > Pages on GitHub",
        f"next: cd {tmp_path} && digest serve --open",
    ]


def test_settings_fit_the_folder(tmp_path: Path) -> None:
    jekyll = write_project(tmp_path / "jekyll", JEKYLL)
    made = run(jekyll, "init", "--from", str(jekyll))
    config = load_config(jekyll)[0]
    assert (config.title, config.language, config.notes) == ("Paper shelf", "en", "_posts")
    assert config.output == "digest-site"
    assert "path: digest-site" in (jekyll / ".github/workflows/publish.yml").read_text("utf-8")
    assert made.stdout.split() == [
        ".gitattributes",
        ".github/workflows/publish.yml",
        ".gitignore",
        "digest.yaml",
        "requirements.txt",
    ]
    hugo = write_project(tmp_path / "hugo", HUGO)
    made = run(hugo, "init", "--from", str(hugo))
    config = load_config(hugo)[0]
    assert (config.title, config.notes, config.public) == ("Daily birds", "content", "static")
    assert "publish.yml was there before" in made.stderr
    assert "add `/.digest/` and `/site/`" in made.stderr
    assert run(hugo, "build").exit_code == 0
    assert (hugo / "site/verify.html").read_text("utf-8") == "ok"
    logseq = write_project(tmp_path / "logseq", LOGSEQ)
    run(logseq, "init", "--from", str(logseq))
    assert load_config(logseq)[0].exclude == ("logseq",)


def test_a_note_with_an_unclear_state_is_excluded_whatever_its_name(tmp_path: Path) -> None:
    files = {"[a] what? *.md": "---\ndraft: maybe\n---\nx\n", "b.md": "# 2024-03-19 B\n\ntext\n"}
    run(write_project(tmp_path, files), "init", "--from", str(tmp_path))
    assert run(tmp_path, "build").exit_code == 0
    assert run(tmp_path, "build").stdout == ""


def test_tags_that_would_share_an_address_become_one(tmp_path: Path) -> None:
    files = {
        f"2024-03-{day}.md": f"---\ntitle: {day}\ntags: ['{tag}']\n---\nx\n" for day, tag in ((19, "a!b"), (20, "a?b"))
    }
    run(write_project(tmp_path, files), "init", "--from", str(tmp_path))
    assert load_config(tmp_path)[0].aliases == {"a!b": ("a?b",)}
    assert run(tmp_path, "build").exit_code == 0


def test_the_interface_speaks_the_language_of_most_notes(tmp_path: Path) -> None:
    texts = {
        "zh": "今天读了三篇关于检索的论文，每一篇都很长，但是都值得再读一遍。",
        "ja": "今日は検索についての論文を三本読みました。どれも長いですが、もう一度読みたいです。",
        "de": "Die Eule ist nicht blind, und das ist ein Irrtum, den der Autor mit einer Messung von der Hand weist. Und das ist gut.",
    }
    for lang, text in texts.items():
        project = write_project(tmp_path / lang, {"2024-03-19.md": f"# A\n\n{text}\n"})
        run(project, "init", "--from", str(project))
        config = load_config(project)[0]
        assert (config.language, config.notes_language) == ("en", lang)
    korean = write_project(tmp_path / "ko", {"2024-03-19.md": "# A\n\n오늘은 검색에 대한 논문을 세 편 읽었다.\n"})
    run(korean, "init", "--from", str(korean), "--language", "en")
    assert (load_config(korean)[0].language, load_config(korean)[0].notes_language) == ("en", "ko")


def commit(folder: Path, day: str) -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00"}
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    subprocess.run(["git", *who, "add", "-A"], cwd=folder, check=True, env=env)
    subprocess.run(["git", *who, "commit", "-qm", "notes"], cwd=folder, check=True, env=env)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_gives_the_dates_if_nothing_else_does(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "trunk"], cwd=tmp_path, check=True)
    for day, name in (("2024-03-19", "owls"), ("2024-03-20", "wrens")):
        commit(write_project(tmp_path, {f"birds/{name}.md": f"# {name}\n\nThey sing.\n"}), day)
    made = run(tmp_path, "init", "--from", str(tmp_path / "birds"))
    assert "2 without one (git gives it)" in made.stderr
    assert load_config(tmp_path)[0].dates == "git"
    workflow = (tmp_path / ".github/workflows/publish.yml").read_text("utf-8")
    assert "fetch-depth: 0" in workflow
    assert "branches: [trunk, main]" in workflow
    assert yaml.safe_load(workflow)
    assert run(tmp_path, "build").exit_code == 0
    assert (tmp_path / "site/2024/03/20/wrens/index.html").exists()


def test_notes_that_were_committed_in_one_go_stay_without_dates(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commit(write_project(tmp_path, {"owls.md": "# Owls\n\nx\n", "wrens.md": "# Wrens\n\nx\n"}), "2024-03-19")
    run(tmp_path, "init", "--from", str(tmp_path))
    assert load_config(tmp_path)[0].dates == "notes"


def test_a_site_that_was_built_before_is_not_read_as_notes(tmp_path: Path) -> None:
    write_project(tmp_path, OBSIDIAN)
    before = run(tmp_path, "init", "--from", str(tmp_path)).stderr.splitlines()[:4]
    run(tmp_path, "build")
    for name in ("digest.yaml", ".github/workflows/publish.yml"):
        (tmp_path / name).unlink()
    assert run(tmp_path, "init", "--from", str(tmp_path)).stderr.splitlines()[:4] == before


def test_translations_of_the_same_notes_are_named(tmp_path: Path) -> None:
    files = {f"content/{lang}/2024-03-{day}.md": "# A\n\nx\n" for lang in ("en", "fr") for day in (19, 20)}
    made = run(write_project(tmp_path, {"hugo.yaml": "", **files}), "init", "--from", str(tmp_path))
    assert "translations: en, fr hold the same notes" in made.stderr
    assert run(tmp_path, "build").exit_code == 0


def test_an_image_in_the_line_of_the_title_begins_the_text_and_brackets_of_a_shell_are_no_link(tmp_path: Path) -> None:
    note = '# Birds of today![Chart](chart.svg)\n\nCounted.\n\n```bash\nif [[ -z "$x" ]]; then exit; fi\n```\n'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    write_project(tmp_path, {"2024-03-19 birds.md": note, "chart.svg": svg})
    run(tmp_path, "init", "--from", str(tmp_path))
    assert (run(tmp_path, "build").exit_code, run(tmp_path, "build").stdout) == (0, "")
    (page,) = (tmp_path / "site/2024/03/19").glob("*/index.html")
    text = page.read_text("utf-8")
    assert ">Birds of today</h1>" in text
    assert 'alt="Chart"' in text


def test_the_folders_of_further_sites_are_ignored_unless_notes_have_such_a_name(tmp_path: Path) -> None:
    run(tmp_path, "init")
    assert "/site-*/" in (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    vault = write_project(tmp_path / "vault", {"site-visits/2024-03-19.md": "# Owl\n\nSaw one.\n"})
    run(vault, "init", "--from", ".")
    assert (vault / ".gitignore").read_text("utf-8").splitlines() == ["/.digest/", "/site/"]


def test_a_new_project_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(tmp_path, "init", "my notes").stderr.splitlines()[-1] == "next: cd 'my notes' && digest serve --open"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert run(tmp_path / "here", "init").stderr.splitlines()[-1] == "next: digest serve --open"
