"""Rules of retention: for how long something is kept, and by which decision."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from survey_app.actions import trail
from survey_app.actions.calendar import today
from survey_app.actions.retention import sets
from survey_app.actions.retention.errors import RuleInvalid
from survey_app.store.database import db, writing
from survey_app.store.retention import DECISION_LENGTH, RetentionRule, Unit

LONGEST = 3650
EARLIEST = 1900  # a year before everything here; moments before the first year cannot be counted
MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


def listing() -> Mapping[str, RetentionRule]:
    """Give the rules that there are, by kind of data."""
    return {each.data_set: each for each in db.session.scalars(select(RetentionRule))}


def find(name: str) -> RetentionRule | None:
    """Give the rule of a kind of data, if there is one."""
    return db.session.get(RetentionRule, sets.find(name).name)


def register(
    name: str, length: int, unit: Unit, decision: str, decided_on: date, account: str
) -> None:
    """Write down a rule, in the place of an earlier one; both stand in the trail.

    Args:
        decision: The reference of the decision.
        account: Who writes it down.

    Raises:
        SetUnknown: There is no such kind of data.
        RuleInvalid: It rests on nothing.
    """
    of, decision = sets.find(name), decision.strip()
    if not 0 < length <= LONGEST or not 0 < len(decision) <= DECISION_LENGTH:
        raise RuleInvalid
    if decided_on > today():
        raise RuleInvalid
    facts = {"length": length, "unit": unit.value, "decision": decision, "decided_on": decided_on}
    with writing():
        kept = db.session.get(RetentionRule, of.name)
        before = {each: getattr(kept, each) for each in facts} if kept else {}
        kept = kept or RetentionRule(data_set=of.name)
        for each, value in facts.items():
            setattr(kept, each, value)
        kept.registered_by, kept.registered_on = account, today()
        db.session.add(kept)
        told = {each: [_text(before.get(each)), _text(value)] for each, value in facts.items()}
        trail.record(account, "retention.rule", of.name, told)


def cutoff(rule: RetentionRule) -> date:
    """Give the day before which the time of a rule is over today."""
    return shifted(today(), -rule.length, Unit(rule.unit))


def shifted(day: date, length: int, unit: Unit) -> date:
    """Give the day so many days, months or years later; of a short month the last day."""
    if unit is Unit.DAY:
        return day + timedelta(days=length)
    months = day.year * 12 + day.month - 1 + length * MONTHS[unit]
    year, month = max(months // 12, EARLIEST), months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def backups_until() -> date | None:
    """Give the day until which a backup of today is kept; None where no rule says so."""
    rule = find(sets.BACKUPS)
    return shifted(today(), rule.length, Unit(rule.unit)) if rule else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
