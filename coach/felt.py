"""What a set's end depends on besides its count: how much the runner feels is left.

A load is chosen a week before; what is felt on the day outranks it. docs/evidence.md#reserve
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach import capacity, dose
from coach.values import maker, quick
from coach.week import CARRY, CONTACTS, HOLD, REPS, make_dose

if TYPE_CHECKING:
    from coach.catalogue import Exercise
    from coach.constants import Constants
    from coach.profile import Profile
    from coach.week import Dose

STOP_RIR: Final = 1
"""Repetitions in reserve at which a set ends, whatever its amount: failure is not needed. docs/evidence.md#dose"""
NONE_LEFT: Final = 0.5
FIVE_LEFT: Final = 6.5
"""Repetitions: how many beyond none are missing after "none left", and how many "5 or more" are on the whole. Judgement."""
LONGEST: Final = {REPS: 30, HOLD: dose.HOLD_S[2], CARRY: dose.CARRY_S[2]}
"""Repetitions, or seconds, no set goes beyond by feel. Judgement, as for the amounts themselves."""


@quick
@dataclass(frozen=True, slots=True)
class Felt:
    """What to do by feel; None is "as planned". See Prescription for what each means."""

    easier: Dose | None
    harder: Dose | None = None
    up_to: int | None = None
    stop_rir: int | None = STOP_RIR


make_felt = maker(Felt)


def by_feel(exercise: Exercise, now: Dose, profile: Profile, target_rir: int, c: Constants, *, may_rise: bool) -> Felt:
    """How a set goes on, ends early, or gives way to an easier or a harder one.

    may_rise: whether more than the plan's dose is allowed. The step to another dose is what brings the next set to the target:
    at least one step of load where there is one, else repetitions or seconds.
    """
    if exercise.mode is CONTACTS:
        return make_felt(make_dose(now.sets, max(1, now.amount // 2), now.load_kg, now.gear), stop_rir=None)
    gear, grid = dose.loads(exercise, profile.equipment, now.gear)
    unit = capacity.unit(exercise, c)
    done = capacity.repetitions(exercise, now.amount, c)
    moved = capacity.moved_kg(exercise, profile.body_mass_kg, now.load_kg)
    down, up = target_rir + NONE_LEFT, FIVE_LEFT - target_rir
    # The loads below stand before this place in the grid, those above from the other on.
    below, above = bisect_left(grid, now.load_kg), bisect_right(grid, now.load_kg)
    if below:
        wanted = now.load_kg - moved * (1.0 - (capacity.EPLEY + done) / (capacity.EPLEY + done + down))
        load = grid[min(bisect_left(grid, wanted), below - 1)]
        easier = make_dose(now.sets, now.amount, load, gear if load > 0 else None)
    else:
        # Half at the least, in fives for seconds: a set that short is still worth doing.
        half = -(-now.amount // 2) if exercise.mode is REPS else 5 * -(-now.amount // 10)
        easier = make_dose(now.sets, max(half, now.amount - _whole(down * unit, exercise)), now.load_kg, now.gear)
    if not may_rise:
        return make_felt(easier)
    heavier = above < len(grid)
    room = c.go_on if heavier else c.go_on_heaviest
    up_to = min(now.amount + int(room * unit), LONGEST[exercise.mode])
    if exercise.mode is not REPS:
        up_to -= up_to % 5
    up_to = max(now.amount, up_to)
    if heavier:
        # Whoever has 5 or more left after the longest set has as much more at the amount itself.
        up += capacity.repetitions(exercise, up_to - now.amount, c)
        # As far as a load may rise from one week to the next when the runner is well on target, and no further.
        rise = moved * min(c.cap_target, up / (capacity.EPLEY + done + target_rir))
        rise = min(rise, dose.rise_in_hand(now.load_kg))
        most = now.load_kg + rise
        harder = make_dose(now.sets, now.amount, grid[max(above, bisect_right(grid, most) - 1)], gear)
    else:
        harder = make_dose(now.sets, max(up_to, now.amount + _whole(up * unit, exercise)), now.load_kg, now.gear)
    return make_felt(easier, harder, up_to if up_to > now.amount else None)


def _whole(amount: float, exercise: Exercise) -> int:
    """A step of repetitions, or of seconds in fives; never none at all."""
    return max(1, round(amount)) if exercise.mode is REPS else max(5, 5 * round(amount / 5))
