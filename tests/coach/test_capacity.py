"""What a runner is believed able to do, before any answer and after each. docs/evidence.md#capacity"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import erfc, exp, inf, isclose, isfinite, log, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import capacity
from coach.capacity import Belief, Beliefs
from coach.catalogue import Catalogue, Exercise
from coach.profile import Experience
from coach.progress import ExerciseState
from coach.selftests import Shown
from coach.week import DoseMode
from tests.builders import MONDAY, a_profile
from tests.coach.runners import an_exercise
from tests.coach.strategies import the_catalogue

HOLD = an_exercise(slug="hold", mode=DoseMode.HOLD, start_load_share=0.0, start_amount=30, loadable=(), ladder="hold")
CARRY = an_exercise(slug="carry", mode=DoseMode.CARRY, start_amount=40)
BODY = an_exercise(slug="body", start_load_share=0.0, bodyweight_share=0.7, start_amount=15, loadable=())
LIFT = an_exercise()


def most(exercise: Exercise, experience: Experience, catalogue: Catalogue) -> float:
    """Repetition-equivalents to failure at the load the catalogue names for beginners."""
    profile = a_profile(experience=experience, birth_year=1996)
    moved = capacity.moved_kg(exercise, profile.body_mass_kg, exercise.start_load_share * profile.body_mass_kg)
    now = capacity.prior(exercise, profile, MONDAY, catalogue.constants)
    return capacity.possible(exercise, now.mu, moved, catalogue.constants)


@pytest.mark.parametrize(("exercise", "amount"), [(LIFT, 12), (BODY, 15), (HOLD, 30 / 3), (CARRY, 40 / 3)])
def test_a_new_runner_is_expected_to_manage_just_what_the_catalogue_says_of_beginners(
    exercise: Exercise, amount: float, catalogue: Catalogue
) -> None:
    per_rep = catalogue.constants.seconds_per_rep
    assert most(exercise, Experience.NEW, catalogue) == pytest.approx(
        amount * (1 if exercise.mode is DoseMode.REPS else 3 / per_rep)
    )


@pytest.mark.parametrize("exercise", [LIFT, BODY, HOLD, CARRY])
def test_years_of_strength_training_raise_the_first_estimate(exercise: Exercise, catalogue: Catalogue) -> None:
    expected = [most(exercise, e, catalogue) for e in (Experience.NEW, Experience.SOME, Experience.SEASONED)]
    assert expected == sorted(set(expected))


def test_where_the_body_is_the_load_experience_shows_in_repetitions(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert most(BODY, Experience.SEASONED, catalogue) == pytest.approx(15 * (1 + c.experience_seasoned))


def test_where_a_weight_is_the_load_experience_shows_in_kilograms(catalogue: Catalogue) -> None:
    c = catalogue.constants
    new, some = (capacity.prior(LIFT, a_profile(experience=e), MONDAY, c).mu for e in (Experience.NEW, Experience.SOME))
    assert some - new == pytest.approx(c.experience_some)


def test_a_heavier_runner_is_expected_to_lift_more(catalogue: Catalogue) -> None:
    light, heavy = (
        capacity.prior(LIFT, a_profile(body_mass_kg=kg), MONDAY, catalogue.constants).mu for kg in (50.0, 100.0)
    )
    assert heavy - light == pytest.approx(log(2))


def test_strength_is_expected_to_decline_slowly_from_middle_age_and_not_before(catalogue: Catalogue) -> None:
    c = catalogue.constants

    def at(age: int) -> float:
        return capacity.prior(LIFT, a_profile(birth_year=MONDAY.year - age), MONDAY, c).mu

    assert at(20) == at(int(c.age_from))
    assert at(int(c.age_from)) - at(int(c.age_from) + 10) == pytest.approx(10 * c.age_loss_per_year)


def test_the_first_estimate_of_a_hold_is_less_sure_than_that_of_a_lift(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert capacity.prior(HOLD, a_profile(), MONDAY, c).var == c.hold_prior_sd**2
    assert capacity.prior(LIFT, a_profile(), MONDAY, c).var == c.prior_sd**2


@given(st.floats(0, 40), st.floats(1, 200))
def test_repetitions_shown_at_a_load_are_repetitions_possible_at_that_load(n: float, moved: float) -> None:
    from tests.coach.strategies import the_catalogue

    c = the_catalogue().constants
    for exercise in (LIFT, BODY, CARRY):
        shown = capacity.shown(exercise, n, moved, c)
        assert isclose(capacity.possible(exercise, shown, moved, c), n, abs_tol=1e-6)
    shown = capacity.shown(HOLD, n, moved, c)
    assert isclose(capacity.possible(HOLD, shown, moved, c), max(n, 1 / 3), abs_tol=1e-6)


def test_thirty_repetitions_halve_the_load(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert exp(capacity.shown(LIFT, 30, 20.0, c)) == pytest.approx(40.0)
    assert exp(capacity.shown(LIFT, 0, 20.0, c)) == pytest.approx(20.0)


def test_epley_and_brzycki_agree_at_ten_repetitions(catalogue: Catalogue) -> None:
    assert exp(capacity.shown(LIFT, 10, 60.0, catalogue.constants)) == pytest.approx(36 * 60.0 / (37 - 10))


def test_a_failed_first_repetition_shows_no_less_than_the_load_and_a_failed_hold_one_second(
    catalogue: Catalogue,
) -> None:
    c = catalogue.constants
    assert exp(capacity.shown(LIFT, -3, 20.0, c)) == pytest.approx(20.0)
    assert exp(capacity.shown(HOLD, -3, 20.0, c)) == pytest.approx(c.seconds_per_rep / 3)


def test_seconds_count_as_a_share_of_repetitions(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert capacity.repetitions(LIFT, 12, c) == 12
    assert capacity.repetitions(HOLD, 45, c) == capacity.repetitions(CARRY, 45, c) == 45 / c.seconds_per_rep


def test_the_moving_share_of_the_body_counts_as_load() -> None:
    assert capacity.moved_kg(BODY, 80.0, 10.0) == pytest.approx(0.7 * 80 + 10)


def test_caution_stays_below_the_estimate_by_its_deviations() -> None:
    assert Belief(2.0, 0.09).cautious(0.5) == pytest.approx(1.85)
    assert Belief(2.0, 0.09).cautious(0.0) == 2.0


# ---- what relatives tell


def test_an_exercise_never_done_starts_from_the_catalogue(catalogue: Catalogue) -> None:
    squat = catalogue.by_slug["split-squat"]
    alone = Beliefs({}, a_profile(), MONDAY, catalogue).of(squat)
    assert alone == capacity.prior(squat, a_profile(), MONDAY, catalogue.constants)


def test_an_exercise_done_before_keeps_its_own_estimate(catalogue: Catalogue) -> None:
    own = ExerciseState("split-squat", mu=5.0, var=0.003, weeks=0)
    held = Beliefs({"split-squat": own}, a_profile(), MONDAY, catalogue).of(catalogue.by_slug["split-squat"])
    assert held == Belief(5.0, 0.003)


def surprising(slug: str, catalogue: Catalogue, by: float, *, var: float = 0.01, weeks: int = 4) -> ExerciseState:
    """A runner who is by so much (ln) stronger in an exercise than expected."""
    first = capacity.prior(catalogue.by_slug[slug], a_profile(), MONDAY, catalogue.constants)
    return ExerciseState(slug, first.mu + by, var, weeks=weeks)


def expected(slug: str, catalogue: Catalogue, *known: ExerciseState) -> Belief:
    states = {s.exercise: s for s in known}
    return Beliefs(states, a_profile(), MONDAY, catalogue).of(catalogue.by_slug[slug])


def test_who_is_strong_in_split_squats_is_expected_to_be_strong_in_reverse_lunges(catalogue: Catalogue) -> None:
    c = catalogue.constants
    first = expected("reverse-lunge", catalogue)
    after = expected("reverse-lunge", catalogue, surprising("split-squat", catalogue, 0.3))
    assert after.mu - first.mu == pytest.approx(c.same_ladder * 0.3)
    assert after.var < first.var


def test_the_expectation_is_that_of_two_normal_variables_of_which_one_was_seen(catalogue: Catalogue) -> None:
    c = catalogue.constants
    first = expected("reverse-lunge", catalogue)
    exact = expected("reverse-lunge", catalogue, surprising("split-squat", catalogue, 0.0, var=0.0))
    assert exact.var == pytest.approx(first.var * (1 - c.same_ladder**2))
    vague = expected("reverse-lunge", catalogue, surprising("split-squat", catalogue, 0.0, var=9.0))
    assert vague == first


def test_the_same_ladder_tells_more_than_the_same_pattern_and_that_more_than_any_other(catalogue: Catalogue) -> None:
    strong = [surprising(s, catalogue, 0.3) for s in ("split-squat", "lateral-lunge", "glute-bridge")]
    first = expected("reverse-lunge", catalogue)
    moved = [expected("reverse-lunge", catalogue, s).mu - first.mu for s in strong]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] > 0
    assert expected("reverse-lunge", catalogue, *strong).mu - first.mu == pytest.approx(moved[0])


@pytest.mark.parametrize(("long", "short"), [(0.001, 0.05), (0.05, 0.001)])
def test_of_two_equally_near_relatives_the_one_trained_for_longer_tells_however_sure_answers_have_made_the_other(
    long: float, short: float, catalogue: Catalogue
) -> None:
    known = surprising("walking-lunge", catalogue, 0.3, var=long, weeks=5)
    other = surprising("split-squat", catalogue, -0.3, var=short, weeks=4)
    for both in ((known, other), (other, known)):
        assert expected("reverse-lunge", catalogue, *both) == expected("reverse-lunge", catalogue, known)


@pytest.mark.parametrize(
    "silent",
    [
        ExerciseState("split-squat", mu=9.0, var=0.001, weeks=0),
        ExerciseState("side-plank", mu=9.0, var=0.001, weeks=9),
        ExerciseState("gone-from-the-catalogue", mu=9.0, var=0.001, weeks=9),
    ],
    ids=["never trained", "a hold", "unknown"],
)
def test_what_was_never_trained_or_is_of_another_kind_tells_nothing_and_hides_nothing(
    silent: ExerciseState, catalogue: Catalogue
) -> None:
    assert expected("reverse-lunge", catalogue, silent) == expected("reverse-lunge", catalogue)
    known = surprising("walking-lunge", catalogue, 0.3)
    assert expected("reverse-lunge", catalogue, silent, known) == expected("reverse-lunge", catalogue, known)


# ---- what training has outdone of the tests


def outdone(tests: list[Shown], catalogue: Catalogue, **believed: tuple[float, float]) -> frozenset[str]:
    """The patterns outdone where of these exercises, by slug with underscores, this mean and variance are believed."""
    states = {(slug := s.replace("_", "-")): ExerciseState(slug, mu, var, weeks=4) for s, (mu, var) in believed.items()}
    beliefs = Beliefs(states, a_profile(), MONDAY, catalogue)
    return capacity.outdone(tests, beliefs, a_profile(), catalogue)


@pytest.mark.parametrize(("by", "gone"), [(-2.51, True), (-2.5, False), (0, False), (2.5, False), (2.51, True)])
def test_a_test_is_outdone_beyond_two_deviations_of_both_above_or_below(
    by: float, gone: bool, catalogue: Catalogue
) -> None:
    plank = Shown("side-plank", ("trunk",), amount=1, told=1, sd=0.75)
    assert outdone([plank], catalogue, side_plank=(by, 1.0)) == ({"trunk"} if gone else set())


@pytest.mark.parametrize(("by", "gone"), [(-2.51, True), (-2.49, False), (2.49, False), (2.51, True)])
def test_a_test_of_repetitions_shows_what_they_move_of_the_body(by: float, gone: bool, catalogue: Catalogue) -> None:
    chair = catalogue.by_slug["chair-sit-to-stand"]
    rises = Shown(chair.slug, ("squat",), amount=15, told=15, sd=0.75)
    z = log(chair.bodyweight_share * a_profile().body_mass_kg * 1.5)
    assert outdone([rises], catalogue, chair_sit_to_stand=(z + by, 1.0)) == ({"squat"} if gone else set())


def test_a_test_that_left_the_catalogue_is_not_outdone_and_hides_no_other(catalogue: Catalogue) -> None:
    left = Shown("gone-from-the-catalogue", ("calf",), amount=1, told=1, sd=0.1)
    plank = Shown("side-plank", ("trunk",), amount=1, told=1, sd=0.1)
    assert outdone([left, plank], catalogue, side_plank=(9.0, 0.01)) == {"trunk"}


# ---- time


def test_a_week_makes_the_estimate_less_sure_and_no_lower(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert capacity.drift(3.0, 0.01, (0,), c) == (3.0, 0.01 + c.drift_sd**2)
    assert capacity.drift(3.0, 0.01, (), c) == (3.0, 0.01)


def test_from_the_third_missed_week_strength_is_expected_to_fall(catalogue: Catalogue) -> None:
    c = catalogue.constants
    third = int(c.detrain_from_week)
    assert capacity.drift(3.0, 0.01, (third - 1,), c)[0] == 3.0
    fallen = capacity.drift(3.0, 0.01, (third,), c)
    assert fallen == pytest.approx((3.0 - c.detrain_per_week, 0.01 + c.drift_sd**2))
    assert capacity.drift(3.0, 0.01, (third + 9,), c) == fallen
    assert capacity.drift(3.0, 0.01, (third - 1, third), c) == capacity.drift(
        *capacity.drift(3.0, 0.01, (1,), c), (9,), c
    )


# ---- what an answer weighs


def test_a_report_far_from_failure_is_believed_less(catalogue: Catalogue) -> None:
    c = catalogue.constants

    def error_in_repetitions(prescribed: float) -> float:
        return sqrt(capacity.report_variance(prescribed, c)) * (capacity.EPLEY + prescribed)

    assert error_in_repetitions(c.report_reps_exact) == pytest.approx(c.report_sd)
    assert error_in_repetitions(c.report_reps_exact - 5) == pytest.approx(c.report_sd)
    assert error_in_repetitions(c.report_reps_exact + 10) == pytest.approx(c.report_sd + 10 * c.report_sd_per_rep)


def moments(weight: Callable[[float], float], now: Belief) -> Belief:
    """Mean and variance of prior times likelihood, by adding up a fine grid."""
    sd = sqrt(now.var)
    grid = [now.mu + sd * x / 500 for x in range(-6000, 6001)]
    mass = [weight(t) * exp(-0.5 * (t - now.mu) ** 2 / now.var) for t in grid]
    total = sum(mass)
    mean = sum(m * t for m, t in zip(mass, grid, strict=True)) / total
    return Belief(mean, sum(m * (t - mean) ** 2 for m, t in zip(mass, grid, strict=True)) / total)


@pytest.mark.parametrize("z", [2.0, 3.0, 3.7])
def test_a_number_seen_moves_the_estimate_as_bayes_says(z: float) -> None:
    now, variance = Belief(3.0, 0.04), 0.02
    exact = moments(lambda t: exp(-0.5 * (z - t) ** 2 / variance), now)
    after = capacity.observe(now, z, variance)
    assert after.mu == pytest.approx(exact.mu, abs=1e-5)
    assert after.var == pytest.approx(exact.var, rel=1e-3)


@pytest.mark.parametrize("z", [2.4, 2.9, 3.0, 3.2, 3.8])
def test_five_or_more_left_moves_the_estimate_as_bayes_says_of_a_lower_bound(z: float) -> None:
    now, variance = Belief(3.0, 0.04), 0.02
    exact = moments(lambda t: 0.5 * erfc((z - t) / sqrt(2 * variance)), now)
    after = capacity.observe_at_least(now, z, variance)
    assert after.mu == pytest.approx(exact.mu, abs=1e-4)
    assert after.var == pytest.approx(exact.var, rel=1e-2)


@given(st.floats(-3, 12), st.floats(1e-4, 1), st.floats(-5, 15), st.floats(1e-5, 1))
def test_a_lower_bound_never_lowers_and_never_breaks_the_estimate(
    mu: float, var: float, z: float, variance: float
) -> None:
    after = capacity.observe_at_least(Belief(mu, var), z, variance)
    assert after.mu >= mu
    assert isfinite(after.mu)
    assert 0 < after.var <= var


@given(st.floats(-3, 12), st.floats(1e-4, 1), st.floats(-5, 15), st.floats(1e-5, 1))
def test_a_number_seen_draws_the_estimate_toward_it_and_makes_it_surer(
    mu: float, var: float, z: float, variance: float
) -> None:
    after = capacity.observe(Belief(mu, var), z, variance)
    assert min(mu, z) - 1e-9 <= after.mu <= max(mu, z) + 1e-9
    assert 0 < after.var < var


def test_a_bound_far_below_what_is_believed_says_nothing() -> None:
    after = capacity.observe_at_least(Belief(5.0, 0.01), 1.0, 0.01)
    assert after.mu == pytest.approx(5.0)
    assert after.var == pytest.approx(0.01)


def test_a_bound_beyond_all_belief_moves_the_estimate_near_it() -> None:
    """A hundred standard deviations above: the tail is too thin to compute, its asymptote is used."""
    now = Belief(3.0, 0.01)
    after = capacity.observe_at_least(now, 3.0 + 100 * sqrt(0.02), 0.01)
    assert after.mu == pytest.approx(3.0 + 100 * sqrt(0.02) / 2, rel=1e-2)
    steps = [capacity.observe_at_least(now, 3.0 + x * sqrt(0.02), 0.01).mu for x in (29, 29.9, 30.1, 31)]
    assert all(0 < b - a < inf for a, b in pairwise(steps))


def test_a_bound_beyond_all_belief_halves_the_doubt_and_never_ends_it() -> None:
    """As sure of the bound as of the estimate: half of the variance goes. Surer by far: a floor is left."""
    now = Belief(3.0, 0.01)
    assert capacity.observe_at_least(now, 3.0 + 100 * sqrt(0.02), 0.01).var == pytest.approx(0.005, rel=1e-6)
    assert capacity.observe_at_least(now, 3.0 + 100 * sqrt(0.01), 1e-9).var == 1e-6


def test_a_higher_bound_never_gives_a_lower_estimate() -> None:
    found = [capacity.observe_at_least(Belief(3.0, 0.04), z / 20, 0.02).mu for z in range(100)]
    assert found == sorted(found)


def test_the_tail_of_the_normal_curve_is_the_tabulated_one() -> None:
    assert capacity._hazard(0.0) == pytest.approx(sqrt(2 / pi))
    assert capacity._hazard(2.0) == pytest.approx(2.37322, abs=1e-5)
    for x in (20.0, 29.0, 29.9, 30.5, 60.0):
        assert capacity._hazard(x) == pytest.approx(x + 1 / x, abs=3e-4)


def test_a_relative_of_another_kind_gives_way_to_one_of_the_same(catalogue: Catalogue) -> None:
    hold = replace(surprising("side-plank", catalogue, 0.5), weeks=9)
    lift = surprising("split-squat", catalogue, 0.3)
    assert expected("reverse-lunge", catalogue, hold, lift) == expected("reverse-lunge", catalogue, lift)


@pytest.mark.parametrize("mode", [DoseMode.REPS, DoseMode.HOLD, DoseMode.CARRY])
@given(mu=st.floats(3.0, 5.5), moved=st.floats(5.0, 150.0))
def test_a_small_rise_of_capacity_is_worth_as_many_repetitions_as_its_slope_says(
    mode: DoseMode, mu: float, moved: float
) -> None:
    c, exercise, rise = the_catalogue().constants, an_exercise(mode=mode), 1e-6
    more = capacity.possible(exercise, mu + rise, moved, c) - capacity.possible(exercise, mu, moved, c)
    assert capacity.slope(exercise, mu, moved, c) == pytest.approx(more / rise, rel=1e-3)
