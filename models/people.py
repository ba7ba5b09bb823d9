"""A subscriber as a value, and how one is read from rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select

from coach.errors import ProfileError, StridewellError
from coach.profile import Profile
from models.slots import Slot
from models.tables import ProfileRow, SubscriberRow, SuppressionRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row, ScalarSelect

Units = Literal["kg", "lb"]


class Status(StrEnum):
    PENDING = "pending"
    """Signed up, address not confirmed."""
    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    ERASED = "erased"
    """Nothing but the number is left."""


class UnknownSubscriber(StridewellError):
    """There is no such runner, or no longer."""

    def __init__(self, subscriber_id: int) -> None:
        super().__init__(
            f"runner {subscriber_id}: not in the store, or erased. Look the number up with `runners show`."
        )
        self.subscriber_id = subscriber_id


@dataclass(frozen=True, slots=True)
class NewSubscriber:
    """Somebody to be added. profile: with any key; the store gives it the subscriber's own. consent_at: aware.

    language: like "de"; empty for the one a known runner has, and English for a new one.

    Raises ProfileError for an address, a name, a zone or units the store cannot keep.
    """

    email: str
    name: str
    time_zone: str
    slot: Slot
    units: Units
    profile: Profile
    consent_text: str
    consent_at: datetime
    consent_version: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        local, at, domain = self.email.strip().rpartition("@")
        if not (local and at and domain) or any(c.isspace() for c in self.email.strip()):
            raise ProfileError("email", "is not an address", "Write it like name@example.org.")
        if not self.name.isprintable():
            raise ProfileError("name", "has a line break or a control character", "Write the name on one line.")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise ProfileError(
                "time_zone", f"{self.time_zone!r} is not a time zone", "Write one like Europe/London."
            ) from error
        if self.units not in {"kg", "lb"}:
            raise ProfileError("units", f"{self.units!r} is not a unit of mass", "Write kg or lb.")
        if self.consent_at.utcoffset() is None:
            raise ProfileError("consent_at", "has no time zone", "Write a moment like 2026-11-22T17:00:00+00:00.")


@dataclass(frozen=True, slots=True)
class Subscriber:
    """key: 88 random bits in hexadecimal, also the key of the profile. paused_until: when a pause ends by itself, if it does."""

    id: int
    key: str
    email: str
    name: str
    time_zone: str
    slot: Slot
    units: Units
    status: Status
    paused_until: datetime | None = None
    language: str = "en"


COLUMNS = (
    SubscriberRow.id,
    SubscriberRow.key,
    SubscriberRow.email,
    SubscriberRow.name,
    SubscriberRow.time_zone,
    SubscriberRow.slot_weekday,
    SubscriberRow.slot_minute,
    SubscriberRow.units,
    SubscriberRow.status,
    SubscriberRow.paused_until,
    SubscriberRow.language,
)
"""What `subscriber_of` reads, in its order."""


def subscriber_of(row: Row[Any] | Sequence[Any]) -> Subscriber:
    """The subscriber whose COLUMNS stand first in a row."""
    number, key, email, name, time_zone, weekday, minute, units, status, until, language = row[: len(COLUMNS)]
    slot = Slot(weekday, minute)
    return Subscriber(number, key, email, name, time_zone, slot, units, Status(status), until, language)


def latest_profile() -> ColumnElement[bool]:
    """Join condition: the profile version that holds."""
    versions = ProfileRow.__table__.alias("versions")
    newest = select(func.max(versions.c.version)).where(versions.c.subscriber_id == SubscriberRow.id).scalar_subquery()
    return (ProfileRow.subscriber_id == SubscriberRow.id) & (ProfileRow.version == newest)


def suppressed() -> ColumnElement[bool]:
    """Whether the subscriber's address may not be written to."""
    return exists().where(SuppressionRow.address_hash == SubscriberRow.address_hash)


def why_suppressed() -> ScalarSelect[str]:
    """The reason for which the subscriber's address may not be written to; null when it may."""
    reason = select(SuppressionRow.reason).where(SuppressionRow.address_hash == SubscriberRow.address_hash)
    return reason.scalar_subquery()
