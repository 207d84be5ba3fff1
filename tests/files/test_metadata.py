"""Images are published without metadata, and look as before."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.files import metadata
from digest.files.facts import FileFacts, read_facts
from digest.files.metadata import MalformedError, clean_chunks

from .images import ICC, SECRET, jpeg, png, segment, tiff, webp

IMAGES = {"jpeg": jpeg, "png": png, "webp": webp}


def clean(content: bytes) -> bytes:
    return b"".join(clean_chunks(io.BytesIO(content)))


@pytest.mark.parametrize("make", IMAGES.values(), ids=IMAGES)
def test_metadata_is_in_no_byte_of_a_published_image(make: object) -> None:
    assert callable(make)
    for orientation in (1, 6):
        assert SECRET not in clean(make(orientation=orientation))


@pytest.mark.parametrize("make", IMAGES.values(), ids=IMAGES)
def test_a_published_image_stays_as_it_is_when_it_is_cleaned_again(make: object) -> None:
    assert callable(make)
    for orientation in (1, 6):
        once = clean(make(orientation=orientation))
        assert clean(once) == once


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_turned_jpeg_keeps_its_orientation_and_nothing_else_of_its_exif(order: str) -> None:
    cleaned = clean(jpeg(orientation=6, order=order))
    assert cleaned.count(b"Exif\0\0") == 1
    assert tiff(6)[: -len(SECRET)] in cleaned
    assert b"Exif" not in clean(jpeg(orientation=1))
    assert b"Exif" not in clean(jpeg(orientation=99))


def test_a_jpeg_keeps_its_profile_and_its_scans_and_loses_its_thumbnail() -> None:
    scan = bytes(range(1, 255)) * 3000 + b"\xff\0" * 9
    cleaned = clean(jpeg(scan=scan))
    assert segment(0xE2, ICC) in cleaned
    assert cleaned.count(scan) == 3
    assert b"thu" not in cleaned
    assert cleaned.endswith(b"\xff\xd9")


def test_scans_are_followed_whatever_the_chunks_are(monkeypatch: pytest.MonkeyPatch) -> None:
    image = jpeg(scan=b"\xff\0\xff\xd7ab\xff\xff\0c")
    expected = clean(image)
    for size in range(1, 12):
        monkeypatch.setattr(metadata, "CHUNK", size)
        assert clean(image) == expected


def test_a_jpeg_without_an_end_is_kept_as_far_as_it_goes() -> None:
    whole = jpeg()
    cut = whole[: whole.rindex(b"\xff\xd9")]
    assert clean(cut) == clean(whole)[:-2]


@pytest.mark.parametrize("make", IMAGES.values(), ids=IMAGES)
def test_an_image_that_ends_too_early_is_published_as_far_as_it_goes(make: object) -> None:
    assert callable(make)
    whole = make()
    for length in range(12, len(whole)):
        assert SECRET[:6] not in clean(whole[:length])
    assert clean(whole[:8])[:2] == whole[:2]


def test_a_png_keeps_what_decides_its_look() -> None:
    cleaned = clean(png(orientation=6))
    assert b"gAMA" in cleaned
    assert b"tEXt" not in cleaned
    kept = tiff(6)[: -len(SECRET)]
    assert b"eXIf" + kept + zlib.crc32(b"eXIf" + kept).to_bytes(4, "big") in cleaned
    assert b"eXIf" not in clean(png())


def test_what_programs_keep_for_themselves_in_chunks_and_segments_of_their_own_is_not_published() -> None:
    own = SECRET + b"!"
    chunk = struct.pack(">L4s", len(own), b"prVW") + own + struct.pack(">L", zlib.crc32(b"prVW" + own))
    assert clean(png()[:33] + chunk + png()[33:]) == clean(png())
    assert clean(jpeg()[:2] + segment(0xF3, own) + jpeg()[2:]) == clean(jpeg())
    riff = webp()[12:] + b"PSAI" + struct.pack("<L", len(own)) + own
    assert clean(b"RIFF" + struct.pack("<L", len(riff) + 4) + b"WEBP" + riff) == clean(webp())


def test_a_jfif_segment_that_is_too_short_is_filled_up_once() -> None:
    short = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1") + jpeg()[2:]
    assert clean(clean(short)) == clean(short)


def test_a_webp_says_its_new_length_and_what_it_still_holds() -> None:
    cleaned = clean(webp())
    assert int.from_bytes(cleaned[4:8], "little") == len(cleaned) - 8
    assert cleaned[20] == 0x20  # a profile, neither Exif nor XMP
    turned = clean(webp(orientation=3))
    assert turned[20] == 0x28
    assert int.from_bytes(turned[4:8], "little") == len(turned) - 8


def test_other_files_are_published_as_they_are() -> None:
    content = bytes(range(256)) * 5000
    assert clean(content) == content


def test_the_size_is_that_of_the_turned_image(tmp_path: Path) -> None:
    sizes = {}
    for name, content in {
        "a.png": png(7, 5),
        "b.jpg": jpeg(7, 5),
        "c.jpg": jpeg(7, 5, orientation=6),
        "d.webp": webp(7, 5),
    }.items():
        (tmp_path / name).write_bytes(content)
        facts = read_facts(str(tmp_path / name))
        sizes[name] = facts.width, facts.height
    assert sizes == {"a.png": (7, 5), "b.jpg": (7, 5), "c.jpg": (5, 7), "d.webp": (7, 5)}


def test_an_image_that_cannot_be_followed_is_not_published(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe1\0\1" + SECRET)
    assert read_facts(str(file)) == FileFacts(b"")
    file.write_bytes(b"not an image")
    assert read_facts(str(file)).width == 0


@given(st.sampled_from([jpeg(), png(), webp(orientation=6)]), st.data())
def test_no_damage_lets_metadata_through(image: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(12, len(image) - 1))
    damaged = image[:place] + data.draw(st.binary(max_size=4)) + image[place + data.draw(st.integers(0, 4)) :]
    try:
        clean(damaged)
    except MalformedError:
        return
