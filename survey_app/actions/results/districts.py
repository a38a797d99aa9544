"""Figures of returns by district: one table of a term for all, made once and kept (R7, R11).

A term's table is made when the term is over and all of its rounds are locked. Then it stands,
whatever is corrected later: between two versions of it whoever came or went would show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select

from exports.derived import of_milestones
from exports.derived.gas import REACHED, t_score
from exports.derived.of_attendance import attendance_in
from exports.derived.of_grades import grades_in
from exports.results.districts import Counted, DistrictTable, table_of
from survey_app.actions import district_readers
from survey_app.actions.calendar import today
from survey_app.actions.register import periods
from survey_app.actions.register.periods import Period, PeriodUnknown, period_of
from survey_app.actions.results import released, returned
from survey_app.actions.results.plain import PLAIN
from survey_app.actions.results.released import Part
from survey_app.actions.results.returned import ATTENDANCE, GRADES, MILESTONES, answers_of, in_time
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Round, RoundState
from survey_app.store.register import District

BY_DISTRICT = "by district"  # in the record of releases, after the term
DEFINED: Mapping[str, str] = {
    MILESTONES: "delmal-stadsdel.2",
    ATTENDANCE: "franvaro-stadsdel.2",
    GRADES: "betyg-stadsdel.2",
}
MEASURES: Mapping[str, int] = {MILESTONES: 2, ATTENDANCE: 3, GRADES: 1}

# What was reported about one pupil in a term, the oldest first.
Reported = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TermTable:
    """A kind of results of a questionnaire, by district, for a term that is over."""

    kind: str
    instrument: str
    table: DistrictTable


def terms() -> Sequence[str]:
    """Give the terms that are over and locked, of which anything may be shown; newest first."""
    found = {term for _, name in returned.sources() for term in _over(name)}
    shown = (term for term in found if any(each.table.has_told for each in tables_of(term)))
    return sorted(shown, key=in_time, reverse=True)


def tables_of(term: str) -> Sequence[TermTable]:
    """Give a term's tables, with all districts; none of a questionnaire that is still open."""
    found = []
    for kind, name in returned.sources():
        if rounds := _over(name).get(term):
            found.append(TermTable(kind, name, _table(kind, name, term, rounds)))
    return found


def seen_by(account: str, rows: Iterable[str]) -> Sequence[str]:
    """Choose the districts of some rows that an account may see.

    Those it was given, and what has become a part of them.
    """
    held = {*district_readers.held_by(account)}
    known = {each.code: each for each in db.session.scalars(select(District))}
    return [code for code in rows if code in held or _today(code, known) in held]


def names() -> Mapping[str, str]:
    """Name all districts there have been, by code."""
    return {each.code: each.name for each in db.session.scalars(select(District))}


def _today(code: str, known: Mapping[str, District]) -> str:
    """Follow a district to the one that it has become a part of."""
    while code in known and (after := known[code].successor) and not _is_there(known[code]):
        code = after
    return code


def _is_there(district: District) -> bool:
    return district.is_valid_on(today())


def _over(instrument: str) -> Mapping[str, Sequence[Round]]:
    """Give the rounds of each term that is over and has no open or planned round."""
    by_term: dict[str, list[Round]] = defaultdict(list)
    for each in queries.rounds_of(instrument):
        if term := _term_of(each):
            by_term[term.key].append(each)
    return {term: rounds for term, rounds in by_term.items() if _is_over(term, rounds)}


def _is_over(term: str, rounds: Sequence[Round]) -> bool:
    states = {each.state_on(today()) for each in rounds}
    return period_of(term).last < today() and states == {RoundState.CLOSED}


def _term_of(of: Round) -> Period | None:
    """Find the term of a round's month or term; None for a year or periods of the pupils' own."""
    try:
        found = period_of(of.period or "")
    except PeriodUnknown:
        return None
    first = found.first
    term = periods.term(first.year, is_autumn=first.month >= periods.FIRST_AUTUMN_MONTH)
    return term if found.last <= term.last else None


def _table(kind: str, instrument: str, term: str, rounds: Sequence[Round]) -> DistrictTable:
    """Give what was shown, or count it for the first time and keep it."""
    part = Part(kind, instrument, f"{term} {BY_DISTRICT}", DEFINED[kind])
    if released.standing(part) is None:
        counted = [*_counted(kind, rounds)]
        made = table_of(_rows(counted), counted, MEASURES[kind])
        if not made.has_told:
            return made
        released.note(part, PLAIN.unstructure(made), {})
    kept = released.standing(part)  # another process may have been quicker
    return PLAIN.structure(kept.figures, DistrictTable) if kept else DistrictTable(rows=())


def _rows(counted: Iterable[Counted]) -> Sequence[str]:
    """Give the districts of today, and after them any other that somebody was counted in."""
    now = [each.code for each in district_readers.districts()]
    return [*now, *sorted({each.district for each in counted} - {*now})]


def _counted(kind: str, rounds: Sequence[Round]) -> Iterator[Counted]:
    by_pupil: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for _, pupils in returned.reported_in(rounds):
        for code, told in pupils.items():
            if told.get("_school_district_now"):
                by_pupil[code].append(told)
    for reported in by_pupil.values():
        if found := MEASURED[kind](reported):
            told, values = found
            yield Counted(told["_school_district_now"], told["_school"], values)


Measured = tuple[Mapping[str, str], tuple[Fraction, ...]] | None


def _milestones(reported: Reported) -> Measured:
    """Take the newest rating: the share reached in per cent, and the T-score."""
    for told in reversed(reported):
        ratings = of_milestones.ratings_in(answers_of(told))
        levels = [each.level for each in ratings if each.level is not None]
        score = t_score(ratings)
        if levels and score is not None:
            reached = sum(level >= REACHED for level in levels)
            return told, (Fraction(100 * reached, len(levels)), Fraction(score))
    return None


def _attendance(reported: Reported) -> Measured:
    """Take all months together: excused, unexcused and all absence in per cent."""
    months = [(told, attendance_in(answers_of(told))) for told in reported]
    known = [(told, each) for told, each in months if each and each.scheduled]
    if not known:
        return None
    scheduled = sum(each.scheduled for _, each in known)
    excused = sum(each.excused for _, each in known)
    unexcused = sum(each.unexcused for _, each in known)
    parts = (excused, unexcused, excused + unexcused)
    return known[-1][0], tuple(Fraction(100 * each, scheduled) for each in parts)


def _grades(reported: Reported) -> Measured:
    """Take the share of subjects that are passed, in per cent."""
    for told in reversed(reported):
        found = grades_in(answers_of(told))
        if found and (share := found.share_passed_all) is not None:
            return told, (100 * share,)
    return None


MEASURED: Mapping[str, Callable[[Reported], Measured]] = {
    MILESTONES: _milestones,
    ATTENDANCE: _attendance,
    GRADES: _grades,
}
