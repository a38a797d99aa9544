"""Read the register's workbook: every row's values, and everything that is wrong, by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from forms.marking import N_
from forms.workbook import Row, Sheet, Workbook
from survey_app.actions.register.cells import LIKELY_PERSONAL, BadCell, likely_personal, read_cell
from survey_app.actions.register.sheets import LEVELS, SHEETS, Column, RegisterSheet

NO_SHEETS = N_("The workbook has none of the register's sheets: %(sheets)s. Use the template.")
COLUMN_MISSING = N_("The sheet “%(sheet)s” lacks the column “%(column)s”. Use the template.")
COLUMN_UNKNOWN = N_("The sheet “%(sheet)s” has a column “%(column)s” that the register lacks.")
TWICE = N_("Row %(first)s is about the same already. Put the two together, or remove one.")
UNKNOWN = N_("The sheet “%(sheet)s” has no “%(value)s”, and neither has the register.")

Key = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, or row, or sheet.

    Attributes:
        cell: Such as "C5"; "" when it is about the whole sheet.
        sentence: English, with named gaps, for gettext.
        is_warning: It does not keep the workbook from being taken.
    """

    sheet: str
    cell: str
    sentence: str
    gaps: Mapping[str, object] = field(default_factory=dict)
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the register would keep it: attribute -> value."""

    number: int
    key: Key
    values: Values


@dataclass(slots=True)
class Reading:
    """A workbook that was read."""

    lines: dict[str, list[Line]]
    faults: list[Fault]
    places: dict[str, Mapping[str, str]]

    def complain(self, where: str, line: Line, attribute: str, sentence: str, **gaps: Any) -> None:
        """Add a fault at a column of a row."""
        column = self.places[where].get(attribute, "A")
        self.faults.append(Fault(where, f"{column}{line.number}", sentence, gaps))


def read_register(workbook: Workbook) -> Reading:
    """Read the sheets that are there; those that are not are left as they are.

    Keys are unique and every code that is named is in its sheet; whether the register has it
    already is for whoever has the register.
    """
    reading = Reading({}, [], {})
    for sheet in SHEETS:
        found = workbook.sheet(sheet.name)
        if found.headers:
            _read_sheet(sheet, found, reading)
    if not reading.lines:
        names = ", ".join(sheet.name for sheet in SHEETS)
        reading.faults.append(Fault("", "", NO_SHEETS, {"sheets": names}))
    return reading


def key_of(sheet: RegisterSheet, values: Mapping[str, Any]) -> Key:
    """Give what tells a row apart."""
    return tuple(values[column.attribute] for column in sheet.keys)


def _read_sheet(sheet: RegisterSheet, found: Sheet, reading: Reading) -> None:
    reading.faults += _wrong_headers(sheet, found)
    letters = dict(zip(found.headers, map(get_column_letter, found.places), strict=True))
    by_attribute = {c.attribute: letters[c.header] for c in sheet.columns if c.header in letters}
    reading.places[sheet.name] = by_attribute
    columns = [column for column in sheet.columns if column.header in letters]
    lines: dict[Key, Line] = {}
    for row in found.rows:
        line = _read_row(sheet, columns, row, letters, reading)
        if line is None:
            continue
        if line.key in lines:
            first = lines[line.key].number
            reading.complain(sheet.name, line, columns[0].attribute, TWICE, first=first)
        lines.setdefault(line.key, line)
    reading.lines[sheet.name] = list(lines.values())


def _wrong_headers(sheet: RegisterSheet, found: Sheet) -> Iterator[Fault]:
    known = {column.header for column in sheet.columns}
    for column in sheet.columns:
        if column.header not in found.headers and (column.is_needed or column.is_key):
            gaps = {"sheet": sheet.name, "column": column.header}
            yield Fault(sheet.name, "", COLUMN_MISSING, gaps)
    for header, place in zip(found.headers, found.places, strict=True):
        if header not in known:
            cell = f"{get_column_letter(place)}1"
            yield Fault(sheet.name, cell, COLUMN_UNKNOWN, {"sheet": sheet.name, "column": header})


def _read_row(
    sheet: RegisterSheet,
    columns: list[Column],
    row: Row,
    letters: Mapping[str, str],
    reading: Reading,
) -> Line | None:
    values: Values = {}
    is_whole = True
    for column in columns:
        text, cell = row.cells.get(column.header, ""), f"{letters[column.header]}{row.number}"
        try:
            values[column.attribute] = read_cell(sheet, column, text)
        except BadCell as error:
            reading.faults.append(Fault(sheet.name, cell, error.sentence, error.gaps))
            is_whole = False
        else:
            if value := likely_personal(column, text):
                warning = Fault(sheet.name, cell, LIKELY_PERSONAL, {"value": value}, True)
                reading.faults.append(warning)
    if not is_whole or any(column.attribute not in values for column in sheet.keys):
        return None
    if levels := {level: values.pop(level) for level in LEVELS if level in values}:
        values["level_texts"] = {level: levels.get(level) or "" for level in LEVELS}
    return Line(row.number, key_of(sheet, values), values)


def unknown_references(reading: Reading, known: Mapping[str, set[str]]) -> None:
    """Complain about codes that neither the workbook nor the register has.

    Args:
        known: Sheet -> the codes that the register has.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    for name in {*known, *reading.lines}:
        own = {str(line.key[0]) for line in reading.lines.get(name, ())}
        codes[name] = own | known.get(name, set())  # once: a city names its pupils many times
    for sheet in SHEETS:
        for column in (each for each in sheet.columns if each.refers_to):
            target = column.refers_to
            for line in reading.lines.get(sheet.name, ()):
                value = line.values.get(column.attribute)
                if value and value not in codes[target]:
                    reading.complain(
                        sheet.name, line, column.attribute, UNKNOWN, sheet=target, value=value
                    )
