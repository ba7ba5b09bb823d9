"""Runners to write tests with: a whole valid value each, of which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from coach.answers import Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.profile import Equipment, Experience, Gear, Goal, Injury, Profile, Region, Run, RunKind
from coach.week import (
    Dose,
    DoseMode,
    Phase,
    Prescription,
    Quality,
    Reason,
    Routine,
    Session,
    StretchItem,
    Week,
)

if TYPE_CHECKING:
    from sqlalchemy import orm

    from models.claims import Claimed
    from models.people import NewSubscriber

MONDAY = date(2026, 11, 23)
"""The Monday that most tests plan for."""

SUNDAY_EVENING = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
"""The default delivery slot before MONDAY, in UTC."""


def a_profile(**changes: Any) -> Profile:
    """A healthy adult who runs four times a week, trains Tuesday, Thursday and Saturday, and owns dumbbells and a band."""
    profile = Profile(
        key="runner-one",
        birth_year=1986,
        body_mass_kg=70.0,
        experience=Experience.SOME,
        goal=Goal.HEALTH,
        weekly_km=32.0,
        runs=(Run(0, RunKind.EASY), Run(2, RunKind.QUALITY), Run(4, RunKind.EASY), Run(6, RunKind.LONG)),
        strength_days=(1, 3, 5),
        minutes=40,
        equipment=Equipment(
            gear=frozenset({Gear.MAT, Gear.DUMBBELLS, Gear.BAND}),
            loads_kg=((Gear.DUMBBELLS, (4.0, 6.0, 8.0, 10.0, 12.0, 16.0)), (Gear.BAND, (5.0, 10.0, 15.0))),
        ),
        injuries=(Injury(Region.CALF, current=False, pain=0),),
        tight=frozenset({Region.CALF}),
    )
    return replace(profile, **changes)


def a_prescription(**changes: Any) -> Prescription:
    """Three sets of ten split squats a side with 12 kg dumbbells, 2 kg up on last week."""
    prescription = Prescription(
        exercise="split-squat",
        slot="knee",
        mode=DoseMode.REPS,
        dose=Dose(3, 10, 12.0, Gear.DUMBBELLS),
        per_side=True,
        tempo="2-1-1",
        rest_s=60,
        target_rir=3,
        why=Reason("quality", (("quality", "single_leg"),)),
        easier=Dose(3, 10, 10.0, Gear.DUMBBELLS),
        harder=Dose(3, 10, 16.0, Gear.DUMBBELLS),
        change=Reason("load-up", (("exercise", "split-squat"), ("from_kg", 10.0), ("to_kg", 12.0))),
    )
    return replace(prescription, **changes)


def a_session(**changes: Any) -> Session:
    """A Tuesday of 36 minutes: split squats, calf raises without a load, and a side plank held."""
    session = Session(
        day=1,
        name="Strength A",
        minutes=36,
        light=False,
        exercises=(
            a_prescription(),
            a_prescription(
                exercise="single-leg-calf-raise",
                slot="calf",
                dose=Dose(3, 12),
                tempo="2-1-2",
                easier=None,
                harder=None,
                change=None,
            ),
            a_prescription(
                exercise="side-plank",
                slot="trunk",
                mode=DoseMode.HOLD,
                dose=Dose(2, 30),
                tempo="",
                rest_s=45,
                easier=None,
                harder=None,
                change=None,
            ),
        ),
        placed=Reason("easy-day", (("day", 1),)),
    )
    return replace(session, **changes)


def a_week(**changes: Any) -> Week:
    """The fifth week of a runner in the base phase: sessions on Tuesday and Thursday and a stretch routine after runs."""
    week = Week(
        week_of=MONDAY,
        engine="1",
        number=5,
        phase=Phase.BASE,
        focus=Reason("focus", (("phase", "base"),)),
        sessions=(a_session(), a_session(day=3, name="Strength B")),
        stretch=Routine(
            items=(
                StretchItem("wall-calf-stretch", "calf", 30, 0, 2, 2, Reason("after-runs")),
                StretchItem("half-kneeling-hip-flexor", "hip flexor", 30, 0, 2, 2, Reason("after-runs")),
            ),
            seconds=900,
            days=(0, 2, 4, 6),
            before=(StretchItem("leg-swings", "hip", 0, 10, 1, 2, Reason("before-runs")),),
        ),
        changes=(Reason("load-up", (("exercise", "split-squat"), ("from_kg", 10.0), ("to_kg", 12.0))),),
        qualities=((Quality.SINGLE_LEG, 40), (Quality.LOAD_TOLERANCE, 60)),
    )
    return replace(week, **changes)


def some_answers(**changes: Any) -> Answers:
    """Both sessions done and about right, one exercise told in detail, a calf at 2 of 10 that was gone by the morning."""
    answers = Answers(
        sessions=(
            SessionReport(
                0, Effort.RIGHT, rpe=6, minutes=35, exercises=(ExerciseReport("split-squat", 3, 10, 3, 12.0),)
            ),
            SessionReport(1, Effort.RIGHT),
        ),
        pains=(Pain(Region.CALF, 2, settled=True),),
        soreness=3,
        sleep=4,
        mood=4,
        tight=frozenset({Region.CALF}),
    )
    return replace(answers, **changes)


def a_subscriber(**changes: Any) -> NewSubscriber:
    """Somebody signing up from London for Sunday 17:00, in kilograms, with `a_profile`."""
    from models.people import NewSubscriber
    from models.slots import Slot

    new = NewSubscriber(
        email="ana@example.org",
        name="Ana",
        time_zone="Europe/London",
        slot=Slot(weekday=6, minute=17 * 60),
        units="kg",
        profile=a_profile(),
        consent_text="I agree that my health answers are used to plan my training.",
        consent_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    )
    return replace(new, **changes)


def take_letters(session: orm.Session, *, worker: str, limit: int, lease_s: int, now: datetime) -> list[Claimed]:
    """The letters that are a worker's from now on, as a delivery takes and reads them."""
    from models import claims

    return claims.read(session, claims.take(session, worker=worker, limit=limit, lease_s=lease_s, now=now))
