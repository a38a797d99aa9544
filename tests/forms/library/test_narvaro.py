"""Attendance from the school's officer: the same minutes as in the monthly report, and the rule."""

from __future__ import annotations

import pytest

from tests.forms.library.returning import codes, instrument, outcome, refused

NAME = "narvaro"
WHOLE = {
    "narvaro_uppgift": "ja",
    "schema_min": "1500",
    "giltig_min": "180",
    "ogiltig_min": "120",
    "sena_antal": "2",
    "narvaro_kalla": "system",
    "system": "stadens",
    "sen_regel": "minuter",
    "avrundning": "DK",
    "narvaro_tillit": "ok",
}
SHARED = ("schema_min", "giltig_min", "ogiltig_min", "sena_antal")


def test_a_whole_return_is_taken_as_it_is() -> None:
    """An officer fills in ten fields."""
    result = outcome(NAME, WHOLE)
    assert (result.problems, result.answers.values) == ({}, WHOLE)


def test_what_must_be_said() -> None:
    """Late arrivals may be unknown; system and rule have "vet ej"."""
    assert set(refused(NAME, {"narvaro_uppgift": "ja"})) == set(WHOLE) - {
        "narvaro_uppgift",
        "sena_antal",
    }
    assert all(codes(NAME, each)[-1] == "DK" for each in ("system", "sen_regel", "avrundning"))


def test_cannot_be_stated_is_legal_with_its_reason() -> None:
    """No minutes are then asked, and none are made up."""
    rule = {key: WHOLE[key] for key in ("system", "sen_regel", "avrundning")}
    assert set(refused(NAME, rule | {"narvaro_uppgift": "KIA"})) == {"narvaro_skal"}
    asked = outcome(NAME, rule | {"narvaro_uppgift": "KIA"}).answers.asked
    assert asked == {*rule, "narvaro_uppgift", "narvaro_skal"}


@pytest.mark.parametrize(
    ("giltig", "ogiltig", "where"),
    [
        ("1380", "120", set()),
        ("1381", "120", {"ogiltig_min"}),
        ("1501", "", {"giltig_min", "ogiltig_min"}),
    ],
)
def test_absence_is_never_longer_than_the_timetable(giltig, ogiltig, where) -> None:
    """Equal is possible: the pupil was away all the time."""
    changes = {"giltig_min": giltig, "ogiltig_min": ogiltig}
    assert set(refused(NAME, WHOLE | changes)) == where


@pytest.mark.parametrize("question", SHARED)
def test_minutes_are_asked_as_in_the_monthly_report(question) -> None:
    """So that school and team can be compared."""
    ours = instrument(NAME).questions[question]
    theirs = instrument("manadsrapport").questions[question]
    assert (ours.type, ours.label) == (theirs.type, theirs.label)
    assert ours.constraint is not None
    assert theirs.constraint is not None
    assert ours.constraint.ast == theirs.constraint.ast


@pytest.mark.parametrize("question", ["narvaro_kalla", "narvaro_tillit", "narvaro_tillit_skal"])
def test_source_and_reliability_have_the_same_codes(question) -> None:
    """And for the same reason."""
    assert codes(NAME, question) == codes("manadsrapport", question)
