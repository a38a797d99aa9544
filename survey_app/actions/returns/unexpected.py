"""Returns that have come although the register no longer expects them: which, and why.

Dates of the register change after a return is handed in. What came stays, is listed for the
coordinator with its cause, and what the coded file does with it follows from the cause alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, select

from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register import periods
from survey_app.actions.register.pathway import Enrolment, Phase, Step, enrolments
from survey_app.actions.register.periods import period_of
from survey_app.actions.register.states import HANDED_IN, ReturnState
from survey_app.actions.returns.expecting import expected_in
from survey_app.actions.returns.placing import PUPIL, Unit, agrees, needed_for, reported
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.register import EnrolmentSpan, PathwayEvent, Placement, Pupil, TeamSchool
from survey_app.store.returns import UnitReturn


class Cause(StrEnum):
    """Why a return is not expected."""

    CONSENT = "consent"  # taken back or run out before the period, and nothing else is lacking
    NOT_ENROLLED = "not_enrolled"  # the pathway has no day of the period
    NOT_AGREED = "not_agreed"  # a consent holds, and does not name this class of data
    NOT_PLACED = "not_placed"  # no team has the pupil in the period
    UNKNOWN = "unknown"  # the register does not have it
    ENDED = "ended"  # a team, school or district that was not there in the period


# Without a consent there is no ground to pass on what was reported about those days.
KEPT_OUT = frozenset({Cause.CONSENT, Cause.NOT_AGREED, Cause.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Unexpected:
    """One return that is stored and that nobody would ask for now.

    Attributes:
        unit: With the team and school that had it last; "" when none did.
    """

    unit: Unit
    state: ReturnState
    revision: int
    cause: Cause

    @property
    def is_readable(self) -> bool:
        """Tell whether its answers may still be read and passed on."""
        return self.cause not in KEPT_OUT

    @property
    def is_exported(self) -> bool:
        """Tell whether it stands in coded files, marked: only what was handed in does."""
        return self.is_readable and self.state in HANDED_IN


def causes_in(of: Round) -> dict[tuple[str, str, str], Cause]:
    """Give the causes by kind, code and occasion of what is stored in a round and not expected."""
    return {_key(each.unit): each.cause for each in unexpected_in(of)}


def unexpected_in(of: Round, team: str | None = None) -> list[Unexpected]:
    """List what is stored in a round and not expected, by team and unit.

    Args:
        team: Only of units that this team had last; "" for those that none had.
    """
    every = (_unexpected(of, each) for each in _beside(of, team))
    found = [each for each in every if team in (None, each.unit.team)]
    return sorted(found, key=lambda each: (each.unit.team, each.unit.code, each.unit.occasion))


def _key(unit: Unit) -> tuple[str, str, str]:
    return unit.kind, unit.code, unit.occasion


Stored = tuple[str, str, str, str, int]


def _beside(of: Round, team: str | None) -> list[Stored]:
    """Give what is stored beside what is expected; of many pupils the database tells."""
    row = UnitReturn
    wanted = select(row.unit_kind, row.unit, row.occasion, row.state, row.revision)
    wanted = wanted.where(row.round_id == of.id)
    if of.period and instrument_of(of.version_id).unit == PUPIL:
        asked = reported(period_of(of.period), needed_for(of)).subquery()
        is_asked = (row.unit_kind == PUPIL) & (row.occasion == "")
        is_asked &= row.unit.in_(select(asked.c.pupil))
        return _read(wanted.where(~is_asked, *_ever_of(team)))
    keys = {_key(each.unit) for each in expected_in(of)}
    return [each for each in _read(wanted) if each[:3] not in keys]


def _ever_of(team: str | None) -> tuple[ColumnElement[bool], ...]:
    """Ask for pupils alone that a team ever had, or for those that none had."""
    if team is None:
        return ()
    if not team:
        return (UnitReturn.unit.not_in(select(Placement.pupil)),)
    return (UnitReturn.unit.in_(select(Placement.pupil).where(Placement.team == team)),)


def _read(wanted: Select[str, str, str, str, int]) -> list[Stored]:
    found = db.session.execute(wanted)
    return [(kind, code, occasion, state, number) for kind, code, occasion, state, number in found]


def _unexpected(of: Round, row: Stored) -> Unexpected:
    kind, code, occasion, state, revision = row
    unit, cause = _of_pupil(of, code, occasion) if kind == PUPIL else _of_other(kind, code)
    return Unexpected(unit, ReturnState(state), revision, cause)


def _of_pupil(of: Round, code: str, occasion: str) -> tuple[Unit, Cause]:
    placements = select(Placement).where(Placement.pupil == code)
    last = db.session.scalars(placements.order_by(Placement.valid_from.desc())).first()
    team, school = (last.team, last.school) if last else ("", "")
    return Unit(PUPIL, code, team, school, occasion), _cause(of, code, occasion)


def _of_other(kind: str, code: str) -> tuple[Unit, Cause]:
    """Say whose return about a team, school or district it was: it can only have ended."""
    if kind == "team":
        return Unit(kind, code, code), Cause.ENDED
    held = select(TeamSchool.team).where(TeamSchool.school == code)
    team = db.session.scalars(held.order_by(TeamSchool.valid_from.desc())).first()
    return Unit(kind, code, (team or "") if kind == "school" else ""), Cause.ENDED


def _cause(of: Round, code: str, occasion: str) -> Cause:
    """Tell what a pupil lacks: the pathway is asked first, as if every consent held."""
    if db.session.get(Pupil, code) is None:
        return Cause.UNKNOWN
    times = enrolments(_steps(code))
    if not _is_enrolled(of, occasion, times):
        return Cause.NOT_ENROLLED
    if not _is_in_a_span(of, code, occasion):
        return Cause.CONSENT
    return Cause.NOT_PLACED if _is_agreed(of, code) else Cause.NOT_AGREED


def _is_agreed(of: Round, code: str) -> bool:
    needs = needed_for(of)
    if not needs or of.period is None:
        return True
    return bool(db.session.scalar(select(agrees(code, period_of(of.period), needs))))


def _is_in_a_span(of: Round, code: str, occasion: str) -> bool:
    spans = db.session.scalars(select(EnrolmentSpan).where(EnrolmentSpan.pupil == code))
    return _is_enrolled(of, occasion, [Enrolment(each.first_day, each.last_day) for each in spans])


def _is_enrolled(of: Round, occasion: str, times: Sequence[Enrolment]) -> bool:
    if of.period is not None:
        period = period_of(of.period)
        return any(time.touches(period.first, period.last) for time in times)
    every = instrument_of(of.version_id).period
    return occasion in {each.key for each in periods.own_periods(every, times, today())}


def _steps(code: str) -> list[Step]:
    wanted = select(PathwayEvent).where(PathwayEvent.pupil == code).order_by(PathwayEvent.number)
    return [Step(Phase(each.phase), each.day, each.reason) for each in db.session.scalars(wanted)]
