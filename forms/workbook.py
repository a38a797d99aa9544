"""The author's sheets as plain rows: what YAML, .xlsx and the database all turn into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

SURVEY = "survey"
CHOICES = "choices"
SETTINGS = "settings"
SHEETS = (SURVEY, CHOICES, SETTINGS)
TABLE_ENDING = ".csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet.

    Attributes:
        number: As Excel counts: the header is row 1, the first data row is row 2.
        cells: Header as the author wrote it -> trimmed text. Blank cells are left out.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that the author filled and that is read as blank.

    Attributes:
        is_formula: It has a formula whose value nobody saved; else no header stands above it.
    """

    row: int
    column: int
    is_formula: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named sheet: its header row and the rows under it, blank rows left out.

    Attributes:
        columns: Excel's numbers of the headers' columns, from 1, where a column without a header
            stands among them; else ().
        unread: Filled cells that are read as blank, the first thousand of them.
    """

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[int, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """Give Excel's number of each header's column: 1 is A."""
        return self.columns or tuple(range(1, len(self.headers) + 1))

    @property
    def is_table(self) -> bool:
        """Tell whether it came along as a CSV file; an empty one is only a sheet of that name."""
        return self.name.lower().endswith(TABLE_ENDING) and bool(self.headers)


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of an instrument, in the order the author has them."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """Find a sheet by its lower-case name; an absent sheet is an empty one."""
        found = (sheet for sheet in self.sheets if sheet.name.lower() == name)
        return next(found, Sheet(name))

    @property
    def tables(self) -> tuple[Sheet, ...]:
        """Give the tables that came along as CSV files, named like `fruits.csv`."""
        return tuple(sheet for sheet in self.sheets if sheet.is_table)

    @property
    def own_sheets(self) -> tuple[Sheet, ...]:
        """Give the sheets of the workbook itself."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_table)

    def with_tables(self, tables: Sequence[Sheet]) -> Workbook:
        """Put tables beside the sheets, instead of sheets of the same name."""
        names = {table.name.lower() for table in tables}
        kept = (sheet for sheet in self.sheets if sheet.name.lower() not in names)
        return Workbook((*kept, *tables))

    def tidied(self) -> Workbook:
        """Move columns together where one without a header stood between them.

        What was not read is forgotten.
        """
        return Workbook(tuple(replace(sheet, columns=(), unread=()) for sheet in self.sheets))

    def to_json(self) -> dict[str, Any]:
        """Give the workbook as JSON types, for the store: `from_json` reads it back equal."""
        return {
            "sheets": [
                {
                    "name": sheet.name,
                    "headers": list(sheet.headers),
                    "rows": [[row.number, dict(row.cells)] for row in sheet.rows],
                    **({"columns": list(sheet.columns)} if sheet.columns else {}),
                    **(
                        {"unread": [astuple(each) for each in sheet.unread]} if sheet.unread else {}
                    ),
                }
                for sheet in self.sheets
            ]
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Workbook:
        """Read what `to_json` gave."""
        return cls(
            tuple(
                Sheet(
                    sheet["name"],
                    tuple(sheet["headers"]),
                    tuple(Row(number, dict(cells)) for number, cells in sheet["rows"]),
                    tuple(sheet.get("columns", ())),
                    tuple(Unread(*each) for each in sheet.get("unread", ())),
                )
                for sheet in data["sheets"]
            )
        )

    def for_pyxform(self) -> dict[str, Any]:
        """Give the sheets as the dictionary that `pyxform.xls2xform.convert` takes.

        Blank rows are put back, so that row numbers in its messages are the author's. Tables that
        came along are left out: it would take them for sheets.
        """
        return {sheet.name.lower(): _with_blank_rows(sheet) for sheet in self.own_sheets}


def places_of(headers: Sequence[str]) -> tuple[int, ...]:
    """Give the columns' numbers for `Sheet.columns`: () when no header is blank."""
    places = tuple(number for number, header in enumerate(headers, start=1) if header)
    return () if places == tuple(range(1, len(places) + 1)) else places


def sheet_of(name: str, rows: Sequence[Mapping[str, str]]) -> Sheet:
    """Make a sheet from dictionaries: headers in order of first use, rows numbered from 2."""
    headers = tuple(dict.fromkeys(header for row in rows for header in row))
    return Sheet(name, headers, tuple(Row(n, dict(row)) for n, row in enumerate(rows, start=2)))


def _with_blank_rows(sheet: Sheet) -> list[dict[str, str]]:
    cells = {row.number: dict(row.cells) for row in sheet.rows}
    return [cells.get(number, {}) for number in range(2, max(cells, default=1) + 1)]
