"""What runners may ask for beyond the weekly mail; nobody has any of it without asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from models.bulk import changed, insert_missing
from models.tables import ChoiceRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Choice(StrEnum):
    REMINDER = "reminder"
    """To be reminded of a week without an answer."""
    CALENDAR = "calendar"
    """The week's sessions as a calendar file, with the weekly mail."""


def want(session: Session, subscriber_id: int, choice: Choice, *, wanted: bool, now: datetime) -> bool:
    """Give this runner what is chosen from now on, or no longer; True when that is new."""
    if not wanted:
        mine = ChoiceRow.subscriber_id == subscriber_id, ChoiceRow.kind == choice.value
        return bool(changed(session.execute(delete(ChoiceRow).where(*mine))))
    row = {"subscriber_id": subscriber_id, "kind": choice.value, "since": now}
    return bool(insert_missing(session, ChoiceRow, [row], [ChoiceRow.subscriber_id, ChoiceRow.kind]))


def of(session: Session, subscriber_id: int) -> frozenset[Choice]:
    """What this runner has asked for."""
    found = session.scalars(select(ChoiceRow.kind).where(ChoiceRow.subscriber_id == subscriber_id))
    return frozenset(map(Choice, found))


def who_wants(session: Session, ids: Sequence[int], choice: Choice) -> frozenset[int]:
    """Of these runners, those who have asked for it; at most `CHUNK`."""
    mine = ChoiceRow.subscriber_id.in_(ids), ChoiceRow.kind == choice.value
    return frozenset(session.scalars(select(ChoiceRow.subscriber_id).where(*mine)))
