"""What bounds a dose against the last one: every ground against a rise, every cut, and how far a rise may go.

docs/evidence.md#caps, #pain, #silence, #readiness
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from coach import dose, phases, safety
from coach.dose import Limits, make_limits
from coach.phases import AWAY_WEEKS, EASY_PHASES, LONG_AWAY_WEEKS
from coach.week import CARRY, CONTACTS, HOLD

if TYPE_CHECKING:
    from coach.catalogue import Exercise
    from coach.choosing import Situation
    from coach.constants import Constants
    from coach.phases import Plan
    from coach.progress import ExerciseState, Progress, RegionState

SPARED_TISSUE: Final = 2
"""Weight from which an exercise loads a region enough to get fewer sets when that has hurt. docs/evidence.md#pain; judgement"""
REST_WEEKS: Final = 2
"""Weeks for which the plan may leave an exercise out, while the runner trains, and it still goes on from where it was: so short a rest costs
nothing. docs/evidence.md#silence"""
CALM_TO_SKIP: Final = 4
"""Weeks below pain 3 until what loads a region that has hurt may skip ahead again. docs/evidence.md#pain; judgement"""
FIRST_RIR: Final = 3
"""Repetitions left, at least, the first time with an exercise: nobody knows yet what it weighs on this runner. Judgement."""
LIGHT_RIR: Final = 4
"""Least repetitions in reserve aimed at in a light session, which must not be felt in the hard run after it, and in what is cut or
loads what hurts. Judgement."""
LOW_END_S: Final = {HOLD: dose.HOLD_S[0], CARRY: dose.CARRY_S[0]}
"""Seconds with which a hold or a carry begins that stands in for something painful. docs/evidence.md#pain; judgement"""


class Ground(StrEnum):
    """Why nothing about an exercise may go up this week."""

    SCREEN = "screen"
    HOLD = "hold"
    """An answer left a question open: see Progress.hold."""
    SORE = "sore"
    TIRED = "tired"
    """A big week with signs of too much."""
    PHASE = "phase"
    PAIN = "pain"
    MISSED = "missed"
    IDLE = "idle"
    """Not trained, or not told of, last week; or planned and never done yet."""
    FAILED = "failed"
    HARD = "hard"
    EASY = "easy"
    """Every fourth week, where there are three sets: a set less, and nothing more of anything."""


def of(s: Situation, exercise: Exercise, sets: int, *, stands_in: bool = False) -> Limits:
    """The limits of an exercise this week.

    sets: how many the phase and the minutes allow. stands_in: whether it takes the place of one that pain has taken out.
    """
    c = s.catalogue.constants
    state = s.states.get(exercise.slug)
    seen = None if state is None else state.seen
    said = None if seen is None else seen.source
    new = state is None or not state.weeks
    # What takes the place of a painful exercise, or comes in while it loads what hurts, begins at the low end.
    low = (new or state is None or state.idle > 0) and (stands_in or hurts(s, exercise))
    cap = 0.0
    if state is not None:
        now = s.beliefs.of(exercise)
        cap = dose.rise_cap(exercise, now, state, s.plan, s.profile, c, after_gap=phases.after_gap(s.progress))
    if said == "right":
        # A session that was about right asks for no leap, however light the estimate takes this exercise to be.
        cap = min(cap, c.cap_target)
    if lately_hurt(s, exercise) or (state is not None and _is_back(state, c)):
        # What has just hurt, or rested for long, comes back as after weeks away.
        cap = min(cap, c.cap_after_gap)
    may_rise = not against(s, exercise)
    kept = cut(s, exercise)
    too_heavy = is_too_heavy(s, state)
    well, easy = went_well(state) and not too_heavy, s.plan.phase in EASY_PHASES
    return make_limits(
        target_rir=target_rir(s, exercise, kept),
        cut=kept,
        may_rise=may_rise,
        cap=cap,
        caution=c.caution_returning if s.careful or (new and exercise.start_load_share > 0) else c.caution,
        sets=most_sets(s, exercise, sets),
        more=said == "easy" or (seen is not None and seen.at_least),
        less=said == "hard" or _took_all(state),
        most=LOW_END_S.get(exercise.mode, s.plan.reps[0]) if low else None,
        keep=well and not easy,
        steady=well and easy,
        longer=too_heavy,
        heavier=state is None or not (state.refused or too_heavy),
        usual=state.usual if may_rise and state is not None else 0,
        bare=bool(s.watched) and any(exercise.tissue(r) >= SPARED_TISSUE for r in s.watched),
    )


def target_rir(s: Situation, exercise: Exercise, kept: float) -> int:
    """Reserve aimed at: what is cut, or loads what hurts, is meant to be light; what is done for the first time leaves one more.

    kept: share of the last dose that a cut leaves. docs/evidence.md#dose, #pain, #silence
    """
    state = s.states.get(exercise.slug)
    first = state is None or not state.weeks
    light = kept < 1.0 or hurts(s, exercise)
    return max(s.plan.target_rir, LIGHT_RIR if light else FIRST_RIR if first and exercise.mode is not CONTACTS else 0)


def against_all(progress: Progress, plan: Plan, c: Constants, *, may_progress: bool) -> tuple[Ground, ...]:
    """Every ground on which no exercise may go up, whatever it is."""
    found = []
    if not may_progress:
        found.append(Ground.SCREEN)
    if progress.hold:
        found.append(Ground.HOLD)
    if progress.soreness >= c.sore_hold:
        found.append(Ground.SORE)
    if progress.strain:
        found.append(Ground.TIRED)
    if plan.phase in EASY_PHASES:
        found.append(Ground.PHASE)
    return tuple(found)


def against(s: Situation, exercise: Exercise) -> list[Ground]:
    """Every ground on which the dose may not go up on last week's."""
    found = [*s.grounds]
    if hurts(s, exercise):
        found.append(Ground.PAIN)
    if s.missed:
        found.append(Ground.MISSED)
    state = s.states.get(exercise.slug)
    if state is None:
        return found
    if state.idle > min(state.rested, REST_WEEKS) or not state.weeks:
        found.append(Ground.IDLE)
    if _spent(state):
        found.append(Ground.FAILED)
    if state.seen is not None and state.seen.source == "hard":
        found.append(Ground.HARD)
    if s.plan.easy:
        found.append(Ground.EASY)
    return found


def may_step(s: Situation, exercise: Exercise) -> bool:
    """Whether the runner may step up within a session when 5 or more are left: what is felt on the day outranks the plan."""
    return not (s.grounds or s.resumes or hurts(s, exercise))


def hurts(s: Situation, exercise: Exercise) -> bool:
    """Whether it loads a region whose pain forbids any rise."""
    return bool(s.sore) and safety.sore(exercise, s.sore) is not None


def cut(s: Situation, exercise: Exercise) -> float:
    """Share of the last dose to keep: the smallest that pain or absence asks for, 1 for no cut."""
    c = s.catalogue.constants
    kept = 1.0
    for region in s.progress.regions:
        if region.cut < kept and exercise.tissue(region.region):
            kept = region.cut
    # A single exercise that rested comes back as the runner would after weeks away.
    state = s.states.get(exercise.slug)
    if state is not None:
        # What pain took in the middle of the week it does not take again on Sunday.
        kept = min(1.0, kept / state.cut)
    if rested(s, exercise) is not None:
        kept = min(kept, c.pain_cut)
    away = max(s.missed, 0 if state is None else _rest(state))
    if away >= LONG_AWAY_WEEKS:
        return min(kept, c.gap_long)
    return min(kept, c.gap_short) if away >= AWAY_WEEKS else kept


def most_sets(s: Situation, exercise: Exercise, wanted: int) -> int:
    """Two sets of jumps and of what is new; fewer of what loads a region that has hurt.

    docs/evidence.md#plyometrics, #pain
    """
    state = s.states.get(exercise.slug)
    new = state is None or not state.weeks
    most = min(wanted, 2) if new or exercise.mode is CONTACTS else wanted
    if state is not None and state.last is not None and phases.after_gap(s.progress):
        # After weeks away a set more is a rise as well.
        most = min(most, max(state.last.sets, state.usual))
    fewer = int(s.progress.hurt > 0)
    if region := spared(s, exercise):
        fewer = max(fewer, region.fewer)
    return max(1, most - fewer)


def spared(s: Situation, exercise: Exercise) -> RegionState | None:
    """The region that has hurt for whose sake the exercise gets fewer sets, the one with the most taken off."""
    found = None
    for r in s.spared:
        if exercise.tissue(r.region) >= SPARED_TISSUE:
            found = r if found is None else max(found, r, key=lambda x: (x.fewer, x.region))
    return found


def _rest(state: ExerciseState) -> int:
    """Weeks without an exercise that count by themselves; none for what came back with a cut and was done only once since, else every rest would take more."""
    once = len(state.anchors_kg) == 1 < state.weeks
    return state.idle if state.weeks and not once else 0


def is_too_heavy(s: Situation, state: ExerciseState | None) -> bool:
    """Whether the last dose had a load for fewer repetitions than a screen allows, because it was told of only since. docs/safety.md#screening"""
    last = None if state is None else state.last
    return last is not None and safety.holds_breath(last, s.profile.screens, s.plan.reps[0])


def _spent(state: ExerciseState) -> bool:
    """Whether the last set was told to have left nothing."""
    return state.seen is not None and state.seen.source == "sets" and state.seen.reps_left < 1


def _took_all(state: ExerciseState | None) -> bool:
    """Whether the last set was told to have left nothing, and none fell short: like a session called hard, it asks for a little less."""
    return state is not None and _spent(state) and state.seen is not None and not state.seen.failed


def _is_back(state: ExerciseState, c: Constants) -> bool:
    """Whether it was known before a long rest, which left no anchor, and has not filled its anchors since."""
    return len(state.anchors_kg) < c.anchor_weeks < state.weeks


def lately_hurt(s: Situation, exercise: Exercise) -> bool:
    """Whether it loads a region that has hurt and has not been calm for long: then no rung is taken early. docs/evidence.md#pain"""
    return bool(s.spared) and any(
        r.calm_weeks < CALM_TO_SKIP and exercise.tissue(r.region) >= SPARED_TISSUE for r in s.spared
    )


def rested(s: Situation, exercise: Exercise) -> RegionState | None:
    """The region that hurt while the exercise, which loads it in earnest, was left out; None when none did."""
    state = s.states.get(exercise.slug)
    if state is None or not state.weeks or not state.idle:
        return None
    hurt = [r for r in s.spared if r.calm_weeks < state.idle and exercise.tissue(r.region) >= SPARED_TISSUE]
    return min(hurt, key=lambda r: (r.calm_weeks, r.region)) if hurt else None


def went_well(state: ExerciseState | None) -> bool:
    """Whether the last dose was no harder than meant: then it is the least of the next one, unless something asks for less."""
    return state is not None and state.seen is not None and not state.seen.too_much
