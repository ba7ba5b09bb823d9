"""Which exercise fills a slot: the one in use while it serves, else the one this runner needs most.

docs/evidence.md#qualities, #ladder
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Final

from coach import dose, safety
from coach.capacity import Beliefs
from coach.catalogue import Catalogue, Exercise, Slot
from coach.kit import Kit
from coach.limits import Ground, lately_hurt, went_well
from coach.needs import Need
from coach.phases import Plan
from coach.profile import Profile, Region
from coach.progress import ExerciseState, Progress, RegionState, SlotState
from coach.selftests import Finding, Shown
from coach.serving import JUMP_WEEKS, TOO_HARD, Scores, fits, misfit, most_rung, shortfall, trifling
from coach.untried import Tested, beyond
from coach.values import maker, quick
from coach.week import CONTACTS, Phase, Reason

CALM_TO_JUMP: Final = 3
"""Weeks below pain 3 in a leg region before jumps come back. docs/evidence.md#plyometrics"""
NEW_AGAIN: Final = 3
"""Weeks without an exercise after which it may come back for variety. Judgement."""
BACK_WEEKS: Final = 8
"""Weeks without its equipment after which an exercise has its place back as soon as that is there; later the place is anybody's. Judgement."""
OUTGROWN: Final = 3
"""Sessions at the top of the range, with no rung left to climb, after which another exercise takes over. Judgement."""
MET: Final = 2
"""Weeks with an exercise before its rung may be left early. Judgement."""
OLDER_AFTER: Final = 3
OLDER_RUNG: Final = 2
"""How many times longer jumps wait from the age of clearance on, and the highest rung of theirs. docs/evidence.md#masters; judgement"""
CORE: Final = 4
"""Slots a session must have where minutes allow: knee, hinge, calf, and hip or trunk. docs/evidence.md#order"""
FOR_PAIN: Final = frozenset({"swap_pain", "ladder_down_pain"})
"""Why an exercise stands in for one that loads what hurts."""
NO_JUMPS: Final = frozenset({Phase.RACE, Phase.DELOAD})


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
    shown: tuple[Shown, ...]
    """What those tests say of capacities."""
    outdone: frozenset[str]
    """Patterns of which training says something else by now."""
    asked: frozenset[str]
    """The slots that train it."""
    tested: Tested
    """What they say against exercises never done."""
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

    @property
    def spares(self) -> bool:
        """Whether it stands in for one that pain has taken out."""
        return self.swap is not None and self.swap.code in FOR_PAIN


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
    held = s.programme.get((session, slot.key))
    if held is None and s.plan.sessions == 1:
        # What the week's only session has no history of may have one in the session that is left out.
        held = next((x for (_, key), x in s.programme.items() if key == slot.key), None)
    current = None if held is None else by_slug.get(held.exercise)
    # What stays with both legs together because of pain gives way to nothing on one leg.
    both = bilateral or (bool(sore) and current is not None and any(current.tissue(r.region) for r in sore))

    def serves(e: Exercise) -> bool:
        return (
            e.slug not in taken
            and (bilateral or e.single_leg or (both and e is current))
            and not (sore and not _bears(s, e, current, taken))
            and not (light and safety.heavy_legs(e))
            and (trifles or not trifling(s, e))
            and (e.mode is not CONTACTS or _may_jump(s, e))
            and not (known_only and not _known(s, e))
            and not (s.tested.out and e is not current and beyond(s.tested, e) and not _known(s, e))
        )

    def free(e: Exercise) -> bool:
        return e.slug in possible and e.slug not in elsewhere and serves(e)

    back = None if held is None or not held.awaits else by_slug.get(held.awaits)
    if held is not None and back is not None and _lately(s, back) and free(back):
        return Pick(back, Reason("swap_back", (("from", held.exercise), ("to", back.slug))))
    may_change = change and s.quiet and s.may_progress
    if held is None or current is None or current.slug not in possible or not serves(current):
        options = [e for e in possible.values() if serves(e)]
        if not may_change and has_trained(s):
            # Nothing new, then: what is known, else what a session cannot do without, or what it begins with. Jumps have come through rules of their own.
            known = [e for e in options if _known(s, e)]
            options = known or [e for e in options if slot.priority <= CORE or not taken or e.mode is CONTACTS]
        # What a place takes beside its patterns comes for variety, not to begin with.
        best = Scores(s, slot, elsewhere).best([e for e in options if e.pattern in slot.patterns] or options)
        if best is None:
            return None
        # An exercise that pain took out comes back when the pain has gone, through the same scores as any other.
        if held is None:
            return Pick(best)
        code, *values = _why_gone(s, current, best, taken, bilateral=both, light=light, trifles=trifles)
        return Pick(best, Reason(code, (("from", held.exercise), ("to", best.slug), *values)))

    state = s.states.get(current.slug)
    if state is None:
        return make_pick(current)
    may_change = may_change and not _hard(state)
    gives_way = _ladder_step(s, current, state, free, up=may_change)
    if gives_way is None and (may_change or state.low >= TOO_HARD):
        here = _Held(s, slot, held, current, state, free, elsewhere)
        if state.low >= TOO_HARD:
            gives_way = _to_easier(here)
        if gives_way is None and may_change:
            gives_way = _to_heavy(here, taken) or _to_another(here)
    return gives_way or make_pick(current)


@quick
@dataclass(frozen=True, slots=True)
class _Held:
    """A place, and the exercise that has it. free: whether another one could take it; elsewhere: exercises of the week's other sessions."""

    s: Situation
    slot: Slot
    held: SlotState
    current: Exercise
    state: ExerciseState
    free: Callable[[Exercise], bool]
    elsewhere: Collection[str]

    def others(self) -> list[Exercise]:
        """What could take the place."""
        return [e for e in self.s.kit.exercises(self.slot).values() if e is not self.current and self.free(e)]

    def swap(self, options: Iterable[Exercise], code: str, *values: tuple[str, int], near: float = inf) -> Pick | None:
        """The best of others in place of the current one; near: by how much it may serve less well."""
        scores = Scores(self.s, self.slot, self.elsewhere)
        to = scores.best(options, above=-inf if near == inf else scores.of(self.current) - near)
        return None if to is None else Pick(to, Reason(code, (("from", self.current.slug), ("to", to.slug), *values)))


def _to_easier(here: _Held) -> Pick | None:
    """Its easier version is in another session, or there is none: better another exercise than ever fewer repetitions."""
    within = [e for e in here.others() if _is_easier(here.s, e, here.current)]
    return here.swap(within, "ladder_down", ("weeks", here.state.low))


def _to_heavy(here: _Held, taken: Collection[str]) -> Pick | None:
    """The heavy lift of a seasoned runner's week, once the place has been in use for a while."""
    s, lifts = here.s, here.s.heavy_lifts
    if (
        not lifts
        or here.held.weeks < s.catalogue.constants.anatomical_weeks
        or not lifts.isdisjoint((here.current.slug, *taken, *here.elsewhere))
    ):
        return None
    fresh = [e for e in here.others() if e.slug in lifts and _is_new_again(s, e) and shortfall(s, e) <= 0]
    return here.swap(fresh, "swap_heavy", ("weeks", here.held.weeks))


def _to_another(here: _Held) -> Pick | None:
    """Another exercise for one that has served out; after very long whatever fits will do, though it serves less well."""
    s, held = here.s, here.held
    why = _served_out(s, here.current, here.state, held)
    if why is None:
        return None
    told = "weeks", held.weeks
    fresh = [e for e in here.others() if _is_new_again(s, e)]
    others = [e for e in fresh if e.ladder != here.current.ladder]
    other = here.swap(others, why, told, near=1.0) if others else None
    if other is None and held.weeks >= s.catalogue.constants.stay_most:
        return here.swap([e for e in fresh if fits(s, e)], why, told)
    return other


def _may_jump(s: Situation, jump: Exercise) -> bool:
    """After the first weeks, rested, with legs that have been calm for three; close to a race and in an easy week only what is known already."""
    c = s.catalogue.constants
    older = s.profile.age(s.week_of) >= safety.CLEARANCE_AGE
    if _too_high_for_age(s, jump) or (older and s.progress.completed < OLDER_AFTER * c.plyometric_after):
        return False
    if s.progress.completed < c.plyometric_after or not s.may_progress or s.careful:
        return False
    if s.plan.phase in NO_JUMPS or s.resumes or s.progress.soreness >= c.sore_hold:
        return False
    unsettled = (r for r in s.progress.regions if r.calm_weeks < CALM_TO_JUMP and (r.pain or r.fewer))
    if any(r.region in safety.LEGS for r in unsettled):
        return False
    if has_jumped(s):
        return True
    settled = s.quiet and not s.plan.easy and s.plan.phase is not Phase.TAPER
    return settled and not any(map(_hard, s.states.values()))


def _too_high_for_age(s: Situation, jump: Exercise) -> bool:
    return jump.rung > OLDER_RUNG and s.profile.age(s.week_of) >= safety.CLEARANCE_AGE


def has_trained(s: Situation) -> bool:
    """Whether the runner has done anything yet of what was planned: before that, all is new."""
    return any(x.weeks for x in s.states.values())


def has_jumped(s: Situation) -> bool:
    """Whether the runner has done any jumps of the programme."""
    return any(
        x.weeks and s.catalogue.by_slug[x.exercise].mode is CONTACTS
        for x in s.states.values()
        if x.exercise in s.catalogue.by_slug
    )


def _hard(state: ExerciseState) -> bool:
    """Whether it was trained last week and was too much."""
    return not state.idle and state.seen is not None and state.seen.too_much


def _known(s: Situation, exercise: Exercise) -> bool:
    state = s.states.get(exercise.slug)
    return state is not None and state.weeks >= 1


def _lately(s: Situation, exercise: Exercise) -> bool:
    """Whether it was done so lately that it may have its place back as soon as its equipment is there."""
    return _known(s, exercise) and s.states[exercise.slug].idle <= BACK_WEEKS


def _is_new_again(s: Situation, exercise: Exercise) -> bool:
    """Whether it has rested for a while, or was never there: what has only just left is no new stimulus."""
    state = s.states.get(exercise.slug)
    return state is None or not state.weeks or state.idle >= NEW_AGAIN


def _served_out(s: Situation, current: Exercise, state: ExerciseState, held: SlotState) -> str | None:
    """Why another exercise should take over: it has grown as far as it goes, stands still, or has been there for long; None while it serves."""
    c = s.catalogue.constants
    # What has only just come back has its former sessions at the top behind it, and still its place to prove.
    if state.idle:
        return None
    if state.top >= OUTGROWN and held.weeks >= OUTGROWN and _at_heaviest(s, current, state):
        return "swap_outgrown"
    if held.weeks >= c.swap_after and state.plateau >= c.plateau_weeks:
        return "swap_plateau"
    return "swap_variety" if held.weeks >= c.stay_most else None


def _at_heaviest(s: Situation, current: Exercise, state: ExerciseState) -> bool:
    """Whether there is no heavier load to go on to: none is owned, or the next one was too much."""
    last = state.last
    if last is None or state.refused:
        return True
    return last.load_kg >= dose.loads(current, s.profile.equipment, last.gear)[1][-1]


def _grown_beyond(s: Situation, current: Exercise, state: ExerciseState) -> bool:
    """Whether the estimate, after a set that went well, says that even the longest set would be too easy."""
    return (
        state.weeks >= MET
        and not state.idle
        and went_well(state)
        and current.mode is not CONTACTS
        and misfit(s, current, s.catalogue.constants.caution)[1] > 0
    )


Told = tuple[str, *tuple[tuple[str, int | str], ...]]
"""A code and the values of its sentence."""


def _why_gone(
    s: Situation,
    current: Exercise | None,
    best: Exercise,
    taken: Collection[str],
    *,
    bilateral: bool,
    light: bool,
    trifles: bool,
) -> Told:
    """Why another exercise has the place of the current one, None if that has left the catalogue. taken, bilateral, light, trifles: as for pick."""
    if current is None:
        return ("swap_plan",)
    if not current.possible_with(s.profile.equipment) or not dose.loads(current, s.profile.equipment)[1]:
        return ("swap_equipment",)
    if not s.profile.screens.isdisjoint(current.avoid_when):
        return ("swap_screen",)
    spared = [
        r
        for r in s.sore
        if best.tissue(r.region) < current.tissue(r.region)
        # What the session has let go of itself, a cut has left nothing of.
        and (current.slug in taken or not safety.allowed(current, (r,), s.catalogue.constants))
    ]
    if spared:
        worst = max(spared, key=lambda r: (r.pain, r.region))
        return "swap_pain", ("region", worst.region.value), ("pain", worst.pain)
    if light and safety.heavy_legs(current):
        return ("swap_light",)
    if not trifles and trifling(s, current):
        return ("swap_easy",)
    if not (bilateral or current.single_leg):
        return ("swap_one_leg",)
    return ("swap_age",) if current.mode is CONTACTS and _too_high_for_age(s, current) else ("swap_plan",)


def _bears(s: Situation, e: Exercise, current: Exercise | None, taken: Collection[str]) -> bool:
    """Whether pain lets an exercise be where it is, or come into a place: there, less of what hurts than the one it replaces."""
    if not safety.allowed(e, s.sore, s.catalogue.constants):
        return False
    if e is current or not s.states:
        return True
    cut_away = current is not None and current.slug in taken
    return safety.may_enter(e, current, s.sore, known=_known(s, e), less=cut_away)


def _ladder_step(
    s: Situation, current: Exercise, state: ExerciseState, free: Callable[[Exercise], bool], *, up: bool
) -> Pick | None:
    """Up after two sessions at the top of the range, down after two weeks below it or when the region hurts."""
    ladder = s.catalogue.ladders[current.ladder]
    c = s.catalogue.constants
    hurting = safety.sore(current, s.sore)
    if state.low >= TOO_HARD or (hurting is not None and hurting.pain >= c.pain_less):
        lower = [e for e in ladder if e.rung < current.rung and free(e)]
        if hurting is not None and hurting.pain >= c.pain_less:
            where = hurting.region
            sparing = [e.slug for e in lower if e.tissue(where) < current.tissue(where) and _known(s, e)]
            if sparing:
                values = (("from", current.slug), ("to", sparing[-1]), ("region", where.value), ("pain", hurting.pain))
                return Pick(s.catalogue.by_slug[sparing[-1]], Reason("ladder_down_pain", values))
        if lower and state.low >= TOO_HARD:
            to = lower[-1]
            return Pick(to, Reason("ladder_down", (("from", current.slug), ("to", to.slug), ("weeks", state.low))))
        return None
    if not up:
        return None
    jumps = current.mode is CONTACTS
    ready = state.weeks >= JUMP_WEEKS and not state.idle if jumps else state.top >= 2
    higher = next((e for e in ladder if e.rung > current.rung and free(e)), None)
    if higher is None or not _is_new_again(s, higher):
        return None
    if not ready and (higher.rung > most_rung(s) or lately_hurt(s, higher) or not _grown_beyond(s, current, state)):
        return None
    if jumps or shortfall(s, higher) <= 0:
        climbed = (("from", current.slug), ("to", higher.slug), ("sessions", state.top))
        code = "ladder_up_jumps" if jumps else "ladder_up" if ready else "ladder_up_early"
        return Pick(higher, Reason(code, (*climbed, ("weeks", state.weeks))))
    return None


def _is_easier(s: Situation, exercise: Exercise, current: Exercise) -> bool:
    """Whether it can be done at all, and leaves more room than the current one."""
    short = shortfall(s, exercise)
    return short <= 0 and short < shortfall(s, current)
