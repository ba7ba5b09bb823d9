"""Three runners' weeks and a small catalogue of their own, to write and look at letters with."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from coach.amending import Rest
from coach.catalogue import Catalogue, Exercise, Stretch
from coach.constants import Constants
from coach.profile import Gear, Race, Region, Run, RunKind
from coach.reasons import load_text
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
from mail.letter import Known, Recipient, Urls, WeeklyLetter, weekly
from mail.pictures import Picture
from mail.reply import SafetyLetter, safety

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
MARA = Recipient(name="Mara", address="mara@example.org", units="kg", time_zone="Europe/London")
JOE = Recipient(name="Joe Kowalski", address="joe@example.org", units="lb", time_zone="America/Denver")
INES = Recipient(name="Inês", address="ines@example.org", units="kg", time_zone="Europe/Lisbon")


def because(sentence: str) -> Reason:
    """A reason that is told with this sentence."""
    return Reason("told", (("sentence", sentence),))


def say(reason: Reason) -> str:
    return str(dict(reason.values)["sentence"])


def load_kg(dose: Dose) -> str:
    return load_text(dose, "kg")


def load_lb(dose: Dose) -> str:
    return load_text(dose, "lb")


def an_exercise(slug: str, how: str, cue: str, carry_over: str, stop_if: str, **changes: Any) -> Exercise:
    exercise = Exercise(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        pattern="lunge",
        sides=2,
        mode=DoseMode.REPS,
        ladder=slug,
        rung=1,
        qualities=tuple((quality, 2) for quality in Quality),
        tissues=((Region.KNEE, 1),),
        needs=(frozenset(),),
        loadable=(),
        bodyweight_share=0.8,
        start_load_share=0.0,
        start_amount=10,
        tempo="2-1-1",
        seconds=4,
        rest_s=60,
        purpose="it is useful.",
        how=how,
        feel="Work in the muscle, calm in the joint.",
        cue=cue,
        carry_over=carry_over,
        stop_if=stop_if,
    )
    return replace(exercise, **changes)


def a_stretch(slug: str, target: str, cue: str, **changes: Any) -> Stretch:
    stretch = Stretch(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        target=target,
        regions=(Region.CALF,),
        avoid=(),
        props=(),
        dynamic=False,
        start_hold_s=20,
        reps=0,
        sides=2,
        how="Ease in until you feel a mild pull, then breathe.",
        feel="A mild pull, never a sharp one.",
        cue=cue,
        stop_if="It pinches: come out a little.",
    )
    return replace(stretch, **changes)


CATALOGUE = Catalogue(
    exercises=(
        an_exercise(
            "rear-foot-elevated-split-squat",
            "Stand a long step in front of a chair and rest the top of one foot on it. Lower straight down until the back "
            "knee hovers a hand above the floor. Drive up through the whole front foot. Finish one side, then change.",
            "Sink between your hips; the front knee follows the toes.",
            "Land under your hip and feel the whole foot take you.",
            "The front knee aches: shorten the range, or keep the back foot on the floor.",
            name="Rear-foot-elevated split squat",
        ),
        an_exercise(
            "single-leg-romanian-deadlift",
            "Stand on one leg with the knee soft and the weight in the other hand. Push the hips back and let the free leg "
            "float up as the chest comes down. Stop when the back wants to round. Stand up by squeezing the hip.",
            "Close the car door with your hip.",
            "Push the ground behind you, not down.",
            "You feel it in the back: go less deep and lighter.",
            name="Single-leg Romanian deadlift",
        ),
        an_exercise(
            "single-leg-calf-raise",
            "Stand on the edge of a stair on the ball of one foot, fingertips on the wall. Let the heel sink below the edge. "
            "Rise as high as you can, wait there a moment, and come down slowly.",
            "Up over the big toe, all the way.",
            "Let the ankle be the last thing to leave the ground.",
            "The Achilles is sharp or stiff next morning: do both legs together.",
        ),
        an_exercise(
            "side-plank-with-leg-lift",
            "Lie on your side, elbow under the shoulder, legs long. Lift the hips until head, hips and heels make one line, "
            "then raise the upper leg a hand's width and breathe.",
            "Long from crown to heel.",
            "Keep the belt level as you tire.",
            "The shoulder complains: bend the lower knee and rest on it.",
            mode=DoseMode.HOLD,
            tempo="",
        ),
        an_exercise(
            "suitcase-carry",
            "Pick up one weight with a straight back. Stand tall with level shoulders and walk with ordinary steps for the "
            "time given. Put it down with bent knees and change hands.",
            "Walk as if nobody could tell which hand is full.",
            "Grow tall through the crown of your head.",
            "You have to lean: take a lighter weight.",
            mode=DoseMode.CARRY,
            tempo="",
        ),
        an_exercise(
            "pogo-hops",
            "On slightly giving ground, stand tall and bounce a few centimetres off the balls of your feet, knees almost "
            "straight. Let the heels kiss the ground. Stop while the hops are still crisp.",
            "Short, stiff, quiet.",
            "Touch the ground briefly, as if it were warm.",
            "Shin, heel or Achilles hurts: leave the jumps out and do calf raises.",
            sides=1,
            mode=DoseMode.CONTACTS,
            tempo="",
        ),
        an_exercise(
            "step-down",
            "Stand on one leg on a low step. Bend that knee until the other heel brushes the floor in front, then stand up "
            "without pushing off below.",
            "Hips level, knee over the second toe.",
            "Quiet knees downhill.",
            "The knee hurts: use a lower step.",
        ),
        an_exercise(
            "lateral-band-walk",
            "Put a band around both ankles and bend the knees a little. Step sideways without letting the feet drag or the "
            "band go slack. Walk there and back.",
            "Toes forward, steps small.",
            "Let the hip, not the knee, hold you up.",
            "The hip pinches: move the band up above the knees.",
        ),
        an_exercise(
            "banded-hip-thrust",
            "Sit on the floor with the shoulders against a sofa and the band across the hips. Push the hips up until the "
            "trunk is level, wait a moment, and lower slowly.",
            "Ribs down, finish with the hips.",
            "Finish each stride behind you.",
            "You feel it in the back: lift less high.",
            sides=1,
        ),
        an_exercise(
            "dead-bug",
            "Lie on your back, arms up, hips and knees bent. Lower one arm and the opposite leg while the back stays heavy "
            "on the floor. Come back and change.",
            "Keep the back heavy.",
            "Swing from the hips over a calm trunk.",
            "The back arches: keep the moving knee bent.",
        ),
    ),
    stretches=(
        a_stretch("gastrocnemius-wall-stretch", "calf", "Heel heavy, knee straight."),
        a_stretch("soleus-wall-stretch", "calf", "Heel heavy, knee bent."),
        a_stretch(
            "half-kneeling-hip-flexor", "hip flexor", "Tuck the tail, then lean.", name="Half-kneeling hip flexor"
        ),
        a_stretch("supine-strap-hamstring", "hamstring", "Leg long, shoulders soft."),
        a_stretch("figure-four", "glute", "Shin level, breathe out.", name="Figure four, on your back"),
        a_stretch("butterfly", "adductor", "Sit tall, let the knees fall.", sides=1),
        a_stretch("leg-swings", "hip", "Swing from a tall trunk.", dynamic=True, start_hold_s=0, reps=10),
        a_stretch("ankle-rocks", "ankle", "Knee over the toes.", dynamic=True, start_hold_s=0, reps=10),
        a_stretch("walking-lunge-reach", "hip flexor", "Long and loose.", dynamic=True, start_hold_s=0, reps=8),
    ),
    slots=(),
    constants=Constants(**{f.name: 0.0 for f in fields(Constants)}),
    version="sample",
)


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
        load=load_lb if recipient.units == "lb" else load_kg,
        known=known,
        draw=lambda slug: Picture(f"https://stridewell.example/p/{slug}.png?5eed", 272, 104),
    )


KNEE_LESS = because("Knee pain 4/10: everything that loads it is cut to 80 % of the dose (from 4/10 on).")
STEP_DOWN_LESS = because("Step-down 10 → 8 repetitions: knee pain 4/10.")
KNEE_OUT = because("Knee pain 7/10: nothing that loads it for the rest of this week.")


def a_rest(**changes: Any) -> Rest:
    """Mara's week after Tuesday, when her knee was at 4 of 10: Friday with less for the knee, and a stretch left out."""
    step_down, squat, *others = FRIDAY.exercises
    friday = replace(
        FRIDAY,
        minutes=32,
        exercises=(
            replace(step_down, dose=Dose(2, 8), easier=Dose(2, 5), harder=None, change=STEP_DOWN_LESS, cut=0.8),
            replace(
                squat,
                dose=Dose(2, 10, 8.0, Gear.DUMBBELLS),
                easier=Dose(2, 10, 6.0, Gear.DUMBBELLS),
                harder=None,
                change=because("Split squat 12 → 8 kg dumbbells: knee pain 4/10."),
                cut=0.8,
            ),
            *(replace(p, change=None) for p in others),
        ),
    )
    week = a_week(
        sessions=(TUESDAY, friday),
        stretch=replace(ROUTINE, items=(*ROUTINE.items[:2], *ROUTINE.items[3:]), seconds=799),
        changes=(KNEE_LESS, STEP_DOWN_LESS, because("1 stretch less for now: it pulls on what hurts.")),
        paused_regions=(Region.KNEE,),
    )
    return replace(Rest(week, open=(1,), earlier=False, clinician=frozenset()), **changes)


def a_severe_rest(**changes: Any) -> Rest:
    """The same week with the knee at 7: two exercises are out on Friday, and one the mail has not told of takes a place."""
    dead_bug = replace(DEAD_BUG, harder=None, change=because("Dead bug in place of Step-down: knee pain 7/10."))
    others = tuple(replace(p, change=None) for p in FRIDAY.exercises[2:] if p.exercise != "dead-bug")
    week = a_week(
        sessions=(TUESDAY, replace(FRIDAY, minutes=24, exercises=(dead_bug, *others))),
        changes=(KNEE_OUT, because("Out for the rest of this week: Rear-foot-elevated split squat.")),
        notices=(Notice(NoticeKind.CLINICIAN, because("You told us of 7/10 in your knee.")),),
        paused_regions=(Region.KNEE,),
    )
    rest = Rest(week, open=(1,), earlier=True, clinician=frozenset({Region.KNEE}))
    return replace(rest, **changes)


def a_rest_with_nothing_left() -> Rest:
    """Pain took everything out of Friday; Tuesday was not told of."""
    rest = a_severe_rest()
    friday = replace(FRIDAY, minutes=0, exercises=())
    return replace(rest, week=replace(rest.week, sessions=(TUESDAY, friday)))


def a_rest_as_planned() -> Rest:
    """Pain of 4 for the second week: a clinician should see it, but the week was planned around it."""
    notice = Notice(NoticeKind.CLINICIAN, because("Your knee has hurt at 4 or more for 2 weeks."))
    return a_severe_rest(week=a_week(notices=(notice,), paused_regions=(Region.KNEE,)), earlier=False)


def a_reply(rest: Rest | None = None, planned: Week | None = None, recipient: Recipient = MARA) -> SafetyLetter:
    """The reply to pain or a red flag; to a knee at 7 of 10, when none is given. planned: Mara's week when none is given."""
    if planned is None:
        friday = replace(FRIDAY, exercises=tuple(p for p in FRIDAY.exercises if p.exercise != "dead-bug"))
        planned = a_week(sessions=(TUESDAY, friday if rest is None else FRIDAY))
    return safety(
        recipient,
        a_severe_rest() if rest is None else rest,
        planned,
        CATALOGUE,
        urls=URLS,
        postal_address=POSTAL_ADDRESS,
        say=say,
        load=load_lb if recipient.units == "lb" else load_kg,
    )


def a_stop_reply(recipient: Recipient = INES) -> SafetyLetter:
    """The reply to a red flag: everything still to come is out."""
    week = a_stop_week(sessions=tuple(replace(s, exercises=(), minutes=0) for s in (TUESDAY, FRIDAY)))
    return a_reply(Rest(week, open=(0, 1), earlier=False, clinician=frozenset()), a_week(), recipient)
