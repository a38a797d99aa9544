"""Choices and look-ups from attached tables."""

from __future__ import annotations

from datetime import date

import pytest

from forms.answers import answer
from forms.browser import logic_of
from forms.compile import Compiled, compile_workbook
from forms.instrument import Instrument
from forms.problems import Problems
from forms.reading import check_with_pyxform
from forms.tables import table_of
from forms.workbook import Workbook
from tests.forms.tables import workbook_of

FRUITS = """name,label,label::English (en),colour,price,code,title
apple,Äpple,Apple,red,3,1,Ett äpple
plum,Plommon,Plum,blue,2,2,Ett plommon
DK,Vet ej,Don't know,,,,
"""
SURVEY = """
    survey
    | type                              | name  | label::Svenska (sv) | label::English (en) | choice_filter    | calculation                                 | parameters             |
    | select_one_from_file fruits.csv   | fruit | Frukt               | Fruit               |                  |                                             | {parameters}           |
    | select_multiple_from_file fruits.csv | red | Röda               | Red                 | colour = 'red'   |                                             |                        |
    | calculate                         | price |                     |                     |                  | pulldata('fruits', 'price', 'name', ${{fruit}}) |                    |
    | calculate                         | tone  |                     |                     |                  | instance('fruits')/root/item[name = ${{fruit}}]/colour |             |
    settings
    | form_id | default_language |
    | fruits  | Svenska (sv)     |
"""


def workbook(table: str = FRUITS, parameters: str = "") -> Workbook:
    """Attach a table to the questionnaire."""
    sheet = table_of("fruits.csv", table.encode(), Problems())
    assert sheet
    return workbook_of(SURVEY.format(parameters=parameters)).with_tables([sheet])


def instrument_of(table: str = FRUITS, parameters: str = "") -> Instrument:
    """Compile the questionnaire, which must be good."""
    compiled = compile_workbook(workbook(table, parameters))
    assert compiled.instrument is not None, [p.message() for p in compiled.problems]
    return compiled.instrument


def found(result: Compiled) -> list[tuple[str, str | None, int | None, str | None]]:
    """Give code and place of each problem."""
    return [(p.code.name, p.sheet, p.row, p.column) for p in result.problems]


def test_the_choices_of_a_select_are_the_rows() -> None:
    """Schools, occupations, municipalities: a list that another program keeps."""
    choices = instrument_of().questions["fruit"].choices
    assert [choice.name for choice in choices] == ["apple", "plum", "DK"]
    assert choices[0].label == {"sv": "Äpple", "en": "Apple"}
    assert found(compile_workbook(workbook())) == []
    assert not check_with_pyxform(workbook()).has_errors


def test_other_columns_can_be_the_code_and_the_label() -> None:
    """A table from elsewhere need not be rewritten; letters' case does not matter."""
    table = "\n".join(FRUITS.replace("code,title", "Code,Title").splitlines()[:3])
    instrument = instrument_of(table, "value=code label=title")
    choices = instrument.questions["fruit"].choices
    assert [(c.name, c.label) for c in choices] == [
        ("1", {"sv": "Ett äpple"}), ("2", {"sv": "Ett plommon"})
    ]  # fmt: skip
    assert [choice.name for choice in instrument.questions["red"].choices] == ["apple", "plum"]


def test_a_missing_code_is_known_by_its_column() -> None:
    """Tables too keep what is no answer apart."""
    lines = FRUITS.splitlines()
    table = "\n".join([lines[0] + ",sa_missing", lines[1] + ",", lines[3] + ",yes"])
    choices = instrument_of(table).questions["fruit"].choices
    assert [choice.is_missing for choice in choices] == [False, True]


def test_expressions_look_things_up_in_a_table() -> None:
    """In the answers and in the browser."""
    instrument = instrument_of()
    outcome = answer(instrument, {"fruit": "plum", "red": "apple"}, today=date(2026, 1, 5))
    assert outcome.answers.values == {
        "fruit": "plum", "red": "apple", "price": "2", "tone": "blue"
    }  # fmt: skip
    refused = answer(instrument, {"fruit": "plum", "red": "plum"}, today=date(2026, 1, 5))
    assert list(refused.problems) == ["red"]
    instances = logic_of(instrument, "sv", str)["instances"]
    assert [row["price"] for row in instances["fruits"][:2]] == ["3", "2"]
    assert {"fruits", "fruits.csv"} == set(instances)


@pytest.mark.parametrize(
    ("table", "parameters", "problem"),
    [
        (FRUITS.replace("name,", "nam,"), "", ("TABLE_COLUMN_MISSING", "survey", 2, "type")),
        (FRUITS, "value=nope", ("TABLE_COLUMN_MISSING", "survey", 2, "type")),
        (FRUITS, "label=nope", ("TABLE_COLUMN_MISSING", "survey", 2, "type")),
        (FRUITS.replace("plum,", "a plum,"), "", ("TABLE_CELL_REFUSED", "fruits.csv", 3, "name")),
        (FRUITS.replace("plum,", "apple,"), "", ("TABLE_CELL_REFUSED", "fruits.csv", 3, "name")),
        (FRUITS.replace("plum,", ","), "", ("TABLE_CELL_REFUSED", "fruits.csv", 3, "name")),
        (
            FRUITS.replace("Plommon,Plum", ","),
            "",
            ("TABLE_CELL_REFUSED", "fruits.csv", 3, "label"),
        ),
    ],
)
def test_a_table_that_cannot_be_chosen_from_is_reported(table, parameters, problem) -> None:
    """With its file, its row as Excel counts, and its column; once, however many questions ask."""
    result = compile_workbook(workbook(table, parameters))
    assert result.instrument is None
    assert found(result)[0] == problem
    assert len(set(found(result))) == len(found(result))


def test_a_file_that_did_not_come_along_is_reported() -> None:
    """An empty sheet of that name is none."""
    result = compile_workbook(workbook_of(SURVEY.format(parameters="")))
    assert {code for code, *_ in found(result)} == {"FILE_NOT_ATTACHED", "LIST_UNKNOWN"}
