"""The text tables that other tests are written in."""

from __future__ import annotations

from forms.workbook import Row, Sheet, Workbook
from tests.forms.tables import workbook_of


def test_a_table_without_a_name_is_the_survey_sheet() -> None:
    """A test about one question needs three lines."""
    workbook = workbook_of("""
        | type    | name | label    |
        | integer | age  | Your age |
    """)
    row = Row(2, {"type": "integer", "name": "age", "label": "Your age"})
    assert workbook == Workbook((Sheet("survey", ("type", "name", "label"), (row,)),))


def test_a_blank_row_keeps_its_number_and_is_left_out() -> None:
    """Row numbers in messages are Excel's."""
    workbook = workbook_of("""
        | type | name |
        |      |      |
        | note | n    |
    """)
    assert [row.number for row in workbook.sheet("survey").rows] == [3]


def test_sheets_begin_with_their_name_with_or_without_bars() -> None:
    """Tables from the standard compiler's own tests can be used as they are."""
    workbook = workbook_of(r"""
        | survey   |
        |          | type         | name |
        |          | select_one c | q    |
        choices
        | list_name | name | label  |
        | c         | a    | A \| B |
    """)
    assert workbook.sheet("survey").headers == ("type", "name")
    assert workbook.sheet("choices").rows[0].cells["label"] == "A | B"
