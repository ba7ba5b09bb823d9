"""What pain, red flags and screening do to a plan. docs/safety.md, docs/evidence.md#pain"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from coach.profile import Region, Screen
from coach.progress import RegionState
from coach.week import Notice, NoticeKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from coach.answers import Pain
    from coach.catalogue import Exercise
    from coach.constants import Constants
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Dose, Week

ADULT_YEARS: Final = 19
"""Years between birth year and this year from which a runner is surely 18, as only the year of birth is asked. docs/safety.md#screening"""
CLEARANCE_AGE: Final = 65
"""Years from which a clinician's clearance is asked for. docs/safety.md#screening"""

STOPPING: Final = frozenset({Screen.SURGERY, Screen.PREGNANT, Screen.POSTPARTUM})
"""Without clearance: no plan."""
HOLDING: Final = frozenset(Screen) - STOPPING
"""Without clearance: a gentle plan that does not progress."""
NOT_HEAVY: Final = frozenset({Screen.HEART, Screen.BLOOD_PRESSURE})
"""With or without clearance: no sets of 3–6, which hardly anybody lifts without holding the breath. docs/safety.md#screening"""

START_PAIN: Final = 3
"""A region told to hurt without a number is held as if at 3: no rise until an answer says otherwise. Judgement."""
LASTING_UNPLACED: Final = 3
"""Weeks running with "something hurts" and no place from which a clinician should look at it. docs/safety.md#red-flags; judgement"""
LEGS: Final = frozenset(Region) - {Region.BACK}
WHERE: Final = Notice(NoticeKind.CLINICIAN, Reason("hurts_where"))
HEAVY_LEGS: Final = frozenset({Region.KNEE, Region.HIP, Region.HAMSTRING, Region.CALF, Region.GROIN})


def with_injuries(profile: Profile, progress: Progress) -> Progress:
    """The progress with every region that the profile says hurts or has hurt and nothing is known of yet, at sign-up or edited in later.

    Such a region begins with a set less of what loads it: what has hurt is spared at first. docs/evidence.md#pain
    """
    known = {r.region for r in progress.regions}
    told: dict[Region, tuple[int, int]] = {}
    for injury in profile.injuries:
        pain = (injury.pain or START_PAIN, injury.pain) if injury.current else (0, 0)
        if injury.region not in known:
            told[injury.region] = max(pain, told.get(injury.region, (0, 0)))
    if not told:
        return progress
    new = (RegionState(region, pain, fewer=1, told=level) for region, (pain, level) in told.items())
    regions = (*progress.regions, *new)
    return replace(progress, regions=tuple(sorted(regions, key=lambda r: r.region)))


def aged(progress: Progress, weeks: int) -> Progress:
    """The progress after weeks without a plan: what was told of a region is so much older."""
    if not weeks or not progress.regions:
        return progress
    return replace(progress, regions=tuple(replace(r, ago=r.ago + weeks) for r in progress.regions))


def stop(profile: Profile, progress: Progress, week_of: date) -> Notice | None:
    """The notice that takes the place of a plan, if the runner must not get one."""
    if progress.stopped:
        return stopping(progress.stopped)
    if profile.age(week_of) < ADULT_YEARS:
        return Notice(NoticeKind.ADULTS_ONLY, Reason("adults_only"))
    if not profile.cleared and (found := sorted(profile.screens & STOPPING)):
        return Notice(NoticeKind.CLEARANCE, Reason("clearance_first", (("screen", found[0]),)))
    return None


def may_progress(profile: Profile, week_of: date, c: Constants) -> bool:
    """Whether screening allows any rise at all: the answers do, and they are not too old."""
    return screening_allows(profile, week_of) and not _answers_too_old(profile, week_of, c)


def screening_allows(profile: Profile, week_of: date) -> bool:
    """Whether the answers to the screening questions, however old, allow a rise."""
    if Screen.PREGNANT in profile.screens:
        return False
    return profile.cleared or (HOLDING.isdisjoint(profile.screens) and profile.age(week_of) < CLEARANCE_AGE)


def notices(profile: Profile, progress: Progress, week_of: date, c: Constants) -> tuple[Notice, ...]:
    """What stands above a plan: see a clinician about a region, ask for clearance, look at the screening questions again."""
    found = (clinician(region) for region in progress.regions if lasting(region, c))
    return (*found, *clearance(profile, week_of), *ask_again(profile, week_of, c))


def clearance(profile: Profile, week_of: date) -> tuple[Notice, ...]:
    """Where the answers to the screening questions allow no rise, the notice that says until when."""
    if screening_allows(profile, week_of):
        return ()
    return (Notice(NoticeKind.CLEARANCE, Reason("clearance_gentle" if profile.cleared else "clearance")),)


def stays_level(notices: Iterable[Notice]) -> bool:
    """Whether a week was planned knowing that screening allows no rise."""
    return any(notice.reason.code in {"clearance", "clearance_gentle", "screen_overdue"} for notice in notices)


def ask_again(profile: Profile, week_of: date, c: Constants) -> tuple[Notice, ...]:
    """From a year after the screening questions were answered, the notice that asks for them again; by itself it changes no dose.

    An unknown day asks nothing: who signed up before it was kept is not told of a year that nobody counted.
    """
    if profile.screened_on is None or (days := (week_of - profile.screened_on).days) < c.screen_days:
        return ()
    if _answers_too_old(profile, week_of, c):
        return (Notice(NoticeKind.SCREENING, Reason("screen_overdue")),)
    weeks = ceil((c.screen_days + c.screen_wait_days - days) / 7)
    return (Notice(NoticeKind.SCREENING, Reason("screen_again", (("weeks", weeks),))),)


def _answers_too_old(profile: Profile, week_of: date, c: Constants) -> bool:
    on = profile.screened_on
    return on is not None and (week_of - on).days >= c.screen_days + c.screen_wait_days


def clinician(region: RegionState) -> Notice:
    return Notice(NoticeKind.CLINICIAN, Reason("clinician", (*told(region), ("weeks", region.high_weeks))))


def told(region: RegionState) -> tuple[tuple[str, int | str], ...]:
    """What a sentence about a region's pain needs: the level that counts, the one that was told, and how many weeks ago."""
    return ("region", region.region.value), ("pain", region.pain), ("told", region.told), ("ago", region.ago)


def ask_where(progress: Progress) -> tuple[Notice, ...]:
    """While something hurts and no place was told: say where, and after some such weeks running let it be looked at."""
    if progress.hold != "hurts" or not progress.unplaced:
        return ()
    if progress.unplaced >= LASTING_UNPLACED:
        return (Notice(NoticeKind.CLINICIAN, Reason("hurts_lasting", (("weeks", progress.unplaced),))),)
    return (WHERE,)


def knows_it_hurts(week: Week) -> bool:
    """Whether a week was planned knowing that something hurts."""
    told = (*(notice.reason for notice in week.notices), *week.changes)
    return any(reason.code in {"hurts", "hurts_where", "hurts_lasting"} for reason in told)


def stopping(flags: Iterable[str]) -> Notice:
    """The notice of a red flag."""
    return Notice(NoticeKind.STOP, Reason("stop", (("flags", ", ".join(flags)),)))


def allowed(exercise: Exercise, regions: Sequence[RegionState], c: Constants) -> bool:
    """Whether pain leaves this exercise in the programme.

    Severe pain removes what loads the region in earnest (tissue ≥ 2), pain of 4–5 what loads it most (3); jumps stop
    at 3 in any leg region.
    """
    for state in regions:
        if state.pain < c.pain_hold:
            continue
        weight = exercise.tissue(state.region)
        if state.pain >= c.pain_severe and weight >= 2:
            return False
        if state.pain >= c.pain_less and weight >= 3:
            return False
        if exercise.pattern == "plyometric" and state.region in LEGS:
            return False
    return True


def may_enter(
    exercise: Exercise, before: Exercise | None, sore: Sequence[RegionState], *, known: bool, less: bool = False
) -> bool:
    """Whether an exercise may come into the week while regions hurt: what loads one of them is nothing new, of no higher rung than what had
    its place before, and loads it no more. docs/safety.md#pain

    before: what had the place, None for nothing. known: whether the runner has done the exercise. less: whether it must load what hurts less.
    """
    for state in sore:
        weight = exercise.tissue(state.region)
        if not weight:
            continue
        if not known:
            return False
        if before is not None:
            most = before.tissue(state.region) - less
            if weight > most or (exercise.ladder == before.ladder and exercise.rung > before.rung):
                return False
    return True


def sore(exercise: Exercise, regions: Iterable[RegionState]) -> RegionState | None:
    """Of regions that hurt the one that hurts most and that the exercise loads; None where it loads none."""
    return max((r for r in regions if exercise.tissue(r.region)), key=lambda r: (r.pain, r.region), default=None)


def placed(pains: Iterable[Pain], c: Constants) -> bool:
    """Whether a place was told that by itself lets nothing rise: only that answers "something hurts". docs/safety.md#red-flags"""
    return any(felt(p, c) >= c.pain_hold for p in pains)


def named(pains: Iterable[Pain]) -> bool:
    """Whether any place was told to hurt, however little: then "where?" is not asked as if nobody had said. 0 is no place."""
    return any(p.level > 0 for p in pains)


def felt(pain: Pain, c: Constants) -> int:
    """The level a told pain counts as: what is still there the next morning lets nothing rise, whatever the number. docs/safety.md"""
    return max(pain.level, int(c.pain_hold)) if pain.settled is False else pain.level


def cut(pain: int, before: int, c: Constants) -> float:
    """Share of the dose to keep in what loads a region that is told to hurt. before: the pain known until then."""
    if pain >= c.pain_severe:
        return c.severe_cut
    return c.pain_cut if pain >= c.pain_less > before else 1.0


def lasting(region: RegionState, c: Constants) -> bool:
    """Whether the pain is strong, or has lasted, so that a clinician should look at it."""
    return region.pain >= c.pain_severe or region.high_weeks >= 2


def holds_breath(dose: Dose, screens: frozenset[Screen], fewer_than: int) -> bool:
    """Whether its sets are so short and heavy that an answer to the screening questions rules them out. docs/safety.md#screening"""
    return dose.load_kg > 0 and dose.amount < fewer_than and not screens.isdisjoint(NOT_HEAVY)


def heavy_legs(exercise: Exercise) -> bool:
    """Whether an exercise tires the legs enough to stay away from the day before a hard run."""
    return exercise.pattern == "plyometric" or any(w >= 2 for r, w in exercise.tissues if r in HEAVY_LEGS)
