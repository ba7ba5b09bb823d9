"""What runners measured at home: what it says of them, where it lets them begin, and when it says nothing any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import log
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach
from coach import capacity, dose, grounds, needs, selftests
from coach.answers import Effort
from coach.catalogue import Catalogue, Exercise
from coach.profile import MOST, Equipment, Experience, Goal, Profile, SelfTests, Sides
from coach.selftests import Finding
from coach.week import DoseMode, Quality, Reason, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.runners import a_plan, a_steady_runner, an_exercise, found, live, prescriptions
from tests.coach.strategies import profiles, the_catalogue

DAY = MONDAY - timedelta(days=20)
CATALOGUE = the_catalogue()
C = CATALOGUE.constants


def measured(*, on: Any = DAY, **results: Any) -> SelfTests:
    return SelfTests(on, **results)


def a_tested_runner(results: SelfTests | None, **changes: Any) -> Profile:
    return a_steady_runner(self_tests=results, birth_year=1990, **changes)


def findings(birth_year: int = 1990, **results: Any) -> tuple[Finding, ...]:
    return selftests.findings(a_steady_runner(birth_year=birth_year, self_tests=measured(**results)), MONDAY, C)


def weight(quality: Quality, results: SelfTests | None) -> float:
    found = selftests.findings(a_tested_runner(results), MONDAY, C)
    return next(n.weight for n in needs.assess(a_tested_runner(results), MONDAY, found) if n.quality is quality)


def first_week(results: SelfTests | None, **changes: Any) -> Week:
    return live(a_tested_runner(results, **changes), CATALOGUE, []).following


def said(week: Week) -> str:
    every = [week.focus, *week.changes, *(p.why for p in prescriptions(week))]
    return "\n".join(reasons.sentence(r, CATALOGUE, "kg", ENGLISH) for r in every)


# ---- what is weak or uneven


@pytest.mark.parametrize(
    ("results", "code", "quality"),
    [
        ({"calf_raises": Sides(12, 13)}, "weak_calf", Quality.LOAD_TOLERANCE),
        ({"calf_raises": Sides(18, 26)}, "uneven_calf", Quality.SINGLE_LEG),
        ({"balance_open_s": Sides(20, 25)}, "poor_balance", Quality.JOINT_CONTROL),
        ({"balance_open_s": Sides(34, 60)}, "uneven_balance", Quality.SINGLE_LEG),
        ({"balance_closed_s": Sides(4, 5)}, "poor_balance_closed", Quality.JOINT_CONTROL),
        ({"balance_closed_s": Sides(8, 20)}, "uneven_balance_closed", Quality.SINGLE_LEG),
        ({"side_plank_s": Sides(30, 32)}, "weak_side_plank", Quality.JOINT_CONTROL),
        ({"side_plank_s": Sides(60, 90)}, "uneven_side_plank", Quality.JOINT_CONTROL),
        ({"sit_to_stands": 15}, "weak_legs", Quality.LOAD_TOLERANCE),
    ],
)
def test_each_weak_or_uneven_result_moves_the_accent(results: dict[str, Any], code: str, quality: Quality) -> None:
    (finding,) = findings(**results)
    assert finding.code == code
    need = needs.assess(a_tested_runner(measured(**results)), MONDAY, (finding,))[0]
    assert (need.quality, need.because, need.values) == (quality, code, finding.values)
    assert weight(quality, measured(**results)) > weight(quality, None)


def test_usual_results_ask_for_nothing() -> None:
    usual = {
        "calf_raises": Sides(22, 24),
        "balance_open_s": Sides(45, 45),
        "balance_closed_s": Sides(9, 12),
        "side_plank_s": Sides(60, 66),
        "sit_to_stands": 27,
    }
    assert findings(**usual) == ()
    assert needs.assess(a_tested_runner(measured(**usual)), MONDAY) == needs.assess(a_tested_runner(None), MONDAY)


def test_what_is_usual_falls_with_age() -> None:
    for key in MOST:
        by_age = [selftests.usual(key, age, C) for age in range(20, 90)]
        assert by_age == sorted(by_age, reverse=True)
        assert by_age[0] == by_age[int(C.test_age_from) - 20]
        assert 0 < by_age[-1] < by_age[0]
    assert findings(birth_year=1990, balance_open_s=Sides(26, 26))
    assert not findings(birth_year=1958, balance_open_s=Sides(26, 26))


def test_the_weaker_side_is_named_and_equal_sides_are_not() -> None:
    assert dict(findings(calf_raises=Sides(20, 12))[0].values)["side"] == "right"
    assert dict(findings(calf_raises=Sides(12, 20))[0].values)["side"] == "left"
    assert dict(findings(calf_raises=Sides(12, 12))[0].values)["side"] == ""
    assert dict(findings(calf_raises=Sides(left=12))[0].values)["side"] == ""


def test_a_small_difference_of_small_numbers_is_no_difference() -> None:
    assert findings(birth_year=1940, calf_raises=Sides(15, 18)) == ()
    assert findings(birth_year=1940, balance_closed_s=Sides(3, 7)) == ()
    assert findings(birth_year=1940, balance_closed_s=Sides(3, 8))[0].code == "uneven_balance_closed"


def test_the_most_marked_finding_comes_first_and_one_place_has_one() -> None:
    several = findings(
        calf_raises=Sides(15, 15), balance_open_s=Sides(30, 30), balance_closed_s=Sides(2, 2), sit_to_stands=19
    )
    assert [f.code for f in several] == ["poor_balance_closed", "weak_calf", "weak_legs"]


# ---- nothing to say


def test_tests_a_year_old_say_nothing_and_a_day_younger_they_do() -> None:
    weak = {"calf_raises": Sides(8, 8), "side_plank_s": Sides(10, 10), "sit_to_stands": 10}
    for days, speaks in ((364, True), (365, False), (4000, False)):
        runner = a_tested_runner(measured(on=MONDAY - timedelta(days=days), **weak))
        assert bool(selftests.findings(runner, MONDAY, C)) is speaks
        assert bool(selftests.shown(runner, MONDAY, C)) is speaks
        assert bool(selftests.told(runner, MONDAY, C, anew=False)) is speaks
    old = a_tested_runner(measured(on=MONDAY - timedelta(days=365), **weak))
    assert live(old, CATALOGUE, []).following == live(a_tested_runner(None), CATALOGUE, []).following


@given(profiles)
def test_without_tests_every_estimate_is_the_prior(profile: Profile) -> None:
    for exercise in CATALOGUE.exercises:
        assert capacity.first(exercise, profile, MONDAY, CATALOGUE) == capacity.prior(exercise, profile, MONDAY, C)


# ---- where the exercises begin


def estimate(slug: str, results: SelfTests | None, **changes: Any) -> capacity.Belief:
    return capacity.first(CATALOGUE.by_slug[slug], a_tested_runner(results, **changes), MONDAY, CATALOGUE)


def test_a_side_plank_held_is_an_observation_of_the_side_plank() -> None:
    prior = estimate("side-plank", None)
    seen = capacity.observe(prior, log(80.0), C.side_plank_sd**2)
    after = estimate("side-plank", measured(side_plank_s=Sides(80, 95)))
    assert (after.mu, after.var) == (pytest.approx(seen.mu), pytest.approx(seen.var))


def test_calf_raises_counted_are_an_observation_of_the_calf_raise_at_its_slower_tempo() -> None:
    exercise = CATALOGUE.by_slug["single-leg-calf-raise"]
    runner = a_tested_runner(measured(calf_raises=Sides(40, 35)))
    z = capacity.shown(exercise, 35 * C.calf_raises_slow, 0.95 * runner.body_mass_kg, C)
    seen = capacity.observe(estimate(exercise.slug, None), z, C.calf_raises_sd**2)
    after = estimate(exercise.slug, runner.self_tests)
    assert (after.mu, after.var) == (pytest.approx(seen.mu), pytest.approx(seen.var))


def test_a_test_tells_of_its_ladder_more_than_of_its_pattern_and_nothing_of_other_muscles() -> None:
    strong = measured(calf_raises=Sides(50, 50))

    def rise(slug: str) -> float:
        return estimate(slug, strong).mu - estimate(slug, None).mu

    assert rise("single-leg-calf-raise") > rise("double-leg-calf-raise") > rise("bent-knee-calf-raise") > 0
    assert rise("deadlift") == rise("split-squat") == 0
    assert rise("mid-range-calf-hold") == 0  # a count says nothing of seconds


def test_seconds_held_say_nothing_of_a_count() -> None:
    held = measured(side_plank_s=Sides(200, 200))
    assert estimate("side-plank", held).mu > estimate("side-plank", None).mu
    for slug in ("dead-bug", "bird-dog"):
        assert CATALOGUE.by_slug[slug].pattern == CATALOGUE.by_slug["side-plank"].pattern
        assert estimate(slug, held) == estimate(slug, None)


@pytest.mark.parametrize(
    ("slug", "alike"), [("double-leg-calf-raise", "same_ladder"), ("bent-knee-calf-raise", "same_pattern")]
)
def test_a_relative_moves_as_far_as_the_two_vary_together(slug: str, alike: str) -> None:
    """A bivariate normal, conditioned on one side that was seen with an error of its own."""
    rho = getattr(C, alike)
    tested, own = estimate("single-leg-calf-raise", None), estimate(slug, None)
    after, seen = (estimate(x, measured(calf_raises=Sides(40, 40))) for x in (slug, "single-leg-calf-raise"))
    share = rho * own.var**0.5 / tested.var**0.5
    assert after.mu - own.mu == pytest.approx(share * (seen.mu - tested.mu))
    assert own.var - after.var == pytest.approx(share**2 * (tested.var - seen.var))


def test_of_two_tests_that_tell_of_an_exercise_the_nearer_one_counts() -> None:
    """No two of today's tests do; were calf raises a squat, they and sitting to standing would."""
    calf, chair = CATALOGUE.by_slug["single-leg-calf-raise"], CATALOGUE.by_slug["chair-sit-to-stand"]
    squats = replace(
        CATALOGUE, exercises=tuple(replace(e, pattern="squat") if e is calf else e for e in CATALOGUE.exercises)
    )
    raises, stands = {"calf_raises": Sides(50, 50)}, {"sit_to_stands": 10}

    def of(exercise: Exercise, **results: Any) -> capacity.Belief:
        return capacity.first(exercise, a_tested_runner(measured(**results)), MONDAY, squats)

    near_calf, near_chair, near_none = (
        an_exercise(slug="one", ladder=ladder, pattern="squat") for ladder in (calf.ladder, chair.ladder, "another")
    )
    assert of(near_calf, **raises, **stands) == of(near_calf, **raises) != of(near_calf, **stands)
    assert of(near_chair, **raises, **stands) == of(near_chair, **stands) != of(near_chair, **raises)
    # Both as near: the first by name, so that it is the same every week.
    assert of(near_none, **raises, **stands) == of(near_none, **stands) != of(near_none, **raises)


def test_a_test_of_an_exercise_that_left_the_catalogue_hides_no_other() -> None:
    both = {"calf_raises": Sides(50, 50), "sit_to_stands": 10}
    fewer = replace(CATALOGUE, exercises=tuple(e for e in CATALOGUE.exercises if e.slug != "single-leg-calf-raise"))
    chair = CATALOGUE.by_slug["chair-sit-to-stand"]
    found = capacity.first(chair, a_tested_runner(measured(**both)), MONDAY, fewer)
    assert found == estimate(chair.slug, measured(sit_to_stands=10))


@pytest.mark.parametrize("key", ["calf_raises", "side_plank_s", "sit_to_stands"])
def test_a_usual_result_leaves_a_beginner_near_the_usual_start(key: str) -> None:
    slug = {
        "calf_raises": "single-leg-calf-raise",
        "side_plank_s": "side-plank",
        "sit_to_stands": "chair-sit-to-stand",
    }[key]
    usual = round(selftests.usual(key, 36, C))
    results = measured(**{key: usual if key == "sit_to_stands" else Sides(usual, usual)})
    before, after = estimate(slug, None, experience=Experience.NEW), estimate(slug, results, experience=Experience.NEW)
    assert abs(after.mu - before.mu) < (log(2) if key == "side_plank_s" else 0.05)
    assert after.var < before.var


def test_a_test_that_could_not_be_done_at_all_starts_low_and_does_no_harm() -> None:
    none = measured(calf_raises=Sides(0, 0), side_plank_s=Sides(0, 0), sit_to_stands=0, balance_open_s=Sides(0, 0))
    for experience in Experience:
        runner = a_tested_runner(none, experience=experience)
        week = live(runner, CATALOGUE, []).following
        assert len(week.sessions) == 2
        assert "single-leg-calf-raise" not in {p.exercise for p in prescriptions(week)}


results = st.builds(
    SelfTests,
    on=st.just(DAY),
    sit_to_stands=st.integers(0, MOST["sit_to_stands"]),
    **{
        key: st.builds(Sides, st.integers(0, most), st.integers(0, most))
        for key, most in MOST.items()
        if key != "sit_to_stands"
    },
)


def better(one: SelfTests, by: SelfTests) -> SelfTests:
    """At least as good on every count, side by side."""

    def most(key: str) -> Any:
        a, b = getattr(one, key), getattr(by, key)
        return max(a, b) if isinstance(a, int) else Sides(max(a.left, b.left), max(a.right, b.right))

    return SelfTests(DAY, **{key: most(key) for key in MOST})


@given(profiles, results, results)
def test_better_tests_never_begin_lower(profile: Profile, one: SelfTests, other: SelfTests) -> None:
    """For every exercise: the estimate, the load of the first dose, and at the same load its amount."""
    low, high = (replace(profile, self_tests=x) for x in (one, better(one, other)))
    for exercise in CATALOGUE.exercises:
        below, above = (capacity.first(exercise, p, MONDAY, CATALOGUE) for p in (low, high))
        assert above.mu >= below.mu - 1e-12
        assert above.var == pytest.approx(below.var)
        assert 0 < above.var <= capacity.prior(exercise, profile, MONDAY, C).var + 1e-12
        if exercise.mode is DoseMode.CONTACTS:
            continue
        least, most = (dose.choose(exercise, b, None, a_plan(), profile, dose.Limits(), C) for b in (below, above))
        assert (least is None) == (most is None)
        if least is not None and most is not None:
            assert (most.load_kg, most.amount) >= (least.load_kg, least.amount)


@given(profiles, results, results)
def test_better_tests_never_begin_a_whole_week_lower(profile: Profile, one: SelfTests, other: SelfTests) -> None:
    low, high = (
        {p.exercise: p.dose for p in prescriptions(live(replace(profile, self_tests=x), CATALOGUE, []).following)}
        for x in (one, better(one, other))
    )
    for slug in low.keys() & high.keys():
        assert high[slug].load_kg >= low[slug].load_kg
        assert high[slug].load_kg > low[slug].load_kg or high[slug].amount >= low[slug].amount


@given(profiles, results)
def test_tests_never_lead_past_what_a_runner_has_or_the_clock(profile: Profile, tests: SelfTests) -> None:
    runner = replace(profile, self_tests=tests)
    week = live(runner, CATALOGUE, []).following
    for session in week.sessions:
        assert session.minutes <= runner.minutes
        for p in session.exercises:
            assert p.dose.load_kg == 0 or p.dose.load_kg in runner.equipment.grid_kg(p.dose.gear)  # type: ignore[arg-type]
    for line in said(week).splitlines():
        assert line.endswith(".")
        assert "{" not in line


# ---- what the plan makes of it


def test_weak_calves_get_a_further_set_before_other_exercises(catalogue: Catalogue) -> None:
    """After some weeks there is time for some third sets: with weak calves the calf is among them."""

    def calf_sets(results: SelfTests | None) -> int:
        total = 0
        for key in ("ada", "bea", "cyd", "dov", "eli"):
            runner = a_tested_runner(results, key=key, minutes=36, experience=Experience.SEASONED)
            for week in live(runner, catalogue, [Effort.RIGHT] * 16).weeks:
                total += sum(p.dose.sets for p in prescriptions(week) if p.slot == "calf")
        return total

    assert calf_sets(measured(calf_raises=Sides(10, 10))) > calf_sets(None)


def test_poor_balance_brings_one_legged_control_into_a_short_session(catalogue: Catalogue) -> None:
    def controlled(results: SelfTests | None) -> int:
        return sum(
            p.slot == "control"
            for key in ("ada", "bea", "cyd", "dov", "eli")
            for p in prescriptions(live(a_tested_runner(results, key=key, minutes=28), catalogue, []).following)
        )

    assert controlled(measured(balance_open_s=Sides(8, 30))) > controlled(None)


def test_the_plan_says_what_was_measured_and_what_it_means() -> None:
    words = said(first_week(measured(calf_raises=Sides(12, 20), side_plank_s=Sides(55, 58))))
    assert "calf raises 12 left and 20 right, side plank 55 s left and 58 s right" in words
    assert (
        "accent is load tolerance, as your left calf managed 12 raises, where about 22 are usual at your age" in words
    )
    calf = next(p for p in prescriptions(first_week(measured(calf_raises=Sides(12, 20)))) if p.slot == "calf")
    assert "as your left calf managed 12 raises" in reasons.sentence(calf.why, CATALOGUE, "kg", ENGLISH)
    assert grounds.of(calf.why) == grounds.of(first_week(measured(calf_raises=Sides(12, 20))).focus)
    assert grounds.of(calf.why) == "docs/evidence.md#self-tests"


def test_an_exercise_that_was_tested_says_so_until_it_has_been_trained(catalogue: Catalogue) -> None:
    runner = a_tested_runner(measured(side_plank_s=Sides(90, 80)), goal=Goal.HEALTH, equipment=Equipment())
    for key in ascii_lowercase:
        lived = live(replace(runner, key=key), catalogue, [Effort.RIGHT])
        slugs = {p.exercise for p in prescriptions(lived.weeks[0])} & {
            p.exercise for p in prescriptions(lived.following)
        }
        if "side-plank" in slugs:
            first, second = (
                reasons.sentence(found(w, "side-plank").why, catalogue, "kg", ENGLISH)
                for w in (lived.weeks[0], lived.following)
            )
            assert "Your test gave 80; your most today" in first
            assert "Your most today may be about" in second
            return
    pytest.fail("no runner of these got a side plank")


def test_tests_done_in_the_week_before_a_plan_are_told_in_it_and_once(catalogue: Catalogue) -> None:
    untested = a_tested_runner(None)
    lived = live(untested, catalogue, [Effort.RIGHT] * 6)
    monday = lived.following.week_of
    for days, told in ((1, 1), (7, 1), (8, 0)):
        late = replace(untested, self_tests=measured(on=monday - timedelta(days=days), sit_to_stands=20))
        week = coach.next_week(late, lived.progress, catalogue, week_of=monday)
        assert [c.code for c in week.changes].count("retested") == told
        assert "tested" not in [c.code for c in week.changes]
    sentence = reasons.sentence(Reason("retested", (("sit_to_stands", 20),)), catalogue, "kg", ENGLISH)
    assert sentence.startswith("Your new tests count for what comes first: sit to stand 20.")


def test_a_test_that_training_has_outdone_is_quoted_on_no_card(catalogue: Catalogue) -> None:
    lives = (
        live(a_tested_runner(None, equipment=Equipment(), key=key), catalogue, [Effort.RIGHT] * 10)
        for key in ascii_lowercase
    )
    both = {"single-leg-calf-raise", "side-plank"}
    lived = next(x for x in lives if both <= {e.exercise for e in x.progress.exercises if e.weeks})
    runner, monday = lived.profile, lived.following.week_of

    def cards(calf: int, plank: int) -> str:
        tests = measured(on=monday - timedelta(days=3), calf_raises=Sides(calf), side_plank_s=Sides(plank))
        week = coach.next_week(replace(runner, self_tests=tests), lived.progress, catalogue, week_of=monday)
        return " ".join(reasons.sentence(p.why, catalogue, "kg", ENGLISH) for p in prescriptions(week))

    believed = cards(14, 40)
    assert "calf managed 14 raises" in believed
    assert "side plank lasted 40 s" in believed
    outdone = cards(3, 4)
    assert "calf managed" not in outdone
    assert "side plank lasted" not in outdone


def test_a_test_whose_exercise_has_left_the_catalogue_is_still_a_reason_for_its_kind(catalogue: Catalogue) -> None:
    fewer = replace(catalogue, exercises=tuple(e for e in catalogue.exercises if e.slug != "single-leg-calf-raise"))
    week = live(a_tested_runner(measured(calf_raises=Sides(8))), fewer, []).following
    assert "calf managed 8 raises" in " ".join(
        reasons.sentence(p.why, fewer, "kg", ENGLISH) for p in prescriptions(week)
    )


def test_the_tests_are_told_once_in_the_first_week(catalogue: Catalogue) -> None:
    lived = live(a_tested_runner(measured(sit_to_stands=20)), catalogue, [Effort.RIGHT] * 2)
    told = [[c.code for c in w.changes].count("tested") for w in (*lived.weeks, lived.following)]
    assert told == [1, 0, 0]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_numbers_and_nouns_agree(count: int) -> None:
    calf = said(first_week(measured(calf_raises=Sides(count, count))))
    assert f"managed {count} raise{'' if count == 1 else 's'}," in calf
    legs = said(first_week(measured(sit_to_stands=count)))
    assert f"rose {count} time{'' if count == 1 else 's'} in 30 seconds" in legs


def test_findings_grow_with_the_shortfall() -> None:
    shares = [findings(calf_raises=Sides(n, n))[0].share for n in range(16)]
    assert all(a > b for a, b in pairwise(shares))
