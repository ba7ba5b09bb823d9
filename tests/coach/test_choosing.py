"""Which exercise fills a place: the one in use while it serves, else the one this runner needs. docs/evidence.md#ladder"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import coach
from coach import choosing, limits, planning, safety, serving, sessions
from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.catalogue import Catalogue
from coach.profile import Equipment, Experience, Gear, Race, Region, Run, RunKind, Screen
from coach.progress import RegionState, Seen
from coach.week import Dose, Phase, Prescription, Session, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY
from tests.coach.crew import GYM
from tests.coach.places import DUMBBELLS, EIGHT, RUNNER, TOP, code, knee, plan
from tests.coach.runners import (
    WEEK,
    a_steady_runner,
    in_slot,
    known,
    live,
    prescriptions,
    slots,
    some_progress,
)

# ---- what is in use stays


def test_an_exercise_stays_while_it_serves(catalogue: Catalogue) -> None:
    assert knee("reverse-lunge", catalogue).exercise == "reverse-lunge"
    assert knee("reverse-lunge", catalogue, weeks=0).exercise == "reverse-lunge"


def test_two_runners_alike_differ_in_taste_and_one_runner_does_not(catalogue: Catalogue) -> None:
    def chosen(key: str) -> tuple[str, ...]:
        week = live(a_steady_runner(key=key), catalogue, []).following
        return tuple(p.exercise for p in prescriptions(week))

    assert chosen("ada") == chosen("ada")
    assert len({chosen(key) for key in ("ada", "bea", "cyd", "dov", "eli", "flo")}) > 1


def test_thirty_runners_of_one_kind_get_ten_different_first_weeks(catalogue: Catalogue) -> None:
    def chosen(key: str) -> tuple[str, ...]:
        return tuple(p.exercise for p in prescriptions(live(a_steady_runner(key=key), catalogue, []).following))

    weeks = [chosen(f"runner {n}") for n in range(30)]
    assert len(set(weeks)) >= 10


# ---- the ladder


def test_two_sessions_at_the_top_bring_the_next_rung(catalogue: Catalogue) -> None:
    p = knee("split-squat", catalogue, TOP, stronger=0.4, state={"top": 2})
    assert (p.exercise, code(p)) == ("reverse-lunge", "ladder_up")
    assert "Reverse lunge follows Split squat" in reasons.sentence(p.change, catalogue, "kg", ENGLISH)  # type: ignore[arg-type]


def test_a_rung_that_has_only_just_left_is_not_climbed_again(catalogue: Catalogue) -> None:
    def after(idle: int) -> str:
        left = known("reverse-lunge", catalogue, RUNNER, EIGHT, idle=idle)
        others = (replace(left, mu=left.mu + 0.4),)
        return knee("split-squat", catalogue, TOP, stronger=0.4, state={"top": 2}, others=others).exercise

    assert after(choosing.NEW_AGAIN - 1) == "split-squat"
    assert after(choosing.NEW_AGAIN) == "reverse-lunge"


def test_one_session_at_the_top_is_not_enough_for_the_next_rung(catalogue: Catalogue) -> None:
    assert knee("split-squat", catalogue, TOP, state={"top": 1}).exercise == "split-squat"


@pytest.mark.parametrize(
    "against",
    [
        {},
        {"seen": Seen(MONDAY, "sets", 2, 6, 0.0, failed=2)},
        {"idle": 1},
        {"weeks": choosing.MET - 1},
        {"seen": Seen(MONDAY, "hard", 2, 10, 0.0)},
    ],
)
def test_a_rung_is_climbed_early_when_even_its_longest_set_would_be_too_easy(
    against: dict[str, Any], catalogue: Catalogue
) -> None:
    p = knee("split-squat", catalogue, TOP, stronger=0.4, state={"top": 0, **against})
    assert (p.exercise, code(p)) == (("split-squat", code(p)) if against else ("reverse-lunge", "ladder_up_early"))


@pytest.mark.parametrize(
    "against",
    [
        {"state": {"top": 2}, "hold": "unclear"},
        {"state": {"top": 2}, "missed": 1},
        {"state": {"top": 2}, "soreness": 8},
        {"state": {"top": 2}, "strain": 1},
        {"state": {"top": 2}, "regions": (RegionState(Region.BACK, 3),)},
        {"state": {"top": 2}, "profile": a_steady_runner(screens=frozenset({Screen.HEART}))},
        {"state": {"top": 2}, "profile": a_steady_runner(race=Race(MONDAY + timedelta(days=30), 10.0))},
    ],
    ids=["unclear", "missed", "sore", "tired", "pain elsewhere", "not cleared", "peaking"],
)
def test_no_rung_is_climbed_when_anything_speaks_against_it(against: dict[str, Any], catalogue: Catalogue) -> None:
    assert knee("split-squat", catalogue, TOP, stronger=0.4, **against).exercise == "split-squat"


def test_a_rung_that_is_far_too_hard_is_not_climbed(catalogue: Catalogue) -> None:
    for stronger, to in ((0.03, "split-squat"), (0.4, "reverse-lunge")):
        assert knee("split-squat", catalogue, TOP, stronger=stronger, state={"top": 2}).exercise == to


def test_two_weeks_below_the_bottom_bring_the_rung_below(catalogue: Catalogue) -> None:
    p = knee("reverse-lunge", catalogue, Dose(3, 5), state={"low": 2})
    assert (p.exercise, code(p)) == ("split-squat", "ladder_down")
    assert knee("reverse-lunge", catalogue, Dose(3, 5), state={"low": 1}).exercise == "reverse-lunge"


def test_what_falls_short_gives_way_though_there_is_no_rung_below_to_go_to(catalogue: Catalogue) -> None:
    p = knee("split-squat", catalogue, Dose(3, 5), state={"low": 2})
    assert p.exercise != "split-squat"
    assert code(p) == "ladder_down"
    assert p.dose.amount > 5
    only = [e for e in catalogue.exercises if e.slug == "split-squat" or e.pattern not in {"squat", "lunge", "step"}]
    assert knee("split-squat", replace(catalogue, exercises=tuple(only)), Dose(3, 5), state={"low": 2}).exercise == (
        "split-squat"
    )


def test_what_falls_short_gives_way_though_its_easier_version_is_in_the_other_session(catalogue: Catalogue) -> None:
    states = (
        known("reverse-lunge", catalogue, RUNNER, Dose(3, 5), low=2),
        known("split-squat", catalogue, RUNNER, EIGHT),
    )
    programme = slots(("A", "knee", "reverse-lunge", 3), ("B", "knee", "split-squat", 3))
    week = plan(some_progress(*states, programme=programme), catalogue)
    assert in_slot(week, "knee").exercise not in {"reverse-lunge", "split-squat"}
    assert in_slot(week, "knee", 1).exercise == "split-squat"


def test_at_the_top_of_the_ladder_there_is_nowhere_to_go(catalogue: Catalogue) -> None:
    p = knee("rear-foot-elevated-split-squat", catalogue, Dose(3, 12, 16.0, Gear.DUMBBELLS), state={"top": 2})
    assert p.exercise == "rear-foot-elevated-split-squat"


def test_what_has_just_come_back_is_not_outgrown_by_its_former_sessions(catalogue: Catalogue) -> None:
    def after(weeks: int) -> str:
        most = Dose(3, 12, 16.0, Gear.DUMBBELLS)
        return code(knee("rear-foot-elevated-split-squat", catalogue, most, weeks=weeks, state={"top": 5}))

    assert after(choosing.OUTGROWN) == "swap_outgrown"
    assert after(choosing.OUTGROWN - 1) != "swap_outgrown"


def test_an_exercise_is_not_outgrown_while_there_is_a_heavier_load_to_go_on_to(catalogue: Catalogue) -> None:
    def after(load_kg: float, **state: int) -> str:
        top = Dose(3, 12, load_kg, Gear.DUMBBELLS)
        lunges = a_steady_runner(equipment=DUMBBELLS)
        return code(knee("rear-foot-elevated-split-squat", catalogue, top, profile=lunges, state={"top": 5, **state}))

    assert after(12.0) != "swap_outgrown"
    assert after(16.0) == "swap_outgrown"
    assert after(12.0, refused=3) == "swap_outgrown"


def test_what_is_outgrown_is_so_without_a_dose_to_remember(catalogue: Catalogue) -> None:
    lost: dict[str, Any] = {"top": 5, "last": None}
    assert code(knee("rear-foot-elevated-split-squat", catalogue, state=lost)) == "swap_outgrown"


# ---- variety


def stay_most(catalogue: Catalogue) -> int:
    return int(catalogue.constants.stay_most)


def test_after_many_weeks_another_exercise_takes_its_turn_however_well_it_goes(catalogue: Catalogue) -> None:
    p = knee("reverse-lunge", catalogue, weeks=stay_most(catalogue))
    assert code(p) == "swap_variety"
    assert catalogue.by_slug[p.exercise].ladder != "split-squat"
    assert knee("reverse-lunge", catalogue, weeks=stay_most(catalogue) - 1).exercise == "reverse-lunge"


@pytest.mark.parametrize("equipment", [Equipment(), DUMBBELLS, GYM])
def test_nothing_stays_for_good_where_anything_else_fits(equipment: Equipment, catalogue: Catalogue) -> None:
    """After sixteen weeks whatever fits will do, of the same ladder too; a few weeks more are those in which nothing new may come."""
    lived = live(a_steady_runner(equipment=equipment, strength_days=(0, 2, 4)), catalogue, [Effort.RIGHT] * 60)
    after, free = lived.progress, 0
    s = planning.situation(lived.profile, after, catalogue, lived.following.week_of)
    elsewhere = {x.exercise for x in after.programme}
    for held in after.programme:
        slot = next(x for x in catalogue.slots if x.key == held.slot)
        others = [e for e in s.kit.exercises(slot).values() if e.slug not in elsewhere and serving.fits(s, e)]
        # Of jumps, a week has one place only.
        if held.weeks > stay_most(catalogue) + 5 and held.idle == 0 and held.slot != "jumps":
            assert not others, (held, [e.slug for e in others])
        free += bool(others)
    assert free


def test_the_side_of_the_hip_has_its_variety_too(catalogue: Catalogue) -> None:
    lived = live(a_steady_runner(equipment=Equipment()), catalogue, [Effort.RIGHT] * 20)
    weeks = (*lived.weeks, lived.following)
    assert len({p.exercise for w in weeks for p in prescriptions(w) if p.slot == "hip"}) > 2


def test_nobody_begins_with_what_a_place_takes_for_variety(catalogue: Catalogue) -> None:
    also = {slug for slot in catalogue.slots for slug in slot.also}
    assert also
    for year in (1935, 1960, 1985):
        first = live(a_steady_runner(birth_year=year, cleared=True, equipment=Equipment()), catalogue, []).following
        assert not {p.exercise for p in prescriptions(first) if p.slot == "hip"} & also


def test_a_lifter_with_a_barbell_has_a_heavy_lift_soon_after_the_first_weeks(catalogue: Catalogue) -> None:
    lifter = a_steady_runner(experience=Experience.SEASONED, equipment=GYM, strength_days=(3,))
    lived = live(lifter, catalogue, [Effort.EASY] * 8)
    told = {r.code: w.number for w in (*lived.weeks, lived.following) for r in w.changes}
    both = [w.number for w in lived.weeks if any(p.dose.gear is Gear.BARBELL for p in prescriptions(w))]
    assert min(both) <= int(catalogue.constants.anatomical_weeks) + 2
    assert "swap_heavy" in told


@pytest.mark.parametrize(("idle", "comes"), [(choosing.NEW_AGAIN - 1, False), (choosing.NEW_AGAIN, True)])
def test_a_heavy_lift_that_has_only_just_left_does_not_come_straight_back(
    idle: int, comes: bool, catalogue: Catalogue
) -> None:
    lifter = a_steady_runner(experience=Experience.SEASONED, equipment=GYM)
    lifts = [
        e.slug for e in catalogue.exercises if e.sides == 1 and {Gear.BARBELL, Gear.MACHINE}.intersection(e.loadable)
    ]
    before = Dose(2, 6, 60.0, Gear.BARBELL)
    rested = [known(slug, catalogue, lifter, before, idle=idle) for slug in lifts]
    p = knee("split-squat", catalogue, profile=lifter, weeks=5, others=tuple(rested))
    assert (code(p) == "swap_heavy") is comes


def test_an_exercise_that_stands_still_gives_way_once_it_has_had_its_time(catalogue: Catalogue) -> None:
    weeks, flat = int(catalogue.constants.swap_after), int(catalogue.constants.plateau_weeks)
    p = knee("reverse-lunge", catalogue, weeks=weeks, state={"plateau": flat})
    assert code(p) == "swap_plateau"
    assert catalogue.by_slug[p.exercise].ladder != "split-squat"
    for too_early in (
        {"weeks": weeks - 1, "state": {"plateau": flat}},
        {"weeks": weeks, "state": {"plateau": flat - 1}},
    ):
        assert knee("reverse-lunge", catalogue, **too_early).exercise == "reverse-lunge"


def test_weeks_without_a_rise_are_counted_and_a_rise_of_load_or_length_begins_anew(catalogue: Catalogue) -> None:
    def plateau_after(now: Dose, before: Dose, left: int = 3) -> int:
        state = known("reverse-lunge", catalogue, RUNNER, before, plateau=2)
        progress = some_progress(state, programme=slots(("A", "knee", "reverse-lunge", 3)))
        week = plan(progress, catalogue)
        n, p = next((n, p) for n, s in enumerate(week.sessions) for p in s.exercises if p.exercise == "reverse-lunge")
        told = ExerciseReport(p.exercise, now.sets, now.amount, left, now.load_kg)
        session = SessionReport(n, Effort.RIGHT, exercises=(told,))
        after = coach.fold(
            RUNNER, progress, replace(week, sessions=raised(week, n, p, now)), Answers((session,)), catalogue
        )
        return next(e for e in after.exercises if e.exercise == "reverse-lunge").plateau

    assert plateau_after(EIGHT, EIGHT) == 3
    assert plateau_after(replace(EIGHT, amount=12), EIGHT) == 0
    assert plateau_after(replace(EIGHT, load_kg=10.0), EIGHT) == 0
    assert plateau_after(replace(EIGHT, amount=7), EIGHT) == 0
    assert plateau_after(EIGHT, EIGHT, left=0) == 0


@pytest.mark.parametrize("equipment", [Equipment(), RUNNER.equipment])
@pytest.mark.parametrize("experience", Experience)
def test_who_always_says_hard_gets_nothing_new_and_what_was_too_hard_only_as_the_easier_version_or_to_stand_on_one_leg(
    experience: Experience, equipment: Equipment, catalogue: Catalogue
) -> None:
    runner = a_steady_runner(experience=experience, equipment=equipment, minutes=30)
    out: set[str] = set()
    downs = 0
    for week in live(runner, catalogue, [Effort.HARD] * 24).weeks:
        swaps = [p.change for p in prescriptions(week) if p.change and "from" in dict(p.change.values)]
        assert not sessions.NEW.intersection(x.code for x in swaps)
        for change in swaps:
            told = dict(change.values)
            assert change.code in {"ladder_down", "swap_one_leg"} or told["to"] not in out
            if change.code == "ladder_down":
                out.add(str(told["from"]))
                downs += 1
    assert downs


def raised(week: Week, n: int, p: Prescription, to: Dose) -> tuple[Session, ...]:
    """The week's sessions with this prescription dosed otherwise."""
    exercises = tuple(replace(x, dose=to) if x is p else x for x in week.sessions[n].exercises)
    return tuple(replace(s, exercises=exercises) if k == n else s for k, s in enumerate(week.sessions))


@pytest.mark.parametrize(
    "against", [{"missed": 1}, {"hold": "hurts"}, {"profile": a_steady_runner(screens=frozenset({Screen.BONE}))}]
)
def test_nothing_new_comes_in_an_unquiet_week(against: dict[str, Any], catalogue: Catalogue) -> None:
    assert knee("reverse-lunge", catalogue, weeks=stay_most(catalogue), **against).exercise == "reverse-lunge"


def test_where_there_is_nothing_else_the_exercise_stays(catalogue: Catalogue) -> None:
    few = [e for e in catalogue.exercises if e.ladder == "split-squat" or e.pattern not in {"squat", "lunge", "step"}]
    fewer = replace(catalogue, exercises=tuple(few))
    assert knee("reverse-lunge", fewer, weeks=stay_most(catalogue)).exercise == "reverse-lunge"


@pytest.mark.parametrize("experience", Experience)
@pytest.mark.parametrize("days", [(0, 3), (0, 2, 4)])
def test_a_session_brings_one_new_thing_a_week(
    experience: Experience, days: tuple[int, ...], catalogue: Catalogue
) -> None:
    """A rung, a place, the first jumps or something in another's stead; a third session, when it begins, too."""
    from coach.sessions import NEW

    for key in ("ada", "bea", "cyd"):
        runner = a_steady_runner(key=key, experience=experience, strength_days=days, runs=())
        met: set[str] = set()
        for week in live(runner, catalogue, [Effort.EASY] * 16).weeks:
            for session in week.sessions:
                assert sum(p.change is not None and p.change.code in NEW for p in session.exercises) <= 1
                assert not met or len({p.exercise for p in session.exercises} - met) <= 1
            met |= {p.exercise for p in prescriptions(week)}


def test_who_comes_back_after_weeks_away_meets_nothing_new(catalogue: Catalogue) -> None:
    """Nor does one who waits for clearance, though a second session begins anew."""
    for screens in (frozenset[Screen](), frozenset({Screen.BLOOD_PRESSURE})):
        once = a_steady_runner(strength_days=(0,), screens=screens, equipment=GYM)
        lived = live(once, catalogue, [Effort.RIGHT] * 6)
        back = replace(once, strength_days=(0, 3))
        week = coach.next_week(back, lived.progress, catalogue, week_of=MONDAY + 14 * WEEK)
        assert [s.name for s in week.sessions] == ["A", "B"]
        assert {p.exercise for p in prescriptions(week)} <= {p.exercise for w in lived.weeks for p in prescriptions(w)}


# ---- equipment


def test_nothing_is_chosen_that_the_runner_cannot_load(catalogue: Catalogue) -> None:
    listed_without_loads = a_steady_runner(equipment=Equipment(frozenset(Gear)))
    lived = live(listed_without_loads, catalogue, [Effort.EASY] * 6)
    for week in (*lived.weeks, lived.following):
        assert all(catalogue.by_slug[p.exercise].start_load_share == 0 for p in prescriptions(week))


def test_new_equipment_is_used_without_throwing_the_programme_over(catalogue: Catalogue) -> None:
    poor = a_steady_runner(equipment=Equipment())
    lived = live(poor, catalogue, [Effort.RIGHT] * 5)
    richer = replace(poor, equipment=DUMBBELLS)
    rich = coach.next_week(richer, lived.progress, catalogue, week_of=MONDAY + 5 * WEEK)
    before = {(s.name, p.slot): p.exercise for s in lived.weeks[-1].sessions for p in s.exercises}
    after = {(s.name, p.slot): p.exercise for s in rich.sessions for p in s.exercises}
    kept = [k for k in before if before[k] == after.get(k)]
    assert len(kept) >= len(before) - 2
    later = live(richer, catalogue, [Effort.EASY] * 8, progress=lived.progress, start=MONDAY + 5 * WEEK)
    assert any(p.dose.load_kg > 0 for p in prescriptions(later.following))


def test_a_seasoned_runner_with_a_barbell_gets_a_heavy_lift_with_both_legs(catalogue: Catalogue) -> None:
    loads = tuple(float(x) for x in range(20, 141, 5))
    gym = Equipment(frozenset({Gear.BARBELL, Gear.BENCH}), ((Gear.BARBELL, loads),))
    lifter = a_steady_runner(experience=Experience.SEASONED, equipment=gym)

    def lifts(week: Week) -> list[str]:
        two_legged = [p for p in prescriptions(week) if catalogue.by_slug[p.exercise].sides == 1]
        return [p.exercise for p in two_legged if p.dose.gear is Gear.BARBELL]

    assert lifts(plan(some_progress(), catalogue, lifter))


# ---- a runner's own limits


def test_a_pregnant_runner_is_never_given_what_does_not_suit(catalogue: Catalogue) -> None:
    pregnant = a_steady_runner(screens=frozenset({Screen.PREGNANT}), cleared=True)
    lived = live(pregnant, catalogue, [Effort.RIGHT] * 10)
    for week in (*lived.weeks, lived.following):
        assert week.sessions
        for p in prescriptions(week):
            assert Screen.PREGNANT not in catalogue.by_slug[p.exercise].avoid_when


def test_one_who_is_new_to_strength_begins_on_low_rungs(catalogue: Catalogue) -> None:
    for key in ("ada", "bea", "cyd", "dov"):
        novice = a_steady_runner(key=key, experience=Experience.NEW)
        rungs = [catalogue.by_slug[p.exercise].rung for p in prescriptions(live(novice, catalogue, []).following)]
        assert sum(r <= serving.START_RUNG[Experience.NEW] for r in rungs) >= 0.7 * len(rungs)


def test_at_least_half_of_a_session_works_one_leg_at_a_time(catalogue: Catalogue) -> None:
    for week in live(RUNNER, catalogue, [Effort.RIGHT] * 12).weeks:
        for session in week.sessions:
            single = sum(catalogue.by_slug[p.exercise].single_leg for p in session.exercises)
            assert 2 * single >= len(session.exercises)


def test_no_session_holds_an_exercise_twice_and_two_sessions_differ(catalogue: Catalogue) -> None:
    for week in live(RUNNER, catalogue, [Effort.RIGHT] * 6).weeks:
        a, b = ([p.exercise for p in s.exercises] for s in week.sessions)
        assert len(set(a)) == len(a)
        assert not set(a) & set(b)


# ---- race week and light sessions


def test_race_week_brings_nothing_new_and_nothing_heavy(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + 8 * WEEK + timedelta(days=6), 10.0))
    lived = live(racing, catalogue, [Effort.RIGHT] * 8)
    done = {e.exercise for e in lived.progress.exercises if e.weeks}
    race_week = prescriptions(lived.following)
    assert race_week
    assert {p.exercise for p in race_week} <= done
    assert not any(safety.heavy_legs(catalogue.by_slug[p.exercise]) for p in race_week)


def test_a_taper_brings_nothing_never_done_though_a_place_stays_empty(catalogue: Catalogue) -> None:
    for day in (0, 1, 2):
        racing = a_steady_runner(
            race=Race(MONDAY + 8 * WEEK + timedelta(days=6), 21.1),
            runs=(Run(day + 1, RunKind.QUALITY),),
            strength_days=(day,),
        )
        lived = live(replace(racing, strength_days=(day, 4)), catalogue, [Effort.RIGHT] * 6)
        week = coach.next_week(racing, lived.progress, catalogue, week_of=MONDAY + 6 * WEEK)
        assert week.phase is Phase.TAPER
        assert week.sessions
        assert {p.exercise for p in prescriptions(week)} <= {e.exercise for e in lived.progress.exercises if e.weeks}


def test_light_sessions_leave_the_legs_alone_and_the_full_programme_waiting(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + 6 * WEEK + timedelta(days=6), 10.0))
    lived = live(racing, catalogue, [Effort.RIGHT] * 7)
    assert [s.name for s in lived.weeks[-1].sessions] == ["Light A"]
    held = {(x.session, x.slot): x.exercise for x in lived.progress.programme}
    before = {(s.name, p.slot): p.exercise for w in lived.weeks[4:6] for s in w.sessions for p in s.exercises}
    assert all(held[k] == before[k] for k in before if k[0] == "A")


# ---- after pain, and for variety


@pytest.mark.parametrize(("calm", "climbs"), [(1, False), (limits.CALM_TO_SKIP, True)])
def test_no_rung_is_taken_early_onto_what_loads_a_place_that_has_lately_hurt(
    calm: int, climbs: bool, catalogue: Catalogue
) -> None:
    hurt = (RegionState(Region.KNEE, 0, calm_weeks=calm, fewer=1),)
    p = knee("split-squat", catalogue, TOP, stronger=0.4, state={"top": 0}, regions=hurt)
    assert (p.exercise == "reverse-lunge") is climbs
    assert knee("split-squat", catalogue, TOP, stronger=0.4, state={"top": 2}, regions=hurt).exercise == "reverse-lunge"


def test_what_has_only_just_left_is_not_brought_back_for_variety(catalogue: Catalogue) -> None:
    swapped = knee("split-squat", catalogue, weeks=16)
    assert code(swapped) == "swap_variety"
    for idle, back in ((1, False), (choosing.NEW_AGAIN, True)):
        left = known(swapped.exercise, catalogue, RUNNER, EIGHT, idle=idle)
        held = known("split-squat", catalogue, RUNNER, EIGHT)
        before = some_progress(held, left, programme=slots(("A", "knee", "split-squat", 16)))
        assert (in_slot(plan(before, catalogue), "knee").exercise == swapped.exercise) is back
