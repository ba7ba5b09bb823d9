"""The one question worth asking: about the exercise whose answer changes next week's choices most.

A tap says how a whole session felt. One number more, "how many had you left?", about the right exercise, says far more.
docs/evidence.md#one-question
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach import capacity, dose, limits
from coach.week import CONTACTS, HOLD, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.choosing import Situation
    from coach.week import Prescription, Session

WORTH_ASKING: Final = 1.0
"""Square repetitions of uncertainty, summed over next week's sets, below which no question is asked. Judgement."""


def question(s: Situation, sessions: Sequence[Session]) -> Question | None:
    """The exercise whose reserve is best asked for, None when no answer would change much.

    Worth is the expected fall of the variance of repetitions in reserve, summed over the sets of the week. What pain, screening or
    the range hold fixed anyway counts nothing.
    """
    if not s.may_progress:
        return None
    found: dict[str, tuple[int, Prescription, int]] = {}
    for index, session in enumerate(sessions):
        for p in session.exercises:
            if p.mode is not CONTACTS:
                first, kept, sets = found.get(p.exercise, (index, p, 0))
                found[p.exercise] = (first, kept, sets + p.dose.sets)
    worth, slug = max([(_worth(s, p, sets), slug) for slug, (_, p, sets) in found.items()], default=(0.0, ""))
    if worth < WORTH_ASKING:
        return None
    index, p, _ = found[slug]
    return Question(session=index, exercise=slug, mode=p.mode)


def _worth(s: Situation, p: Prescription, sets: int) -> float:
    """Square repetitions; 0 where knowing it better could not change its dose next week. sets: of the whole week."""
    c, exercise = s.catalogue.constants, s.catalogue.by_slug[p.exercise]
    if limits.hurts(s, exercise):
        return 0.0
    _, grid = dose.loads(exercise, s.profile.equipment, p.dose.gear)
    if p.dose.load_kg >= grid[-1] and p.dose.amount >= dose.amounts(exercise, s.plan, grid)[2]:
        return 0.0
    now = s.beliefs.of(exercise)
    # Repetitions by which the reserve moves for a small relative change of capacity.
    moved = capacity.moved_kg(exercise, s.profile.body_mass_kg, p.dose.load_kg)
    slope = capacity.slope(exercise, now.mu, moved, c)
    if exercise.mode is not HOLD:
        slope = min(slope, 3 * capacity.EPLEY)
    noise = capacity.report_variance(capacity.repetitions(exercise, p.dose.amount, c) + p.target_rir, c)
    return sets * slope**2 * now.var * now.var / (now.var + noise)
