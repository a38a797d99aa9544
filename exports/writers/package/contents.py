"""What the package says about each column, in whatever language a program reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from exports.cells import Code
from exports.codebook import Codebook
from exports.panel import PanelColumn
from exports.table import Record, Table
from exports.variables import Measure, Variable
from exports.wording import Wording
from exports.writers import csv
from exports.writers.statistical.numbers import Kind, kind_of, substantive


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOf:
    """A column of a CSV file.

    Attributes:
        kind: OPEN columns have become numbers or texts.
        values, missing: Codes as they stand in the file, with labels; "" for none.
    """

    name: str
    label: str
    kind: Kind
    measure: Measure
    values: Sequence[tuple[str, str]]
    missing: Sequence[tuple[str, str]]

    @property
    def is_ordered(self) -> bool:
        """Tell whether the values have an order."""
        return self.measure is Measure.ORDINAL

    @property
    def has_numbers(self) -> bool:
        """Tell whether all codes of a list are whole numbers."""
        return all(_is_whole(code) for code, _ in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A CSV file of the package.

    Attributes:
        name: A plain name for programs: `data`, `data-barn`.
        table: What the table is called in the workbook.
    """

    name: str
    path: str
    table: str
    fields: Sequence[FieldOf]


@dataclass(slots=True)
class Observed:
    """A table that notices, while it is read, which calculated columns hold texts."""

    table: Table
    with_texts: set[str] = field(default_factory=set)

    def watched(self) -> Table:
        """Give the table to read."""
        return Table(self.table.codebook, _Watched(self))

    def kind_of(self, variable: Variable) -> Kind:
        """Say what a column is, now that its cells have been seen."""
        kind = kind_of(variable)
        if kind is not Kind.OPEN:
            return kind
        return Kind.TEXT if variable.name in self.with_texts else Kind.NUMBER


@dataclass(frozen=True, slots=True)
class _Watched(Iterable[Record]):
    observed: Observed

    def __iter__(self) -> Iterator[Record]:
        tables = [variables for _, variables in self.observed.table.codebook.tables]
        places = [list(_open_ones(variables)) for variables in tables]
        for record in self.observed.table.records:
            for watched, rows in zip(places, ((record.row,), *record.below), strict=True):
                for row in rows if watched else ():
                    self.observed.with_texts.update(
                        v.name for n, v in watched if _is_text(row[n], v)
                    )
            yield record


def _open_ones(variables: Sequence[Variable]) -> Iterator[tuple[int, Variable]]:
    return ((n, v) for n, v in enumerate(variables) if kind_of(v) is Kind.OPEN)


def _is_text(cell: object, variable: Variable) -> bool:
    return isinstance(cell, str) and cell not in variable.missing_codes


def fields_of(
    columns: Sequence[PanelColumn], observed: Observed, wording: Wording
) -> list[FieldOf]:
    """Describe the columns of a file."""
    return [
        FieldOf(
            name=name,
            label=", ".join(filter(None, (wording.label(variable), period))),
            kind=observed.kind_of(variable),
            measure=variable.measure,
            values=[
                (_written(value.code), wording.label(value)) for value in substantive(variable)
            ],
            missing=[
                (_written(value.code), wording.label(value))
                for value in variable.values
                if value.is_missing
            ],
        )
        for name, variable, period in columns
    ]


def columns_by_table(
    codebook: Codebook, panel: Sequence[PanelColumn]
) -> list[tuple[str, Sequence[PanelColumn]]]:
    """Give the columns of each table, in the order of `csv.names_of_tables`."""
    tables: list[Sequence[PanelColumn]] = [
        [(variable.name, variable, "") for variable in variables]
        for _, variables in codebook.tables
    ]
    names = csv.names_of_tables(codebook)
    return list(zip(names, [*tables, panel], strict=False))


def _written(code: Code) -> str:
    return csv.field(code)


def _is_whole(code: str) -> bool:
    return code.lstrip("-").isdecimal()
