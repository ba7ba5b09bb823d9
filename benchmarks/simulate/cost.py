"""What a runner's week costs the engine: the answers of one week folded, the next week planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from time import perf_counter

import coach
from benchmarks.simulate.history import Folded
from coach.catalogue import Catalogue
from coach.errors import NoSafeExercise
from coach.profile import Profile
from models.bulk import collector_at_rest

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """micros: median µs of a runner's week in the engine. yard: µs of the yardstick in the same processes."""

    micros: float
    yard: float

    @property
    def yards(self) -> float:
        return self.micros / self.yard


@collector_at_rest()
def weeks_us(histories: Iterable[tuple[Profile, Sequence[Folded]]], catalogue: Catalogue) -> list[float]:
    """µs of every week of every runner, done once more as the weekly run does it.

    That is one week of many runners after another, the collector of cycles at rest, and nothing of the simulator between
    them: its own work pushes the engine's out of the processor's caches. A week with nothing safe to plan counts too.
    """
    took = []
    for week in zip_longest(*([(profile, f) for f in folded] for profile, folded in histories)):
        for profile, f in filter(None, week):
            began = perf_counter()
            progress = coach.fold(profile, f.progress, f.week, f.answers, catalogue)
            with suppress(NoSafeExercise):
                coach.next_week(profile, progress, catalogue, week_of=f.week.week_of + WEEK)
            took.append(1e6 * (perf_counter() - began))
    return took
