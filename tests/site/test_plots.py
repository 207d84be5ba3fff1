"""The geometry of charts."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from digest.site.plots import Dot, area, curve, label_dots, log_scale, stack, year_ticks

WIDTH, HEIGHT = 720.0, 270.0


def test_a_curve_goes_through_its_values() -> None:
    assert curve((0, 1, 0.5), 30) == "M0 30C5 30 5 0 10 0C15 0 15 15 20 15"
    assert area((0, 1), 30) == "M0 30C5 30 5 0 10 0V30H0Z"


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_curve_never_leaves_its_drawing(values: list[float]) -> None:
    numbers = [float(number) for number in re.findall(r"[\d.]+", curve(values, 36))]
    assert all(0 <= y <= 36 for y in numbers[1::2])


@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=1, max_size=40))
def test_the_parts_of_a_column_lie_on_one_another_from_the_bottom_up(rows: list[list[int]]) -> None:
    for row, parts in zip(rows, stack(rows, 150), strict=True):
        assert [part.part for part in parts] == [place for place, count in enumerate(row) if count]
        bottom = 150.0
        for part in parts:
            assert abs(part.y + part.height - bottom) < 0.2
            bottom = part.y
        assert bottom >= 0
    assert min((part.y for parts in stack(rows, 150) for part in parts), default=0) == 0


def test_an_axis_marks_the_beginning_of_each_year_or_of_some_of_many() -> None:
    quarters = [dt.date(2023 + n // 4, n % 4 * 3 + 1, 1) for n in range(2, 8)]
    assert [(tick.place, tick.label) for tick in year_ticks(quarters)] == [(0, "2023"), (33.33, "2024")]
    assert [(tick.place, tick.label) for tick in year_ticks(quarters, points=True)] == [(0, "2023"), (40, "2024")]
    assert [tick.label for tick in year_ticks([dt.date(year, 1, 1) for year in range(1980, 2024)])][:3] == [
        "1980",
        "1985",
        "1990",
    ]


def test_a_logarithmic_scale_begins_and_ends_at_powers_of_ten() -> None:
    scale = log_scale((7e9, 180e9), 200)
    assert (scale.low, scale.high) == (9, 12)
    assert scale.place(1e9) == 200
    assert scale.place(1e12) == 0
    assert log_scale((1e9,), 200).high == 10


def test_the_newest_model_has_the_first_choice_of_a_place_for_its_name() -> None:
    old, new = label_dots([(100, (100,), "Owl-7B"), (104, (100,), "Owl-9B")], WIDTH, HEIGHT)
    assert (new.label, new.anchor, new.label_x) == ("Owl-9B", "start", 112)
    assert (old.label, old.anchor) == ("Owl-7B", "end")


def _box(dot: Dot) -> tuple[float, float, float, float]:
    wide = 6.6 * len(dot.label)
    left = dot.label_x - {"start": 0.0, "middle": wide / 2, "end": wide}[dot.anchor]
    return left, dot.label_y - 11, left + wide, dot.label_y + 3


dots = st.tuples(
    st.floats(44, 700).map(lambda x: round(x, 1)),
    st.lists(st.floats(0, HEIGHT).map(lambda y: round(y, 1)), min_size=1, max_size=3).map(tuple),
    st.text("abcW1", min_size=1, max_size=26),
)


@given(st.lists(dots, max_size=40))
def test_no_name_lies_on_another_or_on_a_dot_or_outside(given_dots: list[tuple[float, tuple[float, ...], str]]) -> None:
    placed = label_dots(given_dots, WIDTH, HEIGHT)
    assert [(dot.x, dot.ys) for dot in placed] == [(x, ys) for x, ys, _ in given_dots]
    boxes = [_box(dot) for dot in placed if dot.label]
    assert all(
        left >= -0.1 and right <= WIDTH + 0.1 and top >= -0.1 and low <= HEIGHT + 0.1 for left, top, right, low in boxes
    )
    for n, (left, top, right, low) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert right - 0.1 <= other[0] or other[2] - 0.1 <= left or low - 0.1 <= other[1] or other[3] - 0.1 <= top
        for dot in placed:
            assert not any(left < dot.x < right and top < y < low for y in dot.ys)
