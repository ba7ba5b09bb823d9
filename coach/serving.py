"""How well an exercise serves a runner in a place: what it trains, what it loads, and whether its dose would fit.

docs/evidence.md#choice, #qualities
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final
from zlib import crc32

from coach import capacity, dose, needs, untried
from coach.capacity import make_belief
from coach.profile import NEW, SEASONED, SOME
from coach.week import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.catalogue import Exercise, Slot
    from coach.choosing import Situation

START_RUNG: Final = {NEW: 2, SOME: 3, SEASONED: 9}
"""Highest rung a runner may start on; one more for every four completed weeks. Judgement."""
HEAVY_LIFT: Final = 3.0
"""What one heavy lift with both legs a week is worth to a seasoned runner with a barbell or machine. docs/evidence.md#running-economy"""
JUMP_WEEKS: Final = 4
"""Completed weeks on one rung of the jumps before the next. docs/evidence.md#plyometrics"""
TOO_EASY: Final = 8.0
"""What it costs an exercise in score, for each share by which its longest and heaviest set would fall short of the target. Judgement."""
TOO_HARD: Final = 2
"""Sessions running below the range after which something easier takes over. docs/evidence.md#ladder"""
TAKEN_OUT: Final = 5.0
"""What it costs an exercise in score to have been too hard until it left: its ladder may lead back to it, no other choice does. Judgement."""
TRIFLE: Final = 0.2
"""Share beyond its longest set from which an exercise is not worth a place in a light session. Judgement."""
TASTE: Final = 1.4
"""Most that a runner's own draw adds to a score, so that equals differ from runner to runner but not from week to week. Judgement."""


class Scores:
    """How well exercises serve this runner in a slot. elsewhere: exercises of the week's other sessions."""

    def __init__(self, s: Situation, slot: Slot, elsewhere: Iterable[str]) -> None:
        self._s = s
        self._draw = crc32(f"{s.profile.key}:{slot.key}:".encode())
        others = [e for x in dict.fromkeys(elsewhere) if (e := s.catalogue.by_slug.get(x)) is not None]
        self._elsewhere = {e.slug for e in others}
        self._ladders = {e.ladder for e in others}
        self._heavy = s.heavy_lifts if s.heavy_lifts.isdisjoint(self._elsewhere) else frozenset()
        self._sore = {r.region for r in s.sore}
        self._loads = {gear for gear, _ in s.profile.equipment.loads_kg}
        self._most_rung = most_rung(s)

    def best(self, options: Iterable[Exercise], above: float = -inf) -> Exercise | None:
        """The best one, None where no score is above that.

        The fit costs most to work out and never adds: it is asked only of those that could still win.
        """
        # "~" stands after every slug: as good is not better.
        found, least = None, (above, "~")
        for worth, slug, exercise in sorted([(self._worth(e), e.slug, e) for e in options], reverse=True):
            if worth < least[0]:
                break
            score = worth + _fit(self._s, exercise), slug
            if score > least:
                found, least = exercise, score
        return found

    def of(self, exercise: Exercise) -> float:
        """Needs, fit to capacity, loadability, pain, novelty."""
        return self._worth(exercise) + _fit(self._s, exercise)

    def _worth(self, exercise: Exercise) -> float:
        """Everything but the fit to capacity."""
        s = self._s
        score = needs.served(s.needs, exercise) / 2
        if exercise.rung > 1:
            score -= 2.0 * max(0, exercise.rung - max(1, self._highest(exercise)))
        if not self._loads.isdisjoint(exercise.loadable):
            score += 0.8
        for region in s.watched:
            if weight := exercise.by_region.get(region, 0):
                # Loading what has hurt, gently and regularly, is the point of a return; loading what hurts now is not.
                score += -3.0 * weight if region in self._sore else (0.0, 0.6, 0.4, -1.5)[weight]
        if exercise.slug in self._heavy:
            score += HEAVY_LIFT
        state = s.states.get(exercise.slug)
        if state is not None and state.low >= TOO_HARD:
            score -= TAKEN_OUT
        if exercise.slug in self._elsewhere:
            score -= 5.0
        elif exercise.ladder in self._ladders:
            score -= 1.2
        return score + TASTE * crc32(exercise.slug.encode(), self._draw) / 2**32

    def _highest(self, exercise: Exercise) -> int:
        """Highest rung of its ladder that costs nothing."""
        s = self._s
        if exercise.mode is CONTACTS:
            return _most_jumps(s)
        return 1 + s.progress.completed // 4 if exercise.pattern in s.tested.low else self._most_rung


def most_rung(s: Situation) -> int:
    """Highest rung that is open to a runner by experience and completed weeks."""
    return START_RUNG[s.profile.experience] + s.progress.completed // 4 - (1 if s.careful else 0)


def _most_jumps(s: Situation) -> int:
    """Highest rung of the jumps that the weeks with them allow."""
    trained = ((x.weeks, s.catalogue.by_slug.get(x.exercise)) for x in s.states.values())
    return 1 + max(
        (weeks // JUMP_WEEKS + e.rung - 1 for weeks, e in trained if e is not None and e.mode is CONTACTS), default=0
    )


def _fit(s: Situation, exercise: Exercise) -> float:
    """0 when the lightest dose falls in the range, negative when it would be far too hard or far too easy."""
    if exercise.mode is CONTACTS:
        return 0.0
    short, over = misfit(s, exercise, s.catalogue.constants.caution_returning)
    return -1.0 - 6.0 * short if short > 0 else -TOO_EASY * max(0.0, over)


def misfit(s: Situation, exercise: Exercise, deviations: float) -> tuple[float, float]:
    """(share of the least amount that the lightest load leaves missing, share of the most that is left beyond it with the heaviest).

    Negative where nothing is missing or left. deviations: how far on the safe side of the estimate to look.
    """
    c = s.catalogue.constants
    now = s.beliefs.of(exercise)
    if s.tested.behind and exercise.slug not in s.states:
        prior = capacity.prior(exercise, s.profile, s.week_of, c).mu
        now = make_belief(min(now.mu, untried.expected(s.tested, exercise, prior)), now.var)
    _, grid = dose.loads(exercise, s.profile.equipment)
    least, _, most = dose.amounts(exercise, s.plan, grid)
    doable = dose.room(exercise, now.cautious(deviations), s.plan.target_rir, s.profile, c)
    return 1.0 - doable(grid[0]) / least, doable(grid[-1]) / most - 1.0


def fits(s: Situation, exercise: Exercise) -> bool:
    """Whether its lightest dose can be done, and its longest and heaviest set is worth doing."""
    if exercise.mode is CONTACTS:
        return True
    short, over = misfit(s, exercise, s.catalogue.constants.caution_returning)
    return short <= 0 and over <= TRIFLE


def trifling(s: Situation, exercise: Exercise) -> bool:
    """Whether even its longest set would be far too easy: it fills a light session with nothing. Near a race there is only what is known."""
    if exercise.mode is CONTACTS or s.plan.known_only:
        return False
    return misfit(s, exercise, s.catalogue.constants.caution)[1] > TRIFLE


def shortfall(s: Situation, exercise: Exercise) -> float:
    """Share of its least amount that the runner would fall short of, on the safe side."""
    return misfit(s, exercise, s.catalogue.constants.caution_returning)[0]
