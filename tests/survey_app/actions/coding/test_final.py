"""Coded interviews in the coded file: every cell of a small example worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl

from survey_app.actions import accounts, exporting, rounds
from survey_app.actions.coding import deciding, doubling, texts
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.doubling import Plan
from survey_app.store.coding import Valence
from survey_app.store.doubling import UnitKind
from tests.survey_app.actions.coding.coded import CODER, correct, make_coded
from tests.survey_app.actions.interviews.people import make_interview

SECOND = "second@demo.example"


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    """Read a sheet."""
    header, *rows = openpyxl.load_workbook(path)[sheet].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_codes_are_columns_and_passages_a_sheet(context, tmp_path: Path) -> None:
    """0 is read and not found; NA is not read; what was decided after double coding holds."""
    of = make_coded()
    accounts.create(SECOND, ["coder"])
    one = make_interview(of.of, {"fore": "Ett.\nTvå.", "nu": "Kim kom."})
    two = make_interview(of.of, {"fore": "Tre."})
    three = make_interview(of.of, {"fore": "Fyra."})
    of.give(one, "Ett.", "rel_tillit", valence="-1")
    of.give(one, "Två.", "rel_tillit", "rel_byte", valence="0")
    of.give(one, "Kim kom.", "eff")
    of.give(three, "Fyra.", "eff")
    correct(one, fore="Ett.\nTvå.", nu="Eleven kom.")  # where eff belongs now is not decided
    for case in (one, two):
        texts.mark(case, CODER, is_coded=True)
    plan = Plan(UnitKind.PARAGRAPH, 100, SECOND, seed=1)
    double = doubling.find(rounds.find("talks"), doubling.begin(of.of, plan, CODER))
    for unit in doubling.units_of(double):
        given = {"Ett.": {"rel_tillit": "1"}, "Tre.": {"rel_byte": "mixed"}}.get(unit.words, {})
        said = {of.codes[name]: Valence(valence) for name, valence in given.items()}
        doubling.give(double, unit.id, said, said)
    doubling.finish(double)
    for each in deciding.disagreements(double):
        keeps = each.code.name == "rel_tillit" or each.unit.words == "Tre."
        holds = Verdict(keeps, "x", Valence.POSITIVE if each.about.is_of_valence else None)
        deciding.decide(double, each.unit.id, each.code.id, holds, CODER)
    exporting.write_round(rounds.find("talks"), "xlsx", tmp_path / "file.xlsx")
    data = {row["_case"]: row for row in rows_of(tmp_path / "file.xlsx", "Data")}
    names = ("area__rel", "area__rel__count", "code__rel_tillit", "code__rel_tillit__count",
             "code__rel_byte", "code__eff", "code__eff__count")  # fmt: skip
    found = {case: tuple(row[name] for name in names) for case, row in data.items()}
    assert found == {
        one.code: (1, 2, 1, 2, 0, 0, 0),
        two.code: (1, 1, 0, 0, 1, 0, 0),
        three.code: ("NA",) * 7,
    }
    passages = rows_of(tmp_path / "file.xlsx", "Segment")
    told = [
        (row["segment_question"], row["segment_code"], row["segment_area"], row["segment_start"],
         row["segment_end"], row["segment_text"], row["segment_valence"])
        for row in passages
    ]  # fmt: skip
    assert sorted(map(str, told)) == sorted(map(str, [
        ("fore", "rel_tillit", "rel", 0, 4, "Ett.", "+"),
        ("fore", "rel_tillit", "rel", 5, 9, "Två.", "0"),
        ("fore", "rel_byte", "rel", 0, 4, "Tre.", "+-"),
        ("fore", "eff", "eff", 0, 5, "Fyra.", "NA"),
    ]))  # fmt: skip
    assert "Kim" not in str(rows_of(tmp_path / "file.xlsx", "Segment"))


def test_a_round_without_coding_is_as_before(context, tmp_path: Path) -> None:
    """No column of a scheme that nobody has used."""
    of = make_coded()
    make_interview(of.of, {"fore": "Ett."})
    exporting.write_round(rounds.find("talks"), "csv", tmp_path / "file.csv")
    with (tmp_path / "file.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [name for name in row if name.startswith(("code__", "area__"))] == []
