"""A profile changed while one week runs and the next is in the mail already: it acts on both. docs/adr/0020-a-changed-profile-acts-on-the-week.md"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

import coach
from app import delivery, feedback, profile_changes, wiring
from app.profile_changes import Effect
from app.wiring import House
from coach.answers import Answers, Effort, SessionReport
from coach.profile import Equipment, Injury, Race, Region, Run, RunKind
from coach.week import Dose, Week
from models import answers, plans, subscribers, training
from models.people import Subscriber
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.builders import MONDAY

THIS = MONDAY + timedelta(days=7)
NEXT = MONDAY + timedelta(days=14)
SUNDAY = MONDAY + timedelta(days=13)
DONE = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.RIGHT)))
WEDNESDAY_AND_SUNDAY = {"strength_days": (2, 6), "runs": (Run(1, RunKind.EASY),), "injuries": ()}


def post(house: House) -> None:
    with wiring.transport(house) as way:
        delivery.deliver_all(house, way, worker="w")


@pytest.fixture
def ana(house: House, clock: Clock) -> Subscriber:
    """It is Saturday: her second week has a session tomorrow, and the third one came on Friday."""
    runner = in_her_second_week(house, clock)
    clock.forward(days=5)
    plan(house, runner, week_of=NEXT)
    post(house)
    clock.forward(days=1)
    return runner


def in_her_second_week(house: House, clock: Clock) -> Subscriber:
    """Ana, on the Sunday evening before it."""
    (runner,) = add(house, "ana", **WEDNESDAY_AND_SUNDAY)
    plan(house, runner)
    tell(house, runner, DONE)
    clock.forward(days=7)
    plan(house, runner, week_of=THIS)
    post(house)
    return runner


def change(house: House, runner: Subscriber, **changes: object) -> Effect:
    with house.sessions.begin() as session:
        old = subscribers.profile_of(session, runner.id)
        assert old is not None
        new = replace(old, **changes)  # type: ignore[arg-type]  # fields of a profile
        subscribers.amend(session, runner, lambda _: new, now=house.clock())
        effect, _ = profile_changes.apply(session, runner, old, new, house.catalogue, now=house.clock())
    return effect


def asked(house: House, runner: Subscriber, monday: date) -> Week:
    with house.sessions() as session:
        told = training.told(session, runner, monday)
    assert told is not None
    return coach.rest_of_week(told.profile, told.progress, told.week, told.said, house.catalogue).week


def planned(house: House, runner: Subscriber, monday: date) -> Week:
    with house.sessions() as session:
        week = plans.get_week(session, runner.id, monday)
    assert week is not None
    return week


def doses(week: Week, session: int) -> list[tuple[str, Dose]]:
    return [(p.exercise, p.dose) for p in week.sessions[session].exercises]


def weight_of(week: Week) -> list[str]:
    return [p.exercise for s in week.sessions for p in s.exercises if p.dose.gear is not None]


def test_pain_told_on_saturday_spares_the_session_of_tomorrow_and_the_week_after(house: House, ana: Subscriber) -> None:
    assert change(house, ana, injuries=(Injury(Region.KNEE, current=True, pain=6),)) is Effect.REST
    feedback.log_all(house, now=house.clock())
    assert doses(asked(house, ana, THIS), 0) == doses(planned(house, ana, THIS), 0), "Wednesday is over"
    for monday, session in ((THIS, 1), (NEXT, 0), (NEXT, 1)):
        before, after = doses(planned(house, ana, monday), session), doses(asked(house, ana, monday), session)
        assert after != before
        assert all(not house.catalogue.by_slug[slug].tissue(Region.KNEE) for slug, _ in after)


def test_pain_of_one_saturday_is_counted_for_one_week(house: House, ana: Subscriber) -> None:
    change(house, ana, injuries=(Injury(Region.KNEE, current=True, pain=4),))
    feedback.log_all(house, now=house.clock())
    with house.sessions() as session:
        (loaded,) = training.load(session, [ana.id])
        assert answers.given(session, ana.id, NEXT).pains == ()
    assert loaded.progress is not None
    assert [(r.region, r.pain, r.high_weeks) for r in loaded.progress.regions] == [(Region.KNEE, 4, 1)]


def test_pain_told_when_the_sessions_of_the_week_are_over_changes_the_week_to_come(
    house: House, ana: Subscriber, clock: Clock
) -> None:
    clock.forward(days=1, hours=5)
    assert clock.now.date() == SUNDAY
    assert change(house, ana, injuries=(Injury(Region.KNEE, current=True, pain=6),)) is Effect.REST


def test_weights_gone_on_saturday_are_asked_for_in_neither_week(house: House, ana: Subscriber) -> None:
    assert weight_of(planned(house, ana, THIS))
    assert weight_of(planned(house, ana, NEXT))
    assert change(house, ana, equipment=Equipment()) is Effect.REST
    sunday = asked(house, ana, THIS).sessions[1]
    assert all(p.dose.gear is None for p in sunday.exercises)
    assert weight_of(asked(house, ana, NEXT)) == []


def test_a_race_of_tomorrow_told_on_saturday_frees_tomorrow_and_the_days_after(house: House, ana: Subscriber) -> None:
    assert change(house, ana, race=Race(SUNDAY, 42.2)) is Effect.REST
    assert asked(house, ana, THIS).sessions[1].exercises == ()
    assert all(s.exercises == () for s in asked(house, ana, NEXT).sessions)


def test_a_change_that_acts_on_no_planned_week_counts_from_the_next_plan(house: House, ana: Subscriber) -> None:
    assert change(house, ana, minutes=20) is Effect.NEXT
    for monday in (THIS, NEXT):
        assert asked(house, ana, monday) == planned(house, ana, monday)


def test_a_next_week_still_in_the_outbox_is_planned_anew_and_the_running_one_spared(house: House, clock: Clock) -> None:
    runner = in_her_second_week(house, clock)
    clock.forward(days=6)
    plan(house, runner, week_of=NEXT)
    assert change(house, runner, injuries=(Injury(Region.KNEE, current=True, pain=6),)) is Effect.ANEW
    assert doses(asked(house, runner, THIS), 1) != doses(planned(house, runner, THIS), 1)
    plan(house, runner, week_of=NEXT)
    exercises = [slug for n in range(2) for slug, _ in doses(planned(house, runner, NEXT), n)]
    assert all(house.catalogue.by_slug[slug].tissue(Region.KNEE) < 2 for slug in exercises)
