"""The mails around a runner's break, each from its row of the outbox alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app import letters
from mail import breaks
from models import plans, slots
from models.pauses import AWAY

if TYPE_CHECKING:
    from app.wiring import House
    from mail.render import Rendered
    from models.claims import Claimed

WEEK = timedelta(days=7)


def mail(house: House, row: Claimed) -> Rendered:
    """That a break has begun, or that it is over."""
    runner, settings = row.subscriber, house.settings
    account_url = letters.account_url(house)
    unsubscribe_url = letters.unsubscribe_url(house, runner, on=row.created_at.date())
    if row.kind == AWAY:
        return house.renderer.render(
            breaks.away(
                letters.recipient(house, runner),
                until=date.fromisoformat(row.occasion),
                account_url=account_url,
                unsubscribe_url=unsubscribe_url,
                postal_address=settings.postal_address,
            )
        )
    return house.renderer.render(
        breaks.back(
            letters.recipient(house, runner),
            next_mail=_next_mail(house, row).astimezone(ZoneInfo(runner.time_zone)).date(),
            account_url=account_url,
            unsubscribe_url=unsubscribe_url,
            postal_address=settings.postal_address,
        )
    )


def _next_mail(house: House, row: Claimed) -> datetime:
    """When the next weekly mail comes: with this one where the last slot is served yet, as by the run that ended the break."""
    runner, now = row.subscriber, row.created_at
    passed = slots.last_passed(runner.slot, runner.time_zone, now)
    if now - passed.at <= slots.LATE_IS_STILL_DUE:
        with house.sessions() as session:
            planned = plans.planned_at(session, runner.id, passed.week_of)
        if planned is None or planned >= now:
            return now
    return slots.last_passed(runner.slot, runner.time_zone, now + WEEK).at
