"""The one question worth asking: about the exercise whose answer changes next week's choices most.

A tap says how a whole session felt. One number more, "how many had you left?", about the right exercise, says far more.
docs/evidence.md#one-question
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from coach import capacity, dose, kinship, safety
from coach.week import CONTACTS, HOLD, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.choosing import Situation
    from coach.week import Prescription, Session

WORTH_ASKING = 1.0
"""Square repetitions of uncertainty, summed over next week's sets, below which no question is asked. Judgement."""
PULL = 0.5
"""Share of a relative's gain that counts: it may not be there next week. Judgement."""


def question(s: Situation, sessions: Sequence[Session]) -> Question | None:
    """The exercise whose reserve is best asked for, None when no answer would change much.

    Worth is the expected fall of the variance of repetitions in reserve, summed over the sets of the week: of the exercise
    itself and, through what they share, of its relatives. What pain, screening or the range hold fixed anyway counts nothing.
    """
    c = s.catalogue.constants
    items: dict[str, tuple[int, Prescription, int]] = {}
    for index, session in enumerate(sessions):
        for p in session.exercises:
            if p.mode is not CONTACTS:
                first, kept, sets = items.get(p.exercise, (index, p, 0))
                items[p.exercise] = (first, kept, sets + p.dose.sets)
    open_ = {slug: s.beliefs.of(s.catalogue.by_slug[slug]).var for slug, (_, p, _) in items.items() if _matters(s, p)}
    # What a unit of variance of each costs next week, in square repetitions over its sets.
    cost_of = {slug: items[slug][2] * _slope(s, items[slug][1]) ** 2 for slug in open_}
    shared = {slug: cost_of[slug] * var**2 for slug, var in open_.items()}
    kin = kinship.kin(s.catalogue)
    best: tuple[float, str] | None = None
    for slug, var in open_.items():
        p = items[slug][1]
        exercise = s.catalogue.by_slug[slug]
        noise = capacity.report_variance(capacity.repetitions(exercise, p.dose.amount, c) + p.target_rir, 1, c)
        row = kin[slug]
        through_kin = sum([row[other] ** 2 * cost for other, cost in shared.items() if other != slug])
        worth = (cost_of[slug] + PULL * through_kin) * var * var / (var + noise)
        if worth >= WORTH_ASKING and (best is None or (worth, slug) > best):
            best = (worth, slug)
    if best is None:
        return None
    index, p, _ = items[best[1]]
    return Question(session=index, exercise=best[1], mode=p.mode)


def _matters(s: Situation, p: Prescription) -> bool:
    """Whether knowing this exercise better could change its dose next week."""
    exercise = s.catalogue.by_slug[p.exercise]
    if not s.may_progress or safety.sore(exercise, s.sore, s.catalogue.constants) is not None:
        return False
    _, grid = dose.loads(exercise, s.profile.equipment, p.dose.gear)
    return p.dose.load_kg < grid[-1] or p.dose.amount < dose.amounts(exercise, s.plan, grid)[2]


def _slope(s: Situation, p: Prescription) -> float:
    """Repetitions by which the reserve moves for a small relative change of capacity."""
    exercise = s.catalogue.by_slug[p.exercise]
    mu = s.beliefs.of(exercise).mu
    if exercise.mode is HOLD:
        return exp(mu) / s.catalogue.constants.seconds_per_rep
    moved = capacity.moved_kg(exercise, s.profile.body_mass_kg, p.dose.load_kg)
    return min(capacity.EPLEY * exp(mu) / moved, 3 * capacity.EPLEY)
