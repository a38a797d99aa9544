"""A workbook whose sheets are filled row by row, with their look and print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED

from openpyxl import Workbook
from openpyxl.chart._chart import ChartBase
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import WorkbookAlreadySaved
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import DCTERMS_NS

from exports.listings import ListingRow
from exports.read_me import Line
from exports.writers.archive import DatelessArchive
from exports.writers.compressed import CompressedPart
from exports.writers.defusing import visible
from exports.writers.excel_cells import ExcelCells, WriteOnlySheet
from exports.writers.row_sheets import RowSheet, flattened

A4 = 9
NARROWEST, WIDEST = 10, 60
READ_ME_WIDTHS = (26, 90)
APPLICATION = "survey-app"
MOST_ROWS = 1_048_575  # a sheet has one more, for the header
DATES = f"{{{DCTERMS_NS}}}"

Charts = Sequence[tuple[ChartBase, str]]


class _UndatedProperties:
    """Say neither who made the file nor when: the one is personal, the other changes bytes."""

    def __init__(self, *, title: str, subject: str) -> None:
        self._properties = DocumentProperties(
            title=visible(title), subject=visible(subject) or None, creator=APPLICATION
        )

    def to_tree(self) -> Any:
        """Give the element that openpyxl writes, without the dates that it cannot leave empty."""
        tree = self._properties.to_tree()
        for element in [element for element in tree if element.tag.startswith(DATES)]:
            tree.remove(element)
        return tree


class _BookArchive(DatelessArchive):
    """Takes, in the place of a sheet without rows, the same one with its rows."""

    def __init__(self, target: str | Path | BinaryIO, parts: Mapping[str, CompressedPart]) -> None:
        super().__init__(target, "w", ZIP_DEFLATED)
        self._parts = parts

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]  # all it needs
        """Add what openpyxl has written to a file."""
        if part := self._parts.get(filename):
            self.add(arcname, part)
        else:
            super().write(filename, arcname)


class Book:
    """The workbook; leaving it removes the temporary files, whatever happened."""

    def __init__(self, names: Sequence[str], *, title: str, subject: str = "") -> None:
        self.workbook = Workbook(write_only=True)
        self.workbook.properties = _UndatedProperties(title=title, subject=subject)
        self._worker = ThreadPoolExecutor(1, "compress")
        self._rows: list[RowSheet] = []
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
        self._worker.shutdown(cancel_futures=True)
        for part in flattened(self._rows):
            part.member.close()
        for sheet in self._sheets.values():
            _discard(sheet)

    def sheet(self, name: str) -> WriteOnlySheet:
        """Give a sheet, for charts to refer to."""
        return self._sheets[name]

    def start_rows(
        self,
        name: str,
        header: Sequence[str],
        *,
        widths: Sequence[int] = (),
        charts: Charts = (),
        most_rows: int = MOST_ROWS,
    ) -> RowSheet:
        """Begin a sheet of rows.

        Args:
            widths: Of the columns, in signs; else as wide as the header asks for.
            charts: Drawn in the sheet, each with the cell where its corner stands.
            most_rows: That a sheet holds; then another one follows.
        """
        for chart, place in charts:
            self._sheets[name].add_chart(chart, place)
        sheet = RowSheet(
            name,
            header,
            widths or [_width(title) for title in header],
            make=self._set_up_sheet,
            worker=self._worker,
            most_rows=most_rows,
        )
        self._rows.append(sheet)
        return sheet

    def write_listing(self, name: str, rows: Iterable[ListingRow], charts: Charts = ()) -> None:
        """Write a whole sheet; its first row is the header."""
        header, *body = rows
        widths = [_width(*map(str, column)) for column in zip(header, *body, strict=True)]
        sheet = self.start_rows(
            name, [str(title) for title in header], widths=widths, charts=charts
        )
        sheet.append(body)
        sheet.end()

    @property
    def later_sheets(self) -> tuple[str, ...]:
        """Name the sheets where rows go on for which another had no room, in order."""
        first = {sheet.parts[0].sheet.title for sheet in self._rows}
        names = {part.sheet.title for part in flattened(self._rows)}
        return tuple(name for name in self._sheets if name in names - first)

    def save(self, target: str | Path | BinaryIO) -> None:
        """Put everything into one file."""
        parts = {part.sheet._writer.out: part.member for part in flattened(self._rows)}
        with _BookArchive(target, parts) as archive:
            ExcelWriter(self.workbook, archive).write_data()

    def _set_up_sheet(self, name: str, widths: Sequence[int]) -> WriteOnlySheet:
        if name not in self._sheets:
            self._sheets[name] = self.workbook.create_sheet(name)
        _set_up(self._sheets[name], widths)
        return self._sheets[name]

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
