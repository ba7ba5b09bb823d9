"""Planned weeks, and the progress they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, select

from coach.progress import Progress
from coach.week import Week
from models import codec, outbox
from models.bulk import changed, chunks, insert_missing, inserting
from models.database import take_write_lock
from models.standing import keys_of
from models.tables import WEEKLY, AnswerRow, OutboxRow, PlanRow, SnapshotRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Snapshot = tuple[int, date, Progress, int]
"""Runner, Monday of the week folded, progress after it, the highest answer id folded in."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A new week, and the snapshots folded on the way to it: Monday of the week folded, progress, answers_through."""

    subscriber_id: int
    week: Week
    progress_after: tuple[tuple[date, Progress, int], ...] = ()


_WEEK = select(PlanRow.week, PlanRow.format).where(
    PlanRow.subscriber_id == bindparam("subscriber_id"),
    PlanRow.week_of == bindparam("week_of"),
    PlanRow.kind == WEEKLY,
)
"""Built once: every page of a week asks this."""


def save_weeks(session: Session, planned: Sequence[Planned], *, now: datetime) -> int:
    """Store plans, their snapshots, and a pending letter for each plan that is new; how many are.

    A plan that is there already stays as it is, and gets no second letter: repeating a call changes nothing. Runners
    erased meanwhile are left out. Five statements a thousand runners; all or nothing, in the session's transaction.
    """
    take_write_lock(session)
    return sum(_save_chunk(session, some, now) for some in chunks(planned))


def _save_chunk(session: Session, planned: Sequence[Planned], now: datetime) -> int:
    keys = keys_of(session, [p.subscriber_id for p in planned])
    planned = [p for p in planned if p.subscriber_id in keys]
    _upsert(session, [(p.subscriber_id, *after) for p in planned for after in p.progress_after], now)
    new = insert_missing(
        session,
        PlanRow,
        [
            {
                "subscriber_id": p.subscriber_id,
                "week_of": p.week.week_of,
                "kind": WEEKLY,
                "engine": p.week.engine,
                "format": codec.FORMAT,
                "week": codec.encode(p.week),
                "created_at": now,
            }
            for p in planned
        ],
        [PlanRow.subscriber_id, PlanRow.week_of],
    )
    outbox.enter(session, [(i, week_of, WEEKLY) for i, week_of in new], keys, now=now)
    return len(new)


def take_back(session: Session, subscriber_id: int, week_of: date) -> bool:
    """Take a plan out again whose letter nobody has touched yet, so that it can be made anew; whether it could be.

    A delivery that has the letter already keeps it, and the plan with it.
    """
    take_write_lock(session)
    of_week = PlanRow.subscriber_id == subscriber_id, PlanRow.week_of == week_of, PlanRow.kind == WEEKLY
    spoken_of = exists().where(AnswerRow.subscriber_id == subscriber_id, AnswerRow.week_of == week_of)
    letter = delete(OutboxRow).where(
        OutboxRow.subscriber_id == subscriber_id,
        OutboxRow.week_of == week_of,
        OutboxRow.kind == WEEKLY,
        OutboxRow.state == "pending",
        OutboxRow.attempts == 0,
        ~spoken_of,
    )
    if not changed(session.execute(letter)):
        return False
    return changed(session.execute(delete(PlanRow).where(*of_week))) == 1


def take_back_unposted(session: Session, subscriber_id: int) -> None:
    """Take the latest plan of a runner who gets no weekly letter for now out again, where it could be: nobody has been asked to do it.

    Kept, it would be folded as a week without an answer, and its letter be missing for one who comes back in time.
    """
    for week_of in weeks_of(session, subscriber_id)[-1:]:
        take_back(session, subscriber_id, week_of)


def save_progress(session: Session, rows: Sequence[Snapshot], *, now: datetime) -> None:
    """Store snapshots, in the place of older ones of the same week.

    One that has more answers folded in than the new one stays: of two that fold at once, the better informed wins.
    Runners erased meanwhile are left out.
    """
    take_write_lock(session)
    for some in chunks(rows):
        keys = keys_of(session, [row[0] for row in some])
        _upsert(session, [row for row in some if row[0] in keys], now)


def _upsert(session: Session, rows: Sequence[Snapshot], now: datetime) -> None:
    if not rows:
        return
    statement = inserting(session, SnapshotRow)
    new = statement.excluded
    values: list[dict[str, Any]] = [
        {
            "subscriber_id": subscriber_id,
            "week_of": week_of,
            "answers_through": answers_through,
            "format": codec.FORMAT,
            "progress": codec.encode(progress),
            "folded_at": now,
        }
        # The last of several for one week counts: PostgreSQL takes a row only once in a statement.
        for (subscriber_id, week_of), (progress, answers_through) in {(r[0], r[1]): (r[2], r[3]) for r in rows}.items()
    ]
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[SnapshotRow.subscriber_id, SnapshotRow.week_of],
            set_={name: new[name] for name in ("answers_through", "format", "progress", "folded_at")},
            where=new.answers_through >= SnapshotRow.answers_through,
        ).returning(SnapshotRow.subscriber_id),
        values,
    ).all()


def get_week(session: Session, subscriber_id: int, week_of: date) -> Week | None:
    """The plan of a runner for the week of a Monday."""
    row = session.execute(_WEEK, {"subscriber_id": subscriber_id, "week_of": week_of}).one_or_none()
    return None if row is None else codec.decode(Week, row.week, row.format)


def planned_at(session: Session, subscriber_id: int, week_of: date) -> datetime | None:
    """When the week of a Monday was planned for a runner; None when it was not."""
    of_week = PlanRow.subscriber_id == subscriber_id, PlanRow.week_of == week_of, PlanRow.kind == WEEKLY
    return session.scalar(select(PlanRow.created_at).where(*of_week))


def latest_week(session: Session, subscriber_id: int) -> Week | None:
    """The plan of a runner for the latest week there is one for."""
    row = session.execute(
        select(PlanRow.week, PlanRow.format)
        .where(PlanRow.subscriber_id == subscriber_id, PlanRow.kind == WEEKLY)
        .order_by(PlanRow.week_of.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else codec.decode(Week, row.week, row.format)


def weeks_of(session: Session, subscriber_id: int) -> list[date]:
    """The Mondays a runner has a plan for, oldest first."""
    return list(
        session.scalars(
            select(PlanRow.week_of)
            .where(PlanRow.subscriber_id == subscriber_id, PlanRow.kind == WEEKLY)
            .order_by(PlanRow.week_of)
        )
    )
