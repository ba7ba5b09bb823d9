"""The stretch routine after runs, and the drills before them. docs/evidence.md#stretching"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import coach
from coach import planning, stretching
from coach.answers import SILENCE, Effort
from coach.catalogue import Catalogue
from coach.profile import Profile, Race, Region, Screen
from coach.progress import Progress, RegionState, StretchState
from coach.week import Routine
from tests.builders import MONDAY, a_prescription
from tests.coach.runners import QUIET, WEEK, a_steady_runner, hurting, live, one_session, some_progress, tapped

SQUATS = (one_session(a_prescription(exercise="split-squat")),)


def routine(catalogue: Catalogue, profile: Profile | None = None, sessions: Any = SQUATS, **progress: Any) -> Routine:
    s = planning.situation(profile or a_steady_runner(), some_progress(**progress), catalogue, MONDAY)
    return stretching.routine(s, sessions)


def codes(found: Routine) -> list[str]:
    return [item.why.code for item in found.items]


def test_the_routine_fills_about_a_quarter_of_an_hour_and_never_more(catalogue: Catalogue) -> None:
    whole = catalogue.constants.stretch_s
    for hold in (20, 30, 45, 60):
        states = tuple(StretchState(t, hold, 1) for t in dict.fromkeys(stretching.TARGETS))
        assert 0.85 * whole <= routine(catalogue, stretches=states).seconds <= whole


def test_no_muscle_is_held_for_more_than_a_minute_or_so_a_side(catalogue: Catalogue) -> None:
    most = catalogue.constants.hold_most
    for hold in (20, 30, 40, 60):
        states = tuple(StretchState(t, hold, 1) for t in dict.fromkeys(stretching.TARGETS))
        for item in routine(catalogue, stretches=states).items:
            assert item.hold_s * (item.rounds - 1) < most


def test_it_stretches_the_lower_body_and_both_muscles_of_the_calf(catalogue: Catalogue) -> None:
    targets = [item.target for item in routine(catalogue).items]
    assert targets.count("calf") == 2
    assert {"hip flexor", "hamstring", "quad", "glute"} <= set(targets)
    assert len({item.stretch for item in routine(catalogue).items}) == len(targets)


def test_tight_areas_come_first_and_then_what_the_week_loads(catalogue: Catalogue) -> None:
    found = routine(catalogue, tight=frozenset({Region.HAMSTRING}))
    order = {"stretch_tight": 0, "stretch_loaded": 1, "stretch_range": 2}
    assert [order[c] for c in codes(found)] == sorted(order[c] for c in codes(found))
    assert found.items[0].target == "hamstring"
    assert "stretch_loaded" in codes(found)


def test_without_strength_or_tight_areas_everything_keeps_its_range(catalogue: Catalogue) -> None:
    assert set(codes(routine(catalogue, sessions=()))) == {"stretch_range"}


@pytest.mark.parametrize("region", Region)
def test_what_hurts_is_neither_stretched_nor_put_in_a_poor_position(region: Region, catalogue: Catalogue) -> None:
    sore = (RegionState(region, int(catalogue.constants.pain_hold)),)
    found = routine(catalogue, regions=sore)
    for item in (*found.items, *found.before):
        stretch = catalogue.stretch_by_slug[item.stretch]
        assert region not in {*stretch.regions, *stretch.avoid}
    calm = routine(catalogue, regions=(RegionState(region, 2),))
    assert len(found.items) <= len(calm.items)


def test_before_a_run_there_are_only_moving_ones_and_few(catalogue: Catalogue) -> None:
    before = routine(catalogue).before
    assert 0 < len(before) <= stretching.BEFORE_RUN
    assert all(catalogue.stretch_by_slug[i.stretch].dynamic and i.hold_s == 0 and i.reps > 0 for i in before)
    assert all(not catalogue.stretch_by_slug[i.stretch].dynamic for i in routine(catalogue).items)


def test_stretching_falls_on_run_days_or_on_strength_days_of_one_who_does_not_run(catalogue: Catalogue) -> None:
    assert routine(catalogue).days == tuple(r.day for r in QUIET)
    assert routine(catalogue, a_steady_runner(runs=())).days == a_steady_runner().strength_days


def test_a_stretch_gives_its_turn_to_another_after_some_weeks(catalogue: Catalogue) -> None:
    stays = stretching.STRETCH_STAYS_WEEKS
    first, last, next_turn = ({i.stretch for i in routine(catalogue, weeks=n).items} for n in (0, stays - 1, stays))
    assert first == last != next_turn


def test_what_needs_a_prop_the_runner_lacks_or_a_screen_forbids_is_left_out(catalogue: Catalogue) -> None:
    pregnant = a_steady_runner(screens=frozenset({Screen.PREGNANT}), cleared=True)
    for weeks in range(0, 16, 4):
        for item in routine(catalogue, pregnant, weeks=weeks).items:
            assert Screen.PREGNANT not in catalogue.stretch_by_slug[item.stretch].avoid_when


def test_a_target_without_any_stretch_is_passed_over(catalogue: Catalogue) -> None:
    fewer = replace(catalogue, stretches=tuple(s for s in catalogue.stretches if s.target != "glute"))
    targets = {i.target for i in routine(fewer, sessions=()).items}
    assert "glute" not in targets
    assert "hamstring" in targets


def test_the_calf_is_stretched_once_where_the_catalogue_has_one_stretch_for_it(catalogue: Catalogue) -> None:
    one = next(s for s in catalogue.stretches if s.target == "calf")
    fewer = replace(catalogue, stretches=(one, *(s for s in catalogue.stretches if s.target != "calf")))
    items = routine(fewer, sessions=()).items
    assert [i.stretch for i in items if i.target == "calf"] == [one.slug]


# ---- holds that grow


def holds(progress: Progress) -> dict[str, int]:
    return {s.target: s.hold_s for s in progress.stretches}


def test_holds_grow_after_answered_weeks_up_to_a_minute(catalogue: Catalogue) -> None:
    c = catalogue.constants
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT] * 24)
    found = holds(lived.progress)
    assert max(found.values()) == c.hold_most
    start = min(s.start_hold_s for s in catalogue.stretches if not s.dynamic)
    assert all((hold - start) % c.hold_growth == 0 for hold in found.values())


def test_few_holds_grow_in_one_week_and_by_one_step(catalogue: Catalogue) -> None:
    from coach.stretching import GROW_AT_ONCE

    runner = a_steady_runner()
    progress = coach.start(runner, catalogue)
    for n in range(8):
        week = coach.next_week(runner, progress, catalogue, week_of=MONDAY + n * WEEK)
        after = coach.fold(runner, progress, week, tapped(week, Effort.RIGHT), catalogue)
        grown = [t for t, hold in holds(after).items() if hold > holds(progress).get(t, hold)]
        assert len(grown) <= GROW_AT_ONCE
        assert all(holds(after)[t] - holds(progress)[t] <= catalogue.constants.hold_growth for t in grown)
        progress = after


def test_silence_grows_no_hold(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT])
    silent = live(a_steady_runner(), catalogue, [None] * 4, progress=lived.progress, start=MONDAY + WEEK)
    assert holds(silent.progress) == holds(lived.progress)


def test_a_sore_area_grows_no_hold(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT])
    sore = live(
        a_steady_runner(), catalogue, [hurting(Region.CALF, 3)] * 3, progress=lived.progress, start=MONDAY + WEEK
    )
    assert holds(sore.progress)["calf"] == holds(lived.progress)["calf"]


def test_longer_holds_are_told_in_the_week_they_come(catalogue: Catalogue) -> None:
    grown = StretchState("calf", 30, 0, 20)
    change = routine(catalogue, stretches=(grown, StretchState("foot", 40, 1, 30))).change
    assert change is not None
    assert dict(change.values) == {"targets": "calf", "hold_s": 30, "weeks": int(catalogue.constants.stretch_weeks)}
    assert routine(catalogue, stretches=(replace(grown, weeks=1),)).change is None
    assert routine(catalogue, stretches=(StretchState("no such target", 30, 0, 20),)).change is None


def test_a_stretch_that_left_the_catalogue_does_not_grow(catalogue: Catalogue) -> None:
    runner = a_steady_runner()
    week = coach.next_week(runner, Progress(), catalogue, week_of=MONDAY)
    assert week.stretch is not None
    gone = replace(week.stretch, items=tuple(replace(i, stretch="gone") for i in week.stretch.items))
    before = some_progress(stretches=tuple(StretchState(i.target, 20, 9) for i in week.stretch.items))
    after = coach.fold(runner, before, replace(week, stretch=gone), tapped(week, Effort.RIGHT), catalogue)
    assert set(holds(after).values()) == {20}
    silent = coach.fold(runner, before, week, SILENCE, catalogue)
    assert set(holds(silent).values()) == {20}


def test_pain_told_this_week_leaves_the_region_out_of_next_weeks_routine(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [hurting(Region.HAMSTRING, 4)])
    assert lived.following.stretch is not None
    assert "hamstring" not in {i.target for i in lived.following.stretch.items}


@pytest.mark.parametrize(
    "runner",
    [
        a_steady_runner(screens=frozenset({Screen.PREGNANT}), cleared=True),
        a_steady_runner(screens=frozenset({Screen.BONE})),
        a_steady_runner(race=Race(MONDAY + timedelta(days=9), 10.0)),
    ],
    ids=["pregnant", "not cleared", "before a race"],
)
def test_no_hold_grows_where_nothing_may(runner: Profile, catalogue: Catalogue) -> None:
    lived = live(runner, catalogue, [Effort.EASY] * 2)
    assert set(holds(lived.progress).values()) == {20}


def test_what_has_grown_is_told_once_though_the_next_week_lets_nothing_grow(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(), catalogue, [Effort.RIGHT] * 2)
    assert lived.following.stretch is not None
    assert "calf" in str(dict(lived.following.stretch.change.values)["targets"])  # type: ignore[union-attr]
    sore = live(
        a_steady_runner(), catalogue, [hurting(Region.CALF, 3)], progress=lived.progress, start=MONDAY + 2 * WEEK
    )
    change = sore.following.stretch.change if sore.following.stretch else None
    assert change is None or "calf" not in str(dict(change.values)["targets"])


def test_a_hold_that_grew_for_a_stretch_that_found_no_room_is_not_told(catalogue: Catalogue) -> None:
    long = tuple(StretchState(t, 60, 3, 60) for t in set(stretching.TARGETS) - {"thoracic"})
    found = routine(catalogue, stretches=(*long, StretchState("thoracic", 30, 0, 20)))
    assert "thoracic" not in {i.target for i in found.items}
    assert found.change is None
