"""Bring the triggers that keep an instrument anonymous once it was."""

from __future__ import annotations

from alembic import op

revision = "060"
down_revision = "050"
branch_labels = None
depends_on = None

PROMISE = "An instrument that was published as anonymous stays anonymous."
BROKEN = """NEW.mode <> 'anonymous' AND EXISTS (
    SELECT 1 FROM instrument_version WHERE name = NEW.name AND mode = 'anonymous')"""


def upgrade() -> None:
    """Refuse a version of another mode; versions themselves never change."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER version_stays_anonymous BEFORE INSERT ON instrument_version "
            f"WHEN {BROKEN} BEGIN SELECT RAISE(ABORT, '{PROMISE}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_broken_promise() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {BROKEN} THEN RAISE EXCEPTION '{PROMISE}' "
        "USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER version_stays_anonymous BEFORE INSERT ON instrument_version "
        "FOR EACH ROW EXECUTE FUNCTION refuse_broken_promise()"
    )


def downgrade() -> None:
    """Remove the trigger."""
    on = " ON instrument_version" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER version_stays_anonymous{on}")
    if on:
        op.execute("DROP FUNCTION refuse_broken_promise()")
