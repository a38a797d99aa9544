"""Bring the indices that returns are counted by, without reading the rows themselves."""

from __future__ import annotations

from alembic import op

revision = "087"
down_revision = "080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    by_state = ["round_id", "unit_kind", "occasion", "state", "unit", "revision"]
    op.create_index("ix_unit_return_by_state", "unit_return", by_state)
    op.create_index("ix_audit_entry_by_action", "audit_entry", ["action", "subject", "at"])


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_audit_entry_by_action", "audit_entry")
    op.drop_index("ix_unit_return_by_state", "unit_return")
