"""Erasing a runner with a receipt: how much went, and when, and nothing that tells who it was."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from models import requests, suppressions
from models.addresses import fingerprint
from models.bulk import changed
from models.database import take_write_lock
from models.people import Status, Subscriber
from models.tables import (
    AnswerRow,
    ChoiceRow,
    ConsentRow,
    ErasureRow,
    MoveRow,
    OutboxRow,
    PlanRow,
    ProfileRow,
    SnapshotRow,
    SubscriberRow,
)

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

    Profile, plans, answers, progress, letters, consents, what was asked for on a page, name and address go. What stays: the
    number, so that work under way meets an erased runner and not another; the fingerprint of the address, so that no import
    brings it back; and the receipt, tied to nobody.
    """
    take_write_lock(session)
    there = SubscriberRow.id == runner.id
    email = session.scalar(select(SubscriberRow.email).where(there).with_for_update())
    if email is None:
        return None
    if suppressions.why(session, email) not in suppressions.FROM_OUTSIDE:
        suppressions.lift(session, email)
        suppressions.suppress(session, email, suppressions.ERASED, now=now)
    suppressions.forget_address(session, email)
    requests.drop(session, fingerprint(email))
    gone = {name: _drop(session, table, runner) for name, table in _COUNTED.items()}
    for table in (MoveRow, ChoiceRow):
        _drop(session, table, runner)
    session.execute(
        update(SubscriberRow)
        .where(there)
        .values(
            key=f"erased-{runner.id}",
            email=None,
            address_hash=None,
            name="",
            time_zone="UTC",
            slot_weekday=0,
            slot_minute=0,
            units="kg",
            status=Status.ERASED.value,
            status_at=now,
            paused_until=None,
            signed_out_at=now,
        )
    )
    receipt = Receipt(reference=_reference(), erased_at=now, **gone)
    session.execute(insert(ErasureRow).values({"reference": receipt.reference, "erased_at": now, **gone}))
    return receipt


def find(session: Session, reference: str) -> Receipt | None:
    """The receipt of a reference."""
    row = session.get(ErasureRow, reference.strip().upper())
    if row is None:
        return None
    return Receipt(row.reference, row.erased_at, **{name: getattr(row, name) for name in _COUNTED})


def _drop(session: Session, table: type[Any], runner: Subscriber) -> int:
    return changed(session.execute(delete(table).where(table.subscriber_id == runner.id)))


def _reference() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
