"""Weeks that are no ordinary weeks: New Year, races added late, profiles edited, pauses, clocks on the boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import coach
from coach.answers import SILENCE, Answers, Effort, SessionReport
from coach.catalogue import Catalogue
from coach.errors import StridewellError
from coach.profile import Equipment, Injury, Race, Region, Run, RunKind, Screen
from coach.week import NoticeKind, Phase
from tests.builders import MONDAY
from tests.coach.runners import (
    WEEK,
    a_steady_runner,
    codes,
    hurting,
    live,
    prescriptions,
    region,
    state,
    tapped,
)

RUNNER = a_steady_runner()

# ---- New Year


def test_a_plan_goes_on_over_new_year_and_week_fifty_three(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 4, start=date(2026, 12, 14))
    mondays = [w.week_of for w in (*lived.weeks, lived.following)]
    assert mondays == [date(2026, 12, 14), date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11)]
    assert date(2026, 12, 28).isocalendar().week == 53
    assert [w.number for w in (*lived.weeks, lived.following)] == [1, 2, 3, 4, 5]
    assert all(len(w.sessions) == 2 for w in lived.weeks)
    assert lived.progress.completed == 4
    assert "gap" not in codes(lived.following)


def test_the_same_weeks_told_a_year_earlier_give_the_same_doses(catalogue: Catalogue) -> None:
    """Only age counts the year; two Mondays of one runner below the age of decline differ in nothing."""
    young = a_steady_runner(birth_year=1996)
    one, other = (live(young, catalogue, [Effort.EASY] * 5, start=d) for d in (date(2026, 12, 7), date(2027, 12, 6)))
    assert [p.dose for p in prescriptions(one.following)] == [p.dose for p in prescriptions(other.following)]


def test_a_silence_over_the_holidays_is_two_weeks_and_not_fifty(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3, start=date(2026, 12, 7))
    away = coach.next_week(RUNNER, lived.progress, catalogue, week_of=date(2027, 1, 11))
    assert dict(away.changes[0].values)["weeks"] == 2
    assert away.changes[0].code in {"skipped", "silence"}


def test_a_race_on_new_years_day_shapes_the_weeks_of_both_years(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(date(2027, 1, 1), 10.0))
    lived = live(racing, catalogue, [Effort.RIGHT] * 6, start=date(2026, 11, 30))
    assert [w.phase for w in lived.weeks[3:]] == [Phase.TAPER, Phase.RACE, Phase.DELOAD]
    assert lived.weeks[4].week_of == date(2026, 12, 28)
    assert all(s.day != 4 for s in lived.weeks[4].sessions)


# ---- the boundary of a week


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London", "Asia/Kolkata"])
def test_the_same_instant_is_another_monday_elsewhere_and_each_gets_a_week(zone: str, catalogue: Catalogue) -> None:
    """The engine is given the runner's own Monday; a minute before it is still Sunday and no start of a week."""
    midnight = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=ZoneInfo(zone))
    before, after = (
        (midnight + timedelta(minutes=m)).astimezone(UTC).astimezone(ZoneInfo(zone)).date() for m in (-1, 0)
    )
    assert coach.next_week(RUNNER, coach.start(RUNNER, catalogue), catalogue, week_of=after).week_of == MONDAY
    with pytest.raises(StridewellError, match="Sunday"):
        coach.next_week(RUNNER, coach.start(RUNNER, catalogue), catalogue, week_of=before)


def test_planning_the_same_week_again_gives_the_same_week(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 3)
    again = coach.next_week(RUNNER, lived.progress, catalogue, week_of=lived.following.week_of)
    assert again == lived.following


def test_an_answer_given_after_the_next_week_was_planned_still_counts(catalogue: Catalogue) -> None:
    """Folded late, week by week, it is as if it had come in time."""
    lived = live(RUNNER, catalogue, [Effort.RIGHT])
    before = coach.start(RUNNER, catalogue)
    late = coach.fold(RUNNER, before, lived.weeks[0], tapped(lived.weeks[0], Effort.RIGHT), catalogue)
    assert late == lived.progress


# ---- a race that is told late


def test_a_race_added_three_days_before_makes_the_week_light(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 8)
    monday = lived.following.week_of
    assert any(not s.light for s in lived.following.sessions)
    racing = replace(RUNNER, race=Race(monday + timedelta(days=3), 21.1))
    week = coach.next_week(racing, lived.progress, catalogue, week_of=monday)
    assert week.phase is Phase.RACE
    assert codes(week)[0] == "phase_race"
    assert all(s.light and s.day != 3 for s in week.sessions)
    assert len(week.sessions) <= 1


def test_after_a_race_told_late_the_runner_rests_like_any_other(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 8)
    racing = replace(RUNNER, race=Race(lived.following.week_of + timedelta(days=3), 42.2))
    after = live(racing, catalogue, [None, None], progress=lived.progress, start=lived.following.week_of)
    assert after.weeks[1].phase is Phase.DELOAD
    assert after.weeks[1].sessions == ()
    assert "gap" not in codes(after.following)


def test_a_race_called_off_brings_the_usual_week_back(catalogue: Catalogue) -> None:
    racing = replace(RUNNER, race=Race(MONDAY + 6 * WEEK + timedelta(days=6), 10.0))
    lived = live(racing, catalogue, [Effort.RIGHT] * 6)
    assert lived.following.phase is Phase.RACE
    called_off = coach.next_week(RUNNER, lived.progress, catalogue, week_of=lived.following.week_of)
    assert called_off.phase is Phase.BASE
    assert any(not s.light for s in called_off.sessions)


# ---- a profile edited between plan and answer


def test_fewer_minutes_shorten_the_next_week(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 5)
    busy = replace(RUNNER, minutes=20)
    folded = coach.fold(busy, lived.progress, lived.following, tapped(lived.following, Effort.RIGHT), catalogue)
    week = coach.next_week(busy, folded, catalogue, week_of=lived.following.week_of + WEEK)
    assert all(s.minutes <= 20 for s in week.sessions)


def test_other_days_move_the_next_week_and_keep_the_programme(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 5)
    moved = replace(RUNNER, strength_days=(1, 4), runs=(Run(0, RunKind.EASY), Run(6, RunKind.EASY)))
    week = coach.next_week(moved, lived.progress, catalogue, week_of=lived.following.week_of)
    assert [s.day for s in week.sessions] == [1, 4]
    assert [[p.exercise for p in s.exercises] for s in week.sessions] == [
        [p.exercise for p in s.exercises] for s in lived.following.sessions
    ]


def test_equipment_sold_between_plan_and_answer_breaks_nothing(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 5)
    poorer = replace(RUNNER, equipment=Equipment())
    folded = coach.fold(poorer, lived.progress, lived.following, tapped(lived.following, Effort.EASY), catalogue)
    week = coach.next_week(poorer, folded, catalogue, week_of=lived.following.week_of + WEEK)
    assert all(p.dose.load_kg == 0 and p.dose.gear is None for p in prescriptions(week))


def test_a_screen_told_mid_week_holds_the_next_one(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.EASY] * 4)
    told = replace(RUNNER, screens=frozenset({Screen.HEART}))
    folded = coach.fold(told, lived.progress, lived.following, tapped(lived.following, Effort.EASY), catalogue)
    week = coach.next_week(told, folded, catalogue, week_of=lived.following.week_of + WEEK)
    assert [n.kind for n in week.notices] == [NoticeKind.CLEARANCE]
    for p in prescriptions(week):
        last = state(folded, p.exercise).last if p.exercise in {e.exercise for e in folded.exercises} else None
        assert last is None or p.dose.load_kg <= last.load_kg
        assert p.harder is None


def test_a_changed_weight_keeps_what_was_learnt(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 4)
    lighter = replace(RUNNER, body_mass_kg=RUNNER.body_mass_kg - 5)
    folded = coach.fold(lighter, lived.progress, lived.following, SILENCE, catalogue)
    assert [e.exercise for e in folded.exercises] == sorted(
        {e.exercise for e in lived.progress.exercises} | {p.exercise for p in prescriptions(lived.following)}
    )
    assert coach.next_week(lighter, folded, catalogue, week_of=lived.following.week_of + WEEK).sessions


def test_an_injury_told_as_healed_keeps_the_pain_that_answers_told_of(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [hurting(Region.KNEE, 5)])
    healed = replace(RUNNER, injuries=(Injury(Region.KNEE, current=False),))
    week = coach.next_week(healed, lived.progress, catalogue, week_of=lived.following.week_of)
    assert week.paused_regions == (Region.KNEE,)
    assert region(lived.progress, Region.KNEE).pain == 5


# ---- pauses


@pytest.mark.parametrize("weeks", [1, 2, 3, 5, 12, 60])
def test_a_pause_without_plans_is_an_absence_of_that_many_weeks(weeks: int, catalogue: Catalogue) -> None:
    c = catalogue.constants
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 6)
    back = coach.next_week(RUNNER, lived.progress, catalogue, week_of=MONDAY + (6 + weeks) * WEEK)
    told = dict(back.changes[0].values)
    assert told["weeks"] == weeks
    kept = 1.0 if weeks < 3 else c.gap_short if weeks < 5 else c.gap_long
    for p in prescriptions(back):
        known = {e.exercise: e for e in lived.progress.exercises}.get(p.exercise)
        if known is None or known.last is None or not known.weeks:
            continue
        assert p.dose.load_kg <= known.last.load_kg
        assert p.dose.load_kg < known.last.load_kg or p.dose.amount <= max(1, known.last.amount * kept)


def test_coming_back_is_welcomed_and_eased(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [*[Effort.RIGHT] * 6, *[None] * 4, Effort.RIGHT])
    assert lived.weeks[-1].phase is Phase.RETURN
    assert lived.following.phase is Phase.RETURN
    assert "back" in codes(lived.following)
    assert lived.progress.gap == 4


def test_only_the_second_session_answered_is_a_completed_week(catalogue: Catalogue) -> None:
    first = live(RUNNER, catalogue, []).following
    second = Answers(sessions=(SessionReport(1, Effort.RIGHT),))
    progress = coach.fold(RUNNER, coach.start(RUNNER, catalogue), first, second, catalogue)
    assert (progress.completed, progress.missed) == (1, 0)
    done = {p.exercise for p in first.sessions[1].exercises}
    assert {e.exercise for e in progress.exercises if e.weeks} == done
