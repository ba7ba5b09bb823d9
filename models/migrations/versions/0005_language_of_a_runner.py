"""The language of a runner.

Revision: 0005, after 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscribers", sa.Column("language", sa.Text(), server_default="en", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("subscribers") as table:
        table.drop_column("language")
