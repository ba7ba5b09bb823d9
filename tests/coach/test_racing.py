"""A race that becomes known while the week runs: nothing heavy in the legs before it, and nothing at all close to it. docs/evidence.md#taper"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach
from coach import safety
from coach.answers import Answers, Effort, SessionReport, Word
from coach.profile import Profile, Race
from coach.progress import Progress
from coach.week import Week
from tests.coach.runners import History, a_steady_runner, codes, live
from tests.coach.strategies import histories, the_catalogue

CATALOGUE = the_catalogue()
MONDAY, THURSDAY = 0, 3
FIRST_DONE = Answers(sessions=(SessionReport(0, Effort.RIGHT),))


@pytest.fixture(scope="module")
def seasoned() -> History:
    """A healthy runner after eight ordinary weeks, with sessions on Monday and Thursday."""
    history = live(a_steady_runner(), CATALOGUE, [Effort.RIGHT] * 8)
    assert [s.day for s in history.following.sessions] == [MONDAY, THURSDAY]
    return history


@pytest.mark.parametrize("race_on", range(7))
def test_a_race_added_while_the_week_runs_takes_out_what_would_tire_the_legs_for_it(
    seasoned: History, race_on: int
) -> None:
    racing = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=race_on), 10.0))
    rest = coach.rest_of_week(racing, seasoned.progress, seasoned.following, (), CATALOGUE).week
    for session in rest.sessions:
        assert not any(safety.heavy_legs(CATALOGUE.by_slug[p.exercise]) for p in session.exercises)
        assert abs(race_on - session.day) > 2 or session.exercises == ()
    assert codes(rest)[0] == "race_added"
    assert "rest_out" in codes(rest)
    assert rest.stretch == seasoned.following.stretch


def test_what_was_told_of_before_a_race_was_added_stays_as_it_was(seasoned: History) -> None:
    racing = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=5), 10.0))
    said = (Word(MONDAY, FIRST_DONE),)
    rest = coach.rest_of_week(racing, seasoned.progress, seasoned.following, said, CATALOGUE).week
    assert rest.sessions[0] == seasoned.following.sessions[0]
    assert rest.sessions[1].exercises == ()


def test_a_race_next_monday_spares_the_days_before_it_and_one_further_off_changes_nothing(seasoned: History) -> None:
    def thursday(days: int) -> object:
        racing = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=days), 10.0))
        return coach.rest_of_week(racing, seasoned.progress, seasoned.following, (), CATALOGUE).week.sessions[1]

    assert thursday(7) != seasoned.following.sessions[1]
    assert thursday(THURSDAY + 7) == seasoned.following.sessions[1]
    assert thursday(-1) == seasoned.following.sessions[1]


@given(histories(), st.integers(0, 20))
def test_a_race_the_plan_knew_of_changes_nothing_of_it(
    history: tuple[Profile, Progress, Week, Progress], days: int
) -> None:
    profile, progress, week, _ = history
    racing = replace(profile, race=Race(week.week_of + timedelta(days=days), 10.0))
    planned = coach.next_week(racing, progress, CATALOGUE, week_of=week.week_of)
    assert coach.rest_of_week(racing, progress, planned, (), CATALOGUE).week.sessions == planned.sessions
