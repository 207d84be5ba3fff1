"""Write new note files and new projects, for `digest new` and `digest init`. Nothing is ever overwritten."""

import datetime as dt
from pathlib import Path

from .config import FILE_NAME, Config
from .languages import nearest_language, scaffold_for

WORKFLOW = """\
# Builds the digest and publishes it on GitHub Pages at every push.
name: Publish
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: true
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - id: pages
        uses: actions/configure-pages@v5
      - run: pip install research-digest
      - run: digest build --base-url "${{ steps.pages.outputs.base_url }}/"
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deployment
        uses: actions/deploy-pages@v4
"""


class OutsideError(ValueError):
    """The vault isn't inside the project. The message says what to do."""


def make_note(folder: Path, config: Config, date: dt.date) -> tuple[Path, bool]:
    """Create a day's note file with its date line, unless it exists. Return its path, and True if it is new.

    The date is written in the language of the notes or, if the interface has no such language, as in English.
    """
    path = folder / config.notes / f"{date.isoformat()}.txt"
    try:
        _write(path, scaffold_for(nearest_language(config.language_of_notes)).date(date) + "\n")
    except FileExistsError:
        return path, False
    return path, True


def make_project(folder: Path, language: str, today: dt.date, *, vault: Path | None = None) -> list[Path]:
    """Create a project in a folder and return the paths of its files. `language` is a code in `LANGUAGES`.

    Raises FileExistsError if one of the files exists, and OutsideError if the vault isn't inside the folder, since a build
    reads only files of its project. In both cases, nothing is written.
    """
    scaffold = scaffold_for(language)
    settings = scaffold.settings
    files = {".github/workflows/publish.yml": WORKFLOW}
    if vault is None:
        files[f"notes/{today.isoformat()}.txt"] = scaffold.first_note.format(date=scaffold.date(today))
    else:
        settings += _vault_settings(folder, vault.resolve())
    files[FILE_NAME] = settings
    for name in files:
        if (folder / name).exists():
            raise FileExistsError(17, "exists already", name)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        files[".gitignore"] = "/.digest/\n/site/\n"
    for name, content in files.items():
        _write(folder / name, content)
    return [folder / name for name in sorted(files)]


def _vault_settings(folder: Path, vault: Path) -> str:
    if not vault.is_relative_to(folder):
        raise OutsideError(
            f"{vault} is outside {folder}, and a build reads nothing outside its project; "
            f"make the vault the project: digest init {vault} --from {vault}"
        )
    notes = vault.relative_to(folder).as_posix()
    return f"notes: {notes}\n" + ("exclude: [README.md]\n" if notes == "." else "")


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)
