"""Who is to be planned for at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, select, tuple_

from models.bulk import chunks
from models.people import Status, suppressed
from models.slots import LATE_IS_STILL_DUE, Slot, last_passed
from models.tables import WEEKLY, PlanRow, SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Due:
    """by_week: ids of the runners to plan for, by the Monday of the week. too_late: runners whose slot is past serving."""

    by_week: dict[date, list[int]]
    too_late: int


def due_at(session: Session, moment: datetime) -> Due:
    """The runners to plan for at a moment (aware): active, not suppressed, slot passed, no weekly plan for its week.

    The week of a slot begins on the first Monday on or after its local day. A slot passed by more than two days is not
    served: its runners are counted in too_late. One who became active only after his slot has missed nothing: with the
    slot up to two days back he is due, later he waits for the next one and is not counted.
    A handful of statements, however many runners and zones there are.
    """
    pairs = session.execute(
        select(SubscriberRow.time_zone, SubscriberRow.slot_weekday, SubscriberRow.slot_minute)
        .where(SubscriberRow.status == Status.ACTIVE)
        .distinct()
    ).all()
    on_time: dict[date, list[tuple[str, int, int]]] = {}
    late: dict[date, dict[tuple[str, int, int], datetime]] = {}
    for zone, weekday, minute in pairs:
        passed = last_passed(Slot(weekday, minute), zone, moment)
        if moment - passed.at <= LATE_IS_STILL_DUE:
            on_time.setdefault(passed.week_of, []).append((zone, weekday, minute))
        else:
            late.setdefault(passed.week_of, {})[zone, weekday, minute] = passed.at
    by_week = {}
    for week_of in sorted(on_time):
        ids: list[int] = []
        for slots in chunks(on_time[week_of]):
            ids += session.scalars(_unplanned(week_of).where(_with_slot(slots)))
        if ids:
            by_week[week_of] = sorted(ids)
    too_late = 0
    for week_of, passed_at in late.items():
        for slots in chunks(passed_at):
            missed = session.execute(
                _unplanned(week_of)
                .where(_with_slot(slots))
                .with_only_columns(
                    SubscriberRow.time_zone,
                    SubscriberRow.slot_weekday,
                    SubscriberRow.slot_minute,
                    SubscriberRow.status_at,
                )
            )
            too_late += sum(since <= passed_at[zone, day, minute] for zone, day, minute, since in missed)
    return Due(by_week, too_late)


def active_without_plan(session: Session, week_of: date) -> list[int]:
    """Every active runner, not suppressed, without a weekly plan for the week of that Monday; for a week run by hand."""
    return list(session.scalars(_unplanned(week_of).order_by(SubscriberRow.id)))


def _unplanned(week_of: date) -> Select[tuple[int]]:
    planned = exists().where(
        PlanRow.subscriber_id == SubscriberRow.id, PlanRow.week_of == week_of, PlanRow.kind == WEEKLY
    )
    return select(SubscriberRow.id).where(SubscriberRow.status == Status.ACTIVE, ~suppressed(), ~planned)


def _with_slot(slots: Sequence[tuple[str, int, int]]) -> ColumnElement[bool]:
    return tuple_(SubscriberRow.time_zone, SubscriberRow.slot_weekday, SubscriberRow.slot_minute).in_(slots)
