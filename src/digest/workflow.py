"""The workflow of new projects, which publishes them on GitHub Pages."""

from . import __version__

WORKFLOW_PATH = ".github/workflows/publish.yml"

# Each action is named by its commit, since a tag can be moved to other code.
_ACTIONS = {
    "checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "configure-pages": "983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
    "upload-pages-artifact": "56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
    "deploy-pages": "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
    "upload-artifact": "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
    "download-artifact": "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
}

_WORKFLOW = """\
# Builds the digest and publishes it on GitHub Pages at every push to the branch below.
name: Publish
on:
  push:
    branches: [<branch>]
  workflow_dispatch:
permissions: {}
concurrency:
  group: pages
  cancel-in-progress: false
jobs:
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
      - id: pages
        uses: actions/configure-pages@<configure-pages>
      - run: python -m pip install research-digest==<version>
      - run: digest build --base-url "$BASE_URL/"
        env:
          BASE_URL: ${{ steps.pages.outputs.base_url }}
      - uses: actions/upload-pages-artifact@<upload-pages-artifact>
        with:
          path: <output>
      - id: lock
        name: See whether digest.lock has changed
        run: |
          echo "commit=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"
          if [ -n "$(git status --porcelain -- digest.lock)" ]; then echo "lock=changed" >> "$GITHUB_OUTPUT"; fi
      - if: steps.lock.outputs.lock == 'changed'
        uses: actions/upload-artifact@<upload-artifact>
        with:
          name: digest-lock
          path: digest.lock
          if-no-files-found: error
  publish:
    needs: build
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
  # Commits digest.lock, so that the addresses of notes that were written in a browser or on a phone are remembered too. If you
  # build and commit on your own machine before every push, you can delete everything from here on.
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


def write_workflow(*, output: str, branch: str, whole_history: bool) -> str:
    """Return the workflow of a project; `whole_history` is needed if git gives the dates of notes."""
    values = {
        **_ACTIONS,
        "branch": branch,
        "output": output,
        "version": __version__,
        "depth": "0" if whole_history else "1",
    }
    text = _WORKFLOW
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text
