"""The built package, environments without it, and the steps of workflows and recipes run in them without a network."""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import yaml

ROOT = Path(__file__).parents[1]


def run_quietly(*command: str | Path, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an environment that has only these of Python's path variables."""
    env = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "PROJECT_HOME")
    }
    return subprocess.run(
        [str(part) for part in command], cwd=folder, env=env | variables, capture_output=True, text=True, check=False
    )


def build_distributions(source: Path, folder: Path, **variables: str) -> tuple[Path, Path]:
    """Build the sdist and, from it, the wheel, with the locked hatchling of this environment."""
    done = run_quietly(
        sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, source, folder=source, **variables
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.tar.gz")), next(folder.glob("*.whl"))


def new_environment(folder: Path, index: Path) -> dict[str, str]:
    """Create an environment that has digest's dependencies but not digest, and return the variables of a shell in it.

    Installers find only the files in the folder `index`, and ask no network.
    """
    venv.create(folder, symlinks=True)
    scripts = folder / "bin"
    (site_packages,) = folder.glob("lib/*/site-packages")
    # The packages that run this test, without the `.pth` files among them: one would lead to the checkout.
    (site_packages / "dependencies.pth").write_text(f"{Path(jinja2.__file__).parents[1]}\n", "utf-8")
    (scripts / "pip").write_text(f'#!/bin/sh\nexec "{scripts}/python" -m pip "$@"\n', "utf-8")
    (scripts / "pip").chmod(0o755)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "GITHUB_", "DIGEST_")) and name != "CI"
    }
    return {
        **kept,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@a.example",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@a.example",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_FIND_LINKS": str(index),
        "PIP_IGNORE_INSTALLED": "1",  # a digest among the packages that run this test does not count
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
    }


def with_digest(env: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for an environment in which digest has been installed, where pip need not install it again."""
    return {name: value for name, value in env.items() if name != "PIP_IGNORE_INSTALLED"}


def shell(folder: Path, script: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as a step of GitHub Actions does, and return its exit code and output."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=dict(env), capture_output=True, text=True, check=False)


class Workflow:
    """A workflow whose steps are run here, as GitHub does for an event."""

    def __init__(self, text: str, event: str = "push") -> None:
        self.content: dict[Any, Any] = yaml.safe_load(text)
        self.event = event

    def scripts(self, job: str, outputs: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the name and the script of each step of a job that would run."""
        return [
            (step.get("name", ""), step["run"])
            for step in self.content["jobs"][job]["steps"]
            if "run" in step and self._is_wanted(step.get("if", ""), outputs)
        ]

    def run(self, job: str, work: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run the steps of a job in a clone up to the first that fails, and return the result of the last one."""
        folder = work / self.content.get("defaults", {}).get("run", {}).get("working-directory", ".")
        done = subprocess.CompletedProcess([], 0, "", "")
        for _, script in self.scripts(job, {}):
            done = shell(folder, script, {**env, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(work), "CI": "true"})
            if done.returncode:
                break
        return done

    def _is_wanted(self, condition: str, outputs: Mapping[str, str]) -> bool:
        event = re.fullmatch(r"github\.event_name (==|!=) '(\w+)'", condition)
        if event:
            return (self.event == event[2]) == (event[1] == "==")
        output = re.fullmatch(r"steps\.lock\.outputs\.lock == 'changed'", condition)
        assert output or not condition, condition
        return not output or outputs.get("lock") == "changed"


def clone(origin: Path, folder: Path, env: Mapping[str, str]) -> Path:
    """Clone a repository into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    done = shell(folder.parent, f"git clone -q '{origin}' '{folder}'", env)
    assert done.returncode == 0, done.stderr
    return folder
