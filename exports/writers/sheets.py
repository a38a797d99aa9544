"""A workbook whose sheets are filled row by row, with their look and print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.constants import DCTERMS_NS

from exports.cells import Cell
from exports.listings import ListingRow
from exports.read_me import Line
from exports.writers.defusing import visible
from exports.writers.excel_cells import ExcelCells, WriteOnlySheet

A4 = 9
NARROWEST, WIDEST = 10, 60
READ_ME_WIDTHS = (26, 90)
APPLICATION = "survey-app"
DATES = f"{{{DCTERMS_NS}}}"


class RowSheet:
    """A sheet with a frozen header row and a filter, filled from the top.

    Attributes:
        rows: How many there are until now, the header not counted.
    """

    def __init__(self, sheet: WriteOnlySheet, header: Sequence[str], widths: list[int]) -> None:
        self._sheet = sheet
        self._cells = ExcelCells(sheet)
        self._columns = len(header)
        self.rows = 0
        _set_up(sheet, widths)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.append(self._cells.header(header))

    @property
    def cuts(self) -> int:
        """Tell how many texts were too long for a cell."""
        return self._cells.cuts

    def append(self, row: Iterable[Cell]) -> None:
        """Write the next row."""
        self.rows += 1
        self._sheet.append(self._cells.row(row))

    def end(self) -> None:
        """Let the filter reach over all rows."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(self._columns)}{self.rows + 1}"


class _UndatedProperties:
    """Say neither who made the file nor when: the one is personal, the other changes bytes."""

    def __init__(self, *, title: str) -> None:
        self._properties = DocumentProperties(title=visible(title), creator=APPLICATION)

    def to_tree(self) -> Any:
        """Give the element that openpyxl writes, without the dates that it cannot leave empty."""
        tree = self._properties.to_tree()
        for element in [element for element in tree if element.tag.startswith(DATES)]:
            tree.remove(element)
        return tree


class Book:
    """The workbook; leaving it removes the temporary files, whatever happened."""

    def __init__(self, names: Sequence[str], *, title: str) -> None:
        self.workbook = Workbook(write_only=True)
        self.workbook.properties = _UndatedProperties(title=title)
        self._sheets: dict[str, WriteOnlySheet] = {
            name: self.workbook.create_sheet(name) for name in names
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for sheet in self._sheets.values():
            _discard(sheet)

    def start_rows(self, name: str, header: Sequence[str]) -> RowSheet:
        """Begin a sheet of data, whose rows are not known yet."""
        return RowSheet(self._sheets[name], header, [_width(title) for title in header])

    def write_listing(self, name: str, rows: Iterable[ListingRow]) -> None:
        """Write a whole sheet; its first row is the header."""
        header, *body = rows
        widths = [_width(*map(str, column)) for column in zip(header, *body, strict=True)]
        sheet = RowSheet(self._sheets[name], [str(title) for title in header], widths)
        for row in body:
            sheet.append(row)
        sheet.end()

    def write_lines(self, name: str, lines: Iterable[Line]) -> None:
        """Write a sheet of headings, facts in two columns, and paragraphs."""
        sheet = self._sheets[name]
        cells = ExcelCells(sheet)
        _set_up(sheet, READ_ME_WIDTHS)
        for line in lines:
            if line.is_heading:
                sheet.append(cells.heading(line.name or ""))
            else:
                sheet.append(cells.prose(line.name, line.fact))


def _set_up(sheet: WriteOnlySheet, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "&A, &P/&N"


def _width(*texts: str) -> int:
    return max(NARROWEST, min(WIDEST, 2 + max(map(len, texts))))


def _discard(sheet: WriteOnlySheet) -> None:
    writer = sheet._writer
    if writer is None or not Path(writer.out).exists():
        return
    with suppress(WorkbookAlreadySaved):
        sheet.close()
    writer.cleanup()
