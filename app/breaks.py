"""The mails around a runner's break, each from its row of the outbox alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app import letters
from mail import breaks
from models import slots
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
    following = slots.last_passed(runner.slot, runner.time_zone, row.created_at + WEEK).at
    return house.renderer.render(
        breaks.back(
            letters.recipient(house, runner),
            next_mail=following.astimezone(ZoneInfo(runner.time_zone)).date(),
            account_url=account_url,
            unsubscribe_url=unsubscribe_url,
            postal_address=settings.postal_address,
        )
    )
