"""Where the runner stands in training: the phase, and what it asks of sessions, sets, repetitions and effort.

docs/evidence.md#phases
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.profile import Experience, Goal, RunKind
from coach.week import Phase

if TYPE_CHECKING:
    from datetime import date

    from coach.constants import Constants
    from coach.profile import Profile
    from coach.progress import Progress

LONG_RACE_KM = 21.0
"""From here a race gets two weeks of taper and two of recovery. Practice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a phase asks of the week. sessions: how many at most. sets: per exercise. reps: (least, wanted, most) a set.

    heavy: 3–6 repetitions at 80 % and more are allowed where the equipment reaches it.
    """

    phase: Phase
    sessions: int
    sets: int
    target_rir: int
    reps: tuple[int, int, int]
    heavy: bool


def plan(profile: Profile, progress: Progress, missed: int, week_of: date, c: Constants) -> Plan:
    """The phase of a week and what it asks.

    missed: weeks running without a session, those not even planned counted in.
    """
    now = phase(profile, progress, missed, week_of, c)
    done = progress.completed
    returning = is_returning(profile, progress, missed)
    if now in {Phase.RACE, Phase.DELOAD} or done < 2:
        target = 4
    elif now in {Phase.TAPER, Phase.PEAK} or done < (8 if returning else 6):
        target = 3
    else:
        target = 2
    few = now in {Phase.TAPER, Phase.RACE, Phase.DELOAD} or done < 2
    return Plan(
        phase=now,
        sessions=min(_sessions(now, profile), len(profile.strength_days)),
        sets=2 if few else 3,
        target_rir=target,
        reps=(8, 10, 15) if done < 6 else (6, 8, 12),
        heavy=done >= c.heavy_after and profile.experience is not Experience.NEW and not returning,
    )


def phase(profile: Profile, progress: Progress, missed: int, week_of: date, c: Constants) -> Phase:
    """The phase of the week that starts on week_of; a race outranks everything, then signs of too much, then a return."""
    days = (profile.race.day - week_of).days if profile.race else None
    long_race = profile.race is not None and profile.race.distance_km >= LONG_RACE_KM
    if days is not None:
        if 0 <= days <= 6:
            return Phase.RACE
        if 7 <= days <= (20 if long_race else 13):
            return Phase.TAPER
        if -(14 if long_race else 7) <= days < 0:
            return Phase.DELOAD
    if progress.strain >= 2:
        return Phase.DELOAD
    if missed >= 3 or (progress.gap and progress.since_gap < 2):
        return Phase.RETURN
    if progress.completed < c.anatomical_weeks:
        return Phase.ANATOMICAL
    if days is not None and days > 0:
        if days <= 42:
            return Phase.PEAK
        if days <= 84:
            return Phase.BUILD
    return Phase.BASE


def is_returning(profile: Profile, progress: Progress, missed: int) -> bool:
    """Whether the runner comes back from something: told at sign-up, hurting now, or after a gap."""
    return (
        profile.goal is Goal.RETURN
        or missed >= 3
        or (progress.gap > 0 and progress.since_gap < 4)
        or any(r.pain >= 3 for r in progress.regions)
    )


def _sessions(now: Phase, profile: Profile) -> int:
    if now in {Phase.TAPER, Phase.RACE}:
        return 1
    hard = sum(r.kind is not RunKind.EASY for r in profile.runs)
    if now is Phase.BASE and profile.experience is not Experience.NEW and hard <= 2:
        return 3
    return 2
