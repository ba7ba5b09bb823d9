"""One runner's weeks under one policy, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import exp
from statistics import fmean
from typing import Final

import coach
from benchmarks.simulate.baselines import ByRule, Mesocycle, Policy, any_set, double_progression, fixed, linear, redose
from benchmarks.simulate.body import Body
from benchmarks.simulate.laws import World
from benchmarks.simulate.oracle import Oracle
from benchmarks.simulate.people import FIRST_MONDAY, Person, weather
from benchmarks.simulate.telling import tell
from benchmarks.simulate.training import SessionDone, Tiredness, train
from coach.answers import SILENCE, Answers
from coach.catalogue import Catalogue, Exercise
from coach.errors import NoSafeExercise
from coach.felt import by_feel
from coach.profile import Profile
from coach.progress import Progress
from coach.week import DoseMode, Phase, Prescription, Reason, Week

BAND: Final = 2.0
"""Repetitions in reserve from the target that still count as on target."""
PAIN: Final = 4.0
TRAINED_WEEKS: Final = 3
"""Weeks an exercise must have been prescribed for its gain to count."""
ENGINE, ORACLE = "engine", "oracle"

BASELINES: Final[dict[str, Callable[[Profile, Catalogue], Policy]]] = {
    "fixed 5 %": lambda p, c: ByRule(p, c, fixed(0.05)),
    "fixed 10 %": lambda p, c: ByRule(p, c, fixed(0.10)),
    "double progression": lambda p, c: ByRule(p, c, double_progression),
    "any set": lambda p, c: ByRule(p, c, any_set),
    "lp": lambda p, c: ByRule(p, c, linear),
    "lp + pain": lambda p, c: ByRule(p, c, linear, minds_pain=True),
    "mesocycle": Mesocycle,
}
POLICIES: Final = (ENGINE, *BASELINES, ORACLE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one runner under one policy.

    in_band, failed, light, hard: shares of working sets (jumps have no reserve and do not count); a failed set is not in band.
    pain_weeks, overload_weeks: counts, scaled to 24 weeks. gain_12, gain_24: % of true capacity at the middle and the end of
    the time, over the exercises trained. fresh: % on race day, None without a race.
    """

    runner: int
    kind: str
    sets: int
    in_band: float
    failed: float
    light: float
    hard: float
    pain_weeks: float
    overload_weeks: float
    gain_12: float
    gain_24: float
    fresh: float | None


@dataclass(frozen=True, slots=True)
class WeekLived:
    """week as it was dosed; done and answers as they were. heard: whether the answers came in time."""

    week: Week
    done: tuple[SessionDone, ...]
    answers: Answers
    heard: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """A week of the engine as it was folded. progress: what was known before."""

    progress: Progress
    week: Week
    answers: Answers


@dataclass(frozen=True, slots=True)
class Life:
    """A runner's history under a policy. folded: the engine's weeks, empty for others."""

    outcome: Outcome
    weeks: tuple[WeekLived, ...]
    folded: tuple[Folded, ...] = ()


class Engine:
    """The engine through its public face: it plans each week itself. A late answer is folded where it belongs and the rest again."""

    def __init__(self, profile: Profile, catalogue: Catalogue) -> None:
        self._profile = profile
        self._catalogue = catalogue
        self._progress = coach.start(profile, catalogue)
        self.folded: list[Folded] = []

    def next_week(self, number: int) -> Week:
        """The week so many weeks after the first Monday; an empty one when nothing is safe."""
        monday = FIRST_MONDAY + timedelta(weeks=number)
        try:
            return coach.next_week(self._profile, self._progress, self._catalogue, week_of=monday)
        except NoSafeExercise:
            return Week(monday, coach.ENGINE, number + 1, Phase.RETURN, Reason("focus_stop"), (), None, ())

    def dose(self, week: Week) -> Week:
        return week

    def learn(self, week: Week, answers: Answers) -> None:
        late = next((n for n, f in enumerate(self.folded) if f.week.week_of == week.week_of), None)
        if late is None:
            self.folded.append(Folded(self._progress, week, answers))
            self._progress = coach.fold(self._profile, self._progress, week, answers, self._catalogue)
            return
        again = self.folded[late:]
        self._progress = again[0].progress
        del self.folded[late:]
        for f in again:
            self.learn(f.week, answers if f is again[0] else f.answers)


@dataclass(frozen=True, slots=True)
class ByFeel:
    """A policy that prints the engine's rule for the end of a set beside its own dose."""

    policy: Policy
    profile: Profile
    catalogue: Catalogue

    def learn(self, week: Week, answers: Answers) -> None:
        self.policy.learn(week, answers)

    def dose(self, week: Week) -> Week:
        return redose(self.policy.dose(week), self._felt)

    def _felt(self, p: Prescription) -> Prescription:
        c, exercise = self.catalogue.constants, self.catalogue.by_slug[p.exercise]
        felt = by_feel(exercise, p.dose, self.profile, p.target_rir, c, may_rise=True)
        return replace(p, up_to=felt.up_to, stop_rir=felt.stop_rir)


def baseline(name: str, profile: Profile, catalogue: Catalogue, world: World) -> Policy:
    """A baseline as this world has it."""
    policy = BASELINES[name](profile, catalogue)
    return ByFeel(policy, profile, catalogue) if world.felt_by_all else policy


def lives(who: Person, catalogue: Catalogue, world: World, weeks: int, policies: Sequence[str]) -> dict[str, Life]:
    """The runner's history under each policy, all over the engine's programme. The engine is always among them."""
    engine = Engine(who.profile, catalogue)
    first = live(Body(who, catalogue, world), catalogue, weeks, engine, engine.next_week)
    found = {ENGINE: Life(first.outcome, first.weeks, tuple(engine.folded))}
    programme = [w.week for w in first.weeks]
    for name in policies:
        if name == ENGINE:
            continue
        body = Body(who, catalogue, world)
        policy = Oracle(body, catalogue) if name == ORACLE else baseline(name, who.profile, catalogue, world)
        found[name] = live(body, catalogue, weeks, policy, programme.__getitem__)
    return found


def live(body: Body, catalogue: Catalogue, weeks: int, policy: Policy, programme: Callable[[int], Week]) -> Life:
    """A runner lives so many weeks. programme: the week's exercises and days, before the policy doses them."""
    tally = _Tally(body, catalogue, weeks)
    tired = Tiredness()
    lived: list[WeekLived] = []
    late: list[tuple[Week, Answers]] = []
    for number in range(weeks):
        skies = weather(body.who, body.world, number)
        week = policy.dose(programme(number))
        done = train(body, catalogue, week, number, skies, tired)
        work = [(catalogue.by_slug[e.prescription.exercise], e.sets) for s in done for e in s.exercises if e.sets]
        overloaded = body.pass_week(work, skies)
        answers = tell(body, week, done, number, skies)
        for earlier in late:
            policy.learn(*earlier)
        late = [(week, answers)] if skies.late and not answers.silent else []
        policy.learn(week, SILENCE if late else answers)
        lived.append(WeekLived(week, done, answers, heard=not late))
        tally.add(number, week, done, overloaded, tired)
    return Life(tally.outcome(), tuple(lived))


@dataclass(slots=True)
class _Tally:
    body: Body
    catalogue: Catalogue
    weeks: int
    sets: int = 0
    in_band: int = 0
    failed: int = 0
    light: int = 0
    hard: int = 0
    pain: int = 0
    overload: int = 0
    prescribed: dict[str, int] = field(default_factory=dict)
    gain_12: float = 0.0
    fresh: float | None = None

    def add(self, number: int, week: Week, done: Sequence[SessionDone], overloaded: bool, tired: Tiredness) -> None:
        for session in done:
            for e in session.exercises:
                if e.prescription.mode is DoseMode.CONTACTS:
                    continue
                for s in e.sets:
                    over = s.left - e.prescription.target_rir
                    self.sets += 1
                    self.failed += s.failed
                    self.in_band += not s.failed and abs(over) <= BAND
                    self.light += over > BAND
                    self.hard += s.failed or over < -BAND
        self.pain += any(site.pain >= PAIN for site in self.body.sites.values())
        self.overload += overloaded
        for slug in {p.exercise for s in week.sessions for p in s.exercises if p.mode is not DoseMode.CONTACTS}:
            self.prescribed[slug] = self.prescribed.get(slug, 0) + 1
        if number + 1 == self.weeks // 2:
            self.gain_12 = self._gain()
        race = self.body.who.profile.race
        if race is not None and 0 <= (race.day - week.week_of).days < 7:
            at = 7.0 * number + (race.day - week.week_of).days
            self.fresh = 100.0 * exp(-tired.now(at))

    def _gain(self) -> float:
        trained: list[Exercise] = [
            self.catalogue.by_slug[slug] for slug, n in sorted(self.prescribed.items()) if n >= TRAINED_WEEKS
        ]
        return fmean(100.0 * (exp(self.body.gain(e)) - 1.0) for e in trained) if trained else 0.0

    def outcome(self) -> Outcome:
        n = max(1, self.sets)
        return Outcome(
            runner=self.body.who.number,
            kind=self.body.who.kind,
            sets=self.sets,
            in_band=100.0 * self.in_band / n,
            failed=100.0 * self.failed / n,
            light=100.0 * self.light / n,
            hard=100.0 * self.hard / n,
            pain_weeks=self.pain * 24.0 / self.weeks,
            overload_weeks=self.overload * 24.0 / self.weeks,
            gain_12=self.gain_12,
            gain_24=self._gain(),
            fresh=self.fresh,
        )
