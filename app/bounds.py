"""What bounds a dose against the last one, with every ground in words: the limits of coach/sessions.py, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import capacity, dose, phases, planning, reasons, safety
from coach.profile import Screen
from coach.week import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.replay import Standpoint
    from coach.catalogue import Catalogue
    from coach.phases import Plan
    from coach.profile import Profile
    from coach.progress import ExerciseState, Progress, RegionState

AFTER_GAP_WEEKS = 4
"""Completed weeks after a gap in which the cap is the one of a return; as in coach/sessions.py."""
AWAY, LONG_AWAY = 3, 5
"""Weeks without an exercise from which its dose is cut, and cut more; as in coach/sessions.py."""


HOLDS = {"hurts": "something hurts, not said where", "unclear": "part of an answer made no sense"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the dose may do against the last one. cap: the most that the load may rise, as a share; None when there was no last.

    cut: share of the last dose to keep, 1 for no cut. against: every ground on which nothing rises, none: it may.
    """

    cap: float | None
    cut: float
    may_rise: bool
    against: tuple[str, ...]


def bounds(at: Standpoint, slug: str, catalogue: Catalogue) -> Bounds | None:
    """The limits the engine sets to an exercise from there, with their grounds; None when the catalogue has it no longer."""
    exercise = catalogue.by_slug.get(slug)
    if exercise is None:
        return None
    p, c = at.progress, catalogue.constants
    plan, missed = plan_of(at.profile, p, at.stored.week_of, catalogue)
    states = {e.exercise: e for e in p.exercises}
    state = states.get(slug)
    cap = None
    if state is not None and state.last is not None:
        now = capacity.belief(exercise, states, at.profile, at.stored.week_of, catalogue)
        after_gap = p.gap > 0 and p.since_gap < AFTER_GAP_WEEKS
        cap = dose.rise_cap(exercise, now, state, plan, at.profile, c, after_gap=after_gap)
    away = max(missed, state.idle if state is not None and state.weeks else 0)
    cuts = [r.cut for r in p.regions if exercise.tissue(r.region) >= 1]
    if away >= LONG_AWAY:
        cuts.append(c.gap_long)
    elif away >= AWAY:
        cuts.append(c.gap_short)
    sore = safety.sore(exercise, [r for r in p.regions if r.pain >= c.pain_hold], c)
    against = tuple(_against(at, state, plan, missed, sore, catalogue))
    return Bounds(cap, min(cuts, default=1.0), not against, against)


def _against(
    at: Standpoint,
    state: ExerciseState | None,
    plan: Plan,
    missed: int,
    sore: RegionState | None,
    catalogue: Catalogue,
) -> Iterator[str]:
    """Every ground on which an exercise may not rise, in words; as in coach/sessions.py, `may_rise`."""
    p, c = at.progress, catalogue.constants
    if not safety.may_progress(at.profile, at.stored.week_of):
        yield "pregnancy" if Screen.PREGNANT in at.profile.screens else "clearance by a clinician is missing"
    if p.hold:
        yield HOLDS.get(p.hold, p.hold)
    if p.soreness >= c.sore_hold:
        yield f"soreness {p.soreness}/10 (from {c.sore_hold:g} on)"
    if plan.phase in {Phase.TAPER, Phase.RACE, Phase.DELOAD}:
        yield f"{plan.phase.value} week"
    if sore is not None:
        yield f"{reasons.REGION[sore.region.value]} pain {sore.pain}/10 (from {c.pain_hold:g} on)"
    if missed:
        yield f"no session done for {missed} {'week' if missed == 1 else 'weeks'}"
    if state is None:
        return
    if state.weeks and state.idle:
        yield f"not trained, or not told of, for {state.idle} {'week' if state.idle == 1 else 'weeks'}"
    if state.held:
        yield "two sets or more fell short"
    if state.seen is not None and state.seen.source == "hard":
        yield "the session was called hard"


def plan_of(profile: Profile, progress: Progress, week_of: date, catalogue: Catalogue) -> tuple[Plan, int]:
    """What the phase asks of a week, and the weeks missed before it."""
    missed = progress.missed + planning.unplanned(progress, week_of)
    return phases.plan(profile, progress, missed, week_of, catalogue.constants), missed
