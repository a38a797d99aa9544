"""Cells that the author filled and nobody reads are named, each kind once."""

from __future__ import annotations

from dataclasses import replace

from forms.compile import compile_workbook
from forms.workbook import SURVEY, Unread, Workbook
from tests.forms.tables import workbook_of

TABLE = """
    | type | name | label |
    | text | a    | A     |
    settings
    | form_id | sa_mode |
    | f       | return  |
"""


def told(*unread: Unread) -> list[tuple[str, str | None, int | None, str]]:
    """Tell what is said of a survey sheet with these cells."""
    workbook = workbook_of(TABLE)
    survey = replace(workbook.sheet(SURVEY), unread=unread)
    problems = compile_workbook(Workbook((survey, *workbook.sheets[1:]))).problems
    wanted = ("FORMULA_BLANK", "CELL_WITHOUT_HEADER")
    return [(p.code.name, p.sheet, p.row, p.message()) for p in problems if p.code.name in wanted]


def test_cells_that_are_not_read_are_told_once() -> None:
    """The author finds the first, and how many there are."""
    beside = (Unread(3, 4, is_formula=False), Unread(9, 4, is_formula=False))
    found = told(*beside, Unread(2, 28, is_formula=True))
    assert [each[:3] for each in found] == [
        ("FORMULA_BLANK", "survey", 2),
        ("CELL_WITHOUT_HEADER", "survey", 3),
    ]
    assert "AB2" in found[0][3]
    assert "D3" in found[1][3]
    assert "2)" in found[1][3]
    assert told() == []
