"""Bring returns about units of the register, and the trail of changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "041"
down_revision = "040"
branch_labels = None
depends_on = None

APPEND_ONLY = "The trail of changes is never altered."
STATES = "'draft', 'submitted', 'accepted', 'returned', 'corrected', 'cannot_be_supplied'"


def upgrade() -> None:
    """Make the tables, then the triggers that keep the trail."""
    op.add_column("round", sa.Column("period", sa.String(16)))
    op.create_table(
        "enrolment_span",
        sa.Column("pupil", sa.String(16), sa.ForeignKey("pupil.code"), primary_key=True),
        sa.Column("first_day", sa.Date(), primary_key=True),
        sa.Column("last_day", sa.Date()),
    )
    _make_returns()
    _make_trail()
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """Remove everything; on PostgreSQL the function too."""
    op.drop_table("audit_entry")
    op.drop_table("unit_return")
    op.drop_table("enrolment_span")
    op.drop_column("round", "period")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_audit_change()")


def _make_returns() -> None:
    op.create_table(
        "unit_return",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("unit_kind", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False, server_default=""),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("comment", sa.Text(), nullable=False, server_default=""),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        sa.ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        sa.UniqueConstraint("round_id", "unit_kind", "unit", "occasion"),
        sa.CheckConstraint("mode <> 'anonymous'", name="mode"),
        sa.CheckConstraint(
            "unit_kind IN ('pupil', 'team', 'district', 'school')", name="unit_kind"
        ),
        sa.CheckConstraint(f"state IN ({STATES})", name="state"),
        sa.CheckConstraint("revision > 0", name="revision"),
        sa.CheckConstraint("state <> 'cannot_be_supplied' OR reason <> ''", name="reason"),
    )
    op.create_index(op.f("ix_unit_return_unit"), "unit_return", ["unit"])


def _make_trail() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.CheckConstraint("number > 0", name="number"),
    )
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"])


def _guard_on_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_refuses_{action.lower()} BEFORE {action} ON audit_entry "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
    # REPLACE would delete a row without the trigger above: an insert may not meet its number.
    op.execute(
        "CREATE TRIGGER audit_refuses_replace BEFORE INSERT ON audit_entry "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number OR hash = NEW.hash) "
        f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
