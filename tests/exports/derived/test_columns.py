"""Derived columns in the coded file: worked out by hand from returns, with their formulas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exports.codebook import codebook_of
from exports.coding import Response
from exports.derived.grades import TermGrades, derived_variables
from exports.derived.registry import DERIVED, derived_of
from exports.listings import codebook_rows
from exports.table import wide_table
from exports.wording import wording_for
from forms import library
from forms.answers import answer
from forms.compile import instrument_of
from tests.exports.factories import ask, make_instrument

INSTRUMENTS = {name: instrument_of(library.load(name)) for name in DERIVED}
SUBJECTS = [
    "sv",
    "en",
    "ma",
    "bi",
    "fy",
    "ke",
    "tk",
    "ge",
    "hi",
    "re",
    "sh",
    "bl",
    "hkk",
    "idh",
    "mu",
    "sl",
]
TERM = {
    "arskurs": "8",
    "skolform": "grundskola",
    "har_betyg": "ja",
    "betygssystem": "AF2011",
    "betyg_svenska": "SV",
    "en_undantag": "nej",
    "anpassad_kurs": "nej",
}
ALL_E = TERM | {f"betyg_{subject}": "E" for subject in SUBJECTS}
UNGRADED = {"arskurs": "4", "skolform": "grundskola", "har_betyg": "nej"}


def row(name: str, values: dict[str, str], given: dict[str, str] | None = None) -> dict:
    """Code one return: column -> cell, as a file has it."""
    instrument = INSTRUMENTS[name]
    answers = answer(instrument, values, today=date(2026, 11, 22), given=given or {}).answers
    codebook = codebook_of(instrument)
    table = wide_table(codebook, [Response(instrument.version, answers)])
    return dict(zip(codebook.names, next(iter(table.rows)), strict=True))


def derived(name: str, values: dict[str, str], given: dict[str, str] | None = None) -> dict:
    """Give the derived cells of one return."""
    coded = row(name, values, given)
    return {column.name: coded[column.name] for column in DERIVED[name]}


def report(levels: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Give the register's part and the levels: number of the milestone -> weight, start."""
    return {"delmal_antal": str(len(levels))} | {
        f"delmal[{place}]/{field}": value
        for place, (weight, start) in enumerate(levels.values(), start=1)
        for field, value in (("delmal_vikt", weight), ("delmal_utgangslage", start))
    }


def rated(*levels: str) -> dict[str, str]:
    """Rate the milestones in their order."""
    named = {f"delmal[{place}]/delmal_niva": level for place, level in enumerate(levels, start=1)}
    return {"status": "hel", **named}


@pytest.mark.parametrize("name", DERIVED)
def test_each_built_in_return_has_all_its_columns(name) -> None:
    """A question that is renamed would otherwise take a column with it in silence."""
    assert derived_of(INSTRUMENTS[name]) == DERIVED[name]


def test_an_instrument_of_ones_own_by_the_same_name_has_none() -> None:
    """A column whose questions are not asked would mean nothing."""
    own = replace(make_instrument(ask("colour")), name="betyg")
    assert derived_of(own) == ()


def test_columns_of_grades_are_those_of_the_calculation() -> None:
    """Under the names of the domain, in its order, after the questions."""
    names = list(derived_variables(TermGrades({})))
    assert [column.name for column in DERIVED["betyg"]] == names
    assert list(codebook_of(INSTRUMENTS["betyg"]).names)[-len(names) :] == names


def test_passed_in_all_subjects() -> None:
    """The oracle's base case: 16 subjects, merit 160, everything open."""
    cells = derived("betyg", ALL_E)
    assert (cells["n_graded"], cells["n_streck"], cells["n_passed"]) == (16, 0, 16)
    assert (cells["share_passed_all"], cells["merit16"], cells["merit17"]) == (1, 160, 160)
    assert {cells[name] for name in cells if name.startswith("elig")} == {1}


def test_streck_lowers_one_share_and_not_the_other() -> None:
    """The oracle: KE streck, MU and SL failed: 13/15 and 13/16, not eligible for science."""
    cells = derived("betyg", ALL_E | {"betyg_ke": "STRECK", "betyg_mu": "F", "betyg_sl": "F"})
    assert (cells["n_graded"], cells["n_streck"], cells["core_passed"]) == (15, 1, 3)
    assert float(cells["share_passed_graded"]) == 13 / 15
    assert cells["share_passed_all"] == Decimal("0.8125")
    assert (cells["elig_nate"], cells["elig_es"], cells["merit16"]) == (0, 1, 130)


def test_swedish_as_a_second_language_and_the_sprakval_count() -> None:
    """The oracle: SVA for SV, M2 = C: 17 passed, merit 165 and 175."""
    cells = derived("betyg", ALL_E | {"betyg_svenska": "SVA", "betyg_m2": "C"})
    assert (cells["core_passed"], cells["n_passed"]) == (3, 17)
    assert (cells["merit16"], cells["merit17"]) == (165, 175)


def test_all_streck_is_nothing_passed_and_nothing_graded() -> None:
    """One share is undefined, the other 0."""
    cells = derived("betyg", ALL_E | {f"betyg_{subject}": "STRECK" for subject in SUBJECTS})
    assert (cells["share_passed_graded"], cells["share_passed_all"]) == ("NA", 0)
    assert (cells["n_passed"], cells["elig_yrk"], cells["merit16"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (UNGRADED, "NAP"),
        (ALL_E | {"betygssystem": "annat"}, "NAP"),
        (ALL_E | {"skolform": "anpassad"}, "NA"),
    ],
    ids=["no grades", "another regime", "another school form"],
)
def test_without_grades_of_the_regime_all_is_undefined_and_nothing_0(values, cell) -> None:
    """A pupil in åk 4 has not failed anything."""
    assert set(derived("betyg", values).values()) == {cell}


@pytest.mark.parametrize("name", ["narvaro", "manadsrapport"])
def test_attendance_in_per_cent(name) -> None:
    """The oracle: 1500, 180 and 120 minutes are 12, 8 and 20 per cent away, 80 present."""
    minutes = {"schema_min": "1500", "giltig_min": "180", "ogiltig_min": "120"}
    cells = row(name, {"narvaro_uppgift": "ja", **minutes})
    columns = ("pct_giltig", "pct_ogiltig", "pct_franvaro", "pct_narvaro")
    assert [cells[column] for column in columns] == [12, 8, 20, 80]
    none = row(name, {"narvaro_uppgift": "ja"} | dict.fromkeys(minutes, "0"))
    assert {none[column] for column in columns} == {"NA"}
    left_out = row(name, {"narvaro_uppgift": "ja", "schema_min": "1500"})
    assert {left_out[column] for column in columns} == {"NA"}
    unknown = row(name, {"narvaro_uppgift": "KIA"})
    assert {unknown[column] for column in columns} == {"NAP"}


def test_milestones_of_a_month() -> None:
    """The oracle: weights 2, 1, 1 from -1, -1, -2 to 0, 1, -1: T 33.3 to 50."""
    given = report({"1": ("2", "-1"), "2": ("1", "-1"), "4": ("1", "-2")})
    cells = row("manadsrapport", rated("0", "1", "-1"), given)
    assert float(cells["gas_t"]) == pytest.approx(50)
    assert float(cells["gas_t_andring"]) == pytest.approx(16.66667, abs=1e-5)
    assert float(cells["gas_andel_natt"]) == 2 / 3
    assert cells["gas_antal"] == 3


def test_a_milestone_that_cannot_be_judged_is_left_out() -> None:
    """Of both sums, of the start too; the number of milestones used stands beside."""
    given = report({"1": ("1", "-1"), "2": ("9", "-2")})
    cells = row("manadsrapport", rated("2", "KEB"), given)
    assert (float(cells["gas_t"]), float(cells["gas_t_andring"])) == (70, 30)
    assert (cells["gas_andel_natt"], cells["gas_antal"]) == (1, 1)
    none = row("manadsrapport", rated("KEB", "KEB"), given)
    assert [none[name] for name in ("gas_t", "gas_t_andring", "gas_andel_natt")] == ["NA"] * 3
    assert none["gas_antal"] == 0


def test_without_milestones_none_was_asked() -> None:
    """A pupil on leave, or newly enrolled, has no score."""
    cells = row("manadsrapport", {"status": "hel"})
    assert {cells[name] for name in ("gas_t", "gas_t_andring", "gas_antal")} == {"NAP"}


def test_an_unknown_start_has_no_change() -> None:
    """The score itself needs no start."""
    given = report({"1": ("1", "-1"), "2": ("1", "")})
    cells = row("manadsrapport", rated("0", "0"), given)
    assert (float(cells["gas_t"]), cells["gas_t_andring"]) == (50, "NA")


def test_the_codebook_says_how_each_is_worked_out() -> None:
    """In words, with the questions that it comes from; other files have no such column."""
    codebook = codebook_of(INSTRUMENTS["narvaro"])
    header, *rows = codebook_rows(codebook, wording_for(codebook, "sv"))
    found = {each[0]: dict(zip(header, each, strict=True)) for each in rows}
    assert str(found["pct_giltig"]["Formula"]).startswith("100 × giltig_min / schema_min")
    assert found["pct_giltig"]["Question"] == "giltig_min ogiltig_min schema_min"
    assert found["pct_giltig"]["Type"] == "derived"
    assert found["schema_min"]["Formula"] == ""
    plain = codebook_of(make_instrument(ask("colour")))
    assert "Formula" not in next(iter(codebook_rows(plain, wording_for(plain, "sv"))))


def test_columns_stay_when_a_later_version_joins() -> None:
    """Each version's responses are worked out by its own questions."""
    older = INSTRUMENTS["narvaro"]
    codebook = codebook_of(older, replace(older, version="2"))
    assert codebook.names[-4:] == tuple(column.name for column in DERIVED["narvaro"])
    values = {"narvaro_uppgift": "ja", "schema_min": "100", "giltig_min": "0", "ogiltig_min": "5"}
    answers = answer(older, values, today=date(2026, 11, 22)).answers
    (cells,) = wide_table(codebook, [Response("2", answers)]).rows
    assert cells[-4:] == (0, 5, 5, 95)
