"""Bring instruments, rounds, responses, receipts and accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

IMMUTABLE = "A published instrument version is never changed or deleted."
SAME_MODE = "The mode of a round is never changed."


def upgrade() -> None:
    """Make the tables, then the triggers that keep their promises."""
    _make_instruments_and_rounds()
    _make_responses()
    _make_accounts()
    if op.get_bind().dialect.name == "sqlite":
        _make_sqlite_triggers()
    else:
        _make_postgresql_triggers()


def downgrade() -> None:
    """Remove everything; on PostgreSQL the functions too."""
    for table in ("account_role", "account", "role", "receipt", "response", "round"):
        op.drop_table(table)
    op.drop_table("instrument_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_version_change()")
        op.execute("DROP FUNCTION IF EXISTS refuse_mode_change()")


def _make_instruments_and_rounds() -> None:
    op.create_table(
        "instrument_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("workbook", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("name", "number"),
        sa.UniqueConstraint("name", "digest"),
        sa.UniqueConstraint("id", "mode"),
        sa.CheckConstraint("mode IN ('anonymous', 'interview', 'return')", name="mode"),
        sa.CheckConstraint("number > 0", name="number"),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("opens", sa.Date()),
        sa.Column("due", sa.Date()),
        sa.Column("locks", sa.Date()),
        sa.Column("codes_required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        sa.CheckConstraint("state IN ('planned', 'open', 'closed')", name="state"),
        sa.CheckConstraint("opens IS NULL OR locks IS NULL OR opens <= locks", name="dates"),
    )


def _make_responses() -> None:
    op.create_table(
        "response",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column(
            "version_id", sa.Integer(), sa.ForeignKey("instrument_version.id"), nullable=False
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_response_round_id"), "response", ["round_id", "id"])
    op.create_table(
        "receipt",
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), primary_key=True),
        sa.Column("token", sa.String(64), primary_key=True),
        sqlite_with_rowid=False,
    )


def _make_accounts() -> None:
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("permissions", sa.JSON()),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(255), nullable=False, unique=True),
        sa.Column("password", sa.String(255)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "account_role",
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("account.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "role_id",
            sa.Integer(),
            sa.ForeignKey("role.id", ondelete="CASCADE"),
            primary_key=True,
        ),
    )


def _make_sqlite_triggers() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER version_refuses_{action.lower()} "
            f"BEFORE {action} ON instrument_version "
            f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
        )
    # REPLACE would delete a row without the trigger above: an insert may not meet its number.
    op.execute(
        "CREATE TRIGGER version_refuses_replace BEFORE INSERT ON instrument_version "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM instrument_version WHERE id = NEW.id "
        "OR (name = NEW.name AND (number = NEW.number OR digest = NEW.digest))) "
        f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    )
    op.execute(
        "CREATE TRIGGER round_keeps_mode BEFORE UPDATE OF mode ON round "
        f"WHEN NEW.mode <> OLD.mode BEGIN SELECT RAISE(ABORT, '{SAME_MODE}'); END"
    )


def _make_postgresql_triggers() -> None:
    for name, sentence in (("version", IMMUTABLE), ("mode", SAME_MODE)):
        op.execute(
            f"CREATE FUNCTION refuse_{name}_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END $$"
        )
    op.execute(
        "CREATE TRIGGER version_refuses_change BEFORE UPDATE OR DELETE ON instrument_version "
        "FOR EACH ROW EXECUTE FUNCTION refuse_version_change()"
    )
    op.execute(
        "CREATE TRIGGER version_refuses_truncate BEFORE TRUNCATE ON instrument_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_version_change()"
    )
    op.execute(
        "CREATE TRIGGER round_keeps_mode BEFORE UPDATE OF mode ON round FOR EACH ROW "
        "WHEN (NEW.mode <> OLD.mode) EXECUTE FUNCTION refuse_mode_change()"
    )
