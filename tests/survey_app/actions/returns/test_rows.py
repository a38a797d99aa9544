"""Returns in the coded file, with what the register says about their units."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from survey_app.actions import exporting, rounds
from survey_app.actions.returns import saving
from survey_app.actions.returns.expecting import Unit
from survey_app.actions.returns.rows import school_year
from survey_app.actions.returns.saving import Action, Sent
from survey_app.store.register import Pupil
from tests.survey_app.actions.returns.reports import PUPIL, make_city, make_report


def hand_in(of, action: Action = Action.SUBMIT, unit: Unit = PUPIL, **typed: str) -> None:
    """Report about the pupil."""
    saving.save(of, unit, Sent(0, typed, {}, action), "team@demo.example")


def exported(of, folder: Path) -> list[dict[str, str]]:
    """Read the round's CSV."""
    target = folder / "file.csv"
    exporting.write_round(of, "csv", target)
    return list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))


def test_a_row_says_about_whom_when_and_where(context, tmp_path) -> None:
    """An analyst compares districts as they were and as they are."""
    make_city()
    made = make_report()
    hand_in(made, scheduled="1500", absent="30")
    (row,) = exported(made, tmp_path)
    assert (row["_unit"], row["_period"], row["_state"]) == ("E7K3M", "2025-10", "submitted")
    assert (row["_team"], row["_school"]) == ("t1", "almen")
    assert (row["_school_district"], row["_school_district_now"]) == ("jarva", "jarva")
    assert (row["_gender"], row["_birth_year"], row["_school_year"]) == ("flicka", "2014", "5")
    assert (row["scheduled"], row["absent"], row["level"]) == ("1500", "30", "NA")


def test_districts_of_then_are_kept_apart_from_those_of_now(context, tmp_path) -> None:
    """Rinkeby was its own district until it became a part of Järva."""
    make_city()
    made = make_report("early", "2022", unit="school", every="year")
    hand_in(made, unit=Unit("school", "almen", "t1", "almen"), scheduled="1")
    (row,) = exported(made, tmp_path)
    assert (row["_school_district"], row["_school_district_now"]) == ("rink", "jarva")


def test_only_what_was_handed_in_is_in_the_file(context, tmp_path) -> None:
    """A draft is nobody's figure yet; it counts as begun all the same."""
    make_city()
    made = make_report()
    hand_in(made, Action.SAVE, scheduled="1500")
    assert exported(made, tmp_path) == []
    assert rounds.count(made).least == 1


@pytest.mark.parametrize(
    ("born", "shift", "day", "expected"),
    [
        (2014, 0, date(2025, 12, 31), 5),
        (2014, 0, date(2026, 6, 30), 5),
        (2014, 0, date(2026, 8, 1), 6),
        (2014, -1, date(2026, 8, 1), 5),
    ],
)
def test_the_school_year_follows_the_cohort(born, shift, day, expected) -> None:
    """A new school year begins in August, in the year of turning 7 with the first."""
    pupil = Pupil(code="x", gender="flicka", birth_year=born, year_shift=shift)
    assert school_year(pupil, day) == expected
