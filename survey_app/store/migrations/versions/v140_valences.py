"""Let units of double coding hold how a code is spoken of, and decisions say it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "140"
down_revision = "141"
branch_labels = None
depends_on = None

VALENCES = "valence IN ('', '-1', '0', '1', 'mixed')"


def upgrade() -> None:
    """Add the columns: what was coded before says nothing of it."""
    with op.batch_alter_table("double_code") as table:
        table.add_column(sa.Column("valence", sa.String(8), nullable=False, server_default=""))
        table.create_check_constraint(op.f("ck_double_code_valence"), VALENCES)
    with op.batch_alter_table("double_code") as table:
        table.alter_column("valence", server_default=None)
    with op.batch_alter_table("double_decision") as table:
        table.add_column(sa.Column("valence", sa.String(8)))
        known = f"valence IS NULL OR {VALENCES}"
        table.create_check_constraint(op.f("ck_double_decision_valence"), known)
        of_both = "is_there OR valence IS NULL"
        table.create_check_constraint(op.f("ck_double_decision_of_both"), of_both)


def downgrade() -> None:
    """Forget what was said and decided about it."""
    op.execute("DELETE FROM double_decision WHERE valence IS NOT NULL")
    with op.batch_alter_table("double_decision") as table:
        table.drop_constraint(op.f("ck_double_decision_of_both"), type_="check")
        table.drop_constraint(op.f("ck_double_decision_valence"), type_="check")
        table.drop_column("valence")
    with op.batch_alter_table("double_code") as table:
        table.drop_constraint(op.f("ck_double_code_valence"), type_="check")
        table.drop_column("valence")
