"""The log of what runners told: only ever added to. What it means is folded elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from coach.answers import Answers, merge
from models import codec
from models.database import take_write_lock
from models.people import Status, UnknownSubscriber
from models.tables import AnswerRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OPERATOR = "operator"
"""The source of what a person entered for a runner, who has not said it."""

ACCOUNT = "account"
"""The source of what a runner changed in the account: it acts on the week, and does not say how it went."""

NO_ANSWERS = (OPERATOR, ACCOUNT)


def record(session: Session, subscriber_id: int, week_of: date, answers: Answers, *, now: datetime, source: str) -> int:
    """Add an answer about a week to the log; its id. source: where it came in, like "web" or "file" (≤ 32 letters).

    Raises UnknownSubscriber. An answer about a week without a plan is kept but never folded.
    """
    take_write_lock(session)
    # One answer of a runner at a time, until its commit: a later id is then never seen before an earlier one, which is what
    # lets a snapshot say "folded through" with one number.
    there = session.scalar(
        select(SubscriberRow.id)
        .where(SubscriberRow.id == subscriber_id, SubscriberRow.status != Status.ERASED)
        .with_for_update(key_share=True)
    )
    if there is None:
        raise UnknownSubscriber(subscriber_id)
    return session.execute(
        insert(AnswerRow)
        .values(
            subscriber_id=subscriber_id,
            week_of=week_of,
            source=source,
            format=codec.FORMAT,
            answers=codec.encode(answers),
            given_at=now,
        )
        .returning(AnswerRow.id)
    ).scalar_one()


def given(session: Session, subscriber_id: int, week_of: date) -> Answers:
    """All a runner told about a week, as one; silence when nothing."""
    rows = session.execute(
        select(AnswerRow.answers, AnswerRow.format)
        .where(AnswerRow.subscriber_id == subscriber_id, AnswerRow.week_of == week_of)
        .order_by(AnswerRow.id)
    )
    return merge(codec.decode(Answers, blob, written_as) for blob, written_as in rows)
