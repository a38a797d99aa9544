"""Bring the pictures that come with an instrument's version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None

IMMUTABLE = "A picture of a published instrument version is never changed or deleted."
TOO_LATE = "A picture comes with its version, before the first round of it."


def upgrade() -> None:
    """Make the table, then the triggers that keep it as it was published."""
    op.create_table(
        "picture",
        sa.Column(
            "version_id", sa.Integer(), sa.ForeignKey("instrument_version.id"), primary_key=True
        ),
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("media_type", sa.String(16), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')",
            name="media_type",
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_sqlite_triggers()
    else:
        _make_postgresql_triggers()


def downgrade() -> None:
    """Remove the pictures."""
    op.drop_table("picture")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_picture_change()")
        op.execute("DROP FUNCTION IF EXISTS refuse_late_picture()")


def _make_sqlite_triggers() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER picture_refuses_{action.lower()} BEFORE {action} ON picture "
            f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
        )
    # REPLACE would delete a row without the trigger above: an insert may not meet its name.
    op.execute(
        "CREATE TRIGGER picture_refuses_replace BEFORE INSERT ON picture "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM picture WHERE version_id = NEW.version_id "
        f"AND name = NEW.name) BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
    )
    op.execute(
        "CREATE TRIGGER picture_refuses_lateness BEFORE INSERT ON picture "  # noqa: S608
        "WHEN EXISTS (SELECT 1 FROM round WHERE version_id = NEW.version_id) "
        f"BEGIN SELECT RAISE(ABORT, '{TOO_LATE}'); END"
    )


def _make_postgresql_triggers() -> None:
    op.execute(
        "CREATE FUNCTION refuse_picture_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{IMMUTABLE}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_late_picture() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
        "$$ BEGIN IF EXISTS (SELECT 1 FROM round WHERE version_id = NEW.version_id) THEN "
        f"RAISE EXCEPTION '{TOO_LATE}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER picture_refuses_change BEFORE UPDATE OR DELETE ON picture "
        "FOR EACH ROW EXECUTE FUNCTION refuse_picture_change()"
    )
    op.execute(
        "CREATE TRIGGER picture_refuses_truncate BEFORE TRUNCATE ON picture "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_picture_change()"
    )
    op.execute(
        "CREATE TRIGGER picture_refuses_lateness BEFORE INSERT ON picture "
        "FOR EACH ROW EXECUTE FUNCTION refuse_late_picture()"
    )
