"""The archive -> the card images of the site: which there are, which have to be drawn again, and what keeps them from being drawn."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import msgspec
from msgspec import Struct

from ..archive.archive import Archive
from ..config import Config
from ..diagnostics import Diagnostic
from ..languages.strings import Strings
from ..parallel.task import Task
from ..pictures.fonts import Fonts
from ..pictures.texts import Picture, plan_pictures, texts_of
from ..site.views import Site
from ..store.staging import Put, Stage
from .fonts import card_problem, read_fonts

BATCH = 8
PARALLEL_FROM = 24
NAMED = 8
"""Characters that a message names at most."""


class WantedPicture(Struct, frozen=True):
    """A card image of the site: the path of its file, what it shows, and the hash of that and of the fonts."""

    path: str
    picture: Picture
    fingerprint: bytes


def want_pictures(site: Site, archive: Archive, ui: Strings, fonts: Fonts) -> Iterator[WantedPicture]:
    """Yield the cards of a site."""
    digest = fonts.digest if site.cards else b""
    for path, picture in plan_pictures(site, archive, ui):
        yield WantedPicture(
            path, picture, hashlib.blake2b(msgspec.msgpack.encode(picture), digest_size=16, key=digest).digest()
        )


def check_pictures(folder: Path, config: Config, site: Site, archive: Archive, ui: Strings) -> tuple[Diagnostic, ...]:
    """Return what keeps card images from being drawn, or from being drawn whole."""
    if not config.cards.enabled:
        return ()
    fonts = read_fonts(folder, config)
    if isinstance(fonts, Diagnostic):
        return (fonts,)
    missing = missing_pillow()
    found = find_picture_problems(config, want_pictures(site, archive, ui, fonts), fonts)
    return (*found, *([missing] if missing else []))


def find_picture_problems(config: Config, pictures: Iterable[WantedPicture], fonts: Fonts) -> Iterator[Diagnostic]:
    """Yield a warning if the cards cannot be shown, and one that names the characters that no font has."""
    if config.cards.enabled and not config.base_url:
        yield card_problem(
            "cards-unused", "card images need the address of the site, so none is drawn", "set `base_url`"
        )
    missing = list(fonts.lacks(text for wanted in pictures for text in texts_of(wanted.picture)))
    if not missing:
        return
    shown = ", ".join(f"{char} (U+{ord(char):04X})" for char in missing[:NAMED])
    further = f" and {len(missing) - NAMED:,} more" if len(missing) > NAMED else ""
    message = f"no font of the cards has {shown}{further}, so the cards leave them out"
    yield card_problem("card-character", message, "name a font that has them, such as `cards: {fonts: [fonts/kr.otf]}`")


def missing_pillow() -> Diagnostic | None:
    """Return an error if the library that draws cards is not installed."""
    if find_spec("PIL"):
        return None
    from ..installed import requirement_with  # loads slowly, and most sites draw no cards

    message = "card images are drawn with Pillow, which is not installed"
    return card_problem("cards", message, f'run `pip install "{requirement_with("cards")}"`, or take `cards:` out')


def drawing(fonts: Fonts, stage: Stage) -> Task[WantedPicture, Picture, bytes, Put]:
    """Return the task that draws cards and puts them into the staging directory."""
    return Task(_picture_of, partial(draw, fonts), partial(_stage, stage))


def _picture_of(wanted: WantedPicture) -> Picture:
    return wanted.picture


def draw(fonts: Fonts, picture: Picture) -> bytes:
    """Draw a card image, as the bytes of a PNG file."""
    from ..pictures.drawing import draw_picture  # Pillow loads only where a card is drawn

    return draw_picture(picture, fonts)


def _stage(stage: Stage, wanted: WantedPicture, content: bytes) -> Put:
    return stage.put(wanted.path, content)
