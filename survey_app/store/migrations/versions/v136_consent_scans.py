"""Bring the signed paper of a consent, sealed, for it holds names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "136"
down_revision = "135"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "consent_scan",
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("interview_case.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(255), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("consent_scan")
