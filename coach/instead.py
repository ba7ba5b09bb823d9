"""What else would do at a place of a session or routine, for a runner who cannot do what is planned there today.

A thing is missing, or the movement does not suit. What is offered works the same muscles, needs other things or none, and
is dosed from the runner's own estimates within the same limits as any exercise of a plan. docs/evidence.md#ladder
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from coach import dose, limits, safety, stretching
from coach.felt import by_feel
from coach.planning import situation
from coach.profile import Gear, Region
from coach.serving import most_rung
from coach.untried import beyond
from coach.week import CONTACTS, Prescription, Routine, StretchItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.answers import Swap
    from coach.catalogue import Catalogue, Exercise
    from coach.choosing import Situation
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Dose, Session, Week

MOST: Final = 2
"""Alternatives offered at a place; a third is a menu, not help. Judgement."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What could take the place of each exercise of each session, and of each stretch of the routine, the nearest first."""

    sessions: tuple[tuple[tuple[Prescription, ...], ...], ...]
    stretches: tuple[tuple[StretchItem, ...], ...]


def instead(profile: Profile, progress: Progress, catalogue: Catalogue, week: Week) -> Alternatives:
    """The alternatives of a week: at most MOST a place, often none.

    progress: the latest there is. Jumps are neither replaced nor offered: they come in by their own rules.
    """
    s = situation(profile, progress, catalogue, week.week_of)
    return Alternatives(
        tuple(
            tuple(tuple(islice(_exercises(s, session, p), MOST)) for p in session.exercises)
            for session in week.sessions
        ),
        () if week.stretch is None else tuple(_stretches(s, week.stretch, item) for item in week.stretch.items),
    )


def in_place(
    profile: Profile, progress: Progress, catalogue: Catalogue, week: Week, session: int, planned: str, wanted: str
) -> Prescription | None:
    """What an exercise would be prescribed as in the place of a planned one; None where it does not belong or would not be safe.

    Unlike `instead` it looks at any exercise, not only at the nearest: those may have been others when the runner looked.
    """
    s = situation(profile, progress, catalogue, week.week_of)
    here = week.sessions[session]
    p = next((p for p in here.exercises if p.exercise == planned), None)
    if p is None:
        return None
    return next((x for x in _exercises(s, here, p) if x.exercise == wanted), None)


def as_done(planned: Prescription, swap: Swap, session: Session, catalogue: Catalogue) -> Prescription | None:
    """A swap as a prescription that a report can be read against, with no way up; None when it does not belong in that place."""
    e = catalogue.by_slug.get(swap.exercise)
    place = catalogue.slot_by_key.get(planned.slot)
    if e is None or place is None or CONTACTS in {e.mode, planned.mode} or not place.takes(e):
        return None
    if any(p.exercise == e.slug for p in session.exercises):
        return None
    return _prescribed(e, planned, swap.dose)


def _exercises(s: Situation, session: Session, planned: Prescription) -> Iterator[Prescription]:
    """The nearest first."""
    gone = s.catalogue.by_slug.get(planned.exercise)
    place = s.catalogue.slot_by_key.get(planned.slot)
    if gone is None or place is None or planned.mode is CONTACTS:
        return
    missing = frozenset[Gear | None]({planned.dose.gear}).union(*gone.needs) - {None}
    taken = {p.exercise for p in session.exercises}
    fits = [e for e in s.kit.exercises(place).values() if e.slug not in taken and _serves(s, session, gone, e, missing)]
    for e in sorted(fits, key=lambda e: (_unlike(gone, e), e.slug)):
        bounds = replace(limits.of(s, e, planned.dose.sets), target_rir=planned.target_rir)
        found = dose.choose(e, s.beliefs.of(e), s.states.get(e.slug), s.plan, s.profile, bounds, s.catalogue.constants)
        if found is None or found.gear in missing:
            continue
        felt = by_feel(e, found, s.profile, planned.target_rir, s.catalogue.constants, may_rise=False)
        yield replace(_prescribed(e, planned, found), easier=felt.easier, stop_rir=felt.stop_rir)


def _prescribed(e: Exercise, planned: Prescription, of: Dose) -> Prescription:
    return Prescription(
        exercise=e.slug,
        slot=planned.slot,
        mode=e.mode,
        dose=of,
        per_side=e.sides == 2,
        tempo=e.tempo,
        rest_s=e.rest_s,
        target_rir=planned.target_rir,
        why=planned.why,
    )


def _stretches(s: Situation, routine: Routine, planned: StretchItem) -> tuple[StretchItem, ...]:
    """Stretches of the same target with other things or none, held as long."""
    gone = s.catalogue.stretch_by_slug.get(planned.stretch)
    if gone is None:
        return ()
    taken = {item.stretch for item in routine.items}
    possible = stretching.harmless(s.kit.stretches(gone.target), {r.region for r in s.sore})
    found = [x for x in possible if x.slug not in taken and not set(x.props).intersection(gone.props)]
    return tuple(
        replace(planned, stretch=x.slug, sides=x.sides) for x in sorted(found, key=lambda x: len(x.props))[:MOST]
    )


def _serves(s: Situation, session: Session, gone: Exercise, e: Exercise, missing: frozenset[Gear | None]) -> bool:
    """Whether it is safe for this runner, within reach, and possible without the things the other needs."""
    known = e.slug in s.states and s.states[e.slug].weeks > 0
    return (
        e.mode is not CONTACTS
        and any(not missing.intersection(need) and all(s.profile.equipment.has(g) for g in need) for need in e.needs)
        and safety.allowed(e, s.sore, s.catalogue.constants)
        and safety.may_enter(e, gone, s.sore, known=known or not s.states)
        and not (session.light and safety.heavy_legs(e))
        and (known or not (s.plan.known_only or beyond(s.tested, e)))
        and (known or e.rung <= most_rung(s))
    )


def _unlike(one: Exercise, other: Exercise) -> float:
    """How far two exercises are apart: what they load and train, another ladder, another number of legs."""
    return (
        sum(abs(one.tissue(r) - other.tissue(r)) for r in Region)
        + sum(abs(weight - other.quality(quality)) for quality, weight in one.qualities) / 2
        + (one.ladder != other.ladder)
        + (one.single_leg != other.single_leg)
    )
