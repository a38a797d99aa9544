"""Grades, eligibility and merit, against cases worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exports.derived.grades import ELIGIBILITY, TermGrades, derived_variables

SUBJECTS = [
    "BL",
    "EN",
    "HKK",
    "IDH",
    "MA",
    "MU",
    "BI",
    "FY",
    "KE",
    "GE",
    "HI",
    "RE",
    "SH",
    "SL",
    "SV",
    "TK",
]
PASSED_EIGHT = ["SV", "EN", "MA", "BL", "HKK", "IDH", "MU", "SL"]


def pupil(**changes: str) -> TermGrades:
    """Take E in all 16 subjects but for some; an empty grade removes the subject."""
    grades = {**dict.fromkeys(SUBJECTS, "E"), **changes}
    return TermGrades({subject: grade for subject, grade in grades.items() if grade})


def only(passed: list[str], **changes: str) -> TermGrades:
    """Take E in these and F in the others."""
    return pupil(**(dict.fromkeys(set(SUBJECTS) - set(passed), "F") | changes))


# case: grades, core, passed, then yrk, es, ek/hu/sa, na/te, imv, merit of 16 and of 17.
CASES = {
    "all E": (pupil(), 3, 16, "yyyyy", 160, 160),
    "MA = F": (pupil(MA="F"), 2, 15, "nnnny", 150, 150),
    "eight passed": (only(PASSED_EIGHT), 3, 8, "ynnny", 80, 80),
    "seven passed": (only(PASSED_EIGHT, SL="F"), 3, 7, "nnnny", 70, 70),
    "no chemistry": (pupil(KE="-", MU="F", SL="F"), 3, 13, "yyyny", 130, 130),
    "no religion": (pupil(RE="F", MU="F"), 3, 14, "yynyy", 140, 140),
    "Swedish as second": (pupil(SV="", SVA="E", M2="C"), 3, 17, "yyyyy", 165, 175),
    "A in all 17": (TermGrades(dict.fromkeys([*SUBJECTS, "M2"], "A")), 3, 17, "yyyyy", 320, 340),
    "six without English": (only(["SV", "MA", "BL", "HKK", "IDH", "MU"]), 2, 6, "nnnny", 60, 60),
    "all streck": (TermGrades(dict.fromkeys(SUBJECTS, "-")), 0, 0, "nnnnn", 0, 0),
}


@pytest.mark.parametrize("case", CASES)
def test_a_case_worked_out_by_hand(case) -> None:
    """An analyst's variables are those of the rules."""
    of, core, passed, eligible, merit16, merit17 = CASES[case]
    assert (of.core_passed, of.n_passed) == (core, passed)
    assert of.all_core is (core == 3)
    answers = ["y" if of.is_eligible(target) else "n" for target in ELIGIBILITY]
    assert "".join(answers) == eligible
    assert of.merit16 == merit16
    assert of.merit17 == merit17


def test_streck_is_neither_f_nor_missing() -> None:
    """13 of 15 graded subjects are passed, or 13 of 16 with the streck."""
    of = CASES["no chemistry"][0]
    assert (of.n_graded, of.n_streck) == (15, 1)
    assert (of.share_passed_graded, of.share_passed_all) == (Fraction(13, 15), Fraction(13, 16))
    none = CASES["all streck"][0]
    assert none.share_passed_graded is None
    assert none.share_passed_all == 0


def test_without_grades_nothing_is_zero() -> None:
    """Years 4 and 5 have no grades: their variables are empty."""
    values = derived_variables(TermGrades({}))
    assert {name: value for name, value in values.items() if value is not None} == {
        "n_graded": 0,
        "n_streck": 0,
    }


def test_mother_tongue_may_be_among_the_16_but_never_the_17th() -> None:
    """A 17th grade counts only as språkval."""
    with_mother_tongue = pupil(ML="A")
    assert with_mother_tongue.merit16 == with_mother_tongue.merit17 == 170
    both = pupil(ML="A", M2="C")
    assert both.merit16 == 175
    assert both.merit17 == 185


def test_a_weak_language_choice_never_lowers_the_merit() -> None:
    """Språkval with F adds nothing to the 16 best of the others."""
    assert pupil(M2="F").merit17 == 160
    assert pupil(M2="-").merit17 == 160


def test_what_is_no_grade_is_refused() -> None:
    """A letter off the scale never becomes points."""
    with pytest.raises(ValueError, match="G in MA"):
        pupil(MA="G")
    with pytest.raises(ValueError, match="not in both"):
        pupil(SVA="E")


def test_any_programme_for_higher_education() -> None:
    """One of the three kinds suffices."""
    assert derived_variables(pupil(RE="F", MU="F"))["elig_any_hogskoleforb"] is True
    assert derived_variables(only(PASSED_EIGHT))["elig_any_hogskoleforb"] is False
