"""Another body mass written down: no dose rises or falls by it alone. docs/evidence.md#body-mass"""

from __future__ import annotations

from dataclasses import replace

import pytest

import coach
from coach import body_mass
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.week import Dose, Week
from tests.coach.runners import WEEK, History, a_steady_runner, codes, live, prescriptions, state, tapped


@pytest.fixture(scope="module")
def lived(catalogue: Catalogue) -> History:
    """A runner of 70 kg after twelve weeks."""
    return live(a_steady_runner(), catalogue, [Effort.RIGHT] * 12)


def last(history: History) -> dict[str, Dose]:
    return {e.exercise: e.last for e in history.progress.exercises if e.last is not None and not e.idle}


@pytest.mark.parametrize("kg", [35.0, 55.0, 67.0, 73.0, 90.0, 140.0])
def test_no_dose_rises_in_the_week_after_another_body_mass_and_none_falls_by_it(
    lived: History, catalogue: Catalogue, kg: float
) -> None:
    heavier = replace(lived.profile, body_mass_kg=kg)
    week = coach.next_week(heavier, lived.progress, catalogue, week_of=lived.following.week_of)
    assert "body_mass" in codes(week)
    before = last(lived)
    again = [p for p in prescriptions(week) if p.exercise in before]
    assert again
    for p in again:
        was = before[p.exercise]
        assert (p.dose.sets, p.dose.amount, p.dose.load_kg) == (was.sets, was.amount, was.load_kg)


def test_after_an_answer_the_loads_go_on_step_by_step(lived: History, catalogue: Catalogue) -> None:
    def following(kg: float) -> Week:
        profile = replace(lived.profile, body_mass_kg=kg)
        return live(profile, catalogue, [Effort.EASY], progress=lived.progress, start=lived.following.week_of).following

    lighter = following(55.0)
    assert "body_mass" not in codes(lighter)
    before = last(lived)
    risen = [p for p in prescriptions(lighter) if p.exercise in before and p.dose.load_kg > before[p.exercise].load_kg]
    assert risen
    for p in risen:
        assert p.dose.gear is not None
        heavier = [kg for kg in lived.profile.equipment.grid_kg(p.dose.gear) if kg > before[p.exercise].load_kg]
        assert p.dose.load_kg == heavier[0], "one step, and not what fifteen kilograms of body would leave room for"


def test_silence_leaves_it_level(lived: History, catalogue: Catalogue) -> None:
    lighter = replace(lived.profile, body_mass_kg=55.0)
    silent = live(lighter, catalogue, [None], progress=lived.progress, start=lived.following.week_of)
    assert silent.progress.hold == "body_mass"
    assert silent.progress.body_mass_kg == 55.0


def test_a_pound_more_or_less_holds_nothing(lived: History, catalogue: Catalogue) -> None:
    now = replace(lived.profile, body_mass_kg=70.5)
    week = coach.next_week(now, lived.progress, catalogue, week_of=lived.following.week_of)
    assert "body_mass" not in codes(week)
    assert [p.dose for p in prescriptions(week)] == [p.dose for p in prescriptions(lived.following)]


def test_the_same_body_mass_changes_nothing_and_neither_does_one_nobody_kept(
    lived: History, catalogue: Catalogue
) -> None:
    assert body_mass.at(lived.profile, lived.progress, catalogue) == lived.progress
    old = replace(lived.progress, body_mass_kg=0.0)
    assert body_mass.at(replace(lived.profile, body_mass_kg=90.0), old, catalogue) == old


def test_what_has_left_the_catalogue_is_left_as_it_was(lived: History, catalogue: Catalogue) -> None:
    gone = replace(lived.progress.exercises[0], exercise="no-longer-given")
    progress = replace(lived.progress, exercises=(*lived.progress.exercises, gone))
    now = body_mass.at(replace(lived.profile, body_mass_kg=90.0), progress, catalogue)
    assert state(now, "no-longer-given") == gone


def test_a_question_left_open_outranks_it(lived: History, catalogue: Catalogue) -> None:
    hurting = replace(lived.progress, hold="hurts")
    assert body_mass.at(replace(lived.profile, body_mass_kg=90.0), hurting, catalogue).hold == "hurts"


def test_a_week_planned_before_the_change_is_learnt_from_like_any_other(lived: History, catalogue: Catalogue) -> None:
    lighter = replace(lived.profile, body_mass_kg=55.0)
    planned = lived.following
    progress = coach.fold(lighter, lived.progress, planned, tapped(planned, Effort.RIGHT), catalogue)
    assert progress.hold == ""
    week = coach.next_week(lighter, progress, catalogue, week_of=planned.week_of + WEEK)
    before = {e.exercise: e.last for e in progress.exercises}
    for p in prescriptions(week):
        was = before.get(p.exercise)
        assert was is None or p.dose.load_kg <= max(was.load_kg * 1.5, was.load_kg + 10)
