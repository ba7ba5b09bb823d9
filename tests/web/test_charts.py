"""Charts hold every value they are given, in the order of time."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from language.tongue import ENGLISH
from tests.builders import MONDAY
from web.charts import LEFT, RIGHT, Dot, Path, Rect, Text, band, bars, line, number, scale, weeks_between

VALUES = st.lists(st.floats(0, 2000), min_size=1, max_size=60)


@given(VALUES, st.booleans())
def test_every_value_fits_between_head_and_foot(values: list[float], from_zero: bool) -> None:
    to = scale(values, 12, 132, from_zero=from_zero)
    assert 2 <= len(to.ticks) <= 6
    assert to.ticks[0] == to.low
    assert all(tick == round(tick) for tick in to.ticks)
    for value in values:
        assert 12 - 1e-6 <= to.y(value) <= 132 + 1e-6


@given(VALUES)
def test_a_larger_value_never_stands_lower(values: list[float]) -> None:
    to = scale(values, 12, 132)
    heights = [to.y(v) for v in sorted(values)]
    assert heights == sorted(heights, reverse=True)


def test_nothing_to_show_still_has_a_scale() -> None:
    assert scale([], 0, 100).ticks == (0, 1)
    assert scale([0, 0], 0, 100).ticks == (0, 1)


@given(st.integers(0, 60))
def test_weeks_go_from_left_to_right_within_the_plot(count: int) -> None:
    weeks = weeks_between(MONDAY, MONDAY + timedelta(weeks=count))
    across = [weeks.middle(monday) for monday in weeks.mondays]
    assert len(across) == count + 1
    assert across == sorted(across)
    assert across[0] > LEFT
    assert across[-1] < RIGHT


@given(st.integers(0, 60), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_names_of_months_never_overlap(count: int, day: date) -> None:
    first = day - timedelta(days=day.weekday())
    marks = weeks_between(first, first + timedelta(weeks=count)).months(150, ENGLISH)
    places = [float(mark.x) for mark in marks if isinstance(mark, Text)]
    assert places
    assert all(right - left >= 29 for left, right in pairwise(places))


def test_the_parts_of_a_bar_stand_upon_one_another() -> None:
    weeks = weeks_between(MONDAY, MONDAY)
    marks = bars(weeks, lambda _: [("one", 2.0), ("none", 0.0), ("two", 1.0)], scale([3], 0, 90))
    one, two = marks
    assert isinstance(one, Rect)
    assert isinstance(two, Rect)
    assert (one.y, one.height, two.y, two.height) == ("30", "60", "0", "30")
    assert (one.style, two.style) == ("one", "two")


def test_a_single_week_is_a_point_and_no_line() -> None:
    assert [type(m) for m in line([(10.0, 20.0)], "most")] == [Dot]
    assert [type(m) for m in line([(10.0, 20.0), (20.0, 20.0)], "most")] == [Path]
    assert line([], "most") == []
    assert [m.style for m in band([(10.0, 5.0, 1.0)], "band") if isinstance(m, Path)] == ["band alone"]
    assert band([], "band") == []


def test_numbers_are_short() -> None:
    assert [number(x) for x in (1.0, 1.04, 1.05, 0.0, -0.04, 1234.56)] == ["1", "1", "1.1", "0", "-0", "1234.6"]
