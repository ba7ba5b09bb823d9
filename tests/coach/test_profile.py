"""Who a runner may be: what cannot be planned for is refused, naming field, rule and remedy."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from coach.errors import ProfileError, StridewellError
from coach.profile import (
    HOUSEHOLD,
    KG_PER_LB,
    MOST,
    Equipment,
    Gear,
    Injury,
    Race,
    Region,
    Run,
    RunKind,
    SelfTests,
    Sides,
)
from tests.builders import MONDAY, a_profile

DUMBBELLS = Gear.DUMBBELLS


def test_an_ordinary_runner_is_accepted() -> None:
    runner = a_profile()
    assert runner.age(MONDAY) == MONDAY.year - runner.birth_year


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("birth_year", {"birth_year": 86}),
        ("birth_year", {"birth_year": 2101}),
        ("body_mass_kg", {"body_mass_kg": 29.9}),
        ("body_mass_kg", {"body_mass_kg": 250.1}),
        ("body_mass_kg", {"body_mass_kg": nan}),
        ("weekly_km", {"weekly_km": -1.0}),
        ("weekly_km", {"weekly_km": 301.0}),
        ("weekly_km", {"weekly_km": inf}),
        ("minutes", {"minutes": 9}),
        ("minutes", {"minutes": 121}),
        ("runs", {"runs": (Run(1, RunKind.EASY), Run(1, RunKind.LONG))}),
        ("strength_days", {"strength_days": ()}),
        ("strength_days", {"strength_days": (3, 1)}),
        ("strength_days", {"strength_days": (1, 1)}),
        ("strength_days", {"strength_days": (7,)}),
        ("strength_days", {"strength_days": (-1, 2)}),
    ],
)
def test_what_cannot_be_planned_for_is_refused_by_name(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ProfileError) as refused:
        a_profile(**changes)
    error = refused.value
    assert error.field == field
    assert str(error) == f"{field}: {error.rule}. {error.remedy}"
    assert isinstance(error, StridewellError)


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_year": 1900},
        {"body_mass_kg": 30.0},
        {"body_mass_kg": 250.0},
        {"weekly_km": 0.0},
        {"weekly_km": 300.0},
        {"minutes": 10},
        {"minutes": 120},
        {"runs": ()},
        {"strength_days": tuple(range(7))},
    ],
)
def test_the_ends_of_each_range_are_inside(changes: dict[str, Any]) -> None:
    a_profile(**changes)


@pytest.mark.parametrize("day", [-1, 7])
def test_a_run_falls_on_a_weekday(day: int) -> None:
    with pytest.raises(ProfileError, match="runs: day"):
        Run(day, RunKind.EASY)


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_at_sign_up_is_nought_to_ten(pain: int) -> None:
    with pytest.raises(ProfileError, match="injuries: pain"):
        Injury(Region.KNEE, current=True, pain=pain)


@pytest.mark.parametrize("km", [0.0, -5.0, 501.0, nan, inf])
def test_a_race_has_a_distance(km: float) -> None:
    with pytest.raises(ProfileError, match="race_km"):
        Race(MONDAY, km)


@pytest.mark.parametrize("key", MOST)
@pytest.mark.parametrize("beyond", [-1, 1])
def test_a_self_test_that_nobody_can_have_done_is_refused_by_name(key: str, beyond: int) -> None:
    def given(value: int) -> SelfTests:
        results: dict[str, Any] = {key: value if key == "sit_to_stands" else Sides(0, value)}
        return SelfTests(MONDAY, **results)

    given(0)
    given(MOST[key])
    with pytest.raises(ProfileError, match=f"{key}: .* is outside 0–{MOST[key]}") as refused:
        given(-1 if beyond < 0 else MOST[key] + 1)
    assert refused.value.field == key


def test_a_day_of_tests_without_a_test_and_a_test_without_a_side_are_refused() -> None:
    with pytest.raises(ProfileError, match="tests_on"):
        SelfTests(MONDAY)
    with pytest.raises(ProfileError, match="calf_raises: neither side"):
        SelfTests(MONDAY, calf_raises=Sides())


def test_one_side_alone_is_a_test_and_zero_is_a_result() -> None:
    assert SelfTests(MONDAY, calf_raises=Sides(right=0)).calf_raises == Sides(None, 0)
    assert Sides(right=0).told() == (0,)


@pytest.mark.parametrize(
    ("gear", "loads", "rule"),
    [
        (frozenset(), (8.0,), "not listed"),
        (frozenset({DUMBBELLS}), (), "outside"),
        (frozenset({DUMBBELLS}), (0.0, 8.0), "outside"),
        (frozenset({DUMBBELLS}), (8.0, 401.0), "outside"),
        (frozenset({DUMBBELLS}), (nan,), "outside"),
        (frozenset({DUMBBELLS}), (8.0, 6.0), "ascending"),
        (frozenset({DUMBBELLS}), (8.0, 8.0), "ascending"),
    ],
)
def test_loads_are_of_things_listed_positive_and_from_light_to_heavy(
    gear: frozenset[Gear], loads: tuple[float, ...], rule: str
) -> None:
    with pytest.raises(ProfileError, match=rule) as refused:
        Equipment(gear, ((DUMBBELLS, loads),))
    assert refused.value.field == "equipment"


def test_every_home_has_a_chair_and_a_towel_and_not_every_home_a_barbell() -> None:
    nothing = Equipment()
    assert all(nothing.has(gear) for gear in HOUSEHOLD)
    assert not nothing.has(Gear.BARBELL)
    assert nothing.grid_kg(DUMBBELLS) == ()
    assert Equipment(frozenset({DUMBBELLS}), ((DUMBBELLS, (8.0,)),)).grid_kg(DUMBBELLS) == (8.0,)


def test_a_pound_is_what_it_is_by_definition() -> None:
    assert pytest.approx(1, abs=1e-4) == 2.2046 * KG_PER_LB
