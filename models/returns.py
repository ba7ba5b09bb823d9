"""What came back of our letters, each mail once, and what follows for the address: counted, suppressed, unsubscribed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import delete, exists, func, select

from models import joining, suppressions
from models.bulk import changed, insert_missing
from models.database import take_write_lock
from models.outbox import State
from models.people import COLUMNS, Status, Subscriber, subscriber_of
from models.tables import OutboxRow, ReturnRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SOFT_LETTERS = 4
"""Letters in a row that came back for a reason that may pass, before nothing more is sent there."""

SOFT_SPAN = timedelta(days=14)
"""From the first of them to the last: a mailbox that was full over a holiday is not given up."""

KEPT = "kept"
"""The kind of a mail that waits for a person."""

BY_MAIL = "by mail"
"""The reason of a suppression that somebody asked for by mail."""

REMEMBERED = timedelta(days=400)
"""How long it is known which mails were read: far longer than any mailbox holds one."""

Kind = Literal["hard", "soft", "complaint", "unsubscribe", "passing"]

Effect = Literal["bounced", "complained", "unsubscribed", "counted", "nothing", "again"]
"""What followed: nothing more goes to the address for one of three reasons; a bounce was counted; nothing; it was known already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail for a person to look at. note: why it was kept; place: where it lies."""

    note: str
    place: str
    read_at: datetime


def addressee(session: Session, letter_id: int) -> Subscriber | None:
    """Whose letter this is; None for one that was never handed over, or whose runner has been erased."""
    row = session.execute(
        select(*COLUMNS)
        .join(OutboxRow, OutboxRow.subscriber_id == SubscriberRow.id)
        .where(OutboxRow.id == letter_id, OutboxRow.attempts > 0, SubscriberRow.status != Status.ERASED)
    ).one_or_none()
    return None if row is None else subscriber_of(row)


def take(
    session: Session,
    runner: Subscriber,
    letter_id: int,
    kind: Kind,
    *,
    fingerprint: str,
    now: datetime,
    status: str = "",
    note: str = "",
) -> Effect:
    """Write down what came back and do what follows from it. runner, letter_id: whom and what it is about, as is proven.

    Reading the same mail again has no effect.
    """
    take_write_lock(session)
    if not _enter(session, letter_id, kind, status=status, note=note, fingerprint=fingerprint, now=now):
        return "again"
    match kind:
        case "hard":
            return "bounced" if _bounced(session, runner, now) else "nothing"
        case "soft":
            return "bounced" if _is_too_often(session, runner) and _bounced(session, runner, now) else "counted"
        case "complaint":
            joining.leave(session, runner, now=now, reason=suppressions.COMPLAINED)
            return "complained"
        case "unsubscribe":
            joining.leave(session, runner, now=now, reason=BY_MAIL)
            return "unsubscribed"
        case "passing":
            return "nothing"


def keep(session: Session, *, fingerprint: str, note: str, place: str, now: datetime) -> bool:
    """Write down that a mail waits for a person; False when that is known. Nothing follows from it."""
    take_write_lock(session)
    shown = place.encode("utf-8", "replace").decode("utf-8")
    return _enter(session, None, KEPT, note=note, place=shown, fingerprint=fingerprint, now=now)


def kept(session: Session) -> list[Kept]:
    """The mails that were kept for a person, latest first."""
    rows = session.execute(
        select(ReturnRow.note, ReturnRow.place, ReturnRow.read_at)
        .where(ReturnRow.kind == KEPT)
        .order_by(ReturnRow.read_at.desc(), ReturnRow.fingerprint)
    )
    return [Kept(*row) for row in rows]


def counts(session: Session, since: datetime, until: datetime) -> dict[str, int]:
    """How many mails of each kind were read from `since` (included) to `until`; kinds without any are left out."""
    rows = session.execute(
        select(ReturnRow.kind, func.count())
        .where(ReturnRow.read_at >= since, ReturnRow.read_at < until)
        .group_by(ReturnRow.kind)
    )
    return dict(rows.tuples().all())


def came_back(session: Session, runner: Subscriber) -> bool:
    """Whether the last letter that left for this runner came back, for whatever reason."""
    newest = (
        select(OutboxRow.id)
        .where(OutboxRow.subscriber_id == runner.id, OutboxRow.state == State.SENT)
        .order_by(OutboxRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return bool(
        session.scalar(select(exists().where(ReturnRow.letter_id == newest, ReturnRow.kind.in_(["hard", "soft"]))))
    )


def forget(session: Session, *, before: datetime) -> int:
    """Drop what is known of mails read before a moment; how many."""
    return changed(session.execute(delete(ReturnRow).where(ReturnRow.read_at < before)))


def _enter(
    session: Session,
    letter_id: int | None,
    kind: str,
    *,
    fingerprint: str,
    note: str,
    now: datetime,
    status: str = "",
    place: str = "",
) -> bool:
    row = {
        "fingerprint": fingerprint,
        "letter_id": letter_id,
        "kind": kind,
        "status": status,
        "note": note,
        "place": place,
        "read_at": now,
    }
    return bool(insert_missing(session, ReturnRow, [row], [ReturnRow.fingerprint]))


def _bounced(session: Session, runner: Subscriber, now: datetime) -> bool:
    return suppressions.suppress(session, runner.email, suppressions.BOUNCED, now=now)


def _is_too_often(session: Session, runner: Subscriber) -> bool:
    """Whether the letters up to the latest that came back did so one after the other, for long enough.

    Bounces may arrive in another order than the letters left; letters after the latest one may be on their way still.
    """
    back = exists().where(ReturnRow.letter_id == OutboxRow.id, ReturnRow.kind == "soft")
    rows = session.execute(
        select(OutboxRow.changed_at, back)
        .where(OutboxRow.subscriber_id == runner.id, OutboxRow.state == State.SENT)
        .order_by(OutboxRow.id.desc())
        .limit(100)
    ).all()
    streak: list[datetime] = []
    for left_at, came_back_ in rows:
        if came_back_:
            streak.append(left_at)
        elif streak:
            break
    return len(streak) >= SOFT_LETTERS and streak[0] - streak[-1] >= SOFT_SPAN
