"""Repeats become tables of their own, whose rows find back to their response."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from exports.codebook import codebook_of
from exports.errors import UnknownVariable
from forms.compile import instrument_of
from tests.exports.factories import make_table, open_xlsx, sheet_rows, xlsx_bytes
from tests.exports.families import DATA, FAMILY, ROWS, family, plain, said
from tests.forms.tables import workbook_of

SHEETS = ["Läs mig", "Data", "Etiketter", "Kodbok", "Värden", "barn", "leksak", "husdjur"]


def test_each_repeat_is_a_sheet_between_values_and_summary() -> None:
    """The coordinator finds the children beside the families, and the sheets in one order."""
    assert open_xlsx(family()).sheetnames == [*SHEETS, "Sammanfattning"]


def test_rows_of_every_table_are_worked_out_by_hand() -> None:
    """Each child finds its family, each toy its child; not asked and left empty stay apart."""
    book = open_xlsx(family())
    for sheet, rows in ROWS.items():
        assert sheet_rows(book, sheet) == rows, sheet
    labels = [(*row[:3], row[3], row[4]) for row in sheet_rows(book, "Etiketter")]
    assert labels == DATA


def test_another_reader_finds_the_same() -> None:
    """The file is read by programs that share no code with ours."""
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_bytes(family())))
    for sheet, rows in ROWS.items():
        assert [tuple(row) for row in book.get_sheet_by_name(sheet).to_python()] == rows, sheet


def test_an_instance_of_which_nothing_was_asked_is_a_row_before_others() -> None:
    """The number of an instance is its own, whatever the ones before it said."""
    table = make_table(FAMILY, said({"husdjur[3]/art": "hund"}))
    (record,) = table.records
    assert record.below[2] == ((1, 1, "NAP"), (1, 2, "NAP"), (1, 3, "hund"))
    assert record.row == ("1", 1, "NAP", 0, 3)


def test_none_under_a_condition_is_not_asked() -> None:
    """A twelve-year-old was never asked for toys; a family was asked for pets and has none."""
    hidden = instrument_of(
        workbook_of("""
        | type         | name | label | relevant      |
        | text         | x    | X     |               |
        | begin_group  | g    | G     | ${x} = 'a'    |
        | begin_repeat | r    | R     |               |
        | text         | t    | T     |               |
        | begin_repeat | s    | S     |               |
        | text         | u    | U     |               |
        | end_repeat   |      |       |               |
        | end_repeat   |      |       |               |
        | end_group    |      |       |               |
        settings
        | form_id |
        | test    |
        """)
    )
    first, second = make_table(hidden, said({"x": "b"}), said({"x": "a", "r[1]/t": "c"})).records
    assert first.row[-1] == "NAP"
    # A condition around the outer repeat hides no inner one whose outer instance is there.
    assert (second.row[-1], second.below[0]) == (1, ((2, 1, "c", 0),))


def test_codebook_and_values_say_which_sheet_a_variable_stands_in() -> None:
    """Every column of every table is explained, in the order of the sheets."""
    book = open_xlsx(family())
    rows = sheet_rows(book, "Kodbok")
    assert rows[0][-1] == "Sheet"
    assert [(row[-1], row[0]) for row in rows[1:]] == [
        (sheet, name) for sheet, table in ROWS.items() for name in table[0]
    ]
    found = {(row[-1], row[0]): row for row in rows}
    assert found["Data", "barn__count"][1:4] == ("Number of instances: Barn", "count", "scale")
    assert found["leksak", "_parent_barn"][1:3] == (
        "Instance of barn that this row belongs to (_number there)",
        "parent",
    )
    assert found["barn", "tri"][4:6] == ("tri", "TRI")
    values = sheet_rows(book, "Värden")
    assert values[0][-1] == "Sheet"
    assert [row[1] for row in values if (row[-1], row[0]) == ("barn", "tri")] == [
        *(1, 2, 3, "NA", "NAP")
    ]
    assert [row[1] for row in values if row[0] == "leksak__count"] == ["NAP"]
    assert not [row for row in values if row[0] in ("_row", "_parent", "_number", "barn__count")]


def test_a_file_without_repeats_has_none_of_it() -> None:
    """Nothing is explained or keyed that is not there."""
    book = open_xlsx(make_table(plain(), said({"ord": "a"})))
    assert sheet_rows(book, "Data")[0] == ("_version", "ord")
    assert len(sheet_rows(book, "Kodbok")[0]) == 11
    assert "_parent" not in str(sheet_rows(book, "Läs mig"))


def test_read_me_names_the_sheets_of_the_repeats() -> None:
    """Whoever opens the file knows how the sheets hang together."""
    text = str(sheet_rows(open_xlsx(family()), "Läs mig"))
    for part in ("barn, leksak, husdjur", "_parent_", "within this file only", "__count"):
        assert part in text


def test_names_of_ours_give_way_to_questions_in_every_table() -> None:
    """A question keeps its name wherever it stands."""
    instrument = instrument_of(
        workbook_of("""
        | type         | name     | label |
        | text         | _row     | X     |
        | begin_repeat | r        | R     |
        | text         | _parent  | T     |
        | text         | r__count | T     |
        | end_repeat   |          |       |
        settings
        | form_id |
        | test    |
        """)
    )
    codebook = codebook_of(instrument)
    assert codebook.names == ("_version", "_row_2", "_row", "r__count_2")
    assert codebook.repeats[0].names == ("_parent_2", "_number", "_parent", "r__count")


def test_an_answer_in_a_repeat_without_a_column_is_an_error() -> None:
    """No answer is lost in silence, and one outside its repeat is not taken for one inside."""
    for address in ("barn[1]/okand", "alder", "husdjur[1]/alder", "barn/alder"):
        with pytest.raises(UnknownVariable):
            list(make_table(FAMILY, said({address: "1"})).rows)
