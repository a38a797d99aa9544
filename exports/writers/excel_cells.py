"""Cells of the table as cells of Excel, none of which is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from math import isinf
from typing import Any

from openpyxl.cell import Cell as LookedCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from exports.cells import Cell
from exports.writers.defusing import begins_like_a_formula
from exports.writers.excel_text import excel_text

FONT = "Calibri"
HEADER_FONT = Font(name=FONT, size=11, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F3864")
HEADING_FONT = Font(name=FONT, size=14, bold=True)
TOP_WRAPPED = Alignment(vertical="top", wrap_text=True)

# Excel counts a 29 February 1900 that never was, LibreOffice does not: after it they agree.
FIRST_DATE = date(1900, 3, 1)
SIXTEEN_DIGITS = 10**15

# The type stubs leave out what a write-only sheet has in common with others.
WriteOnlySheet = Any
ExcelCell = LookedCell | str | int | float | date | time


class ExcelCells:
    """Makes the cells of one sheet.

    A cell with a look is one object that is filled anew each time: rows are generators, and
    openpyxl writes each cell before it asks for the next.

    Attributes:
        cuts: How many texts were cut because a cell cannot hold them.
    """

    def __init__(self, sheet: WriteOnlySheet) -> None:
        self.cuts = 0
        self._quoted = _styled(sheet)
        self._quoted.quotePrefix = True
        self._index = _styled(sheet)
        self._index.number_format = "0.0"
        self._header = _styled(sheet, font=HEADER_FONT, fill=HEADER_FILL, alignment=TOP_WRAPPED)
        self._heading = _styled(sheet, font=HEADING_FONT)
        self._paragraph = _styled(sheet, alignment=TOP_WRAPPED)

    def row(self, cells: Iterable[Cell]) -> Iterator[ExcelCell]:
        """Give the cells of a row of data."""
        for cell in cells:
            yield self._text(cell) if isinstance(cell, str) else self._number(cell)

    def header(self, names: Iterable[str]) -> Iterator[ExcelCell]:
        """Give the cells of a header row."""
        for name in names:
            yield self._filled(self._header, name)

    def heading(self, text: str) -> Iterator[ExcelCell]:
        """Give a row with one heading."""
        yield self._filled(self._heading, text)

    def prose(self, *texts: str | int | None) -> Iterator[ExcelCell | None]:
        """Give cells whose text may run over several lines; None is an empty cell."""
        for text in texts:
            yield self._filled(self._paragraph, text) if isinstance(text, str) else text

    def _text(self, text: str) -> ExcelCell:
        # openpyxl takes = for a formula and # for an error; Excel others when one edits the cell.
        if text.startswith("#") or begins_like_a_formula(text):
            return self._filled(self._quoted, text)
        return self._held(text)

    def _filled(self, cell: LookedCell, text: str) -> LookedCell:
        cell.value = self._held(text)
        cell.data_type = "s"
        return cell

    def _held(self, text: str) -> str:
        held, was_cut = excel_text(text)
        self.cuts += was_cut
        return held

    def _number(self, cell: int | Decimal | Fraction | date | time) -> ExcelCell:
        if isinstance(cell, Fraction):
            self._index.value = float(cell)
            return self._index
        if isinstance(cell, int):
            return cell if abs(cell) < SIXTEEN_DIGITS else str(cell)
        if isinstance(cell, time):
            return cell
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return cell if day >= FIRST_DATE else cell.isoformat()
        return str(cell) if isinf(float(cell)) else float(cell)


def _styled(sheet: WriteOnlySheet, **look: Font | PatternFill | Alignment) -> LookedCell:
    cell = WriteOnlyCell(sheet)
    for name, value in look.items():
        setattr(cell, name, value)
    return cell
