"""Grades of a term: all subjects under the agency's codes, streck apart from F."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from exports.derived.grades import AF2011, CORE
from tests.forms.library.returning import codes, instrument, outcome, refused, required

NAME = "betyg"
SIXTEEN = {
    "BL", "EN", "HKK", "IDH", "MA", "MU", "BI", "FY", "KE", "GE", "HI", "RE", "SH", "SL", "SV", "TK",
}  # fmt: skip
OTHERS = {"M2", "ML", "TN", "DA"}
TERM = {
    "arskurs": "8",
    "skolform": "grundskola",
    "har_betyg": "ja",
    "betygssystem": "AF2011",
    "betyg_svenska": "SVA",
    "en_undantag": "nej",
    "anpassad_kurs": "nej",
}
WHOLE = TERM | {f"betyg_{code.lower()}": "E" for code in SIXTEEN}


def subjects(names: Iterable[str]) -> set[str]:
    """Give the subject codes among names of questions."""
    listed = {name for name in names if name.startswith("betyg_")} - {"betyg_svenska"}
    return {name.removeprefix("betyg_").upper() for name in listed}


def test_the_16_subjects_are_needed_and_four_more_may_be_given() -> None:
    """Every subject of the agency's list has its question."""
    assert subjects(instrument(NAME).questions) == SIXTEEN | OTHERS
    assert subjects(required(NAME)) == SIXTEEN
    assert subjects(required(NAME)) >= CORE


def test_a_whole_term_is_taken_as_it_is() -> None:
    """With a grade in each of the 16, and none in the others."""
    result = outcome(NAME, WHOLE)
    assert (result.problems, result.answers.values) == ({}, WHOLE)


def test_grades_are_those_of_the_regime_with_streck_and_none_yet() -> None:
    """Streck is an answer; no grade is a missing code."""
    assert codes(NAME, "betyg_ma") == [*AF2011.points, "STRECK", "NB"]
    assert AF2011.code in codes(NAME, "betygssystem")
    missing = [c.name for c in instrument(NAME).questions["betyg_ma"].choices if c.is_missing]
    assert missing == ["NB"]


@pytest.mark.parametrize("name", ["betyg_ma", "betyg_sl", "betyg_svenska", "en_undantag"])
def test_a_subject_left_out_is_told(name) -> None:
    """A blank would be read as neither passed nor failed."""
    assert set(refused(NAME, {k: v for k, v in WHOLE.items() if k != name})) == {name}


def test_no_grades_this_year_has_its_reason_and_asks_no_subject() -> None:
    """Pupils in åk 4 and 5 normally have none."""
    values = {"arskurs": "4", "skolform": "grundskola", "har_betyg": "nej"}
    assert set(refused(NAME, values)) == {"inga_betyg_skal"}
    assert {"arskurs", "nyanland", "borta"} <= set(codes(NAME, "inga_betyg_skal"))
    asked = outcome(NAME, WHOLE | values).answers.asked
    assert asked == {*values, "inga_betyg_skal"}


def test_grades_of_another_system_are_not_asked() -> None:
    """They are never put into one calculation."""
    asked = outcome(NAME, WHOLE | {"betygssystem": "annat"}).answers.asked
    assert subjects(asked) == set()


def test_final_grades_are_told_apart_in_year_9_only() -> None:
    """Only they decide about upper-secondary school."""
    assert set(refused(NAME, WHOLE | {"arskurs": "9"})) == {"betygstyp"}
    assert "betygstyp" not in outcome(NAME, WHOLE).answers.asked


def test_exemption_from_english_is_a_decision_that_may_be_unknown() -> None:
    """It is asked, never worked out."""
    assert codes(NAME, "en_undantag") == ["ja", "nej", "DK"]


def test_adapted_subjects_are_named() -> None:
    """Only when there are any."""
    assert set(refused(NAME, WHOLE | {"anpassad_kurs": "ja"})) == {"anpassade"}
    assert refused(NAME, WHOLE | {"anpassad_kurs": "ja", "anpassade": "ma en"}) == {}
    assert {code.upper() for code in codes(NAME, "anpassade")} == SIXTEEN | {"M2"}
