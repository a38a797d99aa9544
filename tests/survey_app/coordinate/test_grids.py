"""The author's sheets as Excel shows them."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from forms.problems import Level, ProblemCode, Problems
from forms.workbook import Row, Sheet, Workbook
from survey_app.coordinate.grids import LONGEST_TEXT, MOST_ROWS, Grid, Grids

SURVEY = Sheet(
    "Survey", ("type", "name"), (Row(2, {"type": "note"}), Row(5, {"name": "x" * 999})), (1, 3)
)


@pytest.fixture(autouse=True)
def _in_the_app(app):
    with app.test_request_context("/rounds/"), force_locale("en"):
        yield


def grids_of(*places: tuple[str | None, int | None, str | None], sheet: Sheet = SURVEY) -> Grids:
    """Show a sheet with a problem at each place."""
    problems = Problems()
    for name, row, column in places:
        problems.add(ProblemCode.SHEET_EMPTY, Level.ERROR, sheet=name, row=row, column=column)
    return Grids(Workbook((Sheet("notes"), sheet)), problems)


def only(grids: Grids) -> Grid:
    """Give the one sheet that has headers."""
    (grid,) = grids
    return grid


def test_columns_and_rows_are_called_as_in_excel() -> None:
    """A blank column and blank rows are counted."""
    grid = only(grids_of())
    assert (grid.letters, [row.number for row in grid.rows]) == (["A", "C"], [1, 2, 5])
    assert [cell.text for cell in grid.rows[0].cells] == ["type", "name"]
    assert len(grid.rows[2].cells[1].text) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("place", "target", "where"),
    [
        (("survey", 5, "name"), "at-1-5-3", "survey C5"),
        (("survey", 1, "type"), "at-1-1-1", "survey A1"),
        (("survey", None, "type"), "at-1-1-1", "survey A1"),
        (("survey", 2, "label"), "at-1-2-0", "survey, row 2"),
        (("survey", 4, "name"), "at-1-0-0", "survey"),
        (("survey", None, None), "at-1-0-0", "survey"),
        (("settings", 2, "form_id"), None, "settings"),
        ((None, None, None), None, ""),
    ],
)
def test_a_message_leads_to_what_is_shown(place, target, where) -> None:
    """To the cell, else its row, else its sheet; to nothing that is not there."""
    grids = grids_of(place)
    (message,) = grids.messages
    assert (message.target, message.where) == (target, where)
    grid = only(grids)
    cells = [cell.id for row in grid.rows for cell in row.cells if cell.messages]
    rows = [row.id for row in grid.rows if row.messages]
    sheets = [grid.id] if grid.messages else []
    assert [*cells, *rows, *sheets] == ([target] if target else [])


def test_a_long_sheet_shows_its_beginning_and_what_needs_mending() -> None:
    """The page stays light."""
    rows = tuple(Row(number, {"type": "note"}) for number in range(2, 2 + MOST_ROWS + 50))
    sheet = Sheet("survey", ("type",), rows)
    grid = only(grids_of(("survey", MOST_ROWS + 20, "type"), sheet=sheet))
    assert [row.number for row in grid.rows][-2:] == [MOST_ROWS + 1, MOST_ROWS + 20]
    assert grid.left_out == 49
