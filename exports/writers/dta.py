"""The coded rows for Stata 14 and later: labels, and extended missing values (.n, .p, .d, .r).

A file holds one table. A questionnaire with repeats has several, thus several files in a zip file.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

import pyreadstat

from exports.about import About
from exports.cells import Cell
from exports.table import Table
from exports.variables import Variable
from exports.wording import Gettext, untranslated, wording_for
from exports.writers.files import write_files
from exports.writers.statistical.frame import Frame
from exports.writers.statistical.names import STATA
from exports.writers.statistical.numbers import Column, Kind, stata_letters
from exports.writers.statistical.spool import Reading, Spool, seconds_of_day
from exports.writers.statistical.tables import Dialect, spooled

VERSION = 14  # the newest whose files every edition reads
LONGEST_LABEL = 80
DAY = 86_400
FIRST_DAY = date(1960, 1, 1).toordinal()

# The same table has the same bytes, whenever it is written.
STAMP = re.compile(rb"(<timestamp>\x11).{17}(</timestamp>)", re.DOTALL)
DATELESS = rb"\g<1>01 Jan 1980 00:00\2"
HEAD = 1_000
FORMATS = {
    Kind.LIST: "%8.0g",
    Kind.WHOLE: "%12.0g",
    Kind.NUMBER: "%10.0g",
    Kind.OPEN: "%10.0g",
    Kind.DAY: "%tdCCYY-NN-DD",
    Kind.MOMENT: "%tcCCYY-NN-DD_HH:MM:SS",
    Kind.CLOCK: "%tcHH:MM:SS",
}


def write_dta(
    table: Table,
    target: str | Path | BinaryIO,
    *,
    language: str,
    about: About,
    gettext: Gettext = untranslated,
) -> int:
    """Write the codes with labels in a language.

    Texts of more than 2,045 bytes wait in memory until the file is written.

    Returns:
        How many responses were written.
    """
    wording = wording_for(table.codebook, language, gettext)
    with spooled(table, wording, DIALECT) as (responses, spools):
        write_files(
            target,
            [f"{spool.name}.dta" for spool in spools],
            lambda number, path: _write(spools[number], path, about.title),
        )
    return responses


def _write(spool: Spool, path: Path, title: str) -> None:
    columns = spool.columns
    frame: Any = Frame(spool, spool.rows, small=True)
    numbers = [column for column in columns if not column.is_text]
    pyreadstat.write_dta(
        frame,
        path,
        file_label=_cut(title),
        column_labels=[_cut(column.label) for column in columns],
        version=VERSION,
        variable_value_labels={column.name: _value_labels(column) for column in numbers},
        missing_user_values={
            column.name: sorted(set(map(str, column.missing.values())))
            for column in numbers
            if column.missing
        },
        variable_format={column.name: FORMATS[column.kind] for column in numbers},
    )
    with path.open("r+b") as file:
        head = file.read(HEAD)
        file.seek(0)
        file.write(STAMP.sub(DATELESS, head, count=1))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def _value_labels(column: Column) -> Any:
    """Give the labels of letters, and of numbers where they are small enough to have one."""
    return {
        number: text
        for number, text in column.labels.items()
        if isinstance(number, str) or column.is_whole
    }


def _missing(variable: Variable, order: list[str]) -> dict[str, str]:
    letters = stata_letters(order)
    return {str(code): letters[str(code)] for code in variable.missing_codes}


def _since(kind: Kind) -> Reading:
    """Count days since 1960; for moments milliseconds since then, for times since midnight."""

    def days(cell: Cell) -> float | None:
        return cell.toordinal() - FIRST_DAY if isinstance(cell, date) else None

    def moment(cell: Cell) -> float | None:
        if not isinstance(cell, datetime):
            return None
        return 1000 * ((cell.toordinal() - FIRST_DAY) * DAY + seconds_of_day(cell))

    def clock(cell: Cell) -> float | None:
        return 1000 * seconds_of_day(cell) if isinstance(cell, time) else None

    return {Kind.DAY: days, Kind.MOMENT: moment, Kind.CLOCK: clock}[kind]


DIALECT = Dialect(STATA, _missing, _since)
