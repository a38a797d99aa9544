"""Bring the table of agreed extracts for researchers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "123"
down_revision = "111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "research_grant",
        sa.Column(
            "account",
            sa.String(255),
            sa.ForeignKey("account.email", onupdate="CASCADE", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "round_id",
            sa.Integer(),
            sa.ForeignKey("round.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("granted_by", sa.String(255), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("research_grant")
