"""Bring the table of one-time links to a password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "122"
down_revision = "121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("email", sa.String(255), nullable=False, unique=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("roles", "schools", "posts")),
        sa.Column("invited_by", sa.String(255), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("invitation")
