"""Mails that came back.

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
    op.create_table(
        "returns",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["outbox.id"], name="fk_returns_letter_id_outbox", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_returns"),
    )
    op.create_index("ix_returns_letter_id", "returns", ["letter_id"])
    op.create_index("ix_returns_read_at", "returns", ["read_at"])


def downgrade() -> None:
    op.drop_table("returns")
