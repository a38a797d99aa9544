"""Rewrite the database's files so that they do not tell in which order answers came."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from survey_app.store import mixing_postgresql
from survey_app.store.database import BUSY_TIMEOUT
from survey_app.store.mixing_postgresql import rewrite

LARGEST = 64 * 1024 * 1024  # bytes: a larger file takes too long to rewrite at each rest
PATIENCE = 200  # ms; respondents may be waiting for the one who mixes
TRIES, BETWEEN = 10, 0.3  # at the end of a round; seconds

log = logging.getLogger(__name__)


def mix(engine: Engine, *, is_end: bool = False) -> bool:
    """Rewrite what shows an order; see `mix_sqlite`, and `mixing_postgresql` for that engine."""
    if engine.dialect.name == "postgresql":
        return mixing_postgresql.mix(engine, is_end=is_end)
    return mix_sqlite(engine, is_end=is_end)


def mix_patiently(engine: Engine) -> bool:
    """Mix at the end of a round, trying for a while; give whether nothing is left to do."""
    for _ in range(TRIES):
        if mix(engine, is_end=True):
            return True
        time.sleep(BETWEEN)
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
    for _ in range(TRIES):
        if mix_sqlite(engine, is_end=True) if is_sqlite else rewrite(engine, tables):
            return True
        time.sleep(BETWEEN)
    return False


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
        try:
            if is_end or _size(connection) <= LARGEST:
                connection.execute("VACUUM")
            (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return False
    return not is_busy


@contextmanager
def _impatient(engine: Engine) -> Iterator[Any]:
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        connection.execute("PRAGMA temp_store = MEMORY")  # no copy of answers in /tmp
        yield connection
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        pooled.close()


def _size(connection: Any) -> int:
    pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    bytes_each: int = connection.execute("PRAGMA page_size").fetchone()[0]
    return pages * bytes_each
