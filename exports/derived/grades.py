"""What a term's grades mean: passed subjects, eligibility for upper-secondary school, merit.

"-" (streck) means that there is no basis for a grade because of absence. It is neither F nor a
missing value. Everything is None for a pupil without any grade or streck (years 4-5, say).

Source: skollagen 16 ch. (eligibility); the merit rules of the national agency: the sum of the
16 best, and a 17th only when it is moderna språk taken as språkval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

STREAK = "-"
LANGUAGE_CHOICE = "M2"
SWEDISH = ("SV", "SVA")
BEST = 16


@dataclass(frozen=True, slots=True)
class GradingRegime:
    """A grading system: grades of different ones are never put into one calculation.

    Attributes:
        points: Merit points of each grade.
        passed: The grades that pass.
        first_day, last_day: When it is used; None when the end is not decided.
    """

    code: str
    points: Mapping[str, Fraction]
    passed: frozenset[str]
    first_day: date
    last_day: date | None


AF2011 = GradingRegime(
    code="AF2011",
    points=MappingProxyType(
        {
            "A": Fraction(20),
            "B": Fraction(35, 2),
            "C": Fraction(15),
            "D": Fraction(25, 2),
            "E": Fraction(10),
            "F": Fraction(0),
        }
    ),
    passed=frozenset("ABCDE"),
    first_day=date(2011, 7, 1),
    last_day=None,
)
REGIMES: Mapping[str, GradingRegime] = MappingProxyType({AF2011.code: AF2011})


@dataclass(frozen=True, slots=True)
class TermGrades:
    """One pupil's grades of one term.

    Attributes:
        grades: Subject code -> "A" to "F", or "-". What is not graded (yet) is left out.
    """

    grades: Mapping[str, str]
    regime: GradingRegime = AF2011

    def __post_init__(self) -> None:
        """Refuse grades that the regime does not know.

        Raises:
            ValueError: A grade is not on the scale, or Swedish is graded twice.
        """
        for subject, grade in self.grades.items():
            if grade != STREAK and grade not in self.regime.points:
                raise ValueError(f"{grade} in {subject} is no grade of {self.regime.code}")
        if all(subject in self.grades for subject in SWEDISH):
            raise ValueError("a pupil has a grade in SV or in SVA, not in both")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was graded."""
        return not self.grades

    @property
    def n_graded(self) -> int:
        """Count the grades A-F."""
        return len(self.grades) - self.n_streck

    @property
    def n_streck(self) -> int:
        """Count the subjects without a basis for a grade."""
        return sum(grade == STREAK for grade in self.grades.values())

    @property
    def n_passed(self) -> int:
        """Count the grades A-E."""
        return len(self._passed)

    @property
    def share_passed_graded(self) -> Fraction | None:
        """Give passed of graded subjects; None when none is graded."""
        return Fraction(self.n_passed, self.n_graded) if self.n_graded else None

    @property
    def share_passed_all(self) -> Fraction | None:
        """Give passed of graded subjects and those with streck: the main measure."""
        return Fraction(self.n_passed, len(self.grades)) if self.grades else None

    @property
    def core_passed(self) -> int | None:
        """Count the passed of Swedish, English and mathematics."""
        return None if self.is_empty else len(self._core)

    @property
    def all_core(self) -> bool | None:
        """Tell whether all three core subjects are passed."""
        return None if self.is_empty else len(self._core) == len(CORE)

    @property
    def merit16(self) -> Fraction | None:
        """Sum the points of the 16 best."""
        return None if self.is_empty else sum(self._best(self.grades), Fraction(0))

    @property
    def merit17(self) -> Fraction | None:
        """Sum the språkval's points, when there is one, and the 16 best of the others."""
        if self.is_empty:
            return None
        others = [subject for subject in self.grades if subject != LANGUAGE_CHOICE]
        extra = self._points(LANGUAGE_CHOICE) if LANGUAGE_CHOICE in self.grades else Fraction(0)
        return extra + sum(self._best(others), Fraction(0))

    def is_eligible(self, target: str) -> bool | None:
        """Tell whether the grades suffice for a kind of programme, a key of `ELIGIBILITY`.

        An exemption from English is a decision, not a calculation: it is kept and shown apart.
        """
        return None if self.is_empty else ELIGIBILITY[target](self._eligible_subjects)

    @property
    def _passed(self) -> frozenset[str]:
        return frozenset(s for s, grade in self.grades.items() if grade in self.regime.passed)

    @property
    def _eligible_subjects(self) -> frozenset[str]:
        """Give what is passed, with Swedish under one name."""
        return frozenset("SV" if subject in SWEDISH else subject for subject in self._passed)

    @property
    def _core(self) -> frozenset[str]:
        return self._eligible_subjects & CORE

    def _points(self, subject: str) -> Fraction:
        return self.regime.points.get(self.grades[subject], Fraction(0))

    def _best(self, subjects: Mapping[str, str] | list[str]) -> list[Fraction]:
        return sorted((self._points(subject) for subject in subjects), reverse=True)[:BEST]


CORE = frozenset({"SV", "EN", "MA"})


def _needs(particular: frozenset[str], total: int) -> Callable[[frozenset[str]], bool]:
    return lambda passed: particular <= passed and len(passed) >= total


def _introductory(passed: frozenset[str]) -> bool:
    """Swedish with English and mathematics and 3 more, or with one of the two and 4 more."""
    if "SV" not in passed or not passed & {"EN", "MA"}:
        return False
    return len(passed) >= 6


ELIGIBILITY: Mapping[str, Callable[[frozenset[str]], bool]] = MappingProxyType(
    {
        "elig_yrk": _needs(CORE, 8),
        "elig_es": _needs(CORE, 12),
        "elig_ekhusa": _needs(CORE | {"GE", "HI", "RE", "SH"}, 12),
        "elig_nate": _needs(CORE | {"BI", "FY", "KE"}, 12),
        "elig_imv": _introductory,
    }
)
HIGHER_EDUCATION = ("elig_es", "elig_ekhusa", "elig_nate")


def derived_variables(of: TermGrades) -> Mapping[str, int | bool | Fraction | None]:
    """Give all derived variables of a term under the names they have in the coded file."""
    eligible = {target: of.is_eligible(target) for target in ELIGIBILITY}
    any_higher = None if of.is_empty else any(eligible[each] for each in HIGHER_EDUCATION)
    return {
        "n_graded": of.n_graded,
        "n_streck": of.n_streck,
        "n_passed": None if of.is_empty else of.n_passed,
        "share_passed_graded": of.share_passed_graded,
        "share_passed_all": of.share_passed_all,
        "core_passed": of.core_passed,
        "all_core": of.all_core,
        **eligible,
        "elig_any_hogskoleforb": any_higher,
        "merit16": of.merit16,
        "merit17": of.merit17,
    }
