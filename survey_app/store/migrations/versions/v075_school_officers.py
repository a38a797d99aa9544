"""Bring the table of the schools' officers: whose attendance and grades an account reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "075"
down_revision = "070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "school_officer",
        sa.Column("school", sa.String(32), sa.ForeignKey("school.code"), primary_key=True),
        sa.Column(
            "account",
            sa.String(255),
            sa.ForeignKey("account.email", onupdate="CASCADE", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("valid_from", sa.Date(), primary_key=True, nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"),
    )
    op.create_index(op.f("ix_school_officer_account"), "school_officer", ["account"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("school_officer")
