"""Planning a week, runner by runner, against the real store and the real coach."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from app import feedback, letters, weekly
from app.letters import NobodyThere
from app.wiring import House
from coach.answers import Answers, Effort, Pain, SessionReport
from coach.profile import Region
from models import codec, outbox, plans, subscribers
from tests.app.conftest import Clock
from tests.app.people import add, found, plan, tell
from tests.builders import MONDAY, a_profile, a_subscriber

NEXT = MONDAY + timedelta(days=7)
DONE = Answers(sessions=(SessionReport(0, Effort.EASY), SessionReport(1, Effort.EASY)))


def test_a_planned_week_is_stored_and_its_mail_waits_in_the_outbox(house: House) -> None:
    runners = add(house, "ana", "ben")
    counts = plan(house, *runners)
    assert (counts.asked, counts.planned, counts.failures) == (2, 2, ())
    assert {s.key for s in counts.samples} == {r.key for r in runners}
    with house.sessions() as session:
        assert outbox.counts(session)["pending"] == 2
        week = plans.get_week(session, runners[0].id, MONDAY)
    assert week is not None
    assert week.sessions


def test_planning_twice_plans_nothing_twice(house: House) -> None:
    runners = add(house, "ana", "ben")
    plan(house, *runners)
    again = plan(house, *runners)
    assert (again.planned, again.already) == (0, 2)
    with house.sessions() as session:
        assert outbox.counts(session)["pending"] == 2


def test_a_rehearsal_counts_and_stores_nothing(house: House) -> None:
    (ana,) = add(house, "ana")
    counts = weekly.plan(house, [ana.id], MONDAY, now=house.clock(), dry_run=True)
    assert counts.planned == 1
    with house.sessions() as session:
        assert plans.weeks_of(session, ana.id) == []
        assert outbox.counts(session)["pending"] == 0


def test_answers_and_silence_of_last_week_shape_the_next(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    tell(house, ana, DONE)
    plan(house, ana, ben, week_of=NEXT)
    with house.sessions() as session:
        after_answers = plans.get_week(session, ana.id, NEXT)
        after_silence = plans.get_week(session, ben.id, NEXT)
    assert after_answers is not None
    assert after_silence is not None
    assert "silence" in [change.code for change in after_silence.changes]
    assert "silence" not in [change.code for change in after_answers.changes]


def test_one_runners_trouble_is_that_runners_row_and_is_logged_without_name_or_address(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    runners = add(house, *(f"r{i}" for i in range(9)))
    plan(house, *runners)
    damaged, unknown = runners[3], runners[7]
    with house.sessions.begin() as session:
        session.execute(text("UPDATE plans SET week = x'00' WHERE subscriber_id = :id"), {"id": damaged.id})
        week = plans.get_week(session, unknown.id, MONDAY)
        assert week is not None
        gone = tuple(
            replace(s, exercises=(replace(s.exercises[0], exercise="no-longer-there"),)) for s in week.sessions
        )
        blob = codec.encode(replace(week, sessions=gone))
        session.execute(
            text("UPDATE plans SET week = :week WHERE subscriber_id = :id"), {"id": unknown.id, "week": blob}
        )
    with caplog.at_level(logging.ERROR):
        counts = plan(house, *runners, week_of=NEXT)
    assert f"number {damaged.id}" in [f.key for f in counts.failures]
    assert counts.planned == 9 - len(counts.failures)
    assert counts.planned >= 7
    assert str(damaged.id) in caplog.text
    assert "example.org" not in caplog.text
    assert "R3" not in caplog.text


def test_a_week_behind_a_planned_one_is_passed_over(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana, week_of=NEXT)
    counts = plan(house, ana, week_of=MONDAY)
    assert (counts.planned, counts.passed_over) == (0, 1)


def test_a_runner_is_due_when_the_slot_has_come_where_they_live(house: House, clock: Clock) -> None:
    with house.sessions.begin() as session:
        subscribers.add(
            session,
            [
                a_subscriber(email="asha@example.org", time_zone="Asia/Kolkata"),
                a_subscriber(email="sam@example.org", time_zone="America/New_York"),
            ],
            now=clock() - timedelta(days=1),
        )
    assert weekly.due(house, clock()).by_week == {MONDAY: [found(house, "asha").id]}
    clock.forward(hours=5)
    assert weekly.due(house, clock()).by_week == {MONDAY: [found(house, "asha").id, found(house, "sam").id]}


def test_a_preview_stores_nothing_and_shows_what_the_runner_will_get(house: House) -> None:
    (ana,) = add(house, "ana")
    week, mail = letters.preview(house, ana, None, today=house.clock().date())
    assert week.week_of == MONDAY
    assert "Ana" in mail.text
    assert house.settings.public_url in mail.html
    plan(house, ana)
    with house.sessions() as session:
        assert plans.get_week(session, ana.id, MONDAY) == week


def test_a_preview_of_a_week_that_never_was_is_refused(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana, week_of=NEXT)
    with pytest.raises(NobodyThere):
        letters.preview(house, ana, MONDAY, today=house.clock().date())


@pytest.mark.parametrize("who", ["nobody@example.org", "no-such-key"])
def test_a_runner_who_is_not_there_is_said(house: House, who: str) -> None:
    with pytest.raises(NobodyThere, match=who):
        letters.find(house, who)


def test_a_late_answer_changes_the_week_after(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    for week_of in (MONDAY, NEXT):
        plan(house, ana, ben, week_of=week_of)
    tell(house, ana, replace(DONE, pains=(Pain(Region.KNEE, 5),)))
    feedback.log_all(house, now=house.clock())
    later = NEXT + timedelta(days=7)
    plan(house, ana, ben, week_of=later)
    with house.sessions() as session:
        changed, unchanged = (plans.get_week(session, r.id, later) for r in (ana, ben))
    assert changed is not None
    assert unchanged is not None
    assert Region.KNEE in changed.paused_regions
    assert Region.KNEE not in unchanged.paused_regions


def test_a_chunk_of_every_kind_of_runner_is_planned(house: House) -> None:
    add(house, "young", birth_year=2012)
    add(house, "old", birth_year=1940)
    add(house, "busy", minutes=10)
    runners = [found(house, n) for n in ("young", "old", "busy")]
    counts = plan(house, *runners)
    assert counts.planned + len(counts.failures) == 3
    assert counts.resting >= 1
    assert a_profile().minutes == 40
