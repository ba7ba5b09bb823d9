"""All that is kept of runners' weeks, with the moments that tell what was known when: to look back, never to plan by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from coach.answers import Answers, merge
from coach.profile import Profile
from coach.progress import Progress
from coach.week import Week
from models import codec
from models.bulk import chunks, collector_at_rest
from models.people import COLUMNS, Subscriber, subscriber_of
from models.tables import WEEKLY, AnswerRow, PlanRow, ProfileRow, SnapshotRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class KeptWeek:
    """A planned week. folded_at: when it was last folded; None when it never was."""

    week: Week
    planned_at: datetime
    folded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it was given."""

    given_at: datetime
    answers: Answers


@dataclass(frozen=True, slots=True)
class Past:
    """A planned week of one runner. answers: all that was told about it, merged; told_at: when last, None when nothing was.

    progress: known after it; None until it is folded.
    """

    week: Week
    planned_at: datetime
    answers: Answers
    told_at: datetime | None
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class History:
    """One runner. profiles: every version and since when it held, oldest first, at least one. weeks: oldest first.

    said: by Monday, the answers about that week in the order given; weeks without an answer are not in it.
    """

    subscriber: Subscriber
    profiles: tuple[tuple[datetime, Profile], ...]
    weeks: tuple[KeptWeek, ...]
    said: dict[date, tuple[Said, ...]]

    def profile_at(self, moment: datetime) -> Profile:
        """The version that held at a moment; before the first one, the first."""
        held = [profile for since, profile in self.profiles if since <= moment]
        return held[-1] if held else self.profiles[0][1]

    def heard(self, week_of: date, by: datetime) -> tuple[Said, ...]:
        """What had been answered about a week by a moment, in the order given."""
        return tuple(s for s in self.said.get(week_of, ()) if s.given_at <= by)

    def told(self, week_of: date, by: datetime) -> Answers:
        """The same as one; silence when nothing."""
        return merge(s.answers for s in self.heard(week_of, by))


def with_plans(session: Session) -> list[int]:
    """The runners who have ever had a week planned, ascending."""
    return list(session.scalars(select(PlanRow.subscriber_id).distinct().order_by(PlanRow.subscriber_id)))


def past(session: Session, subscriber_id: int, *, since: date) -> list[Past]:
    """One runner's weeks from a Monday on, oldest first; empty for an unknown runner. Two statements; reads only."""
    said: dict[date, list[Said]] = {}
    for week_of, given_at, written_as, blob in session.execute(
        select(AnswerRow.week_of, AnswerRow.given_at, AnswerRow.format, AnswerRow.answers)
        .where(AnswerRow.subscriber_id == subscriber_id, AnswerRow.week_of >= since)
        .order_by(AnswerRow.id)
    ):
        said.setdefault(week_of, []).append(Said(given_at, codec.decode(Answers, blob, written_as)))
    return [
        Past(
            codec.decode(Week, row.week, row.format),
            row.created_at,
            merge(s.answers for s in said.get(row.week_of, ())),
            max((s.given_at for s in said.get(row.week_of, ())), default=None),
            None if row.progress is None else codec.decode(Progress, row.progress, row.written_as),
        )
        for row in session.execute(
            select(
                PlanRow.week_of,
                PlanRow.week,
                PlanRow.format,
                PlanRow.created_at,
                SnapshotRow.progress,
                SnapshotRow.format.label("written_as"),
            )
            .outerjoin(SnapshotRow, _folded())
            .where(PlanRow.subscriber_id == subscriber_id, PlanRow.kind == WEEKLY, PlanRow.week_of >= since)
            .order_by(PlanRow.week_of)
        )
    ]


@collector_at_rest()
def load(session: Session, ids: Sequence[int]) -> list[History]:
    """Everything kept of these runners, in the order given; erased and unknown ones are left out.

    Three statements a thousand runners. Reads only.
    """
    found: dict[int, History] = {}
    for some in chunks(ids):
        found |= _load(session, some)
    return [found[i] for i in ids if i in found]


def _load(session: Session, ids: Sequence[int]) -> dict[int, History]:
    people: dict[int, Subscriber] = {}
    profiles: dict[int, list[tuple[datetime, Profile]]] = {}
    for row in session.execute(
        select(*COLUMNS, ProfileRow.created_at, ProfileRow.format, ProfileRow.profile)
        .join(ProfileRow, ProfileRow.subscriber_id == SubscriberRow.id)
        .where(SubscriberRow.id.in_(ids))
        .order_by(ProfileRow.subscriber_id, ProfileRow.version)
    ):
        people.setdefault(row.id, subscriber_of(row))
        profile = codec.decode(Profile, row.profile, row.format)
        profiles.setdefault(row.id, []).append((row.created_at, profile))
    weeks: dict[int, list[KeptWeek]] = {}
    for i, written_as, blob, planned_at, folded_at in session.execute(
        select(PlanRow.subscriber_id, PlanRow.format, PlanRow.week, PlanRow.created_at, SnapshotRow.folded_at)
        .outerjoin(SnapshotRow, _folded())
        .where(PlanRow.subscriber_id.in_(ids), PlanRow.kind == WEEKLY)
        .order_by(PlanRow.subscriber_id, PlanRow.week_of)
    ):
        weeks.setdefault(i, []).append(KeptWeek(codec.decode(Week, blob, written_as), planned_at, folded_at))
    said: dict[int, dict[date, tuple[Said, ...]]] = {}
    for i, week_of, given_at, written_as, blob in session.execute(
        select(AnswerRow.subscriber_id, AnswerRow.week_of, AnswerRow.given_at, AnswerRow.format, AnswerRow.answers)
        .where(AnswerRow.subscriber_id.in_(ids))
        .order_by(AnswerRow.id)
    ):
        one = Said(given_at, codec.decode(Answers, blob, written_as))
        mine = said.setdefault(i, {})
        mine[week_of] = (*mine.get(week_of, ()), one)
    return {
        i: History(runner, tuple(profiles[i]), tuple(weeks.get(i, ())), said.get(i, {})) for i, runner in people.items()
    }


def _folded() -> ColumnElement[bool]:
    """Join condition: what was known after a planned week."""
    return and_(SnapshotRow.subscriber_id == PlanRow.subscriber_id, SnapshotRow.week_of == PlanRow.week_of)
