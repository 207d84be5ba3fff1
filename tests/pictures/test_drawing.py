"""Card images as they are drawn: every glyph, the colours of the theme, the same bytes."""

import io
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from digest.archive.archive import Archive
from digest.config import CardSettings, Config
from digest.languages import strings_for
from digest.pictures.fonts import Fonts
from digest.pictures.texts import (
    DayPicture,
    EntryPicture,
    Line,
    Picture,
    SitePicture,
    plain_title,
    plan_pictures,
    texts_of,
)
from digest.pipeline.arrange import describe_site

from ..archive.cards import make_archive, make_card

drawing = pytest.importorskip("digest.pictures.drawing", reason="Pillow is not installed", exc_type=ImportError)
from PIL import Image, ImageChops  # noqa: E402

CSS = Path(__file__).parents[2] / "templates/static/css/digest.css"
LONG = "A Study of the Extremely Long Titles That Papers Tend to Have When Several Groups of Authors Have to Agree " * 3
TITLES = [
    "Grok-1", "작은 모델을 고르는 기준", LONG, "가나다라마바사" * 30, "α→β ≤ ∑ “따옴표” — 그리고 かな", "漢字 🎉", "", "🎉",
]  # fmt: skip


def day(*titles: str, kind: str = "paper") -> DayPicture:
    lines = tuple(Line(kind, title) for title in titles)
    return DayPicture("오늘의 논문", "3. 19.", "2024년 화요일", lines, len(lines), (Line(kind, f"논문 {len(lines)}"),))


def entry(title: str, kind: str = "paper", authors: str = "Mina Park") -> EntryPicture:
    return EntryPicture("오늘의 논문", Line(kind, "논문"), title, authors, "2024년 3월 19일")


def site(title: str = "오늘의 논문", description: str = "매일의 기록") -> SitePicture:
    weeks = tuple((n % 5, n % 2, 0, n % 3) for n in range(30))
    return SitePicture(title, description, "2017년부터 12편", ("paper", "model", "hardware", "note"), weeks)


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(drawing.draw_picture(picture, Fonts()))).convert("RGB")


def inked(picture: Picture) -> tuple[int, int, int, int]:
    """Return the box around all that is drawn."""
    image = opened(picture)
    ground = Image.new("RGB", image.size, drawing.PAPER)
    box = ImageChops.difference(image, ground).getbbox()
    assert box is not None
    return box


PICTURES: list[Picture] = [
    *(day(title) for title in TITLES), *(entry(title) for title in TITLES), *(site(title, title) for title in TITLES),
    day(*TITLES), day(*[LONG] * 6), day(), entry("x", "talk", LONG), entry("", "note", ""),
]  # fmt: skip


@pytest.mark.parametrize("picture", PICTURES)
def test_nothing_is_drawn_into_the_edges(picture: Picture) -> None:
    left, top, right, bottom = inked(picture)
    assert left >= 60
    assert top >= 50
    assert right <= 1200 - 60
    assert bottom <= 630 - 40


def test_an_image_has_the_size_that_pages_name() -> None:
    assert opened(site()).size == (1200, 630)


@pytest.mark.parametrize("picture", [day(*TITLES), entry(TITLES[1]), site()])
def test_a_card_holds_no_time_and_is_drawn_alike_again(picture: Picture) -> None:
    content = drawing.draw_picture(picture, Fonts())
    assert content == drawing.draw_picture(picture, Fonts())
    chunks, at = [], 8
    while at < len(content):
        length, name = struct.unpack_from(">L4s", content, at)
        chunks.append(name)
        at += 12 + length
    assert set(chunks) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    assert len(content) < 40_000


def test_another_process_draws_the_same_bytes() -> None:
    script = (
        "import sys; from digest.pictures.drawing import draw_picture; from digest.pictures.fonts import Fonts;"
        "from digest.pictures.texts import EntryPicture, Line;"
        "p = EntryPicture('오늘의 논문', Line('paper', '논문'), '작은 모델을 고르는 기준', 'Mina Park', '2024년 3월 19일');"
        "sys.stdout.buffer.write(draw_picture(p, Fonts()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == drawing.draw_picture(entry("작은 모델을 고르는 기준"), Fonts())


def test_a_character_without_a_glyph_is_left_out_and_no_box_is_drawn() -> None:
    assert opened(entry("🎉 漢Grok字")).tobytes() == opened(entry("Grok")).tobytes()


def test_every_glyph_of_a_title_is_drawn() -> None:
    """Each character that the fonts have makes a mark of its own, and none the box of a missing glyph."""
    fonts = Fonts()
    face = drawing._face(fonts, 0, 40)
    box = bytes(face.getmask("\U0010ffff"))
    for text in (*texts_of(day(*TITLES)), *texts_of(site())):
        for char in drawing.Sheet(fonts).clean(text).replace(" ", ""):
            mask = bytes(face.getmask(char))
            assert any(mask), char
            assert mask != box, char


def test_the_colours_are_those_of_the_theme() -> None:
    text = CSS.read_text("utf-8")
    light = dict(
        reversed(re.findall(r"--([\w-]+): light-dark\((#\w+),", text))
    )  # the first counts: others are for contrast
    assert light["paper"] == drawing.PAPER
    names = {"ink": "ink", "soft": "soft", "faint": "faint", "rule": "rule"}
    names |= {kind: f"kind-{kind}" for kind in ("paper", "model", "hardware")}
    assert {name: light[token] for name, token in names.items()} == drawing.INKS
    assert light["kind-note"] == drawing.INKS["soft"]


def test_a_formula_in_a_title_is_drawn_as_text() -> None:
    assert plain_title('XL<math alttext="^2"><msup><mrow></mrow><mn>2</mn></msup></math>Bench') == "XL²Bench"
    assert plain_title('H<math alttext="_2"><msub><mrow></mrow><mn>2</mn></msub></math>O &amp; more') == "H₂O & more"
    assert plain_title('PanGu-<math alttext="π"><mi>π</mi></math>') == "PanGu-π"
    assert plain_title("1 &lt; 2") == "1 < 2"


def planned(archive: Archive, *, days: bool = False, entries: bool = False) -> list[str]:
    config = Config(base_url="https://digest.example/repo/", cards=CardSettings(days=days, entries=entries))
    return [path for path, _ in plan_pictures(describe_site(config), archive, strings_for("ko"))]


def test_a_site_has_the_cards_that_its_settings_name() -> None:
    archive = make_archive(make_card("Grok-1"), make_card("Lantern", date=None))
    assert planned(archive) == []
    assert planned(archive, days=True) == ["card.png", "2024/03/19/card.png"]
    assert planned(archive, entries=True) == ["card.png", "2024/03/19/grok-1/card.png", "notes/lantern/card.png"]
