"""How a set goes on, ends early, or gives way to another by what is felt. docs/evidence.md#reserve"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue import Catalogue, Exercise
from coach.felt import Felt, by_feel
from coach.profile import Profile
from coach.week import Dose, DoseMode
from tests.coach.lifts import BODY, CARRY, COARSE, DUMBBELLS, FINE, HOLD, JUMP, LIFT, with_dumbbells


def felt(
    exercise: Exercise, now: Dose, profile: Profile, catalogue: Catalogue, *, may_rise: bool = True, target: int = 2
) -> Felt:
    return by_feel(exercise, now, profile, target, catalogue.constants, may_rise=may_rise)


def switch(
    exercise: Exercise, now: Dose, profile: Profile, catalogue: Catalogue, *, may_rise: bool = True, target: int = 2
) -> tuple[Dose, Dose | None]:
    felt = by_feel(exercise, now, profile, target, catalogue.constants, may_rise=may_rise)
    assert felt.easier is not None
    return felt.easier, felt.harder


def test_none_left_means_a_step_down_and_five_left_a_step_up(catalogue: Catalogue) -> None:
    easier, harder = switch(LIFT, Dose(3, 10, 20.0, DUMBBELLS), with_dumbbells(*COARSE), catalogue)
    assert (easier, harder) == (Dose(3, 10, 10.0, DUMBBELLS), Dose(3, 10, 30.0, DUMBBELLS))


def test_a_fine_rack_gives_the_step_that_brings_the_next_set_to_the_target(catalogue: Catalogue) -> None:
    now = Dose(3, 10, 40.0, DUMBBELLS)
    easier, harder = switch(LIFT, now, with_dumbbells(*FINE), catalogue)
    assert harder is not None
    assert 0.8 * 40 < easier.load_kg < 40 < harder.load_kg < 1.2 * 40
    down, up = switch(LIFT, now, with_dumbbells(*FINE), catalogue, target=4)
    assert up is not None
    assert down.load_kg < easier.load_kg
    assert up.load_kg <= harder.load_kg


def test_at_the_ends_of_the_rack_repetitions_or_seconds_change_instead(catalogue: Catalogue) -> None:
    for exercise, now in ((LIFT, Dose(3, 12, 20.0, DUMBBELLS)), (HOLD, Dose(2, 40))):
        easier, harder = switch(exercise, now, with_dumbbells(20.0), catalogue)
        assert harder is not None
        assert easier.amount < now.amount < harder.amount
        assert (easier.load_kg, harder.load_kg) == (now.load_kg, now.load_kg)


def test_an_easier_set_never_falls_to_nothing(catalogue: Catalogue) -> None:
    assert switch(LIFT, Dose(3, 1, 20.0, DUMBBELLS), with_dumbbells(20.0), catalogue)[0].amount == 1


def test_an_easier_set_is_at_least_half_of_the_one_before(catalogue: Catalogue) -> None:
    for target in (2, 3, 4):
        for seconds in range(5, 61):
            assert 2 * switch(HOLD, Dose(2, seconds), with_dumbbells(), catalogue, target=target)[0].amount >= seconds
        for amount in (4, 6, 15):
            lift = Dose(3, amount, 20.0, DUMBBELLS)
            assert 2 * switch(LIFT, lift, with_dumbbells(20.0), catalogue, target=target)[0].amount >= amount


def test_the_lightest_load_gives_way_to_the_body_alone(catalogue: Catalogue) -> None:
    easier, _ = switch(BODY, Dose(3, 10, 10.0, DUMBBELLS), with_dumbbells(*COARSE), catalogue)
    assert easier == Dose(3, 10)


def test_where_nothing_may_rise_there_is_no_harder_dose(catalogue: Catalogue) -> None:
    now = Dose(3, 10, 10.0, DUMBBELLS)
    assert switch(LIFT, now, with_dumbbells(*COARSE), catalogue, may_rise=False)[1] is None


def test_jumps_can_be_halved_and_never_doubled(catalogue: Catalogue) -> None:
    assert switch(JUMP, Dose(2, 15), with_dumbbells(), catalogue) == (Dose(2, 7), None)
    assert switch(JUMP, Dose(2, 1), with_dumbbells(), catalogue)[0] == Dose(2, 1)


def test_a_set_goes_on_while_more_than_the_target_is_left_and_further_where_nothing_heavier_is_there(
    catalogue: Catalogue,
) -> None:
    rack = with_dumbbells(*COARSE)
    assert felt(LIFT, Dose(3, 10, 10.0, DUMBBELLS), rack, catalogue).up_to == 24
    assert felt(LIFT, Dose(3, 10, max(COARSE), DUMBBELLS), rack, catalogue).up_to == 28
    assert felt(HOLD, Dose(2, 20), rack, catalogue).up_to == 60
    assert felt(HOLD, Dose(2, 60), rack, catalogue).up_to is None


def test_a_set_ends_with_one_left_whatever_its_amount_and_jumps_are_counted_only(catalogue: Catalogue) -> None:
    rack = with_dumbbells(*COARSE)
    assert felt(LIFT, Dose(3, 10, 10.0, DUMBBELLS), rack, catalogue, may_rise=False).stop_rir == 1
    jumps = felt(JUMP, Dose(2, 12), rack, catalogue)
    assert (jumps.up_to, jumps.stop_rir, jumps.harder) == (None, None, None)


def test_a_step_up_within_a_session_is_as_large_as_a_week_may_bring_and_no_larger(catalogue: Catalogue) -> None:
    now, rack = Dose(3, 10, 40.0, DUMBBELLS), with_dumbbells(*FINE)
    harder = felt(LIFT, now, rack, catalogue).harder
    assert harder is not None
    assert harder.load_kg == max(x for x in FINE if x <= 40 * (1 + catalogue.constants.cap_target))


@given(
    amount=st.integers(5, 60),
    kg=st.sampled_from(COARSE),
    target=st.integers(2, 4),
    which=st.integers(0, 2),
)
def test_what_is_done_by_feel_stays_in_order_and_on_the_runners_loads(
    catalogue: Catalogue, amount: int, kg: float, target: int, which: int
) -> None:
    mode = (LIFT, HOLD, BODY)[which]
    now = Dose(3, amount) if mode.mode is DoseMode.HOLD else Dose(3, amount, kg, DUMBBELLS)
    found = felt(mode, now, with_dumbbells(*COARSE), catalogue, target=target)
    assert found.easier is not None
    assert found.harder is not None
    assert (found.easier.load_kg, found.easier.amount) <= (now.load_kg, now.amount)
    assert (found.harder.load_kg, found.harder.amount) > (now.load_kg, now.amount)
    assert found.up_to is None or found.up_to > amount
    assert {found.easier.load_kg, found.harder.load_kg} <= {0.0, *COARSE}


# ---- to the repetition, the second and the kilogram


@pytest.mark.parametrize(("target", "easier", "harder"), [(2, 38.0, 42.0), (3, 37.0, 42.0), (4, 36.0, 41.0)])
def test_the_more_is_to_be_left_the_further_down_and_the_less_far_up(
    target: int, easier: float, harder: float, catalogue: Catalogue
) -> None:
    """Half a repetition short after "none left", six and a half left after "5 or more": docs/evidence.md#reserve."""
    rack = with_dumbbells(*FINE)
    assert switch(LIFT, Dose(3, 10, 40.0, DUMBBELLS), rack, catalogue, target=target)[0].load_kg == easier
    up = switch(LIFT, Dose(3, 30, 40.0, DUMBBELLS), rack, catalogue, target=target)[1]
    assert up is not None
    assert (up.load_kg, up.amount) == (harder, 30)


def test_a_step_up_within_a_session_puts_no_more_in_the_hands_than_a_week_may(catalogue: Catalogue) -> None:
    """The body is most of what a leg moves: a tenth of the whole may be nearly twice a small dumbbell."""
    for load_kg, most_kg in ((4.0, 6.0), (10.0, 15.0), (38.0, 48.0)):
        _, harder = switch(BODY, Dose(3, 10, load_kg, DUMBBELLS), with_dumbbells(*FINE), catalogue)
        assert harder is not None
        assert load_kg < harder.load_kg <= most_kg


def test_half_of_what_is_in_the_hands_is_counted_from_the_lightest_load_on_and_of_nothing_there_is_no_half(
    catalogue: Catalogue,
) -> None:
    rack = with_dumbbells(*(n / 4 for n in range(2, 40)), body_mass_kg=70.0)
    for load_kg, harder_kg in ((0.0, 4.75), (0.5, 0.75), (1.0, 1.5), (4.0, 6.0)):
        _, harder = switch(BODY, Dose(3, 10, load_kg, DUMBBELLS if load_kg else None), rack, catalogue)
        assert harder is not None
        assert harder.load_kg == harder_kg


def test_a_coarse_rack_gives_the_next_load_and_no_other(catalogue: Catalogue) -> None:
    easier, harder = switch(LIFT, Dose(3, 10, 30.0, DUMBBELLS), with_dumbbells(10.0, 20.0, 30.0, 40.0, 50.0), catalogue)
    assert harder is not None
    assert (easier.load_kg, harder.load_kg) == (20.0, 40.0)


def test_the_lightest_load_there_is_is_still_a_load(catalogue: Catalogue) -> None:
    easier, _ = switch(LIFT, Dose(3, 10, 2.0, DUMBBELLS), with_dumbbells(0.5, 2.0), catalogue)
    assert easier == Dose(3, 10, 0.5, DUMBBELLS)


@pytest.mark.parametrize(("target", "easier", "harder"), [(2, 10, 30), (3, 8, 30), (4, 8, 30), (6, 6, 30)])
def test_with_one_load_repetitions_go_down_by_what_is_missing(
    target: int, easier: int, harder: int, catalogue: Catalogue
) -> None:
    down, up = switch(LIFT, Dose(3, 12, 20.0, DUMBBELLS), with_dumbbells(20.0), catalogue, target=target)
    assert up is not None
    assert (down.amount, up.amount) == (easier, harder)


@pytest.mark.parametrize(
    ("seconds", "target", "easier"), [(40, 2, 30), (40, 4, 25), (45, 2, 35), (20, 4, 10), (15, 2, 10), (10, 2, 5)]
)
def test_seconds_go_down_by_fives(seconds: int, target: int, easier: int, catalogue: Catalogue) -> None:
    down, _ = switch(HOLD, Dose(2, seconds), with_dumbbells(), catalogue, target=target)
    assert (down.amount, type(down.amount)) == (easier, int)


def test_no_set_goes_on_for_ever_by_feel(catalogue: Catalogue) -> None:
    rack = with_dumbbells(*COARSE)
    heaviest = max(COARSE)
    assert felt(LIFT, Dose(3, 25, heaviest, DUMBBELLS), rack, catalogue).up_to == 30
    assert felt(LIFT, Dose(3, 30, heaviest, DUMBBELLS), rack, catalogue).up_to is None
    assert felt(LIFT, Dose(3, 34, heaviest, DUMBBELLS), rack, catalogue).up_to is None
    assert felt(CARRY, Dose(2, 30, 20.0, DUMBBELLS), rack, catalogue).up_to == 45
    assert felt(HOLD, Dose(2, 45), rack, catalogue).up_to == 60


@pytest.mark.parametrize(("target", "reps", "seconds"), [(2, 34, 75), (3, 34, 70), (6, 31, 65)])
def test_beyond_the_longest_set_a_step_is_small_but_never_none(
    target: int, reps: int, seconds: int, catalogue: Catalogue
) -> None:
    rack = with_dumbbells(20.0)
    lift = felt(LIFT, Dose(3, 30, 20.0, DUMBBELLS), rack, catalogue, target=target).harder
    hold = felt(HOLD, Dose(2, 60), rack, catalogue, target=target).harder
    assert lift is not None
    assert hold is not None
    assert (lift.amount, hold.amount) == (reps, seconds)
