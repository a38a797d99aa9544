"""How cells look, and the few that are written one by one; none of them is ever a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from openpyxl.cell import Cell as LookedCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from exports.writers.excel_text import excel_text

FONT = "Calibri"
HEADER_FONT = Font(name=FONT, size=11, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F3864")
HEADING_FONT = Font(name=FONT, size=14, bold=True)
TOP_WRAPPED = Alignment(vertical="top", wrap_text=True)
A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel knows no time zone

# The type stubs leave out what a write-only sheet has in common with others.
WriteOnlySheet = Any


@dataclass(frozen=True, slots=True)
class Looks:
    """The numbers of the looks that cells of data have, in the workbook's list of them.

    Attributes:
        quoted: Of a text that stays one when somebody edits it.
        index: Of a number with one decimal.
    """

    quoted: int
    index: int
    day: int
    moment: int
    clock: int

    @classmethod
    def in_book(cls, sheet: WriteOnlySheet) -> Self:
        """Find or add the looks in the workbook of a sheet."""
        quoted, index = _styled(sheet), _styled(sheet)
        quoted.quotePrefix = True
        index.number_format = "0.0"
        values: tuple[Any, ...] = (A_DAY.date(), A_DAY, A_DAY.time())
        days = [_look_of(WriteOnlyCell(sheet, value)) for value in values]
        return cls(_look_of(quoted), _look_of(index), *days)


class ExcelCells:
    """Makes cells of prose and of headers.

    A cell with a look is one object that is filled anew each time: rows are generators, and
    openpyxl writes each cell before it asks for the next.
    """

    def __init__(self, sheet: WriteOnlySheet) -> None:
        self._header = _styled(sheet, font=HEADER_FONT, fill=HEADER_FILL, alignment=TOP_WRAPPED)
        self._heading = _styled(sheet, font=HEADING_FONT)
        self._paragraph = _styled(sheet, alignment=TOP_WRAPPED)

    def header(self, names: Iterable[str]) -> Iterator[LookedCell]:
        """Give the cells of a header row."""
        for name in names:
            yield _filled(self._header, name)

    def heading(self, text: str) -> Iterator[LookedCell]:
        """Give a row with one heading."""
        yield _filled(self._heading, text)

    def prose(self, *texts: str | int | None) -> Iterator[LookedCell | int | None]:
        """Give cells whose text may run over several lines; None is an empty cell."""
        for text in texts:
            yield _filled(self._paragraph, text) if isinstance(text, str) else text


def _filled(cell: LookedCell, text: str) -> LookedCell:
    cell.value, _ = excel_text(text)
    cell.data_type = "s"
    return cell


def _styled(sheet: WriteOnlySheet, **look: Font | PatternFill | Alignment) -> LookedCell:
    cell = WriteOnlyCell(sheet)
    for name, value in look.items():
        setattr(cell, name, value)
    return cell


def _look_of(cell: LookedCell) -> int:
    return int(cell.style_id)
