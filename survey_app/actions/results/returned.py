"""Results of what teams and schools have reported about registered pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from itertools import pairwise

from exports.derived import of_milestones
from exports.derived.grades import HIGHER_EDUCATION, TermGrades
from exports.derived.of_attendance import MINUTES, attendance_in
from exports.derived.of_grades import REGIME, grades_in
from exports.results import attendance, grades, milestones
from exports.results.attendance import AttendanceMonth
from exports.results.genders import class_of
from exports.results.grades import Comparison, PupilGrades
from exports.results.milestones import MilestoneMonth
from forms.answers import Answers
from forms.instrument import Mode
from survey_app.actions.errors import InstrumentUnknown
from survey_app.actions.instruments import instrument_of
from survey_app.actions.results.keeping import kept
from survey_app.actions.results.released import Part, shown_of
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.rows import StoredReturns
from survey_app.store import queries
from survey_app.store.models import Round

MILESTONES, ATTENDANCE, GRADES = "milestones", "attendance", "grades"
# What a questionnaire must ask for results of a kind: all of these.
ASKED: Mapping[str, tuple[str, ...]] = {
    MILESTONES: (of_milestones.LEVEL,),
    ATTENDANCE: MINUTES,
    GRADES: (REGIME,),
}
# What each kind is called in the record of releases; the pages word the same definitions.
DEFINED: Mapping[str, str] = {
    MILESTONES: "delmal-nadda.1 delmal-gas.1 delmal-kon.1",
    ATTENDANCE: "franvaro-medel.1 franvaro-klasser.1 franvaro-kon.1",
    GRADES: "betyg-forandring.1 betyg-medel.2 betyg-behorighet.1 betyg-tredjedelar.1",
}
# Pupil -> answers of a period, with what the register tells beside them.
Pupils = Mapping[str, Mapping[str, str]]
Grades = Mapping[str, PupilGrades]
Term = tuple[str, str]


def sources() -> Sequence[tuple[str, str]]:
    """Give each kind of results with the questionnaire that they come from, where one was asked."""
    names = {each.version.name: each for each in queries.all_rounds() if each.mode == Mode.RETURN}
    return [
        (kind, name)
        for kind, asked in ASKED.items()
        for name, newest in sorted(names.items())
        if set(asked) <= set(instrument_of(newest.version_id).questions)
    ]


def milestone_months(instrument: str) -> Sequence[MilestoneMonth]:
    """Give the milestones of each period as they may be shown, the oldest first."""

    def month(period: str, pupils: Pupils) -> MilestoneMonth:
        ratings = {
            code: of_milestones.ratings_in(answers_of(each)) for code, each in pupils.items()
        }
        return shown_of(
            _part(MILESTONES, instrument, period),
            {
                code: [astuple(one) for one in own]
                for code, own in ratings.items()
                if any(one.level is not None for one in own)
            },
            MilestoneMonth,
            lambda guard: milestones.month_of(
                period, [*ratings.values()], guard, [*_classes(pupils).values()]
            ),
            _classes(pupils),
        )

    return kept(
        MILESTONES, instrument, lambda: [month(*each) for each in _reported(MILESTONES, instrument)]
    )


def attendance_months(instrument: str) -> Sequence[AttendanceMonth]:
    """Give the attendance of each period as it may be shown, the oldest first."""

    def month(period: str, pupils: Pupils) -> AttendanceMonth:
        found = {code: attendance_in(answers_of(each)) for code, each in pupils.items()}
        known = {code: each for code, each in found.items() if each and each.scheduled}
        classes = _classes(pupils)
        return shown_of(
            _part(ATTENDANCE, instrument, period),
            {code: astuple(each) for code, each in known.items()},
            AttendanceMonth,
            lambda guard: attendance.month_of(
                period, [*known.values()], guard, [classes[code] for code in known]
            ),
            classes,
        )

    return kept(
        ATTENDANCE, instrument, lambda: [month(*each) for each in _reported(ATTENDANCE, instrument)]
    )


def grade_comparisons(instrument: str) -> Sequence[tuple[Term, Comparison]]:
    """Compare the newest terms of the same season, then the two newest of all."""

    def compare() -> Sequence[tuple[Term, Comparison]]:
        terms = {
            period: {code: _grades(each) for code, each in pupils.items()}
            for period, pupils in _reported(GRADES, instrument)
        }
        return [(pair, compared(terms, *pair)) for pair in pairs_of([*terms])]

    def compared(terms: Mapping[str, Grades], old: str, new: str) -> Comparison:
        before, after = terms[old], terms[new]
        return shown_of(
            _part(GRADES, instrument, f"{old} {new}"),
            {
                code: (_used(before.get(code)), _used(after.get(code)))
                for code in {**before, **after}
            },
            Comparison,
            lambda guard: grades.compare(before, after, guard),
            {code: class_of(each.gender) for code, each in {**before, **after}.items()},
        )

    return kept(GRADES, instrument, compare)


def _part(about: str, instrument: str, name: str) -> Part:
    return Part(about, instrument, name, DEFINED[about])


def _used(of: PupilGrades | None) -> object:
    """Give what a comparison takes from a pupil's grades."""
    if of is None:
        return None
    return of.gender, of.grades.regime.code, str(of.share), sorted(of.eligible.items())


def pairs_of(terms: Sequence[str]) -> Sequence[Term]:
    """Choose which terms are compared: fixed, so that nobody can try others (R7).

    Args:
        terms: Such as ht-2025, the oldest first.
    """
    chosen: list[Term] = []
    for season in ("ht", "vt"):
        chosen += [*pairwise(each for each in terms if each.startswith(season))][-1:]
    chosen.sort(key=lambda pair: terms.index(pair[1]), reverse=True)
    return [*chosen, *[*pairwise(terms)][-1:]]


def _reported(kind: str, instrument: str) -> Sequence[tuple[str, Pupils]]:
    """Read what was handed in and is expected, by period.

    Raises:
        InstrumentUnknown: No such questionnaire was ever asked.
    """
    if (kind, instrument) not in sources():
        raise InstrumentUnknown(instrument=instrument)
    return reported_in(queries.rounds_of(instrument))


def reported_in(some: Iterable[Round]) -> Sequence[tuple[str, Pupils]]:
    """Read what was handed in about pupils and is expected, by period, the oldest first."""
    rounds = {each.id: each for each in some}
    found: dict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for each in StoredReturns(rounds, defaultdict(str)):
        told = each.answers.values
        if told.get("_unit_kind") == PUPIL and told.get("_expected") == "1":
            found[told.get("_period", "")][told["_unit"]] = told
    return sorted(found.items(), key=lambda pair: in_time(pair[0]))


def in_time(period: str) -> tuple[str, str]:
    """Give what puts periods in order: vt-2026 comes before ht-2026."""
    season, _, year = period.rpartition("-") if period[:2] in {"vt", "ht"} else ("", "", period)
    return year, {"vt": "1", "ht": "2"}.get(season, season)


def _classes(pupils: Pupils) -> Mapping[str, str]:
    return {code: class_of(told.get("_gender", "")) for code, told in pupils.items()}


def answers_of(told: Mapping[str, str]) -> Answers:
    """Give what was answered, as formulas read it."""
    return Answers(told, frozenset(told))


def _grades(told: Mapping[str, str]) -> PupilGrades:
    found = grades_in(answers_of(told)) or TermGrades({})
    reached: Mapping[str, Callable[[], bool]] = {
        "all_core": lambda: bool(found.all_core),
        "elig_yrk": lambda: bool(found.is_eligible("elig_yrk")),
        "elig_any_hogskoleforb": lambda: any(found.is_eligible(at) for at in HIGHER_EDUCATION),
    }
    eligible = {target: reached[target]() for target in grades.TARGETS}
    return PupilGrades(gender=told.get("_gender", ""), grades=found, eligible=eligible)
