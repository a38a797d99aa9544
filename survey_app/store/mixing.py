"""Rewrite the database's files so that they do not tell in which order answers came."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from survey_app.store import mixing_postgresql
from survey_app.store.database import BUSY_TIMEOUT
from survey_app.store.mixing_postgresql import rewrite

LARGEST = 64 * 1024 * 1024  # bytes: a larger file takes too long to rewrite at each rest
PATIENCE = 200  # ms; respondents may be waiting for the one who mixes
TRIES, BETWEEN = 10, 0.3  # at the end of a round; seconds
LOG_TRIES = 100  # whoever writes empties a log too, which may take as long as writing it did

log = logging.getLogger(__name__)


def mix(engine: Engine, *, is_end: bool = False) -> bool:
    """Rewrite what shows an order; see `mix_sqlite`, and `mixing_postgresql` for that engine."""
    if engine.dialect.name == "postgresql":
        return mixing_postgresql.mix(engine, is_end=is_end)
    return mix_sqlite(engine, is_end=is_end)


def mix_patiently(engine: Engine) -> bool:
    """Mix at the end of a round, trying for a while; give whether nothing is left to do."""
    is_sqlite = engine.dialect.name != "postgresql"
    if _lay_anew_patiently(engine) if is_sqlite else _is_done(partial(mix, engine, is_end=True)):
        return True
    log.warning("The answers' files could not be rewritten just now; it is tried again later.")
    return False


def forget(engine: Engine, tables: Sequence[str]) -> bool:
    """Write the files of tables anew, trying for a while, so that nothing deleted is left in them.

    Args:
        tables: Those from which was deleted; on SQLite the one file is rewritten.

    Returns:
        Whether nothing is left to do.
    """
    is_sqlite = engine.dialect.name != "postgresql"
    return _lay_anew_patiently(engine) if is_sqlite else _is_done(partial(rewrite, engine, tables))


def settle(engine: Engine, tables: Sequence[str]) -> bool:
    """Do what is left of both: mix, and forget what was deleted from tables."""
    is_mixed = mix_patiently(engine)
    is_sqlite = engine.dialect.name != "postgresql"
    return is_mixed and (is_sqlite or not tables or forget(engine, tables))


def size_of(engine: Engine) -> int:
    """Give how many bytes the database takes, without its log."""
    if engine.dialect.name == "postgresql":
        return mixing_postgresql.size_of(engine)
    with _impatient(engine) as connection:
        return _size(connection)


def mix_sqlite(engine: Engine, *, is_end: bool = False) -> bool:
    """Lay all rows anew in the order of their random keys, and empty the write-ahead log.

    The log holds the pages in the order of their commits, and within a page the rows stand as
    they came, until both are written anew.

    Args:
        is_end: A round has ended: the file is rewritten, however large.

    Returns:
        Whether nothing is left to do: someone who reads or writes may be in the way.
    """
    with _impatient(engine) as connection:
        is_left = not is_end and _size(connection) > LARGEST
        return (is_left or lay_anew(connection)) and _empty_log(connection)


def _lay_anew_patiently(engine: Engine) -> bool:
    """Write the file anew once, then its log out: who writes is in the way of that for seconds."""
    with _impatient(engine) as connection:
        is_laid = _is_done(partial(lay_anew, connection))
        return is_laid and _is_done(partial(_empty_log, connection), LOG_TRIES)


def _is_done(step: Callable[[], bool], tries: int | None = None) -> bool:
    for _ in range(tries or TRIES):
        if step():
            return True
        time.sleep(BETWEEN)
    return False


def lay_anew(connection: Any) -> bool:
    """Rewrite the file of a connection to SQLite; tell whether nobody was in the way."""
    is_light = _size(connection) <= LARGEST or not _has_folder(connection)
    connection.execute(f"PRAGMA temp_store = {'MEMORY' if is_light else 'FILE'}")
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _empty_log(connection: Any) -> bool:
    (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _has_folder(connection: Any) -> bool:
    """Let SQLite keep what it cannot hold in memory beside the database: never in /tmp.

    Not every build of it takes that.
    """
    (*_, file) = connection.execute("PRAGMA database_list").fetchone()
    folder = str(Path(file).parent)
    if _folder(connection) != folder:
        quoted = folder.replace("'", "''")
        connection.execute(f"PRAGMA temp_store_directory = '{quoted}'")
    return _folder(connection) == folder


def _folder(connection: Any) -> str | None:
    (folder,) = connection.execute("PRAGMA temp_store_directory").fetchone() or (None,)
    return folder


@contextmanager
def _impatient(engine: Engine) -> Iterator[Any]:
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        yield connection
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        pooled.close()


def _size(connection: Any) -> int:
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    bytes_each: int = connection.execute("PRAGMA page_size").fetchone()[0]
    return pages * bytes_each
