"""Bring the second factor: an authenticator app's sealed secret, and recovery codes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "120"
down_revision = "091"
branch_labels = None
depends_on = None

COLUMNS: dict[str, Any] = {
    "tf_primary_method": sa.String(64),
    "tf_totp_secret": sa.Text(),
    "tf_last_counter": sa.Integer(),
    "mf_recovery_codes": sa.JSON(),
}


def upgrade() -> None:
    """Add the columns; nobody has a second factor yet."""
    for name, kind in COLUMNS.items():
        op.add_column("account", sa.Column(name, kind))


def downgrade() -> None:
    """Remove the columns."""
    with op.batch_alter_table("account") as table:
        for name in COLUMNS:
            table.drop_column(name)
