"""Let secrets open the reading of coded data, each one thing alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "130"
down_revision = "123"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say what each secret opens; those there are open collecting."""
    with op.batch_alter_table("access_token") as table:
        table.add_column(
            sa.Column("purpose", sa.String(16), nullable=False, server_default="device")
        )


def downgrade() -> None:
    """Forget it."""
    op.execute("DELETE FROM access_token WHERE purpose <> 'device'")
    with op.batch_alter_table("access_token") as table:
        table.drop_column("purpose")
