"""Why an exercise gives way to another: pain, screening, things that are gone, the plan. docs/evidence.md#choice, docs/safety.md#pain"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

import coach
from coach import choosing, planning
from coach.answers import Effort
from coach.catalogue import Catalogue
from coach.choosing import CORE, FOR_PAIN
from coach.limits import LOW_END_S
from coach.profile import Equipment, Experience, Gear, Profile, Region, Screen
from coach.progress import RegionState, SlotState
from coach.week import Dose, Prescription, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.crew import GYM
from tests.coach.places import DUMBBELLS, EIGHT, RUNNER, code, knee, plan
from tests.coach.runners import (
    a_steady_runner,
    hurting,
    in_slot,
    known,
    live,
    prescriptions,
    slots,
    some_progress,
)

CUT = {4: 0.8, 5: 0.8, 6: 0.7, 7: 0.7}


def sore(region: Region, level: int) -> tuple[RegionState, ...]:
    return (RegionState(region, level, cut=CUT.get(level, 1.0)),)


# ---- the plan


def test_a_place_says_why_another_has_it(catalogue: Catalogue) -> None:
    s = planning.situation(RUNNER, some_progress(programme=slots(("A", "knee", "goblet-squat", 2))), catalogue, MONDAY)
    knees = next(slot for slot in catalogue.slots if slot.key == "knee")

    def because(*taken: str, **how: bool) -> str:
        settings = {"bilateral": True, "light": False, "change": False, "trifles": True, **how}
        chosen = choosing.pick(s, "A", knees, taken, (), **settings)
        return chosen.swap.code if chosen is not None and chosen.swap is not None else ""

    assert because() == ""
    assert because(bilateral=False) == "swap_one_leg"
    assert because(light=True) == "swap_light"
    assert because("goblet-squat") == "swap_plan"


def test_an_exercise_that_left_the_catalogue_is_replaced(catalogue: Catalogue) -> None:
    before = some_progress(programme=slots(("A", "knee", "gone-from-the-catalogue", 3)))
    p = in_slot(plan(before, catalogue), "knee")
    assert code(p) == "swap_plan"
    assert "Gone from the catalogue" in reasons.sentence(p.change, catalogue, "kg", ENGLISH)  # type: ignore[arg-type]


# ---- equipment


def test_an_exercise_whose_equipment_is_gone_gives_way(catalogue: Catalogue) -> None:
    seller = a_steady_runner(equipment=Equipment())
    p = knee("goblet-squat", catalogue, profile=seller)
    assert code(p) == "swap_equipment"
    assert catalogue.by_slug[p.exercise].possible_with(Equipment())
    listed = a_steady_runner(equipment=Equipment(frozenset({Gear.DUMBBELLS})))
    assert code(knee("goblet-squat", catalogue, profile=listed)) == "swap_equipment"


def holiday(weeks: int, catalogue: Catalogue) -> tuple[Week, Week, Week]:
    """The last week with dumbbells, the first of some without any, and the first with them again."""
    home = a_steady_runner(equipment=DUMBBELLS)
    lived = live(home, catalogue, [Effort.RIGHT] * 10)
    away = live(
        replace(home, equipment=Equipment()),
        catalogue,
        [Effort.RIGHT] * weeks,
        progress=lived.progress,
        start=lived.following.week_of,
    )
    again = coach.next_week(home, away.progress, catalogue, week_of=away.following.week_of)
    return lived.weeks[-1], away.weeks[0], again


@pytest.mark.parametrize("weeks", [1, 3])
def test_what_equipment_alone_took_out_is_back_at_once_when_that_is_there_again(
    weeks: int, catalogue: Catalogue
) -> None:
    before, away, again = holiday(weeks, catalogue)

    def loaded(week: Week) -> dict[tuple[str, str], Prescription]:
        return {(s.name, p.slot): p for s in week.sessions for p in s.exercises if p.dose.load_kg}

    here = {p.exercise for p in prescriptions(away)}
    gone = {place: p for place, p in loaded(before).items() if p.exercise not in here}
    assert gone
    for place, was in gone.items():
        now = loaded(again)[place]
        assert (now.exercise, code(now)) == (was.exercise, "swap_back")
        assert now.dose.load_kg <= was.dose.load_kg


def test_after_a_long_time_without_its_equipment_an_exercise_has_no_claim_to_its_place(catalogue: Catalogue) -> None:
    _, _, again = holiday(choosing.BACK_WEEKS + 1, catalogue)
    assert "swap_back" not in {code(p) for p in prescriptions(again)}


def test_what_loads_a_sore_place_more_waits_until_that_is_calm_though_its_equipment_is_back(
    catalogue: Catalogue,
) -> None:
    states = [
        known("goblet-squat", catalogue, RUNNER, EIGHT, idle=2),
        known("chair-sit-to-stand", catalogue, RUNNER, Dose(2, 12)),
    ]
    programme = (SlotState("A", "knee", "chair-sit-to-stand", 2, awaits="goblet-squat"),)

    def knee_place(level: int) -> Prescription:
        regions = (RegionState(Region.KNEE, level),)
        return in_slot(plan(some_progress(*states, programme=programme, regions=regions), catalogue), "knee")

    assert knee_place(3).exercise == "chair-sit-to-stand"
    assert (knee_place(2).exercise, code(knee_place(2))) == ("goblet-squat", "swap_back")


# ---- screening and age


def test_what_does_not_suit_leaves_the_plan_the_week_it_is_told(catalogue: Catalogue) -> None:
    lived = live(RUNNER, catalogue, [Effort.RIGHT] * 5)
    avoided = {e.slug for e in catalogue.exercises if Screen.PREGNANT in e.avoid_when}
    assert avoided & {p.exercise for p in prescriptions(lived.following)}
    told = replace(RUNNER, screens=frozenset({Screen.PREGNANT}), cleared=True)
    week = coach.next_week(told, lived.progress, catalogue, week_of=lived.following.week_of)
    assert not avoided & {p.exercise for p in prescriptions(week)}


def test_blood_pressure_is_named_as_the_reason_why_the_barbell_squat_is_gone(catalogue: Catalogue) -> None:
    lifter = a_steady_runner(
        experience=Experience.SEASONED, equipment=GYM, screens=frozenset({Screen.BLOOD_PRESSURE}), cleared=True
    )
    p = knee("back-squat", catalogue, Dose(3, 8, 60.0, Gear.BARBELL), profile=lifter)
    assert code(p) == "swap_screen"
    assert reasons.sentence(p.change, catalogue, "kg", ENGLISH).endswith("by your answers to the health questions.")  # type: ignore[arg-type]


def test_age_is_named_as_the_reason_why_jumps_become_smaller(catalogue: Catalogue) -> None:
    older = a_steady_runner(birth_year=MONDAY.year - 66, cleared=True)
    states = [known(slug, catalogue, older, Dose(2, 10), weeks=8) for slug in ("squat-jump-and-stick", "pogo-hops")]
    before = some_progress(*states, completed=30, programme=slots(("A", "jumps", "squat-jump-and-stick", 8)))
    p = in_slot(plan(before, catalogue, older), "jumps")
    assert catalogue.by_slug[p.exercise].rung <= choosing.OLDER_RUNG
    assert code(p) == "swap_age"


# ---- pain


def test_severe_pain_takes_out_what_loads_the_place_and_says_so(catalogue: Catalogue) -> None:
    chair = known("chair-sit-to-stand", catalogue, RUNNER, Dose(2, 12))
    p = knee("reverse-lunge", catalogue, regions=sore(Region.KNEE, 7), others=(chair,))
    assert (p.exercise, code(p)) == ("chair-sit-to-stand", "swap_pain")
    assert catalogue.by_slug[p.exercise].tissue(Region.KNEE) < 2
    assert dict(p.change.values)["pain"] == 7  # type: ignore[union-attr]


def test_where_all_that_is_left_is_new_and_loads_what_hurts_the_place_stays_empty(catalogue: Catalogue) -> None:
    held = known("reverse-lunge", catalogue, RUNNER, EIGHT)
    before = some_progress(held, programme=slots(("A", "knee", "reverse-lunge", 3)), regions=sore(Region.KNEE, 7))
    week = plan(before, catalogue)
    assert week.sessions
    assert not [p for p in prescriptions(week) if catalogue.by_slug[p.exercise].tissue(Region.KNEE)]


def test_a_place_that_has_hurt_is_loaded_gently_and_one_that_hurts_hardly(catalogue: Catalogue) -> None:
    def heaviest(level: int) -> int:
        lived = live(RUNNER, catalogue, [hurting(Region.KNEE, level)])
        return max(catalogue.by_slug[p.exercise].tissue(Region.KNEE) for p in prescriptions(lived.following))

    assert heaviest(7) <= 1 <= heaviest(1) <= 2


@pytest.mark.parametrize("level", [4, 5])
def test_pain_that_asks_for_less_brings_an_easier_version_that_is_known_and_loads_it_less(
    level: int, catalogue: Catalogue
) -> None:
    stairs = a_steady_runner(
        strength_days=(0,), equipment=replace(DUMBBELLS, gear=DUMBBELLS.gear | {Gear.STEP, Gear.BOX})
    )
    low = known("low-step-up", catalogue, stairs, Dose(2, 12))
    held = "step-up-with-knee-drive"
    p = knee(held, catalogue, Dose(3, 10), profile=stairs, regions=sore(Region.KNEE, level), others=(low,))
    assert (p.exercise, code(p)) == ("low-step-up", "ladder_down_pain")
    assert dict(p.change.values)["region"] == "knee"  # type: ignore[union-attr]
    unknown = knee(held, catalogue, Dose(3, 10), profile=stairs, regions=sore(Region.KNEE, level))
    assert (unknown.exercise, code(unknown)) == (held, "dose_pain")


def test_a_rung_below_that_loads_the_sore_place_as_much_takes_no_place_for_it(catalogue: Catalogue) -> None:
    split = known("split-squat", catalogue, RUNNER, EIGHT)
    once = a_steady_runner(strength_days=(0,))

    def after(last: Dose, low: int) -> Prescription:
        hurts = sore(Region.KNEE, 4)
        return knee("reverse-lunge", catalogue, last, profile=once, regions=hurts, others=(split,), state={"low": low})

    p, falling_short = after(EIGHT, 0), after(Dose(3, 5), 2)
    assert (p.exercise, code(p)) == ("reverse-lunge", "dose_pain")
    assert (falling_short.exercise, code(falling_short)) == ("split-squat", "ladder_down")


def test_pain_of_three_changes_no_exercise(catalogue: Catalogue) -> None:
    p = knee("reverse-lunge", catalogue, regions=sore(Region.KNEE, 3))
    assert p.exercise == "reverse-lunge"


def test_what_both_legs_do_together_while_it_hurts_gives_way_to_nothing_on_one_leg(catalogue: Catalogue) -> None:
    names = ("knee", "hinge", "calf", "hip")
    both = ("chair-sit-to-stand", "hip-hinge-drill", "double-leg-calf-raise", "side-lying-hip-abduction")
    one = ("single-leg-calf-raise", "soleus-wall-hold")
    states = [known(slug, catalogue, RUNNER, Dose(2, 15)) for slug in (*both, *one)]
    programme = slots(*[("A", slot, slug, 3) for slot, slug in zip(names, both, strict=True)])

    def calf(level: int) -> str:
        regions = (RegionState(Region.CALF, level),)
        return in_slot(plan(some_progress(*states, programme=programme, regions=regions), catalogue), "calf").exercise

    assert calf(0) != "double-leg-calf-raise"
    assert calf(3) == "double-leg-calf-raise"


def test_where_a_cut_leaves_nothing_of_an_exercise_nothing_comes_that_loads_the_place_as_much(
    catalogue: Catalogue,
) -> None:
    calves = ("double-leg-calf-raise", "single-leg-calf-raise", "bent-knee-calf-raise", "soleus-wall-hold")
    states = [known(slug, catalogue, RUNNER, Dose(1, 4)) for slug in calves]
    before = some_progress(
        *states, programme=slots(("A", "calf", "double-leg-calf-raise", 3)), regions=sore(Region.CALF, 4)
    )
    assert "calf" not in {p.slot for p in plan(before, catalogue).sessions[0].exercises}


def test_where_a_cut_leaves_nothing_of_an_exercise_one_that_spares_the_place_comes_and_says_so(
    catalogue: Catalogue,
) -> None:
    states = [
        known("single-leg-calf-raise", catalogue, RUNNER, Dose(1, 4)),
        known("double-leg-calf-raise", catalogue, RUNNER, Dose(2, 15)),
    ]
    before = some_progress(
        *states,
        programme=slots(("A", "calf", "single-leg-calf-raise", 3), ("B", "calf", "soleus-wall-hold", 3)),
        regions=sore(Region.CALF, 4),
    )
    p = in_slot(plan(before, catalogue), "calf")
    assert p.exercise == "double-leg-calf-raise"
    assert code(p) in {"swap_pain", "ladder_down_pain"}


def test_what_stands_in_for_pain_is_known_or_loads_nothing_sore_and_begins_low(catalogue: Catalogue) -> None:
    found = new = 0
    core = {slot.key for slot in catalogue.slots if slot.priority <= CORE}
    for region, level, equipment in product(Region, (4, 7), (Equipment(), DUMBBELLS, GYM)):
        runner = a_steady_runner(key=region, equipment=equipment)
        lived = live(runner, catalogue, [Effort.RIGHT, hurting(region, level)])
        done = {x.exercise for x in lived.progress.exercises if x.weeks}
        last = {p.exercise for p in prescriptions(lived.weeks[-1])}
        for p in prescriptions(lived.following):
            if p.exercise not in done:
                new += 1
                assert p.slot in core
                assert not catalogue.by_slug[p.exercise].tissue(region)
            if code(p) in FOR_PAIN and p.exercise not in last:
                found += 1
                assert p.dose.sets <= 2
                assert p.dose.amount <= LOW_END_S.get(p.mode, 8)
                assert p.up_to is None
    assert found >= new > 0


def loads_more(before: Week, after: Week, region: Region, met: set[str], catalogue: Catalogue) -> list[str]:
    """The exercises of a week that load a region more than what had their place the week before, and those never met that load it at all."""
    had = {(s.name, p.slot): p.exercise for s in before.sessions for p in s.exercises}
    tissue = {e.slug: e.tissue(region) for e in catalogue.exercises}
    return [
        p.exercise
        for s in after.sessions
        for p in s.exercises
        if tissue[p.exercise] > tissue.get(had.get((s.name, p.slot), p.exercise), 3)
        or (tissue[p.exercise] and p.exercise not in met)
    ]


@pytest.mark.parametrize("levels", [(4, 4), (6, 4, 4), (3, 5, 3)])
@pytest.mark.parametrize("region", [Region.BACK, Region.CALF, Region.GROIN, Region.HAMSTRING, Region.KNEE])
@pytest.mark.parametrize("equipment", [Equipment(), DUMBBELLS, GYM])
def test_while_a_region_hurts_nothing_comes_that_is_new_to_it_or_loads_it_more(
    region: Region, levels: tuple[int, ...], equipment: Equipment, catalogue: Catalogue
) -> None:
    for n, experience in enumerate(Experience):
        profile: Profile = a_steady_runner(key=f"sore{n}", experience=experience, equipment=equipment)
        told = [hurting(region, level) for level in levels]
        lived = live(profile, catalogue, [*[Effort.RIGHT] * 9, *told])
        weeks = (*lived.weeks, lived.following)
        for at in range(10, len(weeks)):
            met = {p.exercise for w in weeks[:at] for p in prescriptions(w)}
            assert not loads_more(weeks[at - 1], weeks[at], region, met, catalogue)
            for p in prescriptions(weeks[at]):
                if p.change is not None and p.change.code in {"swap_pain", "ladder_down_pain"}:
                    was, now = (catalogue.by_slug[str(dict(p.change.values)[x])] for x in ("from", "to"))
                    assert now.tissue(region) < was.tissue(region)
