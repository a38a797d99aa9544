"""Rounds that are over, rules for them, and carrying them out."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from survey_app.actions import rounds
from survey_app.actions.calendar import today
from survey_app.actions.retention import carrying, rules
from survey_app.actions.returns.reporting import report
from survey_app.actions.returns.saving import Action, Sent
from survey_app.actions.returns.scope import Viewer, find_expected
from survey_app.store.database import db, writing
from survey_app.store.retention import RetentionProtocol, Unit
from tests.survey_app.returns import city

BY, ADMIN = "Kim Registrator", "admin@stad.example"
DECISION = "SN 2026/123 § 14"
SECRET = "Fiskmåsarnas hemlighet"
CODE = city.OURS[0]


def rule(name: str, length: int = 1, unit: Unit = Unit.DAY) -> None:
    """Write down a rule."""
    rules.register(name, length, unit, DECISION, date(2026, 1, 15), ADMIN)


def end(name: str, days: int = 10) -> None:
    """Let a round have ended so many days ago."""
    rounds.close_round(name)
    day = today() - timedelta(days=days)
    with writing():
        found = rounds.find(name)
        found.closed_on, found.due = day, None
        found.period = None


def carry_out(name: str) -> RetentionProtocol:
    """Erase what is due."""
    return carrying.carry_out(name, "erase", carrying.preview(name).digest, BY)


def count(table: type) -> int:
    """Count a table's rows."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def returned_city() -> None:
    """Make returns with a secret note that was changed: the trail has both."""
    month = city.fill(september=False)
    kept = city.hand_in(month, CODE, anteckning=SECRET)
    expected, _ = find_expected(month, "pupil", CODE, "", Viewer(city.TEAM))
    said = {**city.FULL, "anteckning": "Annat"}
    sent = Sent(kept.revision, said, action=Action.SUBMIT, reason="fel")
    report(month, expected, sent, city.TEAM)
    end(month.name)
