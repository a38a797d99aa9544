"""Bring drafts of instruments, which are uploaded and tried before they are published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of drafts, and give versions a note."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("uploaded_on", sa.Date(), nullable=False),
        sa.Column("workbook", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
    )
    op.create_table(
        "draft_picture",
        sa.Column(
            "draft_id",
            sa.String(36),
            sa.ForeignKey("draft.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("media_type", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.add_column(
        "instrument_version", sa.Column("note", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Remove drafts and notes."""
    op.drop_column("instrument_version", "note")
    op.drop_table("draft_picture")
    op.drop_table("draft")
