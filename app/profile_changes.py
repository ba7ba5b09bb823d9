"""What becomes of the planned week when a runner changes what we know of them. docs/adr/0020-a-changed-profile-acts-on-the-week.md

Nothing is planned over what has been mailed: an unposted week is planned anew; of a mailed one only what can no longer be done is changed, by the
same road as pain (coach.rest_of_week); the next plan takes in everything else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import coach
from coach.answers import Answers, Pain
from coach.safety import START_PAIN
from models import answers as answer_log
from models import plans, training

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from models.people import Subscriber


class Effect(StrEnum):
    """From when on a change counts."""

    NOTHING = ""
    """Nothing that plans are made from has changed."""
    ANEW = "anew"
    """The week that has not been posted yet is to be planned once more."""
    REST = "rest"
    """What is still to come of the week has changed."""
    NEXT = "next"
    """From the next plan on."""


def apply(
    session: Session, runner: Subscriber, old: Profile, new: Profile, catalogue: Catalogue, *, now: datetime
) -> tuple[Effect, date | None]:
    """Let a stored change act, in the transaction that stores it; and the Monday of the week it acts on, None without one.

    After ANEW the caller plans that Monday, once this is committed; until then, and should that fail, the hourly run finds no plan.
    """
    if new == old:
        return Effect.NOTHING, None
    latest = plans.latest_week(session, runner.id)
    if latest is None:
        return Effect.NEXT, None
    monday = latest.week_of
    if plans.take_back(session, runner.id, monday):
        return Effect.ANEW, monday
    said = said_by(old, new)
    # With the answers of this week as they are, but planned for by the profile as it was.
    before = _asked(session, runner, monday, catalogue, old)
    if said != Answers():
        answer_log.record(session, runner.id, monday, said, now=now, source=answer_log.ACCOUNT)
    after = _asked(session, runner, monday, catalogue, new)
    return (Effect.NEXT if before == after else Effect.REST), monday


def said_by(old: Profile, new: Profile) -> Answers:
    """What a change of the profile tells of the week that runs: new pain, and other things to train with."""
    hurt = {i.region: i.pain or START_PAIN for i in old.injuries if i.current}
    return Answers(
        pains=tuple(
            Pain(i.region, i.pain or START_PAIN)
            for i in sorted(new.injuries, key=lambda i: i.region)
            if i.current and (i.pain or START_PAIN) > hurt.get(i.region, 0)
        ),
        equipment=None if new.equipment == old.equipment else new.equipment,
    )


def _asked(session: Session, runner: Subscriber, monday: date, catalogue: Catalogue, profile: Profile) -> object:
    """What there is to do in a week by now."""
    told = training.told(session, runner, monday)
    if told is None:
        return None
    week = coach.rest_of_week(profile, told.progress, told.week, told.said, catalogue).week
    return week.sessions, week.stretch
