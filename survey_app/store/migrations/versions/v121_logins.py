"""Bring the table of logins; whoever is logged in has to do so again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "121"
down_revision = "120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "login",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("browser", sa.String(64), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
    )
    op.create_index(op.f("ix_login_account_id"), "login", ["account_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("login")
