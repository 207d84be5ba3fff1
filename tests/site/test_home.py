"""The strip of weeks on the home page."""

import datetime as dt
import re
from pathlib import Path

import pytest

from ..project import build_project, write_project


@pytest.mark.parametrize(("weeks", "width"), [(10, "25%"), (39, "97.5%"), (40, "100%"), (60, "100%")])
def test_the_strip_of_a_young_site_is_narrow_so_that_a_week_is_a_bar(tmp_path: Path, weeks: int, width: str) -> None:
    first = dt.date(2024, 1, 1)
    days = (first, first + dt.timedelta(weeks=weeks - 1))
    write_project(tmp_path, {f"notes/{day}.txt": f"{day}\nWren\nIt sings.\n#wren\n" for day in days})
    build_project(tmp_path)
    page = (tmp_path / "site/index.html").read_text("utf-8")
    strip = page.partition('class="pulse"')[2].partition("</div>")[0]
    assert re.findall(r'<svg [^>]*?width="(.+?)"', strip) == [width, width]
