"""Many rows in few statements, the same way on SQLite and PostgreSQL."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import CursorResult, Row
    from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session

CHUNK = 1000
"""Values in one statement: far below what either database takes, enough that the statement itself costs nothing."""

Item = TypeVar("Item")


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Leave Python's cycle collector off while thousands of values are made.

    Decoded values hold no cycles, yet every few hundred of them start a search through all the others: half of the time
    of decoding a thousand weeks. Where another thread does the same, the first to end wakes the collector: no harm.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def inserting(session: Session, table: type[DeclarativeBase]) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    name = session.get_bind().dialect.name
    return (postgresql if name == "postgresql" else sqlite).insert(table.__table__)


def insert_missing(
    session: Session,
    table: type[DeclarativeBase],
    rows: Sequence[dict[str, Any]],
    returning: Sequence[InstrumentedAttribute[Any]],
) -> list[Row[Any]]:
    """Insert the rows that break no unique key; leave the others. The `returning` columns of those inserted, in any order.

    RETURNING makes SQLAlchemy write many rows in one statement, which is also the fastest way on both databases.
    """
    if not rows:
        return []
    statement = inserting(session, table).on_conflict_do_nothing().returning(*returning)
    return list(session.execute(statement, rows).all())


def changed(result: Any) -> int:
    """How many rows a statement (or its many executions) touched."""
    cursor: CursorResult[Any] = result
    return max(cursor.rowcount, 0)
