"""Cells of the table as XML of a sheet; none is ever a formula, and each code is written once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from math import isinf
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel

from exports.cells import Cell
from exports.writers.defusing import begins_like_a_formula
from exports.writers.excel_cells import Looks
from exports.writers.excel_text import excel_text

# Excel counts a 29 February 1900 that never was, LibreOffice does not: after it they agree.
FIRST_DATE = date(1900, 3, 1)
SIXTEEN_DIGITS = 10**15

# Most answers in words: nothing to escape, to replace, to keep apart or to cut.
_PLAIN = re.compile(
    "[0-9A-Za-zÀ-ÖØ-öø-ÿ]"
    "(?:[ -%'-;=?-^`-~\xa0-\u024f\u2010-\u2027]{0,4000}[!-%'-;=?-^`-~\xa1-\u024f\u2010-\u2027])?"
)
_RETURNS = {"\r": "&#13;"}  # which readers of XML would take for the end of a line

# What is kept of a column to be used again: codes and numbers, not what somebody wrote.
MOST_KEPT, LONGEST_KEPT = 1_024, 160


class CellXml:
    """Writes the cells of one sheet.

    Attributes:
        cuts: How many texts were cut because a cell cannot hold them.
    """

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self.cuts = 0

    def cell(self, cell: Cell) -> str:
        """Write any cell."""
        if isinstance(cell, str):
            return self.text(cell)
        if isinstance(cell, int) and abs(cell) < SIXTEEN_DIGITS:
            return f"<c><v>{cell}</v></c>"
        if isinstance(cell, Fraction):
            return f'<c s="{self._looks.index}"><v>{float(cell)!r}</v></c>'
        if isinstance(cell, time):
            return f'<c s="{self._looks.clock}"><v>{_days(cell)!r}</v></c>'
        if isinstance(cell, date):
            return self._day(cell)
        return self.text(str(cell)) if isinstance(cell, int) else self._decimal(cell)

    def text(self, text: str) -> str:
        """Write a text, with the mark for quoted ones where a program might run it."""
        if _PLAIN.fullmatch(text):
            return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
        if not text:
            return "<c/>"
        held, was_cut = excel_text(text)
        self.cuts += was_cut
        # openpyxl takes = for a formula, # for an error; Excel others when one edits the cell.
        is_quoted = text.startswith("#") or begins_like_a_formula(text)
        look = f' s="{self._looks.quoted}"' if is_quoted else ""
        kept = ' xml:space="preserve"' if held != held.strip() or "\n" in held else ""
        return f'<c t="inlineStr"{look}><is><t{kept}>{escape(held, _RETURNS)}</t></is></c>'

    def _day(self, cell: date) -> str:
        day = cell.date() if isinstance(cell, datetime) else cell
        if day < FIRST_DATE:
            return self.text(cell.isoformat())
        look = self._looks.moment if isinstance(cell, datetime) else self._looks.day
        return f'<c s="{look}"><v>{_days(cell)!r}</v></c>'

    def _decimal(self, cell: Decimal) -> str:
        number = float(cell)
        if isinf(number):
            return self.text(str(cell))
        whole = number.is_integer() and abs(number) < SIXTEEN_DIGITS
        return f"<c><v>{int(number) if whole else repr(number)}</v></c>"


def _days(cell: date | time) -> float:
    return float(to_excel(cell))  # type: ignore[no-untyped-call]  # openpyxl's


class Column(dict[Cell, str]):
    """A column's cells as XML, of which codes and the like are written once."""

    def __init__(self, xml: CellXml) -> None:
        super().__init__()
        self._xml = xml

    def __missing__(self, cell: Cell) -> str:
        written = self._xml.cell(cell)
        if len(self) < MOST_KEPT and len(written) <= LONGEST_KEPT:
            self[cell] = written
        return written

    def written(self, cells: Sequence[Cell]) -> Sequence[str]:
        """Write some cells of the column."""
        return list(map(self.__getitem__, cells))


class LabelColumn:
    """A column of labels beside a column of codes; what has no label stays as it is."""

    def __init__(self, xml: CellXml, labels: Mapping[Cell, str]) -> None:
        self._words = {code: xml.text(label) for code, label in labels.items()}

    def written(self, cells: Sequence[Cell], codes: Sequence[str]) -> Iterator[str]:
        """Write labels; `codes` are the same cells as the column of codes has written them."""
        # Two lookups in the language of the machine, without a branch for each cell.
        return map(self._words.get, cells, codes)
