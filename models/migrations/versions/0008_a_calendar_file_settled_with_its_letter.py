"""Whether a calendar file goes along is settled when a letter is entered.

Revision: 0008, after 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("calendar", sa.Boolean(), nullable=False, server_default=sa.false()))
    # As it was told from the choice until now.
    op.execute(
        "UPDATE outbox SET calendar = true WHERE kind = 'weekly' AND EXISTS (SELECT 1 FROM choices WHERE choices.kind = 'calendar' "
        "AND choices.subscriber_id = outbox.subscriber_id AND choices.since <= outbox.created_at)"
    )


def downgrade() -> None:
    # SQLite makes the table anew for this, and what is not read off the old one has to be said again.
    states = sa.CheckConstraint(
        "state IN ('pending', 'claimed', 'sending', 'sent', 'deferred', 'failed', 'ambiguous')", name=op.f("ck_outbox_state")
    )
    with op.batch_alter_table(
        "outbox", table_args=(states,), table_kwargs={"sqlite_autoincrement": True}
    ) as table:
        table.drop_column("calendar")
