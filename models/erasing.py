"""Erasing a runner with a receipt: how much went, and when, and nothing that tells who it was."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from models import subscribers, suppressions
from models.database import take_write_lock
from models.people import Subscriber
from models.tables import AnswerRow, ConsentRow, ErasureRow, OutboxRow, PlanRow, ProfileRow, SnapshotRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_COUNTED: dict[str, type[Any]] = {
    "profiles": ProfileRow,
    "plans": PlanRow,
    "answers": AnswerRow,
    "snapshots": SnapshotRow,
    "letters": OutboxRow,
    "consents": ConsentRow,
}

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Those that nobody mistakes for another when reading a reference out."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """reference: random, like "K7QM-2XNA-94PD". The counts: rows that went, by what they held."""

    reference: str
    erased_at: datetime
    profiles: int
    plans: int
    answers: int
    snapshots: int
    letters: int
    consents: int


def erase(session: Session, runner: Subscriber, *, now: datetime) -> Receipt | None:
    """Forget a runner who asks for it, and bar the address to everybody but its owner; None when there was nothing left.

    What stays is the fingerprint of the address, so that no import brings it back, and the receipt, tied to nobody.
    """
    take_write_lock(session)
    counts = {
        name: session.scalar(select(func.count()).select_from(table).where(table.subscriber_id == runner.id)) or 0
        for name, table in _COUNTED.items()
    }
    reason = suppressions.why(session, runner.email)
    if reason not in suppressions.FROM_OUTSIDE:
        suppressions.lift(session, runner.email)
        suppressions.suppress(session, runner.email, suppressions.ERASED, now=now)
    if not subscribers.erase(session, runner.id, now=now):
        return None
    receipt = Receipt(reference=_reference(), erased_at=now, **counts)
    session.execute(insert(ErasureRow).values({"reference": receipt.reference, "erased_at": now, **counts}))
    return receipt


def find(session: Session, reference: str) -> Receipt | None:
    """The receipt of a reference."""
    row = session.get(ErasureRow, reference.strip().upper())
    if row is None:
        return None
    return Receipt(row.reference, row.erased_at, **{name: getattr(row, name) for name in _COUNTED})


def _reference() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
