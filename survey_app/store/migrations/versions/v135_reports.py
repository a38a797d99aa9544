"""Let the log of extracts know half-yearly reports."""

from __future__ import annotations

from alembic import op

revision = "135"
down_revision = "130"
branch_labels = None
depends_on = None

BEFORE, NOW = "ck_extract_ck_extract_kind", "ck_extract_kind"


def upgrade() -> None:
    """Allow one more kind."""
    with op.batch_alter_table("extract") as table:
        table.drop_constraint(op.f(BEFORE), type_="check")
        table.create_check_constraint(op.f(NOW), "kind IN ('round', 'instrument', 'report')")


def downgrade() -> None:
    """Forget the reports, and allow the kinds of before."""
    op.execute("DELETE FROM extract WHERE kind = 'report'")
    with op.batch_alter_table("extract") as table:
        table.drop_constraint(op.f(NOW), type_="check")
        table.create_check_constraint(op.f(BEFORE), "kind IN ('round', 'instrument')")
