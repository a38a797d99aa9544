"""Bring quotations, which leave only when somebody has approved their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "110"
down_revision = "122"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "quotation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "text_id",
            sa.Integer(),
            sa.ForeignKey("interview_text.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), sa.ForeignKey("coding_code.id", ondelete="SET NULL")),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("beside", sa.String(16), nullable=False),
        sa.Column("suggested_by", sa.String(255), nullable=False),
        sa.Column("approved_words", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.String(255)),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("text_id", "start", "stop"),
        sa.CheckConstraint("start >= 0 AND start < stop", name="span"),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)"
            " AND (approved_by IS NULL) = (approved_words = '')",
            name="approved",
        ),
    )
    op.create_index(op.f("ix_quotation_code_id"), "quotation", ["code_id"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("quotation")
