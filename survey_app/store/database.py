"""The database: its engine's settings, and transactions that write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

BUSY_TIMEOUT = 10_000  # ms; a writer waits its turn instead of failing
WRITING = "is_writing"
WRITERS_LOCK = 0x57AFF  # of PostgreSQL: one session at a time writes what it has read
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # an acknowledged answer survives a power cut
    f"busy_timeout = {BUSY_TIMEOUT}",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is deleted cannot be read from the file
)


class Base(DeclarativeBase):
    """The class of all tables; constraints get names, so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def init_app(app: Flask) -> None:
    """Give the app its database; a page that is made stands, whatever happens to the connection."""
    db.init_app(app)
    app.teardown_appcontext(_let_go)  # called before Flask-SQLAlchemy's own, which closes


def _let_go(_error: BaseException | None) -> None:
    """End what was begun; a connection that was lost meanwhile has nothing to undo."""
    try:
        db.session.close()  # not a rollback: what was read stays readable
    except SQLAlchemyError:
        db.session().invalidate()


def give_up_session() -> None:
    """End what a thread of ours has begun; a connection that is broken is no reason to stop."""
    with suppress(SQLAlchemyError):
        db.session.remove()


@event.listens_for(Engine, "connect")
def _set_pragmas(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions begin where we say, see _begin
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start: a reader that turns writer may not wait for it."""
    if connection.dialect.name == "sqlite":
        is_writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN DEFERRED")


def begin_writing() -> None:
    """Begin a write transaction of `db.session` that somebody else commits.

    Staff write one at a time: what is read in it stays true until the commit, on SQLite by its
    write lock. Answers are stored by transactions of their own, which wait for nobody here.
    """
    db.session.rollback()
    connection = db.session.connection(execution_options={WRITING: True})
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(WRITERS_LOCK)))


def is_writing() -> bool:
    """Tell whether `db.session` is in a write transaction."""
    return bool(db.session.connection().get_execution_options().get(WRITING, False))


@contextmanager
def writing() -> Iterator[None]:
    """Run a block as one write transaction of `db.session`: committed, or undone on an error."""
    begin_writing()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
