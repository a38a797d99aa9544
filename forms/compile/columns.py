"""Which column of a sheet means what, and in which language its texts are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pyxform import aliases

from forms.compile.vocabulary import ATTRIBUTES, RESERVED, SUPPORTED, TRANSLATED, UNSUPPORTED
from forms.languages import Texts, tag_of
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import CHOICES, SETTINGS, SURVEY, Row, Sheet

# Without a double colon a single one divides, unless it belongs to a name such as jr:count.
_COLON = re.compile(r":(?!constraintMsg|requiredMsg|noAppErrorString|count\b|saveto)")
_STANDARD_NAMES = {
    "calculate": "calculation",
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
    "jr:count": "repeat_count",
    "readonly": "read_only",
    "list name": "list_name",
    "entities:saveto": "save_to",
}
# The settings keep the author's words: there, form_title and title are two columns.
_ALIASES: Mapping[str, Mapping[str, Any]] = {
    SURVEY: aliases.survey_header,
    CHOICES: aliases.list_header,
    SETTINGS: {},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One header: as the author wrote it, its standard name, and the language of its texts.

    Attributes:
        rest: What stands after the name, such as the language; "" when nothing does.
        is_open: It ends with a colon, as in "label::".
    """

    header: str
    name: str
    language: str = ""
    rest: str = ""
    is_open: bool = False


class Columns:
    """The columns of one sheet, asked by their standard names."""

    def __init__(self, sheet: str, columns: tuple[Column, ...], default_language: str) -> None:
        """Keep the columns; texts without a language are in `default_language`."""
        self.sheet = sheet
        self.all = columns
        self._default_language = default_language

    def header(self, name: str) -> str:
        """Give the header that the author wrote for a standard name, else that name."""
        return next((column.header for column in self.all if column.name == name), name)

    def value(self, row: Row, name: str) -> str:
        """Read a cell by the standard name of its column; "" when blank or absent."""
        found = (row.cells.get(column.header, "") for column in self.all if column.name == name)
        return next((text for text in found if text), "")

    def texts(self, row: Row, name: str) -> Texts:
        """Read a translated column: language tag -> text."""
        return {
            column.language or self._default_language: text
            for column in self.all
            if column.name == name and (text := row.cells.get(column.header, ""))
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages of the labels, in the order of the columns."""
        tags = (c.language or self._default_language for c in self.all if c.name == "label")
        return tuple(dict.fromkeys(tags))


def read_columns(sheet: Sheet, default_language: str, problems: Problems) -> Columns:
    """Read the header row, and report the headers that mean nothing or mean it twice."""
    columns = tuple(_column(sheet.name.lower(), header, problems) for header in sheet.headers)
    columns = tuple(_named(sheet, column, default_language, problems) for column in columns)
    _refuse_twice(sheet.name, columns, problems)
    for column in columns:
        _judge(sheet, column, problems)
    return Columns(sheet.name, columns, default_language)


def standard_name(sheet: str, header: str) -> tuple[str, str]:
    """Split a header into its standard name and its language part, as XLSForm reads them."""
    pieces = header.split("::") if "::" in header else _COLON.split(header)
    parts = [part.strip() for part in pieces]
    if parts[0].lower() in {"bind", "body", "control", "media"} and parts[1:2] not in ([], [""]):
        parts = _inner(sheet, parts)
    written = parts[0] if parts[0].startswith("jr:") else _snake(parts[0])
    target = _ALIASES[sheet].get(written, written)
    name = str(target if isinstance(target, str) else target[-1])
    return _STANDARD_NAMES.get(name, name), "::".join(parts[1:])


def _inner(sheet: str, parts: list[str]) -> list[str]:
    """Take `bind::relevant` for `relevant`; what XLSForm has no column for stays an attribute."""
    name = standard_name(sheet, parts[1])[0]
    known = name in SUPPORTED[sheet] or name in UNSUPPORTED[sheet] or name in TRANSLATED
    if parts[0].lower() == "media" or (known and name not in ATTRIBUTES):
        return parts[1:]
    return parts


def _snake(name: str) -> str:
    return re.sub(r"\s+", "_", name.lower())


def _column(sheet: str, header: str, problems: Problems) -> Column:
    name, rest = standard_name(sheet, header)
    is_open = header.rstrip().endswith(":")
    if name not in TRANSLATED or not (rest or is_open):
        return Column(header, name, rest=rest, is_open=is_open)
    tag = tag_of(rest)
    if tag is None:
        problems.add(ProblemCode.LANGUAGE_UNKNOWN, sheet=sheet, column=header, row=1)
    return Column(header, name, tag or "und", rest)


def _named(sheet: Sheet, column: Column, default: str, problems: Problems) -> Column:
    if column.name == "label" and not column.language:
        problems.add(
            ProblemCode.LANGUAGE_UNNAMED,
            Level.WARNING,
            sheet=sheet.name,
            column=column.header,
            row=1,
            language=default,
        )
    return column


def _refuse_twice(sheet: str, columns: tuple[Column, ...], problems: Problems) -> None:
    seen: set[tuple[str, str]] = set()
    for column in columns:
        is_attribute = column.name in ATTRIBUTES
        if (column.name, column.language) in seen and not is_attribute:
            problems.add(ProblemCode.COLUMN_TWICE, sheet=sheet, column=column.header, row=1)
        seen.add((column.name, column.language))


def _judge(sheet: Sheet, column: Column, problems: Problems) -> None:
    """Say what a header means, if it is not what the author may think.

    Columns of the choices sheet with names of the author's own are left to the choice filters.
    """
    kind, is_filled = sheet.name.lower(), _is_filled(sheet, column.header)
    place: dict[str, Any] = {"sheet": sheet.name, "column": column.header, "row": 1}
    if is_filled and (code := breaks_compiler(kind, column)):
        problems.add(code, name=column.name, **place)
    elif column.name in SUPPORTED[kind]:
        return
    elif level := UNSUPPORTED[kind].get(column.name):
        if is_filled:
            problems.add(ProblemCode.COLUMN_UNUSED, level, **place)
    elif suggestion := _meant(kind, column.name):
        if kind != CHOICES or column.name.startswith("sa_"):
            problems.add(ProblemCode.COLUMN_UNKNOWN, suggestion=suggestion, **place)
    elif is_filled and kind != CHOICES:
        problems.add(ProblemCode.COLUMN_UNUSED, Level.WARNING, **place)


def breaks_compiler(kind: str, column: Column) -> ProblemCode | None:
    """Tell what is wrong with a header that the standard compiler would stumble over."""
    if column.name in ATTRIBUTES and column.rest:
        is_deep = column.is_open or "::" in column.rest
        return ProblemCode.COLUMN_NOT_TRANSLATED if is_deep else None
    if column.name in RESERVED[kind]:
        return ProblemCode.COLUMN_RESERVED
    is_split = bool(column.rest) or column.is_open
    if is_split and column.name not in TRANSLATED | {"sa_title"}:
        return ProblemCode.COLUMN_NOT_TRANSLATED
    return None


def report_unused_choice_columns(
    sheet: Sheet, columns: Columns, used: Collection[str], problems: Problems
) -> None:
    """Name the author's own columns of the choices sheet that no expression reads."""
    for column in columns.all:
        name = column.name
        if name in SUPPORTED[CHOICES] or name in UNSUPPORTED[CHOICES] or column.header in used:
            continue
        if not _is_filled(sheet, column.header) or breaks_compiler(CHOICES, column):
            continue
        place: dict[str, Any] = {"sheet": sheet.name, "column": column.header, "row": 1}
        if suggestion := _meant(CHOICES, name):
            if not name.startswith("sa_"):
                problems.add(ProblemCode.COLUMN_UNKNOWN, suggestion=suggestion, **place)
        else:
            problems.add(ProblemCode.COLUMN_UNUSED, Level.ADVICE, **place)


def _meant(kind: str, name: str) -> str:
    """Give the column whose name is most like `name`; "" when none is."""
    close = get_close_matches(name, SUPPORTED[kind] | set(UNSUPPORTED[kind]), n=1, cutoff=0.75)
    if close:
        return close[0]
    return ("sa_missing" if kind == CHOICES else "sa_dimension") if name.startswith("sa_") else ""


def _is_filled(sheet: Sheet, header: str) -> bool:
    return any(row.cells.get(header) for row in sheet.rows)
