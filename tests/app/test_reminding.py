"""Runners who want it are reminded once a week, on their own clock, and nobody else is."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest

from app import delivery, reminding
from app.wiring import House
from coach.answers import Answers, Effort, SessionReport
from models import answers, choices, claims, plans, subscribers
from models.choices import Choice
from models.people import Status, Subscriber
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.app.test_delivery import claimed, states
from tests.builders import MONDAY, a_session, a_week, take_letters


def due(house: House, runner: Subscriber) -> datetime:
    """When the runner is to be reminded of the planned week, in UTC."""
    with house.sessions() as session:
        week = plans.get_week(session, runner.id, MONDAY)
    assert week is not None
    at = reminding.reminds_at(runner, week)
    assert at is not None
    return at.astimezone(UTC)


def wants(house: House, *runners: Subscriber, wanted: bool = True) -> None:
    with house.sessions.begin() as session:
        for runner in runners:
            choices.want(session, runner.id, Choice.REMINDER, wanted=wanted, now=house.clock())


def queue(house: House, at: datetime) -> int:
    return reminding.queue(house, now=at)


def test_only_who_wants_it_is_reminded_and_once(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    wants(house, ana)
    assert queue(house, due(house, ana) - timedelta(minutes=1)) == 0
    assert queue(house, due(house, ana)) == 1
    assert queue(house, due(house, ana)) == 0
    assert queue(house, due(house, ana) + timedelta(hours=3)) == 0


def test_who_has_answered_is_left_in_peace_but_an_operators_note_is_no_answer(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    wants(house, ana, ben)
    tell(house, ana, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    with house.sessions.begin() as session:
        answers.record(session, ben.id, MONDAY, Answers(cleared=True), now=house.clock(), source=answers.OPERATOR)
    assert queue(house, due(house, ana)) == 1


def test_after_a_day_it_is_too_late(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    wants(house, ana)
    assert queue(house, due(house, ana) + timedelta(days=1, minutes=1)) == 0


def test_no_is_heeded_and_so_are_a_break_and_an_ending(house: House) -> None:
    ana, ben, cleo = add(house, "ana", "ben", "cleo")
    plan(house, ana, ben, cleo)
    mailed(house)
    wants(house, ana, ben, cleo)
    wants(house, ana, wanted=False)
    with house.sessions.begin() as session:
        subscribers.set_status(session, ben.id, Status.PAUSED, now=house.clock())
        subscribers.unsubscribe(session, cleo.id, now=house.clock(), reason="test")
    assert queue(house, due(house, ana)) == 0


def test_a_reminder_under_way_stops_at_a_break(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    wants(house, ana)
    mailed(house)
    assert queue(house, due(house, ana)) == 1
    with house.sessions.begin() as session:
        subscribers.set_status(session, ana.id, Status.PAUSED, now=house.clock())
        assert take_letters(session, worker="one", limit=9, lease_s=300, now=due(house, ana)) == []
    assert states(house) == {"failed": 2}


def mailed(house: House) -> None:
    """What waited is in the hands of a delivery."""
    with house.sessions.begin() as session:
        assert take_letters(session, worker="one", limit=9, lease_s=300, now=house.clock())


@pytest.mark.parametrize(
    ("days", "weekday"),
    [((0, 3), 2), ((1, 4), 2), ((2, 5), 3), ((5,), 6), ((6,), None), ((), None)],
    ids=["Monday", "Tuesday", "Wednesday", "Saturday", "Sunday", "no session"],
)
def test_the_day_follows_the_first_session_and_is_a_wednesday_at_the_earliest(
    house: House, days: tuple[int, ...], weekday: int | None
) -> None:
    (ana,) = add(house, "ana")
    week = a_week(sessions=tuple(a_session(day=day) for day in days))
    at = reminding.reminds_at(ana, week)
    assert (None if at is None else at.weekday()) == weekday
    assert at is None or (at.hour, at.minute) == (17, 0)


def test_the_mail_asks_for_the_sessions_that_have_been(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    wants(house, ana)
    clock.now = due(house, ana)
    delivery.deliver_all(house, _Nowhere(), worker="w")
    assert queue(house, due(house, ana)) == 1
    message = delivery.message(house, claimed(house))
    assert delivery.message(house, replaced(house)) == message, "a second try is the same mail"
    mail = email.message_from_bytes(message.data, policy=email.policy.SMTP)
    assert mail["Subject"] == "How is week 1 going?"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    asked = text.count("One tap is enough.")
    assert asked == 1, "of the first session, and of none to come"


class _Nowhere:
    """Takes every mail and keeps none."""

    def send_batch(self, messages: list[object]) -> list[object]:
        from mail.outcomes import Accepted

        return [Accepted("250 Ok") for _ in messages]


def replaced(house: House) -> claims.Claimed:
    with house.sessions() as session:
        (row,) = [row for row in claims.read(session, range(1, 9)) if row.kind == "reminder"]
    return row
