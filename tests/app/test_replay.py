"""History gone through again: an engine that has not changed agrees with itself, one that has is caught at it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from app import feedback, replay
from app.wiring import House
from coach.answers import Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.profile import Region
from coach.week import Dose, Week
from models import history, plans, subscribers
from models.people import Subscriber
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.builders import MONDAY, a_profile, a_subscriber, a_week

WEEK = timedelta(days=7)
EASY = Answers(sessions=(SessionReport(0, Effort.EASY), SessionReport(1, Effort.EASY)))
HARD = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.HARD)))
SORE = Answers(sessions=(SessionReport(0, Effort.RIGHT),), pains=(Pain(Region.KNEE, 5),))
SILENT = Answers()


def live(house: House, clock: Clock, runner: Subscriber, *told: Answers, learn: bool = True) -> None:
    """So many weeks: planned on Sunday, answered on Thursday, learnt from at once or with the next plan."""
    for n, answers in enumerate(told):
        plan(house, runner, week_of=MONDAY + n * WEEK)
        clock.forward(days=4)
        if not answers.silent:
            tell(house, runner, answers, week_of=MONDAY + n * WEEK)
        if learn:
            feedback.log_all(house, now=clock())
        clock.forward(days=3)
    plan(house, runner, week_of=MONDAY + len(told) * WEEK)


def with_constants(house: House, **changes: float) -> House:
    """The same house with other constants of progression."""
    other = replace(house)
    other.__dict__["catalogue"] = replace(house.catalogue, constants=replace(house.catalogue.constants, **changes))
    return other


def test_a_history_that_nobody_touched_differs_nowhere(house: House, clock: Clock) -> None:
    ana, ben = add(house, "ana", "ben")
    live(house, clock, ana, EASY, SILENT, SORE, EASY, HARD)
    clock.forward(days=-35)
    live(house, clock, ben, HARD, EASY, SILENT, SILENT, SILENT, EASY, learn=False)
    found = replay.replay(house)
    assert (found.runners, found.weeks, found.same) == (2, 13, 13)
    assert (found.differences, found.failures, found.doses) == ((), (), replay.DoseCounts())


def test_what_came_after_a_week_was_planned_does_not_count_against_it(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    live(house, clock, ana, EASY, EASY)
    clock.forward(days=1)
    tell(house, ana, SORE, week_of=MONDAY)
    feedback.log_all(house, now=clock())
    clock.forward(hours=1)
    with house.sessions.begin() as session:
        subscribers.add(
            session,
            [a_subscriber(email=ana.email, name="Ana", profile=a_profile(minutes=25, body_mass_kg=80.0))],
            now=clock(),
        )
    clock.forward(days=6)
    plan(house, ana, week_of=MONDAY + 3 * WEEK)
    found = replay.replay(house, ana)
    assert (found.weeks, found.same) == (4, 4)
    with house.sessions() as session:
        (kept,) = history.load(session, [ana.id])
    late = [at.late for at in replay.standpoints(kept, house.catalogue)]
    assert late == [0, 1, 0, 0]


def test_a_changed_constant_shows_where_it_would_have_told(house: House, clock: Clock) -> None:
    ana, _ = add(house, "ana", "ben")
    live(house, clock, ana, EASY, EASY, EASY, EASY)
    bolder = with_constants(house, caution=-3.0, reps_step=6.0, tap_step=6.0)
    found = replay.replay(bolder, ana)
    assert found.weeks == 5
    assert found.same < 5
    assert found.differences[0].key == ana.key
    assert found.doses.higher + found.doses.more > found.doses.lower + found.doses.less
    changed = [d for week in found.differences for d in week.doses if d.stored and d.now]
    assert any(d.stored.dose != d.now.dose for d in changed if d.stored and d.now)
    assert replay.replay(house, ana).differences == ()


def test_replaying_writes_nothing(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    live(house, clock, ana, EASY, SORE, learn=False)
    before = dump(house)
    replay.replay(with_constants(house, caution=-3.0))
    assert dump(house) == before


def dump(house: House) -> list[str]:
    store = sqlite3.connect(house.engine.url.database or "")
    try:
        return list(store.iterdump())
    finally:
        store.close()


def test_a_runner_without_weeks_has_nothing_to_compare(house: House) -> None:
    (ana,) = add(house, "ana")
    found = replay.replay(house, ana)
    assert (found.runners, found.weeks, found.differences) == (1, 0, ())
    assert replay.replay(house).runners == 0


def test_a_damaged_runner_is_counted_and_the_others_are_replayed(
    house: House, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    ana, ben, cleo = add(house, "ana", "ben", "cleo")
    plan(house, ana, ben, cleo)
    with house.sessions.begin() as session:
        session.execute(text("UPDATE plans SET week = x'00' WHERE subscriber_id = :id"), {"id": ben.id})
        plans.save_weeks(session, [plans.Planned(cleo.id, a_week(week_of=MONDAY + timedelta(days=8)))], now=clock())
    found = replay.replay(house)
    assert (found.runners, found.weeks, found.same) == (2, 2, 2)
    assert {f.key for f in found.failures} == {f"number {ben.id}", cleo.key}
    assert ben.email not in caplog.text


def test_each_difference_of_a_week_is_told_as_what_it_is(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    with house.sessions() as session:
        stored = plans.get_week(session, ana.id, MONDAY)
    assert stored is not None
    assert replay.differences("key", stored, replace(stored, engine="2")) is None
    words = replay.differences("key", stored, replace(stored, changes=()))
    assert words is not None
    assert (words.doses, words.other) == ((), ("words",))
    total = replay._Sum()
    heavier = with_dose(stored, Dose(2, 8, 90.0, None))
    for now in (heavier, replace(stored, sessions=stored.sessions[1:]), replace(stored, stretch=None)):
        total.count("key", stored, now)
    total.count("key", heavier, with_dose(stored, Dose(2, 9, 90.0, None)))
    total.count("key", heavier, with_dose(stored, Dose(4, 4, 90.0, None)))
    total.count("key", with_dose(stored, Dose(2, 9, 90.0, None)), heavier)
    total.count("key", heavier, stored)
    total.count("key", replace(stored, sessions=stored.sessions[1:]), stored)
    total.count("key", stored, with_exercise(stored, "another"))
    found = total.settled()
    first = len(stored.sessions[0].exercises)
    assert found.doses == replay.DoseCounts(
        higher=1, lower=1, more=1, less=1, other=1, swapped=1, added=first, dropped=first
    )
    assert found.same_doses == 1
    assert [w.other for w in found.differences[:3]] == [(), ("days",), ("stretches",)]


def with_dose(week: Week, dose: Dose) -> Week:
    """The first exercise with another dose."""
    session = week.sessions[0]
    first = replace(session.exercises[0], dose=dose)
    return replace(week, sessions=(replace(session, exercises=(first, *session.exercises[1:])), *week.sessions[1:]))


def with_exercise(week: Week, slug: str) -> Week:
    session = week.sessions[0]
    first = replace(session.exercises[0], exercise=slug)
    return replace(week, sessions=(replace(session, exercises=(first, *session.exercises[1:])), *week.sessions[1:]))


def test_of_very_many_weeks_that_differ_the_first_are_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_KEPT", 1)
    add(house, "ana")
    total = replay._Sum()
    for _ in range(3):
        total.count("key", a_week(), a_week(number=6, question=None, notices=(), stretch=None))
    found = total.settled()
    assert (len(found.differences), found.left_off) == (1, 2)


def test_answers_in_detail_are_replayed_as_they_were_given(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    with house.sessions() as session:
        week = plans.get_week(session, ana.id, MONDAY)
    assert week is not None
    clock.forward(days=3)
    for exercise in week.sessions[0].exercises[:2]:
        tell(house, ana, Answers(sessions=(SessionReport(0, exercises=(ExerciseReport(exercise.exercise, 2, 9, 5),)),)))
        clock.forward(hours=1)
    clock.forward(days=3)
    plan(house, ana, week_of=MONDAY + WEEK)
    assert replay.replay(house, ana).same == 2
