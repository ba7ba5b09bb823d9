"""What becomes of the planned week when a runner changes what we know of them. docs/adr/0020-a-changed-profile-acts-on-the-week.md

Nothing is planned over what has been mailed: an unposted week is planned anew; of a mailed one only what can no longer be done is changed, by the
same road as pain (coach.rest_of_week), also of the week that runs while the next one is in the mail; the next plan takes in everything else.
Pain goes into the log at any time, so that no plan can miss it.
"""

from __future__ import annotations

from dataclasses import replace
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
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from coach.catalogue import Catalogue
    from coach.profile import Profile, Region
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
    planned = plans.weeks_of(session, runner.id)
    if not planned:
        return Effect.NEXT, None
    latest, to_come = planned[-1], _to_come(planned, runner, now)
    # With the answers of these weeks as they are, but planned for by the profile as it was.
    before = _asked(session, runner, to_come, catalogue, old)
    anew = plans.take_back(session, runner.id, latest)
    standing = planned[:-1] if anew else planned
    _tell(session, runner, standing, to_come, said_by(old, new), now)
    if anew:
        return Effect.ANEW, latest
    after = _asked(session, runner, to_come, catalogue, new)
    return (Effect.NEXT if before == after else Effect.REST), latest


def worse(session: Session, runner: Subscriber, old: Profile, new: Profile, *, now: datetime) -> None:
    """Enter into the log where a runners' file says that it hurts more than before. Less it may only say as it is old."""
    was = _hurts(old)
    said = Answers(pains=tuple(p for p in said_by(old, new).pains if p.level > was.get(p.region, 0)))
    planned = plans.weeks_of(session, runner.id)
    _tell(session, runner, planned, _to_come(planned, runner, now), said, now)


def said_by(old: Profile, new: Profile) -> Answers:
    """What a change of the profile tells: where it hurts otherwise than before, or no more, and other things to train with."""
    was, now = _hurts(old), _hurts(new)
    return Answers(
        pains=tuple(
            Pain(region, now.get(region, 0))
            for region in sorted({*was, *now})
            if now.get(region, 0) != was.get(region, 0)
        ),
        equipment=None if new.equipment == old.equipment else new.equipment,
    )


def _to_come(planned: Sequence[date], runner: Subscriber, now: datetime) -> list[date]:
    """The Mondays of the weeks that are not over."""
    today = now.astimezone(ZoneInfo(runner.time_zone)).date()
    return [monday for monday in planned if monday > today - timedelta(days=7)]


def _hurts(profile: Profile) -> dict[Region, int]:
    """Where it hurts now, and how much."""
    return {i.region: i.pain or START_PAIN for i in profile.injuries if i.current}


def _tell(
    session: Session,
    runner: Subscriber,
    standing: Sequence[date],
    to_come: Collection[date],
    said: Answers,
    now: datetime,
) -> None:
    """Enter it into the log of every week to come whose plan stands; pain, without one, into that of the last week there was.

    A plan looks into the profile for pain only where nothing is known of the region yet: what is told of any other reaches it by the log.
    """
    weeks = [monday for monday in standing if monday in to_come]
    if not weeks:
        weeks, said = list(standing[-1:]), replace(said, equipment=None)
    for monday in weeks:
        _record(session, runner, monday, said, now)
        # Pain is carried on from week to week, and told twice it would count as lasting; things to train with are not.
        said = Answers(equipment=said.equipment)


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
