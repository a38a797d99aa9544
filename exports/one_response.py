"""One response as its file would have it, column by column: shown to an author who tries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.cells import Cell
from exports.codebook import codebook_of
from exports.responses import Response
from exports.table import TableRow, wide_table
from exports.variables import Variable
from exports.wording import Gettext, Wording, untranslated, wording_for
from forms.answers import Answers
from forms.instrument import Instrument


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """One cell under its column.

    Attributes:
        label: What the column is called.
        meaning: What the code is called; "" for what is no code.
    """

    name: str
    label: str
    cell: Cell
    meaning: str


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One row of a table; `number` tells the instances of a repeat apart, from 1."""

    table: str
    number: int
    columns: tuple[CodedColumn, ...]


def coded_rows(
    instrument: Instrument, answers: Answers, language: str, gettext: Gettext = untranslated
) -> Iterator[CodedRow]:
    """Code one response: the row of Data, then a row for each instance of each repeat."""
    codebook = codebook_of(instrument)
    wording = wording_for(codebook, language, gettext)
    (record,) = wide_table(codebook, [Response(instrument.version, answers)]).records
    (data, variables), *repeats = codebook.tables
    yield CodedRow(data, 1, tuple(_columns(variables, record.row, wording)))
    for (name, own), rows in zip(repeats, record.below, strict=True):
        for number, row in enumerate(rows, start=1):
            yield CodedRow(name, number, tuple(_columns(own, row, wording)))


def _columns(
    variables: tuple[Variable, ...], row: TableRow, wording: Wording
) -> Iterator[CodedColumn]:
    for variable, cell in zip(variables, row, strict=True):
        meanings: dict[Cell, str] = {v.code: wording.label(v) for v in variable.values}
        yield CodedColumn(variable.name, wording.label(variable), cell, meanings.get(cell, ""))
