"""Rows that wait in a temporary file, because a program's file begins with how wide they are.

Memory does not grow with the number of rows; whoever reads sees the same rows twice.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import Self

from exports.cells import Cell
from exports.table import TableRow
from exports.writers.defusing import visible
from exports.writers.statistical.numbers import Column, Kind, list_numbers

AT_ONCE = 500
# Stata's largest number; SPSS has room for more.
LARGEST = 8.9e307

# What waits: numbers, texts, letters of missing values. None is nothing at all.
Waiting = float | int | str | None
Row = tuple[Waiting, ...]
Reading = Callable[[Cell], Waiting]


class Spool:
    """The rows of one table, as numbers and texts of the program's kind.

    Attributes:
        name: Of the table.
        count: How many rows there are until now.
    """

    def __init__(
        self, name: str, columns: Sequence[Column], since: Callable[[Kind], Reading]
    ) -> None:
        """Begin.

        Args:
            name: Of the table.
            columns: Whose cells the rows have.
            since: Gives what turns a day, a moment or a time into the program's number.
        """
        self.name, self.columns, self.count = name, columns, 0
        self._readings = [_reading(column, since) for column in columns]
        self._file = TemporaryFile()  # noqa: SIM115 - __exit__ closes it
        self._next: list[Row] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def append(self, row: TableRow) -> None:
        """Take the next row."""
        self._next.append(
            tuple([read(cell) for read, cell in zip(self._readings, row, strict=True)])
        )
        self.count += 1
        if len(self._next) >= AT_ONCE:
            self._write()

    def rows(self) -> Iterator[Row]:
        """Read all rows, from the first; columns that turned out to be numbers as numbers."""
        self._write()
        open_ones = [
            (place, column)
            for place, column in enumerate(self.columns)
            if column.kind is Kind.OPEN and not column.is_text
        ]
        self._file.seek(0)
        while size := self._file.read(8):
            rows: list[Row] = marshal.loads(self._file.read(int.from_bytes(size)))  # noqa: S302 - our own, unnamed file
            yield from (_with_numbers(row, open_ones) for row in rows) if open_ones else rows

    def _write(self) -> None:
        if self._next:
            written = marshal.dumps(self._next)
            self._file.seek(0, 2)
            self._file.write(len(written).to_bytes(8) + written)
            self._next = []


def _with_numbers(row: Row, columns: Sequence[tuple[int, Column]]) -> Row:
    cells = list(row)
    for place, column in columns:
        cells[place] = column.missing.get(str(cells[place]), None)
        if cells[place] is None:
            cells[place] = _number(row[place])
    return tuple(cells)


def _reading(column: Column, since: Callable[[Kind], Reading]) -> Reading:
    if column.kind is Kind.LIST:
        known: dict[object, int | str] = dict(list_numbers(column.variable))
        known.update(column.missing)
        return known.get
    if column.kind.has_words:
        return _words(column)
    missing = column.missing
    number = since(column.kind) if column.kind in _TIMES else _number
    return lambda cell: missing.get(cell) if isinstance(cell, str) else number(cell)


_TIMES = {Kind.DAY, Kind.MOMENT, Kind.CLOCK}


def _words(column: Column) -> Reading:
    """Keep a text as it is, and notice how long the longest is."""

    def read(cell: Cell) -> Waiting:
        text = visible(cell) if isinstance(cell, str) else plain(cell)
        if isinstance(cell, str) and cell not in column.missing:
            column.has_text = True
        if 4 * len(text) > column.width:
            column.width = max(column.width, len(text.encode()))
        return text

    return read


def plain(cell: Cell) -> str:
    """Write a cell that is no text."""
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _number(cell: object) -> float | None:
    try:
        return max(-LARGEST, min(LARGEST, float(cell)))  # type: ignore[arg-type]  # caught
    except (TypeError, ValueError, OverflowError):
        return None


def seconds_of_day(moment: datetime | time) -> float:
    """Count the seconds since midnight."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
