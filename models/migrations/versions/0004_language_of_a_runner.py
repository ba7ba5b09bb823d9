"""The language of a runner.

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscribers", sa.Column("language", sa.Text(), server_default="en", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("subscribers") as table:
        table.drop_column("language")
