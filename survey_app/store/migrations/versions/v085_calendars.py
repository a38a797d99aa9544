"""Bring the table of calendar addresses: secret ones, for programs that cannot log in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "085"
down_revision = "075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "calendar_address",
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("team", sa.String(32), sa.ForeignKey("team.code"), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("made_on", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("calendar_address")
