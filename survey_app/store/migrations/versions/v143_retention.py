"""Bring rules of retention, protocols of what was erased, and a trail that can forget a person.

An entry of the trail may lose what it says, and nothing else: its number, time, action and hash
stay, so that the chain still holds, and it names the entry that says why.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "143"
down_revision = "140"
branch_labels = None
depends_on = None

APPEND_ONLY = "The trail of changes is never altered."
ERASES = (
    "OLD.erased_by IS NULL AND COALESCE(NEW.erased_by, 0) > OLD.number"
    " AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.action = OLD.action"
    " AND NEW.hash = OLD.hash AND NEW.actor IN (OLD.actor, '')"
    " AND NEW.subject = '' AND NEW.details = '' AND NEW.salt IS NULL AND NEW.seal IS NOT NULL"
)
# PostgreSQL notes examples of what columns hold; of free text nobody needs them.
FREE_TEXTS = (
    *(("audit_entry", "details"), ("interview_text", "text"), ("coding_segment", "memo")),
    *(("quotation", "words"), ("quotation", "approved_words"), ("milestone", "text")),
    *(("milestone", "reason"), ("unit_return", "reason"), ("unit_return", "comment")),
    *(("pathway_event", "reason"), ("double_decision", "reason")),
)


def upgrade() -> None:
    """Make the tables and columns, then the triggers anew."""
    _make_tables()
    for table in ("round", "account"):
        op.add_column(table, sa.Column("closed_on", sa.Date()))
    # Nobody noted when; their time is counted from today.
    op.execute("UPDATE round SET closed_on = CURRENT_DATE WHERE state = 'closed' AND locks IS NULL")
    is_closed = "active = 0" if op.get_bind().dialect.name == "sqlite" else "NOT active"
    op.execute(f"UPDATE account SET closed_on = CURRENT_DATE WHERE {is_closed}")  # noqa: S608
    for column in (
        sa.Column("salt", sa.String(32)),
        sa.Column("erased_by", sa.Integer()),
        sa.Column("seal", sa.String(64)),
    ):
        op.add_column("audit_entry", column)
    _guard(f"WHEN NOT ({ERASES})", f"IF TG_OP = 'UPDATE' AND ({ERASES}) THEN RETURN NEW; END IF; ")
    if op.get_bind().dialect.name == "postgresql":
        for table, name in FREE_TEXTS:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {name} SET STATISTICS 0")


def downgrade() -> None:
    """Remove all of it; what was erased stays so."""
    _guard("", "")
    for column in ("seal", "erased_by", "salt"):
        op.drop_column("audit_entry", column)
    for table in ("account", "round"):
        op.drop_column(table, "closed_on")
    op.drop_table("retention_protocol")
    op.drop_table("retention_rule")


def _make_tables() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("data_set", sa.String(32), primary_key=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(8), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("registered_by", sa.String(255), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.CheckConstraint("unit IN ('day', 'month', 'year')", name="unit"),
        sa.CheckConstraint("length BETWEEN 1 AND 3650", name="length"),
        sa.CheckConstraint("decision <> ''", name="decision"),
    )
    op.create_table(
        "retention_protocol",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("data_set", sa.String(32), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("before", sa.Date()),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("carried_out_by", sa.String(255), nullable=False),
        sa.Column("is_rewritten", sa.Boolean(), nullable=False),
        sa.Column("backups_until", sa.Date()),
        sa.CheckConstraint("kind IN ('retention', 'person')", name="kind"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("ground <> ''", name="ground"),
    )


def _guard(when: str, unless: str) -> None:
    """Let the trail's trigger refuse every update but those that it is told of."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_refuses_update")
        op.execute(
            f"CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit_entry {when} "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {unless}RAISE EXCEPTION '{APPEND_ONLY}' "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
