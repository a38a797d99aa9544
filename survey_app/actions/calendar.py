"""Which day it is where the rounds are held."""

from __future__ import annotations

from datetime import date, datetime

from survey_app.settings import TIME_ZONE

MORNING, EVENING = 5, 20  # hours


def today() -> date:
    """Give the day in Sweden."""
    return datetime.now(TIME_ZONE).date()


def is_night() -> bool:
    """Tell whether it is the time of day in Sweden at which hardly anybody answers or reports."""
    return not MORNING <= datetime.now(TIME_ZONE).hour < EVENING
