"""Pauses: no plan and no weekly letter until a moment the runner has chosen, or until somebody ends them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from models import outbox, plans
from models.bulk import changed
from models.database import take_write_lock
from models.people import Status
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.outbox import Entry

AWAY = "away"
BACK = "back"
KINDS = frozenset({AWAY, BACK})
"""The letters around a pause. Their occasion is the day it ends, on the runner's own calendar: 2026-12-06."""


def pause(session: Session, subscriber_id: int, *, until: datetime, now: datetime) -> bool:
    """Pause an active runner until a moment (aware), or move the end of a pause; False for one who is neither.

    A letter says so. A week planned and not posted yet is taken back. The pause ends by itself: see `wake`.
    """
    take_write_lock(session)
    there = SubscriberRow.id == subscriber_id, SubscriberRow.status.in_([Status.ACTIVE, Status.PAUSED])
    zone = session.scalar(select(SubscriberRow.time_zone).where(*there).with_for_update())
    if zone is None:
        return False
    session.execute(
        update(SubscriberRow).where(*there).values(status=Status.PAUSED.value, status_at=now, paused_until=until)
    )
    plans.take_back_unposted(session, subscriber_id)
    outbox.queue(session, [_letter(AWAY, subscriber_id, until, zone)], now=now)
    return True


def wake(session: Session, *, now: datetime) -> int:
    """Make everyone active whose pause is over by `now`, and put a letter that says so in the outbox; how many.

    They count as active from the end of the pause on, so a delivery slot that came since is theirs.
    """
    take_write_lock(session)
    over = SubscriberRow.status == Status.PAUSED, SubscriberRow.paused_until <= now
    woken = session.execute(
        select(SubscriberRow.id, SubscriberRow.paused_until, SubscriberRow.time_zone).where(*over).with_for_update()
    ).all()
    if not woken:
        return 0
    moved = session.execute(
        update(SubscriberRow)
        .where(*over)
        .values(status=Status.ACTIVE.value, status_at=SubscriberRow.paused_until, paused_until=None)
    )
    outbox.queue(session, [_letter(BACK, i, until, zone) for i, until, zone in woken], now=now)
    return changed(moved)


def _letter(kind: str, subscriber_id: int, until: datetime, zone: str) -> Entry:
    day = until.astimezone(ZoneInfo(zone)).date()
    return (subscriber_id, day - timedelta(days=day.weekday()), kind, day.isoformat())
