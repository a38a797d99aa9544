"""The coded rows as an Excel workbook, with labels, codebook, values, repeats and a summary."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED

from openpyxl.writer.excel import ExcelWriter

from exports.about import About
from exports.codebook import Codebook
from exports.errors import TooLargeForExcel
from exports.listings import codebook_rows, summary_rows, values_rows
from exports.panel import Panel, has_panel
from exports.read_me import read_me
from exports.summaries import Tally
from exports.table import Record, Table, TableRow
from exports.table_names import CODEBOOK, DATA, LABELS, OURS, PANEL, READ_ME, SUMMARY, VALUES
from exports.wording import Gettext, Wording, untranslated, wording_for
from exports.writers.archive import DatelessArchive
from exports.writers.excel_text import CUT_MARK
from exports.writers.sheets import Book, RowSheet

SHEETS = OURS

# A sheet has 1,048,576 rows, one of which is the header, and 16,384 columns.
MOST_ROWS = 1_048_575
MOST_COLUMNS = 16_384


def write_xlsx(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,
    gettext: Gettext = untranslated,
) -> int:
    """Write the six sheets and one for each repeat; the same table and words, the same bytes.

    Rows are read once and written as they come. They wait in temporary files that only this
    user can read and that are gone when the function ends; the target is touched last.

    Args:
        target: A path, or a stream opened for bytes.
        language: Tag of the language that labels are wanted in.
        gettext: Translates the sentences that this package marks.

    Returns:
        How many responses were written.

    Raises:
        TooLargeForExcel: More rows or columns than a sheet can hold.
        ExportError: A response that the codebook does not describe.
    """
    wording = wording_for(table.codebook, language, gettext)
    with Book(sheets_of(table.codebook), title=about.title) as book:
        responses = _write_sheets(book, table, about, wording)
        with DatelessArchive(target, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book.workbook, archive).write_data()
    return responses


def sheets_of(codebook: Codebook) -> tuple[str, ...]:
    """Name the sheets: the repeats' and the panel stand between the values and the summary."""
    *listings, summary = SHEETS
    panel = (PANEL,) if has_panel(codebook) else ()
    return (*listings, *(table.name for table in codebook.repeats), *panel, summary)


def _write_sheets(book: Book, table: Table, about: About, wording: Wording) -> int:
    codebook = table.codebook
    tally, panel = Tally(codebook), Panel(codebook) if has_panel(codebook) else None
    responses, cuts = _write_rows(book, table, wording, tally, panel)
    book.write_listing(CODEBOOK, codebook_rows(codebook, wording, panel.columns() if panel else ()))
    if panel is not None:
        _write_panel(book, panel)
    book.write_listing(VALUES, values_rows(codebook, wording))
    book.write_listing(SUMMARY, summary_rows(tally.summaries(), wording))
    # Last, because only now all texts are counted that had to be cut.
    counts = {"responses": responses, "cuts": cuts}
    book.write_lines(READ_ME, read_me(codebook, about, wording, cut_mark=CUT_MARK, **counts))
    return responses


def _write_panel(book: Book, panel: Panel) -> None:
    with closing(panel):
        sheet = _start(book, PANEL, tuple(name for name, *_ in panel.columns()))
        for row in panel.rows():
            _append(sheet, row)
        sheet.end()


def _write_rows(
    book: Book, table: Table, wording: Wording, tally: Tally, panel: Panel | None
) -> tuple[int, int]:
    """Write all sheets of rows; tell how many responses there were and how many texts were cut."""
    data, labels = (_start(book, name, table.codebook.names) for name in (DATA, LABELS))
    below = [_start(book, repeat.name, repeat.names) for repeat in table.codebook.repeats]
    words = _labels_by_code(table.codebook, wording)
    for record in table.records:
        tally.count(record.row)
        if panel is not None:
            panel.count(record.row)
        _append(data, record.row)
        labels.append([word.get(cell, cell) for word, cell in zip(words, record.row, strict=True)])
        _append_below(below, record)
    for sheet in (data, labels, *below):
        sheet.end()
    return data.rows, sum(sheet.cuts for sheet in (data, *below))


def _start(book: Book, name: str, header: tuple[str, ...]) -> RowSheet:
    if len(header) > MOST_COLUMNS:
        raise TooLargeForExcel(rows=0, columns=len(header))
    return book.start_rows(name, header)


def _append(sheet: RowSheet, row: TableRow) -> None:
    if sheet.rows >= MOST_ROWS:
        raise TooLargeForExcel(rows=sheet.rows + 1, columns=len(row))
    sheet.append(row)


def _append_below(sheets: list[RowSheet], record: Record) -> None:
    for sheet, rows in zip(sheets, record.below, strict=True):
        for row in rows:
            _append(sheet, row)


def _labels_by_code(codebook: Codebook, wording: Wording) -> list[dict[object, str]]:
    """Map, for each column, codes to labels; a code without a label stays as it is."""
    return [
        {value.code: label for value in variable.values if (label := wording.label(value))}
        for variable in codebook.variables
    ]
