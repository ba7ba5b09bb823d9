"""Where the runner stands in training: the phase, and what it asks of sessions, sets, repetitions and effort.

docs/evidence.md#phases
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coach import safety
from coach.profile import NEW, SEASONED, SOME, Goal, RunKind
from coach.values import quick
from coach.week import ANATOMICAL, BASE, BUILD, DELOAD, PEAK, RACE, RETURN, TAPER, Phase

if TYPE_CHECKING:
    from datetime import date

    from coach.constants import Constants
    from coach.profile import Profile, Race
    from coach.progress import Progress

LONG_RACE_KM: Final = 21.0
"""From here a race gets two weeks of taper and two of recovery. Practice."""
RECOVERY_DAYS: Final = 14
"""Days after a race in which it may still shape plans, as a long one does. docs/evidence.md#after-a-race; practice"""
REST_DAYS: Final = 7
"""Of these the first, without strength work after a long race, easy after another. docs/evidence.md#after-a-race; practice"""
RACES_OFTEN: Final = 4
"""Weeks from a race within which a shorter one is not tapered for: who races every few weeks would train in none of them. Practice; judgement"""
THIRD_AFTER: Final = 8
"""Completed weeks before a third session. Judgement."""
MOST_EXERCISES: Final = {0: 0, 1: 7, 2: 5, 3: 4}
"""Exercises a session at most, by the sessions of the week. docs/evidence.md#volume; judgement"""
RACE_MINUTES: Final = 20
"""Minutes of the one light session of a race week at most. Practice."""
THREE_SETS: Final = {NEW: 20, SOME: 12, SEASONED: 6}
"""Completed weeks from which an exercise may get a third set: two bring most of the gain. docs/evidence.md#volume; judgement"""
EASY_PHASES: Final = frozenset({TAPER, RACE, DELOAD})
"""Near a race, after it, and where answers ask for it: nothing rises, and the only session of a week does not make up for those left out."""
AWAY_WEEKS: Final = 3
LONG_AWAY_WEEKS: Final = 5
"""Weeks away, of a runner or an exercise, from which a dose is cut, and cut more. docs/evidence.md#silence"""
AFTER_GAP_WEEKS: Final = 4
"""Completed weeks after a gap in which a rise stays small, and one repetition more is left. docs/evidence.md#silence"""
RETURNED_AFTER: Final = 12
RETURNED_CALM: Final = 8
"""Completed weeks, and weeks without pain, after which who came to us to come back trains as others do: as long as tendons are loaded in
trials. docs/evidence.md#coming-back; judgement"""
HARD_WEEKS: Final = 3
"""Weeks running of nothing but hard sessions after which one is easier. docs/evidence.md#readiness; judgement"""
EASY_EVERY: Final = 4
"""Completed weeks of which the last has a set less. docs/evidence.md#easy-week; judgement"""


@quick
@dataclass(frozen=True, slots=True)
class Plan:
    """What a phase asks of the week. sessions: how many at most. sets: per exercise. reps: (least, wanted, most) a set.

    heavy: 3–6 repetitions at 80 % and more are allowed where the equipment reaches it. light: no heavy legs at all.
    exercises: how many a session at most. minutes: the longest a session may take this week. known_only: nothing new.
    easy: two sets where there would be three. docs/evidence.md#easy-week
    """

    phase: Phase
    sessions: int
    sets: int
    target_rir: int
    reps: tuple[int, int, int]
    heavy: bool
    light: bool
    exercises: int
    minutes: int
    known_only: bool
    easy: bool


def plan(profile: Profile, progress: Progress, missed: int, week_of: date, c: Constants) -> Plan:
    """The phase of a week and what it asks.

    missed: weeks running without a session, those not even planned counted in.
    """
    now = phase(profile, progress, missed, week_of, c)
    done = progress.completed
    returning = is_returning(profile, progress, missed, c)
    gentle = not safety.may_progress(profile, week_of, c)
    if now is RACE or now is DELOAD or done < 2 or gentle or resumes(progress, missed):
        target = 4
    elif now is TAPER or now is PEAK or now is RETURN or after_gap(progress) or done < (8 if returning else 6):
        target = 3
    else:
        target = 2
    few = now in EASY_PHASES or gentle or progress.soreness >= c.sore_hold
    three = done >= THREE_SETS[profile.experience] and not few
    easy = three and done % EASY_EVERY == EASY_EVERY - 1
    race = now is RACE
    lifts_heavy = profile.screens.isdisjoint(safety.NOT_HEAVY)
    # A first week close before a race must not leave a runner sore: only what hardly tires.
    light = race or (now is TAPER and done < c.anatomical_weeks) or _after_long_race(profile, progress, week_of)
    sessions = min(_sessions(now, profile, progress, missed, week_of, c), len(profile.strength_days))
    return Plan(
        phase=now,
        sessions=sessions,
        sets=3 if three and not easy else 2,
        target_rir=target,
        reps=(8, 10, 15) if done < 6 or not lifts_heavy else (6, 8, 12),
        heavy=lifts_heavy and done >= c.heavy_after and profile.experience is not NEW and not returning,
        light=light,
        exercises=MOST_EXERCISES[2 if now in EASY_PHASES else sessions],
        minutes=min(profile.minutes, RACE_MINUTES) if race else profile.minutes,
        known_only=race or (now is TAPER and done >= c.anatomical_weeks),
        easy=easy,
    )


def shared_out(plan: Plan, sessions: int) -> Plan:
    """The plan with the exercises of a session by how many sessions the runner's days have room for.

    Days may leave out a session that the phase would allow; what is left must not be cut as if there were more.
    """
    if plan.phase in EASY_PHASES or sessions in {0, plan.sessions}:
        return plan
    return replace(plan, exercises=MOST_EXERCISES[sessions])


def quiet(progress: Progress, missed: int, c: Constants) -> bool:
    """Whether nothing speaks against something new: no pain, soreness, strain, open question, missed week or week off."""
    return not missed and _well(progress, missed, c)


def _well(progress: Progress, missed: int, c: Constants) -> bool:
    """Whether nothing told speaks against going on, nor time off on purpose; a missed week, which tells nothing, does not."""
    return (
        not resumes(progress, missed)
        and not progress.hold
        and not progress.strain
        and progress.soreness < c.sore_hold
        and all(r.pain < c.pain_hold for r in progress.regions)
    )


def resumes(progress: Progress, missed: int) -> bool:
    """Whether the weeks before were off on purpose: a stop that has been cleared, or rest after a race."""
    return bool(progress.exercises) and not missed and all(x.idle for x in progress.exercises)


def phase(profile: Profile, progress: Progress, missed: int, week_of: date, c: Constants) -> Phase:
    """The phase of the week that starts on week_of; a race outranks everything, then signs of too much, then a return."""
    race, last = profile.race, last_race(profile, progress, week_of)
    days = -1 if race is None else (race.day - week_of).days
    if race is not None and days >= 0:
        if days <= 6:
            return RACE
        if days <= (20 if _is_long(race) else 13) and not untapered(race, progress, week_of):
            return TAPER
    # After a short race, the only week before the next is the one in which strength is kept.
    over = 0 if untapered(race, progress, week_of) else REST_DAYS
    if last is not None and _is_long(last):
        over = RECOVERY_DAYS
    if last is not None and (week_of - last.day).days <= over:
        return DELOAD
    if progress.strain >= 2 or progress.hard >= HARD_WEEKS:
        return DELOAD
    if missed >= AWAY_WEEKS or (progress.gap and progress.since_gap < 2):
        return RETURN
    if progress.completed < c.anatomical_weeks:
        return ANATOMICAL
    if 0 <= days <= 42:
        return PEAK
    return BUILD if 0 <= days <= 84 else BASE


def untapered(race: Race | None, progress: Progress, week_of: date) -> bool:
    """Whether it is the week before a race that gets no taper of its own: no long one, and the last one few weeks back."""
    return (
        race is not None
        and progress.raced is not None
        and not _is_long(race)
        and 7 <= (race.day - week_of).days <= 13
        and 0 < (week_of - progress.raced.day).days < 7 * RACES_OFTEN
    )


def last_race(profile: Profile, progress: Progress, week_of: date) -> Race | None:
    """The last race before a week, as far as it is known: the profile's, or the one remembered where that names the next."""
    race, last = profile.race, progress.raced
    if race is not None and race.day < week_of and (last is None or last.day <= race.day):
        return race
    return last if last is not None and last.day < week_of else None


def _is_long(race: Race) -> bool:
    return race.distance_km >= LONG_RACE_KM


def is_returning(profile: Profile, progress: Progress, missed: int, c: Constants) -> bool:
    """Whether the runner comes back from something: told at sign-up and not over yet, hurting now, or after a gap."""
    return (
        missed >= AWAY_WEEKS
        or after_gap(progress)
        or any(r.pain >= c.pain_hold for r in progress.regions)
        or (profile.goal is Goal.RETURN and not _has_returned(progress))
    )


def _has_returned(progress: Progress) -> bool:
    return progress.completed >= RETURNED_AFTER and all(r.calm_weeks >= RETURNED_CALM for r in progress.regions)


def after_gap(progress: Progress) -> bool:
    """Whether a gap ended less than four completed weeks ago. docs/evidence.md#silence"""
    return progress.gap > 0 and progress.since_gap < AFTER_GAP_WEEKS


def rests(race: Race, week_of: date, day: int) -> bool:
    """Whether a day of a week has no strength work because of a long race before it. day: 0 is Monday."""
    return _is_long(race) and -REST_DAYS <= (race.day - week_of).days < day


def _sessions(now: Phase, profile: Profile, progress: Progress, missed: int, week_of: date, c: Constants) -> int:
    if now is TAPER or now is RACE or _after_long_race(profile, progress, week_of):
        return 1
    # A third session is more of everything at once: only where nothing else changes or hurts. One that was asked for waits through missed weeks.
    asked = len({x.session for x in progress.programme if not x.idle})
    more = (
        now is BASE
        and progress.completed >= THIRD_AFTER
        and profile.experience is not NEW
        and sum([r.kind is not RunKind.EASY for r in profile.runs]) <= 2
        and (not missed or asked == 3)
        and _well(progress, missed, c)
        and not is_returning(profile, progress, missed, c)
        and safety.may_progress(profile, week_of, c)
    )
    return 3 if more else 2


def _after_long_race(profile: Profile, progress: Progress, week_of: date) -> bool:
    """Whether legs still recover from a long race."""
    last = last_race(profile, progress, week_of)
    return last is not None and _is_long(last) and (week_of - last.day).days <= RECOVERY_DAYS
