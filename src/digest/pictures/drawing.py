"""A card -> its image: a PNG of 1200×630 pixels, drawn with Pillow.

Each colour is drawn as a mask in shades of grey, and the masks become indices of one palette: a card has a few colours on one ground, so
the file is small. Pillow is imported by this module alone, and this module only where a card is drawn.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from .breaking import Setting, fit
from .fonts import Fonts
from .texts import DayPicture, EntryPicture, Line, Picture, SitePicture

WIDTH, HEIGHT = 1200, 630
PAPER = "#fbfaf6"
INKS = {
    "ink": "#1b1a17",
    "soft": "#55514a",
    "faint": "#69645b",
    "paper": "#0b6b66",
    "model": "#6a3fb5",
    "hardware": "#985000",
    "rule": "#e2ddd2",
}
"""The colours of the theme's light scheme, as in `digest.css`; those of kinds have the names of the kinds."""
LEVELS = 16
"""Steps from the ground to a colour."""
EDGE = 76
INNER = WIDTH - 2 * EDGE
TOP, RULE = 96, 124
COLUMN = 372
"""The left edge of the titles beside a date."""


def draw_picture(picture: Picture, fonts: Fonts) -> bytes:
    """Draw a card and return the bytes of a PNG file without times."""
    sheet = Sheet(fonts)
    if isinstance(picture, SitePicture):
        _draw_site(sheet, picture)
    elif isinstance(picture, DayPicture):
        _draw_day(sheet, picture)
    else:
        _draw_entry(sheet, picture)
    return sheet.encode()


class Sheet:
    """The ground of a card, with a mask for each colour that is used."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._places = fonts.places()
        self._masks: dict[str, Image.Image] = {}

    def _pen(self, ink: str) -> ImageDraw.ImageDraw:
        if ink not in self._masks:
            self._masks[ink] = Image.new("L", (WIDTH, HEIGHT))
        return ImageDraw.Draw(self._masks[ink])

    def clean(self, text: str) -> str:
        """Return a text without the characters that no font has."""
        composed = " ".join(unicodedata.normalize("NFC", text).split())
        kept = "".join(char for char in composed if char == " " or self._places[char] is not None)
        return " ".join(kept.split())

    def measure(self, text: str, size: int) -> float:
        """Return the width of a text in pixels."""
        return sum(_face(self._fonts, place, size).getlength(run) for place, run in self._runs(text))

    def write(self, x: float, baseline: float, text: str, size: int, ink: str = "ink") -> float:
        """Write a text in one line and return where it ends."""
        pen = self._pen(ink)
        for place, run in self._runs(text):
            face = _face(self._fonts, place, size)
            pen.text((x, baseline), run, fill=255, font=face, anchor="ls")
            x += face.getlength(run)
        return x

    def write_tight(self, x: float, baseline: float, text: str, size: int, ink: str = "ink") -> float:
        """Write numerals as closely as the theme sets them."""
        for char in text:
            x = self.write(x, baseline, char, size, ink) - size * 0.03
        return x

    def bar(self, left: float, top: float, right: float, bottom: float, ink: str) -> None:
        """Fill the pixels from a left and a top edge up to a right and a bottom edge."""
        self._pen(ink).rectangle((round(left), round(top), round(right) - 1, round(bottom) - 1), fill=255)

    def mark(self, x: float, y: float, size: float, kind: str) -> None:
        """Draw the mark of a kind around a point: the same shapes as on pages."""
        ink = kind if kind in ("paper", "model", "hardware") else "soft"
        # Pillow smooths text and no shapes, so a shape is drawn larger and made smaller.
        scale, side = 4, round(size)
        shape = Image.new("L", (side * scale, side * scale))
        pen, last = ImageDraw.Draw(shape), side * scale - 1
        if ink == "model":
            pen.polygon(((last / 2, 0), (last, last / 2), (last / 2, last), (0, last / 2)), fill=255)
        elif ink == "hardware":
            inset = round(last * 0.07)
            pen.rectangle((inset, inset, last - inset, last - inset), fill=255)
        elif ink == "paper":
            pen.ellipse((0, 0, last, last), fill=255)
        else:
            pen.ellipse((0, 0, last, last), outline=255, width=round(last * 0.24))
        place = (round(x - side / 2), round(y - side / 2))
        self._pen(ink)
        self._masks[ink].paste(shape.reduce(scale), place)

    def _runs(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the parts of a text that one font draws."""
        run, former = "", 0
        for char in text:
            place = former if char == " " else self._places[char] or 0
            if run and place != former:
                yield former, run
                run = ""
            run += char
            former = place
        if run:
            yield former, run

    def encode(self) -> bytes:
        """Return the bytes of the image as PNG."""
        canvas = Image.new("L", (WIDTH, HEIGHT))
        palette = list(_rgb(PAPER))
        for ink, mask in self._masks.items():
            if box := mask.getbbox():
                part = mask.crop(box)
                canvas.paste(part.point(_indices(len(palette) // 3)), box, part.point(_IS_INK))
            palette += _ramp(ink)
        canvas.putpalette(palette)
        file = io.BytesIO()
        canvas.save(file, "PNG", compress_level=6)  # 9 takes six times as long for a twentieth of the bytes
        return file.getvalue()


_STEPS = tuple(round(grey * LEVELS / 255) for grey in range(256))
_IS_INK = [255 if step else 0 for step in _STEPS]


def _indices(first: int) -> list[int]:
    """Return the place in the palette for each grey of a mask, whose lightest colour has the place `first`."""
    return [first + step - 1 if step else 0 for step in _STEPS]


@lru_cache(maxsize=64)
def _face(fonts: Fonts, place: int, size: int) -> ImageFont.FreeTypeFont:
    # libraqm is on some machines only, and would set the same text differently.
    return ImageFont.truetype(io.BytesIO(fonts.contents[place]), size, layout_engine=ImageFont.Layout.BASIC)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _ramp(ink: str) -> list[int]:
    """Return the colours from the ground to an ink, each as red, green and blue."""
    ground, full = _rgb(PAPER), _rgb(INKS[ink])
    steps = range(1, LEVELS + 1)
    return [round(a + (b - a) * step / LEVELS) for step in steps for a, b in zip(ground, full, strict=True)]


def _draw_head(sheet: Sheet, site: str) -> None:
    """Draw the line at the top: the theme's mark and the site's title, over a rule."""
    _draw_sign(sheet, EDGE, TOP - 31, 34)
    fitted = fit(sheet.clean(site), INNER - 60, (Setting(30, 1),), sheet.measure)
    for line in fitted.lines:
        sheet.write(EDGE + 52, TOP, line, fitted.size, "soft")
    sheet.bar(EDGE, RULE, WIDTH - EDGE, RULE + 3, "ink")


def _draw_sign(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draw the theme's mark, as in `favicon.svg`: two lines of a page over the marks of three kinds."""
    unit = size / 26
    sheet.bar(x, y, x + 26 * unit, y + 5 * unit, "ink")
    sheet.bar(x, y + 8 * unit, x + 26 * unit, y + 10 * unit, "ink")
    for place, kind in enumerate(("hardware", "model", "paper")):
        sheet.mark(x + (3.5 + 9.5 * place) * unit, y + 17.5 * unit, 8 * unit, kind)


def _draw_day(sheet: Sheet, picture: DayPicture) -> None:
    _draw_head(sheet, picture.site)
    sheet.write_tight(EDGE - 4, 246, picture.numerals, 92)
    sheet.write(EDGE, 300, sheet.clean(picture.year), 28, "faint")
    foot = HEIGHT - 62
    _draw_titles(sheet, picture, foot - 52)
    _draw_kinds(sheet, picture.kinds, COLUMN, foot)


def _draw_titles(sheet: Sheet, picture: DayPicture, bottom: float) -> None:
    """Write as many titles as there is room for above `bottom`, the first one larger."""
    width, y, left = WIDTH - EDGE - COLUMN, 166.0, picture.count
    is_lone = picture.count == 1
    for number, line in enumerate(picture.lines):
        settings = _first_settings(is_lone) if number == 0 else (Setting(30, 1 if number > 2 else 2),)
        fitted = fit(sheet.clean(line.title), width - 38, settings, sheet.measure)
        leading = round(fitted.size * 1.3)
        if not fitted.lines or y + leading * len(fitted.lines) > bottom:
            break
        sheet.mark(COLUMN + 9, y + leading - fitted.size * 0.36 - 8, fitted.size * 0.46, line.kind)
        for text in fitted.lines:
            y += leading
            sheet.write(COLUMN + 38, y - 8, text, fitted.size, "ink" if number == 0 else "soft")
        y += 16 if number else 24
        left -= 1


def _first_settings(is_lone: bool) -> Sequence[Setting]:
    return (
        (Setting(60, 4), Setting(50, 5), Setting(42, 5))
        if is_lone
        else (Setting(50, 2), Setting(42, 3), Setting(36, 3))
    )


def _draw_kinds(sheet: Sheet, kinds: Sequence[Line], x: float, baseline: float) -> None:
    """Write the numbers of entries of each kind in one line, as far as there is room."""
    for line in kinds:
        text = sheet.clean(line.title)
        if x + 40 + sheet.measure(text, 26) > WIDTH - EDGE:
            break
        sheet.mark(x + 9, baseline - 9, 16, line.kind)
        x = sheet.write(x + 38, baseline, text, 26, "faint") + 40


def _draw_entry(sheet: Sheet, picture: EntryPicture) -> None:
    _draw_head(sheet, picture.site)
    ink = picture.kind.kind if picture.kind.kind in INKS else "soft"
    sheet.mark(EDGE + 11, 187, 22, picture.kind.kind)
    sheet.write(EDGE + 40, 197, sheet.clean(picture.kind.title), 28, ink)
    foot = HEIGHT - 62
    settings = (Setting(72, 3), Setting(60, 4), Setting(50, 5), Setting(42, 5))
    fitted = fit(sheet.clean(picture.title), INNER, settings, sheet.measure, balanced=True)
    y = 212.0
    for text in fitted.lines:
        y += round(fitted.size * 1.24)
        sheet.write(EDGE - fitted.size * 0.04, y, text, fitted.size)
    end = WIDTH - EDGE - sheet.measure(sheet.clean(picture.date), 28)
    sheet.write(end, foot, sheet.clean(picture.date), 28, "faint")
    authors = fit(sheet.clean(picture.authors), end - EDGE - 60, (Setting(28, 1),), sheet.measure)
    for text in authors.lines:
        sheet.write(EDGE, foot, text, 28, "soft")


def _draw_site(sheet: Sheet, picture: SitePicture) -> None:
    _draw_sign(sheet, EDGE, 84, 78)
    settings = (Setting(104, 1), Setting(84, 2), Setting(64, 3))
    fitted = fit(sheet.clean(picture.title), INNER, settings, sheet.measure, balanced=True)
    y = 190.0
    for text in fitted.lines:
        y += round(fitted.size * 1.12)
        sheet.write(EDGE - fitted.size * 0.05, y, text, fitted.size)
    below = fit(sheet.clean(picture.description), INNER, (Setting(36, 1), Setting(32, 2)), sheet.measure, balanced=True)
    y += 16
    for text in below.lines:
        y += round(below.size * 1.4)
        sheet.write(EDGE, y, text, below.size, "soft")
    _draw_weeks(sheet, picture, HEIGHT - 62)


def _draw_weeks(sheet: Sheet, picture: SitePicture, foot: float) -> None:
    """Draw the last year as a strip of weeks, stacked by kind, with the number of entries below it."""
    sheet.write(EDGE, foot, sheet.clean(picture.tally), 26, "faint")
    if not picture.weeks:
        return
    base, height = foot - 48, 78.0
    most = max(map(sum, picture.weeks)) or 1
    step = INNER / len(picture.weeks)
    for place, week in enumerate(picture.weeks):
        y, left = base, EDGE + place * step
        for kind, count in zip(picture.kinds, week, strict=True):
            top = y - height * count / most
            if count:
                sheet.bar(left, top, left + step - 4, y, kind if kind in INKS else "soft")
            y = top
    sheet.bar(EDGE, base + 6, WIDTH - EDGE, base + 8, "rule")
