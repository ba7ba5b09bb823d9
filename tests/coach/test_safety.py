"""What pain, red flags and screening do to a plan. docs/safety.md"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import coach
from coach import phases, safety
from coach.answers import Effort, Pain, RedFlag
from coach.catalogue import Catalogue
from coach.profile import Experience, Injury, Profile, Region, Screen
from coach.progress import Progress, RegionState
from coach.week import Dose, Notice, NoticeKind, Reason, Week
from language import reasons
from language.tongue import ENGLISH
from tests.builders import MONDAY, a_profile
from tests.coach.runners import a_steady_runner, an_exercise, live, prescriptions, some_progress

KNEE = {weight: an_exercise(tissues=((Region.KNEE, weight),) if weight else ()) for weight in range(4)}
JUMP = an_exercise(pattern="plyometric", tissues=((Region.CALF, 1),))


def hurts(level: float, region: Region = Region.KNEE) -> tuple[RegionState, ...]:
    return (RegionState(region, int(level)),)


def plan(profile: Profile, catalogue: Catalogue, progress: Progress | None = None, week_of: date = MONDAY) -> Week:
    return coach.next_week(profile, progress or coach.start(profile, catalogue), catalogue, week_of=week_of)


# ---- what pain leaves in


def test_pain_below_three_takes_nothing_out(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for exercise in (*KNEE.values(), JUMP):
        assert safety.allowed(exercise, hurts(c.pain_hold - 1), c)


def test_each_step_of_pain_takes_out_what_loads_the_region_less(catalogue: Catalogue) -> None:
    c = catalogue.constants
    left = {
        level: [w for w, e in KNEE.items() if safety.allowed(e, hurts(level), c)]
        for level in (c.pain_hold, c.pain_less, c.pain_severe, 10)
    }
    assert list(left.values()) == [[0, 1, 2, 3], [0, 1, 2], [0, 1], [0, 1]]


@pytest.mark.parametrize("pattern", ["calf", "hinge", "squat", "step", "trunk"])
def test_what_is_no_jump_goes_on_where_jumps_stop(pattern: str, catalogue: Catalogue) -> None:
    light = an_exercise(pattern=pattern, tissues=((Region.KNEE, 1),))
    assert safety.allowed(light, hurts(catalogue.constants.pain_hold), catalogue.constants)
    assert not safety.heavy_legs(light)


@pytest.mark.parametrize("region", Region)
def test_jumps_stop_at_three_in_any_part_of_the_leg(region: Region, catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert safety.allowed(JUMP, hurts(c.pain_hold, region), c) is (region is Region.BACK)


def test_severe_pain_in_the_back_leaves_jumps_that_do_not_load_it(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert safety.allowed(JUMP, hurts(c.pain_severe, Region.BACK), c)
    assert not safety.allowed(an_exercise(tissues=((Region.BACK, 2),)), hurts(c.pain_severe, Region.BACK), c)


def test_between_two_steps_the_lower_one_holds(catalogue: Catalogue) -> None:
    c = catalogue.constants
    assert c.pain_less < 5 < c.pain_severe
    assert [w for w, e in KNEE.items() if safety.allowed(e, hurts(5), c)] == [0, 1, 2]
    assert not safety.allowed(KNEE[3], hurts(10), c)


def test_any_region_may_take_an_exercise_out(catalogue: Catalogue) -> None:
    c = catalogue.constants
    both = (RegionState(Region.BACK, 1), RegionState(Region.KNEE, int(c.pain_severe)))
    assert not safety.allowed(KNEE[2], both, c)


def test_the_most_painful_region_an_exercise_loads_forbids_its_rise() -> None:
    sore = (RegionState(Region.HIP, 9), RegionState(Region.KNEE, 4), RegionState(Region.CALF, 5))
    exercise = an_exercise(tissues=((Region.KNEE, 1), (Region.CALF, 1)))
    assert safety.sore(exercise, sore) == RegionState(Region.CALF, 5)
    assert safety.sore(KNEE[0], sore) is None
    assert safety.sore(KNEE[1], sore) == safety.sore(KNEE[3], sore) == RegionState(Region.KNEE, 4)


def test_heavy_legs_are_jumps_and_what_loads_the_big_movers_in_earnest() -> None:
    assert safety.heavy_legs(JUMP)
    assert safety.heavy_legs(KNEE[2])
    assert safety.heavy_legs(KNEE[3])
    assert not safety.heavy_legs(an_exercise(pattern="trunk", tissues=((Region.BACK, 3),)))
    assert not safety.heavy_legs(an_exercise(pattern="squat", tissues=()))
    assert not safety.heavy_legs(KNEE[1])
    assert not safety.heavy_legs(an_exercise(tissues=((Region.BACK, 3), (Region.ANKLE, 2))))


# ---- what may come in while something hurts


def test_what_loads_no_sore_place_may_come_in_new_or_known() -> None:
    for known in (True, False):
        assert safety.may_enter(KNEE[0], KNEE[3], hurts(4), known=known)
        assert safety.may_enter(KNEE[3], KNEE[1], (), known=known)


def test_nothing_new_comes_in_that_loads_a_sore_place_however_little() -> None:
    assert safety.may_enter(KNEE[1], KNEE[3], hurts(4), known=True)
    assert not safety.may_enter(KNEE[1], KNEE[3], hurts(4), known=False)


def test_what_was_there_before_is_the_most_a_sore_place_is_loaded_by_what_takes_its_place() -> None:
    enters = {
        (before, less): [w for w in KNEE if safety.may_enter(KNEE[w], KNEE[before], hurts(4), known=True, less=less)]
        for before in (1, 2)
        for less in (False, True)
    }
    assert enters == {(1, False): [0, 1], (1, True): [0], (2, False): [0, 1, 2], (2, True): [0, 1]}


def test_into_an_empty_place_comes_what_the_runner_knows() -> None:
    assert safety.may_enter(KNEE[3], None, hurts(4), known=True)


def test_no_higher_rung_of_the_same_ladder_comes_in_on_a_sore_place() -> None:
    rungs = [replace(KNEE[2], rung=rung) for rung in range(1, 4)]
    assert [safety.may_enter(e, rungs[1], hurts(4), known=True) for e in rungs] == [True, True, False]
    for ladder in ("another", "other"):
        assert safety.may_enter(replace(rungs[2], ladder=ladder), rungs[1], hurts(4), known=True)


def test_one_sore_place_is_enough_to_keep_an_exercise_out() -> None:
    sore = (*hurts(4, Region.BACK), *hurts(4, Region.KNEE), *hurts(4, Region.FOOT))
    assert not safety.may_enter(KNEE[2], KNEE[1], sore, known=True)
    assert safety.may_enter(KNEE[1], KNEE[1], sore, known=True)


# ---- what a told pain does


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (0, [1.0, 1.0, 1.0, 1.0, 0.8, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7]),
        (3, [1.0, 1.0, 1.0, 1.0, 0.8, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7]),
        (4, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 0.7, 0.7]),
        (9, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.7, 0.7, 0.7, 0.7, 0.7]),
    ],
)
def test_four_cuts_once_and_six_cuts_every_time(before: int, kept: list[float], catalogue: Catalogue) -> None:
    assert [safety.cut(pain, before, catalogue.constants) for pain in range(11)] == kept


def test_pain_that_is_there_the_next_morning_counts_as_three_at_least(catalogue: Catalogue) -> None:
    c = catalogue.constants
    for settled, counted in ((False, [3, 3, 3, 3, 4, 9]), (True, [0, 1, 2, 3, 4, 9]), (None, [0, 1, 2, 3, 4, 9])):
        assert [safety.felt(Pain(Region.KNEE, n, settled), c) for n in (0, 1, 2, 3, 4, 9)] == counted


def test_a_place_told_to_hurt_a_little_is_named_and_holds_nothing_by_itself(catalogue: Catalogue) -> None:
    told = {level: [Pain(Region.KNEE, level)] for level in range(5)}
    assert [safety.named(pains) for pains in told.values()] == [False, True, True, True, True]
    assert [safety.placed(pains, catalogue.constants) for pains in told.values()] == [False, False, False, True, True]
    assert not safety.named([])
    assert not safety.placed([], catalogue.constants)


def test_of_several_places_told_one_is_enough(catalogue: Catalogue) -> None:
    pains = [Pain(Region.KNEE, 0), Pain(Region.CALF, 3), Pain(Region.FOOT, 0)]
    assert safety.named(pains)
    assert safety.placed(pains, catalogue.constants)
    assert safety.placed([Pain(Region.KNEE, 1, settled=False)], catalogue.constants)


def told(*injuries: Injury, **progress: Any) -> dict[Region, tuple[int, int, int]]:
    """Region → (pain that counts, pain told, sets fewer) once the profile with these injuries has been heeded."""
    found = safety.with_injuries(a_profile(injuries=injuries), some_progress(**progress)).regions
    return {r.region: (r.pain, r.told, r.fewer) for r in found}


def test_an_injury_of_the_profile_begins_at_its_pain_and_costs_a_set(catalogue: Catalogue) -> None:
    assert told() == {}
    assert told(Injury(Region.KNEE, current=True, pain=5)) == {Region.KNEE: (5, 5, 1)}
    assert told(Injury(Region.KNEE, current=True, pain=1)) == {Region.KNEE: (1, 1, 1)}
    assert told(Injury(Region.KNEE, current=True)) == {Region.KNEE: (3, 0, 1)}
    assert told(Injury(Region.KNEE, current=False, pain=5)) == {Region.KNEE: (0, 0, 1)}


def test_of_two_injuries_in_one_region_the_worse_counts() -> None:
    five, one, old = (Injury(Region.KNEE, current=x > 0, pain=x) for x in (5, 1, 0))
    assert told(five, one, old) == told(old, one, five) == {Region.KNEE: (5, 5, 1)}


def test_what_answers_have_said_of_a_region_outranks_the_profile() -> None:
    known = (RegionState(Region.KNEE, 2, fewer=0), RegionState(Region.BACK, 1))
    found = told(Injury(Region.KNEE, current=True, pain=8), Injury(Region.CALF, current=True, pain=4), regions=known)
    assert found == {Region.KNEE: (2, 0, 0), Region.BACK: (1, 0, 0), Region.CALF: (4, 4, 1)}
    assert list(found) == sorted(found)


def test_what_was_told_of_a_region_is_older_by_the_weeks_without_a_plan() -> None:
    progress = some_progress(regions=(RegionState(Region.KNEE, 4, told=4, ago=1), RegionState(Region.CALF, 2)))
    assert [r.ago for r in safety.aged(progress, 3).regions] == [4, 3]
    assert safety.aged(progress, 0) == progress


# ---- what stands above a plan


def notices(catalogue: Catalogue, profile: Profile | None = None, **progress: Any) -> list[tuple[NoticeKind, str]]:
    found = safety.notices(profile or a_profile(), some_progress(**progress), MONDAY, catalogue.constants)
    return [(n.kind, n.reason.code) for n in found]


def test_a_healthy_runner_has_no_notice(catalogue: Catalogue) -> None:
    assert notices(catalogue) == []
    assert notices(catalogue, regions=hurts(5)) == []


def test_severe_pain_or_two_weeks_of_four_call_for_a_clinician(catalogue: Catalogue) -> None:
    clinician = [(NoticeKind.CLINICIAN, "clinician")]
    assert notices(catalogue, regions=hurts(catalogue.constants.pain_severe)) == clinician
    assert notices(catalogue, regions=(RegionState(Region.KNEE, 4, high_weeks=2),)) == clinician
    assert notices(catalogue, regions=(RegionState(Region.KNEE, 4, high_weeks=1),)) == []


@pytest.mark.parametrize(
    ("hold", "weeks", "asked"),
    [
        ("", 0, []),
        ("unclear", 0, []),
        ("", 1, []),
        ("unclear", 1, []),
        ("hurts", 0, []),
        ("hurts", 1, ["hurts_where"]),
        ("hurts", 2, ["hurts_where"]),
        ("hurts", 3, ["hurts_lasting"]),
        ("hurts", 4, ["hurts_lasting"]),
    ],
)
def test_what_hurts_without_a_place_is_asked_for_and_from_the_third_week_on_shown_to_a_clinician(
    hold: str, weeks: int, asked: list[str]
) -> None:
    found = safety.ask_where(some_progress(hold=hold, unplaced=weeks))
    assert [n.reason.code for n in found] == asked


def test_a_week_knows_that_something_hurts_from_what_stands_above_it_or_from_its_changes(catalogue: Catalogue) -> None:
    week = replace(plan(a_steady_runner(), catalogue), notices=(), changes=())
    for code, knows in (("hurts", True), ("hurts_where", True), ("hurts_lasting", True), ("clearance", False)):
        reason = Reason(code)
        assert safety.knows_it_hurts(replace(week, changes=(Reason("first"), reason))) is knows
        assert safety.knows_it_hurts(replace(week, notices=(Notice(NoticeKind.CLINICIAN, reason),))) is knows
    assert not safety.knows_it_hurts(week)


def test_the_notice_names_the_region_and_the_number(catalogue: Catalogue) -> None:
    progress = some_progress(regions=(RegionState(Region.LATERAL_HIP, 7, 1, told=7), RegionState(Region.FOOT, 4, 3)))
    said = [
        reasons.sentence(n.reason, catalogue, "kg", ENGLISH)
        for n in safety.notices(a_profile(), progress, MONDAY, catalogue.constants)
    ]
    assert "7/10 in your side of the hip" in said[0]
    assert "In 3 weeks you have told us of 4/10 or more in your foot" in said[1]


def test_clearance_is_asked_for_until_it_is_given(catalogue: Catalogue) -> None:
    heart = a_profile(screens=frozenset({Screen.HEART}))
    assert notices(catalogue, heart) == [(NoticeKind.CLEARANCE, "clearance")]
    assert notices(catalogue, replace(heart, cleared=True)) == []
    pregnant = a_profile(screens=frozenset({Screen.PREGNANT}), cleared=True)
    assert notices(catalogue, pregnant) == [(NoticeKind.CLEARANCE, "clearance_gentle")]


# ---- screening


@pytest.mark.parametrize("screen", Screen)
def test_a_positive_screen_stops_or_holds_until_cleared(screen: Screen, catalogue: Catalogue) -> None:
    screened = a_steady_runner(screens=frozenset({screen}))
    stopped = safety.stop(screened, Progress(), MONDAY)
    assert (stopped is not None) == (screen in safety.STOPPING)
    assert not safety.may_progress(screened, MONDAY, catalogue.constants) or screen in safety.STOPPING
    cleared = replace(screened, cleared=True)
    assert safety.stop(cleared, Progress(), MONDAY) is None
    assert safety.may_progress(cleared, MONDAY, catalogue.constants) == (screen is not Screen.PREGNANT)


def test_every_screen_either_stops_or_holds() -> None:
    assert set(Screen) == safety.STOPPING | safety.HOLDING
    assert not safety.STOPPING & safety.HOLDING


def test_the_most_careful_of_several_screens_wins(catalogue: Catalogue) -> None:
    week = plan(a_steady_runner(screens=frozenset({Screen.DIABETES, Screen.SURGERY})), catalogue)
    assert (week.sessions, [n.kind for n in week.notices]) == ((), [NoticeKind.CLEARANCE])


def test_of_two_screens_that_stop_a_plan_the_same_one_is_always_named() -> None:
    screens = [Screen.SURGERY, Screen.POSTPARTUM, Screen.HEART]
    for order in (screens, screens[::-1]):
        notice = safety.stop(a_profile(screens=frozenset(order)), Progress(), MONDAY)
        assert notice is not None
        assert notice.reason.values == (("screen", min(safety.STOPPING.intersection(screens))),)


@pytest.mark.parametrize("screen", sorted(safety.HOLDING))
def test_before_clearance_there_is_a_gentle_plan(screen: Screen, catalogue: Catalogue) -> None:
    week = plan(a_steady_runner(screens=frozenset({screen})), catalogue)
    assert week.sessions
    assert [n.reason.code for n in week.notices] == ["clearance"]
    assert all(p.harder is None for s in week.sessions for p in s.exercises)


# ---- screening, once a year


def screened(days: int) -> Profile:
    """A healthy runner whose answers to the screening questions are so many days old on MONDAY."""
    return a_steady_runner(screened_on=MONDAY - timedelta(days=days))


def test_the_screening_questions_are_asked_again_after_a_year_and_hold_the_plan_after_eight_weeks_more(
    catalogue: Catalogue,
) -> None:
    c = catalogue.constants
    told = {
        days: [(n.kind, n.reason) for n in plan(screened(days), catalogue).notices]
        for days in (0, 364, 365, 366, 420, 421, 4000)
    }
    assert told[0] == told[364] == []
    assert told[365] == [(NoticeKind.SCREENING, Reason("screen_again", (("weeks", 8),)))]
    assert told[366] == told[365]
    assert told[420] == [(NoticeKind.SCREENING, Reason("screen_again", (("weeks", 1),)))]
    assert told[421] == told[4000] == [(NoticeKind.SCREENING, Reason("screen_overdue"))]
    assert safety.may_progress(screened(420), MONDAY, c)
    assert not safety.may_progress(screened(421), MONDAY, c)


def test_the_question_by_itself_changes_nothing_of_the_week(catalogue: Catalogue) -> None:
    asked = plan(screened(420), catalogue)
    assert replace(asked, notices=()) == plan(a_steady_runner(), catalogue)


def test_clearance_does_not_outlast_the_answers_it_was_given_for(catalogue: Catalogue) -> None:
    cleared = replace(screened(421), screens=frozenset({Screen.HEART}), cleared=True)
    assert not safety.may_progress(cleared, MONDAY, catalogue.constants)
    assert [n.reason.code for n in plan(cleared, catalogue).notices] == ["screen_overdue"]
    waiting = replace(cleared, cleared=False)
    assert [n.reason.code for n in plan(waiting, catalogue).notices] == ["clearance", "screen_overdue"]


def test_who_waits_for_clearance_is_asked_again_and_who_has_a_red_flag_is_not(catalogue: Catalogue) -> None:
    operated = replace(screened(365), screens=frozenset({Screen.SURGERY}))
    assert [n.kind for n in plan(operated, catalogue).notices] == [NoticeKind.CLEARANCE, NoticeKind.SCREENING]
    stopped = plan(screened(500), catalogue, some_progress(stopped=("fainting",)))
    assert [n.kind for n in stopped.notices] == [NoticeKind.STOP]


# ---- age


def test_nobody_who_may_be_under_eighteen_gets_a_plan(catalogue: Catalogue) -> None:
    young, adult = (
        plan(a_steady_runner(birth_year=MONDAY.year - age), catalogue)
        for age in (safety.ADULT_YEARS - 1, safety.ADULT_YEARS)
    )
    assert [n.kind for n in young.notices] == [NoticeKind.ADULTS_ONLY]
    assert (young.sessions, young.stretch, young.question) == ((), None, None)
    assert adult.sessions


def test_nineteen_years_on_from_the_birth_year_a_runner_is_surely_eighteen() -> None:
    for age, refused in ((12, True), (17, True), (18, True), (19, False), (20, False), (90, False)):
        runner = a_profile(birth_year=MONDAY.year - age)
        assert (safety.stop(runner, Progress(), MONDAY) is not None) is refused


def test_from_sixty_five_on_clearance_is_asked_for_at_any_age(catalogue: Catalogue) -> None:
    for age, asked in ((40, False), (64, False), (65, True), (66, True), (88, True)):
        assert safety.may_progress(a_profile(birth_year=MONDAY.year - age), MONDAY, catalogue.constants) is not asked


def test_from_sixty_five_the_plan_stays_level_until_cleared(catalogue: Catalogue) -> None:
    runner = a_steady_runner(birth_year=MONDAY.year - safety.CLEARANCE_AGE)
    assert not safety.may_progress(runner, MONDAY, catalogue.constants)
    assert safety.may_progress(replace(runner, cleared=True), MONDAY, catalogue.constants)
    assert safety.may_progress(replace(runner, birth_year=runner.birth_year + 1), MONDAY, catalogue.constants)


def test_turning_sixty_five_counts_from_new_year(catalogue: Catalogue) -> None:
    runner = a_steady_runner(birth_year=1962)
    assert [n.kind for n in plan(runner, catalogue, week_of=date(2026, 12, 28)).notices] == []
    assert [n.kind for n in plan(runner, catalogue, week_of=date(2027, 1, 4)).notices] == [NoticeKind.CLEARANCE]


# ---- red flags


@pytest.mark.parametrize("flag", RedFlag)
def test_every_red_flag_leaves_a_message_and_no_plan(flag: RedFlag, catalogue: Catalogue) -> None:
    week = plan(a_steady_runner(), catalogue, some_progress(stopped=(flag.value,)))
    assert (week.sessions, week.stretch, week.changes, week.question) == ((), None, (), None)
    assert [(n.kind, dict(n.reason.values)["flags"]) for n in week.notices] == [(NoticeKind.STOP, flag.value)]


def test_a_red_flag_outranks_age_and_screening(catalogue: Catalogue) -> None:
    week = plan(
        a_steady_runner(birth_year=2015, screens=frozenset({Screen.SURGERY})),
        catalogue,
        some_progress(stopped=("bone-pain", "fainting")),
    )
    assert [n.kind for n in week.notices] == [NoticeKind.STOP]


def test_a_current_injury_without_a_number_is_held_as_if_at_three(catalogue: Catalogue) -> None:
    runner = a_steady_runner(injuries=(Injury(Region.KNEE, current=True),))
    week = plan(runner, catalogue)
    assert week.paused_regions == (Region.KNEE,)
    assert all(
        p.harder is None
        for s in week.sessions
        for p in s.exercises
        if catalogue.by_slug[p.exercise].tissue(Region.KNEE)
    )


# ---- what screening rules out, cleared or not


@pytest.mark.parametrize(
    ("screen", "out"),
    [
        (Screen.HEART, {"back-squat", "front-squat", "deadlift"}),
        (Screen.BLOOD_PRESSURE, {"back-squat", "front-squat", "deadlift"}),
        (Screen.BONE, {"drop-jump", "single-leg-hop-in-place", "nordic-lower", "lying-twist", "child-pose-reach"}),
        (Screen.POSTPARTUM, {"drop-jump", "single-leg-hop-in-place", "a-skip-and-bounds"}),
        (Screen.PREGNANT, {"pogo-hops", "dead-bug", "single-leg-romanian-deadlift", "strap-hamstring-stretch"}),
    ],
)
def test_a_clearance_does_not_bring_back_what_a_screen_rules_out(
    screen: Screen, out: set[str], catalogue: Catalogue
) -> None:
    entries = (*catalogue.exercises, *catalogue.stretches)
    assert out <= {x.slug for x in entries if screen in x.avoid_when}
    cleared = a_steady_runner(screens=frozenset({screen}), cleared=True, experience=Experience.SEASONED)
    lived = live(cleared, catalogue, [Effort.EASY] * 16)
    for week in (*lived.weeks, lived.following):
        assert week.sessions
        assert week.stretch is not None
        here = {p.exercise for p in prescriptions(week)} | {x.stretch for x in week.stretch.items}
        assert here.isdisjoint(x.slug for x in entries if screen in x.avoid_when)


def test_nobody_lifts_very_heavy_with_a_heart_condition_or_high_blood_pressure(catalogue: Catalogue) -> None:
    def heavy(*screens: Screen) -> bool:
        lifter = a_steady_runner(screens=frozenset(screens), cleared=True, experience=Experience.SEASONED)
        return phases.plan(lifter, some_progress(completed=30), 0, MONDAY, catalogue.constants).heavy

    assert heavy()
    assert heavy(Screen.DIABETES)
    assert not heavy(Screen.HEART)
    assert not heavy(Screen.BLOOD_PRESSURE)


@pytest.mark.parametrize(
    ("amount", "load_kg", "screens", "rules_out"),
    [
        (7, 0.5, {Screen.HEART}, True),
        (7, 20.0, {Screen.BLOOD_PRESSURE, Screen.DIABETES}, True),
        (8, 20.0, {Screen.HEART}, False),
        (9, 20.0, {Screen.HEART}, False),
        (7, 0.0, {Screen.HEART}, False),
        (7, 20.0, {Screen.DIABETES}, False),
        (7, 20.0, set(), False),
    ],
)
def test_who_must_not_hold_the_breath_lifts_nothing_in_sets_so_short(
    amount: int, load_kg: float, screens: set[Screen], rules_out: bool
) -> None:
    assert safety.holds_breath(Dose(2, amount, load_kg), frozenset(screens), 8) is rules_out
