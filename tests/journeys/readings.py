"""An exported workbook in the hands of two programs that know nothing of ours."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pandas as pd
from babel.messages.pofile import read_po
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tests.tools.programs import ROOT

EXPECTED = Path(__file__).parent / "expected"
SWEDISH = ROOT / "translations" / "sv" / "LC_MESSAGES"
DOMAINS = ("messages", "respond")

Cell = int | float | str | date
Rows = list[tuple[Cell, ...]]
Sheets = dict[str, Rows]
Written = TypeVar("Written", bound=Cell)


def read_by_openpyxl(file: Path) -> Sheets:
    """Read every sheet; a formula or an error would have a type of its own."""
    book = load_workbook(file)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    return {
        sheet.title: _plain_rows(map(_unescaped, sheet.iter_rows(values_only=True)))
        for sheet in book
    }


def _unescaped(row: Iterable[object]) -> list[object]:
    """Undo Excel's _x005F_, which Excel and calamine undo themselves and openpyxl does not."""
    return [unescape(cell) if isinstance(cell, str) else cell for cell in row]


def read_by_calamine(file: Path) -> Sheets:
    """Read every sheet as pandas' users do, without guessing at missing values."""
    frames = pd.read_excel(
        file, None, engine="calamine", header=None, dtype=object, keep_default_na=False
    )
    return {name: _plain_rows(frame.to_numpy().tolist()) for name, frame in frames.items()}


READERS: dict[str, Callable[[Path], Sheets]] = {
    "openpyxl": read_by_openpyxl,
    "calamine": read_by_calamine,
}


def _plain_rows(rows: Iterable[Iterable[object]]) -> Rows:
    return [tuple(_plain(cell) for cell in row) for row in rows]


def _plain(cell: object) -> Cell:
    """Drop what differs between readers but not between cells."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float):
        return as_excel_shows(cell)
    assert not isinstance(cell, bool)
    assert cell is None or isinstance(cell, int | float | str | date), repr(cell)
    return "" if cell is None else cell


def expected(name: str) -> list[list[str]]:
    """Read a table of `expected/` as it was written by hand, with our own phrases in Swedish."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [[swedish(cell) for cell in row] for row in csv.reader(stream)]


def swedish(cell: Written) -> Written | str:
    """Give a phrase of ours, _(...), as the Swedish catalogue has it today; others unchanged."""
    phrase = re.fullmatch(r"_\((.*)\)", cell) if isinstance(cell, str) else None
    return catalogue().get(phrase[1], "") or phrase[1] if phrase else cell


@cache
def catalogue() -> dict[str, str]:
    """Read the Swedish catalogues with Babel's reader."""
    read = [read_po(BytesIO((SWEDISH / f"{domain}.po").read_bytes())) for domain in DOMAINS]
    messages = (message for each in read for message in each if not message.context)
    return {str(message.id): str(message.string) for message in messages}


def number(cell: str) -> Cell:
    """Read a cell written by hand where numbers are meant: 4, 1.5, 20/3; a code stays text."""
    try:
        return as_excel_shows(float(Fraction(cell)))
    except ValueError:
        return cell


def as_excel_shows(value: float) -> int | float:
    """Keep fifteen digits, which is what Excel keeps; a whole number has no decimals."""
    return int(value) if value.is_integer() else float(f"{value:.15g}")


def sorted_rows(rows: Iterable[Iterable[Cell]]) -> Rows:
    """Put rows in an order of their own: those of an export are shuffled."""
    return sorted((tuple(row) for row in rows), key=repr)
