"""The rules runners use without a coach, each doing no more than choose load and amount for the engine's own exercises.

Every rule starts from what the catalogue says of an untrained runner, corrected for experience, as the engine does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import exp, floor
from typing import Final, Protocol

from benchmarks.simulate.body import repetitions
from benchmarks.simulate.hearing import Heard, hear, pains
from coach.answers import Answers
from coach.catalogue import Catalogue, Exercise
from coach.profile import Experience, Gear, Profile
from coach.week import Dose, DoseMode, Prescription, Week

EXPERIENCE_LN: Final = {Experience.NEW: 0.0, Experience.SOME: 0.1, Experience.SEASONED: 0.25}
START_LN: Final = -0.075
"""The first dose is chosen for a runner this much weaker than expected: nobody starts a rule of thumb at the limit."""
EPLEY: Final = 30.0
MOST_EVER: Final = {DoseMode.REPS: 40, DoseMode.HOLD: 120, DoseMode.CARRY: 120}
"""Amounts no rule goes beyond: nobody does."""


class Policy(Protocol):
    """Doses one runner's weeks. It sees the profile, the catalogue, the weeks and the answers, and nothing else."""

    def dose(self, week: Week) -> Week:
        """The week with this policy's loads and amounts."""

    def learn(self, week: Week, answers: Answers) -> None:
        """Hears the answers to a week it dosed; a late answer comes as a second call for its week."""


@dataclass(frozen=True, slots=True)
class Room:
    """Within what an exercise may be dosed. grid: external loads, ascending, 0 for bodyweight. step: one step of the amount."""

    gear: Gear | None
    grid: tuple[float, ...]
    least: int
    wanted: int
    most: int
    step: int

    def above(self, kg: float) -> float | None:
        return next((x for x in self.grid if x > kg + 1e-9), None)

    def at_most(self, kg: float) -> float:
        return max((x for x in self.grid if x <= kg + 1e-9), default=self.grid[0])


@dataclass(frozen=True, slots=True)
class Memory:
    """What a rule remembers of an exercise. aim_kg, aim_amount: load and amount before rounding. fails: weeks running."""

    kg: float
    amount: int
    aim_kg: float
    aim_amount: float
    fails: int = 0


Rule = Callable[[Memory, Heard, Room], Memory]


def fixed(share: float) -> Rule:
    """So much more every week, whatever is answered; at the end of the loads by amount."""

    def rule(m: Memory, heard: Heard, room: Room) -> Memory:
        if heard.done is False:
            return m
        first = room.above(m.kg)
        if m.kg > 0.0 and first is not None:
            aim = m.aim_kg * (1.0 + share)
            return replace(m, kg=max(m.kg, room.at_most(aim)), aim_kg=aim)
        aim = m.aim_amount * (1.0 + share)
        if first is not None and aim > room.most:
            return Memory(first, room.wanted, first, room.wanted)
        return replace(m, amount=floor(aim), aim_amount=aim)

    return rule


def double_progression(m: Memory, heard: Heard, room: Room) -> Memory:
    """More repetitions while all sets are reached; at the top of the range one load up and back to its bottom."""
    if not heard.every:
        return m
    if m.amount + room.step <= room.most:
        return replace(m, amount=m.amount + room.step)
    up = room.above(m.kg)
    return m if up is None else replace(m, kg=up, amount=room.least)


def any_set(m: Memory, heard: Heard, room: Room) -> Memory:
    """One step up as soon as any set was reached."""
    return _up(m, room) if heard.some else m


def linear(m: Memory, heard: Heard, room: Room) -> Memory:
    """One step up when all sets were reached, a tenth off after two weeks running when they were not."""
    if heard.every is None:
        return m
    if heard.every:
        return replace(_up(m, room), fails=0)
    if m.fails == 0:
        return replace(m, fails=1)
    return replace(_less(m, 0.9, room), fails=0)


def _up(m: Memory, room: Room) -> Memory:
    up = room.above(m.kg)
    return replace(m, amount=m.amount + room.step) if up is None else replace(m, kg=up)


def _less(m: Memory, share: float, room: Room) -> Memory:
    kg = room.at_most(m.kg * share)
    if kg < m.kg and kg >= room.grid[0]:
        return replace(m, kg=kg)
    return replace(m, amount=max(1, floor(m.amount * share)))


class ByRule:
    """A rule over the exercises of the weeks. minds_pain: a fifth off at pain of 4 and more where it hurts, no rise at 3."""

    def __init__(self, profile: Profile, catalogue: Catalogue, rule: Rule, *, minds_pain: bool = False) -> None:
        self._profile = profile
        self._catalogue = catalogue
        self._rule = rule
        self._minds_pain = minds_pain
        self._memory: dict[str, Memory] = {}

    def dose(self, week: Week) -> Week:
        return redose(week, self._prescribe)

    def _prescribe(self, p: Prescription) -> Prescription:
        exercise = self._catalogue.by_slug[p.exercise]
        where = room(exercise, p, self._profile)
        m = self._memory.setdefault(p.exercise, start(exercise, where, self._profile, p.target_rir))
        kg = where.at_most(m.kg)
        return with_dose(p, where, kg, min(m.amount, MOST_EVER[p.mode]), p.dose.sets)

    def learn(self, week: Week, answers: Answers) -> None:
        heard = hear(week, answers)
        hurts = pains(answers) if self._minds_pain else {}
        known = {
            p.exercise: p for session in week.sessions for p in session.exercises if p.mode is not DoseMode.CONTACTS
        }
        for slug, p in known.items():
            exercise = self._catalogue.by_slug[slug]
            where = room(exercise, p, self._profile)
            pain = max((level for region, level in hurts.items() if exercise.tissue(region)), default=0)
            if pain >= 4:
                self._memory[slug] = _less(self._memory[slug], 0.8, where)
            elif pain < 3 and not (self._minds_pain and answers.hurts and not answers.pains):
                self._memory[slug] = self._rule(self._memory[slug], heard[slug], where)


class Mesocycle:
    """Four weeks of falling reserve, 4 to 1, by repetitions, then half the sets; the load follows when the range is left."""

    RESERVE: Final = (4, 3, 2, 1)

    def __init__(self, profile: Profile, catalogue: Catalogue) -> None:
        self._profile = profile
        self._catalogue = catalogue
        self._weeks = 0
        self._most: dict[str, tuple[float, float]] = {}
        """Load in kg and repetition-equivalents to failure believed at it."""

    def dose(self, week: Week) -> Week:
        return redose(week, self._prescribe)

    @property
    def _reserve(self) -> int:
        """Reserve aimed at this week; 5 in the week of half the sets."""
        place = self._weeks % (len(self.RESERVE) + 1)
        return self.RESERVE[place] if place < len(self.RESERVE) else 5

    def _prescribe(self, p: Prescription) -> Prescription:
        exercise = self._catalogue.by_slug[p.exercise]
        where = room(exercise, p, self._profile)
        if p.exercise not in self._most:
            m = start(exercise, where, self._profile, p.target_rir)
            self._most[p.exercise] = m.kg, repetitions(exercise, m.amount) + p.target_rir
        kg, most = self._most[p.exercise]
        unit = 1.0 if p.mode is DoseMode.REPS else 3.0
        amount = (most - self._reserve) * unit
        other = where.above(kg) if amount > where.most else where.at_most(kg - 1e-6) if amount < where.least else None
        if other is not None and other != kg:
            most = _moved_to(exercise, self._profile, kg, other, most)
            self._most[p.exercise] = other, most
            kg, amount = other, (most - self._reserve) * unit
        amount = min(max(3 * unit, amount), MOST_EVER[p.mode])
        sets = p.dose.sets if self._reserve <= self.RESERVE[0] else max(1, p.dose.sets // 2)
        return replace(with_dose(p, where, kg, floor(amount), sets), target_rir=self._reserve)

    def learn(self, week: Week, answers: Answers) -> None:
        if not week.sessions:
            return
        heard = hear(week, answers)
        for session in week.sessions:
            for p in session.exercises:
                said = heard[p.exercise]
                if p.mode is not DoseMode.CONTACTS and said.done and said.amount is not None and said.left is not None:
                    amount = repetitions(self._catalogue.by_slug[p.exercise], said.amount)
                    self._most[p.exercise] = p.dose.load_kg, amount + said.left
        if any(h.done for h in heard.values()):
            self._weeks += 1


def _moved_to(exercise: Exercise, profile: Profile, kg: float, other: float, most: float) -> float:
    share = exercise.bodyweight_share * profile.body_mass_kg
    return EPLEY * ((1.0 + most / EPLEY) * (share + kg) / max(1.0, share + other) - 1.0)


def start(exercise: Exercise, where: Room, profile: Profile, target: int) -> Memory:
    """The first dose: the heaviest load at which the runner expected by the catalogue can do the wanted amount with the target left."""
    expected = exp(EXPERIENCE_LN[profile.experience] + START_LN)
    if exercise.mode is DoseMode.HOLD:
        seconds = exercise.start_amount * expected - 3.0 * target
        amount = int(min(where.most, max(10, seconds - seconds % where.step)))
        return Memory(0.0, amount, 0.0, amount)
    mass = profile.body_mass_kg
    moved = (exercise.bodyweight_share + exercise.start_load_share) * mass
    capacity = moved * (1.0 + repetitions(exercise, exercise.start_amount) / EPLEY) * expected
    unit = 1.0 if exercise.mode is DoseMode.REPS else 3.0

    def doable(kg: float) -> float:
        lifted = max(1.0, exercise.bodyweight_share * mass + kg)
        return (EPLEY * (capacity / lifted - 1.0) - target) * unit

    kg = max((x for x in where.grid if doable(x) >= where.wanted), default=where.grid[0])
    amount = int(min(where.most, max(3, floor(doable(kg)))))
    return Memory(kg, amount, kg, amount)


def room(exercise: Exercise, p: Prescription, profile: Profile) -> Room:
    """The runner's own loads for an exercise: of the gear prescribed, else of the best that is there."""
    least, wanted, most, step = {
        DoseMode.REPS: (8, 10, 12, 1),
        DoseMode.HOLD: (20, 30, 60, 5),
        DoseMode.CARRY: (20, 30, 45, 5),
        DoseMode.CONTACTS: (1, 1, 100, 1),
    }[exercise.mode]
    bodyweight = (0.0,) if exercise.start_load_share == 0 or p.dose.load_kg == 0 else ()
    if exercise.mode in {DoseMode.HOLD, DoseMode.CONTACTS}:
        return Room(None, (0.0,), least, wanted, most, step)
    for gear in (p.dose.gear, *exercise.loadable):
        if gear is not None and (grid := profile.equipment.grid_kg(gear)):
            return Room(gear, bodyweight + grid, least, wanted, most, step)
    return Room(None, (0.0,), least, wanted, most, step)


def redose(week: Week, prescribe: Callable[[Prescription], Prescription]) -> Week:
    """The week with every prescription but the jumps dosed anew; exercises, sets and days stay."""
    return replace(
        week,
        sessions=tuple(
            replace(s, exercises=tuple(p if p.mode is DoseMode.CONTACTS else prescribe(p) for p in s.exercises))
            for s in week.sessions
        ),
    )


def with_dose(p: Prescription, where: Room, kg: float, amount: int, sets: int) -> Prescription:
    """A prescription with another dose and an in-session rule of one step lighter, one step heavier."""
    dose = Dose(sets, max(1, amount), kg, where.gear if kg > 0 else None)
    lower = max((x for x in where.grid if x < kg - 1e-9), default=None)
    less, more = max(1, amount - max(2, amount // 4)), amount + (2 if p.mode is DoseMode.REPS else 5)
    easier = (
        replace(dose, amount=less)
        if lower is None
        else replace(dose, load_kg=lower, gear=where.gear if lower else None)
    )
    up = where.above(kg)
    harder = replace(dose, amount=more) if up is None else replace(dose, load_kg=up, gear=where.gear)
    return replace(p, dose=dose, easier=easier, harder=harder, change=None, up_to=None, stop_rir=None)
