"""Subscribers and their profiles: who gets a letter, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from coach.profile import Profile
from models.slots import Slot

__all__ = ["Added", "Due", "NewSubscriber", "Slot", "Status", "Subscriber"]

Units = Literal["kg", "lb"]


class Status(StrEnum):
    PENDING = "pending"
    """Signed up, address not confirmed."""
    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    ERASED = "erased"
    """Nothing but the number is left."""


@dataclass(frozen=True, slots=True)
class NewSubscriber:
    """Somebody to be added. profile: with any key; the store gives it the subscriber's own."""

    email: str
    name: str
    time_zone: str
    slot: Slot
    units: Units
    profile: Profile
    consent_text: str
    consent_at: datetime


@dataclass(frozen=True, slots=True)
class Subscriber:
    """key: 128 random bits in URL-safe letters, also the key of the profile."""

    id: int
    key: str
    email: str
    name: str
    time_zone: str
    slot: Slot
    units: Units
    status: Status


@dataclass(frozen=True, slots=True)
class Added:
    """How many were new, changed, the same as before; and how many are not stored because they asked never to be written to."""

    added: int
    updated: int
    unchanged: int
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """by_week: ids of the runners to plan for, by the Monday of the week. too_late: runners whose slot is past serving."""

    by_week: dict[date, list[int]]
    too_late: int
