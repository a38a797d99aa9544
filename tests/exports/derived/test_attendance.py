"""Attendance in per cent, and the patterns that a team asks about."""

from __future__ import annotations

import pytest

from exports.derived.attendance import (
    Attendance,
    absence_class,
    absence_spells,
    are_alike,
    differ_by,
    longest_absence,
)


def test_the_parts_are_kept_apart() -> None:
    """1500 minutes scheduled, 180 excused, 120 not."""
    month = Attendance(1500, 180, 120)
    assert (month.excused_percent, month.unexcused_percent) == (12.0, 8.0)
    assert (month.absence_percent, month.present_percent) == (20.0, 80.0)


def test_nothing_scheduled_has_no_per_cent() -> None:
    """Undefined is nothing, never 0."""
    none = Attendance(0, 0, 0)
    assert none.excused_percent is none.unexcused_percent is None
    assert none.absence_percent is none.present_percent is None
    assert absence_class(none) is None
    assert differ_by(none, Attendance(100, 10, 0)) is None
    assert differ_by(Attendance(100, 10, 0), none) is None


@pytest.mark.parametrize("minutes", [(100, 60, 41), (-1, 0, 0), (100, -1, 0), (100, 0, -1)])
def test_what_cannot_be_is_refused(minutes) -> None:
    """There is never more absence than teaching."""
    with pytest.raises(ValueError, match=r"absence|negative"):
        Attendance(*minutes)


@pytest.mark.parametrize(
    ("absent", "expected"), [(0, 0), (49, 0), (50, 1), (100, 2), (199, 2), (200, 3), (500, 4)]
)
def test_classes_begin_at_their_limits(absent, expected) -> None:
    """Under 5, 5-10, 10-20, 20-50 and 50 per cent or more."""
    assert absence_class(Attendance(1000, 0, absent)) == expected


def test_copied_figures_and_two_sources_are_seen() -> None:
    """Same figures two months running; the school 15 points above the team."""
    month = Attendance(1000, 100, 50)
    assert are_alike(month, Attendance(1000, 100, 50))
    assert not are_alike(month, Attendance(1000, 50, 100))
    assert not are_alike(Attendance(0, 0, 0), Attendance(0, 0, 0))
    assert differ_by(Attendance(1000, 300, 0), Attendance(1000, 100, 50)) == 15.0


def test_unbroken_and_scattered_absence_differ() -> None:
    """Five days away in one spell, or in four."""
    together = [True, False, False, False, False, False, True]
    scattered = [False, True, False, True, False, False, True, False]
    assert (longest_absence(together), absence_spells(together)) == (5, 1)
    assert (longest_absence(scattered), absence_spells(scattered)) == (2, 4)
    assert (longest_absence([]), absence_spells([])) == (0, 0)
