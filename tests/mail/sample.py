"""Three runners, and weeks of theirs, to write and look at letters with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from coach.profile import Gear, Race, Region, Run, RunKind
from coach.week import (
    Dose,
    DoseMode,
    Notice,
    NoticeKind,
    Phase,
    Prescription,
    Quality,
    Question,
    Reason,
    Routine,
    Session,
    StretchItem,
    Week,
)
from language.tongue import ENGLISH
from mail.letter import Known, Recipient, Urls, WeeklyLetter, weekly
from mail.pictures import Picture
from tests.mail.sample_catalogue import CATALOGUE

MONDAY = date(2026, 11, 23)
POSTAL_ADDRESS = "Stridewell, 12 Millrace Lane, Bristol BS1 4QA, United Kingdom"
TOKEN = "WyJydW5uZXItb25lIiwiMjAyNi0xMS0yMyIsIjIwMjYtMTItMjEiXQ.9f1vQ0bJm2kY7rPZ5tXcWd3sLhA"
URLS = Urls(
    answer=f"https://stridewell.example/a/{TOKEN}",
    unsubscribe=f"https://stridewell.example/u/{TOKEN}",
    follow=f"https://stridewell.example/f/{TOKEN}",
    week=f"https://stridewell.example/w/{TOKEN}",
    progress=f"https://stridewell.example/progress/{TOKEN}",
    calendar=f"https://stridewell.example/calendar/{TOKEN}.ics",
    account="https://stridewell.example/account",
)
MARA = Recipient(name="Mara", address="mara@example.org", units="kg", time_zone="Europe/London", tongue=ENGLISH)
JOE = Recipient(name="Joe Kowalski", address="joe@example.org", units="lb", time_zone="America/Denver", tongue=ENGLISH)
INES = Recipient(name="Inês", address="ines@example.org", units="kg", time_zone="Europe/Lisbon", tongue=ENGLISH)


def because(sentence: str) -> Reason:
    """A reason that is told with this sentence."""
    return Reason("told", (("sentence", sentence),))


def say(reason: Reason) -> str:
    return str(dict(reason.values)["sentence"])


def a_prescription(exercise: str, dose: Dose, why: str, **changes: Any) -> Prescription:
    known = CATALOGUE.by_slug[exercise]
    prescription = Prescription(
        exercise=exercise,
        slot="knee",
        mode=known.mode,
        dose=dose,
        per_side=known.sides == 2,
        tempo=known.tempo,
        rest_s=60,
        target_rir=3,
        why=because(why),
    )
    return replace(prescription, **changes)


SPLIT_SQUAT_UP = because("Split squat 10 → 12 kg: you did 3 × 10 with about 4 left, the aim is 3.")
PLANK_UP = because("Side plank 20 → 30 s: you held it twice in a row without shaking.")
HOPS_NEW = because("Pogo hops are new: you have four weeks of strength behind you, so the tendons may learn to spring.")
CALF_HELD = because("Single-leg calf raise stays at 12: the calf was sore at 2 of 10, and we wait until it is calm.")

TUESDAY = Session(
    day=1,
    name="A",
    minutes=38,
    light=False,
    exercises=(
        a_prescription(
            "pogo-hops",
            Dose(2, 15),
            "Pogo hops are here because they teach calves and Achilles tendons to return energy at every step.",
            rest_s=90,
            change=HOPS_NEW,
        ),
        a_prescription(
            "rear-foot-elevated-split-squat",
            Dose(3, 10, 12.0, Gear.DUMBBELLS),
            "Split squats are here because your left knee hurt last spring, and thighs that share the load spare it.",
            easier=Dose(3, 10, 10.0, Gear.DUMBBELLS),
            harder=Dose(3, 10, 14.0, Gear.DUMBBELLS),
            rest_s=90,
            change=SPLIT_SQUAT_UP,
        ),
        a_prescription(
            "single-leg-romanian-deadlift",
            Dose(3, 8, 16.0, Gear.KETTLEBELLS),
            "This is here because you run 45 km a week with hills, and hamstrings that are strong at length keep up.",
            easier=Dose(3, 8, 12.0, Gear.KETTLEBELLS),
            harder=Dose(3, 8, 20.0, Gear.KETTLEBELLS),
            tempo="3-0-1",
            rest_s=90,
        ),
        a_prescription(
            "single-leg-calf-raise",
            Dose(3, 12),
            "Calf raises are here because the calf gives most of the push-off, and yours feels tight.",
            tempo="2-1-2",
            easier=Dose(3, 8),
            change=CALF_HELD,
        ),
        a_prescription(
            "side-plank-with-leg-lift",
            Dose(2, 30),
            "The side plank is here because the outer hip keeps your pelvis level late in long runs.",
            easier=Dose(2, 20),
            harder=Dose(2, 40),
            rest_s=45,
            change=PLANK_UP,
        ),
        a_prescription(
            "suitcase-carry",
            Dose(2, 40, 20.0, Gear.KETTLEBELLS),
            "Carries are here because a trunk that does not sway lets the legs do the running.",
            easier=Dose(2, 40, 16.0, Gear.KETTLEBELLS),
        ),
    ),
    placed=because("Tuesday, because it is two days after your long run and two before Thursday's intervals."),
)

DEAD_BUG = a_prescription(
    "dead-bug",
    Dose(2, 8),
    "The dead bug is here because arms and legs swing freely only from a calm trunk.",
    harder=Dose(2, 12),
    change=because("Dead bug instead of the front plank: you held the plank for 60 s twice running."),
)
FRIDAY = Session(
    day=4,
    name="B",
    minutes=35,
    light=True,
    exercises=(
        a_prescription(
            "step-down",
            Dose(2, 10),
            "Step-downs are here because half of your running goes downhill, where the knee has to brake.",
            tempo="3-1-1",
            easier=Dose(2, 6),
            harder=Dose(2, 12, 4.0, Gear.DUMBBELLS),
        ),
        a_prescription(
            "rear-foot-elevated-split-squat",
            Dose(2, 10, 12.0, Gear.DUMBBELLS),
            "Split squats are here because your left knee hurt last spring, and thighs that share the load spare it.",
            easier=Dose(2, 10, 10.0, Gear.DUMBBELLS),
            harder=Dose(2, 10, 14.0, Gear.DUMBBELLS),
            rest_s=90,
            change=SPLIT_SQUAT_UP,
        ),
        a_prescription(
            "single-leg-calf-raise",
            Dose(2, 12),
            "Calf raises are here because the calf gives most of the push-off, and yours feels tight.",
            tempo="2-1-2",
            easier=Dose(2, 8),
        ),
        a_prescription(
            "lateral-band-walk",
            Dose(2, 12, 6.0, Gear.BAND),
            "Band walks are here because the side of the hip decides where the knee goes.",
            easier=Dose(2, 12, 3.0, Gear.BAND),
            harder=Dose(2, 12, 10.0, Gear.BAND),
        ),
        DEAD_BUG,
        a_prescription(
            "suitcase-carry",
            Dose(2, 40, 20.0, Gear.KETTLEBELLS),
            "Carries are here because a trunk that does not sway lets the legs do the running.",
            easier=Dose(2, 40, 16.0, Gear.KETTLEBELLS),
        ),
    ),
    placed=because("Friday, after your easy run, with light legs: the long run is on Sunday."),
)


DEADLIFTS_LEFT = Question(session=0, exercise="single-leg-romanian-deadlift", mode=DoseMode.REPS)
PLANK_LEFT = Question(session=0, exercise="side-plank-with-leg-lift", mode=DoseMode.HOLD)
CARRY_LEFT = Question(session=2, exercise="suitcase-carry", mode=DoseMode.CARRY)


def _item(stretch: str, hold_s: int, rounds: int, why: str) -> StretchItem:
    known = CATALOGUE.stretch_by_slug[stretch]
    return StretchItem(stretch, known.target, hold_s, known.reps, rounds, known.sides, because(why))


ROUTINE = Routine(
    items=(
        _item("gastrocnemius-wall-stretch", 45, 2, "You call your calves tight."),
        _item("soleus-wall-stretch", 30, 2, "You call your calves tight."),
        _item("half-kneeling-hip-flexor", 30, 2, "Hours of sitting shorten the front of the hip."),
        _item("supine-strap-hamstring", 30, 2, "Keeps the back of the leg at ease."),
        _item("figure-four", 30, 1, "Lets the hip turn freely."),
        _item("butterfly", 30, 2, "For the inside of the thigh."),
    ),
    seconds=875,
    days=(1, 3, 6),
    before=(
        _item("leg-swings", 0, 1, "Wakes the hips."),
        _item("ankle-rocks", 0, 1, "Frees the ankles."),
        _item("walking-lunge-reach", 0, 1, "Opens the stride."),
    ),
    change=because(
        "The calf stretch goes from 30 to 45 s: you have done it for two weeks and still call the calf tight."
    ),
)

QUALITIES = (
    (Quality.SINGLE_LEG, 34),
    (Quality.JOINT_CONTROL, 24),
    (Quality.LOAD_TOLERANCE, 27),
    (Quality.CARRY_OVER, 15),
)


def a_week(**changes: Any) -> Week:
    """Mara's week: two sessions of six exercises with loads in kg, stretches after three runs, a question about Tuesday."""
    week = Week(
        week_of=MONDAY,
        engine="1",
        number=7,
        phase=Phase.BUILD,
        focus=because(
            "This week builds single-leg strength: you said the last one felt easy, and your knee stayed quiet."
        ),
        sessions=(TUESDAY, FRIDAY),
        stretch=ROUTINE,
        changes=(SPLIT_SQUAT_UP, HOPS_NEW, PLANK_UP, CALF_HELD),
        qualities=QUALITIES,
        question=DEADLIFTS_LEFT,
    )
    return replace(week, **changes)


def a_full_week(**changes: Any) -> Week:
    """Three sessions of six exercises: as long as a letter gets."""
    saturday = replace(FRIDAY, day=5, name="C")
    return a_week(sessions=(TUESDAY, replace(FRIDAY, day=3), saturday), question=CARRY_LEFT, **changes)


def a_band_week(**changes: Any) -> Week:
    """Joe's first week: one session with bands and a backpack, loads in lb, no history to tell of."""
    session = Session(
        day=3,
        name="A",
        minutes=25,
        light=False,
        exercises=(
            a_prescription(
                "banded-hip-thrust",
                Dose(2, 12, 6.0, Gear.BAND),
                "Hip thrusts are here because the hips drive you forward, and yours are new to strength work.",
                target_rir=4,
                easier=Dose(2, 12, 3.0, Gear.BAND),
                harder=Dose(2, 12, 10.0, Gear.BAND),
            ),
            a_prescription(
                "step-down",
                Dose(2, 8, 6.8, Gear.BACKPACK),
                "Step-downs are here because they teach the knee to brake, softly.",
                target_rir=4,
                easier=Dose(2, 8),
                harder=Dose(2, 8, 9.1, Gear.BACKPACK),
            ),
            a_prescription(
                "dead-bug", Dose(2, 6), "The dead bug is here because a calm trunk frees the legs.", target_rir=4
            ),
        ),
        placed=because("Thursday, the day farthest from your long run."),
    )
    week = Week(
        week_of=date(2026, 12, 28),
        engine="1",
        number=1,
        phase=Phase.ANATOMICAL,
        focus=because("A first week to learn the movements: stop every set well before it gets hard."),
        sessions=(session,),
        stretch=replace(ROUTINE, items=ROUTINE.items[:3], seconds=480, days=(), before=(), change=None),
        changes=(),
        qualities=QUALITIES,
    )
    return replace(week, **changes)


def a_stop_week(**changes: Any) -> Week:
    """Inês's week: she ticked a red flag, so there is no plan, only the message."""
    week = Week(
        week_of=MONDAY,
        engine="1",
        number=9,
        phase=Phase.BASE,
        focus=because("No training this week."),
        sessions=(),
        stretch=None,
        changes=(),
        notices=(Notice(NoticeKind.STOP, because("You told us of swelling in one calf, with warmth.")),),
    )
    return replace(week, **changes)


def a_pain_week(**changes: Any) -> Week:
    """A week changed around a knee at 7 of 10, with the clinician's notice; the question is about a hold."""
    return a_week(
        number=8,
        changes=(
            because("Split squats are out: your knee was at 7 of 10."),
            because("Step-downs are out too, for the same reason."),
        ),
        notices=(Notice(NoticeKind.CLINICIAN, because("Your knee hurt at 7 of 10 this week.")),),
        paused_regions=(Region.KNEE,),
        question=PLANK_LEFT,
        **changes,
    )


def a_screening_week() -> Week:
    """An ordinary week, a year after Mara answered the screening questions."""
    reason = because("A year has passed since you last answered the health questions. Please look at them again.")
    return a_week(notices=(Notice(NoticeKind.SCREENING, reason),))


RUNS = (Run(0, RunKind.EASY), Run(1, RunKind.EASY), Run(3, RunKind.QUALITY), Run(6, RunKind.LONG))
"""Mara's: Tuesday's session is after an easy run."""

EARLIER = Week(
    week_of=MONDAY - timedelta(weeks=8),
    engine="1",
    number=1,
    phase=Phase.ANATOMICAL,
    focus=because("Learn the movements."),
    sessions=(
        Session(
            day=1,
            name="A",
            minutes=30,
            light=False,
            exercises=(
                a_prescription("rear-foot-elevated-split-squat", Dose(2, 8, 6.0, Gear.DUMBBELLS), "It is useful."),
                a_prescription("suitcase-carry", Dose(2, 30, 12.0, Gear.KETTLEBELLS), "It is useful."),
                a_prescription("side-plank-with-leg-lift", Dose(2, 15), "It is useful."),
                a_prescription("single-leg-calf-raise", Dose(2, 12), "It is useful."),
            ),
            placed=because("On a day without a run."),
        ),
    ),
    stretch=None,
    changes=(),
)
"""Mara's week eight weeks before."""

FAR_ALONG = Known(RUNS, Race(date(2027, 1, 17), 21.1), answered=5, before=EARLIER)


def a_letter(
    week: Week | None = None,
    recipient: Recipient = MARA,
    *,
    postal_address: str = POSTAL_ADDRESS,
    known: Known = FAR_ALONG,
) -> WeeklyLetter:
    """The weekly letter of a week, Mara's when none is given, in the recipient's units."""
    return weekly(
        recipient,
        a_week() if week is None else week,
        CATALOGUE,
        urls=URLS,
        postal_address=postal_address,
        say=say,
        known=known,
        draw=lambda slug: Picture(f"https://stridewell.example/p/{slug}.png?5eed", 272, 104),
    )
