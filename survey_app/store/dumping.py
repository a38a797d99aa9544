"""Copy a database into one file while it is written to, and make one of such a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL

from survey_app.store.mixing import lay_anew

NAMES = {"sqlite": "survey.sqlite", "postgresql": "survey.pgdump"}
WAITING = "waiting"
FORGET = ("DELETE FROM waiting", "UPDATE pool SET key_id = NULL")
PACKAGE = "postgresql-client"


class DumpFailed(Exception):
    """The database could not be copied or made; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A copy of a database.

    Attributes:
        name: Of its file.
        rows: Table -> how many rows it holds.
    """

    name: str
    rows: Mapping[str, int]


def dump(engine: Engine, folder: Path) -> Dump:
    """Copy a database into a folder, as it is at one moment.

    Waiting answers are left out: their keys are in no backup, so that no series of backups tells
    in which order they came.

    Raises:
        DumpFailed: PostgreSQL's own program is missing, or refuses.
    """
    name = NAMES[engine.dialect.name]
    if engine.dialect.name == "sqlite":
        return Dump(name, _dump_sqlite(str(engine.url.database), folder / name))
    return Dump(name, _dump_postgresql(engine, folder / name))


def _dump_sqlite(source: str, target: Path) -> Mapping[str, int]:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for statement in FORGET:
            connection.execute(statement)
        lay_anew(connection)
        there = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        return {
            name: connection.execute(_count(name)).fetchone()[0]
            for (name,) in connection.execute(there).fetchall()
            if name != WAITING and not name.startswith("sqlite_")
        }


def _dump_postgresql(engine: Engine, target: Path) -> Mapping[str, int]:
    """Count and copy in one snapshot: rows that come meanwhile are in neither."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        options = ("--format=custom", f"--exclude-table-data={WAITING}", f"--snapshot={snapshot}")
        _run("pg_dump", engine.url, *options, "--file", target)
        return _rows(connection)


def load(file: Path, url: URL) -> None:
    """Make the database of a copy: SQLite's file must not be there, PostgreSQL's must be empty.

    Raises:
        DumpFailed: It is of another kind of database, not empty, or does not answer.
    """
    kind = url.get_backend_name()
    if file.name != NAMES.get(kind):
        raise DumpFailed(
            f"The backup is of another kind of database than {kind}. Set DATABASE_URL to the kind "
            "that it was made from, or leave it unset for SQLite."
        )
    if kind == "sqlite":
        shutil.copyfile(file, str(url.database))
        Path(str(url.database)).chmod(0o600)
        return
    if _tables(url):
        raise DumpFailed("The database is not empty. Restore into an empty one.")
    _run("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", file)
    _forget_keys(url)


def counts(url: URL) -> Mapping[str, int]:
    """Count the rows of each table but those that no backup holds."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return _rows(connection)
    finally:
        engine.dispose()


def _rows(connection: Connection) -> Mapping[str, int]:
    return {
        name: connection.execute(text(_count(name))).scalar_one()
        for name in sorted(inspect(connection).get_table_names())
        if name != WAITING
    }


def _count(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a table's own name


def is_sound(file: Path) -> bool:
    """Tell whether a copy can be read to its end and contradicts itself nowhere."""
    if file.name == NAMES["postgresql"]:
        return not _program("pg_restore", "--file", os.devnull, file).returncode
    with closing(sqlite3.connect(file)) as connection:
        checks = connection.execute("PRAGMA integrity_check").fetchall()
        return checks == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


def _forget_keys(url: URL) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in FORGET:
            connection.execute(text(statement))
    engine.dispose()


def _tables(url: URL) -> bool:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            found = connection.execute(
                text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
            )
            return bool(found.scalar_one())
    finally:
        engine.dispose()


def _run(name: str, url: URL, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs on a database; its password is on no command line."""
    plain = url.set(drivername="postgresql", password=None)
    database = ("--dbname", plain.render_as_string())
    done = _program(name, *database, *arguments, password=str(url.password or ""))
    if done.returncode:
        raise DumpFailed(f"{name} says: {done.stderr.strip().splitlines()[-1]}")


def _program(
    name: str, *arguments: str | Path, password: str = ""
) -> subprocess.CompletedProcess[str]:
    found = shutil.which(name)
    if found is None:
        raise DumpFailed(f"{name} is missing. Install it: sudo apt-get install {PACKAGE}")
    around = {**os.environ, "PGPASSWORD": password} if password else None
    command = [found, *map(str, arguments)]
    # Our own arguments, to a program of the system's.
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, env=around
    )
