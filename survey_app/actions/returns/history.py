"""What was reported about a unit before: last month's values, and the curve over the months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from survey_app.actions.register.periods import period_of
from survey_app.actions.register.states import HANDED_IN, ReturnState
from survey_app.actions.returns.placing import PUPIL, Unit, school_at
from survey_app.actions.returns.prefilling import REPEAT, milestones_at
from survey_app.actions.returns.saving import find
from survey_app.actions.returns.scope import is_of_schools
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.returns import UnitReturn

SCHOOL_RETURN = "narvaro"  # the built-in instrument in which schools report attendance
KEPT_FROM = (*HANDED_IN, ReturnState.RETURNED)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Month:
    """What was reported about a unit in one period."""

    period: str
    values: Values


def months_of(of: Round, unit: Unit) -> list[Month]:
    """Give what was handed in about a unit until a round, the oldest first.

    What schools report begins with the pupil's own school: another's officer does not see it.
    Where each unit has periods of its own, these are in their order until the unit's.
    """
    if unit.occasion:
        return _occasions_of(of, unit)
    rounds = {each.id: each.period for each in [*_earlier(of), of] if each.period}
    if is_of_schools(of) and unit.kind == PUPIL:
        rounds = {number: key for number, key in rounds.items() if _is_placed_as(unit, key)}
    wanted = select(UnitReturn.round_id, UnitReturn.answers).where(
        UnitReturn.round_id.in_(rounds),
        UnitReturn.unit_kind == unit.kind,
        UnitReturn.unit == unit.code,
        UnitReturn.state.in_([str(state) for state in KEPT_FROM]),
    )
    found = [Month(rounds[number] or "", values) for number, values in db.session.execute(wanted)]
    return sorted(found, key=lambda month: period_of(month.period))


def latest_before(of: Round, unit: Unit) -> Values:
    """Give what was handed in about a unit the last time before a round; {} when nothing was."""
    here = unit.occasion or of.period
    months = [month for month in months_of(of, unit) if month.period != here]
    return months[-1].values if months else {}


def as_now(before: Values, given: Values) -> Values:
    """Move earlier values to where the same milestones stand now.

    Args:
        before: As stored: a milestone's place may be another one by now.
        given: What the register says now, milestones' numbers among it.
    """
    moved = {at: value for at, value in before.items() if not at.startswith(f"{REPEAT}[")}
    earlier = {number: prefix for prefix, number in milestones_at(before)}
    for prefix, number in milestones_at(given):
        old = earlier.get(number)
        inside = [at for at in before if old and at.startswith(old)]
        moved |= {prefix + at[len(old or "") :]: before[at] for at in inside}
    return moved


def by_the_school(of: Round, unit: Unit) -> Values:
    """Give what the school itself has handed in about a pupil's attendance in the same period."""
    if of.version.name == SCHOOL_RETURN or of.period is None:
        return {}
    for each in queries.rounds_of(SCHOOL_RETURN):
        kept = find(each, unit) if each.period == of.period else None
        if kept is not None and kept.state in HANDED_IN:
            return kept.answers
    return {}


def _occasions_of(of: Round, unit: Unit) -> list[Month]:
    """Give what was handed in about a unit's own periods, such as v8-1, up to one of them."""
    until = occasion_number(unit.occasion)
    rounds = {each.id for each in queries.rounds_of(of.version.name) if each.period is None}
    wanted = select(UnitReturn.occasion, UnitReturn.answers).where(
        UnitReturn.round_id.in_(rounds),
        UnitReturn.unit_kind == unit.kind,
        UnitReturn.unit == unit.code,
        UnitReturn.state.in_([str(state) for state in KEPT_FROM]),
    )
    found = [Month(occasion, values) for occasion, values in db.session.execute(wanted)]
    earlier = (each for each in found if occasion_number(each.period) <= until)
    return sorted(earlier, key=lambda each: occasion_number(each.period))


def occasion_number(key: str) -> int:
    """Give the number of a unit's own period: 3 of v8-3."""
    number = key.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _is_placed_as(unit: Unit, key: str) -> bool:
    """Tell whether the pupil was last at the same school in an earlier period."""
    return school_at(unit.code, period_of(key)) == unit.school


def _earlier(of: Round) -> Sequence[Round]:
    """Give the earlier rounds of the same instrument."""
    if of.period is None:
        return []
    first = period_of(of.period).first
    others = [each for each in queries.rounds_of(of.version.name) if each.period]
    return [each for each in others if period_of(each.period or "").first < first]
