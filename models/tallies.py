"""How often something was done in a while: limits that hold for every process, and tickets that work once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import delete

from models.bulk import changed, inserting
from models.database import take_write_lock
from models.tables import TallyRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def within(session: Session, what: str, *, most: int, per: timedelta, now: datetime) -> bool:
    """Count one more of `what` in the running window; False when that makes more than `most`.

    Windows of length `per` follow one another from the beginning of time, so up to twice `most` fit around an edge.
    Only a fingerprint of `what` is kept. Commit even when it says no: the count has gone up.
    """
    began = datetime.min.replace(tzinfo=UTC)
    until = now + per - (now - began) % per
    return _count(session, what, until) <= most


def once(session: Session, what: str, *, until: datetime) -> bool:
    """True the first time, and False ever after. until: when it needs to be remembered no longer."""
    return _count(session, what, until) == 1


def forget(session: Session, *, now: datetime) -> int:
    """Drop the counts of windows that are over; how many."""
    return changed(session.execute(delete(TallyRow).where(TallyRow.until <= now)))


def _count(session: Session, what: str, until: datetime) -> int:
    take_write_lock(session)
    row = {"what": sha256(what.encode()).hexdigest(), "until": until, "count": 1}
    return int(
        session.execute(
            inserting(session, TallyRow)
            .values(row)
            .on_conflict_do_update(index_elements=[TallyRow.what, TallyRow.until], set_={"count": TallyRow.count + 1})
            .returning(TallyRow.count)
        ).scalar_one()
    )
