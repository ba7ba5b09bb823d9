"""A programme that was stopped, and comes back: for a week or two as if nothing had been, after longer as after weeks away. docs/evidence.md#silence"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

import coach
from coach import dose
from coach.answers import Answers, Effort, RedFlag
from coach.profile import Experience, Profile, Race, Screen
from coach.week import DoseMode, Phase
from tests.builders import MONDAY
from tests.coach.runners import WEEK, Answerer, History, a_steady_runner, codes, find, live, prescriptions, tapped

if TYPE_CHECKING:
    from coach.catalogue import Catalogue

RUNNER = a_steady_runner(birth_year=1990, experience=Experience.SEASONED)
WAITING = replace(RUNNER, screens=frozenset({Screen.POSTPARTUM}))
CLEARED = replace(WAITING, cleared=True)
TRAINED = 14
"""Weeks before the stop."""


def off_and_back(weeks: int, catalogue: Catalogue, *, birth: bool) -> tuple[History, History]:
    """So many weeks without a plan after fourteen of training, for a birth or a warning sign; and the five after them."""
    trained: list[Answerer] = [Effort.RIGHT] * TRAINED
    if not birth:
        trained[-1] = lambda week: replace(tapped(week, Effort.RIGHT), red_flags=frozenset({RedFlag.FAINTING}))
    before = live(RUNNER, catalogue, trained)
    waiting, back = (WAITING, CLEARED) if birth else (RUNNER, RUNNER)
    said = [None] * (weeks - 1) + [Answers(cleared=not birth)]
    off = live(waiting, catalogue, said, progress=before.progress, start=MONDAY + TRAINED * WEEK)
    assert not any(week.sessions for week in off.weeks)
    start = MONDAY + (TRAINED + weeks) * WEEK
    return off, live(back, catalogue, [Effort.RIGHT] * 5, progress=off.progress, start=start)


@pytest.mark.parametrize("birth", [True, False])
@pytest.mark.parametrize("weeks", [1, 2])
def test_a_stop_of_a_week_or_two_goes_on_where_it_was(weeks: int, birth: bool, catalogue: Catalogue) -> None:
    _, back = off_and_back(weeks, catalogue, birth=birth)
    assert [week.phase for week in back.weeks[:2]] == [Phase.BASE] * 2
    assert "resumes" in codes(back.weeks[0])
    assert not {"gap", "back"} & {*codes(back.weeks[0]), *codes(back.weeks[1])}


@pytest.mark.parametrize("birth", [True, False])
@pytest.mark.parametrize("weeks", [3, 20])
def test_a_longer_stop_ends_as_weeks_away_do(weeks: int, birth: bool, catalogue: Catalogue) -> None:
    off, back = off_and_back(weeks, catalogue, birth=birth)
    first = back.weeks[0]
    assert [week.phase for week in back.weeks[:3]] == [Phase.RETURN, Phase.RETURN, Phase.BASE]
    assert [min(p.target_rir for p in prescriptions(week)) for week in back.weeks[:4]] == [4, 3, 3, 3]
    assert [codes(week)[0] for week in back.weeks[:2]] == ["gap", "back"]
    assert not any(p.mode is DoseMode.CONTACTS for week in back.weeks[:4] for p in prescriptions(week))
    assert back.weeks[1].changes[0].values[0] == ("weeks", weeks)
    known = {x.exercise: x for x in off.progress.exercises if x.weeks and find(first, x.exercise)}
    assert len(known) > 5
    for p in prescriptions(first):
        was = known[p.exercise].last
        assert was is not None
        lightest = dose.loads(catalogue.by_slug[p.exercise], RUNNER.equipment, was.gear)[1][0]
        assert p.dose.load_kg <= max(0.9 * was.load_kg, lightest)


def test_who_was_stopped_for_long_is_believed_to_have_lost_as_much_as_who_stayed_away(catalogue: Catalogue) -> None:
    stopped, _ = off_and_back(12, catalogue, birth=True)
    before = live(RUNNER, catalogue, [Effort.RIGHT] * TRAINED).progress
    away = live(RUNNER, catalogue, [None] * 12, progress=before, start=MONDAY + TRAINED * WEEK).progress
    lost = {x.exercise: (x.mu, x.var) for x in stopped.progress.exercises if x.weeks}
    assert lost.items() <= {x.exercise: (x.mu, x.var) for x in away.exercises}.items()


def test_a_stop_and_weeks_missed_add_up_to_time_away(catalogue: Catalogue) -> None:
    off, _ = off_and_back(2, catalogue, birth=True)
    start = MONDAY + (TRAINED + 2) * WEEK
    then = live(CLEARED, catalogue, [None], progress=off.progress, start=start)
    assert (then.weeks[0].phase, then.following.phase) == (Phase.BASE, Phase.RETURN)
    later = live(CLEARED, catalogue, [Effort.RIGHT] * 2, progress=then.progress, start=start + WEEK)
    assert (later.progress.gap, later.progress.since_gap, later.progress.off) == (3, 2, 0)


def test_who_waits_for_clearance_from_the_beginning_begins_at_the_beginning(catalogue: Catalogue) -> None:
    waited = live(WAITING, catalogue, [None] * 6).progress
    week = coach.next_week(CLEARED, waited, catalogue, week_of=MONDAY + 6 * WEEK)
    assert week.phase is Phase.ANATOMICAL
    assert not {"gap", "back"} & set(codes(week))


def test_rest_around_a_marathon_is_no_stop(catalogue: Catalogue) -> None:
    racing: Profile = replace(RUNNER, race=Race(MONDAY + timedelta(weeks=TRAINED, days=1), 42.2))
    lived = live(racing, catalogue, [Effort.RIGHT] * (TRAINED + 5))
    rest = [week.phase for week in lived.weeks if not week.sessions]
    assert rest
    assert set(rest) <= {Phase.RACE, Phase.DELOAD}
    assert Phase.RETURN not in {week.phase for week in lived.weeks}
    assert (lived.progress.off, lived.progress.gap) == (0, 0)


@pytest.mark.parametrize("stopped", [True, False])
def test_after_weeks_away_no_exercise_gets_a_set_more_until_the_way_back_is_over(
    stopped: bool, catalogue: Catalogue
) -> None:
    runner = a_steady_runner(experience=Experience.SEASONED, minutes=75)
    lived = live(runner, catalogue, [Effort.RIGHT] * 12 + [None] * (0 if stopped else 5))
    progress, start = lived.progress, MONDAY + len(lived.weeks) * WEEK
    if stopped:
        waiting = replace(runner, screens=frozenset({Screen.POSTPARTUM}))
        progress = live(waiting, catalogue, [None] * 5, progress=progress, start=start).progress
        start += 5 * WEEK
    back = live(runner, catalogue, [Effort.EASY] * 10, progress=progress, start=start).weeks
    sets = {x.exercise: x.last.sets for x in progress.exercises if x.last is not None}
    for week in back[:4]:
        for p in prescriptions(week):
            assert p.dose.sets <= sets.get(p.exercise, 2)
    assert max(p.dose.sets for week in back[5:] for p in prescriptions(week)) == 3
