"""Changing an address: both ends say yes by mail, then it takes place, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, select, update

from models import subscribers, suppressions
from models.addresses import fingerprint, written
from models.bulk import changed, insert_missing
from models.database import take_write_lock
from models.people import Subscriber
from models.tables import MoveRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

End = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Move:
    """A change that waits. address: the new one. occasion: which change a link is about."""

    address: str
    occasion: str
    asked_at: datetime
    old_agreed: bool
    new_agreed: bool


def ask(session: Session, runner: Subscriber, address: str, *, occasion: str, now: datetime) -> bool:
    """Begin a change of address, in the place of one that waits. False when nobody may be written to there, or it is taken.

    That is never shown to whoever asks: the change then waits for an answer that does not come. Where mail to the old address
    comes back, nobody there can say yes, and being signed in is enough.
    """
    take_write_lock(session)
    session.execute(delete(MoveRow).where(MoveRow.subscriber_id == runner.id))
    gone = suppressions.why(session, runner.email) == suppressions.BOUNCED
    row = {
        "subscriber_id": runner.id,
        "occasion": occasion,
        "address": written(address),
        "asked_at": now,
        "old_agreed_at": now if gone else None,
    }
    insert_missing(session, MoveRow, [row], [MoveRow.subscriber_id])
    return not suppressions.is_suppressed(session, address) and _is_free(session, runner, address)


def of(session: Session, subscriber_id: int) -> Move | None:
    """The change of address that waits for a runner, if one does."""
    row = session.execute(select(MoveRow).where(MoveRow.subscriber_id == subscriber_id)).scalar_one_or_none()
    if row is None:
        return None
    old, new = row.old_agreed_at is not None, row.new_agreed_at is not None
    return Move(row.address, row.occasion, row.asked_at, old, new)


def cancel(session: Session, subscriber_id: int) -> bool:
    """Let the address stay as it is; False when no change was waiting."""
    return bool(changed(session.execute(delete(MoveRow).where(MoveRow.subscriber_id == subscriber_id))))


def agree(session: Session, runner: Subscriber, end: End, *, occasion: str, now: datetime) -> Move | None:
    """One end says yes; with both, the address changes and everything signed in ends. None when that change waits no longer.

    The move that comes back shows who has agreed. A new address that has become another runner's meanwhile ends the change.
    """
    take_write_lock(session)
    column = MoveRow.old_agreed_at if end == "old" else MoveRow.new_agreed_at
    there = MoveRow.subscriber_id == runner.id, MoveRow.occasion == occasion
    if not changed(session.execute(update(MoveRow).where(*there).values({column: now}))):
        return None
    move = of(session, runner.id)
    if move is None or not (move.old_agreed and move.new_agreed):
        return move
    cancel(session, runner.id)
    if not _is_free(session, runner, move.address):
        return None
    suppressions.forget_returns(session, runner.email)
    moved = {"email": move.address, "address_hash": fingerprint(move.address), "signed_out_at": now}
    session.execute(update(SubscriberRow).where(SubscriberRow.id == runner.id).values(moved))
    return move


def forget(session: Session, *, before: datetime) -> int:
    """Drop changes asked for before a moment that both ends never agreed to; how many."""
    return changed(session.execute(delete(MoveRow).where(MoveRow.asked_at < before)))


def _is_free(session: Session, runner: Subscriber, address: str) -> bool:
    there = subscribers.find(session, address)
    return there is None or there.id == runner.id
