"""A runner's own account: signing up and in, pauses that end, a change of address, receipts of what was erased.

Revision: 0002, after 0001
"""

from __future__ import annotations

from contextlib import AbstractContextManager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IDENTITY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

# SQLite builds a table anew to change its keys, and forgets checks and counting on the way: both are said again.
STATES = "state IN ('pending', 'claimed', 'sending', 'sent', 'deferred', 'failed', 'ambiguous')"
ONE_OF_A_KIND = "uq_outbox_subscriber_id_week_of_kind"
ONE_OF_AN_OCCASION = "uq_outbox_subscriber_id_week_of_kind_occasion"


def outbox() -> AbstractContextManager[BatchOperations]:
    states = sa.CheckConstraint(STATES, name=op.f("ck_outbox_state"))
    return op.batch_alter_table("outbox", table_args=(states,), table_kwargs={"sqlite_autoincrement": True})


def upgrade() -> None:
    with op.batch_alter_table("subscribers") as table:
        table.add_column(sa.Column("paused_until", MOMENT))
        table.add_column(sa.Column("signed_out_at", MOMENT))
    with op.batch_alter_table("consents") as table:
        table.add_column(sa.Column("version", sa.String(32), nullable=False, server_default=""))
    with outbox() as table:
        table.add_column(sa.Column("occasion", sa.String(16), nullable=False, server_default=""))
        table.add_column(sa.Column("address", sa.Text()))
        table.drop_constraint(ONE_OF_A_KIND, type_="unique")
        table.create_unique_constraint(ONE_OF_AN_OCCASION, ["subscriber_id", "week_of", "kind", "occasion"])
    op.create_table(
        "moves",
        sa.Column("subscriber_id", IDENTITY, autoincrement=False, nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("old_agreed_at", MOMENT),
        sa.Column("new_agreed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_moves_subscriber_id_subscribers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", name="pk_moves"),
    )
    op.create_table(
        "tallies",
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "until", name="pk_tallies"),
    )
    op.create_table(
        "erasures",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("profiles", "plans", "answers", "snapshots", "letters", "consents")
        ),
        sa.PrimaryKeyConstraint("reference", name="pk_erasures"),
    )


def downgrade() -> None:
    for name in ("erasures", "tallies", "moves"):
        op.drop_table(name)
    # Letters that were asked for more than once a week have no place in the older key.
    op.execute("DELETE FROM outbox WHERE occasion <> ''")
    with outbox() as table:
        table.drop_constraint(ONE_OF_AN_OCCASION, type_="unique")
        table.create_unique_constraint(ONE_OF_A_KIND, ["subscriber_id", "week_of", "kind"])
        table.drop_column("address")
        table.drop_column("occasion")
    with op.batch_alter_table("consents") as table:
        table.drop_column("version")
    with op.batch_alter_table("subscribers") as table:
        table.drop_column("signed_out_at")
        table.drop_column("paused_until")
