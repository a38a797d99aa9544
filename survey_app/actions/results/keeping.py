"""Keep what was counted of returns until anything that it rests on has changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

from flask import current_app
from sqlalchemy import func, select

from survey_app.actions.calendar import today
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.returns import AuditEntry, UnitReturn

KEPT = "returned_results"

Found = TypeVar("Found")
State = tuple[date, int | None, int, int | None, int]


def kept(kind: str, instrument: str, count: Callable[[], Found]) -> Found:
    """Give what was counted before, unless returns, register, consents or the day have changed.

    The register and each decision about a return leave an entry in the trail, each saving another
    revision: so a consent that is taken back counts at once.
    """
    known: dict[tuple[str, str], tuple[State, object]]
    known = current_app.extensions.setdefault(KEPT, {})
    state = _state()
    before = known.get((kind, instrument))
    if before is None or before[0] != state:
        before = known[kind, instrument] = state, count()
    return cast("Found", before[1])


def _state() -> State:
    returns = select(func.count(UnitReturn.id), func.sum(UnitReturn.revision))
    number, revisions = db.session.execute(returns).one()
    entries = db.session.scalar(select(func.max(AuditEntry.number)))
    rounds = db.session.scalar(select(func.count(Round.id))) or 0
    return today(), entries, number, revisions, rounds
