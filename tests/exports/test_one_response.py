"""One response as its file would have it."""

from __future__ import annotations

from exports.one_response import coded_rows
from forms.answers import Answers
from forms.compile import instrument_of
from tests.forms.tables import workbook_of

FAMILY = """
    survey
    | type                 | name  | label::Svenska (sv) | label::English (en) |
    | select_one yn        | pets  | Husdjur?            | Pets?               |
    | select_multiple yn   | both  | Båda?               | Both?               |
    | begin_repeat         | child | Barn                | Child               |
    | integer              | age   | Ålder               | Age                 |
    | end_repeat           |       |                     |                     |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) |
    | yn        | 1    | Ja                  | Yes                 |
    | yn        | 0    | Nej                 | No                  |
    settings
    | form_id | default_language |
    | family  | Svenska (sv)     |
"""


def test_each_column_has_its_code_and_what_it_means() -> None:
    """An author sees before publishing what the file will say, in the language of the preview."""
    values = {"pets": "0", "child[2]/age": "7"}
    asked = frozenset({"pets", "both", "child[1]/age", "child[2]/age"})
    rows = list(coded_rows(instrument_of(workbook_of(FAMILY)), Answers(values, asked), "en"))
    assert [(row.table, row.number) for row in rows] == [("Data", 1), ("child", 1), ("child", 2)]
    data = {column.name: (column.label, column.cell, column.meaning) for column in rows[0].columns}
    assert data["pets"] == ("Pets?", 0, "No")
    assert data["both__1"][1:] == ("NA", "Not answered")
    ages = [column.cell for row in rows[1:] for column in row.columns if column.name == "age"]
    assert ages == ["NA", 7]
