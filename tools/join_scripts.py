"""Join the modules of search into `templates/joined/search.min.js` with esbuild: `python tools/join_scripts.py`, or `make docs`.

The file is in the repository, so that a build needs no Node. A test fails if it is out of date.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from digest.site.joined import FIRST, JOINED, made_of

ROOT = Path(__file__).parents[1]
THEME = ROOT / "templates"
ESBUILD = ROOT / "tests/node_modules/.bin/esbuild"

_ABOUT = "// The modules of search in one file, which `make docs` writes.\n"
# Pages load these modules in any case.
_LOADED = ("./digest.js", "./keys.js")


def join_scripts() -> str:
    """Return the joined file. Raises OSError if esbuild is not installed, and CalledProcessError if it finds a mistake."""
    static = THEME / "static"
    with tempfile.TemporaryDirectory() as folder:
        script, inputs = Path(folder, "script.js"), Path(folder, "inputs.json")
        options = ["--bundle", "--format=esm", "--minify", "--charset=utf8", "--log-level=warning"]
        options += [f"--external:{name}" for name in _LOADED]
        subprocess.run(
            [ESBUILD, FIRST, *options, f"--outfile={script}", f"--metafile={inputs}"], cwd=static, check=True
        )
        modules = json.loads(inputs.read_text("utf-8"))["inputs"]
        contents = {name: (static / name).read_bytes() for name in modules}
        return _ABOUT + made_of(contents, modules) + script.read_text("utf-8")


def main() -> None:
    """Write the joined file, if esbuild is installed."""
    if ESBUILD.exists():
        (THEME / JOINED).write_text(join_scripts(), "utf-8")
    else:
        print("esbuild is not installed; the scripts of search are not joined anew", file=sys.stderr)


if __name__ == "__main__":
    main()
