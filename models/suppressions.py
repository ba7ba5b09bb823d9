"""Addresses that must never be written to again: unsubscribed, bounced, complained. By address, so they outlive the runner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from models.addresses import fingerprint, written
from models.bulk import changed, insert_missing
from models.tables import SuppressionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


ERASED = "erased"
"""The reason when a runner has erased themselves: they may sign up again, and nobody else may bring them back."""

UNREACHABLE = frozenset({"bounced", "complained"})
"""Reasons for which not even a mail somebody asks for goes out: there is nobody there, or somebody who called it spam."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """address: None when its owner was erased; only its fingerprint is left, and still guards."""

    address: str | None
    reason: str
    created_at: datetime


def suppress(session: Session, email: str, reason: str, *, now: datetime) -> bool:
    """Never write to this address again. True when that is new; the first reason stays."""
    row = {
        "address_hash": fingerprint(email),
        "address": written(email),
        "reason": reason,
        "created_at": now,
    }
    return bool(insert_missing(session, SuppressionRow, [row], [SuppressionRow.address_hash]))


def why(session: Session, email: str) -> str | None:
    """The reason for which an address may not be written to; None when it may."""
    return session.scalar(select(SuppressionRow.reason).where(SuppressionRow.address_hash == fingerprint(email)))


def is_suppressed(session: Session, email: str) -> bool:
    """Whether the address may not be written to, however it is spelt."""
    return bool(session.scalar(select(exists().where(SuppressionRow.address_hash == fingerprint(email)))))


def lift(session: Session, email: str) -> bool:
    """Write to the address again: only when its owner asks for it. True when it was suppressed."""
    return bool(
        changed(session.execute(delete(SuppressionRow).where(SuppressionRow.address_hash == fingerprint(email))))
    )


def all(session: Session) -> list[Suppression]:  # noqa: A001 - read as suppressions.all
    """Every suppression, oldest first."""
    rows = session.execute(
        select(SuppressionRow.address, SuppressionRow.reason, SuppressionRow.created_at).order_by(
            SuppressionRow.created_at, SuppressionRow.address_hash
        )
    )
    return [Suppression(address, reason, created_at) for address, reason, created_at in rows]
