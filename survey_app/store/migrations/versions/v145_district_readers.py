"""Bring the table of district readers: whose district's figures an account sees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "145"
down_revision = "144"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let a link to an account name districts."""
    op.create_table(
        "district_reader",
        sa.Column("district", sa.String(32), sa.ForeignKey("district.code"), primary_key=True),
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
    op.create_index(op.f("ix_district_reader_account"), "district_reader", ["account"])
    op.add_column(
        "invitation", sa.Column("districts", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_column("invitation", "districts")
    op.drop_table("district_reader")
