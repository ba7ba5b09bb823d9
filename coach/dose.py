"""How much of an exercise: the load and repetitions on the runner's own equipment, and the limits on any rise.

docs/evidence.md#dose, #caps, #anchor
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import exp, floor
from typing import TYPE_CHECKING, Final

from coach import capacity
from coach.profile import Experience, Gear
from coach.values import maker, quick
from coach.week import CARRY, CONTACTS, HOLD, RACE, REPS, Quality, make_dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.capacity import Belief
    from coach.catalogue import Exercise
    from coach.constants import Constants
    from coach.phases import Plan
    from coach.profile import Equipment, Profile
    from coach.progress import ExerciseState
    from coach.week import Dose

HEAVY_LEAST: Final = 3
HEAVY_WANTED: Final = 5
"""Repetitions at 80 % 1RM and more: the load climbs until only so many are wanted. docs/evidence.md#dose"""
HEAVY_GEAR: Final = frozenset({Gear.BARBELL, Gear.MACHINE, Gear.DUMBBELLS, Gear.KETTLEBELLS})
HOLD_S: Final[tuple[int, int, int]] = (10, 20, 60)
"""least, wanted and longest seconds of a hold. Judgement; the ladder goes on from the longest."""
CARRY_S: Final[tuple[int, int, int]] = (20, 30, 45)
"""least, wanted and longest seconds of a carry. Judgement."""
BODY_REPS: Final = (8, 10, 20)
"""least, wanted and most repetitions where the body is all the load there is. Judgement; the ladder goes on from the most."""
LONG_REPS: Final = 25
"""Most repetitions where no heavier load is there. Strength still grows near failure at such numbers; patience does not. Judgement."""
SHORT_MINUTES: Final = 25
SHORT_REPS: Final = 15
"""Minutes of a session below which no set has more repetitions than these: a harder exercise costs no time, more repetitions do. Judgement."""
MOST_IN_HAND: Final = 0.5
"""Share by which the load in hand may rise at once, where a single step of the equipment is not more: hands and back bear it too. Judgement."""
MOST_KG: Final = 10.0
"""Kilograms by which it may rise at once, where a single step is not more: a bar that weighs half as much again every week is no gentle progress. Judgement."""
MOST_IN_A_ROW: Final = 20
"""Jumps of a set at most: a tired landing is not the one to learn; the ladder goes on from there. Judgement; docs/evidence.md#plyometrics"""
LEAST_REPS: Final = 4
"""Repetitions below which a set is not worth setting up for; a rung that allows fewer is too high. Judgement."""


@quick
@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a dose against the last one.

    target_rir: repetitions in reserve that it is to leave. cut: share of the last dose to keep, 1 for no cut. may_rise: whether load, amount and sets may go up. cap: largest rise of
    the load above the anchor. caution: standard deviations below the estimate. sets: how many sets at most.
    keep: whether the last dose is the least, because it went well and nothing asks for less.
    less: whether the session was called hard: then at least one repetition, step of a hold or step of load is taken off, and at
    most two repetitions or one step of load. steady: whether no more than that comes off though nothing is kept: in an easy week
    too a harder answer must not leave more. most: amount not to be passed, None for the range alone.
    more: whether it was called easy, or its last set left 5 or more: then, where something may rise, at least one repetition or one step of a hold is added.
    heavier: whether a heavier load may be tried: not for some weeks after one was too much, then repetitions grow instead.
    usual: sets beside which repetitions may still rise though the last week had fewer; a load may not. longer: whether a lighter load may go with more repetitions, up to the fewest of
    the range, since the last ones were too few. bare: whether it begins with the body alone where it can, since it loads what has hurt.
    """

    target_rir: int = 2
    cut: float = 1.0
    may_rise: bool = True
    cap: float = 0.0
    caution: float = 0.3
    sets: int = 3
    keep: bool = False
    more: bool = False
    less: bool = False
    steady: bool = False
    most: int | None = None
    heavier: bool = True
    usual: int = 0
    longer: bool = False
    bare: bool = False


make_limits = maker(Limits)


def room(exercise: Exercise, mu: float, target_rir: int, profile: Profile, c: Constants) -> Callable[[float], float]:
    """Load in kg → the amount of a set, in the exercise's own unit, that leaves the target reserve if capacity is mu."""
    strength = exp(mu)
    body_kg = exercise.bodyweight_share * profile.body_mass_kg
    unit = capacity.unit(exercise, c)
    if exercise.mode is HOLD:
        held = (strength / c.seconds_per_rep - target_rir) * unit
        return lambda _: held
    return lambda load_kg: (capacity.EPLEY * (strength / (body_kg + load_kg) - 1.0) - target_rir) * unit


def loads(exercise: Exercise, equipment: Equipment, keep: Gear | None = None) -> tuple[Gear | None, tuple[float, ...]]:
    """What loads this exercise for this runner, and the external loads it can take, in kg, ascending.

    keep: the gear used so far, kept while it is there. (None, (0.0,)) is bodyweight; (None, ()) means it cannot be done.
    """
    if exercise.mode is HOLD:
        return None, (0.0,)
    bodyweight = (0.0,) if exercise.start_load_share == 0 else ()
    if keep is not None and keep in exercise.loadable and (grid := equipment.grid_kg(keep)):
        return keep, bodyweight + grid
    for gear in exercise.loadable:
        if grid := equipment.grid_kg(gear):
            return gear, bodyweight + grid
    return None, bodyweight


def rise_cap(
    exercise: Exercise,
    now: Belief,
    state: ExerciseState,
    plan: Plan,
    profile: Profile,
    c: Constants,
    *,
    after_gap: bool,
) -> float:
    """Largest share by which the load may rise above the anchor: more where it is sure to be far too light.

    Grows with the estimate only, so an easier answer never gives a smaller cap than a harder one.
    """
    if after_gap:
        return c.cap_after_gap
    if state.last is None or exercise.mode is CONTACTS:
        return c.cap_target
    moved = capacity.moved_kg(exercise, profile.body_mass_kg, state.last.load_kg)
    done = capacity.repetitions(exercise, state.last.amount, c)
    left = capacity.possible(exercise, now.cautious(1.0), moved, c) - done
    return c.cap_sure if left >= plan.target_rir + c.too_light_reps else c.cap_target


def choose(
    exercise: Exercise,
    now: Belief,
    state: ExerciseState | None,
    plan: Plan,
    profile: Profile,
    limits: Limits,
    c: Constants,
    sets: int = 0,
) -> Dose | None:
    """The dose nearest to the target effort that the limits allow; None when no load of the runner's fits them, or a cut leaves nothing worth doing.

    sets: how many instead of the limits' own, 0 for those.
    """
    sets = sets or limits.sets
    last = None if state is None else state.last
    gear, grid = loads(exercise, profile.equipment, None if last is None else last.gear)
    if not grid:
        return None
    if exercise.mode is CONTACTS:
        return _contacts(exercise, last, limits, sets, c)
    doable = room(exercise, now.cautious(limits.caution), limits.target_rir, profile, c)
    if state is None or last is None:
        return _first(exercise, gear, grid, doable, plan, profile, limits, sets, c)
    if last.load_kg > 0 and gear is not last.gear:
        # Other equipment than last time: kilograms of one are not kilograms of the other, so the limits act on amounts.
        grid = _up_to(grid, last.load_kg) or grid[:1]
    body_kg = exercise.bodyweight_share * profile.body_mass_kg
    return _next(exercise, gear, grid, doable, plan, state, last, body_kg, limits, sets, c)


def _first(
    exercise: Exercise,
    gear: Gear | None,
    grid: tuple[float, ...],
    doable: Callable[[float], float],
    plan: Plan,
    profile: Profile,
    limits: Limits,
    sets: int,
    c: Constants,
) -> Dose:
    """The dose of an exercise that was never planned: the estimate alone, within what is sensible for a first time."""
    usual = amounts(exercise, plan, grid)
    allowed = _first_loads(exercise, grid, profile, c, bare=limits.bare)
    load_kg = _load(allowed[0], allowed, (), doable, usual)
    most = _in_short(plan, LONG_REPS) if exercise.mode is REPS and load_kg == grid[-1] else usual[2]
    amount = _amount(exercise, doable(load_kg), most)
    if exercise.mode is REPS:
        # What the untrained can do at most is enough of anything new, whatever its kin let us expect: soreness comes from what is unused.
        amount = min(amount, max(LEAST_REPS, exercise.start_amount))
    if limits.most is not None:
        amount = min(amount, limits.most)
    return make_dose(sets, amount, load_kg, gear if load_kg > 0 else None)


def _next(
    exercise: Exercise,
    gear: Gear | None,
    grid: tuple[float, ...],
    doable: Callable[[float], float],
    plan: Plan,
    state: ExerciseState,
    last: Dose,
    body_kg: float,
    limits: Limits,
    sets: int,
    c: Constants,
) -> Dose | None:
    """The dose after another one: as near the target as what may change against the last allows."""
    if not limits.may_rise:
        sets = min(sets, last.sets)
    allowed = _within(grid, state, last, limits, sets, body_kg)
    if not allowed:
        return None
    usual = least, _, most = amounts(exercise, plan, grid)
    in_use = _up_to(allowed, last.load_kg)
    above = allowed[len(in_use) :]
    if in_use and limits.keep:
        load_kg = _load(in_use[-1], above, in_use, doable, usual)
    else:
        load_kg = _load(allowed[0], allowed, in_use, doable, usual)
    unit = capacity.unit(exercise, c)
    asks_for_more = limits.more and limits.may_rise
    if above and asks_for_more and last.amount >= most and load_kg == last.load_kg:
        tried = doable(above[0])
        if 2 * (tried + limits.target_rir * unit) >= least:
            # Easy at the top of the range: the estimate may lag behind, one step at the low end is safe to try if it is not far off.
            return make_dose(sets, min(last.amount, max(least, floor(tried))), above[0], gear)
    heavier = bisect_right(grid, load_kg)
    stays = not limits.heavier or (limits.cut == 1.0 and not limits.may_rise)
    if exercise.mode is REPS and (stays or heavier == len(grid) or doable(grid[heavier]) < least):
        # They go on until a heavier load is within reach, and may be taken, or a harder exercise takes over.
        most = _in_short(plan, LONG_REPS)
    amount = _amount(exercise, doable(load_kg), most)
    if limits.keep and load_kg <= last.load_kg:
        # What went well goes well with less in hand too. Never beyond what we ourselves hold possible, with one repetition to spare.
        sure = floor(doable(load_kg) + unit * (limits.target_rir - 1))
        added = 0 if not asks_for_more else 1 if exercise.mode is REPS else 5
        amount = max(amount, min(last.amount + added, most, max(last.amount, sure)))
    if limits.longer and limits.cut == 1.0 and load_kg < last.load_kg:
        amount = min(amount, max(last.amount, least))
    else:
        amount = _bounded(exercise, amount, load_kg, sets, last, limits, c)
    if limits.less or (limits.steady and (last.load_kg == 0 or gear is last.gear)):
        eased = _eased(exercise, amount, load_kg, last, grid, least=int(limits.less))
        load_kg, amount = eased if limits.cut == 1.0 else min(eased, (load_kg, amount))
    if limits.most is not None:
        amount = min(amount, limits.most)
    if exercise.mode is not REPS:
        amount -= amount % 5
    worth = shortest(exercise)
    if amount < worth:
        # Less than the shortest set worth doing is a set less. What a cut leaves nothing of is left out; what was not reached is tried once.
        if limits.cut < 1.0:
            sets -= 1
            if not sets or (last.amount < worth and load_kg >= last.load_kg):
                return None
        elif last.amount < worth:
            sets = 1
        amount = worth
    return make_dose(sets, amount, load_kg, gear if load_kg > 0 else None)


def _load(
    start_kg: float,
    options: tuple[float, ...],
    in_use: tuple[float, ...],
    doable: Callable[[float], float],
    usual: tuple[int, int, int],
) -> float:
    """The heaviest load with room for the amount that is wanted, going up from one. in_use: loads no heavier than last time's.

    A load already in use stays while it can be done at all; a heavier one must leave room to grow into. Beyond the top of the range
    on the load below, a coarse step is better taken early than late.
    """
    least, wanted, most = usual
    found = start_kg
    for option in options:
        can = doable(option)
        if can < least:
            break
        if option in in_use or can >= wanted or doable(found) >= most + 1:
            found = option
    return found


def _amount(exercise: Exercise, doable: float, most: int) -> int:
    """The amount nearest to what leaves the target, holds and carries in fives."""
    amount = min(most, max(LEAST_REPS, round(doable)))
    return amount if exercise.mode is REPS else max(HOLD_S[0], amount - amount % 5)


def amounts(exercise: Exercise, plan: Plan, grid: tuple[float, ...]) -> tuple[int, int, int]:
    """(least, wanted, most) amount of a set, in the exercise's own unit."""
    if exercise.mode is HOLD:
        return HOLD_S
    if exercise.mode is CARRY:
        return CARRY_S
    if grid[-1] == 0:
        least, wanted, most = BODY_REPS
        return least, wanted, _in_short(plan, most)
    if plan.heavy and exercise.quality(Quality.LOAD_TOLERANCE) == 3 and HEAVY_GEAR.intersection(exercise.loadable):
        # Until the load is there the repetitions stay in the usual range, so that no week is a gift.
        return HEAVY_LEAST, HEAVY_WANTED, plan.reps[2]
    return plan.reps


def _in_short(plan: Plan, most: int) -> int:
    """The most repetitions of a set in the minutes of a session; a race week, which is short by itself, takes none away."""
    return min(most, SHORT_REPS) if plan.minutes < SHORT_MINUTES and plan.phase is not RACE else most


def seconds(exercise: Exercise, dose: Dose, c: Constants) -> float:
    """Time of an exercise with its rests, in seconds, both sides counted."""
    work = dose.amount * exercise.seconds * exercise.sides
    return dose.sets * (work + exercise.rest_s) + c.set_up_s


def rise_in_hand(load_kg: float) -> float:
    """Kilograms by which a load in hand may rise at once, from week to week or within a session, where a single step is not more."""
    return min(MOST_IN_HAND * load_kg, MOST_KG) if load_kg > 0 else MOST_KG


def _within(
    grid: tuple[float, ...], state: ExerciseState, last: Dose, limits: Limits, sets: int, body_kg: float
) -> tuple[float, ...]:
    """The loads of the grid that the limits leave, ascending.

    body_kg: the share of the body that is moved along. Tissue bears the whole, so the cap on a rise counts it too.
    """
    if limits.cut < 1.0:
        return _up_to(grid, last.load_kg * limits.cut + 1e-9) or _up_to(grid, last.load_kg)[:1]
    if not (limits.may_rise and limits.heavier) or sets > last.sets:
        return _up_to(grid, last.load_kg + 1e-9)
    anchor = max(state.anchors_kg or (last.load_kg,))
    if last.load_kg < anchor:
        # First back to what was done before.
        return _up_to(grid, max(anchor, _next_load(grid, last.load_kg)) + 1e-9)
    step = bisect_right(grid, anchor + 1e-9) + 1
    rise = min((anchor + body_kg) * limits.cap, rise_in_hand(anchor))
    return grid[: max(step, bisect_right(grid, anchor + rise + 1e-9))]


def _up_to(grid: tuple[float, ...], most_kg: float) -> tuple[float, ...]:
    """The loads of an ascending grid that are not heavier."""
    return grid[: bisect_right(grid, most_kg)]


def _next_load(grid: tuple[float, ...], load_kg: float) -> float:
    """The next heavier load of a grid, the heaviest where there is none."""
    return grid[min(bisect_right(grid, load_kg + 1e-9), len(grid) - 1)]


def _first_loads(
    exercise: Exercise, grid: tuple[float, ...], profile: Profile, c: Constants, *, bare: bool
) -> tuple[float, ...]:
    """The loads to begin with: none for one who is new to strength work, little for others, where the body is load enough."""
    if exercise.start_load_share > 0:
        return grid
    most = 0.0 if bare or profile.experience is Experience.NEW else c.first_load * profile.body_mass_kg
    return _up_to(grid, most)


def shortest(exercise: Exercise) -> int:
    """The shortest set worth setting up for, in the exercise's own unit."""
    return LEAST_REPS if exercise.mode is REPS else HOLD_S[0]


def _bounded(
    exercise: Exercise, amount: int, load_kg: float, sets: int, last: Dose, limits: Limits, c: Constants
) -> int:
    """The amount, kept within what may change against the last dose."""
    if limits.cut < 1.0:
        # Where the load could not be cut, the amount is.
        kept = last.amount if load_kg < last.load_kg else floor(last.amount * limits.cut)
        return min(amount, kept)
    if load_kg > last.load_kg or sets > max(last.sets, limits.usual) or not limits.may_rise:
        return min(amount, last.amount)
    if load_kg == last.load_kg:
        # As with loads, the step may be larger the surer we are.
        reps = c.reps_step_sure if limits.cap >= c.cap_sure else c.reps_step
        step = reps if exercise.mode is REPS else c.hold_step
        return min(amount, last.amount + int(step))
    return amount


def _eased(
    exercise: Exercise, amount: int, load_kg: float, last: Dose, grid: tuple[float, ...], *, least: int
) -> tuple[float, int]:
    """(load, amount) with so many steps less than last time at least, but no fall: one word is no reason for one, nor is an easy week."""
    step = 1 if exercise.mode is REPS else 5
    below = grid[: bisect_left(grid, last.load_kg - 1e-9)]
    if load_kg < last.load_kg:
        return below[-1], min(last.amount, max(amount, last.amount - 2 * step))
    amount = min(last.amount - least * step, max(amount, last.amount - 2 * step))
    if amount >= shortest(exercise):
        return last.load_kg, amount
    # Shorter than is worth doing: the amount is raised to that again, with what is below it in hand where there is something.
    return below[-1] if below else last.load_kg, amount


def _contacts(exercise: Exercise, last: Dose | None, limits: Limits, sets: int, c: Constants) -> Dose | None:
    """Jumps grow by count alone: twenty in all at first, one a set more a week, twenty in a row at most.

    None when hardly any would be left.
    """
    sets = min(sets, 2 if last is None else last.sets)
    if last is None:
        return make_dose(sets=sets, amount=min(exercise.start_amount, int(c.contacts_first) // (sets * exercise.sides)))
    if limits.cut < 1.0:
        fewer = floor(last.amount * limits.cut)
        return None if fewer < LEAST_REPS else make_dose(sets=sets, amount=fewer)
    if limits.less:
        return make_dose(sets=sets, amount=max(LEAST_REPS, last.amount - 2))
    if not limits.may_rise:
        return make_dose(sets=sets, amount=last.amount)
    return make_dose(sets=sets, amount=min(last.amount + 1, MOST_IN_A_ROW))
