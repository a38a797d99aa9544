"""The choices sheet: lists of codes and what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pyxform import aliases

from forms.compile.columns import Columns
from forms.compile.pictures import picture_mistakes
from forms.instrument import Choice, ChoiceList
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import CHOICES, Row, Sheet

_MISSING = {
    "list_name": ProblemCode.CHOICE_LIST_NAME_MISSING,
    "name": ProblemCode.CHOICE_NAME_MISSING,
}


def read_choice_lists(
    sheet: Sheet, columns: Columns, media: Collection[str], problems: Problems
) -> dict[str, ChoiceList]:
    """Read all lists, in the author's order, reporting rows that cannot be used.

    Args:
        media: Names of the pictures that choices may show.
    """
    gathered: dict[str, dict[str, tuple[int, Choice]]] = {}
    for row, list_name, name in _usable_rows(sheet, columns, problems):
        choices = gathered.setdefault(list_name, {})
        if name in choices:
            first = choices[name][0]
            problems.add(
                ProblemCode.CHOICE_TWICE, **_place(row, columns, "name"), name=name, first=first
            )
            continue
        _check_pictures(row, columns, media, problems)
        choices[name] = row.number, _choice(row, columns, name, problems)
    return {
        name: ChoiceList(name=name, choices=tuple(choice for _, choice in choices.values()))
        for name, choices in gathered.items()
    }


def _usable_rows(
    sheet: Sheet, columns: Columns, problems: Problems
) -> Iterator[tuple[Row, str, str]]:
    told: set[str] = set()
    unused: list[Row] = []
    for row in sheet.rows:
        list_name, name = columns.value(row, "list_name"), columns.value(row, "name")
        if not list_name and not name and not columns.texts(row, "label"):
            unused.append(row)
        elif not list_name:
            _lacks(row, "list_name", columns, problems, told)
        elif not name:
            _lacks(row, "name", columns, problems, told)
        elif len(name.split()) > 1:
            problems.add(ProblemCode.CHOICE_NAME_INVALID, **_place(row, columns, "name"), name=name)
        else:
            yield row, list_name, name
    if unused:
        place = _place(unused[0], columns, None)
        problems.add(ProblemCode.CHOICE_ROW_UNUSED, Level.WARNING, count=len(unused), **place)


def _lacks(row: Row, column: str, columns: Columns, problems: Problems, told: set[str]) -> None:
    """Report an empty cell; when the whole column is not there, that once."""
    if any(c.name == column for c in columns.all):
        problems.add(_MISSING[column], **_place(row, columns, column))
    elif column not in told:
        problems.add(ProblemCode.COLUMN_MISSING, sheet=CHOICES, row=1, column=column)
    told.add(column)


def _choice(row: Row, columns: Columns, name: str, problems: Problems) -> Choice:
    label = columns.texts(row, "label")
    if not label:  # a picture alone says nothing to who cannot see it, nor in a table
        problems.add(ProblemCode.CHOICE_LABEL_MISSING, **_place(row, columns, "label"))
    own = {"list_name", "name", "label", "image", "sa_missing"}
    others = {c.header for c in columns.all if c.name not in own}
    return Choice(
        name=name,
        label=label,
        image=columns.texts(row, "image"),
        is_missing=is_yes(columns.value(row, "sa_missing")),
        columns={header: text for header, text in row.cells.items() if header in others},
    )


def _check_pictures(row: Row, columns: Columns, media: Collection[str], problems: Problems) -> None:
    for name, code in picture_mistakes(columns.texts(row, "image"), media):
        problems.add(code, **_place(row, columns, "image"), value=name)


def is_yes(text: str) -> bool:
    """Read a yes/no cell; any code counts as yes, so that `sa_missing` may hold DK or REF."""
    return bool(text) and aliases.yes_no.get(text, True)


def _place(row: Row, columns: Columns, column: str | None) -> dict[str, Any]:
    header = columns.header(column) if column else None
    return {"sheet": CHOICES, "row": row.number, "column": header}
