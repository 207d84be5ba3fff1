"""The sdist and the wheel: what they hold, that a build repeats to the byte, and that they work outside the checkout."""

import os
import shutil
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from .packages import ROOT, build_distributions, run_quietly
from .project import DAY, read_tree, write_project

pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def unpacked(distributions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the sdist in an empty folder and return its root."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(distributions[0]) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def test_the_sdist_holds_every_file_of_the_checkout_that_is_not_ignored(unpacked: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    listed = run_quietly("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=ROOT)
    assert listed.returncode == 0, listed.stderr
    files = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    assert {"tests/golden/digest.yaml", "Makefile", ".ci/run", "docs/images/home.png"} <= files
    assert read_tree(unpacked).keys() == files | {"PKG-INFO"}


def test_the_suite_runs_from_an_unpacked_sdist(unpacked: Path) -> None:
    tests = ("tests/test_golden.py", "tests/test_docs.py", "tests/test_release.py", "tests/text/test_cases.py")
    chosen = ("-m", "not corpus", "-k", "not generated_sections")
    pytest_command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen, *tests)
    done = run_quietly(*pytest_command, folder=unpacked, PYTHONPATH=str(unpacked / "src"), PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_a_build_of_the_sdist_in_another_folder_with_other_times_and_rights_gives_the_same_bytes(
    distributions: tuple[Path, Path], unpacked: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "copy"
    shutil.copytree(unpacked, copy)
    for number, path in enumerate(sorted(copy.rglob("*"))):
        path.chmod(path.stat().st_mode & 0o700)  # git keeps whether a file may be run, and no other right
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
    settings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    again = build_distributions(copy, tmp_path / "again", **settings)
    assert [path.name for path in again] == [path.name for path in distributions]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in distributions]


def test_a_build_has_the_time_that_it_is_told(unpacked: Path, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", tmp_path, unpacked)
    done = run_quietly(*command, folder=unpacked, SOURCE_DATE_EPOCH="1700000000")
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    assert {entry.date_time[:3] for entry in zipfile.ZipFile(wheel).infolist()} == {(2023, 11, 14)}


def test_the_wheel_holds_the_theme_the_types_and_the_licence_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if name.startswith("digest/")}
    package = ROOT / "src/digest"
    sources = {path.relative_to(package.parent).as_posix() for path in package.rglob("*.*") if path.suffix != ".pyc"}
    theme = {f"digest/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*.*")}
    assert inside == sources | theme
    assert {
        "digest/py.typed",
        "digest/search/glossary.tsv",
        "digest/search/related.tsv",
        "digest/languages/ko.po",
        "digest/templates/static/css/digest.css",
    } <= inside
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"digest", "research_digest"}


def test_the_wheel_builds_a_site_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=os.name != "nt")
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", scripts / "python")
    install = (*pip, "install", "--quiet", "--no-compile")
    locked = run_quietly(*install, "--require-hashes", "--requirement", ROOT / "requirements.txt", folder=tmp_path)
    if locked.returncode:
        pytest.skip("the dependencies cannot be installed here: " + locked.stderr.strip().rpartition("\n")[2])
    installed = run_quietly(*install, "--no-deps", "--no-index", wheel, folder=tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert run_quietly(*pip, "check", folder=tmp_path).returncode == 0
    project = write_project(tmp_path / "project", {"notes/2024-03-19.txt": DAY})
    where = run_quietly(scripts / "python", "-c", "import digest; print(digest.__file__)", folder=project)
    assert Path(where.stdout.strip()).is_relative_to(environment.resolve())
    done = run_quietly(scripts / "digest", "build", "--strict", folder=project)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    site = read_tree(project / "site")
    assert "Grok-1" in site["2024/03/19/grok-1/index.html"].decode()
    assert any(name.startswith("static/css/digest.") for name in site)
