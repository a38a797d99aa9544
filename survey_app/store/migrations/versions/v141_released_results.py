"""Bring the table of released results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "141"
down_revision = "142"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "released_result",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("part", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("definition", sa.String(255), nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("data_version", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("about", "subject", "part", "number"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("released_result")
