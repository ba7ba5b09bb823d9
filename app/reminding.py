"""Reminding those who want it, once a week, that an answer takes one tap."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app import letters
from mail import reminder
from models import outbox, reminders
from models.tables import REMINDER

if TYPE_CHECKING:
    from app.wiring import House
    from coach.week import Week
    from mail.render import Rendered
    from models.people import Subscriber

EARLIEST = 2
"""Wednesday: nobody is reminded of a Monday's session on Tuesday."""

LATE_IS_STILL_DUE = timedelta(days=1)
"""After downtime: a reminder later than that would come with the next week."""


def queue(house: House, *, now: datetime) -> int:
    """Put the reminders that are due by now (aware) into the outbox; how many are new. Doing it twice adds none."""
    with house.sessions() as session:
        # Nobody's week of a Monday before that is still under way, in any zone.
        waiting = reminders.unanswered(session, now.date() - timedelta(days=8))
    due = [
        (one.subscriber.id, one.week.week_of, REMINDER)
        for one in waiting
        if (at := reminds_at(one.subscriber, one.week)) is not None and at <= now <= at + LATE_IS_STILL_DUE
    ]
    if not due:
        return 0
    with house.sessions.begin() as session:
        return outbox.queue(session, due, now=now)


def reminds_at(runner: Subscriber, week: Week) -> datetime | None:
    """When a runner is reminded of a week: at the hour of their mails, the day after its first session, from Wednesday on.

    None for a week without sessions, or with its first one on its last day: then the next mail asks soon enough.
    """
    if not week.sessions:
        return None
    day = max(EARLIEST, min(s.day for s in week.sessions) + 1)
    if day > 6:
        return None
    hour = time(runner.slot.minute // 60, runner.slot.minute % 60)
    return datetime.combine(week.week_of + timedelta(days=day), hour, ZoneInfo(runner.time_zone))


def mail(house: House, runner: Subscriber, week: Week, *, at: datetime) -> Rendered:
    """The reminder. at: when it was queued."""
    today = at.astimezone(ZoneInfo(runner.time_zone)).date()
    return house.renderer.render(
        reminder.reminder(
            letters.recipient(house, runner),
            week,
            today=today,
            urls=letters.urls(house, runner, week.week_of, on=at.date()),
            postal_address=house.settings.postal_address,
        )
    )
