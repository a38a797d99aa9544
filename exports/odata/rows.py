"""Rows of the feed: what JSON has for a cell, and where missing codes go.

A column of numbers or days holds nothing else. Where such a cell holds a missing code, or a text
that is no number, the property is null and `_missing` says which: `{name}={code}`, one after the
other with semicolons between. So sums and means are right in any program, and nothing is lost.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from exports.cells import Cell
from exports.odata.model import KEY, MISSING, EntitySet
from exports.table import TableRow

Value = int | float | str | None
_NUMBERS = (int, float, Decimal, Fraction)


def entity(of: EntitySet, line: int, row: TableRow) -> dict[str, Value]:
    """Write one row.

    Args:
        line: Its place in the table, from 1.
    """
    found: dict[str, Value] = {KEY: line}
    missing = []
    for each, cell in zip(of.properties, row, strict=True):
        value = _value(cell, each.type)
        found[each.name] = value
        if value is None:
            missing.append(f"{each.name}={cell}")
    found[MISSING] = "; ".join(missing) or None
    return found


def _value(cell: Cell, edm: str) -> Value:
    """Give a cell as its column's type; None where it is of another."""
    if edm == "Edm.String":
        return cell.isoformat() if isinstance(cell, date | time) else _plain(cell)
    if edm == "Edm.Date":
        is_day = isinstance(cell, date) and not isinstance(cell, datetime)
        return cell.isoformat() if is_day else None  # type: ignore[union-attr]  # it is a day
    if not isinstance(cell, _NUMBERS):
        return None
    if edm == "Edm.Int64":
        return int(cell) if cell == int(cell) else None
    return float(cell)


def _plain(cell: Cell) -> str:
    return str(float(cell)) if isinstance(cell, Fraction) else str(cell)
