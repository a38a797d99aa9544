"""Bring the schemes of codes with their history, and the coded segments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "090"
down_revision = "100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _make_schemes()
    _make_segments()


def downgrade() -> None:
    """Remove them, what refers to others first."""
    for table in (
        "coding_done", "coding_segment_code", "coding_segment", "coding_version", "coding_code",
        "coding_round", "coding_scheme",
    ):  # fmt: skip
        op.drop_table(table)


def _make_schemes() -> None:
    op.create_table(
        "coding_scheme",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("title", sa.String(80), nullable=False, unique=True),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    op.create_table(
        "coding_round",
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("scheme_id", sa.Integer(), sa.ForeignKey("coding_scheme.id"), nullable=False),
    )
    op.create_table(
        "coding_code",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("scheme_id", sa.Integer(), sa.ForeignKey("coding_scheme.id"), nullable=False),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("coding_code.id")),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("includes", sa.Text(), nullable=False),
        sa.Column("excludes", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("colour", sa.Integer()),
        sa.UniqueConstraint("scheme_id", "name"),
        sa.CheckConstraint("colour IS NULL OR colour BETWEEN 1 AND 8", name="colour"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "coding_version",
        sa.Column(
            "scheme_id",
            sa.Integer(),
            sa.ForeignKey("coding_scheme.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(255), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
    )


def _make_segments() -> None:
    op.create_table(
        "coding_segment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "text_id",
            sa.Integer(),
            sa.ForeignKey("interview_text.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("coder", sa.String(255), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valence", sa.String(8), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("carried_from", sa.Integer()),
        sa.UniqueConstraint("text_id", "start", "stop"),
        sa.CheckConstraint("start >= 0 AND start < stop", name="span"),
        sa.CheckConstraint("valence IN ('', '-1', '0', '1', 'mixed')", name="valence"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "coding_segment_code",
        sa.Column(
            "segment_id",
            sa.Integer(),
            sa.ForeignKey("coding_segment.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("code_id", sa.Integer(), sa.ForeignKey("coding_code.id"), primary_key=True),
    )
    op.create_index(op.f("ix_coding_segment_code_code_id"), "coding_segment_code", ["code_id"])
    op.create_table(
        "coding_done",
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("interview.case_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("by", sa.String(255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
