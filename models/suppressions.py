"""Addresses that must not be written to: unsubscribed, bounced, complained, erased. By address, so they outlive the runner.

This is the one place that knows what a reason forbids, and when it ends.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select, update

from coach.errors import StridewellError
from models.addresses import fingerprint, written
from models.bulk import changed, insert_missing
from models.tables import OutboxRow, ReturnRow, SubscriberRow, SuppressionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


ERASED = "erased"
"""The reason when a runner has erased themselves: they may sign up again, and nobody else may bring them back."""

BOUNCED = "bounced"
"""The reason when nobody is at the address: nothing goes there, not even a mail that somebody asks for."""

COMPLAINED = "complained"
"""The reason when our mail was called spam: only the runner ends it, by signing up or in. No operator and no import can."""

MAY_SIGN_UP = frozenset({ERASED, COMPLAINED})
"""Reasons that do not stand in the way of somebody who signs up anew, and confirms from that address."""

FROM_OUTSIDE = frozenset({BOUNCED, COMPLAINED})
"""Reasons that no runner gave us; they take the place of another reason, and erasing a runner leaves them."""


class ComplaintStands(StridewellError):
    """An operator cannot write again to somebody who complained."""

    def __init__(self) -> None:
        super().__init__(
            "This runner called our mail spam, so nobody but the runner can start it again: "
            "by signing in, or by signing up, with the same address."
        )


def suppress(session: Session, email: str, reason: str, *, now: datetime) -> bool:
    """Do not write to this address again. True when that is new; the first reason stays, but for one FROM_OUTSIDE."""
    row = {
        "address_hash": fingerprint(email),
        "address": written(email),
        "reason": reason,
        "created_at": now,
    }
    if insert_missing(session, SuppressionRow, [row], [SuppressionRow.address_hash]):
        return True
    if reason not in FROM_OUTSIDE:
        return False
    weaker = SuppressionRow.address_hash == row["address_hash"], SuppressionRow.reason.not_in(FROM_OUTSIDE)
    return bool(changed(session.execute(update(SuppressionRow).where(*weaker).values(reason=reason, created_at=now))))


def bars(reason: str | None, *, asked_for: bool) -> bool:
    """Whether a letter must stay. asked_for: somebody waits for it now, like a link to sign in."""
    return reason == BOUNCED if asked_for else reason is not None


def why(session: Session, email: str) -> str | None:
    """The reason for which an address may not be written to; None when it may."""
    return session.scalar(select(SuppressionRow.reason).where(SuppressionRow.address_hash == fingerprint(email)))


def is_suppressed(session: Session, email: str) -> bool:
    """Whether the address may not be written to, however it is spelt."""
    return bool(session.scalar(select(exists().where(SuppressionRow.address_hash == fingerprint(email)))))


def lift(session: Session, email: str) -> bool:
    """Write to the address again: only when its owner asks for it. True when it was suppressed."""
    forget_returns(session, email)
    return bool(
        changed(session.execute(delete(SuppressionRow).where(SuppressionRow.address_hash == fingerprint(email))))
    )


def forget_returns(session: Session, email: str) -> None:
    """What has come back from an address counts no more: its owner says that it works, or has moved."""
    whose = select(SubscriberRow.id).where(SubscriberRow.address_hash == fingerprint(email))
    letters = select(OutboxRow.id).where(OutboxRow.subscriber_id.in_(whose))
    session.execute(update(ReturnRow).where(ReturnRow.letter_id.in_(letters)).values(letter_id=None))


def forget_address(session: Session, email: str) -> None:
    """Keep only the fingerprint of an address that may not be written to: it guards without it."""
    session.execute(
        update(SuppressionRow).where(SuppressionRow.address_hash == fingerprint(email)).values(address=None)
    )


def lift_by_hand(session: Session, email: str) -> bool:
    """As `lift`, by an operator who was asked to. Raises ComplaintStands."""
    if why(session, email) == COMPLAINED:
        raise ComplaintStands
    return lift(session, email)
