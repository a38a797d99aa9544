"""What of the register is valid today, and how it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Select

from survey_app.actions.calendar import today
from survey_app.store.database import db
from survey_app.store.dated import Dated

Row = TypeVar("Row", bound=Dated)


def valid_today(wanted: Select[Row]) -> list[Row]:
    """Give those rows of a query that are valid today, in its order."""
    return [each for each in db.session.scalars(wanted) if each.is_valid_on(today())]


def end(held: Dated) -> None:
    """Let something end with yesterday, in the caller's transaction; what began today never was."""
    if held.valid_from == today():
        db.session.delete(held)
    else:
        held.valid_to = today() - timedelta(days=1)
