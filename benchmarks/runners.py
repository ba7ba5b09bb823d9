"""Runners as varied as real ones, and what they answer: the same for the same number, on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from coach.answers import Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.profile import Equipment, Experience, Gear, Goal, Injury, Profile, Race, Region, Run, RunKind
from models.people import NewSubscriber
from models.slots import Slot

if TYPE_CHECKING:
    from coach.week import Session, Week
    from models.people import Units

FIRST_WEEK = date(2026, 11, 23)
SECOND_WEEK = FIRST_WEEK + timedelta(days=7)

SIGNED_UP = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
FIRST_SUNDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
ANSWERED = FIRST_SUNDAY + timedelta(days=6)

SILENT = 0.10
"""Share of runners who do not answer. Of the others 50 of 90 tap once a session and say no more; 30 add readiness or pain; 10 tell every set."""
TAPS_ONLY = 0.60
SOME_DETAIL = 0.90

_NAMES = ("Maya", "Tom O'Neill", "Zoë", "Jesse", "Henrik Åas", "Priya", "森田 健二", "נועה לוי", "Ana María", "Grace")
_ZONES = (
    "Europe/London",
    "Europe/Stockholm",
    "Africa/Lagos",
    "America/Denver",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
)
_RUN_DAYS = ((1, 5), (0, 3), (0, 2, 5), (1, 3, 6), (0, 2, 4, 6), (1, 3, 5, 6), (0, 1, 3, 4, 6), (0, 1, 2, 4, 5, 6))
_STRENGTH_DAYS = ((1,), (0, 3), (1, 4), (2, 5), (1, 3, 5), (0, 2, 4), (0, 2, 4, 6))
_WEEKS_TO_RACE = (0, 1, 2, 4, 7, 12, 20)


@dataclass(frozen=True, slots=True)
class Homes:
    """What runners own, from nothing to a gym."""

    gear: frozenset[Gear]
    loads_kg: tuple[tuple[Gear, tuple[float, ...]], ...]


def _steps(first: float, last: float, step: float) -> tuple[float, ...]:
    return tuple(float(first + step * n) for n in range(round((last - first) / step) + 1))


_HOMES = (
    Homes(frozenset(), ()),
    Homes(frozenset({Gear.MAT, Gear.BAND}), ((Gear.BAND, (3.0, 6.0, 10.0)),)),
    Homes(frozenset({Gear.MAT, Gear.BACKPACK}), ((Gear.BACKPACK, _steps(2, 12, 1)),)),
    Homes(frozenset({Gear.MAT, Gear.DUMBBELLS}), ((Gear.DUMBBELLS, _steps(2, 12, 2)),)),
    Homes(
        frozenset({Gear.MAT, Gear.BAND, Gear.DUMBBELLS, Gear.BOX}),
        ((Gear.DUMBBELLS, _steps(2.5, 25, 2.5)), (Gear.BAND, (6.0,))),
    ),
    Homes(frozenset({Gear.MAT, Gear.KETTLEBELLS}), ((Gear.KETTLEBELLS, _steps(8, 24, 4)),)),
    Homes(
        frozenset(
            {Gear.MAT, Gear.BENCH, Gear.BOX, Gear.BARBELL, Gear.DUMBBELLS, Gear.MACHINE, Gear.CABLE, Gear.KETTLEBELLS}
        ),
        (
            (Gear.BARBELL, _steps(20, 160, 2.5)),
            (Gear.DUMBBELLS, _steps(4, 40, 2)),
            (Gear.MACHINE, _steps(10, 200, 5)),
            (Gear.CABLE, _steps(5, 80, 5)),
            (Gear.KETTLEBELLS, _steps(8, 32, 4)),
        ),
    ),
)


def runner(number: int) -> NewSubscriber:
    """One runner. number: from 0; decides everything about the runner."""
    draw = Random(f"runner {number}")
    units: Units = draw.choices(("kg", "lb"), (4, 1))[0]
    return NewSubscriber(
        email=f"runner{number}@example.org",
        name=draw.choice(_NAMES),
        time_zone=draw.choice(_ZONES),
        slot=Slot(weekday=draw.choice((5, 6)), minute=60 * draw.randrange(7, 21)),
        units=units,
        profile=_profile(number, draw),
        consent_text="I agree that my health answers are used to plan my training.",
        consent_at=SIGNED_UP,
    )


def _profile(number: int, draw: Random) -> Profile:
    home = draw.choice(_HOMES)
    days = draw.choice(_RUN_DAYS)
    kinds = [RunKind.EASY] * len(days)
    kinds[-1] = RunKind.LONG
    if len(days) > 2 and draw.random() < 0.6:
        kinds[draw.randrange(len(days) - 1)] = RunKind.QUALITY
    injured = draw.sample(list(Region), draw.choices((0, 1, 2), (5, 3, 2))[0])
    race = None
    if draw.random() < 0.4:
        day = SECOND_WEEK + timedelta(weeks=draw.choice(_WEEKS_TO_RACE), days=6)
        race = Race(day, draw.choice((5.0, 10.0, 21.1, 42.2)))
    return Profile(
        key=f"{number}",
        birth_year=draw.randrange(1950, 2006),
        body_mass_kg=round(draw.uniform(48, 105), 1),
        experience=draw.choice(list(Experience)),
        goal=draw.choice(list(Goal)),
        weekly_km=float(draw.randrange(5, 90)),
        runs=tuple(Run(day, kind) for day, kind in zip(days, kinds, strict=True)),
        strength_days=draw.choice(_STRENGTH_DAYS),
        minutes=draw.choice((15, 20, 30, 30, 40, 40, 45, 60)),
        equipment=Equipment(home.gear, home.loads_kg),
        injuries=tuple(
            Injury(region, current=now, pain=draw.randrange(1, 5) if now else 0)
            for region in injured
            for now in [draw.random() < 0.3]
        ),
        trail=draw.random() < 0.2,
        race=race,
        tight=frozenset(draw.sample(list(Region), draw.choice((0, 0, 1, 2)))),
    )


def answers(number: int, week: Week) -> Answers | None:
    """What this runner tells about a week; None for silence."""
    draw = Random(f"answers {number} {week.week_of}")
    kind = draw.random()
    if kind < SILENT or not week.sessions:
        return None
    told = Answers(sessions=tuple(_tap(n, draw) for n in range(len(week.sessions))))
    if kind < TAPS_ONLY:
        return told
    detail = kind >= SOME_DETAIL
    return Answers(
        sessions=tuple(_detail(n, s, draw) for n, s in enumerate(week.sessions)) if detail else told.sessions,
        pains=_pains(draw),
        soreness=draw.choice((None, 1, 3, 5, 8)),
        sleep=draw.choice((None, 2, 4, 5)),
        mood=draw.choice((None, 3, 4)),
        tight=draw.choice((None, frozenset[Region](), frozenset({Region.CALF}))),
    )


def _tap(session: int, draw: Random) -> SessionReport:
    efforts = (Effort.EASY, Effort.RIGHT, Effort.HARD, Effort.SKIPPED)
    return SessionReport(session, draw.choices(efforts, (25, 50, 15, 10))[0])


def _detail(number: int, session: Session, draw: Random) -> SessionReport:
    return SessionReport(
        number,
        draw.choice((Effort.EASY, Effort.RIGHT, Effort.HARD)),
        rpe=draw.randrange(4, 9),
        minutes=session.minutes,
        exercises=tuple(
            ExerciseReport(p.exercise, p.dose.sets, p.dose.amount, draw.randrange(6), p.dose.load_kg)
            for p in session.exercises
        ),
    )


def _pains(draw: Random) -> tuple[Pain, ...]:
    regions = draw.sample(list(Region), draw.choices((0, 1, 2), (6, 3, 1))[0])
    return tuple(Pain(region, draw.randrange(1, 7), settled=draw.choice((True, False, None))) for region in regions)
