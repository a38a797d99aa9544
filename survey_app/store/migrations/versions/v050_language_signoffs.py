"""Bring approvals of languages: pupils are offered only what somebody has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "050"
down_revision = "041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "language_signoff",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("language_signoff")
