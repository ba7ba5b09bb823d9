"""What becomes of the planned week when a runner changes what we know of them. docs/adr/0020-a-changed-profile-acts-on-the-week.md

Nothing is planned over what has been mailed: an unposted week is planned anew; of a mailed one only what can no longer be done is changed, by the
same road as pain (coach.rest_of_week), also of the week that runs while the next one is in the mail; the next plan takes in everything else.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import coach
from coach.answers import Answers, Pain
from coach.safety import START_PAIN
from models import answers as answer_log
from models import plans, training

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from coach.catalogue import Catalogue
    from coach.profile import Profile
    from coach.progress import Progress
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
    weeks = _to_come(session, runner, now)
    if not weeks:
        return Effect.NEXT, None
    *running, latest = weeks
    said = said_by(old, new)
    # With the answers of these weeks as they are, but planned for by the profile as it was.
    before = _asked(session, runner, weeks, catalogue, old)
    for monday in running:
        _record(session, runner, monday, said, now)
        # Pain is carried on from week to week, and told twice it would count as lasting; things to train with are not.
        said = Answers(equipment=said.equipment)
    if plans.take_back(session, runner.id, latest):
        return Effect.ANEW, latest
    _record(session, runner, latest, said, now)
    after = _asked(session, runner, weeks, catalogue, new)
    return (Effect.NEXT if before == after else Effect.REST), latest


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


def _to_come(session: Session, runner: Subscriber, now: datetime) -> list[date]:
    """The Monday of the latest plan; before it that of the week that runs, where the next one is planned while it does."""
    latest = plans.latest_week(session, runner.id)
    if latest is None:
        return []
    today = now.astimezone(ZoneInfo(runner.time_zone)).date()
    monday = today - timedelta(days=today.weekday())
    runs = monday < latest.week_of and plans.get_week(session, runner.id, monday) is not None
    return [monday, latest.week_of] if runs else [latest.week_of]


def _record(session: Session, runner: Subscriber, monday: date, said: Answers, now: datetime) -> None:
    if said != Answers():
        answer_log.record(session, runner.id, monday, said, now=now, source=answer_log.ACCOUNT)


def _asked(
    session: Session, runner: Subscriber, weeks: Sequence[date], catalogue: Catalogue, profile: Profile
) -> list[object]:
    """What there is to do in each of these weeks by now; in the later one once the answers to the earlier are folded in."""
    found: list[object] = []
    progress: Progress | None = None
    for monday in weeks:
        told = training.told(session, runner, monday)
        if told is None:
            continue
        known = progress or told.progress or coach.start(profile, catalogue)
        week = coach.rest_of_week(profile, known, told.week, told.said, catalogue).week
        found.append((week.sessions, week.stretch))
        progress = coach.fold(profile, known, week, told.answers, catalogue)
    return found
