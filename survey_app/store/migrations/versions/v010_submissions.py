"""Bring submissions of interviews and returns, their attachments, and devices' tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "003"
branch_labels = None
depends_on = None

NOT_ANONYMOUS = "mode <> 'anonymous'"


def upgrade() -> None:
    """Make the tables, and what their foreign keys to a round's mode need."""
    op.create_index("ix_round_id_mode", "round", ["id", "mode"], unique=True)
    _make_xforms()
    _make_submissions()
    _make_attachments()
    _make_tokens()


def downgrade() -> None:
    """Remove the tables."""
    for table in ("access_token", "attachment", "submission", "xform"):
        op.drop_table(table)
    op.drop_index("ix_round_id_mode", "round")


def _make_xforms() -> None:
    op.create_table(
        "xform",
        sa.Column("round_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("xml", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        sa.CheckConstraint(NOT_ANONYMOUS, name="mode"),
    )


def _make_submissions() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("instance_id", sa.String(41), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), sa.ForeignKey("account.id", ondelete="SET NULL")),
        sa.ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        sa.ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        sa.UniqueConstraint("round_id", "instance_id"),
        sa.CheckConstraint(NOT_ANONYMOUS, name="mode"),
    )


def _make_attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column(
            "submission_id",
            sa.String(36),
            sa.ForeignKey("submission.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/png', 'image/jpeg', 'image/webp', 'application/pdf')",
            name="media_type",
        ),
        sa.CheckConstraint("size = length(content)", name="size"),
    )


def _make_tokens() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("last_used_on", sa.Date()),
        sa.Column("revoked_on", sa.Date()),
        sa.UniqueConstraint("account_id", "name"),
    )
