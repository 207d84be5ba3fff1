"""Entries -> the card images of a preview, each drawn when a browser asks for it."""

from collections.abc import Mapping
from pathlib import Path

from ..archive.archive import Archive
from ..diagnostics import Diagnostic
from ..pictures.fonts import Fonts
from ..pipeline.arrange import strings_with
from ..pipeline.fonts import read_fonts
from ..pipeline.pictures import WantedPicture, check_pictures, draw, missing_pillow, want_pictures
from ..pipeline.render import RenderSetup
from ..site import routes
from .looks import Shown

_ENDING = routes.card_image("")


class PictureFiles:
    """The card images of the site that a preview shows at present."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._of: tuple[Archive, RenderSetup, Fonts] | None = None
        self._wanted: Mapping[str, WantedPicture] = {}

    def find(self, path: str, shown: Shown) -> WantedPicture | Diagnostic | None:
        """Return the card image at a site path, None if the site has none there, or what is wrong with its fonts."""
        site = shown.arranged.site
        if site.cards is None or not path.endswith(_ENDING):
            return None
        fonts = read_fonts(self._folder, shown.config)
        if isinstance(fonts, Diagnostic):
            return fonts
        archive, setup = shown.arranged.archive, shown.setup
        if self._of is None or self._of[0] is not archive or self._of[1:] != (setup, fonts):
            ui = strings_with(setup.plugins, site.language)
            self._wanted = {wanted.path: wanted for wanted in want_pictures(site, archive, ui, fonts)}
            self._of = archive, setup, fonts
        return self._wanted.get(path)

    def content(self, path: str, shown: Shown) -> bytes | Diagnostic | None:
        """Draw the card image at a site path; return None if there is none, or the problem."""
        wanted = self.find(path, shown)
        if wanted is None or isinstance(wanted, Diagnostic) or self._of is None:
            return wanted if isinstance(wanted, Diagnostic) else None
        return missing_pillow() or draw(self._of[2], wanted.picture)

    def tag(self, path: str, shown: Shown) -> str:
        """Return a tag that changes whenever the image at a site path does; nothing if there is none."""
        wanted = self.find(path, shown)
        if isinstance(wanted, Diagnostic):
            return wanted.message.encode().hex()
        return wanted.fingerprint.hex() if wanted else ""

    def problems(self, shown: Shown) -> tuple[Diagnostic, ...]:
        """Return what keeps card images from being drawn, or from being drawn whole."""
        arranged, setup = shown.arranged, shown.setup
        ui = strings_with(setup.plugins, arranged.site.language)
        return check_pictures(self._folder, shown.config, arranged.site, arranged.archive, ui)
