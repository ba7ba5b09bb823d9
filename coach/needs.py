"""What this runner needs most of the four qualities, and because of what. docs/evidence.md#qualities"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.phases import LONG_RACE_KM
from coach.profile import NEW, SEASONED, Goal
from coach.selftests import Adds
from coach.values import quick
from coach.week import Quality

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coach.catalogue import Exercise
    from coach.profile import Profile, Region
    from coach.progress import Progress
    from coach.selftests import Finding


@quick
@dataclass(frozen=True, slots=True)
class Need:
    """weight: how much a quality counts for this runner, 1 is the usual. because: code of the strongest ground, "" for none.

    values: the numbers of a ground that a self-test has brought.
    """

    quality: Quality
    weight: float
    because: str
    values: tuple[tuple[str, int | str], ...] = ()


GROUNDS: Final[tuple[tuple[str, Adds], ...]] = (
    ("new", ((Quality.JOINT_CONTROL, 0.5), (Quality.SINGLE_LEG, 0.2))),
    ("seasoned", ((Quality.LOAD_TOLERANCE, 0.5),)),
    ("performance", ((Quality.CARRY_OVER, 0.6), (Quality.LOAD_TOLERANCE, 0.4))),
    ("trail", ((Quality.SINGLE_LEG, 0.4), (Quality.JOINT_CONTROL, 0.4))),
    ("return", ((Quality.LOAD_TOLERANCE, 0.4), (Quality.JOINT_CONTROL, 0.3))),
    ("masters", ((Quality.LOAD_TOLERANCE, 0.45), (Quality.JOINT_CONTROL, 0.15))),
    ("volume", ((Quality.LOAD_TOLERANCE, 0.3), (Quality.CARRY_OVER, 0.2))),
    ("long_race", ((Quality.CARRY_OVER, 0.3), (Quality.LOAD_TOLERANCE, 0.2))),
)
"""What each ground adds to the weight of a quality. Judgement; a clinician reviews it."""

_, RETURN, PERFORMANCE, TRAIL = Goal
MASTERS_AGE: Final = 50
"""Years from which strength is worth more. Judgement; docs/evidence.md#masters"""
VOLUME_KM: Final = 50.0
"""Kilometres a week from which the distance itself asks for load tolerance. Judgement."""


def assess(profile: Profile, on: date, findings: Iterable[Finding] = ()) -> tuple[Need, ...]:
    """The four qualities by weight for this runner, heaviest first. findings: of the runner's own tests, which count before what a profile suggests."""
    goal = profile.goal
    holds = {
        "new": profile.experience is NEW,
        "seasoned": profile.experience is SEASONED,
        "performance": goal is PERFORMANCE,
        "trail": profile.trail or goal is TRAIL,
        "return": goal is RETURN or any(i.current for i in profile.injuries),
        "masters": profile.age(on) >= MASTERS_AGE,
        "volume": profile.weekly_km >= VOLUME_KM,
        "long_race": profile.race is not None and profile.race.distance_km >= LONG_RACE_KM and profile.race.day >= on,
    }
    return _weigh(tuple([ground for ground in GROUNDS if holds[ground[0]]]), tuple(findings))


@lru_cache(1024)
def _weigh(grounds: tuple[tuple[str, Adds], ...], findings: tuple[Finding, ...]) -> tuple[Need, ...]:
    """Once for all runners with the same grounds."""
    weights = dict.fromkeys(Quality, 1.0)
    strongest: dict[Quality, tuple[float, str, tuple[tuple[str, int | str], ...]]] = {}
    measured = ((f.code, f.adds, f.values) for f in findings)
    for ground, adds, values in (*measured, *((ground, adds, ()) for ground, adds in grounds)):
        for quality, add in adds:
            weights[quality] += add
            if quality not in strongest or add > strongest[quality][0]:
                strongest[quality] = (add, ground, values)
    found = [Need(q, weights[q], *(strongest[q][1:] if q in strongest else ("", ()))) for q in Quality]
    return tuple(sorted(found, key=lambda n: (-n.weight, n.quality)))


def foremost(needs: Sequence[Need], exercise: Exercise) -> Need:
    """The need that an exercise serves most."""
    gives = exercise.by_quality
    found, most = needs[0], -1.0
    for need in needs:
        worth = need.weight * gives.get(need.quality, 0)
        if worth > most or (worth == most and need.quality > found.quality):
            found, most = need, worth
    return found


def served(needs: Sequence[Need], exercise: Exercise) -> float:
    """How much an exercise gives a runner with these needs."""
    gives = exercise.by_quality
    worth = 0.0
    for need in needs:
        worth += need.weight * gives.get(need.quality, 0)
    return worth


def watched(profile: Profile, progress: Progress) -> frozenset[Region]:
    """Regions that have hurt: worth loading gently and regularly."""
    return frozenset([*[i.region for i in profile.injuries], *[r.region for r in progress.regions]])
