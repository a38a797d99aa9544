"""The panel: one row per pupil, one column per value and month, beside the long tables.

What waits to be laid out lies in a temporary database of its own, so that memory does not grow
with the number of responses.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from exports.cells import NOT_ASKED, Cell
from exports.codebook import Codebook, Variable
from exports.table import TableRow

UNIT, KIND, PERIOD, EXPECTED = "_unit", "_unit_kind", "_period", "_expected"
PUPIL = "pupil"
# Of which instruments, and what is laid out over the months.
VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "manadsrapport": (
            "gas_t",
            "gas_andel_natt",
            "gas_antal",
            "pct_franvaro",
            "pct_giltig",
            "pct_ogiltig",
        )
    }
)
ALWAYS = ("_gender", "_birth_year")  # what does not change from month to month

# Name, variable of Data and month of a column; "" for what has no month.
PanelColumn = tuple[str, Variable, str]


def has_panel(codebook: Codebook) -> bool:
    """Tell whether a file has one: of a built-in return about pupils that says whose and when."""
    names = set(codebook.names)
    wanted = VALUES.get(codebook.instrument, ())
    return {UNIT, KIND, PERIOD} <= names and bool(names.intersection(wanted))


def name_in(value: str, period: str) -> str:
    """Name a column: gas_t in 2025-09 is gas_t_2025_09."""
    return f"{value}_{period.replace('-', '_')}"


class Panel:
    """Takes rows of Data as they go by, and gives them again one per pupil.

    What the register does not expect (any more) is left out. Of two returns about a pupil's month
    the later one counts.
    """

    def __init__(self, codebook: Codebook) -> None:
        names = codebook.names
        self._columns = {name: place for place, name in enumerate(names)}
        self._always = [name for name in ALWAYS if name in self._columns]
        wanted = VALUES.get(codebook.instrument, ())
        self._values = [name for name in wanted if name in self._columns]
        self._variables = {variable.name: variable for variable in codebook.variables}
        self._kept = sqlite3.connect("")  # a file without a name, gone with the connection
        self._kept.execute(
            "CREATE TABLE kept (unit TEXT, period TEXT, cells TEXT, PRIMARY KEY (unit, period))"
        )

    def count(self, row: TableRow) -> None:
        """Take one more response into account."""
        unit, period = self._cell(row, UNIT), self._cell(row, PERIOD)
        if self._cell(row, KIND) != PUPIL or self._cell(row, EXPECTED) == 0:
            return
        cells = [self._cell(row, name) for name in (*self._always, *self._values)]
        written = json.dumps([_written(cell) for cell in cells])
        self._kept.execute(
            "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (str(unit), str(period), written)
        )

    def columns(self) -> list[PanelColumn]:
        """Give the columns, as far as rows have gone by."""
        first: list[PanelColumn] = [
            (name, self._variables[name], "") for name in (UNIT, *self._always)
        ]
        return first + [
            (name_in(value, period), self._variables[value], period)
            for value in self._values
            for period in self._periods()
        ]

    def rows(self) -> Iterator[TableRow]:
        """Lay out the pupils by code; a month without a return is NAP."""
        periods = self._periods()
        wanted = "SELECT unit, period, cells FROM kept ORDER BY unit, period"
        unit, months = "", dict[str, list[Cell]]()
        for code, period, cells in self._kept.execute(wanted):
            if code != unit and months:
                yield self._row(unit, months, periods)
                months = {}
            unit, months[period] = code, [_read(*cell) for cell in json.loads(cells)]
        if months:
            yield self._row(unit, months, periods)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._kept.close()

    def _row(self, unit: str, months: Mapping[str, list[Cell]], periods: Sequence[str]) -> TableRow:
        *_, newest = months.values()
        number = len(self._always)
        empty: list[Cell] = [NOT_ASKED] * (number + len(self._values))
        return (
            unit,
            *newest[:number],
            *(
                months.get(period, empty)[number + place]
                for place in range(len(self._values))
                for period in periods
            ),
        )

    def _periods(self) -> list[str]:
        found = self._kept.execute("SELECT DISTINCT period FROM kept ORDER BY period")
        return [period for (period,) in found]

    def _cell(self, row: TableRow, name: str) -> Cell:
        return row[self._columns[name]] if name in self._columns else NOT_ASKED


def _written(cell: Cell) -> tuple[str, str]:
    kind = "text"
    if isinstance(cell, int):
        kind = "whole"
    elif isinstance(cell, Decimal):
        kind = "decimal"
    elif isinstance(cell, Fraction):
        kind = "fraction"
    return kind, str(cell)


def _read(kind: str, text: str) -> Cell:
    if kind == "whole":
        return int(text)
    if kind == "decimal":
        return Decimal(text)
    return Fraction(text) if kind == "fraction" else text
