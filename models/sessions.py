"""What is signed in, and until when: a cookie says since when it holds, the store says what is too old."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from models.people import COLUMNS, Status, Subscriber, subscriber_of
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MAY = (Status.ACTIVE, Status.PAUSED, Status.UNSUBSCRIBED)
"""Who may be signed in: unsubscribed runners too, since what is kept of them is theirs to see."""


def signed_in(session: Session, key: str, *, since: datetime) -> Subscriber | None:
    """The runner who signed in at a moment; None once signed out, erased or never confirmed."""
    row = session.execute(
        select(*COLUMNS, SubscriberRow.signed_out_at).where(SubscriberRow.key == key, SubscriberRow.status.in_(_MAY))
    ).one_or_none()
    if row is None or (row.signed_out_at is not None and since <= row.signed_out_at):
        return None
    return subscriber_of(row)


def sign_out(session: Session, subscriber_id: int, *, now: datetime) -> None:
    """End everything that is signed in for a runner, on every device."""
    session.execute(update(SubscriberRow).where(SubscriberRow.id == subscriber_id).values(signed_out_at=now))
