"""A zip file with two files for each table: its rows as CSV, and the syntax that reads them.

The rows hold the numbers that the .sav or .dta file has, so that both ways lead to the same data.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED

from exports.table import Table
from exports.wording import Wording
from exports.writers.archive import DatelessArchive
from exports.writers.files import opened
from exports.writers.statistical.spool import Row, Spool, Waiting
from exports.writers.statistical.tables import Dialect, spooled

# From a table, and the name of its file, to the syntax that reads it.
Syntax = Callable[[Spool, str], Iterator[str]]
# How a column's missing number or letter, or a text, stands in the file.
Field = Callable[[Waiting], str]


def write_with_syntax(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    wording: Wording,
    dialect: Dialect,
    suffix: str,
    syntax: Syntax,
    field: Field,
) -> int:
    """Write the files; tell how many responses there are."""
    with (
        spooled(table, wording, dialect) as (responses, spools),
        opened(target) as stream,
        DatelessArchive(stream, "w", ZIP_DEFLATED) as archive,
    ):
        for spool in spools:
            file = f"{spool.name}.csv"
            with archive.stream(file) as member:
                _write_rows(spool, member, field)
            script = "".join(f"{line}\n" for line in syntax(spool, file))
            archive.writestr(f"{spool.name}{suffix}", script.encode())
    return responses


def number(cell: float) -> str:
    """Write a number, whole ones without a point."""
    return str(int(cell)) if float(cell).is_integer() else repr(cell)


def one_line(text: str) -> str:
    """Put a label on one line, as syntax has it."""
    return " ".join(text.split())


def _write_rows(spool: Spool, stream: IO[bytes], field: Field) -> None:
    text = TextIOWrapper(stream, "utf-8", newline="")
    rows = csv.writer(text)
    rows.writerow([column.name for column in spool.columns])
    rows.writerows(_fields(row, field) for row in spool.rows())
    text.detach()


def _fields(row: Row, field: Field) -> list[str]:
    return [number(cell) if isinstance(cell, int | float) else field(cell) for cell in row]
