"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, DateTime, Integer, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

Identity = BigInteger().with_variant(Integer, "sqlite")
"""Row numbers. SQLite counts by itself only in a column that is called INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in, stored as UTC, aware (UTC) out. SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(
                f"{value} has no time zone: a moment in the store must say which. Pass it with tzinfo=UTC."
            )
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
