"""What runners ask for beyond the weekly mail: reminders, as before, and a calendar file.

Revision: 0007, after 0006
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Column("kind", sa.String(16), nullable=False)
    op.create_table("choices", _subscriber(), kind, _since(), *_keys("choices", "kind"))
    op.execute("INSERT INTO choices (subscriber_id, kind, since) SELECT subscriber_id, 'reminder', since FROM reminders")
    op.drop_table("reminders")


def downgrade() -> None:
    op.create_table("reminders", _subscriber(), _since(), *_keys("reminders"))
    op.execute("INSERT INTO reminders (subscriber_id, since) SELECT subscriber_id, since FROM choices WHERE kind = 'reminder'")
    op.drop_table("choices")


def _subscriber() -> sa.Column[int]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("subscriber_id", number, autoincrement=False, nullable=False)


def _since() -> sa.Column[datetime]:
    return sa.Column("since", sa.DateTime(timezone=True), nullable=False)


def _keys(table: str, *beside: str) -> tuple[sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=f"fk_{table}_subscriber_id_subscribers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", *beside, name=f"pk_{table}"),
    )
