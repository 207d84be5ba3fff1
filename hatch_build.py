"""The package metadata that depends on where the project lives: its URLs, and the links of the README.

`PROJECT_HOME` names the repository, such as `https://github.com/OWNER/REPOSITORY`; the release workflow sets it to the
repository that it runs in, so a fork needs no edits. A package index shows the README without the files beside it, so its
links and images become absolute, at the tag of the release. Without `PROJECT_HOME`, as when a checkout is installed, the
README stays as it is and there are no URLs.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_TARGET = re.compile(r'(?P<before>\]\(|<img src=")(?P<path>(?![a-z]+:|#|/)[^)"\s]+)')


def list_urls(home: str, version: str) -> dict[str, str]:
    """Return the project's URLs by the labels that package indexes know."""
    return {
        "Homepage": home,
        "Documentation": f"{home}/tree/v{version}/docs",
        "Changelog": f"{home}/blob/v{version}/CHANGELOG.md",
        "Issues": f"{home}/issues",
        "Source": home,
    }


def resolve_links(readme: str, home: str, version: str) -> str:
    """Return a README whose relative links and images lead to the files at a release's tag."""

    def resolve(target: re.Match[str]) -> str:
        view = "raw" if target["before"].startswith("<img") else "blob"
        return f"{target['before']}{home}/{view}/v{version}/{target['path']}"

    return _TARGET.sub(resolve, readme)


class CustomMetadataHook(MetadataHookInterface):
    """Fills in the fields that `pyproject.toml` lists as dynamic, except the version."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add `readme` and, if the home is known, `urls`."""
        readme = Path(self.root, "README.md").read_text("utf-8")
        if home := os.environ.get("PROJECT_HOME", "").rstrip("/"):
            metadata["urls"] = list_urls(home, metadata["version"])
            readme = resolve_links(readme, home, metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}
