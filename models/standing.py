"""Which runners are still there, held in place while something is written for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from models.people import Status
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def keys_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The keys of those runners that are not erased; until the transaction ends, none of them can be.

    ids: at most bulk.CHUNK.
    """
    rows = session.execute(
        select(SubscriberRow.id, SubscriberRow.key)
        .where(SubscriberRow.id.in_(ids), SubscriberRow.status != Status.ERASED)
        .order_by(SubscriberRow.id)
        .with_for_update(read=True, key_share=True)
    )
    return dict(rows.tuples().all())
