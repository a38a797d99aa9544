"""Read the sheets of a workbook as an author sees them: rows of trimmed text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from pyxform.constants import SUPPORTED_SHEET_NAMES
from pyxform.xls2json_backends import xlsx_value_to_str

from forms.problems import ProblemCode
from forms.reading.limits import Limits
from forms.reading.refusal import Allowance, refusal
from forms.workbook import Row, Sheet, Unread, Workbook, places_of

# Below the last row that is allowed, so many blank ones are looked at for another that is not.
ROWS_BEYOND = 1_000
MOST_UNREAD = 1_000
# Zero-width characters that mean nothing at the ends of a text; joiners and direction marks do.
INVISIBLE = "\u200b\u2060\ufeff"
# How Excel writes the return of a line break, and a "_" that would look like such an escape.
_ESCAPES = {"_X000D_": "", "_X005F_": "_"}
_ESCAPED = re.compile("|".join(_ESCAPES), re.IGNORECASE)

Values = tuple[Any, ...]


def read_sheets(data: bytes, limits: Limits) -> Workbook:
    """Read an accepted .xlsx file; of sheets that XLSForm does not know, only the name.

    Raises:
        BadInstrument: A sheet is larger than the limits.
    """
    reader = _SheetsReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read()
    names = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}
    if not names:
        raise refusal(ProblemCode.NOT_A_WORKBOOK)
    allowance = Allowance(limits.text_characters)
    wanted = {*SUPPORTED_SHEET_NAMES, *limits.sheets}
    return Workbook(
        tuple(
            _SheetText(name.strip(), limits, allowance).read(
                reader.rows_of(name, target), reader.formulas_of(name, target)
            )
            if name.strip().lower() in wanted
            else Sheet(name.strip())
            for name, target in names.items()
        )
    )


class _SheetsReader(ExcelReader):
    """openpyxl's reader without what a questionnaire has no use for: charts, themes, links."""

    def read(self) -> None:
        self.read_manifest()
        self.read_strings()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)

    def rows_of(self, name: str, part: str) -> Iterator[Values]:
        """Give the cells' values row by row; the size that the sheet states is not believed."""
        sheet = ReadOnlyWorksheet(self.wb, name, part, self.shared_strings)
        sheet.reset_dimensions()
        return sheet.iter_rows(values_only=True)  # type: ignore[misc]  # borrowed from Worksheet

    def formulas_of(self, name: str, part: str) -> Iterator[Values]:
        """Give the rows once more with formulas instead of their values, if there are any."""
        if b"<f" not in self.archive.read(part.lstrip("/")):
            return
        self.wb._data_only = False  # type: ignore[attr-defined]  # data_only has no setter
        try:
            yield from self.rows_of(name, part)
        finally:
            self.wb._data_only = True  # type: ignore[attr-defined]


class _SheetText:
    """One sheet on its way from values to text, within the limits."""

    def __init__(self, name: str, limits: Limits, allowance: Allowance) -> None:
        self._name = name
        self._limits = limits
        self._allowance = allowance
        self._unread: list[Unread] = []

    def read(self, rows: Iterator[Values], formulas: Iterator[Values]) -> Sheet:
        headers = [self._text(value, 1, "") for value in next(rows, ())]
        self._check_columns(headers)
        below = islice(rows, self._limits.rows + ROWS_BEYOND)
        read = (self._row(number, headers, values) for number, values in enumerate(below, start=2))
        filled = tuple(row for row in read if row.cells)
        self._note_formulas(headers, filled, formulas)
        names, unread = tuple(filter(None, headers)), tuple(self._unread)
        return Sheet(self._name, names, filled, places_of(headers), unread)

    def _note_formulas(
        self, headers: list[str], rows: tuple[Row, ...], formulas: Iterator[Values]
    ) -> None:
        """Note the formulas without a value: some programs save them so."""
        read = {row.number: row.cells for row in rows}
        for number, values in enumerate(islice(formulas, self._limits.rows), start=1):
            for place, (header, value) in enumerate(zip(headers, values, strict=False), start=1):
                is_blank = header and header not in read.get(number, {})
                if is_blank and number > 1 and is_formula(value):
                    self._note(Unread(number, place, is_formula=True))

    def _note(self, unread: Unread) -> None:
        if len(self._unread) < MOST_UNREAD:
            self._unread.append(unread)

    def _check_columns(self, headers: list[str]) -> None:
        while headers and not headers[-1]:
            headers.pop()
        if len(headers) > self._limits.columns:
            limit = self._limits.columns
            raise refusal(ProblemCode.TOO_MANY_COLUMNS, sheet=self._name, limit=limit)

    def _row(self, number: int, headers: list[str], values: Values) -> Row:
        cells: dict[str, str] = {}
        for place, value in enumerate(values, start=1):
            header = headers[place - 1] if place <= len(headers) else ""
            if value is None:
                continue
            if not header:
                if trimmed(shown(value)):
                    self._note(Unread(number, place, is_formula=False))
            elif text := self._text(value, number, header):
                cells.setdefault(header, text)
        if cells and number > self._limits.rows + 1:
            raise refusal(ProblemCode.TOO_MANY_ROWS, sheet=self._name, limit=self._limits.rows)
        return Row(number, cells)

    def _text(self, value: Any, row: int, column: str) -> str:
        text = "" if value is None else trimmed(shown(value))
        if len(text) > self._limits.cell_characters:
            raise refusal(
                ProblemCode.CELL_TOO_LONG,
                sheet=self._name,
                row=row,
                column=column or text[:20],
                limit=self._limits.cell_characters,
            )
        self._allowance.take(len(text))
        return text


def is_formula(value: Any) -> bool:
    """Tell whether a cell that was read without values has a formula, of whatever kind."""
    return isinstance(value, ArrayFormula | DataTableFormula) or (
        isinstance(value, str) and value.startswith("=")
    )


def shown(value: Any) -> str:
    """Give a cell's value as Excel shows it: 1.0 is "1", a date is ISO 8601."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(xlsx_value_to_str(value))


def trimmed(text: str) -> str:
    """Take off blanks and invisible characters at both ends, and even out line breaks."""
    plain = _ESCAPED.sub(lambda found: _ESCAPES[found[0].upper()], text)
    lines = plain.replace("\r\n", "\n").replace("\r", "\n")
    while (shorter := lines.strip().strip(INVISIBLE)) != lines:
        lines = shorter
    return lines
