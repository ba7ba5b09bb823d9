"""What is learnt of one exercise tells something of its relatives: same ladder most, same pattern less, same body a little.

The true capacities of one runner vary together. As a report makes an exercise better known, less of what is still unknown of
it is shared with others, so the covariance of two estimates shrinks with both variances. docs/evidence.md#capacity
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final, Protocol

from coach.week import CONTACTS, HOLD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.catalogue import Catalogue, Exercise
    from coach.constants import Constants

LEAST_LEFT: Final = 0.2
"""Share of a variance that is left, at least, by what was not told of the exercise by itself. Judgement."""


class Known(Protocol):
    """Whatever carries an estimate: mean and variance of ln(capacity)."""

    @property
    def mu(self) -> float: ...

    @property
    def var(self) -> float: ...


def correlation(a: Exercise, b: Exercise, c: Constants) -> float:
    """Correlation of two capacities of a runner about whom nothing is known yet."""
    if a.ladder == b.ladder:
        return c.same_ladder
    return c.same_pattern if a.pattern == b.pattern else c.same_body


def kin(catalogue: Catalogue) -> Mapping[str, Mapping[str, float]]:
    """For each exercise its relatives and, for each, correlation over the prior standard deviations; made once."""
    found = catalogue.cache.get("kin")
    if found is None:
        c = catalogue.constants
        sd = {e.slug: c.hold_prior_sd if e.mode is HOLD else c.prior_sd for e in catalogue.exercises}
        lifts = [e for e in catalogue.exercises if e.mode is not CONTACTS]
        found = {
            a.slug: {b.slug: correlation(a, b, c) / (sd[a.slug] * sd[b.slug]) for b in lifts if b is not a}
            for a in lifts
        }
        catalogue.cache["kin"] = found
    return found  # type: ignore[return-value]  # the cache has several kinds of value


def covariances(states: Mapping[str, Known], weights: Mapping[str, float], catalogue: Catalogue) -> dict[str, float]:
    """Covariance of each estimate with a weighted sum of some of them.

    weights: exercise → weight. Returns a value for every state that has relatives.
    """
    kinship = kin(catalogue)
    loads = [(kinship[slug], h * states[slug].var) for slug, h in weights.items()]
    found = {}
    for slug, state in states.items():
        if slug not in kinship:
            continue
        shared = sum([hv * row.get(slug, 0.0) for row, hv in loads])
        found[slug] = state.var * (shared + weights.get(slug, 0.0))
    return found


def follow(
    states: Mapping[str, Known], slug: str, before: Known, now: Known, catalogue: Catalogue
) -> dict[str, tuple[float, float]]:
    """(by how much the estimate moves, what share of its variance is left) of each relative of an exercise, as they follow its own."""
    row = kin(catalogue).get(slug)
    found: dict[str, tuple[float, float]] = {}
    if row is None or before.var <= 0:
        return found
    moved, shrunk = now.mu - before.mu, before.var - now.var
    for other, state in states.items():
        share = row.get(other)
        if share is None:
            continue
        slope = min(share * state.var, sqrt(state.var / before.var))
        found[other] = slope * moved, max(1.0 - slope * slope * shrunk / state.var, LEAST_LEFT)
    return found
