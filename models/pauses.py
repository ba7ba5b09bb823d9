"""Pauses: no plan and no weekly letter until a moment the runner has chosen, or until somebody ends them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from models.bulk import changed
from models.people import Status
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def pause(session: Session, subscriber_id: int, *, until: datetime, now: datetime) -> bool:
    """Pause an active runner until a moment (aware), or move the end of a pause; False for one who is neither.

    The pause ends by itself: see `wake`.
    """
    there = SubscriberRow.id == subscriber_id, SubscriberRow.status.in_([Status.ACTIVE, Status.PAUSED])
    paused = update(SubscriberRow).where(*there).values(status=Status.PAUSED.value, status_at=now, paused_until=until)
    return bool(changed(session.execute(paused)))


def wake(session: Session, *, now: datetime) -> int:
    """Make everyone active whose pause is over by `now`; how many.

    They count as active from the end of the pause on, so a delivery slot that came since is theirs.
    """
    over = SubscriberRow.status == Status.PAUSED, SubscriberRow.paused_until <= now
    woken = (
        update(SubscriberRow)
        .where(*over)
        .values(status=Status.ACTIVE.value, status_at=SubscriberRow.paused_until, paused_until=None)
    )
    return changed(session.execute(woken))
