"""Write the sheets of an instrument as a tidy XLSForm workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from forms.workbook import SHEETS, Sheet, Workbook

# Neither the day nor the machine shows in the file: equal sheets give equal bytes.
WRITTEN = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's dates have no time zone
WIDTHS = (10, 60)
# Texts that Excel would take for a formula or a number as soon as someone edits the cell.
_TEMPTING = re.compile(r"[=+\-@\d]")
# Excel writes unusual characters as _x0007_, so a text that looks like that is escaped.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
Looks = tuple[StyleArray, StyleArray]


def write_workbook(workbook: Workbook, target: str | Path | IO[bytes]) -> None:
    """Write an .xlsx file with the sheets survey, choices, settings first, then all others.

    Tables that came along as CSV are left out: `forms.attachments` writes them beside it.

    Every cell is text, whatever it looks like; rows keep their numbers. Control characters,
    which a workbook cannot hold, are left out.
    """
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = WRITTEN
    book.remove(book.worksheets[0])
    for sheet in sorted(workbook.own_sheets, key=_place):
        _fill(book.create_sheet(sheet.name), sheet)
    data = _packed(book)
    if isinstance(target, str | Path):
        Path(target).write_bytes(data)
    else:
        target.write(data)


def _place(sheet: Sheet) -> int:
    name = sheet.name.lower()
    return SHEETS.index(name) if name in SHEETS else len(SHEETS)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    looks = _looks(page)
    for column, header in enumerate(sheet.headers, start=1):
        _write(page.cell(1, column), header, looks)
        page.cell(1, column).font = Font(bold=True)
        page.cell(1, column).fill = PatternFill("solid", fgColor="DDE6EE")
        page.column_dimensions[get_column_letter(column)].width = _width(sheet, header)
        for row in sheet.rows:
            _write(page.cell(row.number, column), row.cells.get(header, ""), looks)
    page.freeze_panes = "A2"


def _looks(page: Worksheet) -> Looks:
    """Make the looks of plain texts and of tempting ones, once a sheet.

    Set by name, openpyxl would compare those of each cell with all others.
    """
    first: Any = page.cell(1, 1)
    first.number_format = "@"
    first.alignment = Alignment(wrap_text=True, vertical="top")
    plain = copy(first._style)
    first.quotePrefix = True
    return plain, copy(first._style)


def _write(cell: Any, text: str, looks: Looks) -> None:
    clean = _ESCAPE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
    if clean:
        cell.value = clean
        cell.data_type = "s"
    plain, tempting = looks
    cell._style = copy(tempting if _TEMPTING.match(clean) else plain)


def _width(sheet: Sheet, header: str) -> int:
    texts = (header, *(row.cells.get(header, "") for row in sheet.rows))
    longest = max(len(line) for text in texts for line in text.split("\n"))
    least, most = WIDTHS
    return min(max(longest + 2, least), most)


def _packed(book: openpyxl.Workbook) -> bytes:
    """Save the book and pack its parts anew, each with the same date."""
    saved, packed = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(saved, "w")).save()
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name, content in _parts(source):
            part = ZipInfo(name, WRITTEN.timetuple()[:6])
            target.writestr(part, content, compress_type=ZIP_DEFLATED)
    return packed.getvalue()


def _parts(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        yield name, archive.read(name)
