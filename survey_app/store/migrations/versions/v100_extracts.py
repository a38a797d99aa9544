"""Bring the table of extracts: who took which data out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "100"
down_revision = "087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "extract",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("file_format", sa.String(16), nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('round', 'instrument')", name="ck_extract_kind"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("extract")
