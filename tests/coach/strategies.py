"""Runners, answers and histories of any kind, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

import coach
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport, Swap
from coach.profile import Equipment, Experience, Gear, Goal, Injury, Profile, Race, Region, Run, RunKind
from coach.week import Dose
from tests.conftest import read_catalogue

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.progress import Progress
    from coach.week import Week

MONDAY = date(2026, 11, 23)


@cache
def the_catalogue() -> Catalogue:
    return read_catalogue()


def _equipment(gear: frozenset[Gear], fine: bool) -> Equipment:
    grids = {
        Gear.DUMBBELLS: tuple(float(x) for x in range(2, 31, 1 if fine else 4)),
        Gear.KETTLEBELLS: (8.0, 12.0, 16.0, 24.0),
        Gear.BARBELL: tuple(float(x) for x in range(20, 141, 5)),
        Gear.BACKPACK: (2.0, 4.0, 6.0, 8.0, 10.0),
        Gear.BAND: (3.0, 6.0, 10.0),
        Gear.MACHINE: tuple(float(x) for x in range(20, 201, 10)),
    }
    return Equipment(gear, tuple((g, grids[g]) for g in sorted(gear) if g in grids))


runs = st.lists(st.sampled_from([None, *RunKind]), min_size=7, max_size=7).map(
    lambda kinds: tuple(Run(day, kind) for day, kind in enumerate(kinds) if kind is not None),
)
profiles = st.builds(
    Profile,
    key=st.sampled_from(["ada", "bea", "cyd", "dov", "eli"]),
    birth_year=st.integers(1940, 2005),
    body_mass_kg=st.floats(40, 130),
    experience=st.sampled_from(Experience),
    goal=st.sampled_from(Goal),
    weekly_km=st.floats(0, 120),
    runs=runs,
    strength_days=st.sets(st.integers(0, 6), min_size=1).map(lambda d: tuple(sorted(d))),
    minutes=st.integers(15, 75),
    equipment=st.builds(_equipment, st.frozensets(st.sampled_from(Gear)), st.booleans()),
    injuries=st.lists(st.builds(Injury, st.sampled_from(Region), st.booleans(), st.integers(0, 10)), max_size=2).map(
        tuple
    ),
    cleared=st.just(True),
    trail=st.booleans(),
    race=st.none()
    | st.builds(
        Race, st.integers(-10, 120).map(lambda d: MONDAY + timedelta(days=d)), st.sampled_from([5.0, 10.0, 42.2])
    ),
)


def answers_for(week: Week, *, absurd: bool = False) -> st.SearchStrategy[Answers]:
    """Any sensible answer to a week; absurd: with numbers no one could mean."""
    low, high = (-1000, 1000) if absurd else (0, 12)
    report = st.builds(
        ExerciseReport,
        exercise=st.sampled_from([p.exercise for s in week.sessions for p in s.exercises] or ["split-squat"]),
        sets_done=st.none() | st.integers(low, 5 if not absurd else high),
        reps=st.none() | st.integers(low, high),
        reps_left=st.none() | st.integers(low, 5 if not absurd else high),
        swap=st.none()
        | st.builds(
            Swap,
            st.sampled_from(["reverse-lunge", "glute-bridge", "single-leg-calf-raise", "side-plank", "old-friend"]),
            st.builds(Dose, st.integers(1 if not absurd else low, 4), st.integers(1 if not absurd else low, 12)),
        ),
    )
    session = st.builds(
        SessionReport,
        session=st.integers(0, max(0, len(week.sessions) - 1)) if not absurd else st.integers(-3, 9),
        effort=st.none() | st.sampled_from(Effort),
        rpe=st.none() | st.integers(low, 10 if not absurd else high),
        exercises=st.lists(report, max_size=3, unique_by=lambda e: e.exercise).map(tuple)
        if not absurd
        else st.lists(report, max_size=3).map(tuple),
    )
    return st.builds(
        Answers,
        sessions=st.lists(session, max_size=3, unique_by=lambda s: s.session).map(tuple),
        pains=st.lists(
            st.builds(
                Pain, st.sampled_from(Region), st.integers(low, 10 if not absurd else high), st.none() | st.booleans()
            ),
            max_size=2,
        ).map(tuple),
        hurts=st.booleans(),
        soreness=st.none() | st.integers(low, 10 if not absurd else high),
        sleep=st.none() | st.integers(1, 5),
    )


def tapped(week: Week, effort: Effort) -> Answers:
    return Answers(sessions=tuple(SessionReport(n, effort) for n in range(len(week.sessions))))


@st.composite
def histories(draw: st.DrawFn, *, weeks: int = 6) -> tuple[Profile, Progress, Week, Progress]:
    """A runner some weeks in: (profile, progress before the last week, that week, progress after an ordinary answer to it)."""
    profile = draw(profiles)
    catalogue = the_catalogue()
    progress = coach.start(profile, catalogue)
    before, week = progress, coach.next_week(profile, progress, catalogue, week_of=MONDAY)
    for n in range(draw(st.integers(1, weeks))):
        before = progress
        week = coach.next_week(profile, progress, catalogue, week_of=MONDAY + timedelta(weeks=n))
        kind = draw(st.sampled_from(["easy", "right", "right", "hard", "silent", "any"]))
        given = (
            SILENCE if kind == "silent" else draw(answers_for(week)) if kind == "any" else tapped(week, Effort(kind))
        )
        progress = coach.fold(profile, before, week, given, catalogue)
    return profile, before, week, progress


def calm(profile: Profile) -> Profile:
    """The same runner without injuries, race or long absence, for properties about answers alone."""
    return replace(profile, injuries=(), race=None)
