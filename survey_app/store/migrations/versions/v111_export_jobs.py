"""Bring the table of large files that are being made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "111"
down_revision = "110"
branch_labels = None
depends_on = None

STATES = ("waiting", "running", "done", "failed", "cancelled", "interrupted", "expired")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "export_job",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("file_format", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("beat", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=True),
        sa.Column("stamp", sa.String(64), nullable=False),
        sa.Column("suffix", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", "ck_export_job_state"),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("export_job")
