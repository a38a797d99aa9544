"""Bring double coding: units, what two coders gave each, and decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "091"
down_revision = "090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "double_coding",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("second", sa.String(255), nullable=False),
        sa.Column("scheme_revision", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('paragraph', 'passage')", name="kind"),
        sa.CheckConstraint("share BETWEEN 1 AND 100", name="share"),
    )
    op.create_index(op.f("ix_double_coding_round_id"), "double_coding", ["round_id"])
    op.create_table(
        "double_unit",
        sa.Column("id", sa.Integer(), primary_key=True),
        _below("double_id", "double_coding.id"),
        _below("text_id", "interview_text.id"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("is_coded", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("double_id", "text_id", "start", "stop"),
        sa.CheckConstraint("start >= 0 AND start < stop", name="span"),
    )
    op.create_index(op.f("ix_double_unit_text_id"), "double_unit", ["text_id"])
    op.create_table(
        "double_code",
        _below("unit_id", "double_unit.id", is_key=True),
        sa.Column("code_id", sa.Integer(), sa.ForeignKey("coding_code.id"), primary_key=True),
        sa.Column("is_second", sa.Boolean(), primary_key=True),
    )
    op.create_index(op.f("ix_double_code_code_id"), "double_code", ["code_id"])
    op.create_table(
        "double_decision",
        _below("unit_id", "double_unit.id", is_key=True),
        sa.Column("code_id", sa.Integer(), sa.ForeignKey("coding_code.id"), primary_key=True),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_double_decision_code_id"), "double_decision", ["code_id"])


def downgrade() -> None:
    """Remove them, what refers to others first."""
    for table in ("double_decision", "double_code", "double_unit", "double_coding"):
        op.drop_table(table)


def _below(name: str, of: str, *, is_key: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey(of, ondelete="CASCADE")
    if is_key:
        return sa.Column(name, sa.Integer(), reference, primary_key=True)
    return sa.Column(name, sa.Integer(), reference, nullable=False)
