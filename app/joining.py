"""From a confirmed sign-up to the first mail, and posting at once what a runner is waiting for."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app import delivery, weekly, wiring
from app.account_mails import CONFIRM_WITHIN, MOVE_WITHIN
from models import joining, moves, pauses, slots, tallies
from models.slots import LATE_IS_STILL_DUE

if TYPE_CHECKING:
    from datetime import date

    from app.wiring import House
    from models.subscribers import Subscriber

AT_ONCE = 10
"""Most mails one runner can be waiting for."""

log = logging.getLogger("stridewell.joining")


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
    """End the pauses that are over; forget sign-ups nobody confirmed, changes of address nobody agreed to, and old counts."""
    with house.sessions.begin() as session:
        pauses.wake(session, now=now)
        joining.drop_unconfirmed(session, before=now - CONFIRM_WITHIN - timedelta(days=1))
        moves.forget(session, before=now - MOVE_WITHIN - timedelta(days=1))
        tallies.forget(session, now=now)
