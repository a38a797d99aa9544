"""What is expected in a round, worked out of the register, beside what has come."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundPeriodInvalid
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register import periods
from survey_app.actions.register.pathway import Enrolment
from survey_app.actions.register.periods import Period
from survey_app.actions.register.states import ReturnState, state_of
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.register import (
    District,
    EnrolmentSpan,
    Placement,
    School,
    Team,
    TeamMember,
    TeamSchool,
)
from survey_app.store.returns import UnitReturn

DUE_DAYS = 7  # after the period's end, where a round has no day of its own
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TERM = re.compile(r"(vt|ht)-(\d{4})")
_IN_NAME = re.compile(r"\b(?:\d{4}-\d{2}|(?:vt|ht)-\d{4}|\d{4})$")
_YEAR = re.compile(r"\d{4}")

# Unit and occasion -> state and revision of what is stored.
Stored = Mapping[tuple[str, str], tuple[ReturnState, int]]


@dataclass(frozen=True, slots=True)
class Unit:
    """What one return is about.

    Attributes:
        kind: `pupil`, `team`, `district` or `school`.
        team: Who reports; "" when nobody's team does (of a district without one).
    """

    kind: str
    code: str
    team: str
    school: str = ""
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """One return that is expected, or has come although it is not.

    Attributes:
        period: Which days it is about.
        revision: Of what is stored; 0 when nothing is.
    """

    unit: Unit
    period: Period
    due: date
    state: ReturnState
    revision: int


def period_of(key: str) -> Period:
    """Read a period of the calendar from its key.

    Raises:
        PeriodUnknown: It is none, or the month is July.
    """
    if (found := _MONTH.fullmatch(key)) and 1 <= int(found[2]) <= 12:
        if int(found[2]) != periods.HOLIDAY_MONTH:
            return periods.month(int(found[1]), int(found[2]))
    elif found := _TERM.fullmatch(key):
        return periods.term(int(found[2]), is_autumn=found[1] == "ht")
    elif _YEAR.fullmatch(key):
        return periods.year(int(key))
    raise periods.PeriodUnknown(key)


def kind_of(key: str) -> str:
    """Tell whether a period of the calendar is a month, a term or a year.

    Raises:
        PeriodUnknown: As for `period_of`.
    """
    period_of(key)
    return "year" if _YEAR.fullmatch(key) else "term" if _TERM.fullmatch(key) else "month"


def period_for(every: str, name: str, given: str | None) -> str | None:
    """Choose the period of a round; None where each unit has its own, or none is asked for.

    Args:
        every: How often the questionnaire is answered; "" when it is no return.
        name: The round's, which may end in the period.

    Raises:
        RoundPeriodInvalid: There is none, one of another kind, or one where none belongs.
    """
    if not periods.is_of_the_calendar(every):
        if given:
            raise RoundPeriodInvalid(period=given)
        return None
    key = given or (found[0] if (found := _IN_NAME.search(name)) else "")
    try:
        is_right = kind_of(key) == every
    except periods.PeriodUnknown:
        is_right = False
    if not is_right:
        raise RoundPeriodInvalid(period=key)
    return key


def expected_in(of: Round, team: str | None = None) -> list[Expected]:
    """List what is expected in a round, by team and unit, and what has come.

    Args:
        team: Only of this team.
    """
    instrument = instrument_of(of.version_id)
    stored = _stored(of.id, instrument.unit)
    units = list(_units(of, instrument.unit, instrument.period, team))
    found = [_expected(of, unit, period, stored) for unit, period in units]
    return sorted(found, key=lambda each: (each.unit.team, each.unit.code, each.period))


def due_of(of: Round, period: Period) -> date:
    """Give the day a return is wanted: the round's own, else a week after the period."""
    return of.due or period.last + timedelta(days=DUE_DAYS)


def teams_on(account: str, day: date) -> Sequence[str]:
    """Give the codes of the teams whose posts an account holds on a day."""
    held = select(TeamMember.team).where(
        TeamMember.account == account,
        TeamMember.valid_from <= day,
        or_(TeamMember.valid_to.is_(None), TeamMember.valid_to >= day),
    )
    return sorted(set(db.session.scalars(held)))


def _expected(of: Round, unit: Unit, period: Period, stored: Stored) -> Expected:
    kept, revision = stored.get((unit.code, unit.occasion), (None, 0))
    due = due_of(of, period)
    state = state_of(kept, is_expected=True, due=due, today=today())
    return Expected(unit, period, due, state, revision)


def _stored(round_id: int, kind: str) -> Stored:
    columns = (UnitReturn.unit, UnitReturn.occasion, UnitReturn.state, UnitReturn.revision)
    wanted = select(*columns).where(UnitReturn.round_id == round_id, UnitReturn.unit_kind == kind)
    return {
        (unit, occasion): (ReturnState(state), revision)
        for unit, occasion, state, revision in db.session.execute(wanted)
    }


def _units(of: Round, kind: str, every: str, team: str | None) -> Iterator[tuple[Unit, Period]]:
    if of.period is None:
        return _own_occasions(every, team)
    period = period_of(of.period)
    return ((unit, period) for unit in _KINDS[kind](period, team))


def _pupils(period: Period, team: str | None) -> Iterator[Unit]:
    """Give the pupils reported about in a period, each with who has it at the period's end."""
    for pupil, its_team, school in db.session.execute(
        _placed(period, team).where(_is_reported(period))
    ):
        yield Unit("pupil", pupil, its_team, school)


def _own_occasions(every: str, team: str | None) -> Iterator[tuple[Unit, Period]]:
    """Give the periods of each pupil's own that are over or going on."""
    now = today()
    ever = Period(date.min, now, "")
    spans: dict[str, list[Enrolment]] = defaultdict(list)
    for span in db.session.scalars(select(EnrolmentSpan).order_by(EnrolmentSpan.first_day)):
        spans[span.pupil].append(Enrolment(span.first_day, span.last_day))
    for pupil, its_team, school in db.session.execute(_placed(ever, team)):
        for period in periods.own_periods(every, spans[pupil], now):
            yield Unit("pupil", pupil, its_team, school, period.key), period


def _placed(period: Period, team: str | None) -> Select[str, str, str]:
    """Ask where each pupil was last placed in a period: pupil, team, school."""
    overlapping = (
        Placement.valid_from <= period.last,
        or_(Placement.valid_to.is_(None), Placement.valid_to >= period.first),
    )
    start = func.max(Placement.valid_from).label("start")
    last = select(Placement.pupil, start).where(*overlapping).group_by(Placement.pupil).subquery()
    is_last = and_(last.c.pupil == Placement.pupil, last.c.start == Placement.valid_from)
    wanted = select(Placement.pupil, Placement.team, Placement.school).join(last, is_last)
    return wanted if team is None else wanted.where(Placement.team == team)


def _is_reported(period: Period) -> ColumnElement[bool]:
    return exists().where(
        EnrolmentSpan.pupil == Placement.pupil,
        EnrolmentSpan.first_day <= period.last,
        or_(EnrolmentSpan.last_day.is_(None), EnrolmentSpan.last_day >= period.first),
    )


def _teams(period: Period, team: str | None) -> Iterator[Unit]:
    wanted = select(Team.code).where(*_overlaps(Team, period))
    for code in db.session.scalars(wanted if team is None else wanted.where(Team.code == team)):
        yield Unit("team", code, code)


def _schools(period: Period, team: str | None) -> Iterator[Unit]:
    wanted = (
        select(TeamSchool.school, func.min(TeamSchool.team))
        .where(*_overlaps(TeamSchool, period))
        .group_by(TeamSchool.school)
    )
    if team is not None:
        wanted = wanted.where(TeamSchool.team == team)
    for school, its_team in db.session.execute(wanted):
        yield Unit("school", school, its_team, school)


def _districts(period: Period, team: str | None) -> Iterator[Unit]:
    """Give the districts; of several teams in one the first by code reports for it."""
    teams = (
        select(School.district, func.min(TeamSchool.team).label("team"))
        .join(TeamSchool, TeamSchool.school == School.code)
        .where(*_overlaps(TeamSchool, period))
        .group_by(School.district)
        .subquery()
    )
    wanted = (
        select(District.code, teams.c.team)
        .outerjoin(teams, teams.c.district == District.code)
        .where(*_overlaps(District, period))
    )
    for district, its_team in db.session.execute(wanted):
        if team in (None, its_team):
            yield Unit("district", district, its_team or "")


def _overlaps(table: Any, period: Period) -> tuple[ColumnElement[bool], ...]:
    is_on = or_(table.valid_to.is_(None), table.valid_to >= period.first)
    return (table.valid_from <= period.last, is_on)


_KINDS: Mapping[str, Callable[[Period, str | None], Iterator[Unit]]] = {
    "pupil": _pupils,
    "team": _teams,
    "school": _schools,
    "district": _districts,
}
