"""What is expected in a round, worked out of the register, beside what has come."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundPeriodInvalid
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register import periods
from survey_app.actions.register.periods import Period, kind_of, period_of
from survey_app.actions.register.states import ReturnState, state_of
from survey_app.actions.returns.placing import Among, Unit, needed_for, units_in, units_with_periods
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.returns import UnitReturn

DUE_DAYS = 7  # after the period's end, where a round has no day of its own
_IN_NAME = re.compile(r"\b(?:\d{4}-\d{2}|(?:vt|ht)-\d{4}|\d{4})$")

Rows = Iterator[tuple[Unit, Period]]
# Unit and occasion -> state and revision of what is stored.
Stored = Mapping[tuple[str, str], tuple[ReturnState, int]]


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


def expected_in(
    of: Round, team: str | None = None, *, school: str | None = None, code: str | None = None
) -> list[Expected]:
    """List what is expected in a round, by team and unit, and what has come.

    Args:
        team: Only of this team.
        school: Only of this school's pupils.
        code: Only of the unit with this code.
    """
    instrument, among = instrument_of(of.version_id), Among(team, school, code, needed_for(of))
    units = list(_units(of, instrument.unit, instrument.period, among))
    codes = None if among.is_all else {unit.code for unit, _ in units}
    stored = _stored(of.id, instrument.unit, codes)
    found = [_expected(of, unit, period, stored) for unit, period in units]
    return sorted(found, key=lambda each: (each.unit.team, each.unit.code, each.period))


def due_of(of: Round, period: Period) -> date:
    """Give the day a return is wanted: the round's own, else a week after the period."""
    return of.due or period.last + timedelta(days=DUE_DAYS)


def _expected(of: Round, unit: Unit, period: Period, stored: Stored) -> Expected:
    kept, revision = stored.get((unit.code, unit.occasion), (None, 0))
    due = due_of(of, period)
    state = state_of(kept, is_expected=True, due=due, today=today())
    return Expected(unit, period, due, state, revision)


def _stored(round_id: int, kind: str, codes: Collection[str] | None) -> Stored:
    columns = (UnitReturn.unit, UnitReturn.occasion, UnitReturn.state, UnitReturn.revision)
    wanted = select(*columns).where(UnitReturn.round_id == round_id, UnitReturn.unit_kind == kind)
    if codes is not None:
        wanted = wanted.where(UnitReturn.unit.in_(codes))
    return {
        (unit, occasion): (ReturnState(state), revision)
        for unit, occasion, state, revision in db.session.execute(wanted)
    }


def _units(of: Round, kind: str, every: str, among: Among) -> Rows:
    if of.period is None:
        return units_with_periods(every, today(), among)
    period = period_of(of.period)
    return ((unit, period) for unit in units_in(kind, period, among))
