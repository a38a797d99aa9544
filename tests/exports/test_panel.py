"""The panel of the monthly report: one row per pupil, the months side by side."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest

from exports.about import About
from exports.codebook import Measure, codebook_of
from exports.coding import Response
from exports.panel import Panel, has_panel
from exports.table import Table, wide_table
from exports.writers.csv import write_csv
from exports.writers.xlsx import write_xlsx
from forms import library
from forms.answers import Answers
from forms.compile import instrument_of
from forms.instrument import Question, QuestionType

TOLD = ("_unit_kind", "_unit", "_period", "_gender", "_expected")


def told(name: str):
    """Give a built-in return with what the server tells of each row."""
    instrument = instrument_of(library.load(name))
    added = tuple(
        Question(
            name=each,
            type=QuestionType.INTEGER if each == "_expected" else QuestionType.TEXT,
            row=0,
            label={"sv": each},
        )
        for each in TOLD
    )
    root = instrument.root
    return replace(instrument, root=replace(root, items=(*added, *root.items)))


def month(unit: str, period: str, level: str, expected: str = "1") -> Answers:
    """Report one milestone at a level, and 20 per cent away of which 12 excused."""
    values = {
        "_unit_kind": "pupil",
        "_unit": unit,
        "_period": period,
        "_gender": "flicka",
        "_expected": expected,
        "delmal[1]/delmal_niva": level,
        "delmal[1]/delmal_vikt": "2",
        "schema_min": "1500",
        "giltig_min": "180",
        "ogiltig_min": "120",
    }
    return Answers(values, frozenset(values))


@pytest.fixture(scope="module")
def table() -> Table:
    """Give two pupils' months; rows come by month, as the server has them."""
    instrument = told("manadsrapport")
    answers = [
        month("E2", "2025-09", "-1"),
        month("E1", "2025-10", "1"),
        month("E2", "2025-10", "0"),
        month("E3", "2025-10", "0", expected="0"),
    ]
    responses = [Response(instrument.version, each) for each in answers]
    return wide_table(codebook_of(instrument), responses)


def read_csv(table: Table) -> list[dict[str, str]]:
    """Read the panel in the archive of CSV files."""
    target = BytesIO()
    write_csv(table, target)
    text = zipfile.ZipFile(target).read("Panel.csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_each_pupil_has_one_row_with_the_months_side_by_side(table) -> None:
    """T is 60 at +1, 40 at -1 and 50 at 0; a month without a return is NAP, not 0."""
    first, second = read_csv(table)
    assert (first["_unit"], first["_gender"]) == ("E1", "flicka")
    assert (first["gas_t_2025_09"], float(first["gas_t_2025_10"])) == ("NAP", 60)
    assert [float(second[f"gas_t_2025_{each}"]) for each in ("09", "10")] == [40, 50]
    assert [second[f"gas_andel_natt_2025_{each}"] for each in ("09", "10")] == ["0.0", "1.0"]
    absence = [second[f"pct_{each}_2025_10"] for each in ("franvaro", "giltig", "ogiltig")]
    assert [float(each) for each in absence] == [20, 12, 8]


def test_of_two_returns_about_a_month_the_later_counts() -> None:
    """As Läs mig says; both stand in Data."""
    instrument = told("manadsrapport")
    answers = [month("E1", "2025-10", level) for level in ("0", "2")]
    both = wide_table(
        codebook_of(instrument), [Response(instrument.version, each) for each in answers]
    )
    (row,) = read_csv(both)
    assert float(row["gas_t_2025_10"]) == 70


def test_what_is_not_expected_is_left_out(table) -> None:
    """The panel has no place to mark it."""
    assert [row["_unit"] for row in read_csv(table)] == ["E1", "E2"]


def test_the_workbook_has_it_before_the_summary_and_in_the_codebook(table) -> None:
    """Each column with its month and the formula of its value."""
    target = BytesIO()
    write_xlsx(table, target, language="sv", about=About(title="Månadsrapport"))
    book = openpyxl.load_workbook(BytesIO(target.getvalue()), read_only=True)
    assert book.sheetnames[-2:] == ["Panel", "Sammanfattning"]
    header, *rows = book["Panel"].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["E1", "E2"]
    names, *described = book["Kodbok"].iter_rows(values_only=True)
    found = {row[0]: dict(zip(names, row, strict=True)) for row in described}
    assert set(header) <= set(found)
    one = found["gas_t_2025_09"]
    assert (one["Sheet"], one["Measurement level"]) == ("Panel", "scale")
    assert str(one["Label"]).endswith(", 2025-09")
    assert one["Formula"] == found["gas_t"]["Formula"] != ""


def test_other_files_have_none() -> None:
    """Only a built-in return about pupils that says whose each row is."""
    assert has_panel(codebook_of(told("manadsrapport")))
    assert not has_panel(codebook_of(told("betyg")))
    assert not has_panel(codebook_of(instrument_of(library.load("manadsrapport"))))


def test_cells_come_back_as_they_were(table) -> None:
    """What waits in the temporary file is neither rounded nor turned into text."""
    panel = Panel(table.codebook)
    seen = {}
    for row in table.rows:
        panel.count(row)
        cells = dict(zip(table.codebook.names, row, strict=True))
        seen[cells["_unit"], cells["_period"]] = cells
    names = [name for name, *_ in panel.columns()]
    for row in panel.rows():
        cells = dict(zip(names, row, strict=True))
        for value in ("gas_t", "gas_antal", "gas_andel_natt", "pct_giltig"):
            cell, was = cells[f"{value}_2025_10"], seen[cells["_unit"], "2025-10"][value]
            assert (type(cell), cell) == (type(was), was)
    panel.close()


@pytest.mark.parametrize(
    ("name", "question", "measure"),
    [
        ("manadsrapport", "delmal_niva", Measure.ORDINAL),
        ("manadsrapport", "delmal_niva_elev", Measure.ORDINAL),
        ("betyg", "betyg_ma", Measure.ORDINAL),
        ("manadsrapport", "status", Measure.NOMINAL),
        ("betyg", "betyg_svenska", Measure.NOMINAL),
    ],
)
def test_levels_and_grades_are_ordinal(name, question, measure) -> None:
    """Statistics programs offer what the level of measurement allows."""
    tables = codebook_of(instrument_of(library.load(name))).tables
    found = {variable.name: variable for _, variables in tables for variable in variables}
    assert found[question].measure is measure
