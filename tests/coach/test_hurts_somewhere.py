"""Something hurts and nobody knows where, told in a running week: a set less of everything, and no rise. docs/safety.md#red-flags"""

from __future__ import annotations

from dataclasses import replace

import pytest

import coach
from coach.amending import Rest
from coach.answers import Answers, Effort, Pain, SessionReport, Word
from coach.profile import Region
from coach.progress import Progress
from coach.week import DoseMode, Week
from tests.coach.runners import WEEK, History, a_steady_runner, codes, live, prescriptions, state
from tests.coach.strategies import the_catalogue

CATALOGUE = the_catalogue()
MONDAY, TUESDAY = 0, 1
FIRST_DONE = Answers(sessions=(SessionReport(0, Effort.RIGHT),), hurts=True)


@pytest.fixture(scope="module")
def seasoned() -> History:
    """A healthy runner after eight ordinary weeks, with sessions on Monday and Thursday."""
    return live(a_steady_runner(), CATALOGUE, [Effort.RIGHT] * 8)


def hurts(where: Region, level: int) -> Answers:
    return Answers(pains=(Pain(where, level),))


def after(history: History, *said: Word, week: Week | None = None, progress: Progress | None = None) -> Rest:
    return coach.rest_of_week(history.profile, progress or history.progress, week or history.following, said, CATALOGUE)


def test_pain_nobody_knows_the_place_of_takes_a_set_of_everything_still_to_come_and_every_rise(
    seasoned: History,
) -> None:
    planned, week = seasoned.following, after(seasoned, Word(TUESDAY, Answers(hurts=True))).week
    assert week.sessions[0] == planned.sessions[0], "Monday was past"
    assert [p.exercise for p in week.sessions[1].exercises] == [p.exercise for p in planned.sessions[1].exercises]
    for p, was in zip(week.sessions[1].exercises, planned.sessions[1].exercises, strict=True):
        assert p.dose.sets == max(1, was.dose.sets - 1)
        assert (p.harder, p.up_to) == (None, None)
        known = next((x.last for x in seasoned.progress.exercises if x.exercise == p.exercise), None)
        assert known is None or (p.dose.load_kg, p.dose.amount) <= (known.load_kg, max(known.amount, p.dose.amount))
    assert codes(week) == ["hurts"]
    assert {p.change.code for p in week.sessions[1].exercises if p.change is not None} == {"dose_hurts"}
    assert "hurts_where" in {n.reason.code for n in week.notices}


def bringing(*codes: str) -> History:
    """A runner for whom it goes well, in the first week that brings one of these."""
    for weeks in range(3, 20):
        history = live(a_steady_runner(), CATALOGUE, [Effort.EASY] * weeks)
        if any(p.change is not None and p.change.code in codes for p in prescriptions(history.following)):
            return history
    raise AssertionError(f"{codes}: never came")


def test_pain_nobody_knows_the_place_of_puts_off_a_step_up_the_ladder() -> None:
    history = bringing("ladder_up", "ladder_up_early")
    week = after(history, Word(MONDAY, Answers(hurts=True))).week
    steps = [p for p in prescriptions(history.following) if p.change and p.change.code.startswith("ladder_up")]
    for p in steps:
        former = str(dict(p.change.values)["from"])  # type: ignore[union-attr]
        now = next(x for x in prescriptions(week) if x.exercise == former)
        last = state(history.progress, former).last
        assert last is not None
        assert (now.slot, now.dose.load_kg, now.dose.amount) == (p.slot, last.load_kg, last.amount)
        assert now.change is not None
        assert now.change.code == "ladder_down_hurts"
    assert codes(week) == ["hurts", *["ladder_down_hurts"] * len(steps)]


def test_a_step_up_stays_where_the_easier_version_is_in_the_other_session() -> None:
    history = bringing("ladder_up", "ladder_up_early")
    planned = history.following
    step = next(p for p in prescriptions(planned) if p.change and p.change.code.startswith("ladder_up"))
    former = replace(step, exercise=str(dict(step.change.values)["from"]), change=None)  # type: ignore[union-attr]
    here = next(i for i, s in enumerate(planned.sessions) if step in s.exercises)
    sessions = [*planned.sessions]
    sessions[1 - here] = replace(sessions[1 - here], exercises=(former,))
    week = after(history, Word(MONDAY, Answers(hurts=True)), week=replace(planned, sessions=tuple(sessions))).week
    now = next(p for p in week.sessions[here].exercises if p.slot == step.slot)
    assert (now.exercise, now.dose.sets) == (step.exercise, max(1, step.dose.sets - 1))


def test_pain_nobody_knows_the_place_of_puts_off_the_first_jumps() -> None:
    history = bringing("jumps_first")
    week = after(history, Word(MONDAY, Answers(hurts=True))).week
    assert not [p for p in prescriptions(week) if p.mode is DoseMode.CONTACTS]
    assert codes(week)[:2] == ["hurts", "rest_out"]


def test_once_the_place_is_told_only_what_loads_it_is_less(seasoned: History) -> None:
    where_not, where = Word(TUESDAY, Answers(hurts=True)), Word(TUESDAY, hurts(Region.SHIN, 3))
    assert after(seasoned, where_not, where).week == after(seasoned, where).week


@pytest.mark.parametrize(("level", "asked"), [(0, True), (1, False), (2, False), (99, True)])
def test_a_place_that_hurts_too_little_to_hold_leaves_the_rest_of_the_week_as_careful(
    level: int, asked: bool, seasoned: History
) -> None:
    where_not, where = Word(TUESDAY, Answers(hurts=True)), Word(TUESDAY, hurts(Region.FOOT, level))
    careful, now = after(seasoned, where_not).week, after(seasoned, where, where_not).week
    assert (now.sessions, now.changes) == (careful.sessions, careful.changes)
    assert now.sessions != seasoned.following.sessions
    assert ("hurts_where" in {n.reason.code for n in now.notices}) is asked


def test_a_plan_that_knew_of_it_and_of_a_place_takes_no_further_set(seasoned: History) -> None:
    told = replace(FIRST_DONE, pains=hurts(Region.FOOT, 1).pains)
    progress = coach.fold(seasoned.profile, seasoned.progress, seasoned.following, told, CATALOGUE)
    week = coach.next_week(seasoned.profile, progress, CATALOGUE, week_of=seasoned.following.week_of + WEEK)
    assert not week.notices
    assert after(seasoned, week=week, progress=progress).week == week
    late = after(seasoned, week=replace(seasoned.following, week_of=week.week_of), progress=progress).week
    assert (codes(late)[0], late.notices) == ("hurts", ()), "told late, and the place with it"


def test_a_plan_that_knew_of_it_takes_no_further_set(seasoned: History) -> None:
    progress = coach.fold(seasoned.profile, seasoned.progress, seasoned.following, FIRST_DONE, CATALOGUE)
    week = coach.next_week(seasoned.profile, progress, CATALOGUE, week_of=seasoned.following.week_of + WEEK)
    assert after(seasoned, Word(TUESDAY, Answers(hurts=True)), week=week, progress=progress).week == week
    late = after(seasoned, week=replace(seasoned.following, week_of=week.week_of), progress=progress).week
    assert codes(late)[0] == "hurts", "an answer that came after the plan was made is news to it"
