"""What happened in a span of time, in numbers: for the operator's mail. Nobody's name, address or health."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from models import returns
from models.outbox import TO_GO, State
from models.people import Status
from models.suppressions import FROM_OUTSIDE
from models.tables import WEEKLY, AnswerRow, OutboxRow, PlanRow, SubscriberRow, SuppressionRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

LATE = timedelta(hours=1)
"""A mail that has waited for so long is not being posted."""


@dataclass(frozen=True, slots=True)
class Day:
    """active: runners now. joined, left: new runners, and those who unsubscribed. planned: weeks; answers: as they came in.

    sent, failed: mails, by kind. held: of unknown fate, now; late: waiting for more than an hour, now. gone: addresses found
    not to exist or not to want our mail. back: mails that came back, by kind.
    """

    active: int
    joined: int
    left: int
    planned: int
    answers: int
    sent: dict[str, int]
    failed: dict[str, int]
    held: int
    late: int
    gone: int
    back: dict[str, int]


def day(session: Session, since: datetime, until: datetime) -> Day:
    """Since (included) to until, both aware; "now" is `until`. Ten counts, whatever happened."""

    def count(*where: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).where(*where)) or 0

    def by_kind(state: State) -> dict[str, int]:
        rows = session.execute(
            select(OutboxRow.kind, func.count())
            .where(OutboxRow.state == state, OutboxRow.changed_at >= since, OutboxRow.changed_at < until)
            .group_by(OutboxRow.kind)
            .order_by(OutboxRow.kind)
        )
        return {kind: number for kind, number in rows}  # noqa: C416 rows of two, for mypy

    return Day(
        active=count(SubscriberRow.status == Status.ACTIVE),
        joined=count(
            SubscriberRow.status == Status.ACTIVE, SubscriberRow.created_at >= since, SubscriberRow.created_at < until
        ),
        left=count(
            SubscriberRow.status == Status.UNSUBSCRIBED,
            SubscriberRow.status_at >= since,
            SubscriberRow.status_at < until,
        ),
        planned=count(PlanRow.kind == WEEKLY, PlanRow.created_at >= since, PlanRow.created_at < until),
        answers=count(AnswerRow.given_at >= since, AnswerRow.given_at < until),
        sent=by_kind(State.SENT),
        failed=by_kind(State.FAILED),
        held=count(OutboxRow.state == State.AMBIGUOUS),
        late=count(OutboxRow.state.in_(TO_GO), OutboxRow.created_at < until - LATE),
        gone=count(
            SuppressionRow.reason.in_(FROM_OUTSIDE),
            SuppressionRow.created_at >= since,
            SuppressionRow.created_at < until,
        ),
        back=returns.counts(session, since, until),
    )
