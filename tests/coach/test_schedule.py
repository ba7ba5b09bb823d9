"""On which days strength falls, around the runs. docs/evidence.md#layout, #order, #taper"""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest

from coach import schedule
from coach.profile import Run, RunKind
from coach.schedule import Placed

EVERY_DAY = tuple(range(7))
MON, TUE, WED, THU, FRI, SAT, SUN = EVERY_DAY
E, Q, L = RunKind.EASY, RunKind.QUALITY, RunKind.LONG


def runs(**kinds: RunKind) -> tuple[Run, ...]:
    names = {"mon": MON, "tue": TUE, "wed": WED, "thu": THU, "fri": FRI, "sat": SAT, "sun": SUN}
    return tuple(Run(names[name], kind) for name, kind in kinds.items())


def place(
    week: tuple[Run, ...],
    days: tuple[int, ...] = EVERY_DAY,
    sessions: int = 2,
    race_in: int | None = None,
    *,
    light: bool = False,
) -> tuple[Placed, ...]:
    return schedule.place(week, days, sessions, () if race_in is None else (race_in,), light)


def test_strength_follows_the_hard_run_of_the_day() -> None:
    placed = place(runs(tue=Q, sun=L), (TUE, WED), 1)
    assert [(p.day, p.light, p.why.code) for p in placed] == [(TUE, False, "placed_after_hard")]


def test_no_heavy_legs_on_the_day_before_a_hard_run() -> None:
    placed = place(runs(wed=Q, sun=L), (TUE, THU, SAT), 3)
    assert [p.day for p in placed] == [THU]


def test_a_run_on_monday_keeps_sunday_free() -> None:
    assert [p.day for p in place(runs(mon=Q), (SUN, WED), 1)] == [WED]


def test_two_days_before_a_hard_run_are_better_left_free_too() -> None:
    assert [p.day for p in place(runs(sat=Q), (WED, THU), 1)] == [WED]


def test_leg_sessions_stand_two_days_apart_over_the_weekend_as_well() -> None:
    for sessions, days in product((2, 3), combinations(EVERY_DAY, 4)):
        chosen = [p.day for p in place(runs(), days, sessions)]
        around = [*chosen, chosen[0] + 7]
        assert len(chosen) == 1 or all(b - a >= 2 for a, b in pairwise(around))


def test_neighbouring_days_hold_one_session_only() -> None:
    assert len(place(runs(), (MON, TUE), 2)) == 1
    assert len(place(runs(), (MON, SUN), 2)) == 1


def test_sessions_are_spread_over_the_week() -> None:
    assert [p.day for p in place(runs(), EVERY_DAY, 2)] == [MON, THU]
    assert [p.day for p in place(runs(), (MON, WED, FRI), 3)] == [MON, WED, FRI]


def test_no_more_sessions_than_asked_for() -> None:
    assert place(runs(), EVERY_DAY, 0) == ()
    assert len(place(runs(), EVERY_DAY, 1)) == 1


def test_a_free_day_and_an_easy_day_say_how_far_the_next_hard_run_is() -> None:
    free, easy = place(runs(tue=E, thu=L), (FRI,), 1), place(runs(mon=E, thu=Q), (MON,), 1)
    assert (free[0].day, free[0].why.code, dict(free[0].why.values)) == (FRI, "placed_free", {"days": 6})
    assert (easy[0].why.code, dict(easy[0].why.values)) == ("placed_easy", {"days": 3})
    assert dict(place(runs(mon=E), (MON,), 1)[0].why.values) == {"days": 0}


def test_after_the_long_run_only_when_the_other_days_stand_before_hard_ones() -> None:
    week = runs(tue=Q, thu=Q, sat=L)
    assert [(p.day, p.why.code) for p in place(week, (MON, WED, FRI, SAT), 1)] == [(SAT, "placed_after_long")]
    assert [p.day for p in place(runs(thu=Q, sat=L), (SAT, SUN), 1)] == [SUN]


# ---- light days


def test_where_every_day_stands_before_a_hard_run_sessions_are_light_and_say_which_days_would_be_better() -> None:
    placed = place(runs(wed=Q, sun=L), (TUE, SAT), 2)
    assert [(p.day, p.light) for p in placed] == [(TUE, True), (SAT, True)]
    better = dict(placed[0].why.values)["better"]
    assert placed[0].why.code == "placed_light_day"
    assert set(str(better).split()) == {str(d) for d in EVERY_DAY} - {str(TUE), str(SAT)}


def test_a_runner_who_runs_hard_every_day_is_told_no_better_day() -> None:
    placed = place(tuple(Run(d, Q) for d in EVERY_DAY), EVERY_DAY, 3)
    assert [p.why.code for p in placed] == ["placed_light"] * schedule.LIGHT_MOST


def test_light_sessions_stand_two_days_apart_too() -> None:
    assert [(p.day, p.light) for p in place(runs(tue=Q, wed=Q), (MON, TUE), 2)] == [(TUE, True)]


def test_one_light_session_is_placed_when_light_is_asked_for() -> None:
    placed = place(runs(wed=Q), EVERY_DAY, 2, light=True)
    assert [(p.light, p.why.code) for p in placed] == [(True, "placed_light")]


# ---- races


@pytest.mark.parametrize("race_in", range(22))
def test_no_heavy_legs_within_a_week_of_the_race_and_nothing_next_to_it(race_in: int) -> None:
    for sessions in (1, 2, 3):
        for p in place(runs(tue=E), EVERY_DAY, sessions, race_in):
            if p.day <= race_in:
                assert p.light or race_in - p.day >= schedule.RACE_CLEAR_DAYS
            assert not p.light or abs(p.day - race_in) > schedule.LIGHT_CLEAR_DAYS


def test_the_last_heavy_day_before_a_race_is_seven_to_ten_days_out_where_one_is_free() -> None:
    sunday_week = SUN + 7
    assert [p.day for p in place(runs(tue=Q), (TUE, THU), 1)] == [TUE]
    assert [p.day for p in place(runs(tue=Q), (TUE, THU), 1, sunday_week)] == [THU]
    assert [p.day for p in place(runs(tue=Q), (TUE, WED), 1, sunday_week)] == [TUE]


def test_a_saturday_race_leaves_the_start_of_the_week_for_a_light_session() -> None:
    placed = place(runs(tue=E, thu=E), EVERY_DAY, 1, SAT, light=True)
    assert [p.day for p in placed] == [MON]


def test_a_wednesday_race_leaves_no_day_before_it() -> None:
    assert place(runs(), (MON, TUE, THU, FRI), 1, WED, light=True) == ()


def test_the_two_days_after_a_sunday_race_stay_free_in_the_week_that_follows() -> None:
    days = [p.day for sessions in (1, 2, 3) for p in place(runs(sat=E), EVERY_DAY, sessions, -1)]
    assert min(days) == 2
    assert not place(runs(), (0, 1), 2, -1)


def test_the_weekend_after_a_monday_race_may_carry_legs_again() -> None:
    assert [p.light for p in place(runs(), (SAT,), 1, MON)] == [False]


def test_nearer_to_the_race_a_session_is_light() -> None:
    assert [(p.day, p.light) for p in place(runs(), (FRI,), 1, SUN + 4)] == [(FRI, True)]


# ---- a second session


def test_the_days_that_would_carry_a_second_session_stand_before_no_hard_run_and_not_beside_the_first() -> None:
    week = runs(tue=Q, wed=E, fri=E, sun=L)
    assert schedule.further(week, THU) == (TUE, SUN)
    assert schedule.further(tuple(Run(d, Q) for d in EVERY_DAY), MON) == ()
