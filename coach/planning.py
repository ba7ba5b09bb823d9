"""Plans one runner's week: `next_week`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coach import (
    asking,
    body_mass,
    limits,
    needs,
    phases,
    safety,
    schedule,
    selftests,
    sessions,
    stretching,
    telling,
    untried,
)
from coach.capacity import Beliefs, outdone
from coach.choosing import Situation
from coach.errors import NoSafeExercise, StridewellError
from coach.kit import kit
from coach.profile import SEASONED
from coach.week import NoticeKind, Reason, Week

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach.catalogue import Catalogue
    from coach.profile import Profile, Race
    from coach.progress import Progress

ENGINE: Final = "6"
"""Version of the engine's rules, stored with every plan: the same version and inputs give the same week, byte for byte."""


def next_week(profile: Profile, progress: Progress, catalogue: Catalogue, *, week_of: date) -> Week:
    """Plan one runner's strength and stretch sessions for a week.

    week_of: a Monday, in the runner's own time zone.
    Returns a Week of up to 3 strength sessions, each at most profile.minutes long (warm-up and rests included); none when a
    red flag, age or screening forbids it: then `notices` says why.
    Raises NoSafeExercise when nothing in the catalogue can be given to this runner, StridewellError for a day that is no Monday.
    Source: docs/evidence.md
    """
    if week_of.weekday() != 0:
        raise StridewellError(
            f"week_of: {week_of} is a {week_of:%A}. A week starts on a Monday: give {week_of:%Y-%m-%d}'s Monday."
        )
    stopped = safety.stop(profile, progress, week_of)
    missed = weeks_missed(progress, week_of)
    number = progress.weeks + 1
    c = catalogue.constants
    if stopped is not None:
        # A red flag and an age stand alone; who waits for clearance may wait on an answer that has become old.
        again = safety.ask_again(profile, week_of, c) if stopped.kind is NoticeKind.CLEARANCE else ()
        return Week(
            week_of,
            ENGINE,
            number,
            phases.phase(profile, progress, missed, week_of, c),
            Reason("focus_stop"),
            (),
            None,
            (),
            (stopped, *again),
        )
    s = situation(profile, progress, catalogue, week_of)
    progress = s.progress
    plan = s.plan
    races = _races(profile, progress, week_of)
    days = tuple([d for d in profile.strength_days if not any(phases.rests(r, week_of, d) for r in races)])
    placed = schedule.place(profile.runs, days, plan.sessions, _near(races, week_of), plan.light)
    shared = phases.shared_out(plan, len(placed))
    if shared is not plan:
        s = replace(s, plan=shared)
    built = sessions.build(s, placed)
    if placed and not built and not plan.known_only:
        raise NoSafeExercise(
            f"runner {profile.key}: pain, equipment and minutes leave no exercise for any slot. Look at the profile with `stridewell runners show`."
        )
    routine = stretching.routine(s, built)
    return Week(
        week_of=week_of,
        engine=ENGINE,
        number=number,
        phase=plan.phase,
        focus=telling.focus(s),
        sessions=built,
        stretch=routine,
        changes=telling.changes(s, built, routine.change),
        notices=(*safety.notices(profile, progress, week_of, c), *safety.ask_where(progress)),
        qualities=sessions.qualities(s, built),
        paused_regions=tuple(r.region for r in progress.regions if r.pain >= c.pain_hold),
        question=asking.question(s, built),
    )


def _races(profile: Profile, progress: Progress, week_of: date) -> list[Race]:
    """The next race and the last one, as far as they are known."""
    races = {profile.race, phases.last_race(profile, progress, week_of)}
    return [race for race in races if race is not None]


def _near(races: Sequence[Race], week_of: date) -> tuple[int, ...]:
    """Days from Monday to the races that are so near that they shape the days; negative for one behind."""
    days = sorted([(race.day - week_of).days for race in races])
    return tuple([n for n in days if -schedule.LIGHT_CLEAR_DAYS <= n < 7 + schedule.LAST_HEAVY_DAYS])


def situation(profile: Profile, progress: Progress, catalogue: Catalogue, week_of: date) -> Situation:
    """Everything the choices of a week look at. week_of: a Monday."""
    c = catalogue.constants
    away = unplanned(progress, week_of)
    progress = body_mass.at(profile, safety.aged(safety.with_injuries(profile, progress), away), catalogue)
    missed = weeks_missed(progress, week_of)
    plan = phases.plan(profile, progress, missed, week_of, c)
    findings = selftests.findings(profile, week_of, c)
    shown = selftests.shown(profile, week_of, c)
    states = {e.exercise: e for e in progress.exercises}
    beliefs = Beliefs(states, profile, week_of, catalogue)
    may_progress = safety.may_progress(profile, week_of, c)
    watched = needs.watched(profile, progress)
    sore = tuple([r for r in progress.regions if r.pain >= c.pain_hold])
    careful = phases.is_returning(profile, progress, missed, c) or not may_progress
    mine = kit(catalogue, profile)
    lifts_heavy = profile.experience is SEASONED and progress.completed >= c.anatomical_weeks and not careful
    return Situation(
        profile=profile,
        progress=progress,
        catalogue=catalogue,
        week_of=week_of,
        plan=plan,
        missed=missed,
        unplanned=away,
        states=states,
        programme={(x.session, x.slot): x for x in progress.programme},
        findings=findings,
        shown=shown,
        outdone=outdone(shown, beliefs, profile, catalogue),
        asked=frozenset([f.slot for f in findings]),
        tested=untried.tested(profile, week_of, catalogue),
        needs=needs.assess(profile, week_of, findings),
        watched=watched,
        sore=sore,
        calm=watched.difference([r.region for r in sore]),
        spared=tuple([r for r in progress.regions if r.fewer]),
        may_progress=may_progress,
        resumes=phases.resumes(progress, missed),
        grounds=limits.against_all(progress, plan, c, may_progress=may_progress),
        quiet=phases.quiet(progress, missed, c),
        careful=careful,
        kit=mine,
        heavy_lifts=mine.heavy_lifts if lifts_heavy else frozenset(),
        beliefs=beliefs,
    )


def weeks_missed(progress: Progress, week_of: date) -> int:
    """Weeks running without a session before this one: missed, not even planned and, once they are three or more together, stopped.

    A stop of a week or two costs nothing; after a longer one the body does not know why it rested. docs/evidence.md#silence
    """
    missed = progress.missed + unplanned(progress, week_of)
    return missed + progress.off if missed + progress.off >= phases.AWAY_WEEKS else missed


def unplanned(progress: Progress, week_of: date) -> int:
    """Weeks between the last folded one and this one that had no plan (a pause); they count as missed."""
    if progress.through is None:
        return 0
    return max(0, (week_of - progress.through).days // 7 - 1)
