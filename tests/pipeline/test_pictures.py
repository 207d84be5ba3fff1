"""Card images in builds: which are drawn, which stay, and what is reported."""

import re
from pathlib import Path

import pytest

from digest.config import load_config
from digest.pictures.fonts import PACKAGED, Fonts
from digest.pictures.texts import Picture
from digest.pipeline import pictures
from digest.pipeline.build import Project, Report
from digest.pipeline.check import check_project
from digest.serve.preview import open_preview

from ..project import DAY, build_project, read_tree, write_project

SETTINGS = "base_url: https://digest.example/repo/\ntitle: 오늘의 논문\ncards:\n  days: true\n"
LATER = "2024-03-20\nMamba\n상태 공간 모델입니다.\n#ssm\n"
FILES: dict[str, str | bytes] = {"digest.yaml": SETTINGS, "notes/2024-03-19.txt": DAY, "notes/2024-03-20.txt": LATER}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pytest.importorskip("PIL", reason="Pillow is not installed")
    return write_project(tmp_path, FILES)


def drawn(project: Path) -> dict[str, bytes]:
    return {path: content for path, content in read_tree(project / "site").items() if path.endswith("card.png")}


def problems(report: Report) -> dict[str, str]:
    return {problem.code: problem.message for problem in report.diagnostics if "card" in problem.code}


def meta(project: Path, path: str) -> dict[str, str]:
    html = (project / "site" / path / "index.html").read_text("utf-8")
    return dict(re.findall(r'<meta (?:name|property)="((?:og:image|twitter:card)[^"]*)" content="([^"]*)">', html))


def test_the_site_and_each_day_have_a_card(project: Path) -> None:
    assert build_project(project).files
    images = drawn(project)
    assert images.keys() == {"card.png", "2024/03/19/card.png", "2024/03/20/card.png"}
    assert all(content.startswith(b"\x89PNG\r\n") for content in images.values())
    assert meta(project, "2024/03/19") == {
        "og:image": "https://digest.example/repo/2024/03/19/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "2024년 3월 19일: Grok-1",
        "twitter:card": "summary_large_image",
    }


def test_pages_without_a_card_of_their_own_show_the_one_of_the_site(project: Path) -> None:
    build_project(project)
    for path in ("", "archive", "2024/03/19/grok-1"):
        assert meta(project, path)["og:image"] == "https://digest.example/repo/card.png"


def test_entries_have_cards_if_the_settings_say_so(project: Path) -> None:
    write_project(project, {"digest.yaml": SETTINGS + "  entries: true\n"})
    build_project(project)
    assert "2024/03/19/grok-1/card.png" in drawn(project)
    assert meta(project, "2024/03/19/grok-1")["og:image"].endswith("/2024/03/19/grok-1/card.png")
    assert meta(project, "2024/03/19/grok-1")["og:image:alt"] == "Grok-1"


def test_a_figure_of_an_entry_comes_before_the_card_of_the_site(project: Path) -> None:
    figure = {"notes/f.png": bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")}
    text = "2024-03-21\n그림이 있는 글\n![](f.png)\n#노트\n"
    write_project(project, {**figure, "notes/2024-03-21.txt": text})
    build_project(project)
    (path,) = (path.parent for path in (project / "site/2024/03/21").glob("*/index.html"))
    found = meta(project, path.relative_to(project / "site").as_posix())
    assert "/files/f." in found["og:image"]
    assert found["twitter:card"] == "summary"
    assert meta(project, "2024/03/21")["og:image"].endswith("/2024/03/21/card.png")


def test_a_site_without_cards_draws_none(project: Path) -> None:
    write_project(project, {"digest.yaml": "base_url: https://digest.example/\n"})
    build_project(project)
    assert drawn(project) == {}
    assert meta(project, "") == {"twitter:card": "summary"}


def test_only_cards_whose_content_changed_are_drawn_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_project(project, workers=1)
    calls: list[object] = []
    draw = pictures.draw

    def draw_and_note(fonts: Fonts, picture: Picture) -> bytes:
        calls.append(picture)
        return draw(fonts, picture)

    monkeypatch.setattr(pictures, "draw", draw_and_note)
    write_project(project, {"templates/day.html": '{% extends "theme:day.html" %}\n'})
    build_project(project, workers=1)
    assert calls == []
    write_project(project, {"notes/2024-03-19.txt": DAY.replace("공개", "발표")})
    build_project(project, workers=1)
    assert calls == []
    write_project(project, {"notes/2024-03-19.txt": DAY.replace("Grok-1\n", "Grok-2\n")})
    build_project(project, workers=1)
    assert len(calls) == 1


def test_the_card_of_a_day_goes_with_the_day(project: Path) -> None:
    build_project(project)
    (project / "notes/2024-03-20.txt").unlink()
    build_project(project)
    assert drawn(project).keys() == {"card.png", "2024/03/19/card.png"}


def test_a_card_that_was_removed_is_drawn_again(project: Path) -> None:
    build_project(project)
    before = drawn(project)
    (project / "site/2024/03/19/card.png").unlink()
    build_project(project)
    assert drawn(project) == before


def test_a_build_from_nothing_draws_the_same_bytes(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    build_project(project)
    write_project(project, {"notes/2024-03-20.txt": LATER.replace("Mamba", "맘바")})
    build_project(project)
    other = write_project(
        tmp_path_factory.mktemp("other"), {**FILES, "notes/2024-03-20.txt": LATER.replace("Mamba", "맘바")}
    )
    build_project(other, workers=1)
    assert drawn(other) == drawn(project)


def test_a_card_that_the_author_has_made_takes_the_place_of_a_drawn_one(project: Path) -> None:
    write_project(project, {"public/card.png": b"mine"})
    report = build_project(project)
    assert drawn(project)["card.png"] == b"mine"
    assert problems(report) == {}


def test_characters_that_no_font_has_are_reported(project: Path) -> None:
    write_project(project, {"notes/2024-03-20.txt": LATER.replace("Mamba", "Mamba 🐍 漢字")})
    message = problems(build_project(project))["card-character"]
    assert "🐍 (U+1F40D), 漢 (U+6F22), 字 (U+5B57)" in message
    assert "2024/03/20/card.png" in drawn(project)


def test_without_pillow_the_site_stays_as_it_was(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)
    report = build_project(project)
    assert report.refused
    assert "Pillow" in problems(report)["cards"]
    (hint,) = [problem.hint for problem in report.diagnostics]
    assert re.fullmatch(r"run `pip install \"\S+\[cards\]\S*\"`, or take `cards:` out", hint)
    assert not (project / "site/index.html").exists()


def test_a_site_without_an_address_draws_no_cards_and_says_so(project: Path) -> None:
    write_project(project, {"digest.yaml": "cards: {days: true}\n"})
    assert "cards-unused" in problems(build_project(project))
    assert drawn(project) == {}


@pytest.mark.parametrize(
    ("content", "message"), [(None, "cannot be read"), (b"no font", "it is no TrueType or OpenType font")]
)
def test_a_font_that_cannot_be_used_is_an_error(project: Path, content: bytes | None, message: str) -> None:
    files = {} if content is None else {"fonts/kr.otf": content}
    write_project(project, {"digest.yaml": SETTINGS + "  fonts: [fonts/kr.otf]\n", **files})
    report = build_project(project)
    assert message in problems(report)["cards"]
    assert report.refused


def test_another_font_draws_all_cards_anew(project: Path) -> None:
    font = bytearray(PACKAGED.read_bytes())
    write_project(project, {"digest.yaml": SETTINGS + "  fonts: [kr.otf]\n", "kr.otf": bytes(font)})
    build_project(project)
    assert build_project(project).written == 0
    font[40] ^= 1  # a checksum, which no reader looks at
    write_project(project, {"kr.otf": bytes(font)})
    report = build_project(project)
    assert report.written == 0, "the same glyphs make the same images"
    assert build_project(project).files == report.files


def test_a_check_and_a_preview_find_the_problems_that_a_build_finds(project: Path) -> None:
    write_project(project, {"notes/2024-03-20.txt": LATER.replace("Mamba", "Mamba 🐍")})
    report = build_project(project)
    checked = check_project(Project(project, load_config(project)[0]), lambda *_: None).diagnostics
    with open_preview(project, drafts=False, base_url=None) as preview:
        found = {problem for problem in report.diagnostics if problem.code == "card-character"}
        assert found
        assert found <= set(checked)
        assert found <= set(preview.problems)
        for path, content in drawn(project).items():
            assert preview.content(path) == content
            assert preview.tag(path)
        assert preview.content("2024/03/21/card.png") is None
