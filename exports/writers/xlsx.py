"""The coded rows as an Excel workbook, with labels, codebook, values, repeats and a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from exports.about import About
from exports.cells import Cell
from exports.codebook import Codebook
from exports.errors import TooLargeForExcel
from exports.frequencies import FrequencyTally, tally_of
from exports.listings import codebook_rows, summary_rows, values_rows
from exports.panel import Panel, has_panel
from exports.read_me import Written, read_me
from exports.summaries import Tally
from exports.table import Table, TableRow
from exports.table_names import CODEBOOK, DATA, LABELS, OURS, PANEL, READ_ME, SUMMARY, VALUES
from exports.wording import Gettext, Wording, untranslated, wording_for
from exports.writers import sheets
from exports.writers.cell_xml import LabelColumn
from exports.writers.excel_text import CUT_MARK
from exports.writers.row_sheets import RowSheet
from exports.writers.sheets import Book
from exports.writers.summary_charts import summary_charts
from exports.writers.ticked import ticked_columns, ticked_names

SHEETS = OURS

MOST_ROWS = sheets.MOST_ROWS
MOST_COLUMNS = 16_384
AT_A_TIME = 500

Thing = TypeVar("Thing")
Counting = tuple[Tally, FrequencyTally, Panel | None]


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
    user can read and that are gone when the function ends; the target is touched last. What one
    sheet cannot hold goes on in another at the end of the workbook.

    Args:
        target: A path, or a stream opened for bytes.
        language: Tag of the language that labels are wanted in.
        gettext: Translates the sentences that this package marks.

    Returns:
        How many responses were written.

    Raises:
        TooLargeForExcel: More columns than a sheet can hold.
        ExportError: A response that the codebook does not describe.
    """
    wording = wording_for(table.codebook, language, gettext)
    names = sheets_of(table.codebook)
    with Book(names, title=about.title, subject=_subject(about)) as book:
        responses = _write_sheets(book, table, about, wording)
        book.save(target)
    return responses


def _subject(about: About) -> str:
    return ", ".join(filter(None, (about.questionnaire, about.round_name)))


def sheets_of(codebook: Codebook) -> tuple[str, ...]:
    """Name the sheets: the repeats' and the panel stand between the values and the summary."""
    *listings, summary = SHEETS
    panel = (PANEL,) if has_panel(codebook) else ()
    return (*listings, *(table.name for table in codebook.repeats), *panel, summary)


def _write_sheets(book: Book, table: Table, about: About, wording: Wording) -> int:
    codebook = table.codebook
    tally, panel = Tally(codebook), Panel(codebook) if has_panel(codebook) else None
    counts = tally_of(codebook, is_settled=about.is_settled)
    written = _write_rows(book, table, wording, (tally, counts, panel))
    found = counts.frequencies()
    columns = panel.columns() if panel else ()
    book.write_listing(CODEBOOK, codebook_rows(codebook, wording, columns, found))
    if panel is not None:
        _write_panel(book, panel)
    book.write_listing(VALUES, values_rows(codebook, wording, found))
    summaries = tally.summaries()
    charts = summary_charts(book.sheet(SUMMARY), summaries, wording)
    book.write_listing(SUMMARY, summary_rows(summaries, wording), charts)
    # Last, because only now all texts are counted that had to be cut.
    lines = read_me(codebook, about, wording, written, cut_mark=CUT_MARK)
    book.write_lines(READ_ME, lines)
    return written.responses


def _write_panel(book: Book, panel: Panel) -> None:
    with closing(panel):
        sheet = _start(book, PANEL, tuple(name for name, *_ in panel.columns()))
        for rows in batched(panel.rows()):
            sheet.append(rows)
        sheet.end()


def _write_rows(book: Book, table: Table, wording: Wording, counting: Counting) -> Written:
    """Write all sheets of rows."""
    names = table.codebook.names
    data = _start(book, DATA, names)
    labels = _start(book, LABELS, (*names, *ticked_names(table.codebook)))
    below = [_start(book, repeat.name, repeat.names) for repeat in table.codebook.repeats]
    words = [LabelColumn(labels.xml, each) for each in _labels_by_code(table.codebook, wording)]
    ticked = ticked_columns(table.codebook, wording, labels.xml)
    for records in batched(table.records):
        rows = [record.row for record in records]
        columns = list(zip(*rows, strict=True))
        _count(rows, columns, counting)
        written = data.written(columns)
        data.put(written, len(rows))
        labelled = zip(words, columns, written, strict=True)
        in_words = [list(word.written(*both)) for word, *both in labelled]
        labels.put([*in_words, *(each.written(columns) for each in ticked)], len(rows))
        for place, sheet in enumerate(below):
            sheet.append([row for record in records for row in record.below[place]])
    for sheet in (data, labels, *below):
        sheet.end()
    cuts = sum(sheet.xml.cuts for sheet in (data, *below))
    return Written(data.rows, cuts, book.later_sheets)


def _count(rows: list[TableRow], columns: list[TableRow], counting: Counting) -> None:
    tally, counts, panel = counting
    counts.count(columns)
    for row in rows:
        tally.count(row)
        if panel is not None:
            panel.count(row)


def batched(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Give so many things at a time that columns are quick and memory stays small."""
    waiting = iter(things)
    while batch := list(islice(waiting, AT_A_TIME)):
        yield batch


def _start(book: Book, name: str, header: tuple[str, ...]) -> RowSheet:
    if len(header) > MOST_COLUMNS:
        raise TooLargeForExcel(columns=len(header))
    return book.start_rows(name, header, most_rows=MOST_ROWS)


def _labels_by_code(codebook: Codebook, wording: Wording) -> list[dict[Cell, str]]:
    """Map, for each column, codes to labels; a code without a label stays as it is."""
    return [
        {value.code: label for value in variable.values if (label := wording.label(value))}
        for variable in codebook.variables
    ]
