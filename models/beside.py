"""What a weekly mail tells besides its week: the runner's profile of that day, weeks answered in a row, and an earlier plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, func, or_, select

from coach.profile import Profile
from coach.week import Week
from models import answers, codec
from models.bulk import chunks, collector_at_rest
from models.tables import WEEKLY, AnswerRow, PlanRow, ProfileRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Beside:
    """answered: weeks with a plan and an answer, running up to the one asked about. before: the earlier plan, None without one."""

    profile: Profile
    answered: int
    before: Week | None


@collector_at_rest()
def beside(
    session: Session, ids: Sequence[int], week_of: date, *, by: datetime, before: Mapping[int, date]
) -> dict[int, Beside]:
    """By runner; erased and unknown ones are left out. before: by runner, the Monday of an earlier plan to read with it.

    by: what became known later (aware) does not count, so that a mail written again is the same mail. Two statements a thousand
    runners, three with an earlier plan. Reads only.
    """
    found: dict[int, Beside] = {}
    for some in chunks(ids):
        answered = _answered(session, some, week_of, by)
        earlier = _plans(session, {i: before[i] for i in some if i in before})
        for i, profile in _profiles(session, some, by).items():
            found[i] = Beside(profile, answered.get(i, 0), earlier.get(i))
    return found


def _profiles(session: Session, ids: Sequence[int], by: datetime) -> dict[int, Profile]:
    """The version that held; the first one for whoever had none yet."""
    rows = session.execute(
        select(ProfileRow.subscriber_id, ProfileRow.format, ProfileRow.profile)
        .where(ProfileRow.subscriber_id.in_(ids), or_(ProfileRow.created_at <= by, ProfileRow.version == 1))
        .order_by(ProfileRow.version)
    )
    held = {i: (written_as, blob) for i, written_as, blob in rows}
    return {i: codec.decode(Profile, blob, written_as) for i, (written_as, blob) in held.items()}


def _answered(session: Session, ids: Sequence[int], week_of: date, by: datetime) -> dict[int, int]:
    """The plans after the last one that was not answered."""
    mine = and_(PlanRow.subscriber_id.in_(ids), PlanRow.kind == WEEKLY, PlanRow.week_of < week_of)
    heard = exists().where(
        AnswerRow.subscriber_id == PlanRow.subscriber_id,
        AnswerRow.week_of == PlanRow.week_of,
        AnswerRow.source.not_in(answers.NO_ANSWERS),
        AnswerRow.given_at <= by,
    )
    silent = (
        select(PlanRow.subscriber_id, func.max(PlanRow.week_of).label("week_of"))
        .where(mine, ~heard)
        .group_by(PlanRow.subscriber_id)
        .subquery("silent")
    )
    rows = session.execute(
        select(PlanRow.subscriber_id, func.count())
        .outerjoin(silent, silent.c.subscriber_id == PlanRow.subscriber_id)
        .where(mine, or_(silent.c.week_of.is_(None), PlanRow.week_of > silent.c.week_of))
        .group_by(PlanRow.subscriber_id)
    )
    return {i: count for i, count in rows}  # noqa: C416 rows of two, for mypy


def _plans(session: Session, wanted: Mapping[int, date]) -> dict[int, Week]:
    if not wanted:
        return {}
    rows = session.execute(
        select(PlanRow.subscriber_id, PlanRow.week_of, PlanRow.format, PlanRow.week).where(
            PlanRow.subscriber_id.in_(wanted), PlanRow.kind == WEEKLY, PlanRow.week_of.in_(set(wanted.values()))
        )
    )
    return {i: codec.decode(Week, blob, written_as) for i, monday, written_as, blob in rows if wanted[i] == monday}
