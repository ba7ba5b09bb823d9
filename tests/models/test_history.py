"""Looking back: every week, every answer and every profile, with the moment each became known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event

from coach.answers import SILENCE, Answers, Effort, SessionReport
from models import answers, erasing, history, plans, subscribers
from tests.builders import MONDAY, SUNDAY_EVENING, a_profile, a_subscriber, a_week
from tests.models.seeds import LONG_AGO, NEXT_MONDAY, after, many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

WEEK = timedelta(days=7)
EASY = Answers(sessions=(SessionReport(0, Effort.EASY),))
HARD = Answers(sessions=(SessionReport(0, Effort.HARD),))


def test_weeks_come_oldest_first_with_when_they_were_planned_and_folded(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id, week_of=NEXT_MONDAY, now=SUNDAY_EVENING + WEEK)
    with_plan(session, ana.id, week_of=MONDAY)
    plans.save_progress(session, [(ana.id, MONDAY, after(1), 0)], now=SUNDAY_EVENING + WEEK)
    [found] = history.load(session, [ana.id])
    assert found.subscriber == ana
    assert [(k.week.week_of, k.planned_at, k.folded_at) for k in found.weeks] == [
        (MONDAY, SUNDAY_EVENING, SUNDAY_EVENING + WEEK),
        (NEXT_MONDAY, SUNDAY_EVENING + WEEK, None),
    ]
    assert found.weeks[0].week == a_week()


def test_an_answer_counts_from_the_moment_it_was_given(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    for told, at in ((EASY, SUNDAY_EVENING), (HARD, SUNDAY_EVENING + WEEK)):
        answers.record(session, ana.id, MONDAY, told, now=at, source="web")
    [found] = history.load(session, [ana.id])
    assert found.told(MONDAY, SUNDAY_EVENING - WEEK) == SILENCE
    assert found.told(MONDAY, SUNDAY_EVENING) == EASY
    assert found.told(MONDAY, SUNDAY_EVENING + WEEK) == HARD == answers.given(session, ana.id, MONDAY)
    assert found.told(NEXT_MONDAY, SUNDAY_EVENING + WEEK) == SILENCE


def test_a_profile_holds_from_its_day_until_the_next(session: Session) -> None:
    ana = signed_up(session)
    subscribers.add(session, [a_subscriber(profile=a_profile(minutes=25))], now=SUNDAY_EVENING)
    [found] = history.load(session, [ana.id])
    assert found.profile_at(LONG_AGO - WEEK).minutes == 40
    assert found.profile_at(SUNDAY_EVENING - WEEK) == a_profile(key=ana.key)
    assert found.profile_at(SUNDAY_EVENING).minutes == 25


def test_many_runners_are_read_in_three_statements_and_keep_to_themselves(session: Session, engine: Engine) -> None:
    ids = many_signed_up(session, 6)
    with_plan(session, *ids[:4])
    answers.record(session, ids[1], MONDAY, EASY, now=SUNDAY_EVENING, source="web")
    session.commit()
    assert history.with_plans(session) == ids[:4]
    count = 0

    def counting(*_: Any) -> None:
        nonlocal count
        count += 1

    event.listen(engine, "before_cursor_execute", counting)
    found = history.load(session, [*reversed(ids), 999])
    event.remove(engine, "before_cursor_execute", counting)
    assert count == 3
    assert [h.subscriber.id for h in found] == ids[::-1]
    assert [len(h.weeks) for h in found] == [0, 0, 1, 1, 1, 1]
    assert [h.subscriber.id for h in found if h.said] == [ids[1]]


def test_of_an_erased_runner_nothing_is_found(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    erasing.erase(session, ana, now=SUNDAY_EVENING)
    assert history.load(session, [ana.id]) == []
    assert history.with_plans(session) == []


def test_one_runners_past_has_answers_and_what_was_known_after(session: Session) -> None:
    ana, bo = signed_up(session), signed_up(session, "bo@example.org").id
    with_plan(session, ana.id, bo)
    answers.record(session, ana.id, MONDAY, EASY, now=SUNDAY_EVENING, source="web")
    session.commit()
    (before,) = history.past(session, ana.id, since=MONDAY)
    assert (before.week.week_of, before.planned_at) == (MONDAY, SUNDAY_EVENING)
    assert (before.answers, before.told_at, before.progress) == (EASY, SUNDAY_EVENING, None)
    known = after(1)
    plans.save_progress(session, [(ana.id, MONDAY, known, 1)], now=SUNDAY_EVENING)
    (folded,) = history.past(session, ana.id, since=MONDAY)
    assert folded.progress == known
    assert history.past(session, ana.id, since=MONDAY + timedelta(days=1)) == []
    assert [(p.answers, p.told_at) for p in history.past(session, bo, since=MONDAY)] == [(SILENCE, None)]
    assert history.past(session, 999, since=MONDAY) == []
