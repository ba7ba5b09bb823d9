"""Runners who have asked to be reminded, and who of them has not answered yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select

from coach.week import Week
from models import answers, codec
from models.bulk import collector_at_rest
from models.choices import Choice
from models.people import COLUMNS, Status, Subscriber, subscriber_of, suppressed
from models.tables import REMINDER, WEEKLY, AnswerRow, ChoiceRow, OutboxRow, PlanRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A runner who wants to be reminded, and a week of theirs that nothing was said of."""

    subscriber: Subscriber
    week: Week


@collector_at_rest()
def unanswered(session: Session, since: date) -> list[Unanswered]:
    """Weeks from a Monday on without an answer and without a reminder, of active runners who want one; by runner."""
    same = and_(PlanRow.subscriber_id == AnswerRow.subscriber_id, PlanRow.week_of == AnswerRow.week_of)
    answered = exists().where(same, AnswerRow.source.not_in(answers.NO_ANSWERS))
    reminded = exists().where(
        OutboxRow.subscriber_id == PlanRow.subscriber_id,
        OutboxRow.week_of == PlanRow.week_of,
        OutboxRow.kind == REMINDER,
    )
    rows = session.execute(
        select(*COLUMNS, PlanRow.format, PlanRow.week)
        .join(
            ChoiceRow,
            and_(ChoiceRow.subscriber_id == SubscriberRow.id, ChoiceRow.kind == Choice.REMINDER.value),
        )
        .join(PlanRow, and_(PlanRow.subscriber_id == SubscriberRow.id, PlanRow.kind == WEEKLY))
        .where(SubscriberRow.status == Status.ACTIVE, ~suppressed(), PlanRow.week_of >= since, ~answered, ~reminded)
        .order_by(SubscriberRow.id, PlanRow.week_of)
    )
    return [Unanswered(subscriber_of(row), codec.decode(Week, row[-1], row[-2])) for row in rows]
