"""Rewrite PostgreSQL's tables so that neither place nor transaction tells who answered when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

LARGEST = 64 * 1024 * 1024  # bytes: a larger table takes too long to rewrite at each rest
PATIENCE = 500  # ms; respondents may be waiting for the one who mixes
MIXING_LOCK = 0x313E5  # one process at a time
LOCK_NOT_AVAILABLE = "55P03"

# What is not read by anybody but us shows in which order it came until its round ends; the
# answers, and the codes that were used, never do for longer than a rest.
ALWAYS, AT_THE_END = ("response", "entry_code"), ("response", "entry_code", "receipt")


def mix(engine: Engine, *, is_end: bool = False) -> bool:
    """Give the rows of a round one transaction and all rows the order of their random keys.

    `xmin` is then the same for all answers of a round, `ctid` follows the key, and what was
    deleted is gone from the file.

    Args:
        is_end: A round has ended: everything is rewritten, however large.

    Returns:
        Whether nothing is left to do: someone who reads or writes may be in the way.
    """
    with _alone(engine) as connection:
        if connection is None:
            return False
        try:
            for table in AT_THE_END if is_end else ALWAYS:
                _mix_table(connection, table, is_end=is_end)
            connection.execute(text("VACUUM waiting"))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            return False
    return True


def size_of(engine: Engine) -> int:
    """Give how many bytes the database takes."""
    with engine.connect() as connection:
        size: int = connection.execute(
            text("SELECT pg_database_size(current_database())")
        ).scalar_one()
    return size


def rewrite(engine: Engine, tables: Sequence[str]) -> bool:
    """Write tables anew, so that what was deleted or changed is gone from their files.

    PostgreSQL also keeps examples of what columns hold, for its plans; these are taken anew, and
    their table is rewritten where we own the database.

    Returns:
        Whether nothing is left to do: someone who reads or writes may be in the way.
    """
    with _alone(engine) as connection:
        if connection is None:
            return False
        try:
            for table in tables:
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))
            connection.execute(text("VACUUM FULL pg_catalog.pg_statistic"))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            return False
    return True


def _mix_table(connection: Connection, table: str, *, is_end: bool) -> None:
    size = connection.execute(text(f"SELECT pg_relation_size('{table}')")).scalar_one()
    if size > LARGEST and not is_end:
        return
    shown = f"""UPDATE {table} SET round_id = round_id WHERE round_id IN (
        SELECT round_id FROM {table} GROUP BY round_id HAVING count(DISTINCT xmin::text) > 1)"""  # noqa: S608
    connection.execute(text(shown))
    key = f"SELECT indexrelid::regclass FROM pg_index WHERE indrelid = '{table}'::regclass AND indisprimary"  # noqa: S608, E501
    connection.execute(text(f"CLUSTER {table} USING {connection.execute(text(key)).scalar_one()}"))


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection | None]:
    """Give a connection without transactions while nobody else mixes; None when somebody does."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = {"lock": MIXING_LOCK}
        if not connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), lock).scalar():
            yield None
            return
        connection.execute(text(f"SET lock_timeout = {PATIENCE}"))
        try:
            yield connection
        finally:
            connection.execute(text("RESET lock_timeout"))
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)
