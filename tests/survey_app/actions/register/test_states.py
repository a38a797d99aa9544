"""Where a return is, and how much has come."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions.register.states import (
    BY_COORDINATOR,
    BY_TEAM,
    ReturnState,
    completeness,
    state_of,
)
from survey_app.store.returns import STATES

DUE = date(2026, 10, 7)
S = ReturnState


@pytest.mark.parametrize(
    ("stored", "is_expected", "today", "expected"),
    [
        (None, False, DUE, S.NOT_EXPECTED),
        (None, True, DUE, S.EXPECTED),
        (None, True, date(2026, 10, 8), S.MISSING),
        (S.DRAFT, True, DUE, S.DRAFT),
        (S.DRAFT, True, date(2026, 10, 8), S.MISSING),
        (S.DRAFT, False, date(2026, 10, 8), S.DRAFT),
        (S.SUBMITTED, True, date(2026, 12, 1), S.SUBMITTED),
        (S.ACCEPTED, False, DUE, S.ACCEPTED),
        (S.CANNOT_BE_SUPPLIED, True, date(2026, 12, 1), S.CANNOT_BE_SUPPLIED),
    ],
)
def test_the_calendar_decides_what_is_late(stored, is_expected, today, expected) -> None:
    """Late after the due day, never on it."""
    assert state_of(stored, is_expected=is_expected, due=DUE, today=today) is expected


def test_completeness_shows_both_numbers() -> None:
    """Three of four: what cannot be supplied is not held against the team."""
    states = [S.ACCEPTED, S.ACCEPTED, S.ACCEPTED, S.MISSING, S.CANNOT_BE_SUPPLIED, S.NOT_EXPECTED]
    found = completeness(states)
    assert (found.accepted, found.to_come, found.share) == (3, 4, 0.75)
    assert completeness([S.NOT_EXPECTED, S.CANNOT_BE_SUPPLIED]).share is None


def test_what_is_derived_is_never_stored() -> None:
    """Nobody hands in a state that the calendar gives."""
    moves = BY_TEAM | BY_COORDINATOR
    assert {after for _, after in moves} == set(STATES)
    assert not BY_TEAM & BY_COORDINATOR
