"""Rows that come one by one, in the clothes of a data frame.

pyreadstat asks for a data frame, through narwhals, and then goes through its rows once. What it
asks of a frame on the way is little, and is here: so rows come from a file, memory does not grow
with their number, and no library of data frames is needed. It takes us for polars, because it
knows but two libraries; what it does with a frame of pandas would need pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, Self

import narwhals
import narwhals.stable.v2 as nw

from exports.writers.statistical.numbers import Column
from exports.writers.statistical.spool import Row, Spool

# pyreadstat takes the type of a column of objects from its first cell.
WHOLE_NUMBER = 0


class _Looks:
    """What narwhals wants of anything that it wraps."""

    _implementation = narwhals.Implementation.POLARS
    _version: Any = None

    def _with_version(self, version: Any) -> Self:
        self._version = version
        return self

    def __native_namespace__(self) -> ModuleType:
        return narwhals

    def __narwhals_namespace__(self) -> Self:
        return self


class FrameColumn(_Looks):
    """A column of which name, type and some cells are known."""

    def __init__(self, name: str, dtype: nw.dtypes.DType, cells: Iterable[str | int] = ()) -> None:
        self.name, self.dtype, self._cells = name, dtype, cells

    def __narwhals_series__(self) -> Self:
        return self

    def null_count(self) -> int:
        """Say that cells may be empty."""
        return 1

    def drop_nulls(self) -> Self:
        """Leave the empty ones out."""
        return self

    def __iter__(self) -> Iterator[str | int]:
        return iter(self._cells)


def _seen(column: Column, *, small: bool) -> FrameColumn:
    """Show pyreadstat what it takes the type and the width of a column from."""
    if column.is_text:
        return FrameColumn(column.name, nw.String(), ["x" * column.width])
    if small and column.missing:
        # Letters stand among the numbers; without a number to go by, they are taken as real.
        return FrameColumn(column.name, nw.Object(), [WHOLE_NUMBER] if column.is_whole else [])
    return FrameColumn(column.name, nw.Float64())


class Frame(_Looks):
    """A table of so many rows."""

    def __init__(
        self, spool: Spool, rows: Callable[[], Iterator[Row]], *, small: bool = False
    ) -> None:
        """Dress up.

        Args:
            spool: What the rows come from.
            rows: Gives them, from the first.
            small: Have whole numbers and letters for missing values, as Stata has them.
        """
        self._spool, self._rows = spool, rows
        self._columns = [_seen(column, small=small) for column in spool.columns]

    def __narwhals_dataframe__(self) -> Self:
        return self

    def _with_version(self, version: Any) -> Self:
        for column in self._columns:
            column._with_version(version)
        return super()._with_version(version)

    @property
    def native(self) -> Self:
        """Give the frame that narwhals wraps."""
        return self

    @property
    def columns(self) -> list[str]:
        """Name the columns."""
        return [column.name for column in self._columns]

    def iter_columns(self) -> Iterator[FrameColumn]:
        """Visit the columns."""
        return iter(self._columns)

    def get_column(self, name: str) -> FrameColumn:
        """Give the texts of one column, which Stata keeps apart when some are long."""
        place = self.columns.index(name)
        column = FrameColumn(name, nw.String(), (str(row[place]) for row in self._rows()))
        return column._with_version(self._version)

    # What narwhals asks for and we need not:
    def iter_rows(self, *, named: bool = False, buffer_size: int = 0) -> Iterator[Row]:  # noqa: ARG002
        """Visit the rows."""
        return self._rows()

    def __len__(self) -> int:
        return self._spool.count
