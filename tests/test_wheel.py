"""The wheel: installed in an empty environment, it builds a site outside the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from .project import DAY, read_tree, write_project

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.package


def run_quietly(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the locked hatchling of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run_quietly(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_theme_the_types_and_the_licence_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if name.startswith("digest/")}
    package = ROOT / "src/digest"
    sources = {path.relative_to(package.parent).as_posix() for path in package.rglob("*.*") if path.suffix != ".pyc"}
    theme = {f"digest/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*.*")}
    assert inside == sources | theme
    assert {"digest/py.typed", "digest/search/glossary.tsv", "digest/templates/static/css/digest.css"} <= inside
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"digest", "research_digest"}


def test_the_wheel_builds_a_site_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True, symlinks=os.name != "nt")
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = (scripts / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    locked = run_quietly(*pip, "--require-hashes", "--requirement", ROOT / "requirements.txt", folder=tmp_path)
    if locked.returncode:
        pytest.skip("the dependencies cannot be installed here: " + locked.stderr.strip().rpartition("\n")[2])
    installed = run_quietly(*pip, "--no-deps", "--no-index", wheel, folder=tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert run_quietly(*pip[:4], "check", folder=tmp_path).returncode == 0
    project = write_project(tmp_path / "project", {"notes/2024-03-19.txt": DAY})
    where = run_quietly(scripts / "python", "-c", "import digest; print(digest.__file__)", folder=project)
    assert Path(where.stdout.strip()).is_relative_to(environment.resolve())
    done = run_quietly(scripts / "digest", "build", "--strict", folder=project)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    site = read_tree(project / "site")
    assert "Grok-1" in site["2024/03/19/grok-1/index.html"].decode()
    assert any(name.startswith("static/css/digest.") for name in site)
