"""Bring passkeys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "144"
down_revision = "143"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and what an account is called in passkeys: nothing that names anybody."""
    op.add_column("account", sa.Column("fs_webauthn_user_handle", sa.String(64)))
    op.create_index(
        op.f("ix_account_fs_webauthn_user_handle"),
        "account",
        ["fs_webauthn_user_handle"],
        unique=True,
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON()),
        sa.Column("usage", sa.String(16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("account_id", "name", name="uq_passkey_account_id_name"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("passkey")
    op.drop_index(op.f("ix_account_fs_webauthn_user_handle"), "account")
    op.drop_column("account", "fs_webauthn_user_handle")
