"""Every format of one table holds the same cells, read back by programs that did not write it.

What a cell is in the table is the measure; each format's reader turns what it finds back into it,
with the codebook and nothing else. Only what docs/coded-files.md names may differ: none does here.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from exports.cells import Cell
from exports.codebook import Variable
from exports.table import Table
from exports.writers import FORMATS
from exports.writers.statistical.numbers import (
    Kind,
    kind_of,
    list_numbers,
    missing_order,
    spss_missing,
    stata_letters,
)
from tests.exports.families import family
from tests.exports.statistical.files import make_hard_table, written
from tests.tools.pspp import run_pspp

# What tells two cells apart in any format: a text, a number, a moment, or a number of seconds.
Plain = str | float | datetime
Sheet = list[list[Plain]]


def plain(cell: Cell) -> Plain:
    """Write a cell in the way that all formats can be brought back to."""
    if isinstance(cell, int | Decimal | Fraction):
        return round(float(cell), 9)
    if isinstance(cell, time):
        return float(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, datetime):
        return cell
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else cell  # noqa: DTZ001


def measure(table: Table) -> list[Sheet]:
    """Give the table's own cells."""
    records = list(table.records)
    below = [[row for r in records for row in r.below[n]] for n in range(len(records[0].below))]
    tables = [[record.row for record in records], *below]
    return [[[plain(cell) for cell in row] for row in rows] for rows in tables]


def variables_of(table: Table) -> list[tuple[Variable, ...]]:
    """Give the variables of each table."""
    return [variables for _, variables in table.codebook.tables]


def names_of(table: Table) -> list[str]:
    """Name each table."""
    return [name for name, _ in table.codebook.tables]


def in_openpyxl(folder: Path, table: Table) -> list[Sheet]:
    """Read the workbook."""
    book = load_workbook(written(folder, "xlsx", table))
    found = [book[name].iter_rows(min_row=2, values_only=True) for name in names_of(table)]
    return [[[plain(cell) for cell in row] for row in rows] for rows in found]  # type: ignore[arg-type]


def in_calamine(folder: Path, table: Table) -> list[Sheet]:
    """Read the workbook with a reader that shares no code with its writer."""
    book = CalamineWorkbook.from_path(written(folder, "xlsx", table))
    found = [book.get_sheet_by_name(name).to_python()[1:] for name in names_of(table)]
    return [[[_timed(cell) for cell in row] for row in rows] for rows in found]


def _timed(cell: Any) -> Plain:
    return cell.total_seconds() if isinstance(cell, timedelta) else plain(cell)


def in_csv(folder: Path, table: Table) -> list[Sheet]:
    """Read CSV as the types of the codebook say."""
    path = written(folder, "csv", table)
    names = [path.name]
    if zipfile.is_zipfile(path):
        zipfile.ZipFile(path).extractall(folder)
        names = [f"{name}.csv" for name in names_of(table)]
    return _read_csv(folder, names, table)


def in_package(folder: Path, table: Table) -> list[Sheet]:
    """Read the package's files."""
    with zipfile.ZipFile(written(folder, "package", table)) as archive:
        archive.extractall(folder)
    names = ["data.csv", *(f"data-{name}.csv" for name in names_of(table)[1:])]
    return _read_csv(folder, names, table)


def _read_csv(folder: Path, names: list[str], table: Table) -> list[Sheet]:
    found = []
    for name, variables in zip(names, variables_of(table), strict=True):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            _, *rows = csv.reader(file)
        columns = [
            [_of_text(cell, variable) for cell in column]
            for variable, column in zip(variables, zip(*rows, strict=True), strict=True)
        ]
        found.append([list(row) for row in zip(*columns, strict=True)])
    return found


def _of_text(text: str, variable: Variable) -> Plain:
    text = text.removeprefix("'")
    kind = kind_of(variable)
    if text in map(str, variable.missing_codes) or kind is Kind.TEXT:
        return text
    if kind is Kind.DAY or kind is Kind.MOMENT:
        return datetime.fromisoformat(text)
    if kind is Kind.CLOCK:
        return plain(time.fromisoformat(text))
    try:
        return round(float(text), 9)
    except ValueError:
        return text


def in_sav(folder: Path, table: Table) -> list[Sheet]:
    """Read the files for SPSS."""
    return _read_sav(_unpacked(folder, "sav", table), table)


def in_syntax(folder: Path, table: Table) -> list[Sheet]:
    """Read the CSV with its syntax, as PSPP does."""
    with zipfile.ZipFile(written(folder, "sps", table)) as archive:
        archive.extractall(folder)
    paths = []
    for name in names_of(table):
        run_pspp(f"INSERT FILE='{name}.sps'.\nSAVE OUTFILE='{name}.sav'.", folder)
        paths.append(folder / f"{name}.sav")
    return _read_sav(paths, table)


def _unpacked(folder: Path, file_format: str, table: Table) -> list[Path]:
    path = written(folder, file_format, table)
    if not zipfile.is_zipfile(path):
        return [path]
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        return [folder / name for name in archive.namelist()]


def _read_sav(paths: list[Path], table: Table) -> list[Sheet]:
    order = missing_order(table.codebook)
    found = []
    for path, variables in zip(paths, variables_of(table), strict=True):
        rows, _ = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
        codes = [{n: code for code, n in spss_missing(v, order).items()} for v in variables]
        found.append(_numbered(rows, variables, codes, since=datetime(1582, 10, 14), seconds=1))  # noqa: DTZ001
    return found


def in_dta(folder: Path, table: Table) -> list[Sheet]:
    """Read the files for Stata."""
    codes = {letter: code for code, letter in stata_letters(missing_order(table.codebook)).items()}
    found = []
    for path, variables in zip(_unpacked(folder, "stata", table), variables_of(table), strict=True):
        rows, _ = pyreadstat.read_dta(path, user_missing=True, disable_datetime_conversion=True)
        own = [dict(codes)] * len(variables)
        found.append(_numbered(rows, variables, own, since=datetime(1960, 1, 1), seconds=1000))  # noqa: DTZ001
    return found


def _numbered(
    rows: pd.DataFrame,
    variables: tuple[Variable, ...],
    codes: list[dict[Any, str]],
    *,
    since: datetime,
    seconds: int,
) -> Sheet:
    """Turn a program's numbers back into cells."""
    columns = []
    for name, variable, missing in zip(rows.columns, variables, codes, strict=True):
        listed = {n: code for code, n in list_numbers(variable).items()}
        # Stata counts days and milliseconds, SPSS seconds alone.
        unit = 86_400 if seconds == 1000 and kind_of(variable) is Kind.DAY else 1 / seconds
        columns.append([_of_number(c, variable, missing, listed, since, unit) for c in rows[name]])
    return [list(row) for row in zip(*columns, strict=True)]


def _of_number(
    cell: Any,
    variable: Variable,
    missing: dict[Any, str],
    listed: dict[int, object],
    since: datetime,
    unit: float,
) -> Plain:
    kind = kind_of(variable)
    if cell in missing and kind is not Kind.TEXT:
        return missing[cell]
    if isinstance(cell, str):
        return _of_text(cell, variable) if kind is Kind.OPEN else cell
    if kind is Kind.DAY or kind is Kind.MOMENT:
        return since + timedelta(seconds=float(cell) * unit)
    if kind is Kind.CLOCK:
        return float(cell) * unit
    return plain(listed.get(int(cell), cell)) if kind is Kind.LIST else round(float(cell), 9)  # type: ignore[arg-type]


READERS: dict[str, Callable[[Path, Table], list[Sheet]]] = {
    "xlsx by openpyxl": in_openpyxl,
    "xlsx by calamine": in_calamine,
    "csv": in_csv,
    "package": in_package,
    "sav": in_sav,
    "sps in PSPP": in_syntax,
    "stata": in_dta,
}


@pytest.mark.parametrize("table", [make_hard_table(), family()], ids=["hard", "repeats"])
@pytest.mark.parametrize("reader", READERS)
def test_every_format_holds_the_same_cells(reader: str, table: Table, tmp_path: Path) -> None:
    """An analyst in R and one in SPSS never disagree about what was answered."""
    wanted = measure(table)
    if reader == "sps in PSPP":  # a case is one line there, as its head says
        wanted = [[[_on_one_line(cell) for cell in row] for row in rows] for rows in wanted]
    assert READERS[reader](tmp_path, table) == wanted


def _on_one_line(cell: Plain) -> Plain:
    return cell.replace("\n", "|") if isinstance(cell, str) else cell


def test_every_format_has_a_reader_here() -> None:
    """A format that is added is compared too; a do-file needs Stata, which is not free."""
    read = {name.split(" ")[0] for name in READERS}
    others = {"dta": "stata", "r": "package"}
    assert {others.get(name, name) for name in FORMATS} == read | {"do"}
