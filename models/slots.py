"""When a runner's letter is due: the weekly slot in the runner's own time zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coach.errors import ProfileError

LATE_IS_STILL_DUE = timedelta(days=2)
"""A slot missed by up to two days (downtime) is still served, once. DESIGN: a week, by the clock."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The delivery slot of a week, on the runner's own clock. weekday: 0 is Monday. minute: of the day, 0–1439."""

    weekday: int = 6
    minute: int = 17 * 60

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ProfileError("slot", f"day {self.weekday} is not a weekday", "Write mon … sun.")
        if not 0 <= self.minute < 24 * 60:
            raise ProfileError("slot", f"minute {self.minute} is not a minute of a day", "Write a time like 17:00.")


@dataclass(frozen=True, slots=True)
class Passed:
    """The last time a slot came. at: its instant in UTC. week_of: the Monday of the week it prepares."""

    at: datetime
    week_of: date


def last_passed(slot: Slot, time_zone: str, moment: datetime) -> Passed:
    """The latest instant of the slot that is not after `moment` (aware).

    A slot inside the hour that daylight saving skips counts as that hour later; one inside the hour that comes twice counts
    at its first pass.
    """
    zone = ZoneInfo(time_zone)
    today = moment.astimezone(zone).date()
    # One day ahead: where the clock was put back over midnight, a slot of "tomorrow" may have passed already.
    day = today + timedelta(days=1)
    day -= timedelta(days=(day.weekday() - slot.weekday) % 7)
    at = _instant(day, slot, zone)
    while at > moment:
        day -= timedelta(days=7)
        at = _instant(day, slot, zone)
    return Passed(at, day + timedelta(days=-day.weekday() % 7))


def left_out(old: tuple[Slot, str], new: tuple[Slot, str], moment: datetime) -> date | None:
    """The Monday of the week that a runner moving from one slot and zone to another may be left without; None for none.

    The new slot has passed for it, perhaps too long ago to be served; the old one was to come, or has come within the last two days.
    """
    passed, before = last_passed(*new, moment), last_passed(*old, moment)
    if new == old or before.week_of > passed.week_of:
        return None
    missed = before.week_of == passed.week_of and moment - before.at > LATE_IS_STILL_DUE
    return None if missed else passed.week_of


def _instant(day: date, slot: Slot, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, time(slot.minute // 60, slot.minute % 60), tzinfo=zone)
    return local.astimezone(UTC)
