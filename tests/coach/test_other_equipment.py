"""Other things to train with, told while a week runs: what is still to come is done with them, and what was done stays as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach
from coach.amending import Rest
from coach.answers import SILENCE, Answers, Effort, Pain, SessionReport, Word, merge
from coach.profile import HOUSEHOLD, Equipment, Gear, Region, Screen
from coach.week import Dose, NoticeKind, Prescription, Week
from tests.coach.runners import History, a_steady_runner, live
from tests.coach.strategies import histories, the_catalogue

CATALOGUE = the_catalogue()
TUESDAY, THURSDAY = 1, 3
BARE = Equipment()
GONE = Answers(equipment=BARE)


@pytest.fixture(scope="module")
def seasoned() -> History:
    """A runner with dumbbells after eight ordinary weeks, with sessions on Monday and Thursday."""
    return live(a_steady_runner(), CATALOGUE, [Effort.RIGHT] * 8)


def after(history: History, *said: Word) -> Rest:
    return coach.rest_of_week(history.profile, history.progress, history.following, said, CATALOGUE)


def fits(p: Prescription, equipment: Equipment) -> bool:
    def there(dose: Dose | None) -> bool:
        return dose is None or dose.gear is None or dose.load_kg in equipment.grid_kg(dose.gear)

    possible = CATALOGUE.by_slug[p.exercise].possible_with(equipment)
    return possible and all(there(dose) for dose in (p.dose, p.harder, p.easier))


def loaded(week: Week, session: int) -> list[Prescription]:
    return [p for p in week.sessions[session].exercises if p.dose.gear is not None]


def test_without_the_weights_thursday_needs_none_and_monday_stays_as_it_was(seasoned: History) -> None:
    assert loaded(seasoned.following, 1)
    rest = after(seasoned, Word(TUESDAY, GONE))
    assert rest.week.sessions[0] == seasoned.following.sessions[0]
    assert not loaded(rest.week, 1)
    assert rest.week.sessions[1].exercises, "there is enough to do without weights"
    assert rest.open == (1,)
    assert rest.clinician == frozenset()


def test_each_change_says_that_the_equipment_is_another(seasoned: History) -> None:
    week = after(seasoned, Word(TUESDAY, GONE)).week
    planned = {p.exercise: p for p in seasoned.following.sessions[1].exercises}
    changed = [p for p in week.sessions[1].exercises if p.dose != getattr(planned.get(p.exercise), "dose", None)]
    assert changed
    assert {p.change.code for p in changed if p.change is not None} <= {"dose_gear", "swap_equipment"}
    assert all(p.change is not None for p in changed)
    assert week.changes


def test_more_to_train_with_changes_nothing_before_the_next_plan(seasoned: History) -> None:
    has = seasoned.profile.equipment
    more = Equipment(has.gear | {Gear.BARBELL}, (*has.loads_kg, (Gear.BARBELL, (20.0, 40.0))))
    assert after(seasoned, Word(TUESDAY, Answers(equipment=more))).week == seasoned.following


def test_what_is_back_again_is_used_as_planned(seasoned: History) -> None:
    back = Answers(equipment=seasoned.profile.equipment)
    assert after(seasoned, Word(TUESDAY, GONE), Word(TUESDAY, back)).week == seasoned.following


def test_a_session_told_of_before_was_done_with_what_was_there(seasoned: History) -> None:
    done = Answers(sessions=(SessionReport(0, Effort.RIGHT), SessionReport(1, Effort.RIGHT)))
    assert after(seasoned, Word(0, done), Word(TUESDAY, GONE)).week == seasoned.following


def test_an_easier_or_harder_step_that_is_gone_is_not_offered(seasoned: History) -> None:
    has = seasoned.profile.equipment
    stepped = [p for p in loaded(seasoned.following, 1) if p.harder is not None and p.harder.load_kg > p.dose.load_kg]
    p = stepped[0]
    assert p.harder is not None
    lost = {load for q in stepped if q.harder is not None for load in [q.harder.load_kg]} - {
        q.dose.load_kg for q in loaded(seasoned.following, 1)
    }
    fewer = Equipment(has.gear, tuple((g, tuple(x for x in loads if x not in lost)) for g, loads in has.loads_kg))
    week = after(seasoned, Word(TUESDAY, Answers(equipment=fewer))).week
    now = next(q for q in week.sessions[1].exercises if q.exercise == p.exercise)
    assert (now.dose, now.harder) == (p.dose, None if p.harder.load_kg in lost else p.harder)


def test_with_pain_told_too_nothing_sore_and_nothing_missing_is_asked_for(seasoned: History) -> None:
    pain = Answers(pains=(Pain(Region.KNEE, 6),))
    for said in ([GONE, pain], [pain, GONE]):
        week = after(seasoned, *(Word(TUESDAY, answers) for answers in said)).week
        for p in week.sessions[1].exercises:
            assert fits(p, BARE)
            assert not CATALOGUE.by_slug[p.exercise].tissue(Region.KNEE)


def test_equipment_is_no_word_about_how_the_week_went() -> None:
    assert GONE.silent
    assert merge([GONE, SILENCE]).equipment == BARE
    assert not merge([GONE, Answers(sleep=3)]).silent


def test_a_week_with_nothing_but_other_equipment_teaches_what_silence_teaches(seasoned: History) -> None:
    week = after(seasoned, Word(TUESDAY, GONE)).week
    assert coach.fold(seasoned.profile, seasoned.progress, week, GONE, CATALOGUE) == coach.fold(
        seasoned.profile, seasoned.progress, week, SILENCE, CATALOGUE
    )


def test_a_screening_answer_that_allows_no_plan_empties_what_is_to_come(seasoned: History) -> None:
    profile = replace(seasoned.profile, screens=frozenset({Screen.SURGERY}))
    done = Word(0, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    rest = coach.rest_of_week(profile, seasoned.progress, seasoned.following, [done], CATALOGUE)
    assert rest.week.sessions[0] == seasoned.following.sessions[0]
    assert not rest.week.sessions[1].exercises
    assert rest.week.stretch is None
    assert [n.kind for n in rest.week.notices] == [NoticeKind.CLEARANCE]
    cleared = replace(profile, cleared=True)
    assert coach.rest_of_week(cleared, seasoned.progress, seasoned.following, [done], CATALOGUE).week == (
        seasoned.following
    )


THINGS = st.frozensets(st.sampled_from([g for g in Gear if g not in HOUSEHOLD]))


@given(histories(), THINGS, st.integers(-1, 6))
def test_what_is_still_to_come_can_be_done_with_what_is_left_and_takes_no_longer(
    history: Any, kept: frozenset[Gear], day: int
) -> None:
    profile, before, plan, _ = history
    has = profile.equipment
    left = Equipment(has.gear & kept, tuple(x for x in has.loads_kg if x[0] in kept))
    week = coach.rest_of_week(profile, before, plan, [Word(day, Answers(equipment=left))], CATALOGUE).week
    for planned, now in zip(plan.sessions, week.sessions, strict=True):
        if now.day < day:
            assert now == planned
            continue
        assert now.minutes <= planned.minutes
        for p in now.exercises:
            assert fits(p, left)
            assert p.dose.sets <= max((q.dose.sets for q in planned.exercises), default=0)


def test_where_only_heavier_weights_are_left_another_exercise_takes_the_place_of_a_carry(seasoned: History) -> None:
    carry = next(p for p in loaded(seasoned.following, 0) if p.exercise == "suitcase-carry")
    heavier = Equipment(seasoned.profile.equipment.gear, ((Gear.DUMBBELLS, (carry.dose.load_kg + 4,)),))
    week = after(seasoned, Word(0, Answers(equipment=heavier))).week
    assert "suitcase-carry" not in {p.exercise for p in week.sessions[0].exercises}
    assert all(fits(p, heavier) for p in week.sessions[0].exercises)
    assert not loaded(week, 0), "nothing heavier than planned is asked for"
