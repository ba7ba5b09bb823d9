"""Reads one session's report: what each exercise, told in detail or by one tap, shows of the runner's capacity.

docs/evidence.md#reps-in-reserve, #one-tap, #censored
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, sqrt
from typing import Final

from coach import capacity, dose, kinship
from coach.answers import Effort, ExerciseReport, SessionReport
from coach.capacity import Belief
from coach.catalogue import Catalogue, Exercise
from coach.instead import as_done
from coach.phases import Plan
from coach.profile import Profile
from coach.progress import ExerciseState, Seen, make_exercise_state, make_seen
from coach.week import CONTACTS, HOLD, RACE, REPS, TAPER, Dose, Prescription, Session, make_dose

FULL: Final = 5.0
"""Reps left reported as 5 mean "5 or more": a lower bound, never the number. docs/evidence.md#censored"""
TAPPED_UP: Final = 2.0
"""Standard deviations above what is believed at first, beyond which taps alone lift no estimate: one runner of fifty is stronger, and can say so of
an exercise by itself. Judgement."""
MOST_MOVE: Final = 0.7
"""Standard deviations by which one tap may move an estimate: one word is not a measurement. Judgement."""
GONE_ON: Final = 0.5
"""Share of the room to go on that is taken to have been used before a tap: some runners do, some only count. docs/evidence.md#reserve; judgement"""
RACING: Final = frozenset({TAPER, RACE})
"""Phases whose fewer sets are no sets lost."""
REFUSED_WEEKS: Final = 4
"""Trained weeks, with the one of the attempt, until a load that was a large step and too much is tried again: until then repetitions grow. Judgement."""
UNSAID: Final = 4.0
"""Factor on the variance when a set was done as told but nothing was said of what was left. Judgement."""


@dataclass(slots=True)
class Working:
    """An exercise's state while a week is folded; becomes an ExerciseState at the end.

    tolerated_kg: heaviest external load tolerated this week, -1 when none was.
    """

    exercise: str
    mu: float
    var: float
    anchors_kg: tuple[float, ...]
    idle: int
    weeks: int
    top: int
    low: int
    held: bool
    last: Dose | None
    seen: Seen | None
    cut: float = 1.0
    plateau: int = 0
    rested: int = 0
    refused: int = 0
    usual: int = 0
    tolerated_kg: float = -1.0

    def settled(self) -> ExerciseState:
        return make_exercise_state(
            self.exercise,
            self.mu,
            self.var,
            self.anchors_kg,
            self.idle,
            self.weeks,
            self.top,
            self.low,
            self.held,
            self.last,
            self.seen,
            self.cut,
            self.plateau,
            self.rested,
            self.refused,
            self.usual,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What a report is read against."""

    profile: Profile
    catalogue: Catalogue
    plan: Plan
    week_of: date


def effort(report: SessionReport) -> Effort | None:
    """The tap, or what a session effort of 0–10 says in its place."""
    if report.effort is not None or report.rpe is None:
        return report.effort
    return Effort.EASY if report.rpe <= 4 else Effort.RIGHT if report.rpe <= 7 else Effort.HARD


def was_done(report: SessionReport) -> bool:
    """Whether the session took place at all."""
    said = effort(report)
    if said is Effort.SKIPPED:
        return False
    return said is not None or any(_told(e) for e in report.exercises)


def learn(states: dict[str, Working], session: Session, report: SessionReport, scene: Scene) -> set[str]:
    """Updates the states by one session that was done; returns the exercises that were trained.

    Exercises told in detail learn one by one; the others share what the tap says of the session as a whole. The tap is read first:
    after a good report of one exercise its relatives would be expected to do well too, and "about right" would then lower the others.
    """
    told = {e.exercise: e for e in report.exercises if _told(e)}
    left_out = {e.exercise for e in report.exercises if e.sets_done == 0}
    known = [(p, e) for p in session.exercises if (e := scene.catalogue.by_slug.get(p.exercise)) is not None]
    done = [(p, e) for p, e in known if p.exercise not in left_out]
    tapped = [(p, e) for p, e in done if p.exercise not in told]
    said = effort(report)
    if said is not None and said is not Effort.SKIPPED and tapped:
        _tap(states, tapped, said, scene)
    trained: set[str] = set()
    for p, exercise in done:
        swap = told[p.exercise].swap if p.exercise in told else None
        if swap is not None:
            # What was done learns; what was planned was left out, so that its load stays as it is.
            instead = as_done(p, swap, session, scene.catalogue)
            if instead is not None:
                trained.add(instead.exercise)
                _detailed(states, instead, scene.catalogue.by_slug[instead.exercise], told[p.exercise], scene)
            continue
        trained.add(p.exercise)
        if p.exercise in told:
            _detailed(states, p, exercise, told[p.exercise], scene)
    return trained


def _told(report: ExerciseReport) -> bool:
    """Whether a report says how an exercise went, and not simply "no set of it"."""
    said = (report.sets_done, report.reps, report.reps_left, report.load_kg, report.swap)
    return report.sets_done != 0 and any(x is not None for x in said)


def _detailed(
    states: dict[str, Working], p: Prescription, exercise: Exercise, told: ExerciseReport, scene: Scene
) -> None:
    """An exercise told in detail. What an answer weighs depends on what was prescribed, never on what was answered."""
    c = scene.catalogue.constants
    state = states[p.exercise]
    sets = p.dose.sets if told.sets_done is None else told.sets_done
    amount = p.dose.amount if told.reps is None else told.reps
    load = p.dose.load_kg if told.load_kg is None else told.load_kg
    short = amount < p.dose.amount and told.reps_left in {None, 0}
    # Sets left out with something left were left out for want of time, not of strength.
    missing = 0 if told.reps_left else max(0, p.dose.sets - sets)
    failed = min(p.dose.sets, missing + (sets if short else 0))
    left = _left(told, failed, p, c.under_report)
    at_least = told.reps_left is not None and told.reps_left >= FULL and not failed
    seen = make_seen(scene.week_of, "sets", sets, amount, min(left, FULL), at_least, failed)
    # What was done is what the next dose is measured against, as far as the plan let a set go on or step up: beyond that a
    # slip of the thumb must not raise a load.
    most = p.dose if failed or p.harder is None else p.harder
    longest = p.dose.amount if failed else max(p.dose.amount, most.amount, p.up_to or 0)
    load_done = min(load, max(p.dose.load_kg, most.load_kg))
    grid = dose.loads(exercise, scene.profile.equipment, p.dose.gear)[1]
    if load_done not in grid:
        # A load the runner is not known to have: the nearest one below it, never more than was told.
        load_done = max((x for x in grid if x <= load_done), default=min(grid, default=p.dose.load_kg))
    done = make_dose(
        max(1, min(sets, p.dose.sets)),
        max(1, min(amount, longest)),
        load_done,
        None if load_done == 0 else p.dose.gear or most.gear,
    )
    state.usual = _usual_sets(state, p, done.sets, scene)
    state.seen, state.last, state.held = seen, done, failed >= 2
    if exercise.mode is CONTACTS:
        return
    _, _, top = _range(exercise, state, scene)
    moved = max(capacity.moved_kg(exercise, scene.profile.body_mass_kg, load), 1.0)
    variance = capacity.report_variance(capacity.repetitions(exercise, p.dose.amount, c) + p.target_rir, p.dose.sets, c)
    if told.reps_left is None and not failed:
        variance *= UNSAID
    z = capacity.shown(exercise, capacity.repetitions(exercise, amount, c) + left, moved, c)
    z += c.set_fatigue * (p.dose.sets - 1) / 2
    now = Belief(state.mu, state.var)
    now = capacity.observe_at_least(now, z, variance) if at_least else capacity.observe(now, z, variance)
    before = Belief(state.mu, state.var)
    state.mu, state.var = now.mu, now.var
    kinship.follow(states, p.exercise, before.mu, before.var, scene.catalogue)
    if not failed:
        state.tolerated_kg = max(state.tolerated_kg, done.load_kg)
    elif _was_a_leap(state, exercise, done.load_kg, scene):
        state.refused = REFUSED_WEEKS
    state.top = state.top + 1 if not failed and done.amount >= top and left >= p.target_rir else 0
    # Nothing left is too much as well, though no set fell short.
    too_much = failed or told.reps_left == 0
    state.low = state.low + 1 if too_much and _is_lowest(exercise, state, amount, done.load_kg, scene) else 0


def _left(told: ExerciseReport, failed: int, p: Prescription, under_report: float) -> float:
    """Repetitions left, as they probably were: reports fall short by about one. Halperin 2022."""
    if failed:
        return 0.0
    if told.reps_left is None:
        return float(p.target_rir)
    return told.reps_left + under_report * (1.0 if told.reps_left >= 1 else 0.5)


def _tap(states: dict[str, Working], tapped: list[tuple[Prescription, Exercise]], said: Effort, scene: Scene) -> None:
    """One tap tells how the session's mean reserve lay against its target; a Kalman step with one sum observed.

    Each exercise, and each relative of one, takes the share its uncertainty calls for. Exercises expected far below what the runner can do (top of a
    range, painful region) say nothing through a tap, unless there are no others: which count depends on the prescription alone.
    """
    c = scene.catalogue.constants
    expected: list[tuple[str, float, float]] = []
    further = 0.0
    for p, exercise in tapped:
        if p.up_to is not None:
            further += capacity.repetitions(exercise, p.up_to - p.dose.amount, c)
        if exercise.mode is CONTACTS:
            continue
        mu = states[p.exercise].mu
        moved = max(capacity.moved_kg(exercise, scene.profile.body_mass_kg, p.dose.load_kg), 1.0)
        possible = capacity.possible(exercise, mu, moved, c)
        slope = exp(mu) / c.seconds_per_rep if exercise.mode is HOLD else capacity.EPLEY * exp(mu) / moved
        expected.append((p.exercise, possible - capacity.repetitions(exercise, p.dose.amount, c) - p.target_rir, slope))
    counted = [x for x in expected if x[1] <= c.tap_informative] or expected
    if counted:
        mean = sum(over for _, over, _ in counted) / len(counted)
        further *= GONE_ON / len(tapped)
        high, low = c.tap_feel + c.tap_step + further, c.tap_feel - c.tap_step
        if said is Effort.EASY:
            surprise = max(0.0, high - mean)
        elif said is Effort.HARD:
            surprise = min(0.0, low - mean)
        else:
            # "About right" is said anywhere near the target: only what lies beyond that is news.
            surprise = max(low, min(high, mean)) - mean
        vague = 0.0 if said is Effort.HARD else further / 2
        weights = {slug: slope / len(counted) for slug, _, slope in counted}
        shared = kinship.covariances(states, weights, scene.catalogue)
        own = (1.0 - c.same_ladder) * c.prior_sd**2
        total = c.tap_sd**2 + vague**2 + sum(h * shared[slug] for slug, h in weights.items())
        for slug, covariance in shared.items():
            state = states[slug]
            var, share = state.var, covariance / total
            most = MOST_MOVE * sqrt(var)
            moved_by = max(-most, min(most, share * surprise))
            if moved_by > 0:
                usual = capacity.prior(scene.catalogue.by_slug[slug], scene.profile, scene.week_of, c)
                moved_by = min(moved_by, max(0.0, usual.cautious(-TAPPED_UP) - state.mu))
            state.mu += moved_by
            least = max(kinship.LEAST_LEFT * var, min(var, own))
            state.var = max(var - covariance * covariance / total, least)
    for p, exercise in tapped:
        _tapped(states[p.exercise], p, exercise, said, scene)


def _tapped(state: Working, p: Prescription, exercise: Exercise, said: Effort, scene: Scene) -> None:
    """What a tap leaves behind besides the estimate: the dose done, the load tolerated, sessions at the top."""
    step = scene.catalogue.constants.tap_step
    left = p.target_rir + (step if said is Effort.EASY else 0.0 if said is Effort.RIGHT else -step)
    left = max(0.0, left)
    state.seen = make_seen(scene.week_of, str(said), p.dose.sets, p.dose.amount, left)
    state.usual = _usual_sets(state, p, p.dose.sets, scene)
    state.last = p.dose
    state.held = False
    _, _, most = _range(exercise, state, scene)
    hard = said is Effort.HARD
    state.low = state.low + 1 if hard and _is_lowest(exercise, state, p.dose.amount, p.dose.load_kg, scene) else 0
    if not hard:
        state.tolerated_kg = max(state.tolerated_kg, p.dose.load_kg)
    elif _was_a_leap(state, exercise, p.dose.load_kg, scene):
        state.refused = REFUSED_WEEKS
    at_top = not hard and p.dose.amount >= most and exercise.mode is not CONTACTS
    state.top = state.top + 1 if at_top else 0


def _usual_sets(state: Working, p: Prescription, done: int, scene: Scene) -> int:
    """The sets to come back to after an easier week, of which all that was asked for was done; 0 after any other week."""
    spares = scene.plan.easy or scene.plan.phase in RACING
    return max(state.usual, state.last.sets) if spares and state.last is not None and done == p.dose.sets else 0


def _was_a_leap(state: Working, exercise: Exercise, load_kg: float, scene: Scene) -> bool:
    """Whether the load was a larger step above what has been tolerated lately than one on target would be: coarse equipment has no smaller one."""
    anchor = max(state.anchors_kg, default=load_kg)
    moved = capacity.moved_kg(exercise, scene.profile.body_mass_kg, anchor)
    return load_kg - anchor > scene.catalogue.constants.cap_target * moved


def _is_lowest(exercise: Exercise, state: Working, amount: int, load_kg: float, scene: Scene) -> bool:
    """Whether a set was below the range, or already the least that is ever asked for: the lightest load, the shortest set."""
    lightest = _grid(exercise, state, scene)[0]
    shortest = dose.LEAST_REPS if exercise.mode is REPS else dose.HOLD_S[0]
    return amount < _range(exercise, state, scene)[0] or (amount <= shortest and load_kg <= lightest)


def _range(exercise: Exercise, state: Working, scene: Scene) -> tuple[int, int, int]:
    return dose.amounts(exercise, scene.plan, _grid(exercise, state, scene))


def _grid(exercise: Exercise, state: Working, scene: Scene) -> tuple[float, ...]:
    return dose.loads(exercise, scene.profile.equipment, state.last.gear if state.last else None)[1] or (0.0,)
