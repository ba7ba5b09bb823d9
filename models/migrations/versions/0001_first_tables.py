"""The first tables.

Revision: 0001, after nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def of_subscriber(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("subscriber_id", IDENTITY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name=f"fk_{table}_subscriber_id_subscribers", ondelete="CASCADE"
        ),
    )


def upgrade() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("address_hash", sa.String(64)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("slot_weekday", sa.Integer(), nullable=False),
        sa.Column("slot_minute", sa.Integer(), nullable=False),
        sa.Column("units", sa.String(2), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("status_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'active', 'paused', 'unsubscribed', 'erased')", name=op.f("ck_subscribers_status")
        ),
        sa.CheckConstraint("units IN ('kg', 'lb')", name=op.f("ck_subscribers_units")),
        sa.CheckConstraint("slot_weekday BETWEEN 0 AND 6", name=op.f("ck_subscribers_slot_weekday")),
        sa.CheckConstraint("slot_minute BETWEEN 0 AND 1439", name=op.f("ck_subscribers_slot_minute")),
        sa.CheckConstraint(
            "(email IS NULL) = (status = 'erased')", name=op.f("ck_subscribers_erased_has_no_address")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("key", name="uq_subscribers_key"),
        sa.UniqueConstraint("address_hash", name="uq_subscribers_address_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_subscribers_status_time_zone_slot_weekday_slot_minute",
        "subscribers",
        ["status", "time_zone", "slot_weekday", "slot_minute"],
    )
    op.create_table(
        "profiles",
        *of_subscriber("profiles"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subscriber_id", "version", name="pk_profiles"),
    )
    op.create_table(
        "plans",
        *of_subscriber("plans"),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("week", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subscriber_id", "week_of", "kind", name="pk_plans"),
    )
    op.create_table(
        "answers",
        sa.Column("id", IDENTITY, nullable=False),
        *of_subscriber("answers"),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_subscriber_id_week_of_id", "answers", ["subscriber_id", "week_of", "id"])
    op.create_table(
        "progress",
        *of_subscriber("progress"),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("answers_through", IDENTITY, nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("progress", sa.LargeBinary(), nullable=False),
        sa.Column("folded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subscriber_id", "week_of", name="pk_progress"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", IDENTITY, nullable=False),
        *of_subscriber("outbox"),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", MOMENT),
        sa.Column("retry_at", MOMENT),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'claimed', 'sending', 'sent', 'deferred', 'failed', 'ambiguous')",
            name=op.f("ck_outbox_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("subscriber_id", "week_of", "kind", name="uq_outbox_subscriber_id_week_of_kind"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_state_id", "outbox", ["state", "id"])
    op.create_index("ix_outbox_week_of_state", "outbox", ["week_of", "state"])
    op.create_table(
        "suppressions",
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name="pk_suppressions"),
    )
    op.create_table(
        "consents",
        sa.Column("id", IDENTITY, nullable=False),
        *of_subscriber("consents"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_subscriber_id", "consents", ["subscriber_id"])


def downgrade() -> None:
    for table in ("consents", "suppressions", "outbox", "progress", "answers", "plans", "profiles", "subscribers"):
        op.drop_table(table)
