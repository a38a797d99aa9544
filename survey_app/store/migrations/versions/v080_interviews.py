"""Bring cases to interview, their consents, the sample's quotas, and what was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "080"
down_revision = "085"
branch_labels = None
depends_on = None

ROLES = "role IN ('elev', 'vardnadshavare', 'personal')"
IMMUTABLE = "A version of a note never changes."


def upgrade() -> None:
    """Make the tables, then what keeps a note's versions as they are."""
    _make_cases()
    _make_quotas()
    _make_interviews()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER interview_text_refuses_update BEFORE UPDATE ON interview_text "
            f"BEGIN SELECT RAISE(ABORT, '{IMMUTABLE}'); END"
        )
    else:
        _guard_on_postgresql()


def downgrade() -> None:
    """Remove everything; on PostgreSQL the function too."""
    for table in (
        "interview_text", "interview", "interview_quota", "interview_consent", "interview_case",
    ):  # fmt: skip
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS refuse_text_change()")


def _make_cases() -> None:
    op.create_table(
        "interview_case",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sample_group", sa.String(32), nullable=False),
        sa.Column("gender", sa.String(16)),
        sa.Column("year_group", sa.String(8)),
        sa.Column("district", sa.String(32), sa.ForeignKey("district.code")),
        sa.Column("recruited", sa.String(16)),
        sa.Column("language", sa.String(35)),
        sa.Column("has_interpreter", sa.Boolean(), nullable=False),
        sa.Column("booked_on", sa.Date()),
        sa.Column(
            "interviewer",
            sa.String(255),
            sa.ForeignKey("account.email", onupdate="CASCADE", ondelete="SET NULL"),
        ),
        sa.ForeignKeyConstraint(["round_id", "mode"], ["round.id", "round.mode"]),
        sa.CheckConstraint("mode = 'interview'", name="mode"),
        sa.CheckConstraint(ROLES, name="role"),
        sa.CheckConstraint(
            "state IN ('planned', 'booked', 'done', 'declined', 'withdrawn')", name="state"
        ),
        sa.CheckConstraint("year_group IS NULL OR year_group IN ('4-6', '7-9')", name="year_group"),
        sa.CheckConstraint(
            "recruited IS NULL OR recruited IN ('team', 'skola', 'brev', 'annat')",
            name="recruited",
        ),
    )
    op.create_index(op.f("ix_interview_case_round_id"), "interview_case", ["round_id"])
    op.create_table(
        "interview_consent",
        _case("interview_case.id"),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("form_version", sa.String(32), nullable=False),
        sa.Column("is_15", sa.Boolean()),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("guardians", sa.Integer(), nullable=False),
        sa.Column("sole_custody", sa.Boolean(), nullable=False),
        sa.Column("research", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_on", sa.Date()),
        sa.CheckConstraint("guardians BETWEEN 0 AND 2", name="guardians"),
        sa.CheckConstraint("withdrawn_on IS NULL OR signed_on <= withdrawn_on", name="withdrawn"),
    )


def _make_quotas() -> None:
    op.create_table(
        "interview_quota",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("sample_group", sa.String(32), nullable=False),
        sa.Column("gender", sa.String(16), nullable=False),
        sa.Column("year_group", sa.String(8), nullable=False),
        sa.Column("district", sa.String(32), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.UniqueConstraint("round_id", "role", "sample_group", "gender", "year_group", "district"),
        sa.CheckConstraint("wanted BETWEEN 1 AND 1000", name="wanted"),
        sa.CheckConstraint(ROLES, name="role"),
    )


def _make_interviews() -> None:
    op.create_table(
        "interview",
        _case("interview_case.id"),
        sa.Column("round_id", sa.Integer(), sa.ForeignKey("round.id"), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "mode"], ["instrument_version.id", "instrument_version.mode"]
        ),
        sa.CheckConstraint("mode = 'interview'", name="mode"),
        sa.CheckConstraint("revision > 0", name="revision"),
    )
    op.create_index(op.f("ix_interview_round_id"), "interview", ["round_id"])
    op.create_table(
        "interview_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "case_id",
            sa.Integer(),
            sa.ForeignKey("interview.case_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("case_id", "question", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )


def _case(of: str) -> sa.Column[int]:
    reference = sa.ForeignKey(of, ondelete="CASCADE")
    return sa.Column("case_id", sa.Integer(), reference, primary_key=True)


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_text_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{IMMUTABLE}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER interview_text_refuses_update BEFORE UPDATE ON interview_text "
        "FOR EACH ROW EXECUTE FUNCTION refuse_text_change()"
    )
