"""A race that becomes known while the week runs: nothing heavy in the legs before it, and nothing at all close to it, before or after. docs/evidence.md#taper"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach
from coach import racing, safety
from coach.answers import Answers, Effort, SessionReport, Word
from coach.profile import Profile, Race
from coach.progress import Progress
from coach.week import Week
from tests.builders import MONDAY as A_MONDAY
from tests.coach.runners import History, a_steady_runner, codes, live
from tests.coach.strategies import histories, the_catalogue

CATALOGUE = the_catalogue()
MONDAY, THURSDAY = 0, 3
WEDNESDAY = A_MONDAY + timedelta(days=2)
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
    runner = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=race_on), 10.0))
    rest = coach.rest_of_week(runner, seasoned.progress, seasoned.following, (), CATALOGUE).week
    for session in rest.sessions:
        assert not any(safety.heavy_legs(CATALOGUE.by_slug[p.exercise]) for p in session.exercises)
        assert abs(race_on - session.day) > 2 or session.exercises == ()
    assert codes(rest)[0] == "race_added"
    assert "rest_out" in codes(rest)
    assert rest.stretch == seasoned.following.stretch


def test_what_was_told_of_before_a_race_was_added_stays_as_it_was(seasoned: History) -> None:
    runner = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=5), 10.0))
    said = (Word(MONDAY, FIRST_DONE),)
    rest = coach.rest_of_week(runner, seasoned.progress, seasoned.following, said, CATALOGUE).week
    assert rest.sessions[0] == seasoned.following.sessions[0]
    assert rest.sessions[1].exercises == ()


def test_a_race_next_monday_spares_the_days_before_it_and_one_further_off_changes_nothing(seasoned: History) -> None:
    def thursday(days: int) -> object:
        runner = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=days), 10.0))
        return coach.rest_of_week(runner, seasoned.progress, seasoned.following, (), CATALOGUE).week.sessions[1]

    assert thursday(7) != seasoned.following.sessions[1]
    assert thursday(THURSDAY + 7) == seasoned.following.sessions[1]
    assert thursday(-1) == seasoned.following.sessions[1]


@pytest.mark.parametrize(("days", "left"), [(-1, (THURSDAY,)), (-2, (THURSDAY,)), (-3, (MONDAY, THURSDAY))])
def test_two_days_after_a_race_stay_free_whatever_week_it_fell_into(
    seasoned: History, days: int, left: tuple[int, ...]
) -> None:
    runner = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=days), 10.0))
    rest = coach.rest_of_week(runner, seasoned.progress, seasoned.following, (), CATALOGUE).week
    assert tuple(s.day for s in rest.sessions if s.exercises) == left
    assert ("race_over" in codes(rest)) is (MONDAY not in left)


@pytest.mark.parametrize(("days", "sessions"), [(-1, 0), (-7, 0), (-8, 2)])
def test_the_week_after_a_marathon_is_free_though_the_plan_did_not_know_of_it(
    seasoned: History, days: int, sessions: int
) -> None:
    runner = replace(seasoned.profile, race=Race(seasoned.following.week_of + timedelta(days=days), 42.2))
    rest = coach.rest_of_week(runner, seasoned.progress, seasoned.following, (), CATALOGUE).week
    assert sum(bool(s.exercises) for s in rest.sessions) == sessions
    assert rest.stretch == seasoned.following.stretch


def test_the_days_after_a_race_stay_free_when_the_next_one_is_written_in_its_place(seasoned: History) -> None:
    monday = seasoned.following.week_of
    raced = replace(seasoned.progress, raced=Race(monday - timedelta(days=1), 10.0))
    runner = replace(seasoned.profile, race=Race(monday + timedelta(days=60), 10.0))
    rest = coach.rest_of_week(runner, raced, seasoned.following, (), CATALOGUE).week
    assert [bool(s.exercises) for s in rest.sessions] == [False, True]
    assert "race_over" in codes(rest)


@pytest.mark.parametrize(("ago", "kept"), [(-1, False), (0, False), (1, True), (14, True), (15, False)])
def test_a_race_is_known_for_two_weeks_after_it_unless_another_is_written(ago: int, kept: bool) -> None:
    last, following = Race(WEDNESDAY - timedelta(days=ago), 42.2), Race(WEDNESDAY + timedelta(days=60), 10.0)
    assert racing.known(None, last, WEDNESDAY) == (last if kept else None)
    assert racing.known(following, last, WEDNESDAY) == following
    assert racing.known(None, None, WEDNESDAY) is None


@given(histories(), st.integers(-14, 20), st.sampled_from([10.0, 42.2]))
def test_a_race_the_plan_knew_of_changes_nothing_of_it(
    history: tuple[Profile, Progress, Week, Progress], days: int, distance_km: float
) -> None:
    profile, progress, week, _ = history
    runner = replace(profile, race=Race(week.week_of + timedelta(days=days), distance_km))
    planned = coach.next_week(runner, progress, CATALOGUE, week_of=week.week_of)
    assert coach.rest_of_week(runner, progress, planned, (), CATALOGUE).week.sessions == planned.sessions
