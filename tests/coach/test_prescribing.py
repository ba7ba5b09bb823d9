"""What an exercise of a plan says of itself: why its dose changed, and why it is here. docs/evidence.md#dose, #qualities"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import coach
from coach import planning, prescribing
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.profile import Equipment, Gear, Goal, Injury, Profile, Race, Region
from coach.progress import RegionState, Seen
from coach.week import Dose, Prescription, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.runners import (
    WEEK,
    a_steady_runner,
    found,
    hurting,
    known,
    live,
    plan,
    prescriptions,
    slots,
    some_progress,
    telling,
)

RUNNER = a_steady_runner()
TEN = Dose(3, 10, 10.0, Gear.DUMBBELLS)


# ---- the reason of each change


def change(week: Week, slug: str, catalogue: Catalogue) -> str:
    """The words told about an exercise."""
    reason = found(week, slug).change
    return "" if reason is None else reasons.sentence(reason, catalogue, "kg", ENGLISH)


def code(week: Week, slug: str) -> str:
    reason = found(week, slug).change
    return "" if reason is None else reason.code


def squats(catalogue: Catalogue, profile: Profile = RUNNER, last: Dose = TEN, **changes: Any) -> Week:
    """The week after some with split squats."""
    state = changes.pop("state", {})
    before = {
        "exercises": (known("split-squat", catalogue, profile, last, **state),),
        "programme": slots(("A", "knee", "split-squat", 3)),
        **changes,
    }
    return plan(catalogue, profile, **before)


def test_a_dose_that_stays_has_no_reason_to_change(catalogue: Catalogue) -> None:
    week = squats(catalogue, completed=13, hold="unclear")
    assert (found(week, "split-squat").dose, code(week, "split-squat")) == (TEN, "")


def test_a_cut_for_pain_names_the_place(catalogue: Catalogue) -> None:
    week = squats(catalogue, regions=(RegionState(Region.HIP, 4, cut=0.8),))
    assert code(week, "split-squat") == "dose_pain"
    assert "to spare your hip" in change(week, "split-squat", catalogue)
    assert found(week, "split-squat").dose.load_kg <= 8.0


def test_the_worst_of_two_sore_places_is_the_reason(catalogue: Catalogue) -> None:
    both = (RegionState(Region.HIP, 4, cut=0.8), RegionState(Region.KNEE, 5, cut=0.8))
    assert "to spare your knee" in change(squats(catalogue, regions=both), "split-squat", catalogue)


def test_an_exercise_that_rested_comes_back_lighter_and_says_how_long(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for idle, kept in ((3, c.gap_short), (5, c.gap_long)):
        week = squats(catalogue, state={"idle": idle})
        assert code(week, "split-squat") == "dose_idle"
        assert f"{idle} weeks since you last did it" in change(week, "split-squat", catalogue)
        assert found(week, "split-squat").dose.load_kg <= kept * TEN.load_kg


def test_an_absence_names_its_weeks(catalogue: Catalogue) -> None:
    for missed in (3, 6):
        week = squats(catalogue, missed=missed)
        assert code(week, "split-squat") == "dose_gap"
        assert f"{missed} weeks away" in change(week, "split-squat", catalogue)


@pytest.mark.parametrize(("days", "expected"), [(10, "dose_taper"), (-2, "dose_deload")])
def test_a_race_is_the_reason_for_fewer_sets(days: int, expected: str, catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=days), 10.0))
    week = squats(catalogue, racing)
    assert code(week, "split-squat") == expected
    assert found(week, "split-squat").dose.sets == 2


def test_in_a_race_week_too_a_harder_answer_leaves_no_more(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=6), 10.0))
    weak = known("low-step-up", catalogue, racing, Dose(2, 13))
    right, hard = (
        replace(weak, mu=weak.mu - 0.3, seen=Seen(MONDAY - WEEK, said, 2, 13, 3.0)) for said in ("right", "hard")
    )
    amounts = [found(plan(catalogue, racing, exercises=(x,)), "low-step-up").dose.amount for x in (right, hard)]
    assert amounts == [11, 11]


def test_race_week_is_the_reason_for_fewer_repetitions(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=6), 10.0))
    last = Dose(3, 20)
    bridge = known("glute-bridge", catalogue, racing, last)
    step_up = known("low-step-up", catalogue, racing, Dose(2, 10))
    before = some_progress(bridge, step_up, programme=slots(("Light A", "hinge", "glute-bridge", 3)))
    week = coach.next_week(racing, before, catalogue, week_of=MONDAY)
    assert code(week, "glute-bridge") == "dose_race"


def test_a_set_more_or_less_is_told_as_such(catalogue: Catalogue) -> None:
    squat = known("split-squat", catalogue, RUNNER, replace(TEN, sets=2))
    week = squats(catalogue, last=replace(TEN, sets=2), exercises=(squat,), completed=13)
    p = found(week, "split-squat")
    assert p.dose.sets == 3
    assert p.dose.load_kg <= TEN.load_kg
    shorter = squats(catalogue, a_steady_runner(minutes=12), last=Dose(3, 10, 4.0, Gear.DUMBBELLS), hold="unclear")
    assert code(shorter, "split-squat") == "dose_sets"
    assert "fits your 12 minutes" in change(shorter, "split-squat", catalogue)


def test_what_has_hurt_gets_a_set_less_until_it_has_long_been_calm(catalogue: Catalogue) -> None:
    week = squats(catalogue, completed=13, regions=(RegionState(Region.KNEE, 0, calm_weeks=3, fewer=1),))
    assert found(week, "split-squat").dose == replace(TEN, sets=2)
    assert "your knee has hurt" in change(week, "split-squat", catalogue)
    again = squats(catalogue, completed=13, regions=(RegionState(Region.KNEE, 0, calm_weeks=12),))
    assert found(again, "split-squat").dose.sets == 3


def test_pain_without_a_place_takes_a_set_off_everything(catalogue: Catalogue) -> None:
    week = squats(catalogue, completed=13, hold="hurts", hurt=4)
    assert max(p.dose.sets for p in prescriptions(week)) == 2
    assert "until we know what hurts" in change(week, "split-squat", catalogue)


def test_without_an_answer_a_change_is_the_plans(catalogue: Catalogue) -> None:
    weak = squats(catalogue, last=Dose(3, 14, 16.0, Gear.DUMBBELLS), state={"seen": None})
    assert code(weak, "split-squat") == "dose_plan"


def test_what_was_answered_is_the_reason_for_a_change(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    slug = next(p.exercise for p in lived.following.sessions[0].exercises if p.slot == "knee")
    last = live(
        RUNNER,
        catalogue,
        [telling(slug, sets_done=1, reps_left=0)],
        progress=lived.progress,
        start=lived.following.week_of,
    ).following
    assert code(last, slug) == "dose_answers"
    assert "fell short" in change(last, slug, catalogue)


HARD = Seen(MONDAY - timedelta(weeks=2), "hard", 3, 14, 0.0)


def test_a_change_that_waited_a_week_is_not_told_as_if_the_answer_were_new(catalogue: Catalogue) -> None:
    skipped = squats(catalogue, last=Dose(3, 14, 16.0, Gear.DUMBBELLS), state={"idle": 1, "seen": HARD})
    assert code(skipped, "split-squat") == "dose_waited"
    untold = squats(catalogue, last=Dose(3, 14, 16.0, Gear.DUMBBELLS), state={"idle": 1, "seen": None})
    assert code(untold, "split-squat") == "dose_plan"


def test_a_load_that_is_no_longer_there_is_the_reason_and_not_the_answer(catalogue: Catalogue) -> None:
    lighter = Equipment(frozenset({Gear.DUMBBELLS}), ((Gear.DUMBBELLS, (2.0, 4.0, 6.0)),))
    for equipment in (Equipment(), lighter):
        week = squats(catalogue, a_steady_runner(equipment=equipment), last=Dose(2, 10, 16.0, Gear.DUMBBELLS))
        assert code(week, "split-squat") == "dose_gear"
        assert "your equipment has changed" in change(week, "split-squat", catalogue)


@pytest.mark.parametrize(("loads", "smallest"), [((4.0, 6.0, 8.0), False), ((4.0, 8.0), True)])
def test_a_step_is_the_smallest_only_where_no_load_lies_between(
    loads: tuple[float, ...], smallest: bool, catalogue: Catalogue
) -> None:
    s = planning.situation(
        a_steady_runner(equipment=Equipment(frozenset({Gear.DUMBBELLS}), ((Gear.DUMBBELLS, loads),))),
        some_progress(),
        catalogue,
        MONDAY,
    )
    four, eight = (Dose(2, 10, kg, Gear.DUMBBELLS) for kg in (4.0, 8.0))
    assert prescribing._is_smallest_step(s, catalogue.by_slug["split-squat"], four, eight) is smallest


# ---- why it is here


def why(p: Prescription) -> dict[str, float | int | str]:
    return dict(p.why.values)


def test_every_exercise_says_what_it_is_for_and_how_the_dose_sits(catalogue: Catalogue) -> None:
    for p in prescriptions(live(RUNNER, catalogue, [Effort.RIGHT] * 6).following):
        said = reasons.sentence(p.why, catalogue, "kg", ENGLISH)
        assert said.startswith(f"Here because {catalogue.by_slug[p.exercise].purpose}")
        if p.slot == "jumps":
            assert f"{p.dose.sets * p.dose.amount} contacts" in said


def test_the_runners_own_ground_is_named_where_the_exercise_is_strong(catalogue: Catalogue) -> None:
    chaser = a_steady_runner(goal=Goal.PERFORMANCE)
    named = {
        why(p)["because"]: catalogue.by_slug[p.exercise]
        for p in prescriptions(live(chaser, catalogue, [Effort.RIGHT] * 2).following)
    }
    assert "performance" in named
    assert max(weight for _, weight in named["performance"].qualities) == 3


def test_an_exercise_that_loads_a_past_injury_gently_says_so(catalogue: Catalogue) -> None:
    healed = a_steady_runner(injuries=(Injury(Region.HIP, current=False),))
    week = live(healed, catalogue, []).following
    gentle = [p for p in prescriptions(week) if catalogue.by_slug[p.exercise].tissue(Region.HIP) == 1]
    assert gentle
    assert all(why(p)["region"] == "hip" for p in gentle)
    others = [p for p in prescriptions(week) if catalogue.by_slug[p.exercise].tissue(Region.HIP) != 1]
    assert all(why(p)["region"] == "" for p in others)


def test_nothing_says_it_loads_a_place_that_hurts_now(catalogue: Catalogue) -> None:
    week = live(RUNNER, catalogue, [hurting(Region.HIP, 4)]).following
    assert all(why(p)["region"] != "hip" for p in prescriptions(week))
