"""Tell a reminder that is being sent from one that was sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "146"
down_revision = "145"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add since when; what is there was sent."""
    op.add_column("reminder", sa.Column("claimed_at", sa.DateTime()))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("reminder", "claimed_at")
