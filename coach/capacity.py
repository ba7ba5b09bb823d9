"""What a runner can do in an exercise, how sure we are of it, and how answers change both.

Capacity is a normal belief about mu = ln(1RM-equivalent in kg, share of body mass included); for a hold mu = ln(longest
seconds). Repetitions and load trade along Epley's line: 1RM = load · (1 + repetitions / 30). A hold of three seconds
counts as one repetition. docs/evidence.md#capacity
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, log, pi, sqrt
from typing import TYPE_CHECKING, Final

from coach import kinship, selftests
from coach.profile import NEW, SOME
from coach.values import maker, quick
from coach.week import HOLD, REPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from coach.catalogue import Catalogue, Exercise, Kin
    from coach.constants import Constants
    from coach.profile import Profile
    from coach.progress import ExerciseState
    from coach.selftests import Shown

EPLEY: Final = 30.0
"""Repetitions that halve the load. Epley 1985; equal to Brzycki's line at 10 repetitions."""


AGREES: Final = 2.0
"""Standard deviations from an estimate within which a test says the same. Judgement."""


@quick
@dataclass(frozen=True, slots=True)
class Belief:
    """mean and variance of ln(capacity)."""

    mu: float
    var: float

    def cautious(self, deviations: float) -> float:
        """The estimate, so many standard deviations on the safe side."""
        return self.mu - deviations * sqrt(self.var)


make_belief = maker(Belief)


def moved_kg(exercise: Exercise, body_mass_kg: float, load_kg: float) -> float:
    """What the working limb moves, in kg: its share of the body and the external load."""
    return exercise.bodyweight_share * body_mass_kg + load_kg


def possible(exercise: Exercise, mu: float, moved: float, c: Constants) -> float:
    """Most repetitions (or repetition-equivalents of a hold or carry) at this load, if capacity is mu."""
    if exercise.mode is HOLD:
        return exp(mu) / c.seconds_per_rep
    return EPLEY * (exp(mu) / moved - 1.0)


def repetitions(exercise: Exercise, amount: float, c: Constants) -> float:
    """A prescribed amount in repetition-equivalents: seconds of holds and carries count a third."""
    return amount if exercise.mode is REPS else amount / c.seconds_per_rep


def unit(exercise: Exercise, c: Constants) -> float:
    """What a repetition is in the exercise's own unit: 1, or so many seconds."""
    return 1.0 if exercise.mode is REPS else c.seconds_per_rep


def slope(exercise: Exercise, mu: float, moved: float, c: Constants) -> float:
    """Repetitions that are possible more for a small rise of mu, each for one."""
    return exp(mu) / c.seconds_per_rep if exercise.mode is HOLD else EPLEY * exp(mu) / moved


def shown(exercise: Exercise, n: float, moved: float, c: Constants) -> float:
    """The capacity (as mu) that n repetition-equivalents to failure at this load would show."""
    if exercise.mode is HOLD:
        return log(max(n, 1 / 3) * c.seconds_per_rep)
    return log(moved) + log(1.0 + max(n, 0.0) / EPLEY)


def prior(exercise: Exercise, profile: Profile, on: date, c: Constants) -> Belief:
    """What is believed before any answer: an untrained runner of this mass, corrected for experience and age."""
    # Where the body is the load, experience shows in repetitions; a share of the 1RM would be worth far too many of them.
    known = profile.experience
    more = 0.0 if known is NEW else c.experience_some if known is SOME else c.experience_seasoned
    lifted = exercise.start_load_share > 0
    amount = exercise.start_amount * (1.0 if lifted else 1.0 + more)
    if exercise.mode is HOLD:
        mu, sd = log(amount), c.hold_prior_sd
    else:
        moved = (exercise.bodyweight_share + exercise.start_load_share) * profile.body_mass_kg
        mu, sd = shown(exercise, repetitions(exercise, amount, c), moved, c), c.prior_sd
    if lifted:
        mu += more
    mu -= c.age_loss_per_year * max(0.0, profile.age(on) - c.age_from)
    return make_belief(mu, sd * sd)


def first(exercise: Exercise, profile: Profile, on: date, catalogue: Catalogue) -> Belief:
    """What is believed before any answer: the prior, and what the nearest self-test of its ladder or pattern shows.

    A test is an observation with an error of its own; the prior of a relative of the tested exercise follows. docs/evidence.md#self-tests
    """
    c = catalogue.constants
    own = prior(exercise, profile, on, c)
    nearest: tuple[float, str, Shown] | None = None
    for seen in selftests.shown(profile, on, c):
        tested = catalogue.by_slug.get(seen.exercise)
        if tested is None or (tested.mode is HOLD) != (exercise.mode is HOLD):
            continue
        rho = 1.0 if tested is exercise else kinship.correlation(tested, exercise, c)
        # Of another pattern it says too little: many calf raises are no sign of a strong deadlift.
        if rho > c.same_body and (nearest is None or (-rho, seen.exercise) < nearest[:2]):
            nearest = (-rho, seen.exercise, seen)
    if nearest is None:
        return own
    rho, seen = -nearest[0], nearest[2]
    tested = catalogue.by_slug[seen.exercise]
    theirs = prior(tested, profile, on, c)
    return _follow(own, theirs, observe(theirs, _tested(tested, seen, profile, c), seen.sd**2), rho)


def _tested(exercise: Exercise, test: Shown, profile: Profile, c: Constants) -> float:
    """The capacity (as mu) that a self-test of the exercise shows."""
    moved = moved_kg(exercise, profile.body_mass_kg, 0.0)
    return shown(exercise, repetitions(exercise, test.amount, c), moved, c)


def _follow(own: Belief, before: Belief, now: Belief, rho: float) -> Belief:
    """What is believed of an exercise when a relative's belief has gone from before to now (a bivariate normal, conditioned on one side)."""
    known = min(1.0, now.var / before.var)
    surprise = (now.mu - before.mu) / sqrt(before.var)
    return make_belief(own.mu + rho * surprise * sqrt(own.var), own.var * (1.0 - rho * rho * (1.0 - known)))


class Beliefs:
    """What is believed of exercises on one day, each worked out once and only when asked for."""

    __slots__ = ("_catalogue", "_first", "_found", "_nearest", "_on", "_profile", "_states")

    def __init__(self, states: Mapping[str, ExerciseState], profile: Profile, on: date, catalogue: Catalogue) -> None:
        self._states = states
        self._profile = profile
        self._on = on
        self._catalogue = catalogue
        self._found: dict[str, Belief] = {}
        self._first: dict[str, Belief] = {}
        self._nearest: dict[Kin, str] | None = None

    def of(self, exercise: Exercise) -> Belief:
        """Its own state, or what was believed first, as it follows its nearest relative."""
        found = self._found.get(exercise.slug)
        if found is None:
            state = self._states.get(exercise.slug)
            found = self._by_kin(exercise) if state is None else make_belief(state.mu, state.var)
            self._found[exercise.slug] = found
        return found

    def _by_kin(self, exercise: Exercise) -> Belief:
        own = self._at_first(exercise)
        relative = self._relative(exercise)
        if relative is None:
            return own
        rho = kinship.correlation(relative, exercise, self._catalogue.constants)
        state = self._states[relative.slug]
        return _follow(own, self._at_first(relative), make_belief(state.mu, state.var), rho)

    def _at_first(self, exercise: Exercise) -> Belief:
        found = self._first.get(exercise.slug)
        if found is None:
            found = first(exercise, self._profile, self._on, self._catalogue)
            self._first[exercise.slug] = found
        return found

    def _relative(self, exercise: Exercise) -> Exercise | None:
        """The exercise trained for longest of the same ladder, else of the same pattern, else any; holds tell of holds alone."""
        if self._nearest is None:
            self._nearest = self._longest_trained()
        for group in exercise.kin:
            if nearest := self._nearest.get(group):
                return self._catalogue.by_slug[nearest]
        return None

    def _longest_trained(self) -> dict[Kin, str]:
        """For each group the exercise trained in most weeks: a choice that no answer can turn to its gain, as one by variances could."""
        found: dict[Kin, str] = {}
        for _, slug in sorted([(-state.weeks, slug) for slug, state in self._states.items() if state.weeks]):
            exercise = self._catalogue.by_slug.get(slug)
            for group in exercise.kin if exercise is not None else ():
                found.setdefault(group, slug)
        return found


def outdone(tests: Iterable[Shown], beliefs: Beliefs, profile: Profile, catalogue: Catalogue) -> frozenset[str]:
    """The patterns of tests that training has outdone: what is believed of the tested exercise is no longer what the test has shown."""
    c, found = catalogue.constants, set()
    for test in tests:
        exercise = catalogue.by_slug.get(test.exercise)
        if exercise is None:
            continue
        now = beliefs.of(exercise)
        if abs(now.mu - _tested(exercise, test, profile, c)) > AGREES * sqrt(test.sd**2 + now.var):
            found.add(exercise.pattern)
    return frozenset(found)


def drift(mu: float, var: float, missed: Iterable[int], c: Constants) -> tuple[float, float]:
    """Mean and variance after weeks have passed: they grow uncertain, and from the third missed week to the twelfth capacity is expected to fall.

    missed: for each of the weeks how many, with it, were missed running.
    """
    for n in missed:
        var += c.drift_sd**2
        if c.detrain_from_week <= n <= c.detrain_to_week:
            mu -= c.detrain_per_week
    return mu, var


def report_variance(prescribed: float, c: Constants) -> float:
    """Variance (ln) of a report, from what was prescribed only: an answer never sets its own weight.

    prescribed: repetitions to failure the prescription implies.
    """
    sd = c.report_sd + c.report_sd_per_rep * max(0.0, prescribed - c.report_reps_exact)
    return (sd / (EPLEY + prescribed)) ** 2


def observe(now: Belief, z: float, variance: float) -> Belief:
    """The belief after seeing capacity z with this variance (a Kalman step)."""
    gain = now.var / (now.var + variance)
    return Belief(now.mu + gain * (z - now.mu), now.var * (1.0 - gain))


def observe_at_least(now: Belief, z: float, variance: float) -> Belief:
    """The belief after hearing that capacity is at least z: mean and variance of the truncated normal.

    Never lower than before: a bound that is far below what is believed says nothing. docs/evidence.md#censored
    """
    sd = sqrt(now.var + variance)
    x = (z - now.mu) / sd
    hazard = _hazard(x)
    shrink = min(1.0, hazard * (hazard - x))
    return Belief(now.mu + now.var / sd * hazard, max(now.var * (1.0 - now.var / (sd * sd) * shrink), 1e-6))


def _hazard(x: float) -> float:
    """Standard normal density over the upper tail, at x; its asymptote where the tail is too thin to compute."""
    if x > 30:
        return x + 1 / x
    return sqrt(2.0 / pi) * exp(-0.5 * x * x) / erfc(x / sqrt(2.0))
