"""What a weak test says against exercises never done: it asks for more of something, and for an easy way into it. docs/evidence.md#self-tests"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import coach
from coach import capacity, selftests, untried
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.instead import instead
from coach.profile import Equipment, Experience, Profile, SelfTests, Sides
from coach.week import Week
from tests.builders import MONDAY
from tests.coach.places import DUMBBELLS
from tests.coach.runners import a_steady_runner, live, prescriptions


def beginner(n: int = 0, *, equipment: Equipment | None = None, **results: Any) -> Profile:
    """One who is new to strength work at sixty, with these results of self-tests, none for no test."""
    tests = SelfTests(MONDAY - timedelta(3), **results) if results else None
    return a_steady_runner(
        key=f"beginner{n}",
        birth_year=MONDAY.year - 60,
        experience=Experience.NEW,
        equipment=equipment or Equipment(),
        self_tests=tests,
    )


def first_week(profile: Profile, catalogue: Catalogue) -> Week:
    return coach.next_week(profile, coach.start(profile, catalogue), catalogue, week_of=MONDAY)


def begun(catalogue: Catalogue, slot: str, **tests: Any) -> set[str]:
    """What twelve beginners without equipment begin with in a place."""
    weeks = [first_week(beginner(n, **tests), catalogue) for n in range(12)]
    return {p.exercise for week in weeks for p in prescriptions(week) if p.slot == slot}


def test_who_held_the_side_plank_shorter_than_its_shortest_set_is_not_given_it(catalogue: Catalogue) -> None:
    planks = {e.slug for e in catalogue.exercises if e.ladder == catalogue.by_slug["side-plank"].ladder}
    assert begun(catalogue, "trunk") & planks
    assert not begun(catalogue, "trunk", side_plank_s=Sides(8, 8)) & planks
    assert begun(catalogue, "trunk", side_plank_s=Sides(60, 60)) & planks


def test_who_hardly_gets_up_from_a_chair_begins_with_getting_up_from_a_chair(catalogue: Catalogue) -> None:
    weak = begun(catalogue, "knee", sit_to_stands=8, balance_open_s=Sides(4, 4))
    assert weak == {"chair-sit-to-stand", "low-step-up"}


def test_weak_legs_begin_on_no_higher_rung_than_without_a_test(catalogue: Catalogue) -> None:
    def highest(**tests: Any) -> int:
        return max(catalogue.by_slug[slug].rung for slug in begun(catalogue, "knee", **tests))

    assert highest(sit_to_stands=8) <= highest()


def test_what_was_done_all_the_same_stays_whatever_the_test_says(catalogue: Catalogue) -> None:
    strong = beginner(side_plank_s=Sides(60, 60))
    lived = live(strong, catalogue, [Effort.RIGHT] * 3)
    planks = {p.exercise for p in prescriptions(lived.following) if p.exercise.startswith("side-plank")}
    assert planks
    again = replace(strong, self_tests=SelfTests(lived.following.week_of - timedelta(3), side_plank_s=Sides(8, 8)))
    week = coach.next_week(again, lived.progress, catalogue, week_of=lived.following.week_of)
    assert planks <= {p.exercise for p in prescriptions(week)}


def test_nothing_out_of_reach_is_offered_in_place_of_another(catalogue: Catalogue) -> None:
    for n in range(12):
        weak = beginner(n, equipment=DUMBBELLS, side_plank_s=Sides(8, 8), calf_raises=Sides(2, 2))
        week = first_week(weak, catalogue)
        offers = instead(weak, coach.start(weak, catalogue), catalogue, week).sessions
        said = untried.tested(weak, MONDAY, catalogue)
        offered = [catalogue.by_slug[p.exercise] for places in offers for place in places for p in place]
        assert offered
        assert not [e.slug for e in offered if untried.beyond(said, e)]


@pytest.mark.parametrize("tests", [{}, {"sit_to_stands": 60, "side_plank_s": Sides(200, 200)}])
def test_without_tests_or_with_good_ones_nothing_speaks_against_anything(
    tests: dict[str, Any], catalogue: Catalogue
) -> None:
    profile = beginner(**tests)
    said = untried.tested(profile, MONDAY, catalogue)
    assert (said.low, said.out) == (frozenset(), {})
    for exercise in catalogue.exercises:
        usual = capacity.prior(exercise, profile, MONDAY, catalogue.constants).mu
        assert not untried.beyond(said, exercise)
        assert untried.expected(said, exercise, usual) == usual


def test_sides_that_differ_ask_for_no_lower_rung(catalogue: Catalogue) -> None:
    uneven = beginner(side_plank_s=Sides(60, 100))
    assert selftests.findings(uneven, MONDAY, catalogue.constants)
    assert not untried.tested(uneven, MONDAY, catalogue).low


def test_a_test_of_an_exercise_that_left_the_catalogue_speaks_against_nothing(catalogue: Catalogue) -> None:
    few = replace(catalogue, exercises=tuple(e for e in catalogue.exercises if e.slug != "side-plank"))
    said = untried.tested(beginner(side_plank_s=Sides(3, 3)), MONDAY, few)
    assert (said.out, said.behind) == ({}, {})
