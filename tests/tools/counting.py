"""Count what a round has got as whoever holds the files can: commands and pages tell steps of five."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from survey_app.store.queries import COUNTED


def count_responses(data: Path, name: str) -> int:
    """Count a round's responses, waiting ones too, in the SQLite file of a data directory."""
    each = (
        f"SELECT count(*) AS n FROM {table.__tablename__} AS counted"  # noqa: S608 - ours
        " JOIN round ON round.id = counted.round_id WHERE round.name = :name"
        for table in COUNTED
    )
    total = f"SELECT sum(n) FROM ({' UNION ALL '.join(each)})"  # noqa: S608 - ours
    with closing(sqlite3.connect(data / "survey.sqlite")) as connection:
        return int(connection.execute(total, {"name": name}).fetchone()[0])
