"""What the tables can hold, and what they refuse."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Integer, LargeBinary, String, inspect, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from survey_app.store.database import Base, db
from tests.factories import CAT, INTERVIEW, PICTURED, make_response, make_round, make_version

# Each column that an anonymous answer or its receipt may have. Before adding one, ask: could it
# tell when, from where, in which order, in which language or by whom?
ALLOWED = {
    "response": {
        "id": String,
        "round_id": Integer,
        "version_id": Integer,
        "answers": JSON,
        "asked": JSON,
        "district": String,
    },
    "waiting": {
        "key": String,
        "round_id": Integer,
        "key_id": String,
        "sealed": LargeBinary,
        "claim": String,
    },
    "entry_code": {"round_id": Integer, "hash": String, "district": String, "used": Boolean},
    "receipt": {"round_id": Integer, "token": String},
}


@pytest.mark.parametrize("table", ALLOWED)
def test_the_models_have_no_place_for_who_or_when(table) -> None:
    """A pupil cannot be found by the time, the address or the order of an answer."""
    columns = {column.name: column.type for column in Base.metadata.tables[table].columns}
    assert columns.keys() == ALLOWED[table].keys()
    assert all(isinstance(columns[name], kind) for name, kind in ALLOWED[table].items())


@pytest.mark.parametrize("table", ALLOWED)
def test_the_real_tables_have_no_place_for_who_or_when(context, table) -> None:
    """The database itself is what an attacker holds."""
    columns = {each["name"]: each["type"] for each in inspect(db.engine).get_columns(table)}
    assert columns.keys() == ALLOWED[table].keys()
    assert all(isinstance(columns[name], kind) for name, kind in ALLOWED[table].items())


@pytest.mark.parametrize("table", ALLOWED)
def test_there_is_no_hidden_row_number(context, table) -> None:
    """SQLite numbers the rows of ordinary tables in the order of arrival."""
    with db.engine.connect() as connection, pytest.raises(DatabaseError, match="rowid"):
        connection.execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608 - our own names


# Who answers for others is known, and when: these tables refuse anonymous rounds.
KNOWN_SENDERS = {
    ("submission", "submitted_at"),
    ("unit_return", "saved_at"),
    ("interview", "saved_at"),
    # Who codes interviews is known too: these are moments of the staff's own work.
    ("coding_version", "at"),
    ("coding_segment", "coded_at"),
    ("coding_done", "at"),
    ("double_coding", "made_at"),
    ("double_coding", "finished_at"),
    ("double_decision", "at"),
    ("quotation", "approved_at"),
    ("extract", "at"),
    ("export_job", "at"),  # an order of a large file, of rounds that may be read alone
    ("export_job", "beat"),
    ("export_job", "ends"),
    ("reminder", "claimed_at"),  # a minute in the morning in which a mail to a team is handed in
}


def test_no_column_of_any_table_holds_a_moment_or_an_address(context) -> None:
    """Dates of rounds are days; nothing else says when or from where somebody came."""
    inspector = inspect(db.engine)
    columns = [
        (table, column["name"], str(column["type"]).upper())
        for table in inspector.get_table_names()
        for column in inspector.get_columns(table)
        if (table, column["name"]) not in KNOWN_SENDERS
    ]
    words = ("_at", "time", "_ip", "address", "agent", "login", "session", "sequence")
    assert [each for each in columns if "TIME" in each[2]] == []
    assert [each for each in columns if any(word in each[1] for word in words)] == []


def test_a_receipt_has_no_way_to_its_response(context) -> None:
    """Knowing that a tablet sent does not tell what it sent."""
    round_ = make_round()
    make_response(round_)
    inspector = inspect(db.engine)
    targets = {key["referred_table"] for key in inspector.get_foreign_keys("receipt")}
    assert targets == {"round"}


def test_the_migrations_make_what_the_models_say(context) -> None:
    """An updated server has the same tables as a new one."""
    with db.engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(compared, Base.metadata) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE instrument_version SET mode = 'interview'",
        "UPDATE instrument_version SET label = 'x'",
        "DELETE FROM instrument_version",
        """INSERT OR REPLACE INTO instrument_version
        SELECT id, name, 'x', number, mode, title, workbook, digest, published_on, note
        FROM instrument_version""",
        "UPDATE instrument_version SET note = 'x'",
    ],
)
def test_a_published_version_cannot_be_changed(context, statement) -> None:
    """What a pupil answered can always be read with the questions that were asked."""
    make_version()
    with pytest.raises(IntegrityError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE picture SET content = x'00'",
        "UPDATE picture SET name = 'x'",
        "DELETE FROM picture",
        """INSERT OR REPLACE INTO picture
        SELECT version_id, name, media_type, width, height, x'00' FROM picture""",
    ],
)
def test_a_published_picture_cannot_be_changed(context, statement) -> None:
    """A picture is part of the question that was asked."""
    make_version(PICTURED, CAT)
    with pytest.raises(IntegrityError, match="never changed"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(("is_late", "columns"), [(True, "media_type"), (False, "'image/svg+xml'")])
def test_only_a_safe_picture_joins_and_none_once_there_is_a_round(
    context, is_late, columns
) -> None:
    """What a pupil saw is what the version has; and nothing in it can run."""
    make_version(PICTURED, CAT)
    if is_late:
        make_round(table=PICTURED, pictures=[CAT])
    statement = f"""INSERT INTO picture
        SELECT version_id, 'x.png', {columns}, width, height, content FROM picture"""  # noqa: S608
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE round SET mode = 'interview'",
        "UPDATE round SET mode = 'secret'",
        "UPDATE round SET state = 'ajar'",
        "UPDATE round SET version_id = 99",
        "UPDATE round SET opens = '2026-02-01', locks = '2026-01-01'",
    ],
)
def test_a_round_keeps_its_promises(context, statement) -> None:
    """An anonymous round cannot become another kind, whoever has the database open."""
    make_round()
    make_version(INTERVIEW)
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_round_cannot_take_a_version_of_another_mode(context) -> None:
    """The round's mode and the version's are one."""
    make_round()
    other = make_version(INTERVIEW)
    assert other.mode == "interview"
    with pytest.raises(IntegrityError, match="FOREIGN"), db.engine.begin() as connection:
        connection.execute(text(f"UPDATE round SET version_id = {other.id}"))  # noqa: S608


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 10_000),
    ],
)
def test_sqlite_is_set_to_lose_nothing(context, pragma, value) -> None:
    """An answer that was acknowledged survives a power cut."""
    with db.engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
