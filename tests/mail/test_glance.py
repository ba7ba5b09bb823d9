"""The week at a glance: runs, sessions and a race on their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.profile import Race, Run, RunKind
from mail.letter import Known, WeeklyLetter
from tests.mail.sample import FAR_ALONG, MONDAY, RUNS, a_letter, a_stop_week, a_week

SUNDAY = MONDAY + timedelta(days=6)


def days(letter: WeeklyLetter) -> list[tuple[str, int, str, tuple[str, ...]]]:
    assert letter.glance is not None
    return [(d.name, d.date, "race" if d.race else d.run, d.marks) for d in letter.glance.days]


def test_seven_days_show_the_runs_and_the_sessions() -> None:
    assert days(a_letter()) == [
        ("Mon", 23, "easy", ()),
        ("Tue", 24, "easy", ("A",)),
        ("Wed", 25, "", ()),
        ("Thu", 26, "hard", ()),
        ("Fri", 27, "", ("B",)),
        ("Sat", 28, "", ()),
        ("Sun", 29, "long", ()),
    ]


def test_a_race_takes_the_place_of_that_days_run() -> None:
    letter = a_letter(known=Known(RUNS, Race(SUNDAY, 21.1)))
    assert days(letter)[6] == ("Sun", 29, "race", ())
    assert letter.glance is not None
    assert letter.glance.race == "21.1\u00a0km on Sunday"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (SUNDAY + timedelta(days=1), "10\u00a0km in one week, on Monday 30 November"),
        (date(2027, 1, 17), "10\u00a0km in seven weeks, on Sunday 17 January"),
        (MONDAY + timedelta(weeks=30), ""),
        (MONDAY - timedelta(days=1), ""),
    ],
)
def test_a_race_in_sight_is_told_with_its_distance_in_weeks(day: date, said: str) -> None:
    glance = a_letter(known=Known(RUNS, Race(day, 10.0))).glance
    assert glance is not None
    assert glance.race == said


def test_nothing_is_said_of_runs_where_none_are_known() -> None:
    glance = a_letter(known=Known()).glance
    assert glance is not None
    assert (glance.runs, [d.run for d in glance.days]) == ("", [""] * 7)


def test_the_runs_are_there_in_a_week_without_stretching_too() -> None:
    glance = a_letter(a_week(stretch=None), known=Known((Run(2, RunKind.LONG),))).glance
    assert glance is not None
    assert glance.runs == "as usual"


def test_a_week_without_a_plan_shows_no_picture() -> None:
    assert a_letter(a_stop_week(), known=FAR_ALONG).glance is None
