"""Add digest's version to a bill of materials: `python tools/sbom_version.py sbom.cdx.json`.

CycloneDX reads the name from pyproject.toml, but not a version that is read from the source.
"""

import json
import sys
from pathlib import Path

from release_notes import ROOT, read_version


def add_version(bill: str, version: str) -> str:
    """Return a bill of materials whose main component has a version and an address as a package."""
    content = json.loads(bill)
    component = content["metadata"]["component"]
    component["version"] = version
    component["purl"] = f"pkg:pypi/{component['name']}@{version}"
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    version = read_version((ROOT / "src/digest/__init__.py").read_text("utf-8"))
    file.write_text(add_version(file.read_text("utf-8"), version), "utf-8")
