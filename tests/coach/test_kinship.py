"""What is learnt of one exercise moves its relatives, by how much of each is still unknown. docs/evidence.md#capacity"""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import kinship
from coach.capacity import Belief
from coach.catalogue import Catalogue
from coach.observing import Working
from coach.week import DoseMode
from tests.coach.strategies import the_catalogue

SLUGS = ("split-squat", "reverse-lunge", "lateral-lunge", "glute-bridge", "side-plank", "pogo-hops")


def beliefs(*, mu: float = 4.0, var: float = 0.04, slugs: tuple[str, ...] = SLUGS) -> dict[str, Working]:
    return {s: Working(s, mu, var, (), 0, 3, 0, 0, None, None) for s in slugs}


def test_one_ladder_binds_more_than_one_pattern_and_that_more_than_one_body(catalogue: Catalogue) -> None:
    c = catalogue.constants
    squat, lunge, side, bridge = (catalogue.by_slug[s] for s in SLUGS[:4])
    near = [kinship.correlation(squat, x, c) for x in (lunge, side, bridge)]
    assert near == [c.same_ladder, c.same_pattern, c.same_body]
    assert 1 > near[0] > near[1] > near[2] > 0


def test_kinship_is_mutual_and_leaves_out_oneself_and_jumps(catalogue: Catalogue) -> None:
    kin = kinship.kin(catalogue)
    assert all(isclose(kin[b][a], share) for a, row in kin.items() for b, share in row.items())
    assert all(slug not in row for slug, row in kin.items())
    jumps = {e.slug for e in catalogue.exercises if e.mode is DoseMode.CONTACTS}
    assert not jumps & {*kin, *(b for row in kin.values() for b in row)}


def test_kinship_is_worked_out_once_for_a_catalogue(catalogue: Catalogue) -> None:
    assert kinship.kin(catalogue) is kinship.kin(catalogue)


@given(st.floats(1e-4, 0.2), st.floats(1e-4, 0.2))
def test_what_two_estimates_share_is_the_same_from_both_sides(one: float, other: float) -> None:
    states = beliefs(slugs=("split-squat", "reverse-lunge"))
    states["split-squat"].var, states["reverse-lunge"].var = one, other
    there = kinship.covariances(states, {"split-squat": 1.0}, the_catalogue())["reverse-lunge"]
    back = kinship.covariances(states, {"reverse-lunge": 1.0}, the_catalogue())["split-squat"]
    assert isclose(there, back)


def test_an_estimate_shares_with_itself_its_whole_variance_and_with_a_sum_the_sum(catalogue: Catalogue) -> None:
    states = beliefs()
    alone = kinship.covariances(states, {"split-squat": 1.0}, catalogue)
    assert alone["split-squat"] == pytest.approx(states["split-squat"].var)
    both = kinship.covariances(states, {"split-squat": 2.0, "side-plank": 0.5}, catalogue)
    plank = kinship.covariances(states, {"side-plank": 1.0}, catalogue)
    for slug in both:
        assert both[slug] == pytest.approx(2.0 * alone[slug] + 0.5 * plank[slug])


def test_at_first_the_shared_part_is_the_correlation_of_two_strangers(catalogue: Catalogue) -> None:
    c = catalogue.constants
    states = beliefs(var=c.prior_sd**2)
    shared = kinship.covariances(states, {"split-squat": 1.0}, catalogue)
    assert shared["reverse-lunge"] == pytest.approx(c.same_ladder * c.prior_sd**2)


def test_the_better_two_exercises_are_known_the_less_of_the_unknown_they_share(catalogue: Catalogue) -> None:
    found = [
        kinship.covariances(beliefs(var=v), {"split-squat": 1.0}, catalogue)["reverse-lunge"] / v
        for v in (0.06, 0.02, 0.005)
    ]
    assert found == sorted(found, reverse=True)


def test_jumps_and_exercises_that_left_the_catalogue_share_nothing(catalogue: Catalogue) -> None:
    states = beliefs(slugs=(*SLUGS, "gone-from-the-catalogue"))
    shared = kinship.covariances(states, {"split-squat": 1.0}, catalogue)
    assert shared.keys() == {s for s in SLUGS if s != "pogo-hops"}


def test_relatives_follow_the_nearer_ones_further(catalogue: Catalogue) -> None:
    states = beliefs()
    found = kinship.follow(states, "split-squat", Belief(4.0, 0.04), Belief(4.3, 0.01), catalogue)
    moved = {slug: by for slug, (by, _) in found.items()}
    assert 0.3 > moved["reverse-lunge"] > moved["lateral-lunge"] > moved["glute-bridge"] > 0
    assert moved.keys().isdisjoint({"pogo-hops", "split-squat"})
    assert found["reverse-lunge"][1] < found["glute-bridge"][1] < 1


def test_bad_news_travels_as_well(catalogue: Catalogue) -> None:
    states = beliefs()
    by, left = kinship.follow(states, "split-squat", Belief(4.0, 0.04), Belief(3.7, 0.04), catalogue)["reverse-lunge"]
    assert by < 0
    assert left == 1


@pytest.mark.parametrize(("slug", "var"), [("pogo-hops", 0.04), ("gone-from-the-catalogue", 0.04), ("split-squat", 0)])
def test_what_has_no_relatives_or_was_certain_moves_nobody(slug: str, var: float, catalogue: Catalogue) -> None:
    states = beliefs(slugs=(*SLUGS, "gone-from-the-catalogue"))
    assert kinship.follow(states, slug, Belief(1.0, var), Belief(4.0, var), catalogue) == {}


@given(
    st.floats(1e-6, 0.5),
    st.floats(1e-6, 0.5),
    st.floats(0.0, 1.0),
    st.floats(-2, 2),
)
def test_no_variance_ever_falls_to_nothing(own: float, other: float, left: float, step: float) -> None:
    states = beliefs(var=other)
    found = kinship.follow(states, "split-squat", Belief(4.0, own), Belief(4.0 + step, own * left), the_catalogue())
    for by, left_over in found.values():
        assert 0.2 <= left_over <= 1
        assert abs(by) <= abs(step) * max(1.0, (other / own) ** 0.5) + 1e-9
