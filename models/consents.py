"""What runners agreed to, in the words they saw. Taking it back is erasing: models/erasing.py takes these rows along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.tables import ConsentRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Consent:
    """version: of the text, empty where it has none."""

    text: str
    given_at: datetime
    version: str = ""


def of(session: Session, subscriber_id: int) -> list[Consent]:
    """All consents of a runner, oldest first."""
    rows = session.execute(
        select(ConsentRow.text, ConsentRow.given_at, ConsentRow.version)
        .where(ConsentRow.subscriber_id == subscriber_id)
        .order_by(ConsentRow.given_at, ConsentRow.id)
    )
    return [Consent(*row) for row in rows]
