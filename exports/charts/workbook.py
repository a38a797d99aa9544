"""A picture's table as an Excel workbook, with its sentence and notes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from exports.charts.pictures import Picture
from exports.results.printing import Printed
from exports.writers.archive import DatelessArchive
from exports.writers.excel_cells import HEADER_FILL, HEADER_FONT, HEADING_FONT, TOP_WRAPPED
from exports.writers.excel_text import excel_text

DATELESS = datetime(1980, 1, 1)  # noqa: DTZ001 - Excel knows no time zone
WIDEST, NARROWEST = 60, 12
WORDS_ACROSS = 8  # columns that a sentence may take


def xlsx_of(picture: Picture) -> bytes:
    """Write the table; the same picture gives the same bytes."""
    book = Workbook()
    book.properties.created = book.properties.modified = DATELESS
    book.properties.title, book.properties.creator = picture.title, ""
    sheet = book.worksheets[0]
    sheet.title = "Tabell"
    _write(sheet, 1, 1, Printed(picture.title)).font = HEADING_FONT
    _paragraph(sheet, 2, picture.sentence)
    for column, words in enumerate(picture.head, start=1):
        cell = _write(sheet, 4, column, Printed(words))
        cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, TOP_WRAPPED
    for number, row in enumerate(picture.rows, start=5):
        for column, printed in enumerate(row, start=1):
            _write(sheet, number, column, printed)
    for number, note in enumerate((*picture.remarks, *picture.notes), start=len(picture.rows) + 6):
        _paragraph(sheet, number, note)
    _lay_out(sheet, picture)
    return _bytes_of(book)


def _write(sheet: Any, row: int, column: int, printed: Printed) -> Any:
    """Write a number as a number where it is all that is known, else the text, never a formula."""
    cell = sheet.cell(row, column)
    if printed.number is not None and printed.is_exact:
        cell.value = printed.number
        decimals = len(printed.text.partition(",")[2] or printed.text.partition(".")[2])
        cell.number_format = "0" + (f".{'0' * decimals}" if decimals else "")
    else:
        cell.value = excel_text(printed.text)[0]
        cell.data_type = "s"
        cell.alignment = Alignment(
            horizontal=None if column == 1 else "right" if printed.is_hidden else None,
            vertical="top",
        )
    return cell


def _paragraph(sheet: Any, row: int, words: str) -> None:
    _write(sheet, row, 1, Printed(words)).alignment = TOP_WRAPPED
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=WORDS_ACROSS)
    sheet.row_dimensions[row].height = 15.0 * (1 + len(words) // 110)


def _lay_out(sheet: Any, picture: Picture) -> None:
    sheet.freeze_panes = "B5"
    for column, words in enumerate(picture.head):
        longest = max([len(words) // 2, *(len(row[column].text) for row in picture.rows)])
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _bytes_of(book: Workbook) -> bytes:
    target = BytesIO()
    with DatelessArchive(target, "w") as archive:
        ExcelWriter(book, archive).save()
    return target.getvalue()
