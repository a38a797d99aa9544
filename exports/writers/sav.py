"""The coded rows for SPSS: labels, levels of measurement, and missing values of each kind.

A file holds one table. A questionnaire with repeats has several, thus several files in a zip file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import pyreadstat

from exports.about import About
from exports.cells import NOT_ANSWERED, NOT_ASKED, Cell
from exports.table import Table
from exports.variables import Role
from exports.wording import Gettext, untranslated, wording_for
from exports.writers.excel_text import CUT_MARK
from exports.writers.files import write_files
from exports.writers.statistical.frame import Frame
from exports.writers.statistical.names import SPSS, cut_to_bytes
from exports.writers.statistical.numbers import (
    ROOM,
    Column,
    Kind,
    first_missing,
    missing_order,
    spss_missing,
)
from exports.writers.statistical.spool import Reading, Row, Spool, seconds_of_day
from exports.writers.statistical.tables import Dialect, spooled
from forms.instrument import QuestionType

# What SPSS can hold, in bytes: a text, a text with missing values, and labels.
LONGEST_TEXT, SHORT_TEXT, LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TITLE = (
    32_767,
    8,
    255,
    120,
    64,
)
DAY = 86_400
FIRST_DAY = date(1582, 10, 14).toordinal()

# Where the day and the second of writing stand, and what stands there instead: the same table has
# the same bytes.
DATE_AT, DATELESS = 92, b"01 Jan 8000:00:00"
FORMATS = {
    Kind.LIST: "F8.0",
    Kind.WHOLE: "F12.0",
    Kind.NUMBER: "F12.2",
    Kind.OPEN: "F12.2",
    Kind.DAY: "SDATE10",
    Kind.MOMENT: "YMDHMS19",
    Kind.CLOCK: "TIME8",
}


def write_sav(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,
    gettext: Gettext = untranslated,
) -> int:
    """Write the codes with labels in a language; texts longer than SPSS allows are cut.

    Returns:
        How many responses were written.
    """
    wording = wording_for(table.codebook, language, gettext)
    count = len(missing_order(table.codebook))
    with spooled(table, wording, DIALECT) as (responses, spools):
        write_files(
            target,
            [f"{spool.name}.sav" for spool in spools],
            lambda number, path: _write(spools[number], path, about.title, count),
        )
    return responses


def _write(spool: Spool, path: Path, title: str, missing: int) -> None:
    columns = spool.columns
    for column in columns:
        column.width = min(column.width, LONGEST_TEXT)
    frame: Any = Frame(spool, lambda: _fitting(spool))
    pyreadstat.write_sav(
        frame,
        path,
        file_label=cut_to_bytes(title, LONGEST_TITLE),
        column_labels=[cut_to_bytes(column.label, LONGEST_LABEL) for column in columns],
        row_compress=True,
        variable_value_labels={c.name: _value_labels(c) for c in columns if not c.is_text},
        missing_ranges={c.name: found for c in columns if (found := missing_of(c, missing))},
        variable_measure={c.name: c.variable.measure.value for c in columns},
        variable_format={c.name: format_of(c) for c in columns if not c.is_text},
    )
    with path.open("r+b") as file:
        file.seek(DATE_AT)
        file.write(DATELESS)


def _fitting(spool: Spool) -> Iterator[Row]:
    """Cut texts that are too long for SPSS."""
    long_ones = [n for n, c in enumerate(spool.columns) if c.is_text and c.width == LONGEST_TEXT]
    return (_cut(row, long_ones) for row in spool.rows()) if long_ones else spool.rows()


def _cut(row: Row, places: Sequence[int]) -> Row:
    cells = list(row)
    for place in places:
        cells[place] = cut_to_bytes(str(cells[place]), LONGEST_TEXT, CUT_MARK)
    return tuple(cells)


def _value_labels(column: Column) -> dict[int | float, str]:
    return {
        float(number): cut_to_bytes(text, LONGEST_VALUE_LABEL)
        for number, text in column.labels.items()
    }


def missing_of(column: Column, count: int) -> list[Any]:
    """Declare what is missing: a range of numbers; in texts only where SPSS does it safely."""
    if column.is_text:
        codes = (NOT_ANSWERED, NOT_ASKED)
        return list(codes) if column.width <= SHORT_TEXT and _may_be_missing(column) else []
    if not column.missing:
        return []
    first = first_missing(column.variable, count)
    return [{"lo": first, "hi": first + max(ROOM, count) - 1}]


def _may_be_missing(column: Column) -> bool:
    return column.variable.role is Role.QUESTION


def format_of(column: Column) -> str:
    """Say how SPSS shows the numbers of a column."""
    question = column.variable.question
    if question and question.type is QuestionType.GEOPOINT:
        return "F14.6"
    return "F8.1" if column.variable.index else FORMATS[column.kind]


def _since(kind: Kind) -> Reading:
    """Count seconds: since midnight, or since the first day of the Gregorian calendar."""

    def days(cell: Cell) -> float | None:
        return (cell.toordinal() - FIRST_DAY) * DAY if isinstance(cell, date) else None

    def moment(cell: Cell) -> float | None:
        if not isinstance(cell, datetime):
            return None
        return (cell.toordinal() - FIRST_DAY) * DAY + seconds_of_day(cell)

    def clock(cell: Cell) -> float | None:
        return seconds_of_day(cell) if isinstance(cell, time) else None

    return {Kind.DAY: days, Kind.MOMENT: moment, Kind.CLOCK: clock}[kind]


DIALECT = Dialect(SPSS, spss_missing, _since)
