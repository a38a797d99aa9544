"""The monthly report: milestones from the register, attendance, support, the team's view."""

from __future__ import annotations

import pytest

from exports.derived.gas import LEVELS
from forms.instrument import QuestionType
from survey_app.actions.register.pathway import ACTIVE
from tests.forms.library.returning import codes, instrument, outcome, refused, required

NAME = "manadsrapport"
GIVEN = {"delmal_antal": "2"} | {
    f"delmal[{place}]/{field}": value
    for place, fields in {
        1: {"delmal_nr": "1", "delmal_vikt": "6", "delmal_utgangslage": "-1"},
        2: {"delmal_nr": "3", "delmal_vikt": "1", "delmal_utgangslage": "-2"},
    }.items()
    for field, value in fields.items()
}
WHOLE = {
    "status": "hel",
    "fas": "genomforande",
    "delmal[1]/delmal_niva": "0",
    "delmal[2]/delmal_niva": "-1",
    "narvaro_uppgift": "ja",
    "schema_min": "1500",
    "giltig_min": "180",
    "ogiltig_min": "120",
    "narvaro_kalla": "system",
    "narvaro_tillit": "ok",
    "insatser": "stodsamtal mote",
    "kontakt_elev": "4",
    "kontakt_vardnad": "0",
    "kontakt_larare": "2",
    "vilja": "1",
    "allians": "KEB",
    "oonskat": "nej",
}


def refused_with(**changes: str) -> dict[str, str]:
    """Fill in a whole report with something else in it."""
    return refused(NAME, WHOLE | {key.replace("__", "/"): v for key, v in changes.items()}, GIVEN)


def test_a_whole_report_is_taken_as_it_is() -> None:
    """What the register gave is kept with the answers, so that the file holds all."""
    result = outcome(NAME, WHOLE, GIVEN)
    assert result.problems == {}
    assert result.answers.values == WHOLE | GIVEN


def test_what_must_be_said() -> None:
    """An empty report names it all: the levels of each milestone and the unwanted effect too."""
    assert set(refused(NAME, {}, GIVEN)) == {
        "status", "fas", "delmal[1]/delmal_niva", "delmal[2]/delmal_niva", "narvaro_uppgift",
        "insatser", "kontakt_elev", "kontakt_vardnad", "kontakt_larare", "vilja", "allians",
        "oonskat",
    }  # fmt: skip
    assert {"delmal_niva_elev", "sena_antal", "hinder"}.isdisjoint(required(NAME))


def test_there_are_as_many_milestones_as_the_register_says() -> None:
    """A respondent can neither add one nor leave one out, and names none of them."""
    answers = outcome(NAME, WHOLE | {"delmal[3]/delmal_niva": "2", "delmal[#]": "3"}, GIVEN).answers
    assert {a for a in answers.asked if a.endswith("_niva")} == {
        "delmal[1]/delmal_niva",
        "delmal[2]/delmal_niva",
    }
    assert "delmal[3]/delmal_niva" not in answers.values
    posted = outcome(NAME, WHOLE | {"delmal[1]/delmal_nr": "9"}, GIVEN).answers
    assert posted.values["delmal[1]/delmal_nr"] == "1"
    hidden = [q.name for q in instrument(NAME).questions.values() if q.type is QuestionType.HIDDEN]
    numbers = ["delmal_nr", "delmal_vikt", "delmal_utgangslage"]
    assert hidden == ["delmal_antal", "narvaro_tillaten", *numbers]


@pytest.mark.parametrize(("given", "is_asked"), [("ja", True), ("nej", False), (None, True)])
def test_attendance_is_asked_about_where_the_consent_lets_it(given, is_asked) -> None:
    """Neither what was typed nor its own answer decides that."""
    known = GIVEN | ({"narvaro_tillaten": given} if given else {})
    typed = WHOLE | {"narvaro_tillaten": "ja"}
    answers = outcome(NAME, typed, known).answers
    assert ("narvaro_uppgift" in answers.asked) == is_asked
    assert ("schema_min" in answers.values) == is_asked


def test_levels_are_those_of_the_t_score() -> None:
    """And one more code: it cannot be judged."""
    assert codes(NAME, "delmal_niva") == [*map(str, LEVELS), "KEB"]
    assert codes(NAME, "delmal_niva_elev")[:5] == [*map(str, LEVELS)]
    assert codes(NAME, "vilja") == codes(NAME, "allians") == [*map(str, LEVELS), "KEB"]


def test_phases_are_those_of_the_register() -> None:
    """Between enrolment and discharge; who was discharged is in none of them."""
    assert set(codes(NAME, "fas")) == set(ACTIVE)
    assert "fas" not in outcome(NAME, WHOLE | {"status": "utskriven"}, GIVEN).answers.asked


def test_the_reason_is_asked_only_of_what_cannot_be_judged() -> None:
    """In its own instance, and then it must be said."""
    values = WHOLE | {"delmal[2]/delmal_niva": "KEB"}
    assert set(refused(NAME, values, GIVEN)) == {"delmal[2]/delmal_skal"}
    assert refused(NAME, values | {"delmal[2]/delmal_skal": "borta"}, GIVEN) == {}
    assert "delmal[1]/delmal_skal" not in outcome(NAME, values, GIVEN).answers.asked


def test_milestones_rest_while_the_pupil_is_on_leave() -> None:
    """Nothing is expected of them then."""
    asked = outcome(NAME, WHOLE | {"status": "uppehall"}, GIVEN).answers.asked
    assert not any("delmal[" in address for address in asked)


@pytest.mark.parametrize(("giltig", "ogiltig"), [("180", "1320"), ("1500", "0"), ("0", "1500")])
def test_absence_may_fill_the_whole_timetable(giltig, ogiltig) -> None:
    """A pupil may have been away all the time."""
    assert refused_with(giltig_min=giltig, ogiltig_min=ogiltig) == {}


@pytest.mark.parametrize(
    ("giltig", "ogiltig", "where"),
    [
        ("180", "1321", {"ogiltig_min"}),
        ("1501", "0", {"giltig_min", "ogiltig_min"}),
        ("-1", "0", {"giltig_min"}),
        ("0", "-1", {"ogiltig_min"}),
        ("", "120", {"giltig_min"}),
    ],
)
def test_absence_is_never_longer_than_the_timetable(giltig, ogiltig, where) -> None:
    """The words say what to mend; one left out is told once."""
    found = refused_with(giltig_min=giltig, ogiltig_min=ogiltig)
    assert set(found) == where
    assert not giltig or all("0 eller mer" in words for words in found.values())


@pytest.mark.parametrize(("minutes", "is_taken"), [("0", True), ("15000", True), ("15001", False)])
def test_a_month_has_so_many_minutes(minutes, is_taken) -> None:
    """A slip of the finger is seen; a month without teaching is possible."""
    found = refused_with(schema_min=minutes, giltig_min="0", ogiltig_min="0")
    assert (found == {}) is is_taken


def test_that_attendance_cannot_be_stated_is_an_answer() -> None:
    """It has its reason, and no minutes are asked."""
    values = {k: v for k, v in WHOLE.items() if "_min" not in k} | {"narvaro_uppgift": "KIA"}
    assert set(refused(NAME, values, GIVEN)) == {"narvaro_skal"}
    asked = outcome(NAME, values | {"narvaro_skal": "schema"}, GIVEN).answers.asked
    assert {"schema_min", "giltig_min", "ogiltig_min", "narvaro_tillit"}.isdisjoint(asked)


@pytest.mark.parametrize(
    ("trust", "is_asked"), [("ok", False), ("osaker", True), ("oanvandbar", True)]
)
def test_doubt_has_its_reason(trust, is_asked) -> None:
    """What is unusable is marked, not thrown away."""
    assert ("narvaro_tillit_skal" in refused_with(narvaro_tillit=trust)) is is_asked


def test_none_stands_alone() -> None:
    """No support, no obstacle and not knowing exclude the rest."""
    assert refused_with(insatser="inga", hinder="inga") == {}
    assert set(refused_with(insatser="grupp inga", hinder="tid DK")) == {"insatser", "hinder"}


def test_an_unwanted_effect_is_named() -> None:
    """Yes alone does not tell what to do about it."""
    assert set(refused_with(oonskat="ja")) == {"oonskat_vad"}
    assert refused_with(oonskat="ja", oonskat_vad="utpekad press") == {}
