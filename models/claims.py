"""Letters in the hands of a worker: claimed, handed over, settled; each by one worker at a time.

A worker claims rows, marks those it is about to hand over as sending, and settles them. A claim whose worker died is
free again after its lease; a row that was being sent when its worker died may have arrived and is ambiguous: held for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, bindparam, case, null, or_, select, update

from coach.errors import StridewellError
from coach.week import Week
from models import codec, suppressions
from models.bulk import CHUNK, changed, chunks, collector_at_rest
from models.database import take_write_lock
from models.outbox import ON_REQUEST, State
from models.people import COLUMNS, Status, Subscriber, subscriber_of, why_suppressed
from models.tables import REMINDER, WEEKLY, OutboxRow, PlanRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

RESPONSE_LENGTH = 1000
"""Letters of a server's reply that are kept; RFC 5321 allows a line of 512, replies have a few lines."""

SENDING_LEASE_S = 600
"""How long a handed-over row may stay without a result: RFC 5321 4.5.3.2.6 gives the reply to the final dot ten minutes."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter this worker holds. attempts: how often it was claimed, this time included. week: the plan of its week.

    occasion: which of several of its kind and week. address: where it goes when not to the runner's own. planned_at: when
    the week was planned. calendar: when it was queued, its runner wanted the week's sessions as a calendar file too.
    """

    id: int
    subscriber: Subscriber
    week_of: date
    kind: str
    message_id: str
    created_at: datetime
    attempts: int
    week: Week | None
    occasion: str = ""
    address: str | None = None
    planned_at: datetime | None = None
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a letter. response: the server's words. retry_at (aware): for deferred ones, and only for them."""

    id: int
    state: Literal["sent", "deferred", "failed", "ambiguous"]
    response: str
    retry_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.state == "deferred") != (self.retry_at is not None):
            raise StridewellError(
                f"letter {self.id}: {self.state} with retry_at {self.retry_at}. Only a deferred letter has a moment to "
                "try again, and always has one."
            )


def take(session: Session, *, worker: str, limit: int, lease_s: int, now: datetime, of: int | None = None) -> list[int]:
    """Take up to `limit` letters for this worker, for `lease_s` seconds; oldest claims and retries first, then by number.

    Returns their numbers, ascending: `read` gives the letters, a few at a time. of: letters of this runner alone.
    No two workers get the same one. Letters to runners who may not be written to become failed ("suppressed"), weekly ones
    to paused runners failed ("paused"). An empty list means that nothing is waiting now. Commit before sending.
    """
    take_write_lock(session)
    expire(session, now=now)
    taken: list[int] = []
    whose = [] if of is None else [OutboxRow.subscriber_id == of]
    for waiting in (
        and_(OutboxRow.state == State.CLAIMED, OutboxRow.lease_until <= now, *whose),
        and_(OutboxRow.state == State.DEFERRED, OutboxRow.retry_at <= now, *whose),
        and_(OutboxRow.state == State.PENDING, *whose),
    ):
        while (wanted := min(limit - len(taken), CHUNK)) > 0:
            ids, seen = _sort_out(session, waiting, wanted, now)
            taken += session.scalars(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids), waiting)
                .values(
                    state=State.CLAIMED.value,
                    worker=worker,
                    lease_until=now + timedelta(seconds=lease_s),
                    attempts=OutboxRow.attempts + 1,
                    retry_at=None,
                    changed_at=now,
                )
                .returning(OutboxRow.id)
                .execution_options(synchronize_session=False)
            )
            if seen < wanted:
                break
    return sorted(taken)


def read(session: Session, ids: Sequence[int]) -> list[Claimed]:
    """Letters this worker has taken, by number. Those of runners erased meanwhile are left out."""
    return [claimed for some in chunks(ids) for claimed in _claimed(session, some)]


def _sort_out(session: Session, waiting: ColumnElement[bool], wanted: int, now: datetime) -> tuple[list[int], int]:
    """Of the first `wanted` waiting letters, locked, those that may go out; and how many there were. The others fail."""
    rows = session.execute(
        select(OutboxRow.id, OutboxRow.kind, SubscriberRow.status, _barred())
        .join(SubscriberRow, SubscriberRow.id == OutboxRow.subscriber_id)
        .where(waiting)
        .order_by(OutboxRow.id)
        .limit(wanted)
        .with_for_update(of=OutboxRow, skip_locked=True)
    ).all()
    stopped = {number: why for number, kind, status, reason in rows if (why := _why_not(kind, status, reason))}
    _stop(session, stopped, now)
    return [number for number, *_ in rows if number not in stopped], len(rows)


def _barred() -> ColumnElement[str | None]:
    """Why the address a letter goes to is suppressed; null when it is not, or not the runner's own: `models.moves` asked then."""
    return case((OutboxRow.address.is_(None), why_suppressed()))


def _why_not(kind: str, status: str, reason: str | None) -> str | None:
    """Why a letter may not go out, as it is kept in the row; None when it may. reason: for which the address is suppressed."""
    asked_for = kind in ON_REQUEST
    if suppressions.bars(reason, asked_for=asked_for):
        return "suppressed"
    if asked_for:
        return None
    if status in {Status.UNSUBSCRIBED, Status.ERASED}:
        return "suppressed"
    if kind in {WEEKLY, REMINDER} and status == Status.PAUSED:
        return "paused"
    return None


def _stop(session: Session, why: Mapping[int, str], now: datetime) -> None:
    """Fail letters this transaction has locked."""
    if not why:
        return
    session.connection().execute(
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("row_id"))
        .values(
            state=State.FAILED.value,
            response=bindparam("why"),
            lease_until=None,
            retry_at=None,
            changed_at=now,
            address=None,
        ),
        [{"row_id": number, "why": reason} for number, reason in why.items()],
    )


@collector_at_rest()
def _claimed(session: Session, ids: Sequence[int]) -> list[Claimed]:
    columns = (
        OutboxRow.id,
        OutboxRow.week_of,
        OutboxRow.kind,
        OutboxRow.message_id,
        OutboxRow.created_at,
        OutboxRow.attempts,
        OutboxRow.occasion,
        OutboxRow.address,
        PlanRow.format,
        PlanRow.week,
        PlanRow.created_at,
        OutboxRow.calendar,
    )
    rows = session.execute(
        select(*COLUMNS, *columns)
        .select_from(OutboxRow)
        .join(SubscriberRow, SubscriberRow.id == OutboxRow.subscriber_id)
        .outerjoin(
            PlanRow,
            and_(
                PlanRow.subscriber_id == OutboxRow.subscriber_id,
                PlanRow.week_of == OutboxRow.week_of,
                PlanRow.kind == WEEKLY,
            ),
        )
        .where(OutboxRow.id.in_(ids))
        .order_by(OutboxRow.id)
    )
    claimed = []
    for row in rows:
        number, week_of, kind, message, created_at, attempts, occasion, to, *plan = row[len(COLUMNS) :]
        written_as, blob, planned_at, calendar = plan
        week = None if blob is None else codec.decode(Week, blob, written_as)
        claimed.append(
            Claimed(
                id=number,
                subscriber=subscriber_of(row),
                week_of=week_of,
                kind=kind,
                message_id=message,
                created_at=created_at,
                attempts=attempts,
                week=week,
                occasion=occasion,
                address=to,
                planned_at=planned_at,
                calendar=calendar,
            )
        )
    return claimed


def expire(session: Session, *, now: datetime) -> int:
    """Rows whose worker died while handing them over become ambiguous; how many. `take` does it first."""
    dead = (
        select(OutboxRow.id)
        .where(OutboxRow.state == State.SENDING, OutboxRow.lease_until <= now)
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
    )
    return changed(
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(dead), OutboxRow.state == State.SENDING)
            .values(
                state=State.AMBIGUOUS.value,
                response="the worker stopped while handing it over",
                lease_until=None,
                changed_at=now,
            )
            .execution_options(synchronize_session=False)
        )
    )


def mark_sending(
    session: Session,
    ids: Sequence[int],
    *,
    now: datetime,
    worker: str | None = None,
    lease_s: int = SENDING_LEASE_S,
) -> list[int]:
    """Last word before letters are handed over: send those whose ids come back, and only those. Commit before sending.

    Left out: rows that are no longer claimed (their lease ended and another worker has them), with `worker` also rows another
    one holds; and runners who unsubscribed since the claim, whose rows become failed ("suppressed").
    lease_s: from now; a row not settled by then becomes ambiguous.
    """
    take_write_lock(session)
    held: ColumnElement[bool] = OutboxRow.state == State.CLAIMED
    if worker is not None:
        held = and_(held, OutboxRow.worker == worker)
    sending: list[int] = []
    for some in chunks(ids):
        rows = session.execute(
            select(OutboxRow.id, OutboxRow.kind, SubscriberRow.status, _barred())
            .join(SubscriberRow, SubscriberRow.id == OutboxRow.subscriber_id)
            .where(OutboxRow.id.in_(some), held)
            .order_by(OutboxRow.id)
            .with_for_update(of=OutboxRow)
        ).all()
        stopped = {number: why for number, kind, status, reason in rows if (why := _why_not(kind, status, reason))}
        _stop(session, stopped, now)
        sending += session.scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_([number for number, *_ in rows if number not in stopped]), held)
            .values(state=State.SENDING.value, lease_until=now + timedelta(seconds=lease_s), changed_at=now)
            .returning(OutboxRow.id)
            .execution_options(synchronize_session=False)
        )
    return sorted(sending)


def settle(session: Session, results: Sequence[Settled], *, now: datetime, worker: str | None = None) -> int:
    """Write down what became of letters; how many rows took it.

    Takes rows that are claimed, being sent, or ambiguous (a result that comes after the lease is still the truth). What is
    sent or failed stays so, and what is waiting again is not touched. worker: only rows this one held last.
    """
    if not results:
        return 0
    take_write_lock(session)
    open_: ColumnElement[bool] = or_(
        # Not IN: it takes no part in executing one statement many times.
        OutboxRow.state == State.CLAIMED,
        OutboxRow.state == State.SENDING,
        OutboxRow.state == State.AMBIGUOUS,
    )
    if worker is not None:
        open_ = and_(open_, OutboxRow.worker == worker)
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == bindparam("row_id"), open_)
        .values(
            state=bindparam("new_state"),
            response=bindparam("words"),
            retry_at=bindparam("again", type_=OutboxRow.retry_at.type),
            lease_until=None,
            changed_at=now,
            # Once it has gone, or never will, nobody needs to know where.
            address=case((bindparam("done"), null()), else_=OutboxRow.address),
        )
    )
    values: list[dict[str, Any]] = [
        {
            "row_id": r.id,
            "new_state": r.state,
            "words": r.response[:RESPONSE_LENGTH],
            "again": r.retry_at,
            "done": r.state in {State.SENT, State.FAILED},
        }
        # In one order everywhere, so that two workers never wait for each other.
        for r in sorted(results, key=lambda r: r.id)
    ]
    return changed(session.connection().execute(statement, values))
