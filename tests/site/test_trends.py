"""The page of trends."""

import datetime as dt
import re
from pathlib import Path

import pytest

from digest.site.pages.trends import short_number

from ..project import build_project, write_project

BIRDS = ("magpie", "owl", "wren")


def many_notes() -> dict[str, str]:
    notes = {}
    for n in range(40):
        date = dt.date(2023, 1, 5) + dt.timedelta(days=n * 17)
        size = f"{n % 3 + 1}.5B"
        notes[f"notes/{date}.txt"] = (
            f"{date}\nLantern-{n} {size}\n{size} 모델을 공개했습니다. <b>새</b> 모델입니다.\n#llm #{BIRDS[n % 3]}\n"
        )
    return notes


def page_of(folder: Path) -> str:
    return (folder / "site" / "trends" / "index.html").read_text()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("trends")
    write_project(folder, {"digest.yaml": "language: en\n", **many_notes()})
    build_project(folder)
    return page_of(folder)


def test_every_address_of_the_page_is_that_of_a_file(tmp_path: Path) -> None:
    write_project(tmp_path, many_notes())
    build_project(tmp_path)
    links = {link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page_of(tmp_path))}
    assert len(links) > 60
    for link in links:
        path = tmp_path / "site" / link.lstrip("/")
        assert path.is_file() or (path / "index.html").is_file(), link


def test_each_chart_has_a_table_with_the_same_numbers(page: str) -> None:
    assert page.count("<table") == 4
    matrix = page[page.index('<table class="matrix"') :].partition("</table>")[0]
    assert sum(map(int, re.findall(r">(\d+)</a></td>", matrix))) == 40
    course = page[page.index("<tbody>") :].partition("</tbody>")[0]
    row = next(row for row in course.split("</tr>") if ">llm<" in row)
    assert sum(map(int, re.findall(r'<td class="right">(\d+) <small>', row))) == 40


def test_charts_are_hidden_from_screen_readers_and_out_of_the_order_of_the_keyboard(page: str) -> None:
    main = page[page.index("<main") : page.index("</main>")]
    for chart in re.findall(r"<svg.*?</svg>", main, re.DOTALL):
        assert 'aria-hidden="true"' in chart[: chart.index(">")]
        assert chart.count("<a ") == chart.count('tabindex="-1"')


def test_the_page_has_no_inline_style_and_no_script_of_its_own(page: str) -> None:
    assert " style=" not in page
    assert page.count("<script") == page.count("<script ")


def test_a_site_of_a_few_days_has_no_trends_and_no_link_to_them(tmp_path: Path) -> None:
    write_project(tmp_path, dict(list(many_notes().items())[:4]))
    build_project(tmp_path)
    assert not (tmp_path / "site" / "trends").exists()
    assert "/trends/" not in (tmp_path / "site" / "index.html").read_text()


def test_a_site_of_five_days_shows_only_what_has_enough_to_say(tmp_path: Path) -> None:
    write_project(tmp_path, dict(list(many_notes().items())[:5]))
    build_project(tmp_path)
    page = page_of(tmp_path)
    assert "/trends/" in (tmp_path / "site" / "index.html").read_text()
    assert 'class="figures"' in page
    assert 'class="ridges"' not in page


@pytest.mark.parametrize(
    ("number", "text"),
    [(314e9, "314B"), (1.5e9, "1.5B"), (350e6, "350M"), (1e12, "1T"), (1.76e12, "1.76T"), (999, "999")],
)
def test_a_number_of_parameters_is_written_with_the_letter_of_its_thousands(number: float, text: str) -> None:
    assert short_number(number) == text
