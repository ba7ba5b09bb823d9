"""All that is kept of one runner, as plain values for a file: what the law calls a copy of one's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from models import codec
from models.people import Subscriber
from models.tables import (
    AnswerRow,
    ChoiceRow,
    ConsentRow,
    MoveRow,
    OutboxRow,
    PlanRow,
    ProfileRow,
    SnapshotRow,
    SubscriberRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def everything(session: Session, runner: Subscriber) -> dict[str, Any]:
    """Every row of a runner, oldest first, ready for JSON. Blobs are opened as they were written, whatever their format."""
    person = session.execute(
        select(
            SubscriberRow.email,
            SubscriberRow.name,
            SubscriberRow.time_zone,
            SubscriberRow.slot_weekday,
            SubscriberRow.slot_minute,
            SubscriberRow.units,
            SubscriberRow.language,
            SubscriberRow.status,
            SubscriberRow.status_at,
            SubscriberRow.paused_until,
            SubscriberRow.created_at,
        ).where(SubscriberRow.id == runner.id)
    ).one()
    profiles = select(
        ProfileRow.version, ProfileRow.created_at.label("since"), ProfileRow.format, ProfileRow.profile
    ).order_by(ProfileRow.version)
    plans = select(
        PlanRow.week_of,
        PlanRow.kind,
        PlanRow.created_at.label("planned_at"),
        PlanRow.engine,
        PlanRow.format,
        PlanRow.week,
    ).order_by(PlanRow.week_of)
    answers = select(
        AnswerRow.week_of, AnswerRow.given_at, AnswerRow.source, AnswerRow.format, AnswerRow.answers
    ).order_by(AnswerRow.id)
    progress = select(SnapshotRow.week_of, SnapshotRow.folded_at, SnapshotRow.format, SnapshotRow.progress).order_by(
        SnapshotRow.week_of
    )
    letters = select(
        OutboxRow.week_of, OutboxRow.kind, OutboxRow.state, OutboxRow.created_at, OutboxRow.changed_at
    ).order_by(OutboxRow.id)
    consents = select(ConsentRow.text, ConsentRow.version, ConsentRow.given_at).order_by(ConsentRow.id)
    choices = select(ChoiceRow.kind, ChoiceRow.since).order_by(ChoiceRow.kind)
    moves = select(MoveRow.address, MoveRow.asked_at, MoveRow.old_agreed_at, MoveRow.new_agreed_at)
    asked: dict[str, Select[Any]] = {
        "profiles": profiles.where(ProfileRow.subscriber_id == runner.id),
        "plans": plans.where(PlanRow.subscriber_id == runner.id),
        "answers": answers.where(AnswerRow.subscriber_id == runner.id),
        "progress": progress.where(SnapshotRow.subscriber_id == runner.id),
        "letters": letters.where(OutboxRow.subscriber_id == runner.id),
        "consents": consents.where(ConsentRow.subscriber_id == runner.id),
        "choices": choices.where(ChoiceRow.subscriber_id == runner.id),
        "changes_of_address": moves.where(MoveRow.subscriber_id == runner.id),
    }
    return {
        "runner": dict(person._mapping),  # noqa: SLF001 the documented way to a row as a mapping
        **{name: [_plain(row) for row in session.execute(rows).mappings()] for name, rows in asked.items()},
    }


def _plain(row: Any) -> dict[str, Any]:
    return {name: codec.plain(value) if isinstance(value, bytes) else value for name, value in row.items()}
