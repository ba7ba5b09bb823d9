"""What runners agreed to, in the words they saw, and when they took it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from models.bulk import changed
from models.tables import ConsentRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Consent:
    """withdrawn_at: None while it holds. version: of the text, empty where it has none."""

    text: str
    given_at: datetime
    withdrawn_at: datetime | None
    version: str = ""


def record(session: Session, subscriber_id: int, text: str, *, now: datetime, version: str = "") -> None:
    """Keep that the runner agreed to `text`. now: the moment of agreeing (aware)."""
    session.execute(
        insert(ConsentRow).values(
            subscriber_id=subscriber_id, text=text, given_at=now, withdrawn_at=None, version=version
        )
    )


def withdraw(session: Session, subscriber_id: int, *, now: datetime) -> int:
    """Mark every consent of the runner that still holds as taken back; how many did."""
    held = update(ConsentRow).where(ConsentRow.subscriber_id == subscriber_id, ConsentRow.withdrawn_at.is_(None))
    return changed(session.execute(held.values(withdrawn_at=now)))


def of(session: Session, subscriber_id: int) -> list[Consent]:
    """All consents of a runner, oldest first, withdrawn ones too."""
    rows = session.execute(
        select(ConsentRow.text, ConsentRow.given_at, ConsentRow.withdrawn_at, ConsentRow.version)
        .where(ConsentRow.subscriber_id == subscriber_id)
        .order_by(ConsentRow.given_at, ConsentRow.id)
    )
    return [Consent(*row) for row in rows]
