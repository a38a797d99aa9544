"""Which day it is where the rounds are held."""

from __future__ import annotations

from datetime import date, datetime

from survey_app.settings import TIME_ZONE


def today() -> date:
    """Give the day in Sweden."""
    return datetime.now(TIME_ZONE).date()
