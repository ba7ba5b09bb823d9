from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import coach
from coach import safety
from coach.instead import MOST, instead
from coach.profile import Equipment, Experience, Gear, Region, Screen
from coach.progress import ExerciseState, RegionState
from coach.week import Dose, DoseMode
from tests.builders import MONDAY, a_prescription, a_profile, a_session, a_week

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Prescription, Week

GYM = Equipment(frozenset(Gear), ((Gear.DUMBBELLS, (4.0, 8.0, 12.0)), (Gear.BARBELL, (20.0, 40.0))))


def planned(profile: Profile, catalogue: Catalogue) -> tuple[Progress, Week]:
    progress = coach.start(profile, catalogue)
    return progress, coach.next_week(profile, progress, catalogue, week_of=MONDAY)


def pairs(profile: Profile, progress: Progress, week: Week, catalogue: Catalogue) -> list[tuple]:
    """(session, planned exercise, one alternative) of a week."""
    others = instead(profile, progress, catalogue, week)
    return [
        (session, p, other)
        for session, places in zip(week.sessions, others.sessions, strict=True)
        for p, choices in zip(session.exercises, places, strict=True)
        for other in choices
    ]


def one_place(profile: Profile, catalogue: Catalogue, item: Prescription, **changes: object) -> list[str]:
    """What is offered for an exercise that is a session's only one."""
    week = a_week(sessions=(a_session(exercises=(item,), **changes),))
    progress = coach.start(profile, catalogue)
    ((choices,),) = instead(profile, progress, catalogue, week).sessions
    return [other.exercise for other in choices]


PEOPLE = {
    "dumbbells": a_profile(),
    "nothing": a_profile(equipment=Equipment()),
    "a gym": a_profile(equipment=GYM, experience=Experience.SEASONED),
    "pregnant": a_profile(screens=frozenset({Screen.PREGNANT}), cleared=True),
    "fifteen minutes": a_profile(minutes=15),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_takes_a_place_is_safe_for_this_runner_and_needs_other_things(who, catalogue):
    profile = PEOPLE[who]
    progress, week = planned(profile, catalogue)
    found = pairs(profile, progress, week, catalogue)
    assert found
    for session, p, other in found:
        gone, e = catalogue.by_slug[p.exercise], catalogue.by_slug[other.exercise]
        assert next(s for s in catalogue.slots if s.key == p.slot).takes(e)
        assert e.possible_with(profile.equipment)
        assert not profile.screens.intersection(e.avoid_when)
        assert other.exercise not in {x.exercise for x in session.exercises}
        missing = frozenset().union(*gone.needs) | ({p.dose.gear} - {None})
        assert any(not missing.intersection(need) for need in e.needs)
        assert other.dose.gear not in missing
        assert other.mode is not DoseMode.CONTACTS
        assert other.dose.sets <= p.dose.sets
        assert other.harder is None


def test_no_place_has_a_long_menu(catalogue):
    for profile in PEOPLE.values():
        progress, week = planned(profile, catalogue)
        others = instead(profile, progress, catalogue, week)
        assert all(len(choices) <= MOST for places in others.sessions for choices in places)
        assert all(len(choices) <= MOST for choices in others.stretches)


def test_without_dumbbells_a_loaded_split_squat_gives_way_to_something_unloaded(catalogue):
    offered = one_place(a_profile(), catalogue, a_prescription())
    assert offered
    week = a_week(sessions=(a_session(exercises=(a_prescription(),)),))
    ((choices,),) = instead(a_profile(), coach.start(a_profile(), catalogue), catalogue, week).sessions
    assert all(other.dose.gear is None for other in choices)


def test_what_hurts_is_not_offered(catalogue):
    profile = a_profile()
    progress, week = planned(profile, catalogue)
    hurting = replace(progress, regions=(RegionState(Region.KNEE, 7, high_weeks=1),))
    regions = tuple(r for r in hurting.regions)
    for _, _, other in pairs(profile, hurting, week, catalogue):
        assert safety.allowed(catalogue.by_slug[other.exercise], regions, catalogue.constants)
    others = instead(profile, hurting, catalogue, week)
    for choices in others.stretches:
        for item in choices:
            stretch = catalogue.stretch_by_slug[item.stretch]
            assert Region.KNEE not in {*stretch.regions, *stretch.avoid}


def test_a_light_session_stays_light(catalogue):
    heavy = one_place(a_profile(), catalogue, a_prescription())
    light = one_place(a_profile(), catalogue, a_prescription(), light=True)
    assert any(safety.heavy_legs(catalogue.by_slug[x]) for x in heavy)
    assert not any(safety.heavy_legs(catalogue.by_slug[x]) for x in light)


def test_a_jump_is_left_out_and_never_replaced(catalogue):
    jump = a_prescription(exercise="pogo-hops", slot="spring", mode=DoseMode.CONTACTS, dose=Dose(2, 10))
    assert one_place(a_profile(), catalogue, jump) == []


def test_an_exercise_that_has_left_the_catalogue_has_no_alternative(catalogue):
    assert one_place(a_profile(), catalogue, a_prescription(exercise="no-longer-there")) == []
    progress = coach.start(a_profile(), catalogue)
    week = a_week()  # its stretches are not in the catalogue
    assert instead(a_profile(), progress, catalogue, week).stretches == ((), ())


def test_a_stretch_gives_way_to_one_of_the_same_target_with_other_things(catalogue):
    profile = a_profile()
    progress, week = planned(profile, catalogue)
    assert week.stretch is not None
    others = instead(profile, progress, catalogue, week).stretches
    assert any(others)
    for item, choices in zip(week.stretch.items, others, strict=True):
        for other in choices:
            assert catalogue.stretch_by_slug[other.stretch].target == item.target
            assert (other.hold_s, other.rounds) == (item.hold_s, item.rounds)
            props = catalogue.stretch_by_slug[item.stretch].props
            assert not set(props).intersection(catalogue.stretch_by_slug[other.stretch].props)


def test_a_week_without_stretching_offers_no_stretches(catalogue):
    profile = a_profile()
    progress, week = planned(profile, catalogue)
    assert instead(profile, progress, catalogue, replace(week, stretch=None)).stretches == ()


def test_what_this_runner_would_do_with_the_missing_things_is_not_offered(catalogue):
    offered = one_place(a_profile(), catalogue, a_prescription())
    profile = a_profile()
    progress = coach.start(profile, catalogue)
    strong = tuple(
        ExerciseState(slug, mu=5.0, var=0.01, weeks=3, last=Dose(3, 10, 12.0, Gear.DUMBBELLS)) for slug in offered
    )
    week = a_week(sessions=(a_session(exercises=(a_prescription(),)),))
    ((choices,),) = instead(profile, replace(progress, exercises=strong), catalogue, week).sessions
    assert not {other.exercise for other in choices}.intersection(
        slug for slug in offered if Gear.DUMBBELLS in catalogue.by_slug[slug].loadable
    )
