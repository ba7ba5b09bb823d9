"""The one question worth asking: about the exercise whose answer changes next week's choices most.

A tap says how a whole session felt. One number more, "how many had you left?", about the right exercise, says far more.
docs/evidence.md#one-question
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach import capacity, dose, kinship, limits
from coach.values import maker, quick
from coach.week import CONTACTS, HOLD, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.choosing import Situation
    from coach.week import Prescription, Session

WORTH_ASKING: Final = 1.0
"""Square repetitions of uncertainty, summed over next week's sets, below which no question is asked. Judgement."""
PULL: Final = 0.5
"""Share of a relative's gain that counts: it may not be there next week. Judgement."""


def question(s: Situation, sessions: Sequence[Session]) -> Question | None:
    """The exercise whose reserve is best asked for, None when no answer would change much.

    Worth is the expected fall of the variance of repetitions in reserve, summed over the sets of the week: of the exercise
    itself and, through what they share, of its relatives. What pain, screening or the range hold fixed anyway counts nothing.
    """
    if not s.may_progress:
        return None
    found: dict[str, tuple[int, Prescription, int]] = {}
    for index, session in enumerate(sessions):
        for p in session.exercises:
            if p.mode is not CONTACTS:
                first, kept, sets = found.get(p.exercise, (index, p, 0))
                found[p.exercise] = (first, kept, sets + p.dose.sets)
    open_ = [x for _, p, sets in found.values() if (x := _open(s, p, sets)) is not None]
    shared = [(x.slug, x.cost * x.var**2) for x in open_]
    squares = kinship.squares(s.catalogue)
    best: tuple[float, str] | None = None
    for x in open_:
        row = squares[x.slug]
        through_kin = sum([row[other] * cost for other, cost in shared])
        worth = (x.cost + PULL * through_kin) * x.var * x.var / (x.var + x.noise)
        if worth >= WORTH_ASKING and (best is None or (worth, x.slug) > best):
            best = (worth, x.slug)
    if best is None:
        return None
    index, p, _ = found[best[1]]
    return Question(session=index, exercise=best[1], mode=p.mode)


@quick
@dataclass(frozen=True, slots=True)
class _Open:
    """An exercise of the week that could be asked about. var: of its ln(capacity); noise: of an answer, likewise.

    cost: what a unit of its variance costs next week, in square repetitions over its sets.
    """

    slug: str
    var: float
    cost: float
    noise: float


_make_open = maker(_Open)


def _open(s: Situation, p: Prescription, sets: int) -> _Open | None:
    """None where knowing it better could not change its dose next week. sets: of the whole week."""
    c, exercise = s.catalogue.constants, s.catalogue.by_slug[p.exercise]
    if limits.hurts(s, exercise):
        return None
    _, grid = dose.loads(exercise, s.profile.equipment, p.dose.gear)
    if p.dose.load_kg >= grid[-1] and p.dose.amount >= dose.amounts(exercise, s.plan, grid)[2]:
        return None
    now = s.beliefs.of(exercise)
    # Repetitions by which the reserve moves for a small relative change of capacity.
    moved = capacity.moved_kg(exercise, s.profile.body_mass_kg, p.dose.load_kg)
    slope = capacity.slope(exercise, now.mu, moved, c)
    if exercise.mode is not HOLD:
        slope = min(slope, 3 * capacity.EPLEY)
    noise = capacity.report_variance(capacity.repetitions(exercise, p.dose.amount, c) + p.target_rir, c)
    return _make_open(p.exercise, now.var, sets * slope**2, noise)
