"""Which exercise fills a slot: the one in use while it serves, else the one this runner needs most.

docs/evidence.md#qualities, #ladder
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Final
from zlib import crc32

from coach import dose, needs, safety
from coach.capacity import Beliefs
from coach.catalogue import Catalogue, Exercise, Slot
from coach.kit import Kit
from coach.limits import Ground, lately_hurt, went_well
from coach.needs import Need
from coach.phases import Plan
from coach.profile import NEW, SEASONED, SOME, Profile, Region
from coach.progress import ExerciseState, Progress, RegionState, SlotState
from coach.selftests import Finding
from coach.values import maker, quick
from coach.week import CONTACTS, Phase, Reason

START_RUNG: Final = {NEW: 2, SOME: 3, SEASONED: 9}
"""Highest rung a runner may start on; one more for every four completed weeks. Judgement."""
CALM_WEEKS: Final = 3
"""Weeks below pain 3 in a leg region before jumps come back. docs/evidence.md#plyometrics"""
HEAVY_LIFT: Final = 3.0
"""What one heavy lift with both legs a week is worth to a seasoned runner with a barbell or machine. docs/evidence.md#running-economy"""
NEW_AGAIN: Final = 3
"""Weeks without an exercise after which it may come back for variety. Judgement."""
JUMP_WEEKS: Final = 4
"""Completed weeks on one rung of the jumps before the next. docs/evidence.md#plyometrics"""
OUTGROWN: Final = 3
"""Sessions at the top of the range, with no rung left to climb, after which another exercise takes over. Judgement."""
TOO_EASY: Final = 8.0
"""What it costs an exercise in score, for each share by which its longest and heaviest set would fall short of the target. Judgement."""
TRIFLE: Final = 0.2
"""Share beyond its longest set from which an exercise is not worth a place in a light session. Judgement."""
TOO_HARD: Final = 2
"""Sessions running below the range after which something easier takes over. docs/evidence.md#ladder"""
MET: Final = 2
"""Weeks with an exercise before its rung may be left early. Judgement."""
LONG_AT_TOP: Final = 4
"""Sessions at the top of the range after which a rung may be taken early. Judgement."""
SHORT: Final = 0.08
VERY_SHORT: Final = 0.5
"""Share of its least amount by which a new rung may fall short, and after long at the top of the last one. Judgement."""
OLDER_AFTER: Final = 3
OLDER_RUNG: Final = 2
"""How many times longer jumps wait from the age of clearance on, and the highest rung of theirs. docs/evidence.md#masters; judgement"""
NO_JUMPS: Final = frozenset({Phase.RACE, Phase.DELOAD})
FOOT: Final = Region.FOOT
CALF: Final = Region.CALF
TASTE: Final = 1.4
"""Most that a runner's own draw adds to a score, so that equals differ from runner to runner but not from week to week. Judgement."""


@quick
@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the choice of exercises looks at, gathered once a week."""

    profile: Profile
    progress: Progress
    catalogue: Catalogue
    week_of: date
    plan: Plan
    missed: int
    """Weeks running without a session before this one, those not even planned counted in."""
    unplanned: int
    """Those not even planned."""
    states: Mapping[str, ExerciseState]
    programme: Mapping[tuple[str, str], SlotState]
    findings: tuple[Finding, ...]
    """What the runner's own tests show to be weak or uneven."""
    asked: frozenset[str]
    """The slots that train it."""
    needs: tuple[Need, ...]
    watched: frozenset[Region]
    sore: tuple[RegionState, ...]
    """Regions whose pain forbids any rise."""
    calm: frozenset[Region]
    """Regions that have hurt and no longer do."""
    spared: tuple[RegionState, ...]
    """Regions that have hurt, for whose sake there are fewer sets of what loads them."""
    may_progress: bool
    resumes: bool
    """The weeks before were off on purpose."""
    grounds: tuple[Ground, ...]
    """What speaks against a rise of any exercise."""
    quiet: bool
    """Nothing speaks against something new this week."""
    careful: bool
    """Returning from something: more caution in every estimate."""
    kit: Kit
    """What the runner's equipment and screens allow."""
    heavy_lifts: frozenset[str]
    """Lifts of which a week should have one: for a seasoned runner past the first weeks, with what makes them heavy."""
    beliefs: Beliefs


@quick
@dataclass(frozen=True, slots=True)
class Pick:
    """An exercise for a slot; swap says what it replaced and why, None when nothing was replaced."""

    exercise: Exercise
    swap: Reason | None = None


make_pick = maker(Pick)


def pick(
    s: Situation,
    session: str,
    slot: Slot,
    taken: Collection[str],
    elsewhere: Collection[str],
    *,
    bilateral: bool,
    light: bool,
    change: bool,
    trifles: bool = True,
) -> Pick | None:
    """The exercise for a slot of a session, None when the runner has none.

    taken: exercises of this session already; elsewhere: of the week's other sessions. bilateral: whether one that works
    both legs together is still allowed. light: nothing that tires the legs. change: whether one may give way to a harder or another exercise this week.
    trifles: whether what is far too easy may be taken too.
    """
    possible = s.kit.exercises(slot)
    by_slug, sore, known_only = s.catalogue.by_slug, s.sore, s.plan.known_only

    def serves(e: Exercise) -> bool:
        return (
            e.slug not in taken
            and (bilateral or e.single_leg)
            and not (sore and not safety.allowed(e, sore, s.catalogue.constants))
            and not (light and safety.heavy_legs(e))
            and (trifles or not _trifling(s, e))
            and (e.mode is not CONTACTS or _may_jump(s, e))
            and not (known_only and not _known(s, e))
            and not (e.by_region.get(FOOT) == 3 and any(by_slug[x].tissue(CALF) == 3 for x in taken))
        )

    def free(e: Exercise) -> bool:
        return e.slug in possible and e.slug not in elsewhere and serves(e)

    held = s.programme.get((session, slot.key))
    if held is None and s.plan.sessions == 1:
        # What the week's only session has no history of may have one in the session that is left out.
        held = next((x for (_, key), x in s.programme.items() if key == slot.key), None)
    current = None if held is None else by_slug.get(held.exercise)
    if held is None or current is None or current.slug not in possible or not serves(current):
        options = [e for e in possible.values() if serves(e)]
        # What a place takes beside its patterns comes for variety, not to begin with.
        best = _Scores(s, slot, elsewhere).best([e for e in options if e.pattern in slot.patterns] or options)
        if best is None:
            return None
        # An exercise that pain took out comes back when the pain has gone, through the same scores as any other.
        if held is None:
            return Pick(best)
        spares = light and current is not None and safety.heavy_legs(current)
        easy = not trifles and current is not None and current.slug in possible and _trifling(s, current)
        both = current is not None and not (bilateral or current.single_leg)
        code = "swap_light" if spares else "swap_easy" if easy else "swap_one_leg" if both else "swap_plan"
        return Pick(best, _because_gone(s, current, held.exercise, best, code))

    def swap(options: Iterable[Exercise], code: str, *values: tuple[str, int], near: float = inf) -> Pick | None:
        """The best of others in place of the current one; near: by how much it may serve less well."""
        scores = _Scores(s, slot, elsewhere)
        to = scores.best(options, above=-inf if near == inf else scores.of(current) - near)
        return None if to is None else Pick(to, Reason(code, (("from", current.slug), ("to", to.slug), *values)))

    may_change = change and s.quiet and s.may_progress
    state = s.states.get(current.slug)
    step = None if state is None else _ladder_step(s, current, state, free, up=may_change)
    if step is not None:
        return step
    if state is not None and state.low >= TOO_HARD:
        # Its easier version is in another session, or there is none: better another exercise than ever fewer repetitions.
        within = [e for e in possible.values() if e.slug != current.slug and free(e) and _is_easier(s, e, current)]
        easier = swap(within, "ladder_down", ("weeks", state.low))
        if easier is not None:
            return easier
    if not may_change:
        return make_pick(current)
    lifts = s.heavy_lifts
    if (
        lifts
        and held.weeks >= s.catalogue.constants.anatomical_weeks
        and lifts.isdisjoint((current.slug, *taken, *elsewhere))
    ):
        fresh = [
            e for e in possible.values() if e.slug in lifts and free(e) and _is_new_again(s, e) and _short(s, e) <= 0
        ]
        heavier = swap(fresh, "swap_heavy", ("weeks", held.weeks))
        if heavier is not None:
            return heavier
    why = _served_out(s, current, held)
    if why is not None:
        others = [
            e
            for e in possible.values()
            if e.ladder != current.ladder and e.slug not in elsewhere and _is_new_again(s, e) and serves(e)
        ]
        flat = 0 if state is None else state.plateau
        other = swap(others, why, ("weeks", held.weeks), ("flat", flat), near=1.0) if others else None
        if other is not None:
            return other
    return make_pick(current)


def _may_jump(s: Situation, jump: Exercise) -> bool:
    """After the first weeks, rested, with legs that have been calm for three; close to a race only what is known already."""
    c = s.catalogue.constants
    older = s.profile.age(s.week_of) >= safety.CLEARANCE_AGE
    if older and (jump.rung > OLDER_RUNG or s.progress.completed < OLDER_AFTER * c.plyometric_after):
        return False
    if s.progress.completed < c.plyometric_after or not s.may_progress or s.careful:
        return False
    if s.plan.phase in NO_JUMPS or s.resumes or s.progress.soreness >= c.sore_hold:
        return False
    unsettled = (r for r in s.progress.regions if r.calm_weeks < CALM_WEEKS and (r.pain or r.fewer))
    if any(r.region in safety.LEGS for r in unsettled):
        return False
    return has_jumped(s) or (s.quiet and s.plan.phase is not Phase.TAPER and not any(map(_hard, s.states.values())))


def has_jumped(s: Situation) -> bool:
    """Whether the runner has done any jumps of the programme."""
    return any(
        x.weeks and s.catalogue.by_slug[x.exercise].mode is CONTACTS
        for x in s.states.values()
        if x.exercise in s.catalogue.by_slug
    )


def _hard(state: ExerciseState) -> bool:
    """Whether it was trained last week in a session called hard, or fell short of its sets."""
    return not state.idle and state.seen is not None and (state.seen.source == "hard" or state.seen.failed > 0)


def _known(s: Situation, exercise: Exercise) -> bool:
    state = s.states.get(exercise.slug)
    return state is not None and state.weeks >= 1


def _is_new_again(s: Situation, exercise: Exercise) -> bool:
    """Whether it has rested for a while, or was never there: what has only just left is no new stimulus."""
    state = s.states.get(exercise.slug)
    return state is None or not state.weeks or state.idle >= NEW_AGAIN


def _served_out(s: Situation, current: Exercise, held: SlotState) -> str | None:
    """Why another exercise should take over: it has grown as far as it goes, stands still, or has been there for long; None while it serves."""
    state, c = s.states.get(current.slug), s.catalogue.constants
    # What has only just come back has its former sessions at the top behind it, and still its place to prove.
    if state is None or state.idle:
        return None
    if state.top >= OUTGROWN and held.weeks >= OUTGROWN:
        return "swap_outgrown"
    if held.weeks >= c.swap_after and state.plateau >= c.plateau_weeks:
        return "swap_plateau"
    return "swap_variety" if held.weeks >= c.stay_most else None


class _Scores:
    """How well exercises serve this runner in a slot. elsewhere: exercises of the week's other sessions."""

    def __init__(self, s: Situation, slot: Slot, elsewhere: Iterable[str]) -> None:
        self._s = s
        self._draw = crc32(f"{s.profile.key}:{slot.key}:".encode())
        others = [e for x in dict.fromkeys(elsewhere) if (e := s.catalogue.by_slug.get(x)) is not None]
        self._elsewhere = {e.slug for e in others}
        self._ladders = {e.ladder for e in others}
        self._heavy = s.heavy_lifts if s.heavy_lifts.isdisjoint(self._elsewhere) else frozenset()
        self._sore = {r.region for r in s.sore}
        self._loads = {gear for gear, _ in s.profile.equipment.loads_kg}
        self._most_rung = _most_rung(s)

    def best(self, options: Iterable[Exercise], above: float = -inf) -> Exercise | None:
        """The best one, None where no score is above that.

        The fit costs most to work out and never adds: it is asked only of those that could still win.
        """
        # "~" stands after every slug: as good is not better.
        found, least = None, (above, "~")
        for worth, slug, exercise in sorted([(self._worth(e), e.slug, e) for e in options], reverse=True):
            if worth < least[0]:
                break
            score = worth + _fit(self._s, exercise), slug
            if score > least:
                found, least = exercise, score
        return found

    def of(self, exercise: Exercise) -> float:
        """Needs, fit to capacity, loadability, pain, novelty."""
        return self._worth(exercise) + _fit(self._s, exercise)

    def _worth(self, exercise: Exercise) -> float:
        """Everything but the fit to capacity."""
        s = self._s
        score = needs.served(s.needs, exercise) / 2
        if exercise.rung > 1:
            most_rung = _most_jumps(s) if exercise.mode is CONTACTS else self._most_rung
            score -= 2.0 * max(0, exercise.rung - max(1, most_rung))
        if not self._loads.isdisjoint(exercise.loadable):
            score += 0.8
        for region in s.watched:
            if weight := exercise.by_region.get(region, 0):
                # Loading what has hurt, gently and regularly, is the point of a return; loading what hurts now is not.
                score += -3.0 * weight if region in self._sore else (0.0, 0.6, 0.4, -1.5)[weight]
        if exercise.slug in self._heavy:
            score += HEAVY_LIFT
        if exercise.slug in self._elsewhere:
            score -= 5.0
        elif exercise.ladder in self._ladders:
            score -= 1.2
        return score + TASTE * crc32(exercise.slug.encode(), self._draw) / 2**32


def _most_rung(s: Situation) -> int:
    """Highest rung that is open to a runner by experience and completed weeks."""
    return START_RUNG[s.profile.experience] + s.progress.completed // 4 - (1 if s.careful else 0)


def _most_jumps(s: Situation) -> int:
    """Highest rung of the jumps that the weeks with them allow."""
    trained = ((x.weeks, s.catalogue.by_slug.get(x.exercise)) for x in s.states.values())
    return 1 + max(
        (weeks // JUMP_WEEKS + e.rung - 1 for weeks, e in trained if e is not None and e.mode is CONTACTS), default=0
    )


def _fit(s: Situation, exercise: Exercise) -> float:
    """0 when the lightest dose falls in the range, negative when it would be far too hard or far too easy."""
    if exercise.mode is CONTACTS:
        return 0.0
    short, over = _misfit(s, exercise, s.catalogue.constants.caution_returning)
    return -1.0 - 6.0 * short if short > 0 else -TOO_EASY * min(3.0, max(0.0, over))


def _misfit(s: Situation, exercise: Exercise, deviations: float) -> tuple[float, float]:
    """(share of the least amount that the lightest load leaves missing, share of the most that is left beyond it with the heaviest).

    Negative where nothing is missing or left. deviations: how far on the safe side of the estimate to look.
    """
    c = s.catalogue.constants
    now = s.beliefs.of(exercise)
    _, grid = dose.loads(exercise, s.profile.equipment)
    least, _, most = dose.amounts(exercise, s.plan, grid)
    doable = dose.room(exercise, now.cautious(deviations), s.plan.target_rir, s.profile, c)
    return 1.0 - doable(grid[0]) / least, doable(grid[-1]) / most - 1.0


def _trifling(s: Situation, exercise: Exercise) -> bool:
    """Whether even its longest set would be far too easy: it fills a light session with nothing. A race week has only what is known."""
    if exercise.mode is CONTACTS or s.plan.known_only or not dose.loads(exercise, s.profile.equipment)[1]:
        return False
    return _misfit(s, exercise, s.catalogue.constants.caution)[1] > TRIFLE


def _grown_beyond(s: Situation, current: Exercise, state: ExerciseState) -> bool:
    """Whether the estimate, after a set that went well, says that even the longest set would be too easy."""
    return (
        state.weeks >= MET
        and not (state.idle or state.held)
        and went_well(state)
        and current.mode is not CONTACTS
        and _misfit(s, current, s.catalogue.constants.caution)[1] > 0
    )


def _because_gone(s: Situation, current: Exercise | None, slug: str, best: Exercise, otherwise: str) -> Reason:
    """Why another exercise has its place. otherwise: the code where neither equipment nor pain is the reason."""
    values = (("from", slug), ("to", best.slug))
    c = s.catalogue.constants
    if current is not None:
        if not current.possible_with(s.profile.equipment) or not dose.loads(current, s.profile.equipment)[1]:
            return Reason("swap_equipment", values)
        hurting = max(
            (r for r in s.progress.regions if r.pain >= c.pain_hold and current.tissue(r.region)),
            key=lambda r: r.pain,
            default=None,
        )
        if hurting is not None:
            return Reason("swap_pain", (*values, ("region", hurting.region.value), ("pain", hurting.pain)))
        return Reason(otherwise, values)
    return Reason("swap_plan", values)


def _ladder_step(
    s: Situation, current: Exercise, state: ExerciseState, free: Callable[[Exercise], bool], *, up: bool
) -> Pick | None:
    """Up after two sessions at the top of the range, down after two weeks below it or when the region hurts."""
    ladder = s.catalogue.ladders[current.ladder]
    c = s.catalogue.constants
    hurting = safety.sore(current, s.sore, c)
    if state.low >= TOO_HARD or (hurting is not None and hurting.pain >= c.pain_less):
        lower = [e for e in ladder if e.rung < current.rung and free(e)]
        if lower:
            to = lower[-1]
            if hurting is not None:
                values = (
                    ("from", current.slug),
                    ("to", to.slug),
                    ("region", hurting.region.value),
                    ("pain", hurting.pain),
                )
                return Pick(to, Reason("ladder_down_pain", values))
            return Pick(to, Reason("ladder_down", (("from", current.slug), ("to", to.slug), ("weeks", state.low))))
        return None
    if not up:
        return None
    jumps = current.mode is CONTACTS
    ready = state.weeks >= JUMP_WEEKS and not (state.idle or _hard(state)) if jumps else state.top >= 2
    higher = next((e for e in ladder if e.rung > current.rung and free(e)), None)
    if higher is None:
        return None
    if not ready and (higher.rung > _most_rung(s) or lately_hurt(s, higher) or not _grown_beyond(s, current, state)):
        return None
    # After long at the top, a rung that will be short of the range at first is better than standing still.
    if jumps or _short(s, higher) < (SHORT if state.top < LONG_AT_TOP else VERY_SHORT):
        amount = state.last.amount if state.last else 0
        climbed = (("from", current.slug), ("to", higher.slug), ("amount", amount), ("sessions", state.top))
        code = "ladder_up_jumps" if jumps else "ladder_up" if ready else "ladder_up_early"
        return Pick(higher, Reason(code, (*climbed, ("weeks", state.weeks))))
    return None


def _is_easier(s: Situation, exercise: Exercise, current: Exercise) -> bool:
    """Whether it can be done at all, leaves more room than the current one, and was not itself too hard when it was last done."""
    state = s.states.get(exercise.slug)
    short = _short(s, exercise)
    tried = state is not None and state.seen is not None and (state.seen.source == "hard" or state.seen.failed > 0)
    return short <= 0 and short < _short(s, current) and not tried


def _short(s: Situation, exercise: Exercise) -> float:
    """Share of its least amount that the runner would fall short of, on the safe side."""
    return _misfit(s, exercise, s.catalogue.constants.caution_returning)[0]
