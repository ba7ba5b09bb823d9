"""One exercise of a running week, by what is known now: as planned, with less of it, another in its place, or none.

docs/safety.md#pain, docs/evidence.md#pain
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coach import dose, limits, prescribing, safety
from coach.choosing import pick
from coach.dose import Limits
from coach.prescribing import Item, dosed
from coach.profile import Equipment
from coach.progress import RegionState
from coach.week import CONTACTS, Dose, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from coach.catalogue import Exercise, Slot
    from coach.choosing import Pick, Situation
    from coach.constants import Constants
    from coach.profile import Screen
    from coach.week import Prescription, Session

HARDER: Final = frozenset({"ladder_up", "ladder_up_early", "ladder_up_jumps", "swap_heavy"})
"""Why a harder exercise has taken the place of another."""
NOT_HEAVY_REPS: Final = 6
"""Repetitions from which a set with a load is none of the heavy ones, which aim at five. docs/evidence.md#dose, docs/safety.md#screening"""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at some moment and not when the week was planned.

    flags: red flags. hurts: something hurts, nobody knows where, and the plan did not know of it.
    news: regions that hurt more than the plan knew, from 3 on, or are told to at 6 or more; the cut of each is the share of the planned dose to keep.
    clinician: regions, as told, for a clinician. equipment: what there is to train with, where it has changed.
    screens: answers to the screening questions, which may rule out an exercise or its dose. level: they allow no rise, and the plan did not know.
    """

    flags: tuple[str, ...]
    hurts: bool
    news: tuple[RegionState, ...]
    clinician: tuple[RegionState, ...]
    equipment: Equipment | None
    screens: frozenset[Screen] = frozenset()
    level: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exercise stands. taken: what its session asks for, or asked for; elsewhere: exercises of the week's other sessions."""

    situation: Situation
    session: Session
    taken: AbstractSet[str]
    elsewhere: Sequence[str]


def by_now(at: Place, p: Prescription, known: Known) -> Prescription | None:
    """One exercise by now: as planned, with less of it, another in its place, or None."""
    exercise = at.situation.catalogue.by_slug.get(p.exercise)
    if exercise is not None and is_ruled_out(exercise, known.screens):
        now = _in_place(at, p, exercise, why="swap_screen")
    else:
        now = _sparing(at, p, known)
    if now is not None and (known.hurts or known.level):
        now = _calmed(at, now, known)
    return now if now is None or not is_too_heavy(now, known.screens) else _lighter(at, now)


def _sparing(at: Place, p: Prescription, known: Known) -> Prescription | None:
    """By what is known of places that hurt and of things that are gone."""
    s, news = at.situation, known.news
    c = s.catalogue.constants
    exercise = s.catalogue.by_slug.get(p.exercise)
    if exercise is None:
        # It has left the catalogue since: nobody knows what it loads.
        return None
    if _strong(exercise, news, c) or not safety.allowed(exercise, s.sore, c):
        return _in_place(at, p, exercise)
    p = _without_steps(exercise, p, known.equipment)
    sore = safety.sore(exercise, news) is not None
    if lacks(exercise, p.dose, known.equipment) and not (sore and exercise.possible_with(s.profile.equipment)):
        return _without(at, p, exercise)
    if not sore:
        return p
    return _less(at, p, exercise, news)


def _less(at: Place, p: Prescription, exercise: Exercise, news: Sequence[RegionState]) -> Prescription | None:
    """At 3: without a rise; from 4 on: an easier version, or else less load or fewer repetitions."""
    s, session = at.situation, at.session
    c = s.catalogue.constants
    slot = s.catalogue.slot_by_key.get(p.slot)
    if slot is None:
        return None
    worst = max((r for r in news if exercise.tissue(r.region)), key=lambda r: (r.pain, r.region))
    cut = min(r.cut for r in news if exercise.tissue(r.region))
    if cut < 1.0:
        others = at.taken - {p.exercise}
        easier = pick(
            _familiar(s), session.name, slot, others, at.elsewhere, bilateral=True, light=session.light, change=False
        )
        lower = easier is not None and _is_lower(easier.exercise, exercise) and not _strong(easier.exercise, news, c)
        found = _dosed(s, p, exercise, slot, easier) if lower and easier is not None else None
        if found is not None:
            return found
    bounds = Limits(p.target_rir, cut, may_rise=False, caution=c.caution, sets=p.dose.sets, keep=True)
    less = dosed(s, slot, exercise, bounds)
    if less is None:
        return _in_place(at, p, exercise)
    if less.dose == p.dose:
        return replace(p, harder=None, up_to=None, change=None)
    values = (*prescribing.step(exercise, p.dose, less.dose), ("region", worst.region.value), ("pain", worst.pain))
    less.swap = Reason("dose_pain", values)
    return _asked(s, less, cut)


def _asked(s: Situation, item: Item, cut: float = 1.0) -> Prescription:
    """What stands in the plan by now: nothing rises within the session. The limits aim at the reserve that was mailed."""
    return replace(prescribing.prescribe(s, item), harder=None, up_to=None, cut=cut)


def _calmed(at: Place, p: Prescription, known: Known) -> Prescription | None:
    """While nobody knows what hurts, or screening allows no rise: none, no harder exercise and no first jumps.

    For what hurts also a set less where the plan has not taken one off already; by screening no jumps at all.
    """
    s, planned = at.situation, p.change
    slot = s.catalogue.slot_by_key.get(p.slot)
    jumps = p.mode is CONTACTS and known.level
    if slot is None or jumps or (planned is not None and planned.code == "jumps_first"):
        return None
    why = None if p in at.session.exercises else planned
    last = {x.exercise: x.last for x in s.progress.exercises}
    exercise = s.catalogue.by_slug[p.exercise]
    least = without_rise(p.dose, last.get(p.exercise))
    if planned is not None and planned.code in HARDER:
        lower = s.catalogue.by_slug.get(str(dict(planned.values)["from"]))
        done = None if lower is None else last.get(lower.slug)
        if lower is not None and done is not None and _may_stay(s, lower, done, {*at.taken, *at.elsewhere}):
            code = "ladder_down_hurts" if known.hurts else "swap_screen"
            why = Reason(code, (("from", exercise.slug), ("to", lower.slug)))
            exercise, least = lower, done
    fewer = 0 if not known.hurts or (s.progress.hurt and s.progress.hold != "hurts") else 1
    less = replace(least, sets=max(1, min(least.sets, p.dose.sets - fewer)))
    if known.hurts and exercise.slug == p.exercise and less != p.dose:
        why = Reason("dose_hurts", prescribing.step(exercise, p.dose, less))
    bounds = Limits(p.target_rir, may_rise=False)
    item = Item(slot, exercise, s.states.get(exercise.slug), bounds, less, why)
    return _asked(s, item, p.cut)


def _may_stay(s: Situation, exercise: Exercise, done: Dose, elsewhere: AbstractSet[str]) -> bool:
    """Whether the dose done last can be asked for once more: with what is there, and with what hurts."""
    return (
        exercise.slug not in elsewhere
        and not lacks(exercise, done, s.profile.equipment)
        and safety.allowed(exercise, s.sore, s.catalogue.constants)
        and not is_ruled_out(exercise, s.profile.screens)
    )


def is_ruled_out(exercise: Exercise, screens: frozenset[Screen]) -> bool:
    """Whether an answer to the screening questions leaves the exercise out, cleared or not."""
    return not screens.isdisjoint(exercise.avoid_when)


def is_too_heavy(p: Prescription, screens: frozenset[Screen]) -> bool:
    """Whether a screen rules its sets out. Fewer than a plan would give are let be: a plan that knew of the screen may have them after a cut."""
    return safety.holds_breath(p.dose, screens, NOT_HEAVY_REPS)


def _lighter(at: Place, p: Prescription) -> Prescription:
    """Longer sets with less in hand; as planned where there is nothing lighter."""
    s = at.situation
    c = s.catalogue.constants
    exercise, slot = s.catalogue.by_slug[p.exercise], s.catalogue.slot_by_key.get(p.slot)
    below = [kg for kg in dose.loads(exercise, s.profile.equipment, p.dose.gear)[1] if kg < p.dose.load_kg]
    state = s.states.get(p.exercise)
    if slot is None or state is None or not below:
        return p
    last = replace(p.dose, amount=s.plan.reps[0], load_kg=below[-1])
    bounds = Limits(p.target_rir, may_rise=False, caution=c.caution, sets=p.dose.sets)
    now = s.beliefs.of(exercise)
    longer = dose.choose(exercise, now, replace(state, last=last), s.plan, s.profile, bounds, c) or last
    item = Item(slot, exercise, state, bounds, longer, None)
    # Longer sets, and so fewer of them, a single one at the least.
    _in_time(exercise, p, item, c)
    item.swap = Reason("dose_screen", prescribing.step(exercise, p.dose, item.dose))
    return _asked(s, item, p.cut)


def lacks(exercise: Exercise, planned: Dose, equipment: Equipment | None) -> bool:
    """Whether the exercise, or its dose, needs what is no longer there."""
    if equipment is None:
        return False
    if planned.gear is not None and planned.load_kg not in equipment.grid_kg(planned.gear):
        return True
    return not exercise.possible_with(equipment)


def _without_steps(exercise: Exercise, p: Prescription, equipment: Equipment | None) -> Prescription:
    """As planned, but for a step within the session to a load that is no longer there."""
    harder, easier = (
        None if step is None or lacks(exercise, step, equipment) else step for step in (p.harder, p.easier)
    )
    return p if (harder, easier) == (p.harder, p.easier) else replace(p, harder=harder, easier=easier)


def _without(at: Place, p: Prescription, exercise: Exercise) -> Prescription | None:
    """With what is left: the same exercise at another load, one that the runner knows in its place, or, of the core, any other."""
    s = at.situation
    c = s.catalogue.constants
    slot = s.catalogue.slot_by_key.get(p.slot)
    if slot is not None and exercise.possible_with(s.profile.equipment):
        bounds = Limits(p.target_rir, may_rise=False, caution=c.caution, sets=p.dose.sets)
        item = _in_time(exercise, p, dosed(s, slot, exercise, bounds), c)
        if item is not None:
            item.swap = Reason("dose_gear", prescribing.step(exercise, p.dose, item.dose))
            return _asked(s, item)
    return _in_place(at, p, exercise, known_only=False)


def _in_time(old: Exercise, p: Prescription, item: Item | None, c: Constants) -> Item | None:
    """With as many sets as fit into the time of the planned dose; None where a single one does not."""
    room = dose.seconds(old, p.dose, c)
    while item is not None and dose.seconds(item.exercise, item.dose, c) > room:
        if item.dose.sets == 1:
            return None
        item.dose = replace(item.dose, sets=item.dose.sets - 1)
    return item


def _strong(exercise: Exercise, news: Sequence[RegionState], c: Constants) -> bool:
    """Whether it loads, however little, a place that newly hurts at 6 or more: for the rest of the week that is too much."""
    return any(r.pain >= c.pain_severe and exercise.tissue(r.region) for r in news)


def _is_lower(one: Exercise, other: Exercise) -> bool:
    return one.ladder == other.ladder and one.rung < other.rung


def _in_place(
    at: Place, p: Prescription, exercise: Exercise, *, known_only: bool = True, why: str = ""
) -> Prescription | None:
    """Another exercise that the runner knows and that loads nothing sore; None where there is none: then it is out.

    why: code of the reason, "" for the one the choice itself finds.
    """
    s = at.situation
    slot = s.catalogue.slot_by_key.get(p.slot)
    among = _familiar(s) if known_only else s
    barred = set(at.taken)
    while slot is not None:
        chosen = pick(
            among,
            at.session.name,
            slot,
            barred,
            at.elsewhere,
            bilateral=not exercise.single_leg,
            light=at.session.light,
            change=False,
        )
        if chosen is None:
            break
        if not any(chosen.exercise.tissue(r.region) for r in s.sore):
            if why:
                chosen = replace(chosen, swap=Reason(why, (("from", p.exercise), ("to", chosen.exercise.slug))))
            return _dosed(s, p, exercise, slot, chosen)
        barred.add(chosen.exercise.slug)
    return None


def _familiar(s: Situation) -> Situation:
    """For a choice among what the runner knows alone."""
    return replace(s, plan=replace(s.plan, known_only=True))


def _dosed(s: Situation, p: Prescription, exercise: Exercise, slot: Slot, chosen: Pick) -> Prescription | None:
    """The chosen exercise in the place of another: no more than last time, no more sets, and in no more time."""
    new = chosen.exercise
    bounds = limits.of(s, new, p.dose.sets, stands_in=chosen.spares)
    bounds = replace(bounds, target_rir=p.target_rir, may_rise=False, more=False)
    item = _in_time(exercise, p, dosed(s, slot, new, bounds, chosen.swap), s.catalogue.constants)
    return None if item is None else _asked(s, item)


def without_rise(planned: Dose, last: Dose | None) -> Dose:
    """The planned dose without what rose in it since the last time."""
    if last is None or (planned.load_kg > 0 and last.load_kg > 0 and planned.gear is not last.gear):
        return planned
    load_kg = min(planned.load_kg, last.load_kg)
    gear = planned.gear if load_kg > 0 else None
    return Dose(min(planned.sets, last.sets), min(planned.amount, last.amount), load_kg, gear)
