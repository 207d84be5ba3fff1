"""The fonts of card images. This module is apart from the images, since a build with nothing to do reads no more than the fonts."""

from pathlib import Path

from ..config import FILE_NAME, Config
from ..diagnostics import Diagnostic
from ..disk import read_inside
from ..pictures.fonts import Fonts
from ..pictures.glyphs import FontError


def read_fonts(folder: Path, config: Config) -> Fonts | Diagnostic:
    """Read the fonts that the settings name for cards, or return what is wrong with one."""
    own = []
    for path in config.cards.fonts:
        try:
            own.append((path, read_inside(folder, path)))
        except OSError as error:
            return card_problem("cards", f"the font `{path}` cannot be read: {error.strerror}", "put the file there")
    fonts = Fonts(tuple(own))
    try:
        fonts.check()
    except FontError as error:
        return card_problem("cards", str(error), "name another font in `cards:`")
    return fonts


def card_problem(code: str, message: str, hint: str) -> Diagnostic:
    """Return a problem with the settings of card images."""
    return Diagnostic(FILE_NAME, 0, 0, code, message, hint)
