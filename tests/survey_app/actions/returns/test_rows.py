"""Returns in the coded file, with what the register says about their units."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, update

from survey_app import cli
from survey_app.actions import exporting, rounds
from survey_app.actions.register import importing
from survey_app.actions.returns import saving
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.rows import StoredReturns, school_year, unexpected_note
from survey_app.actions.returns.saving import Action, Sent
from survey_app.actions.returns.unexpected import Cause, unexpected_in
from survey_app.store.database import db, writing
from survey_app.store.register import Placement, Pupil
from survey_app.store.returns import UnitReturn
from tests.forms.tables import workbook_of
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


def change_register(sheet: str) -> None:
    """Correct the register after a return has come."""
    importing.carry_out(workbook_of(sheet), "c@demo.example")


WITHDRAWN = """
    samtycken
    | elev  | undertecknat | blankett | parter | uppgifter | undertecknare    | återkallat |
    | E7K3M | 2025-09-01   | 2019     | skola  | narvaro   | vardnadshavare-1 | {day}      |
"""
LATER = """
    vägen
    | elev  | nummer | steg       | dag        | skäl |
    | E7K3M | 4      | inskriven  | 2025-11-03 |      |
"""


def test_what_no_consent_covers_is_left_out_and_said(context, tmp_path) -> None:
    """The first of a month is the first day without; a month that it covers in part stays."""
    make_city()
    made = make_report()
    hand_in(made, scheduled="1500")
    change_register(WITHDRAWN.format(day="2025-10-02"))
    assert [row["_expected"] for row in exported(made, tmp_path)] == ["1"]
    assert unexpected_note([made]) == []
    change_register(WITHDRAWN.format(day="2025-10-01"))
    assert exported(made, tmp_path) == []
    (note,) = unexpected_note([made])
    assert note.startswith("1 ")
    (each,) = unexpected_in(made)
    assert (each.cause, each.unit.team, each.is_readable) == (Cause.CONSENT, "t1", False)


def test_the_command_line_says_it_too(app, tmp_path) -> None:
    """A CSV file has no sheet for words: whoever makes it hears them."""
    with app.app_context():
        make_city()
        hand_in(make_report(), scheduled="1500")
        change_register(WITHDRAWN.format(day="2025-10-01"))
    data, file = str(tmp_path / "data"), str(tmp_path / "file.csv")
    for name in ("report-2025-10", "report"):
        words = ["--data", data, "export", name, "--format", "csv", "--output", file]
        said = CliRunner().invoke(cli.main, words).stderr
        assert "1 return is left out, because no consent covers it" in said


def test_of_two_rounds_of_one_month_the_later_comes_last(context, tmp_path) -> None:
    """The sheet of months side by side keeps what comes last."""
    make_city()
    first = make_report()
    rounds.create("a-report-2025-10", first.version, period="2025-10")
    later = rounds.open_round("a-report-2025-10")
    hand_in(later, scheduled="2")
    hand_in(rounds.find(first.name), scheduled="1")
    target = tmp_path / "file.csv"
    exporting.write_instrument("report", "csv", target)
    rows = csv.DictReader(target.read_text("utf-8-sig").splitlines())
    assert [row["scheduled"] for row in rows] == ["1", "2"]


def test_what_is_not_expected_for_other_reasons_is_marked(context, tmp_path) -> None:
    """It stays in the file with 0: an analyst decides, and nothing vanishes in silence."""
    make_city()
    made = make_report()
    hand_in(made, scheduled="1500")
    change_register(LATER)
    assert [row["_expected"] for row in exported(made, tmp_path)] == ["0"]
    assert "_expected" in " ".join(unexpected_note([made]))
    assert [each.cause for each in unexpected_in(made)] == [Cause.NOT_ENROLLED]


def test_a_pupil_without_a_team_has_a_cause_of_its_own(context) -> None:
    """Enrolled, with a consent, and placed nowhere in the month."""
    make_city()
    made = make_report()
    hand_in(made, Action.SAVE, scheduled="1")
    db.session.execute(update(Placement).values(valid_to=date(2025, 9, 30)))
    db.session.commit()
    (each,) = unexpected_in(made)
    assert (each.cause, each.is_exported) == (Cause.NOT_PLACED, False)


def test_a_period_of_ones_own_that_moved_is_not_expected(context) -> None:
    """The eight weeks count from the enrolment: another day, fewer of them."""
    make_city()
    made = make_report("weeks", None, every="every-8-weeks")
    hand_in(made, unit=replace(PUPIL, occasion="v8-1"), scheduled="1")
    hand_in(made, unit=replace(PUPIL, occasion="v8-99"), scheduled="1")
    assert [(e.unit.occasion, e.cause) for e in unexpected_in(made)] == [
        ("v8-99", Cause.NOT_ENROLLED)
    ]


def test_a_team_that_had_ended_is_not_expected(context) -> None:
    """The register says when a team was there."""
    make_city()
    made = make_report("year", "2017", unit="team", every="year")
    hand_in(made, unit=Unit("team", "t1", "t1"), scheduled="1")
    assert [(e.unit.team, e.cause) for e in unexpected_in(made)] == [("t1", Cause.ENDED)]


def test_returns_are_passed_over_without_being_read(context) -> None:
    """A program reads a city's returns part by part; those that are left out count as none."""
    make_city()
    made = [make_report(f"report-2025-{month}", f"2025-{month}") for month in (10, 11)]
    for of in made:
        hand_in(of, scheduled="1500")
        for stranger in ("A1", "Z9"):
            _copy(of, stranger)
    whole = [record.row for record in exporting.coded(made).records]
    for passed in range(4):
        rows = [record.row for record in exporting.coded(made, passed).records]
        assert [row[1:] for row in rows] == [row[1:] for row in whole[passed:]], passed
    stored = StoredReturns({each.id: each for each in made}, {})
    assert [stored.after(passed)[0].first for passed in range(4)] == [1, 4, 6, 6]
    assert stored.after(3)[1] == 1


def _copy(of, unit: str) -> None:
    kept = db.session.scalars(select(UnitReturn).where(UnitReturn.round_id == of.id)).first()
    columns = [each.key for each in UnitReturn.__table__.columns if each.key != "id"]
    values = {name: getattr(kept, name) for name in columns} | {"unit": unit}
    with writing():
        db.session.execute(insert(UnitReturn), [values])
