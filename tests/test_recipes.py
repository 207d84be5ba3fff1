"""The recipes of docs/deployment.md, run in a new project as far as they go without a network."""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from .packages import ROOT, Workflow, clone, new_environment, shell, with_digest
from .project import DAY, run, write_project
from .test_publishing import needs_shell

pytestmark = [pytest.mark.package, needs_shell]

DOCS = ROOT / "docs"
PAGE = (DOCS / "deployment.md").read_text("utf-8")
RSYNC = '#!/bin/sh\nfor last; do :; done\nmkdir -p "$last"\ncp -R site/. "$last"\n'
"""A stand-in for `rsync -a … site/ FOLDER`, on machines without it."""


def recipe(heading: str, language: str) -> str:
    """Return the first block of code in a language below a heading."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None, heading
    block = re.search(rf"^```{language}\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert block is not None, language
    return block[1]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> dict[str, str]:
    """Return the variables of a shell whose installers find only the wheel."""
    env = new_environment(tmp_path_factory.mktemp("recipes") / "environment", wheel.parent)
    # Hosts whose builds run a script of the recipe alone have digest already.
    done = shell(wheel.parent, "pip install --quiet research-digest", env)
    assert done.returncode == 0, done.stderr
    return with_digest(env)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a new project whose requirements name a version."""
    folder = tmp_path / "project"
    assert run(tmp_path, "init", "project").exit_code == 0
    return write_project(
        folder, {"requirements.txt": "research-digest~=0.1.0\n", "notes/2024-03-19.txt": DAY, "public/a.txt": "a"}
    )


def run_recipe(folder: Path, script: str, env: Mapping[str, str]) -> None:
    done = shell(folder, script, env)
    assert done.returncode == 0, done.stdout + done.stderr


def address_of(site: Path) -> str:
    """Return the canonical address of a site's home page."""
    found = re.search(r'<link rel="canonical" href="([^"]+)">', (site / "index.html").read_text("utf-8"))
    assert found is not None
    return found[1]


def test_gitlab_builds_into_its_folder_and_checks_merge_requests(project: Path, environment: dict[str, str]) -> None:
    jobs = yaml.safe_load(recipe("GitLab Pages", "yaml"))
    first = jobs["default"]["before_script"]
    env = {**environment, "CI_PAGES_URL": "https://a.gitlab.io/b"}
    shutil.move(project / "public", project / "static")
    with (project / "digest.yaml").open("a", encoding="utf-8") as settings:
        settings.write("public: static\n")  # as the text below the recipe says
    for job in ("check", "pages"):
        run_recipe(project, "\n".join([*first, *jobs[job]["script"]]), env)
    assert jobs["pages"]["artifacts"]["paths"] == ["public"]
    assert address_of(project / "public") == "https://a.gitlab.io/b/"
    assert (project / "public/a.txt").exists()
    assert jobs["default"]["cache"]["paths"] == [".digest/"]
    assert (project / ".digest").is_dir()


def test_codeberg_gets_a_branch_with_only_the_site(project: Path, environment: dict[str, str]) -> None:
    script = recipe("Codeberg Pages", "sh").replace("USER", "me").replace("REPOSITORY", "digest")
    begin = "git init -q -b trunk; git add -A; git commit -qm Begin; git init -q --bare ../origin.git; git remote add origin ../origin.git"
    run_recipe(project, begin, environment)
    for title in ("Grok-1", "Wren"):
        write_project(project, {"notes/2024-03-19.txt": DAY.replace("Grok-1", title)})
        run_recipe(project, script, environment)
        listed = shell(project, "git --git-dir ../origin.git ls-tree -r --name-only pages", environment).stdout
        assert {"index.html", "a.txt", f"2024/03/19/{title.lower()}/index.html"} <= set(listed.splitlines())
        assert not re.search(r"^(site/|notes/2024|\.digest)", listed, re.MULTILINE)
    assert "/grok-1/index.html" in listed  # an old address leads on
    assert shell(project, "git status --porcelain", environment).stdout == " M notes/2024-03-19.txt\n?? digest.lock\n"
    assert address_of(project / "site") == "https://me.codeberg.page/digest/"


def test_netlify_builds_with_its_address_and_previews_with_theirs(project: Path, environment: dict[str, str]) -> None:
    settings = tomllib.loads(recipe("Netlify", "toml"))
    env = {**environment, "URL": "https://a.example", "DEPLOY_PRIME_URL": "https://preview.a.example"}
    commands = [settings["build"], *settings["context"].values()]
    for command, address in zip(commands, [env["URL"], *[env["DEPLOY_PRIME_URL"]] * 2], strict=True):
        run_recipe(project, command["command"], env)
        assert address_of(project / settings["build"]["publish"]) == f"{address}/"


def test_cloudflare_builds_with_a_fixed_address_and_previews_with_theirs(
    project: Path, environment: dict[str, str]
) -> None:
    write_project(project, {"build.sh": recipe("Cloudflare Pages", "sh").replace("NAME", "a")})
    assert "| build command | `sh -e build.sh` |" in PAGE
    env = {**environment, "CF_PAGES_URL": "https://0123abc.a.pages.dev"}
    for branch, address in (("main", "https://a.pages.dev/"), ("other", "https://0123abc.a.pages.dev/")):
        run_recipe(project, "sh -e build.sh", {**env, "CF_PAGES_BRANCH": branch})
        assert address_of(project / "site") == address


def test_a_server_of_ones_own_gets_the_site(project: Path, environment: dict[str, str]) -> None:
    script = recipe("Your own server", "sh").replace("server:/var/www/digest/", "../www/")
    assert "../www/" in script
    tools = project.parent / "tools"
    if shutil.which("rsync") is None:
        write_project(tools, {"rsync": RSYNC})
        (tools / "rsync").chmod(0o755)
    run_recipe(project, script, {**environment, "PATH": f"{tools}:{environment['PATH']}"})
    assert address_of(project.parent / "www") == "https://digest.example/"


def test_the_steps_of_the_dockerfile_build_the_site(project: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    build, serve = re.split(r"\n\n", recipe("Docker", "dockerfile"))
    image = tmp_path / "image"
    image.mkdir()
    for line in build.splitlines():
        instruction, _, rest = line.partition(" ")
        if instruction == "COPY":
            source = project / rest.split()[0]
            if source.is_dir():
                shutil.copytree(source, image, dirs_exist_ok=True)
            else:
                shutil.copy(source, image)
        elif instruction == "RUN":
            run_recipe(image, rest, {**environment, "BASE_URL": "https://digest.example/"})
        else:
            assert instruction in ("FROM", "WORKDIR", "ARG")
    assert address_of(image / "site") == "https://digest.example/"
    assert "COPY --from=build /digest/site /usr/share/nginx/html" in serve
    assert recipe("Docker", "text").splitlines() == [".digest", ".git", "site"]


def test_a_wheel_that_is_committed_with_the_notes_can_be_installed(project: Path, environment: dict[str, str]) -> None:
    script = recipe("Where digest comes from", "sh").replace("FOLDER", f"--no-build-isolation '{ROOT}'")
    run_recipe(project, script, environment)
    assert re.fullmatch(
        r"\./wheels/research_digest-[\d.]+-py3-none-any\.whl\n", (project / "requirements.txt").read_text("utf-8")
    )
    run_recipe(project, "pip install --requirement requirements.txt && digest build", environment)


def test_no_command_of_the_docs_installs_digest_by_its_bare_name_on_a_new_machine() -> None:
    for page in DOCS.rglob("*.md"):
        blocks = re.findall(r"^```[a-z]*\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        assert [block for block in blocks if re.search(r"install.*research-digest(?!\S*[=@])", block)] == []


def test_the_first_evening_ends_with_a_site_that_the_workflow_builds(tmp_path: Path, wheel: Path) -> None:
    # The Korean page has the same commands: test_docs_in_korean compares them.
    home, origin, project = tmp_path / "home", tmp_path / "origin.git", tmp_path / "my-digest"
    env = {**new_environment(home / "digest-env", wheel.parent), "HOME": str(home), "EDITOR": "true", "BROWSER": "true"}
    run_recipe(tmp_path, "git init -q --bare -b main origin.git", env)
    text = (DOCS / "start.md").read_text("utf-8").replace("FOLDER", f"--no-build-isolation '{ROOT}'")
    text = text.replace("https://github.com/USER/REPOSITORY.git", str(origin))
    (note,) = re.findall(r"^```note\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for script in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        run_step(project if project.exists() else tmp_path, script, env)
        if script == "digest new\n":
            (today,) = (project / "notes").iterdir()
            today.write_text("\n".join([today.read_text("utf-8").split("\n")[0], *note.split("\n")[1:]]), "utf-8")
            assert shell(project, "digest check", env).stdout == ""
        elif "git push -u" in script:
            today.write_text(today.read_text("utf-8") + "Wren\nA small model.\n#wren\n", "utf-8")  # on the next day
    work = clone(origin, tmp_path / "work", env)
    assert {path.name for path in work.iterdir()} >= {"digest.lock", "wheels", "notes"}
    assert not (work / "site").exists()
    workflow = Workflow((work / ".github/workflows/publish.yml").read_text("utf-8"))
    variables = {**env, "BASE_URL": "https://user.github.io/repository", "GITHUB_OUTPUT": str(tmp_path / "outputs")}
    done = workflow.run("build", work, variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert address_of(work / "site") == "https://user.github.io/repository/"
    assert list((work / "site").glob("*/*/*/wren/index.html"))


def run_step(folder: Path, script: str, env: Mapping[str, str]) -> None:
    """Run a block of commands; stop `digest serve` as soon as it names the address of the site."""
    if "digest serve" not in script:
        run_recipe(folder, script, env)
        return
    command = ["bash", "-c", f"exec {script}"]
    with subprocess.Popen(command, cwd=folder, env=dict(env), stderr=subprocess.PIPE, text=True) as served:
        try:
            assert any("http://127.0.0.1:" in line for line in served.stderr or ())
        finally:
            served.terminate()
