"""One runner's body: true capacity by exercise and true tissue by region, and what a week of work does to both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

from benchmarks.simulate.laws import LEAST_AT_70, MEDIAN_AT_70, MOST_AT_70, Site, World
from benchmarks.simulate.people import Person, Weather, exercise_luck, mass_effect
from coach.catalogue import Catalogue, Exercise
from coach.profile import Experience, Region
from coach.week import DoseMode

SECONDS_PER_REP = 3.0
"""Seconds of a hold or a carry that are written as one repetition in reserve."""
REGULAR: Final = {
    Region.KNEE: 1.4,
    Region.HIP: 4.2,
    Region.HAMSTRING: 1.2,
    Region.CALF: 2.0,
    Region.SHIN: 1.2,
    Region.FOOT: 1.2,
    Region.GROIN: 0.4,
    Region.LATERAL_HIP: 0.8,
    Region.BACK: 1.2,
    Region.ANKLE: 1.4,
}
"""Weekly strength load (sets of ten at the first day's 1RM, fully on the region) of an ordinary programme of two sessions."""
RUNNING: Final = {
    Region.KNEE: 1.0,
    Region.HIP: 1.0,
    Region.HAMSTRING: 0.7,
    Region.CALF: 1.5,
    Region.SHIN: 1.2,
    Region.FOOT: 1.2,
    Region.GROIN: 0.3,
    Region.LATERAL_HIP: 0.5,
    Region.BACK: 0.3,
    Region.ANKLE: 0.7,
}
"""The same, of 30 km of running a week."""
BEARS = 1.15
"""What the median region bears of the ordinary programme's load."""
ADAPTS, SENSITISED, SOFTENS = 0.025, 0.02, 0.005
"""Shares by which a week changes a region's tolerance: loaded well, hurting, or hardly loaded."""
WORST: Final = 9.0
"""Irritation beyond which nothing gets worse: a pain of nine."""
IDLE_LOSS: Final = (0.03, 0.06, 0.12)
"""ln of capacity that new, some and seasoned runners lose in all below their first day when no session takes place for long."""
_OWN, _LADDER, _PATTERN = 0.5, 0.3, 0.2
"""Shares of a gain that stay with the exercise, and that its ladder and its pattern have too."""


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set as it truly went. possible, left: repetition-equivalents to failure, and left at the end. failed: missed its amount.

    stress: what a region that the exercise loads fully gets from it.
    """

    load_kg: float
    asked: int
    amount: int
    share: float
    left: float
    failed: bool
    stress: float


class Body:
    """Mutable truth of one runner; made anew for every policy, the same each time."""

    def __init__(self, who: Person, catalogue: Catalogue, world: World) -> None:
        self.who = who
        self.world = world
        self._catalogue = catalogue
        level = list(Experience).index(who.profile.experience)
        self._rate = world.growth.rates[level] * who.hidden.responder
        self._ceiling = world.growth.ceilings[level]
        self._loses = IDLE_LOSS[level]
        self._general = 0.0
        self._away = 0
        self._first: dict[str, tuple[float, float]] = {}
        self._gains: dict[str, float] = {}
        self._idle: dict[str, int] = {}
        self._weeks: dict[str, int] = {}
        self.sites = {r: self._site(r) for r in Region}

    def _site(self, region: Region) -> Site:
        running = RUNNING[region] * self.who.profile.weekly_km / 30.0
        bears = BEARS * self.who.hidden.bears * (0.65 if region in self.who.hidden.vulnerable else 1.0)
        site = Site(running + REGULAR[region] * bears, running, region in self.who.hidden.vulnerable)
        now = max((i.pain or 3 for i in self.who.profile.injuries if i.region == region and i.current), default=0)
        site.irritation = -4.0 * log(1.0 - now / 10.0)
        return site

    # -- capacity

    def first(self, exercise: Exercise) -> tuple[float, float]:
        """(ln capacity on the first day, repetitions at 70 % 1RM) in an exercise. Capacity: 1RM in kg, or seconds of a hold."""
        found = self._first.get(exercise.slug)
        if found is None:
            found = self._first[exercise.slug] = self._draw_first(exercise)
        return found

    def _draw_first(self, exercise: Exercise) -> tuple[float, float]:
        hidden, mass, curve = self.who.hidden, self.who.profile.body_mass_kg, self.world.curve
        luck, endurance = exercise_luck(self.who, exercise.pattern, exercise.ladder, exercise.slug)
        at_70 = hidden.at_70 * exp(curve.spread_exercise * endurance)
        at_70 = min(MOST_AT_70, max(LEAST_AT_70, at_70))
        if exercise.mode is DoseMode.HOLD:
            return log(exercise.start_amount) + hidden.hold + 1.5 * luck, at_70
        amount = repetitions(exercise, exercise.start_amount)
        moved = (exercise.bodyweight_share + exercise.start_load_share) * mass
        untrained = log(moved / curve.share(amount, MEDIAN_AT_70)) + mass_effect(mass)
        return untrained + hidden.strength + luck, at_70

    def gain(self, exercise: Exercise) -> float:
        """ln of today's capacity over the first day's."""
        return self._general + sum(self._gains.get(name, 0.0) for name in _parts(exercise))

    def hurting(self, exercise: Exercise) -> float:
        """Worst pain, 0–10, in a region the exercise loads."""
        return max((self.sites[r].pain for r, weight in exercise.tissues if weight), default=0.0)

    def today(self, exercise: Exercise) -> float:
        """ln of what the runner can do now: capacity, less what pain takes. Without the day's own ups and downs."""
        loss = self.world.tissue.inhibition * max(0.0, self.hurting(exercise) - 2.0)
        return self.first(exercise)[0] + self.gain(exercise) - loss

    def possible(self, exercise: Exercise, load_kg: float, capacity: float) -> tuple[float, float]:
        """(repetition-equivalents to failure, share of the 1RM) at an external load, for a ln capacity."""
        at_70 = self.first(exercise)[1]
        if exercise.mode is DoseMode.HOLD:
            # A hold is as heavy as its longest is short: only its length is ever changed.
            return exp(capacity) / SECONDS_PER_REP, 0.65
        share = max(1e-3, self.moved(exercise, load_kg) / exp(capacity))
        return self.world.curve.reps(share, at_70), share

    def moved(self, exercise: Exercise, load_kg: float) -> float:
        return exercise.bodyweight_share * self.who.profile.body_mass_kg + load_kg

    def stress(self, exercise: Exercise, load_kg: float, amount: float, left: float, *, failed: bool) -> float:
        """What a set does to a region the exercise loads fully: 1 is ten repetitions at the first day's 1RM.

        Load counts more than repetitions, and the last repetitions before failure most.
        """
        if exercise.mode is DoseMode.CONTACTS:
            return amount / 12.0 * 0.5
        n = max(1.0, repetitions(exercise, amount))
        if exercise.mode is DoseMode.HOLD:
            share = 0.65 * n * SECONDS_PER_REP / exp(self.first(exercise)[0])
        else:
            share = self.moved(exercise, load_kg) / exp(self.first(exercise)[0])
        near = 1.0 + 0.2 * max(0.0, 2.0 - left) + (0.3 if failed else 0.0)
        share = min(2.5, share)
        return share * sqrt(share * n / 10.0) * near

    # -- a week passes

    def pass_week(self, work: Iterable[tuple[Exercise, tuple[SetDone, ...]]], weather: Weather) -> bool:
        """The week's work (each exercise of each session) becomes growth and irritation. Returns whether a region was overloaded."""
        done: dict[str, list[SetDone]] = {}
        loads = dict.fromkeys(Region, 0.0)
        for exercise, sets in work:
            done.setdefault(exercise.slug, []).extend(sets)
            stress = sum(s.stress for s in sets)
            for region, weight in exercise.tissues:
                loads[region] += stress * weight / 3.0
        self._grow(done)
        flares = dict(weather.flares)
        over = [
            self._bear(site, loads[region], weather, flares.get(region, 0.0)) for region, site in self.sites.items()
        ]
        return any(over)

    def _grow(self, done: dict[str, list[SetDone]]) -> None:
        law = self.world.growth
        risen: dict[str, float] = {}
        for slug, sets in done.items():
            exercise = self._catalogue.by_slug[slug]
            if exercise.mode is DoseMode.CONTACTS:
                stimulus = 0.5 * len(sets)
            else:
                stimulus = sum(law.stimulus(s.left, s.share, repetitions(exercise, s.amount)) for s in sets)
            if stimulus < 0.05:
                continue
            weeks = self._weeks[slug] = self._weeks.get(slug, 0) + 1
            hurt = 0.5 if self.hurting(exercise) >= 4.0 else 1.0
            step = self._rate * law.response(stimulus, self.gain(exercise), self._ceiling) * hurt
            for name in _parts(exercise):
                risen[name] = risen.get(name, 0.0) + _share(name) * step
            if weeks <= 3:
                risen[slug] += law.familiar
        for name in {*self._gains, *risen}:
            self._idle[name] = 0 if name in risen else self._idle.get(name, 0) + 1
            self._gains[name] = self._gains.get(name, 0.0) + risen.get(name, 0.0)
            if self._idle[name] >= law.idle:
                self._gains[name] = max(0.0, self._gains[name] - law.loss * _share(name))
        self._away = 0 if done else self._away + 1
        if done:
            self._general = min(0.0, self._general + law.loss)
        elif self._away >= law.idle:
            self._general = max(-self._loses, self._general - 0.5 * law.loss)

    def _bear(self, site: Site, strength: float, weather: Weather, flare: float) -> bool:
        law = self.world.tissue
        load = strength + site.running * weather.running
        over = max(0.0, load / law.limit(site) - 1.0)
        sting = law.sting * over * (1.3 if site.vulnerable else 1.0) + flare
        site.irritation = min(WORST, law.heal * site.irritation + site.waiting + (1.0 - law.delay) * sting)
        site.waiting = law.delay * sting
        if site.pain >= 4.0:
            site.tolerance *= 1.0 - SENSITISED
        elif load > 0.6 * site.tolerance:
            site.tolerance *= 1.0 + ADAPTS * min(1.0, (load / site.tolerance - 0.6) / 0.3)
        elif load < 0.3 * site.tolerance:
            site.tolerance *= 1.0 - SOFTENS
        site.recent = [*site.recent, load][-4:]
        return over > 0.0


def repetitions(exercise: Exercise, amount: float) -> float:
    """An amount in repetition-equivalents."""
    return amount if exercise.mode is DoseMode.REPS else amount / SECONDS_PER_REP


def _parts(exercise: Exercise) -> tuple[str, str, str]:
    """What a gain in an exercise is kept under: the exercise, its ladder, its pattern."""
    return exercise.slug, "/" + exercise.ladder, "//" + exercise.pattern


def _share(part: str) -> float:
    return _PATTERN if part.startswith("//") else _LADDER if part.startswith("/") else _OWN
