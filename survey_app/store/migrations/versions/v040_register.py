"""Bring the register: districts, schools, teams, pupils, pathways, consents and milestones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "040"
down_revision = "020"
branch_labels = None
depends_on = None

IN_ORDER = "valid_to IS NULL OR valid_from <= valid_to"
TABLES = (
    "district", "school", "team", "team_school", "team_member", "pupil", "placement",
    "pathway_event", "consent", "milestone",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, what others refer to first."""
    _make_places()
    _make_teams()
    _make_pupils()
    _make_pathways()
    _make_milestones()


def downgrade() -> None:
    """Remove the tables, what refers to others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _code(name: str = "code", length: int = 32) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def _to(name: str, target: str, length: int = 32, *, is_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        name, sa.String(length), sa.ForeignKey(target), primary_key=is_key, nullable=False
    )


def _dated(*, is_key: bool = False) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("valid_from", sa.Date(), primary_key=is_key, nullable=False),
        sa.Column("valid_to", sa.Date()),
    )


def _make_places() -> None:
    op.create_table(
        "district",
        _code(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "successor",
            sa.String(32),
            sa.ForeignKey("district.code", deferrable=True, initially="DEFERRED"),
        ),
        *_dated(),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )
    op.create_table(
        "school",
        _code(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False),
        _to("district", "district.code"),
        *_dated(),
        sa.CheckConstraint("owner IN ('kommunal', 'fristaende')", name="owner"),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )


def _make_teams() -> None:
    op.create_table(
        "team",
        _code(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        *_dated(),
        sa.CheckConstraint("kind IN ('stationerat', 'mobilt')", name="kind"),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )
    op.create_table(
        "team_school",
        _to("team", "team.code", is_key=True),
        _to("school", "school.code", is_key=True),
        *_dated(is_key=True),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )
    op.create_table(
        "team_member",
        _to("team", "team.code", is_key=True),
        _code("post"),
        sa.Column("profession", sa.String(32), nullable=False),
        sa.Column("fte", sa.Numeric(4, 3), nullable=False),
        sa.Column(
            "account",
            sa.String(255),
            sa.ForeignKey("account.email", onupdate="CASCADE", ondelete="SET NULL"),
        ),
        *_dated(is_key=True),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name="fte"),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )


def _make_pupils() -> None:
    op.create_table(
        "pupil",
        _code(length=16),
        sa.Column("gender", sa.String(16), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("year_shift", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("home_district", sa.String(32), sa.ForeignKey("district.code")),
        sa.CheckConstraint("gender IN ('flicka', 'pojke', 'annat')", name="gender"),
        sa.CheckConstraint("birth_year BETWEEN 1990 AND 2100", name="birth_year"),
        sa.CheckConstraint("year_shift BETWEEN -3 AND 3", name="year_shift"),
    )
    op.create_table(
        "placement",
        _to("pupil", "pupil.code", 16, is_key=True),
        _to("school", "school.code"),
        _to("team", "team.code"),
        *_dated(is_key=True),
        sa.CheckConstraint(IN_ORDER, name="dates"),
    )
    op.create_index(op.f("ix_placement_school"), "placement", ["school"])
    op.create_index(op.f("ix_placement_team"), "placement", ["team"])


def _make_pathways() -> None:
    op.create_table(
        "pathway_event",
        _to("pupil", "pupil.code", 16, is_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
    )
    op.create_table(
        "consent",
        _to("pupil", "pupil.code", 16, is_key=True),
        sa.Column("signed_on", sa.Date(), primary_key=True),
        sa.Column("form_version", sa.String(32), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("data_classes", sa.Text(), nullable=False),
        sa.Column("signatories", sa.Text(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.CheckConstraint("valid_to IS NULL OR signed_on <= valid_to", name="dates"),
        sa.CheckConstraint("withdrawn_on IS NULL OR signed_on <= withdrawn_on", name="withdrawn"),
    )


def _make_milestones() -> None:
    op.create_table(
        "milestone",
        _to("pupil", "pupil.code", 16, is_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("area", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("with_pupil", sa.Boolean(), nullable=False),
        sa.Column("with_guardian", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("target_day", sa.Date()),
        sa.Column("importance", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("difficulty", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("baseline", sa.Integer(), nullable=False, server_default="-1"),
        sa.Column("level_texts", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint("state IN ('aktivt', 'natt', 'ersatt', 'avbrutet')", name="state"),
        sa.CheckConstraint("length(text) <= 200", name="text"),
        sa.CheckConstraint("importance BETWEEN 1 AND 3", name="importance"),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty"),
        sa.CheckConstraint("baseline BETWEEN -2 AND 2", name="baseline"),
    )
