"""The workflow of new projects, which builds them on GitHub at every push and pull request, and publishes them on GitHub Pages."""

import json
import re

from msgspec import Struct

from .installed import PINNED
from .languages import translate, translate_comments

# Each action is named by its commit, since a tag can be moved to other code.
_ACTIONS = {
    "checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "cache": "cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3",
    "configure-pages": "983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
    "upload-pages-artifact": "56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
    "deploy-pages": "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
    "upload-artifact": "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
    "download-artifact": "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
}

_WORKFLOW = """\
# Builds the digest and publishes it on GitHub Pages at every push to the branch below. Pull requests are built and checked.
# Before the first push, choose "GitHub Actions" as the source under Settings > Pages of the repository.
name: Publish
on:
  push:
    branches: [<branches>]
  pull_request:
  workflow_dispatch:
permissions: {}
concurrency:
  group: ${{ github.event_name == 'pull_request' && github.ref || 'pages' }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
<defaults>jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      pages: read
    outputs:
      commit: ${{ steps.lock.outputs.commit }}
      lock: ${{ steps.lock.outputs.lock }}
    steps:
      - uses: actions/checkout@<checkout>
        with:
          ref: ${{ github.ref }} # with the digest.lock that an earlier run may just have committed
          persist-credentials: false
          fetch-depth: <depth>
      - uses: actions/setup-python@<setup-python>
        with:
          python-version: "3.13"
          cache: pip
          cache-dependency-path: <place><requirements>
      - uses: actions/cache@<cache>
        with:
          path: <place>.digest
          key: digest-${{ runner.os }}-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: digest-${{ runner.os }}-
      # The name `research-digest` alone is not enough: it would install whatever an index has under that name.
      - name: Install digest from the place that <requirements> names
        run: |
          if ! grep --quiet --ignore-case --extended-regexp '<pinned>' <requirements>; then
            echo "::error file=<place><requirements>,line=1::<unnamed>"
            exit 1
          fi
          python -m pip install --requirement <requirements>
      - if: github.event_name == 'pull_request'
        name: Check the notes and the links, and build the site
        run: |
          digest check --links
          digest build --format text
      - if: github.event_name != 'pull_request'
        id: pages
        uses: actions/configure-pages@<configure-pages>
      - if: github.event_name != 'pull_request'
        name: Build the site
        run: digest build --base-url "$BASE_URL/"
        env:
          BASE_URL: ${{ steps.pages.outputs.base_url }}
      - if: github.event_name != 'pull_request'
        uses: actions/upload-pages-artifact@<upload-pages-artifact>
        with:
          path: <place><output>
      - if: github.event_name != 'pull_request'
        id: lock
        name: See whether digest.lock has changed
        run: |
          echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"
          if [ -n "$(git status --porcelain -- digest.lock)" ]; then echo "lock=changed" >> "$GITHUB_OUTPUT"; fi
      - if: steps.lock.outputs.lock == 'changed'
        uses: actions/upload-artifact@<upload-artifact>
        with:
          name: digest-lock
          path: <place>digest.lock
          if-no-files-found: error
  publish:
    needs: build
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@<deploy-pages>
  # Commits digest.lock, so that the addresses of notes that were written in a browser or on a phone are remembered too.
  # If you build and commit on your own machine before every push, you can delete everything from here on.
  remember:
    needs: [build, publish]
    if: needs.build.outputs.lock == 'changed' && github.ref_type == 'branch'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@<checkout>
        with:
          ref: ${{ needs.build.outputs.commit }}
          fetch-depth: 0
      - uses: actions/download-artifact@<download-artifact>
        with:
          name: digest-lock
          path: ${{ runner.temp }}/built
      - name: Commit digest.lock
        env:
          BRANCH: ${{ github.ref_name }}
          BUILT: ${{ runner.temp }}/built/digest.lock
        # A push by a workflow starts no workflow; `[skip ci]` is for tokens of your own.
        run: |
          cp "$BUILT" digest.lock
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git add digest.lock
          git commit --message "Remember the addresses of the site [skip ci]"
          for attempt in 1 2 3; do
            if git pull --rebase origin "$BRANCH" && git push origin "HEAD:refs/heads/$BRANCH"; then exit 0; fi
            git rebase --abort || true
          done
          exit 1
"""


class Publication(Struct, frozen=True):
    """What the workflow of a project depends on.

    `folder` is the project's folder, relative to the root of its repository: `.` for the root itself. `output` and `requirements`
    are relative to the project's folder. The whole history is needed if git gives the dates of notes.
    """

    output: str = "site"
    branches: tuple[str, ...] = ("main",)
    whole_history: bool = False
    folder: str = "."
    requirements: str = "requirements.txt"

    @property
    def path(self) -> str:
        """The path of the workflow, relative to the root of the repository: sites in several folders have one each."""
        if self.folder == ".":
            return ".github/workflows/publish.yml"
        name = re.sub(r"[^a-z0-9]+", "-", self.folder.lower()).strip("-")
        return f".github/workflows/publish-{name or 'digest'}.yml"


def write_workflow(publication: Publication, language: str = "en") -> str:
    """Return the workflow of a project, with comments in a language."""
    folder = publication.folder
    values = {
        **_ACTIONS,
        "branches": ", ".join(map(_quoted, publication.branches)),
        "defaults": "" if folder == "." else f"defaults:\n  run:\n    working-directory: {_quoted(folder)}\n",
        "depth": "0" if publication.whole_history else "1",
        "output": publication.output,
        "place": "" if folder == "." else f"{folder}/",
        "pinned": PINNED,
        "requirements": publication.requirements,
        "unnamed": translate(
            f"Name the place or the version of research-digest in {publication.requirements}, as its comments say",
            language,
        ),
    }
    text = _WORKFLOW
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return translate_comments(text, language)


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z][\w./-]*", text) else json.dumps(text, ensure_ascii=False)
