"""An exercise with its dose becomes a prescription: how much is left at the end, what to do by feel, and the reasons for all of it.

docs/evidence.md#dose, #reserve, #qualities
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from coach import capacity, dose, limits, needs, phases
from coach.catalogue import Exercise, Slot
from coach.choosing import Situation, has_jumped
from coach.dose import Limits
from coach.felt import by_feel
from coach.progress import ExerciseState
from coach.week import CONTACTS, Dose, Prescription, Reason, make_prescription, make_reason


@dataclass(slots=True)
class Item:
    """One exercise on its way into a session; its dose may still grow."""

    slot: Slot
    exercise: Exercise
    state: ExerciseState | None
    limits: Limits
    dose: Dose
    swap: Reason | None

    @property
    def last_sets(self) -> int:
        """The sets of last time, or of the time before an easier week; 0 where there was none."""
        return 0 if self.state is None or self.state.last is None else max(self.state.last.sets, self.limits.usual)


def _why_sets(s: Situation, item: Item, last: Dose) -> tuple[tuple[str, int | str], ...]:
    """What sets that change stand on: weeks and minutes where there are more of them, and where there are fewer and the clock is not the reason,
    the health questions, recovery, an easy week or a region that has hurt.
    """
    spared = limits.spared(s, item.exercise)
    tired = bool(s.progress.strain) or s.progress.soreness >= s.catalogue.constants.sore_hold
    grounds = (
        ("screen", not s.may_progress),
        ("tired", tired),
        ("hurts", s.progress.hurt > 0),
        ("easy", s.plan.easy),
    )
    if item.dose.sets > last.sets:
        because, region = "back" if item.dose.sets <= item.last_sets else "", ""
    else:
        because = next((name for name, holds in grounds if holds), "")
        region = "" if spared is None or because else spared.region.value
    return (
        ("completed", s.progress.completed),
        ("minutes", s.profile.minutes),
        ("because", because),
        ("region", region),
    )


def dosed(s: Situation, slot: Slot, exercise: Exercise, bounds: Limits, swap: Reason | None = None) -> Item | None:
    """The exercise with the dose that the limits leave; None when nothing fits them."""
    state = s.states.get(exercise.slug)
    now = s.beliefs.of(exercise)
    found = dose.choose(exercise, now, state, s.plan, s.profile, bounds, s.catalogue.constants)
    return None if found is None else Item(slot, exercise, state, bounds, found, swap)


def prescribe(s: Situation, item: Item) -> Prescription:
    """The exercise as it stands in the plan, with its reasons and the steps for within the session."""
    exercise = item.exercise
    target = item.limits.target_rir
    rise = item.limits.cut == 1.0 and item.limits.most is None and limits.may_step(s, exercise)
    felt = by_feel(exercise, item.dose, s.profile, target, s.catalogue.constants, may_rise=rise)
    return make_prescription(
        exercise=exercise.slug,
        slot=item.slot.key,
        mode=exercise.mode,
        dose=item.dose,
        per_side=exercise.sides == 2,
        tempo=exercise.tempo,
        rest_s=exercise.rest_s,
        target_rir=target,
        why=_why(s, item),
        easier=felt.easier,
        harder=felt.harder,
        change=item.swap or _change(s, item, goes_on=felt.up_to is not None),
        up_to=felt.up_to,
        stop_rir=felt.stop_rir,
    )


def _why(s: Situation, item: Item) -> Reason:
    """Why this exercise for this runner: what it trains that they need most, and how the dose sits in what they can do."""
    c, exercise, state = s.catalogue.constants, item.exercise, item.state
    gentle = [r for r in s.calm if exercise.by_region.get(r) == 1]
    need = needs.foremost(s.needs, exercise)
    # A test is a reason for the exercises it speaks of, until training says otherwise; of the others the profile's own grounds do.
    finding = None
    if s.findings:
        finding = next(
            (f for f in s.findings if exercise.pattern in f.patterns and s.outdone.isdisjoint(f.patterns)), None
        )
    because = need.because if exercise.quality(need.quality) == 3 and not need.values else ""
    values: list[tuple[str, float | int | str]] = [
        ("exercise", exercise.slug),
        ("slot", item.slot.key),
        ("quality", str(need.quality)),
        ("because", because if finding is None else finding.code),
        ("region", str(max(gentle)) if gentle else ""),
        ("target", item.limits.target_rir),
        ("weeks", 0 if state is None else state.weeks),
    ]
    if finding is not None:
        values += finding.values
    if exercise.mode is not CONTACTS:
        moved = capacity.moved_kg(exercise, s.profile.body_mass_kg, item.dose.load_kg)
        n = capacity.possible(exercise, s.beliefs.of(exercise).mu, moved, c)
        values += (("possible", round(n * capacity.unit(exercise, c))), ("amount", item.dose.amount))
        if s.shown and exercise.pattern not in s.outdone and (state is None or not state.weeks):
            # Until it has been trained, the estimate rests on the runner's own test.
            values += [("tested", x.told) for x in s.shown if x.exercise == exercise.slug]
    else:
        around = item.dose.sets * exercise.sides
        values += (
            ("contacts", around * item.dose.amount),
            ("most", around * dose.MOST_IN_A_ROW),
        )
    return make_reason("why", tuple(values))


def _change(s: Situation, item: Item, *, goes_on: bool) -> Reason | None:
    """What differs from the last dose and the ground for it; None when nothing does or there was no last time.

    goes_on: whether a set may go on beyond its amount by feel.
    """
    last, now = item.state.last if item.state else None, item.dose
    if item.exercise.mode is CONTACTS and not has_jumped(s):
        landings = now.sets * now.amount * item.exercise.sides
        told = (("exercise", item.exercise.slug), ("completed", s.progress.completed), ("landings", landings))
        return Reason("jumps_first", told)
    if (
        last is None
        or item.state is None
        or (last.amount == now.amount and last.load_kg == now.load_kg and last.sets <= now.sets <= item.last_sets)
    ):
        return None
    values = step(item.exercise, last, now)
    # How many sets there are has grounds of its own: gear and answers speak of the load and the length of a set.
    apart = () if last.sets == now.sets else _why_sets(s, item, last)
    slug = item.exercise.slug
    if any(x.exercise == slug and not x.idle and x.dose == now for x in s.programme.values()):
        # Asked for and told of already, and not done since, or not so.
        return Reason("dose_again", values)
    if last.gear is not None and last.load_kg not in s.profile.equipment.grid_kg(last.gear):
        return Reason("dose_gear", (*values, *apart))
    cuts = [r for r in s.progress.regions if r.cut < 1.0 and item.exercise.tissue(r.region) >= 1]
    if cuts:
        hurting = max(cuts, key=lambda r: (r.pain, r.region))
        return Reason("dose_pain", (*values, ("region", hurting.region.value), ("pain", hurting.pain)))
    if (calmed := limits.rested(s, item.exercise)) is not None:
        return Reason("dose_calm", (*values, ("region", calmed.region.value)))
    if item.state.weeks and item.state.idle >= phases.AWAY_WEEKS and item.state.idle > s.missed:
        return Reason("dose_idle", (*values, ("weeks", item.state.idle)))
    if s.missed >= phases.AWAY_WEEKS:
        return Reason("dose_gap", (*values, ("weeks", s.missed)))
    if s.plan.phase in phases.EASY_PHASES:
        return Reason(f"dose_{s.plan.phase.value}", values)
    values = (*values, *apart)
    if (last.amount, last.load_kg) == (now.amount, now.load_kg):
        return Reason("dose_sets", values)
    if item.state.idle and item.state.seen is not None and not s.missed:
        # What was told of it then, last week's mail has already answered.
        return Reason("dose_waited", values)
    if item.limits.keep and (last.load_kg, last.gear) == (now.load_kg, now.gear) and now.amount < last.amount:
        # What went well is only ever shortened to the most that is planned.
        return Reason("dose_range", (*values, ("target", item.limits.target_rir), ("goes_on", int(goes_on))))
    if not item.limits.keep and limits.is_too_heavy(s, item.state) and now.load_kg < last.load_kg:
        return Reason("dose_screen", values)
    if last.gear is None and 0 < now.load_kg <= max(item.state.anchors_kg, default=0.0):
        return Reason("dose_back", values)
    seen = item.state.seen
    if seen is None or (s.missed and not item.limits.less):
        return Reason("dose_plan", (*values, ("target", item.limits.target_rir)))
    return make_reason(
        "dose_answers",
        (
            *values,
            ("source", seen.source),
            ("did_sets", seen.sets),
            ("did_amount", seen.amount),
            ("left", round(seen.reps_left, 1)),
            ("at_least", int(seen.at_least)),
            ("failed", seen.failed),
            ("target", item.limits.target_rir),
            ("limit", round(100 * item.limits.cap)),
            ("body_kg", round(item.exercise.bodyweight_share * s.profile.body_mass_kg, 1)),
            ("smallest", int(_is_smallest_step(s, item.exercise, last, now))),
        ),
    )


def _is_smallest_step(s: Situation, exercise: Exercise, last: Dose, now: Dose) -> bool:
    """Whether the runner's equipment has no load between the last one and this."""
    _, grid = dose.loads(exercise, s.profile.equipment, now.gear)
    return bisect_left(grid, now.load_kg) <= bisect_right(grid, last.load_kg)


def step(exercise: Exercise, was: Dose, now: Dose) -> tuple[tuple[str, float | int | str], ...]:
    """From one dose to another, as a reason tells it."""
    return (
        ("exercise", exercise.slug),
        ("mode", str(exercise.mode)),
        ("from_sets", was.sets),
        ("from_amount", was.amount),
        ("from_kg", was.load_kg),
        ("from_gear", was.gear or ""),
        ("to_sets", now.sets),
        ("to_amount", now.amount),
        ("to_kg", now.load_kg),
        ("to_gear", now.gear or ""),
    )
