"""What becomes of the sample runners' weeks after pain or a warning sign, and the letters that say so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coach.amending import Rest
from coach.profile import Gear, Region
from coach.week import (
    Dose,
    Notice,
    NoticeKind,
    Week,
)
from mail.letter import Recipient, no_picture
from mail.pictures import Draw
from mail.reply import SafetyLetter, safety
from tests.mail.sample import (
    DEAD_BUG,
    FRIDAY,
    INES,
    MARA,
    POSTAL_ADDRESS,
    ROUTINE,
    TUESDAY,
    URLS,
    a_stop_week,
    a_week,
    because,
    say,
)
from tests.mail.sample_catalogue import CATALOGUE

KNEE_LESS = because("Knee pain 4/10: everything that loads it is cut to 80 % of the dose at most (from 4/10 on).")
STEP_DOWN_LESS = because("Step-down 10 → 8 repetitions: to spare your knee.")
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
                change=because("Split squat 12 → 8 kg dumbbells: to spare your knee."),
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
    dead_bug = replace(DEAD_BUG, harder=None, change=because("Dead bug in place of Step-down: it spares your knee."))
    others = tuple(replace(p, change=None) for p in FRIDAY.exercises[2:] if p.exercise != "dead-bug")
    week = a_week(
        sessions=(TUESDAY, replace(FRIDAY, minutes=24, exercises=(dead_bug, *others))),
        changes=(KNEE_OUT, because("Out for the rest of this week: Rear-foot-elevated split squat.")),
        notices=(Notice(NoticeKind.CLINICIAN, because("You told us of pain of 7/10 in your knee.")),),
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
    notice = Notice(NoticeKind.CLINICIAN, because("In 2 weeks you have told us of 4/10 or more in your knee."))
    return a_severe_rest(week=a_week(notices=(notice,), paused_regions=(Region.KNEE,)), earlier=False)


def a_reply(
    rest: Rest | None = None, planned: Week | None = None, recipient: Recipient = MARA, draw: Draw = no_picture
) -> SafetyLetter:
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
        draw=draw,
    )


def a_stop_reply(recipient: Recipient = INES) -> SafetyLetter:
    """The reply to a red flag: everything still to come is out."""
    week = a_stop_week(sessions=tuple(replace(s, exercises=(), minutes=0) for s in (TUESDAY, FRIDAY)))
    return a_reply(Rest(week, open=(0, 1), earlier=False, clinician=frozenset()), a_week(), recipient)
