"""A race that the planned week did not know of, ahead or just over; and how long one that is over is still known. docs/evidence.md#taper, #after-a-race"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from coach import phases, planning, safety, sessions
from coach.schedule import LIGHT_CLEAR_DAYS, RACE_CLEAR_DAYS
from coach.week import Reason

if TYPE_CHECKING:
    from datetime import date

    from coach.catalogue import Catalogue
    from coach.profile import Profile, Race
    from coach.progress import Progress
    from coach.week import Session, Week


def shapes_recovery(race: Race, on: date) -> bool:
    """Whether a race is over on a day, and so short a time that legs still recover from it."""
    return race.day < on <= race.day + timedelta(days=phases.RECOVERY_DAYS)


def known(said: Race | None, before: Race | None, on: date) -> Race | None:
    """The race to go by when a runner is written down anew: the one said, else the one known before as long as it shapes recovery."""
    return before if said is None and before is not None and shapes_recovery(before, on) else said


def spared(profile: Profile, progress: Progress, week: Week, session: Session, catalogue: Catalogue) -> Session:
    """A session still to come, without what would tire the legs around a race; the same one where none is near, or it was planned for.

    Within two days of a race, before it or after, nothing is left, and nothing of the week after a long one; of a race in this
    week or after it no heavy legs within a week: as a plan that knows of the race has it.
    """
    # The profile may name the next one while legs still recover from the last.
    races = {profile.race, phases.last_race(profile, progress, week.week_of)} - {None}
    if not races or not session.exercises:
        return session
    if any(_is_too_near(race, week, session.day) for race in races if race is not None):
        return replace(session, minutes=0, exercises=())
    if profile.race is None or not 0 <= _days_to(profile.race, week) < session.day + RACE_CLEAR_DAYS:
        return session
    by_slug = catalogue.by_slug
    # What has left the catalogue since may be heavy.
    light = tuple(p for p in session.exercises if p.exercise in by_slug and not safety.heavy_legs(by_slug[p.exercise]))
    if light == session.exercises:
        return session
    s = planning.situation(profile, progress, catalogue, week.week_of)
    minutes = sessions.minutes_of(s, [(by_slug[p.exercise], p.dose) for p in light]) if light else 0
    return replace(session, minutes=min(session.minutes, minutes), exercises=light)


def _is_too_near(race: Race, week: Week, day: int) -> bool:
    """Whether a day of the week is left free for a race. day: 0 is Monday."""
    return phases.rests(race, week.week_of, day) or abs(_days_to(race, week) - day) <= LIGHT_CLEAR_DAYS


def _days_to(race: Race, week: Week) -> int:
    return (race.day - week.week_of).days


def told(profile: Profile, week: Week) -> Reason:
    """Why a race has changed what is to come of a week."""
    race = profile.race
    ahead = race is not None and 0 <= _days_to(race, week) < 7 + RACE_CLEAR_DAYS
    return Reason("race_added" if ahead else "race_over")
