"""Rewrite SQLite's files so that they do not tell in which order answers came."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from survey_app.store.database import BUSY_TIMEOUT

LARGEST = 64 * 1024 * 1024  # bytes: a larger file takes too long to rewrite at each rest
PATIENCE = 200  # ms; respondents may be waiting for the one who mixes


def mix(engine: Engine) -> bool:
    """Lay all rows anew in the order of their random keys, and empty the write-ahead log.

    The log holds the pages in the order of their commits, and within a page the rows stand as
    they came, until both are written anew.

    Returns:
        Whether nothing is left to do: someone who reads or writes may be in the way.
    """
    with _impatient(engine) as connection:
        try:
            if _size(connection) <= LARGEST:
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
