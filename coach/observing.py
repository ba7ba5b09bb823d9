"""Reads one session's report: what each exercise, told in detail or by one tap, shows of the runner's capacity.

docs/evidence.md#reps-in-reserve, #one-tap, #censored
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, sqrt
from typing import Final

from coach import capacity, dose, kinship
from coach.answers import Effort, ExerciseReport, SessionReport
from coach.capacity import Belief
from coach.catalogue import Catalogue, Exercise
from coach.instead import as_done
from coach.phases import Plan
from coach.profile import Profile
from coach.progress import ExerciseState, Seen, make_exercise_state, make_seen
from coach.week import CONTACTS, RACE, TAPER, Dose, Prescription, Session, make_dose

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
            self.last,
            self.seen,
            self.cut,
            self.plateau,
            self.rested,
            self.refused,
            self.usual,
        )


@dataclass(slots=True)
class _Move:
    """By how much what is told of others moves an estimate at the end of the week: the taps, and its relatives.

    surer: share of its variance that its relatives leave. unsure, down, up: shares of its variance, and of such a move, that are left once
    the exercise was told of by itself. most: what was believed of an exercise told to be too much: what is said of others comes off it whole.
    """

    tapped: float = 0.0
    followed: float = 0.0
    surer: float = 1.0
    unsure: float = 1.0
    down: float = 1.0
    up: float = 1.0
    most: float = inf


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


def learn(states: dict[str, Working], done: Sequence[tuple[Session, SessionReport]], scene: Scene) -> list[set[str]]:
    """Updates the states by the sessions of a week that were done; returns, for each, the exercises that were trained.

    Everything is read against what was believed before the taps of the week, so that what they say adds up: read one after the other,
    "easy" would be the greater surprise after a session called hard, and so would a good report of an exercise, which lifts its
    relatives. A harder answer never lifts an estimate. docs/evidence.md#one-tap
    """
    moves = {slug: _Move() for slug in states}
    _taps(states, done, scene, moves)
    trained = [_session(states, session, report, scene, moves) for session, report in done]
    c = scene.catalogue.constants
    for slug, move in moves.items():
        state, tapped, followed = states[slug], move.tapped, move.followed
        tapped *= move.down if tapped < 0 else move.up
        followed *= move.down if followed < 0 else move.up
        if tapped > 0:
            usual = capacity.prior(scene.catalogue.by_slug[slug], scene.profile, scene.week_of, c)
            tapped = min(tapped, max(0.0, usual.cautious(-TAPPED_UP) - state.mu - followed))
        state.mu = min(state.mu + followed + tapped, move.most + move.followed + move.tapped)
        state.var *= move.unsure * move.surer
    return trained


def _session(
    states: dict[str, Working], session: Session, report: SessionReport, scene: Scene, moves: dict[str, _Move]
) -> set[str]:
    """What a session leaves behind besides what its tap says of capacity; returns the exercises that were trained."""
    told = {e.exercise: e for e in report.exercises if _told(e)}
    said = effort(report)
    trained: set[str] = set()
    for p, exercise in _done(session, report, scene):
        if p.exercise not in told:
            trained.add(p.exercise)
            if said is not None:
                _tapped(states[p.exercise], p, exercise, said, scene)
            continue
        swap = told[p.exercise].swap
        # What was done in its place learns; what was planned was left out, so that its load stays as it is.
        as_told = p if swap is None else as_done(p, swap, session, scene.catalogue)
        if as_told is not None:
            trained.add(as_told.exercise)
            _detailed(states, as_told, scene.catalogue.by_slug[as_told.exercise], told[p.exercise], scene, moves)
    return trained


def _done(session: Session, report: SessionReport, scene: Scene) -> list[tuple[Prescription, Exercise]]:
    """The exercises of a session that were not left out."""
    left_out = {e.exercise for e in report.exercises if e.sets_done == 0}
    known = [(p, e) for p in session.exercises if (e := scene.catalogue.by_slug.get(p.exercise)) is not None]
    return [(p, e) for p, e in known if p.exercise not in left_out]


def _told(report: ExerciseReport) -> bool:
    """Whether a report says how an exercise went, and not simply "no set of it"."""
    said = (report.sets_done, report.reps, report.reps_left, report.load_kg, report.swap)
    return report.sets_done != 0 and any(x is not None for x in said)


def _detailed(
    states: dict[str, Working],
    p: Prescription,
    exercise: Exercise,
    told: ExerciseReport,
    scene: Scene,
    moves: dict[str, _Move],
) -> None:
    """An exercise told in detail. What an answer weighs depends on what was prescribed, never on what was answered.

    moves: gathers by how much the relatives follow.
    """
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
    state.seen, state.last = seen, done
    if exercise.mode is CONTACTS:
        return
    _, _, top = _range(exercise, state, scene)
    moved = max(capacity.moved_kg(exercise, scene.profile.body_mass_kg, load), 1.0)
    variance = capacity.report_variance(capacity.repetitions(exercise, p.dose.amount, c) + p.target_rir, c)
    if told.reps_left is None and not failed:
        variance *= UNSAID
    z = capacity.shown(exercise, capacity.repetitions(exercise, amount, c) + left, moved, c)
    z += c.set_fatigue * (p.dose.sets - 1) / 2
    move = moves[p.exercise]
    before = Belief(state.mu, state.var * move.unsure)
    now = capacity.observe_at_least(before, z, variance) if at_least else capacity.observe(before, z, variance)
    # Nothing left is too much as well, though no set fell short.
    too_much = failed > 0 or told.reps_left == 0
    if too_much:
        # Whatever was believed, too much is no sign of more; nor does being surer, of it or of its relatives, lift a dose then.
        surer = sqrt(before.var) - sqrt(now.var)
        now = Belief(min(now.mu, before.mu - c.caution_returning * surer), now.var)
        move.most = min(move.most, before.mu - c.caution_returning * surer)
    as_seen = Belief(now.mu, before.var) if too_much else now
    for other, (by, left_over) in kinship.follow(states, p.exercise, before, as_seen, scene.catalogue).items():
        moves[other].followed += by
        moves[other].surer *= left_over
    state.mu = now.mu
    # What is told of it outweighs what is told of others. Too much leaves nothing that lifts it; "5 or more" nothing that lowers it.
    kept = now.var / before.var
    move.unsure *= kept
    move.down *= 0.0 if at_least else kept
    move.up *= 0.0 if too_much else 1.0 if at_least else kept
    if not too_much:
        state.tolerated_kg = max(state.tolerated_kg, done.load_kg)
    elif _was_a_leap(state, exercise, done.load_kg, scene):
        state.refused = REFUSED_WEEKS
    state.top = state.top + 1 if not failed and done.amount >= top and left >= p.target_rir else 0
    state.low = state.low + 1 if too_much and _is_lowest(exercise, state, amount, done.load_kg, scene) else 0


def _left(told: ExerciseReport, failed: int, p: Prescription, under_report: float) -> float:
    """Repetitions left, as they probably were: reports fall short by about one. Halperin 2022."""
    if failed:
        return 0.0
    if told.reps_left is None:
        return float(p.target_rir)
    return told.reps_left + under_report * (1.0 if told.reps_left >= 1 else 0.5)


def _taps(
    states: dict[str, Working], done: Sequence[tuple[Session, SessionReport]], scene: Scene, moves: dict[str, _Move]
) -> None:
    """The taps of a week, one by one: the more there are, the less each weighs, as one and the same person gives them all."""
    variance = scene.catalogue.constants.tap_sd**2 * len([report for _, report in done if effort(report) is not None])
    for session, report in done:
        said = effort(report)
        if said is not None:
            swapped = {e.exercise for e in report.exercises if e.swap is not None}
            work = [(p, e) for p, e in _done(session, report, scene) if p.exercise not in swapped]
            _tap(states, work, said, variance, scene, moves)


def _tap(
    states: dict[str, Working],
    work: list[tuple[Prescription, Exercise]],
    said: Effort,
    variance: float,
    scene: Scene,
    moves: dict[str, _Move],
) -> None:
    """One tap tells how the session's mean reserve lay against its target; a Kalman step with one sum observed.

    Each exercise, and each relative of one, takes the share its uncertainty calls for: `moves` gathers by how much, and the variances fall. variance: of a tap, in square repetitions. What is
    told of an exercise by itself comes on top, so that naming one changes nothing of what the tap says of the others. Exercises expected far below what the runner can do (top of a
    range, painful region) say nothing through a tap, unless there are no others: what counts, and what it weighs, depends on the prescription alone.
    """
    c = scene.catalogue.constants
    expected: list[tuple[str, float, float]] = []
    further = 0.0
    for p, exercise in work:
        if p.up_to is not None:
            further += capacity.repetitions(exercise, p.up_to - p.dose.amount, c)
        if exercise.mode is CONTACTS:
            continue
        mu = states[p.exercise].mu
        kg = max(capacity.moved_kg(exercise, scene.profile.body_mass_kg, p.dose.load_kg), 1.0)
        possible = capacity.possible(exercise, mu, kg, c)
        over = possible - capacity.repetitions(exercise, p.dose.amount, c) - p.target_rir
        expected.append((p.exercise, over, capacity.slope(exercise, mu, kg, c)))
    counted = [x for x in expected if x[1] <= c.tap_informative] or expected
    if not counted:
        return
    mean = sum(over for _, over, _ in counted) / len(counted)
    further *= GONE_ON / len(work)
    high, low = c.tap_feel + c.tap_step + further, c.tap_feel - c.tap_step
    if said is Effort.EASY:
        surprise = max(0.0, high - mean)
    elif said is Effort.HARD:
        surprise = min(0.0, low - mean)
    else:
        # "About right" is said anywhere near the target: only what lies beyond that is news.
        surprise = max(low, min(high, mean)) - mean
    weights = {slug: slope / len(counted) for slug, _, slope in counted}
    shared = kinship.covariances(states, weights, scene.catalogue)
    own = (1.0 - c.same_ladder) * c.prior_sd**2
    total = variance + sum(h * shared[slug] for slug, h in weights.items())
    for slug, covariance in shared.items():
        state = states[slug]
        var = state.var
        most, by = MOST_MOVE * sqrt(var), covariance / total * surprise
        moves[slug].tapped += by if -most <= by <= most else most if by > 0 else -most
        # No estimate becomes surer than what an exercise shares with nothing else, nor much surer by one word.
        state.var = max(var - covariance * covariance / total, kinship.LEAST_LEFT * var, min(var, own))


def _tapped(state: Working, p: Prescription, exercise: Exercise, said: Effort, scene: Scene) -> None:
    """What a tap leaves behind besides the estimate: the dose done, the load tolerated, sessions at the top."""
    step = scene.catalogue.constants.tap_step
    left = p.target_rir + (step if said is Effort.EASY else 0.0 if said is Effort.RIGHT else -step)
    left = max(0.0, left)
    state.seen = make_seen(scene.week_of, str(said), p.dose.sets, p.dose.amount, left)
    state.usual = _usual_sets(state, p, p.dose.sets, scene)
    state.last = p.dose
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
    return amount < _range(exercise, state, scene)[0] or (amount <= dose.shortest(exercise) and load_kg <= lightest)


def _range(exercise: Exercise, state: Working, scene: Scene) -> tuple[int, int, int]:
    return dose.amounts(exercise, scene.plan, _grid(exercise, state, scene))


def _grid(exercise: Exercise, state: Working, scene: Scene) -> tuple[float, ...]:
    return dose.loads(exercise, scene.profile.equipment, state.last.gear if state.last else None)[1] or (0.0,)
