"""Bring the table of reminders: each is sent once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "070"
down_revision = "060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reminder",
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("step", sa.String(16), primary_key=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.CheckConstraint("step IN ('before', 'day_after', 'week_after')", name="step"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("reminder")
