"""Bring the pool of sealed answers, entry codes, and the district of an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "020"
down_revision = "010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and a pool for each round that is there."""
    op.create_table("pool", _round(is_key=True), sa.Column("key_id", sa.String(32)))
    op.create_table(
        "waiting",
        sa.Column("key", sa.String(32), primary_key=True),
        _round(is_key=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("claim", sa.String(64)),
        sa.UniqueConstraint("round_id", "claim"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry_code",
        _round(is_key=True),
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("district", sa.Text()),
        sa.Column("used", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO pool (round_id) SELECT id FROM round")
    op.add_column("response", sa.Column("district", sa.Text()))


def downgrade() -> None:
    """Remove them; answers that still wait are lost, so close all rounds before."""
    op.drop_column("response", "district")
    for table in ("entry_code", "waiting", "pool"):
        op.drop_table(table)


def _round(*, is_key: bool) -> sa.Column[int]:
    key = sa.ForeignKey("round.id")
    return sa.Column("round_id", sa.Integer(), key, primary_key=is_key, nullable=False)
