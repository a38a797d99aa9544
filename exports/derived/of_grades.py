"""Passed subjects, eligibility and merit, out of a term's grades.

Undefined outside the compulsory school: other types of school have other rules.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from exports.cells import Cell
from exports.derived.grades import REGIMES, STREAK, TermGrades, derived_variables
from exports.derived.variable import Derived
from forms.answers import Answers
from forms.marking import N_

SUBJECTS = (
    "sv", "en", "ma", "bi", "fy", "ke", "tk", "ge", "hi", "re", "sh", "bl", "hkk", "idh", "mu",
    "sl", "m2", "ml", "tn", "da",
)  # fmt: skip
GRADE, SWEDISH, REGIME, SCHOOL = "betyg_{}", "betyg_svenska", "betygssystem", "skolform"
COMPULSORY = "grundskola"
STREAK_CODE, NO_GRADE = "STRECK", "NB"
SOURCES = frozenset(GRADE.format(subject) for subject in SUBJECTS)


def grades_in(answers: Answers) -> TermGrades | None:
    """Read a term's grades; None outside the compulsory school and its regimes."""
    regime = REGIMES.get(answers.values.get(REGIME, ""))
    if regime is None or answers.values.get(SCHOOL) != COMPULSORY:
        return None
    given = {subject: answers.values.get(GRADE.format(subject), "") for subject in SUBJECTS}
    grades = {
        _code(subject, answers): STREAK if grade == STREAK_CODE else grade
        for subject, grade in given.items()
        if grade and grade != NO_GRADE
    }
    return TermGrades(grades, regime)


def _code(subject: str, answers: Answers) -> str:
    return answers.values.get(SWEDISH, "SV") if subject == "sv" else subject.upper()


def _cell(value: int | bool | Fraction | None) -> Cell | None:
    """Give a share or points as a decimal number, yes and no as 1 and 0."""
    if value is None:
        return None
    return Decimal(repr(float(value))) if isinstance(value, Fraction) else int(value)


def _work_out(name: str) -> Callable[[Answers], Cell | None]:
    def of(answers: Answers) -> Cell | None:
        grades = grades_in(answers)
        return None if grades is None else _cell(derived_variables(grades)[name])

    return of


def _column(name: str, phrase: str, formula: str, *, is_yes_no: bool = False) -> Derived:
    return Derived(
        name=name,
        phrase=phrase,
        formula=formula,
        sources=SOURCES,
        of=_work_out(name),
        is_yes_no=is_yes_no,
    )


GRADES = (
    _column("n_graded", N_("Subjects with a grade"), N_("Number of grades A–F.")),
    _column(
        "n_streck",
        N_("Subjects with streck"),
        N_("Number of streck: no basis for a grade because of absence. Neither F nor missing."),
    ),
    _column("n_passed", N_("Passed subjects"), N_("Number of grades A–E.")),
    _column(
        "share_passed_graded",
        N_("Share of graded subjects that are passed, 0–1"),
        N_("n_passed / n_graded; undefined without any grade. Shown for comparison."),
    ),
    _column(
        "share_passed_all",
        N_("Share of subjects that are passed, 0–1"),
        N_("n_passed / (n_graded + n_streck): the main measure; undefined without any of them."),
    ),
    _column(
        "core_passed",
        N_("Passed core subjects, 0–3"),
        N_("Number of grades A–E in Swedish (or as a second language), English, mathematics."),
    ),
    _column("all_core", N_("All core subjects passed"), N_("core_passed is 3."), is_yes_no=True),
    _column(
        "elig_yrk",
        N_("Eligible for vocational programmes"),
        N_("The 3 core subjects and 5 others passed. Skollagen, chapter 16."),
        is_yes_no=True,
    ),
    _column(
        "elig_es",
        N_("Eligible for the arts programme"),
        N_("The 3 core subjects and 9 others passed. Skollagen, chapter 16."),
        is_yes_no=True,
    ),
    _column(
        "elig_ekhusa",
        N_("Eligible for economics, humanities and social science"),
        N_(
            "The 3 core subjects, geography, history, religion, civics and 5 others passed. "
            "Skollagen, chapter 16."
        ),
        is_yes_no=True,
    ),
    _column(
        "elig_nate",
        N_("Eligible for natural science and technology"),
        N_(
            "The 3 core subjects, biology, physics, chemistry and 6 others passed. Skollagen, "
            "chapter 16."
        ),
        is_yes_no=True,
    ),
    _column(
        "elig_imv",
        N_("Eligible for an introductory programme (programinriktat val)"),
        N_(
            "Swedish, English and mathematics and 3 others passed, or Swedish and one of the two "
            "and 4 others. Skollagen, chapter 16."
        ),
        is_yes_no=True,
    ),
    _column(
        "elig_any_hogskoleforb",
        N_("Eligible for any programme that prepares for higher education"),
        N_("elig_es, elig_ekhusa or elig_nate. An exemption from English is never counted in."),
        is_yes_no=True,
    ),
    _column(
        "merit16",
        N_("Merit, 16 subjects"),
        N_("Sum of the 16 best: A 20, B 17.5, C 15, D 12.5, E 10, F and streck 0."),
    ),
    _column(
        "merit17",
        N_("Merit, 17 subjects"),
        N_("The points of the språkval (betyg_m2) and of the 16 best others; without it merit16."),
    ),
)
