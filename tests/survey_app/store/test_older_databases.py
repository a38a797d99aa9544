"""A database of any earlier state, full of rows, is brought up to date without losing one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import inspect, text

from survey_app import create_app
from survey_app.actions import checkup, responses
from survey_app.settings import load
from survey_app.store import migrating
from survey_app.store.database import db
from tests.factories import first_start
from tests.survey_app.store.rows import Row, fill, kept

# What main's head was at times: after the devices' forms, the counting of returns, signed papers;
# and after the languages, and large files. Each is tried on one kind of database, for time's sake.
ON_SQLITE, ON_POSTGRESQL = ("010", "087", "136"), ("050", "111")


def make_older(data: Path, revision: str) -> dict[str, list[Row]]:
    """Make a database as that state's release did, with rows in every table."""
    shutil.copytree(first_start() / "cache", data / "cache")  # compiling catalogues takes longer
    settings = load(data, is_testing=True)
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    db.init_app(app)
    with app.app_context():
        command.upgrade(migrating.configuration(), revision)
        with db.engine.begin() as connection:
            made = fill(connection)
        db.engine.dispose()
    return made


def check(data: Path, made: dict[str, list[Row]]) -> None:
    """Start this release on it: every row is there as it was, and the doctor is content."""
    app = create_app(load(data, is_testing=True))
    try:
        with app.app_context(), db.engine.connect() as connection:
            assert set(made) <= set(inspect(connection).get_table_names())
            for table, rows in made.items():
                now = kept(connection, table, list(rows[0]))
                for row in rows:
                    assert {name: row[name] for name in now[0]} in now, table
            if connection.dialect.name == "sqlite":
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            found = [each for each in checkup.look() if each.about == "database"]
            assert [each.sentence for each in found if each.level != checkup.Level.GOOD] == []
    finally:
        responses.close(app)


@pytest.mark.parametrize("revision", ON_SQLITE)
def test_an_older_sqlite_file_keeps_every_row(tmp_path, revision) -> None:
    """Whoever updates loses nothing."""
    check(tmp_path, make_older(tmp_path, revision))


@pytest.mark.parametrize("revision", ON_POSTGRESQL)
def test_an_older_postgresql_database_keeps_every_row(
    tmp_path, monkeypatch, postgresql, revision
) -> None:
    """There too."""
    monkeypatch.setenv("DATABASE_URL", postgresql.new_database())
    check(tmp_path, make_older(tmp_path, revision))
