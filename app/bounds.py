"""What bounds a dose against the last one, with every ground in words: the limits of coach/limits.py, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import grounds, limits, planning, safety
from coach.limits import Ground
from coach.profile import Screen
from language import values

if TYPE_CHECKING:
    from app.replay import Standpoint
    from coach.catalogue import Catalogue, Exercise
    from coach.choosing import Situation

HOLDS = {
    "hurts": "something hurts, not told for sure where",
    "unclear": "part of an answer made no sense",
    "body_mass": "another body mass was written down",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the dose may do against the last one. cap: the most that the load may rise, as a share; None when there was no last.

    heavier: whether a heavier load may be tried, too. cut: share of the last dose to keep, 1 for no cut. against: every ground on which nothing rises, none: it may.
    rules: where each of these stands, like docs/evidence.md#pain.
    """

    cap: float | None
    cut: float
    may_rise: bool
    heavier: bool
    against: tuple[str, ...]
    rules: tuple[str, ...]


def bounds(at: Standpoint, slug: str, catalogue: Catalogue) -> Bounds | None:
    """The limits the engine sets to an exercise from there, with their grounds; None when the catalogue has it no longer."""
    exercise = catalogue.by_slug.get(slug)
    if exercise is None:
        return None
    s = planning.situation(at.profile, at.progress, catalogue, at.stored.week_of)
    found = limits.of(s, exercise, s.plan.sets)
    state = s.states.get(slug)
    against = limits.against(s, exercise)
    return Bounds(
        cap=None if state is None or state.last is None else found.cap,
        cut=found.cut,
        may_rise=found.may_rise,
        heavier=found.heavier,
        against=tuple(_in_words(ground, s, exercise) for ground in against),
        rules=tuple(grounds.rule(ground) for ground in against),
    )


def _in_words(ground: Ground, s: Situation, exercise: Exercise) -> str:
    p, c = s.progress, s.catalogue.constants
    state = s.states.get(exercise.slug)
    sore = safety.sore(exercise, s.sore)
    match ground:
        case Ground.SCREEN:
            if Screen.PREGNANT in s.profile.screens:
                return "pregnancy"
            allowed = safety.screening_allows(s.profile, s.week_of)
            return "the screening questions are due again" if allowed else "clearance by a clinician is missing"
        case Ground.HOLD:
            return HOLDS.get(p.hold, p.hold)
        case Ground.SORE:
            return f"soreness {p.soreness}/10 (from {c.sore_hold:g} on)"
        case Ground.TIRED:
            return "a big week with signs of tiredness"
        case Ground.PHASE:
            return f"{s.plan.phase.value} week"
        case Ground.PAIN:
            return (
                f"{values.REGION[sore.region.value]} pain {sore.pain}/10 (from {c.pain_hold:g} on)" if sore else "pain"
            )
        case Ground.MISSED:
            return f"no session done for {s.missed} {'week' if s.missed == 1 else 'weeks'}"
        case Ground.IDLE:
            if state is None or not state.weeks:
                return "planned, and never done yet"
            idle = state.idle
            return f"not trained, or not told of, for {idle} {'week' if idle == 1 else 'weeks'}"
        case Ground.FAILED:
            return "two sets or more fell short, or the last left nothing"
        case Ground.HARD:
            return "the session was called hard"
        case Ground.EASY:
            return "every fourth week is an easier one"
