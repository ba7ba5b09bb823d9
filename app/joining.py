"""From what is asked for on a page to the first mail, and posting at once what a runner is waiting for."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app import delivery, mail_limits, weekly, wiring
from app.account_mails import CONFIRM_WITHIN, MOVE_WITHIN
from models import joining, moves, outbox, pauses, requests, slots, subscribers, suppressions, tallies
from models.people import Status
from models.slots import LATE_IS_STILL_DUE

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.wiring import House
    from models.people import Subscriber
    from models.requests import Request

AT_ONCE = 10
"""Most mails one runner can be waiting for."""

log = logging.getLogger("stridewell.joining")


def work_off(house: House, number: int) -> int | None:
    """Do what a request asks for, once, whoever comes to it first; the number of the runner for whom a mail waits, if one does."""
    waits = None
    with house.sessions.begin() as session:
        for asked in requests.take(session, number):
            waits = _work_off(session, asked, now=house.clock()) or waits
    return waits


def work_off_all(house: House) -> None:
    """Do what was asked for and not done, as its process ended before. What cannot be done waits, and the others do not wait for it."""
    with house.sessions() as session:
        waiting = requests.waiting(session)
    for number in waiting:
        try:
            work_off(house, number)
        except Exception as error:  # noqa: BLE001 one runner's trouble stays there
            log.error("request %d waits for the next delivery: %s", number, type(error).__name__)  # noqa: TRY400 a traceback might show health data


def _work_off(session: Session, asked: Request, *, now: datetime) -> int | None:
    """Keep who signs up, and queue the mail an address gets, if it gets one: to confirm, or to sign in."""
    if asked.new is not None:
        runner = joining.join(session, asked.new, now=now).runner
    else:
        runner = subscribers.find(session, asked.email)
    if not mail_limits.fine(session, asked.email, now=now) or runner is None:
        return None
    reason = suppressions.why(session, asked.email)
    if suppressions.bars(reason, asked_for=True):
        return None
    if reason == suppressions.COMPLAINED and not mail_limits.fine_after_complaint(session, asked.email, now=now):
        return None
    kind = outbox.CONFIRM if runner.status == Status.PENDING else outbox.SIGN_IN
    outbox.enter_one(session, runner, kind, now=now, occasion=secrets.token_hex(8))
    return runner.id


def first_week(house: House, runner: Subscriber, *, now: datetime) -> bool:
    """Plan the first week of a runner who has just confirmed, by the same road as every other; whether it is planned.

    The mail is then with the runner in minutes, instead of at the next delivery slot. That slot passes the runner over, as
    the week has its plan. What goes wrong here is left to it.
    """
    counts = weekly.plan(house, [runner.id], first_monday(runner, now), now=now)
    return counts.planned == 1


def first_monday(runner: Subscriber, now: datetime) -> date:
    """The week to begin with: that of the last delivery slot, while it is still served; else that of the next."""
    passed = slots.last_passed(runner.slot, runner.time_zone, now)
    return passed.week_of if now - passed.at <= LATE_IS_STILL_DUE else passed.week_of + timedelta(days=7)


def post(house: House, subscriber_id: int) -> None:
    """Post what waits for one runner, now. What goes wrong stays in the outbox, for the next delivery."""
    try:
        with wiring.transport(house) as way:
            delivery.deliver_batch(house, way, worker=house.worker, limit=AT_ONCE, now=house.clock(), of=subscriber_id)
    except Exception as error:  # noqa: BLE001 the page has been answered; the next delivery tries again
        log.error("mails of runner number %d wait for the next delivery: %s", subscriber_id, type(error).__name__)  # noqa: TRY400 a traceback might show an address


def tidy(house: House, *, now: datetime) -> None:
    """End the pauses that are over; forget sign-ups nobody confirmed or that could not be kept, changes of address nobody agreed to, and old counts."""
    with house.sessions.begin() as session:
        pauses.wake(session, now=now)
        joining.drop_unconfirmed(session, before=now - CONFIRM_WITHIN - timedelta(days=1))
        requests.forget(session, before=now - CONFIRM_WITHIN - timedelta(days=1))
        moves.forget(session, before=now - MOVE_WITHIN - timedelta(days=1))
        tallies.forget(session, now=now)
