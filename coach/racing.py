"""A race that the planned week did not know of: nothing heavy before it all the same. docs/evidence.md#taper, docs/safety.md#always"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach import planning, safety, sessions
from coach.schedule import LIGHT_CLEAR_DAYS, RACE_CLEAR_DAYS

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress
    from coach.week import Session, Week


def spared(profile: Profile, progress: Progress, week: Week, session: Session, catalogue: Catalogue) -> Session:
    """A session still to come, without what would tire the legs for a race; the same one where the race is far, or was planned for.

    Within two days of the race nothing is left, within a week of it no heavy legs: as a plan that knows of the race has it.
    """
    if profile.race is None or profile.race.day < week.week_of:
        return session
    days = abs((profile.race.day - week.week_of).days - session.day)
    if days >= RACE_CLEAR_DAYS or not session.exercises:
        return session
    if days <= LIGHT_CLEAR_DAYS:
        return replace(session, minutes=0, exercises=())
    by_slug = catalogue.by_slug
    # What has left the catalogue since may be heavy.
    light = tuple(p for p in session.exercises if p.exercise in by_slug and not safety.heavy_legs(by_slug[p.exercise]))
    if light == session.exercises:
        return session
    s = planning.situation(profile, progress, catalogue, week.week_of)
    minutes = sessions.minutes_of(s, [(by_slug[p.exercise], p.dose) for p in light]) if light else 0
    return replace(session, minutes=min(session.minutes, minutes), exercises=light)
