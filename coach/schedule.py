"""On which days the strength sessions fall, around the runner's runs.

Strength comes after the hard run of a day (six hours or more) or on an easy day; never with heavy legs on the day before
a quality run, a long run or a race; two days between leg sessions. docs/evidence.md#layout, #order
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from coach.profile import Run, RunKind
from coach.week import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RACE_CLEAR_DAYS: Final = 7
LAST_HEAVY_DAYS: Final = 10
"""Days before a race from which no heavy legs, and from which the last of them had better be. docs/evidence.md#taper"""
LIGHT_CLEAR_DAYS: Final = 2
"""Days before a race without even a light session. Practice."""
LIGHT_MOST: Final = 2
"""Light sessions a week where heavy legs fit on none of the runner's days. Judgement."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A session's day (0 is Monday), whether it must stay off heavy legs, and why it is there."""

    day: int
    light: bool
    why: Reason


@lru_cache(maxsize=4096)
def place(
    runs: tuple[Run, ...], days: tuple[int, ...], sessions: int, races: tuple[int, ...], light: bool
) -> tuple[Placed, ...]:
    """Places for up to `sessions` sessions on the runner's days; fewer when runs or races leave no room.

    races: days from Monday to the races that are near, negative for one just behind. light: ask for light sessions only.
    When heavy legs fit nowhere, light sessions are placed instead. The same week is assumed to follow.
    """
    kinds = {r.day: r.kind for r in runs}
    if not light:
        fit = [d for d in days if _heavy_fits(d, kinds, races)]
        if best := _spread(fit, sessions, kinds, races):
            return tuple(Placed(d, False, _why(d, kinds)) for d in best)
    free = [d for d in days if all(abs(d - race) > LIGHT_CLEAR_DAYS for race in races)]
    better = () if light else tuple(d for d in range(7) if _heavy_fits(d, kinds, races))
    best = _spread(free, min(sessions, 1 if light else LIGHT_MOST), kinds, races)
    return tuple(Placed(d, True, _why_light(better)) for d in best)


def _spread(
    days: Sequence[int], sessions: int, kinds: Mapping[int, RunKind], races: tuple[int, ...]
) -> tuple[int, ...]:
    """The best of these days for as many of the sessions as fit two days apart."""
    for n in range(min(sessions, len(days)), 0, -1):
        spread = [s for s in combinations(days, n) if _two_days_apart(s)]
        if spread:
            return max(spread, key=lambda s: (sum(_liking(d, kinds, races) for d in s), _evenness(s), [-d for d in s]))
    return ()


def further(runs: tuple[Run, ...], day: int) -> tuple[int, ...]:
    """The days that would carry another full session beside the one on this day."""
    kinds = {r.day: r.kind for r in runs}
    return tuple(d for d in range(7) if _heavy_fits(d, kinds, ()) and _two_days_apart(tuple(sorted((d, day)))))


def _heavy_fits(day: int, kinds: Mapping[int, RunKind], races: tuple[int, ...]) -> bool:
    return not _hard(kinds.get((day + 1) % 7)) and all(
        day - race > LIGHT_CLEAR_DAYS if day >= race else race - day >= RACE_CLEAR_DAYS for race in races
    )


def _hard(kind: RunKind | None) -> bool:
    return kind in {RunKind.QUALITY, RunKind.LONG}


def _two_days_apart(days: tuple[int, ...]) -> bool:
    around = (*days, days[0] + 7)
    return len(days) == 1 or all(b - a >= 2 for a, b in pairwise(around))


def _evenness(days: tuple[int, ...]) -> int:
    around = (*days, days[0] + 7)
    return min(b - a for a, b in pairwise(around))


def _liking(day: int, kinds: Mapping[int, RunKind], races: tuple[int, ...]) -> int:
    """Hard days hard, easy days easy; 48 hours before the next hard run are better than 24. The last days for heavy legs before a race come first."""
    here = kinds.get(day)
    liking = 3 if here is RunKind.QUALITY else 0 if here is RunKind.LONG else 2
    last_heavy = any(RACE_CLEAR_DAYS <= race - day <= LAST_HEAVY_DAYS for race in races)
    return liking - (2 if _hard(kinds.get((day + 2) % 7)) else 0) + (4 if last_heavy else 0)


def _why_light(better: tuple[int, ...]) -> Reason:
    """A light day, and the days that would carry a full session, if the runner has any to spare."""
    return Reason("placed_light_day", (("better", " ".join(map(str, better))),)) if better else Reason("placed_light")


def _why(day: int, kinds: Mapping[int, RunKind]) -> Reason:
    here = kinds.get(day)
    if here is RunKind.QUALITY:
        return Reason("placed_after_hard")
    if here is RunKind.LONG:
        return Reason("placed_after_long")
    ahead = next((n for n in range(1, 8) if _hard(kinds.get((day + n) % 7))), 0)
    return Reason("placed_easy" if here else "placed_free", (("days", ahead),))
