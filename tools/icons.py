"""The mark of the theme -> its icons as PNG files, drawn in Chromium. Run this after a change of `favicon.svg`.

Systems that install a site as an app, and iOS for its home screen, take no SVG. The files are in the repository, so that a build needs
no program that draws.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "templates" / "static"
BROWSERS = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAPER = "#fbfaf6"

# name, pixels, part of the width that the mark takes, radius of the corners as a part of the width
ICONS = (
    ("apple-touch-icon", 180, 0.62, 0.0),  # iOS rounds the corners itself, and fills transparent ones with black
    ("icon-192", 192, 0.64, 0.2),
    ("icon-512", 512, 0.64, 0.2),
    ("icon-maskable-512", 512, 0.5, 0.0),  # a system may cut everything off that is outside a circle of four fifths
)


def page_of(mark: str, pixels: int, part: float, radius: float) -> str:
    """Return a page that shows the mark on paper, in the light scheme."""
    width, inset = round(pixels * part), round(pixels * (1 - part) / 2)
    tile = f"width:{pixels}px;height:{pixels}px;background:{PAPER};border-radius:{round(pixels * radius)}px"
    svg = mark.replace("<svg ", f'<svg width="{width}" height="{width}" style="display:block;margin:{inset}px" ')
    return f'<!doctype html><style>body{{margin:0}}</style><div style="{tile};display:flow-root">{svg}</div>'


def main() -> None:
    """Draw all icons."""
    executable = next((path for path in map(shutil.which, filter(None, BROWSERS)) if path), None)
    if executable is None:
        sys.exit("Chromium is needed for icons: install it, or name it in CHROMIUM")
    mark = re.sub(r"\s*@media[^}]*}}", "", (STATIC / "favicon.svg").read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, pixels, part, radius in ICONS:
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(page_of(mark, pixels, part, radius))
            page.screenshot(path=STATIC / "icons" / f"{name}.png", omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
