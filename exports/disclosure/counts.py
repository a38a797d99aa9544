"""Tables of counts with their totals, as they are before anything is hidden, and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from exports.disclosure.rules import Level
from exports.disclosure.symbols import Symbol

Count = int | Symbol


class TableIncomplete(Exception):
    """A table of counts lacks cells, names one twice, or counts below nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place or group, and what it is made of.

    Attributes:
        parts: Which together make this row; a row without parts is counted itself.
        expected: Whom an enkät was given to there; None where that is no question.
    """

    name: str
    level: Level = Level.GROUP
    parts: tuple[Row, ...] = ()
    expected: int | None = None

    def walk(self) -> Iterator[Row]:
        """Yield the row and all below it, each after what it belongs to."""
        yield self
        for part in self.parts:
            yield from part.walk()


class Slot(NamedTuple):
    """Where a count stands; the column None is the row's total."""

    row: str
    column: str | None = None


class Line(NamedTuple):
    """A total and the counts that make it."""

    total: Slot
    parts: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Persons by row and column, with every total; must not leave the server as it is.

    Attributes:
        name: Of the table, as the log of releases has it.
        rows: The topmost row, with all others below it.
        columns: The classes of each row, in order; none where only the rows are counted.
        counts: The r rows without parts by c columns (or None), as numbers; NOT_COLLECTED or
            NOT_APPLICABLE where there is none.
        columns_are_groups: Whether a column is a group of persons (girls, year 7), who must be
            enough themselves (R2), and not something that is told about them (passed).

    Raises:
        TableIncomplete: The counts do not fit the rows and columns.
    """

    name: str
    rows: Row
    columns: tuple[str, ...] = ()
    counts: Mapping[Slot, Count] = field(default_factory=dict)
    columns_are_groups: bool = False
    numbers: Mapping[Slot, int] = field(init=False, repr=False)
    lines: tuple[Line, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._refuse_misfits()
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))
        object.__setattr__(self, "numbers", MappingProxyType(dict(self._summed(self.rows))))
        lines = (*self._lines_across(), *self._lines_down())
        object.__setattr__(self, "lines", tuple(lines))

    @property
    def absent(self) -> Mapping[Slot, Symbol]:
        """Give the signs of the cells that were never counted."""
        return {slot: each for slot, each in self.counts.items() if isinstance(each, Symbol)}

    def _refuse_misfits(self) -> None:
        leaves = [row.name for row in self.rows.walk() if not row.parts]
        names = [row.name for row in self.rows.walk()]
        wanted = {Slot(name, column) for name in leaves for column in self.columns or (None,)}
        if wanted != set(self.counts) or len(names) != len(set(names)):
            raise TableIncomplete(self.name)
        signs = {Symbol.NOT_COLLECTED, Symbol.NOT_APPLICABLE}
        if any(each not in signs if isinstance(each, Symbol) else each < 0
               for each in self.counts.values()):  # fmt: skip
            raise TableIncomplete(self.name)

    def _summed(self, row: Row) -> Iterator[tuple[Slot, int]]:
        below = dict(pair for part in row.parts for pair in self._summed(part))
        own = dict.fromkeys((*self.columns, None), 0)
        for column in own:
            own[column] = (
                sum(below.get(Slot(part.name, column), 0) for part in row.parts)
                if row.parts
                else self._counted(row, column)
            )
        yield from ((Slot(row.name, column), n) for column, n in own.items())
        yield from below.items()

    def _counted(self, row: Row, column: str | None) -> int:
        columns = self.columns if column is None and self.columns else (column,)
        found = (self.counts[Slot(row.name, each)] for each in columns)
        return sum(each for each in found if isinstance(each, int))

    def _lines_across(self) -> Iterator[Line]:
        for row in self.rows.walk():
            if self.columns:
                yield self._line(Slot(row.name), [Slot(row.name, each) for each in self.columns])

    def _lines_down(self) -> Iterator[Line]:
        for row in self.rows.walk():
            for column in (*self.columns, None):
                if row.parts:
                    parts = [Slot(part.name, column) for part in row.parts]
                    yield self._line(Slot(row.name, column), parts)

    def _line(self, total: Slot, parts: list[Slot]) -> Line:
        absent = self.absent
        return Line(total, tuple(part for part in parts if part not in absent))


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """What may be shown of a table: where a count is hidden there is no number at all.

    Attributes:
        cells: A number or a sign for each row and column, totals under the column None.
        is_rounded: Whether the numbers are rounded to the nearest 5, each for itself (R8).
        rule_version: Of the rules that hid.
    """

    name: str
    rows: Row
    columns: tuple[str, ...]
    cells: Mapping[Slot, Count]
    profile: str
    is_rounded: bool
    rule_version: str
