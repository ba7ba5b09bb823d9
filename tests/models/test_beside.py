"""What a weekly mail tells besides its week, as it was known when the mail was queued."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import event

from coach.answers import Answers, Effort, SessionReport
from models import answers, subscribers
from models.beside import beside
from tests.builders import MONDAY, SUNDAY_EVENING, a_profile, a_subscriber, a_week
from tests.models.seeds import many_signed_up, signed_up, with_plan

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

WEEK = timedelta(days=7)
EASY = Answers(sessions=(SessionReport(0, Effort.EASY),))


def answered(session: Session, told: list[bool], *, source: str = "web") -> int:
    """The row of a runner who answered these weeks, oldest first, asked about on the Sunday after them."""
    ana = signed_up(session)
    for n, spoke in enumerate(told):
        with_plan(session, ana.id, week_of=MONDAY + n * WEEK, now=SUNDAY_EVENING + n * WEEK)
        if spoke:
            answers.record(session, ana.id, MONDAY + n * WEEK, EASY, now=SUNDAY_EVENING + n * WEEK, source=source)
    moment = SUNDAY_EVENING + len(told) * WEEK
    return beside(session, [ana.id], MONDAY + len(told) * WEEK, by=moment, before={})[ana.id].answered


def test_weeks_answered_are_counted_back_to_the_last_silent_one(session: Session) -> None:
    assert answered(session, [True, False, True, True, True]) == 3


def test_every_week_answered_since_the_beginning_counts(session: Session) -> None:
    assert answered(session, [True, True]) == 2


def test_last_week_without_an_answer_ends_the_row(session: Session) -> None:
    assert answered(session, [True, True, False]) == 0


def test_a_runners_first_week_has_no_row(session: Session) -> None:
    assert answered(session, []) == 0


def test_what_a_person_entered_is_no_answer_of_the_runner(session: Session) -> None:
    assert answered(session, [True, True], source=answers.OPERATOR) == 0


def test_what_became_known_later_does_not_change_a_mail_written_again(session: Session) -> None:
    ana = signed_up(session)
    with_plan(session, ana.id)
    moment = SUNDAY_EVENING + WEEK
    first = beside(session, [ana.id], MONDAY + WEEK, by=moment, before={})
    answers.record(session, ana.id, MONDAY, EASY, now=moment + timedelta(hours=1), source="web")
    subscribers.add(session, [a_subscriber(profile=a_profile(runs=()))], now=moment + timedelta(hours=1))
    assert beside(session, [ana.id], MONDAY + WEEK, by=moment, before={}) == first
    later = beside(session, [ana.id], MONDAY + WEEK, by=moment + WEEK, before={})[ana.id]
    assert (later.answered, later.profile.runs) == (1, ())


def test_an_earlier_plan_comes_along_when_it_is_asked_for_and_was_there(session: Session) -> None:
    ana, ben = many_signed_up(session, 2)
    with_plan(session, ana)
    asked = {ana: MONDAY, ben: MONDAY}
    found = beside(session, [ana, ben], MONDAY + WEEK, by=SUNDAY_EVENING + WEEK, before=asked)
    assert (found[ana].before, found[ben].before) == (a_week(), None)


def test_it_takes_three_statements_however_many_runners(session: Session, engine: Engine) -> None:
    ids = many_signed_up(session, 40)
    with_plan(session, *ids)
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    found = beside(session, ids, MONDAY + WEEK, by=SUNDAY_EVENING + WEEK, before=dict.fromkeys(ids, MONDAY))
    assert len(found) == 40
    assert len(statements) == 3
