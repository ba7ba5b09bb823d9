"""Jumps: when they begin, what makes them pause, and how they climb. docs/evidence.md#plyometrics, #masters"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import coach
from coach import choosing, serving
from coach.answers import Answers, Effort, RedFlag
from coach.catalogue import Catalogue
from coach.profile import Goal, Profile, Race, Region, Screen
from coach.progress import ExerciseState, Progress, RegionState, Seen
from coach.week import Dose, DoseMode, Prescription, Week
from tests.builders import MONDAY
from tests.coach.runners import WEEK, a_steady_runner, known, live, prescriptions, slots, some_progress, tapped

RUNNER = a_steady_runner()
HARD = Seen(MONDAY, "hard", 2, 10, 0.0)


def plan(progress: Progress, catalogue: Catalogue, profile: Profile = RUNNER) -> Week:
    return coach.next_week(profile, progress, catalogue, week_of=MONDAY)


def jumps(week: Week) -> list[Prescription]:
    return [p for p in prescriptions(week) if p.mode is DoseMode.CONTACTS]


def test_jumps_come_after_the_first_weeks_and_start_at_the_bottom(catalogue: Catalogue) -> None:
    after = int(catalogue.constants.plyometric_after)
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * after)
    assert not any(jumps(w) for w in lived.weeks)
    first = jumps(lived.following)
    assert first
    assert min(catalogue.by_slug[p.exercise].rung for p in first) == 1
    assert max(catalogue.by_slug[p.exercise].rung for p in first) <= 2


def test_a_higher_jump_comes_after_weeks_on_the_one_below(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 20)
    weeks: dict[str, int] = {}
    top = 0
    for week in lived.weeks:
        for p in jumps(week):
            rung = catalogue.by_slug[p.exercise].rung
            if p.change is not None and p.change.code == "ladder_up_jumps":
                left = str(dict(p.change.values)["from"])
                assert weeks[left] >= serving.JUMP_WEEKS
            top = max(top, rung)
        for slug in {p.exercise for p in jumps(week)}:
            weeks[slug] = weeks.get(slug, 0) + 1
    assert top >= 3


def settled(catalogue: Catalogue, profile: Profile = RUNNER, *hops: ExerciseState, **progress: Any) -> Progress:
    """Ten completed weeks with a first week's exercises, and these jumps in session B."""
    first = live(replace(profile, race=None), catalogue, [Effort.RIGHT]).progress
    jumping = slots(*[("B", "jumps", x.exercise, x.weeks) for x in hops])
    return some_progress(
        *first.exercises, *hops, **{"programme": (*first.programme, *jumping), "completed": 10, **progress}
    )


def hop(
    catalogue: Catalogue,
    profile: Profile = RUNNER,
    *,
    weeks: int = 2,
    state: dict[str, Any] | None = None,
    **progress: Any,
) -> list[Prescription]:
    """The jumps planned for a runner who has hopped for some weeks."""
    hops = known("pogo-hops", catalogue, profile, Dose(2, 12), **{"weeks": weeks, **(state or {})})
    return jumps(plan(settled(catalogue, profile, hops, **progress), catalogue, profile))


def test_who_has_jumped_goes_on(catalogue: Catalogue) -> None:
    assert "pogo-hops" in {p.exercise for p in hop(catalogue)}
    assert "pogo-hops" in {p.exercise for p in hop(catalogue, a_steady_runner(race=Race(MONDAY + 2 * WEEK, 42.2)))}


@pytest.mark.parametrize(
    "against",
    [
        {"completed": 3},
        {"missed": 3},
        {"regions": (RegionState(Region.CALF, 3),)},
        {"regions": (RegionState(Region.CALF, 2, calm_weeks=1),)},
        {"strain": 2},
        {"profile": a_steady_runner(goal=Goal.RETURN)},
        {"profile": a_steady_runner(screens=frozenset({Screen.BONE}))},
        {"profile": a_steady_runner(race=Race(MONDAY - timedelta(days=2), 10.0))},
    ],
    ids=["too early", "a gap", "a sore calf", "not calm yet", "tired", "coming back", "not cleared", "after a race"],
)
def test_jumps_pause_when_the_legs_or_the_runner_are_not_ready(against: dict[str, Any], catalogue: Catalogue) -> None:
    assert hop(catalogue, **against) == []


def test_after_a_week_of_sore_muscles_nothing_is_jumped(catalogue: Catalogue) -> None:
    assert hop(catalogue, soreness=int(catalogue.constants.sore_hold)) == []


def test_jumps_that_rested_come_back_on_the_rung_they_were_on(catalogue: Catalogue) -> None:
    long_enough = serving.JUMP_WEEKS + 1
    assert [p.exercise for p in hop(catalogue, weeks=long_enough)] == ["line-hops"]
    assert [p.exercise for p in hop(catalogue, weeks=long_enough, state={"idle": 1})] == ["pogo-hops"]


@pytest.mark.parametrize(("completed", "rungs"), [(11, set()), (12, {1}), (40, {1, 2})])
def test_from_sixty_five_jumps_begin_later_and_stay_small(
    completed: int, rungs: set[int], catalogue: Catalogue
) -> None:
    older = a_steady_runner(birth_year=MONDAY.year - 66, cleared=True)
    weeks = 0 if completed <= 12 else 20
    jumped = hop(catalogue, older, weeks=weeks, completed=completed)
    assert {catalogue.by_slug[p.exercise].rung for p in jumped} <= rungs
    assert bool(jumped) is bool(rungs)
    assert all(catalogue.by_slug[p.exercise].rung <= choosing.OLDER_RUNG for p in jumped)


def test_jumps_come_back_after_three_calm_weeks(catalogue: Catalogue) -> None:
    calm = (RegionState(Region.CALF, 2, calm_weeks=choosing.CALM_TO_JUMP),)
    assert hop(catalogue, regions=calm)
    healed = (RegionState(Region.CALF, 0, calm_weeks=0),)
    assert hop(catalogue, regions=healed)
    sore_back = (RegionState(Region.BACK, 2, calm_weeks=0),)
    assert hop(catalogue, regions=sore_back)


def test_jumps_do_not_begin_in_an_unquiet_or_an_easy_week_or_a_taper(catalogue: Catalogue) -> None:
    fresh = settled(catalogue)
    assert jumps(plan(fresh, catalogue))
    assert not jumps(plan(replace(fresh, soreness=8), catalogue))
    assert [bool(jumps(plan(replace(fresh, completed=done), catalogue))) for done in (14, 15, 16)] == [
        True,
        False,
        True,
    ]
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=10), 10.0))
    assert not jumps(plan(fresh, catalogue, racing))


def test_the_first_jumps_do_not_come_right_after_a_hard_session(catalogue: Catalogue) -> None:
    fresh = settled(catalogue)
    one, *others = fresh.exercises
    assert jumps(plan(fresh, catalogue))
    assert not jumps(plan(replace(fresh, exercises=(replace(one, seen=HARD), *others)), catalogue))


def test_no_higher_jump_comes_right_after_a_hard_session(catalogue: Catalogue) -> None:
    assert [p.exercise for p in hop(catalogue, weeks=5)] == ["line-hops"]
    assert [p.exercise for p in hop(catalogue, weeks=5, state={"seen": HARD})] == ["pogo-hops"]


def test_after_a_stop_that_was_cleared_the_first_week_has_no_jumps_and_says_so(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 6)
    assert any(jumps(w) for w in lived.weeks)
    flagged = live(
        RUNNER,
        catalogue,
        [lambda week: replace(tapped(week, Effort.RIGHT), red_flags=frozenset({RedFlag.FAINTING}))],
        progress=lived.progress,
        start=MONDAY + 6 * WEEK,
    )
    assert not flagged.following.sessions
    cleared = live(
        RUNNER, catalogue, [lambda _: Answers(cleared=True)], progress=flagged.progress, start=MONDAY + 7 * WEEK
    ).following
    assert not jumps(cleared)
    assert "resumes" in {x.code for x in cleared.changes}
    assert {p.target_rir for p in prescriptions(cleared)} == {4}
    assert all(p.up_to is None for p in prescriptions(cleared))
