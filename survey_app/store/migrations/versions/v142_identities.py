"""Bring the table of people as a provider of single sign-on names them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "142"
down_revision = "136"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "identity",
        sa.Column("issuer", sa.String(255), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.UniqueConstraint("account_id", "issuer", name="uq_identity_account_id_issuer"),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("identity")
