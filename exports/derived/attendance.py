"""Attendance in per cent of scheduled teaching, with excused and unexcused absence kept apart.

Unexcused absence (ogiltig) may rise because guardians stop excusing, which is good news: so it is
never an outcome alone, and the total stands beside the two parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Classes of total absence, in per cent: configurable, for no threshold is given by law.
CLASS_LIMITS = (5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Minutes of one pupil in one period.

    Attributes:
        scheduled: Minutes of scheduled teaching.
        excused: Minutes of giltig absence.
        unexcused: Minutes of ogiltig absence.
    """

    scheduled: int
    excused: int
    unexcused: int

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: Something is negative, or there is more absence than teaching.
        """
        if min(self.scheduled, self.excused, self.unexcused) < 0:
            raise ValueError("minutes are never negative")
        if self.excused + self.unexcused > self.scheduled:
            raise ValueError("there is more absence than scheduled teaching")

    @property
    def absence(self) -> int:
        """Give all absence in minutes."""
        return self.excused + self.unexcused

    def percent(self, minutes: int) -> float | None:
        """Give minutes in per cent of what was scheduled; None when nothing was."""
        return 100 * minutes / self.scheduled if self.scheduled else None

    @property
    def excused_percent(self) -> float | None:
        """Give giltig absence in per cent."""
        return self.percent(self.excused)

    @property
    def unexcused_percent(self) -> float | None:
        """Give ogiltig absence in per cent."""
        return self.percent(self.unexcused)

    @property
    def absence_percent(self) -> float | None:
        """Give all absence in per cent."""
        return self.percent(self.absence)

    @property
    def present_percent(self) -> float | None:
        """Give presence in per cent."""
        return self.percent(self.scheduled - self.absence)


def absence_class(of: Attendance, limits: Sequence[int] = CLASS_LIMITS) -> int | None:
    """Count the limits that the total absence reaches: 0 is the least; None if undefined."""
    percent = of.absence_percent
    return None if percent is None else sum(percent >= limit for limit in limits)


def are_alike(of: Attendance, before: Attendance) -> bool:
    """Tell whether two periods have the same figures, which hints at a copy."""
    return of == before and of.scheduled > 0


def differ_by(school: Attendance, team: Attendance) -> float | None:
    """Give by how many points the school's absence lies above the team's; None if undefined."""
    theirs, ours = school.absence_percent, team.absence_percent
    return None if theirs is None or ours is None else theirs - ours


def longest_absence(present_by_day: Sequence[bool]) -> int:
    """Count the days of the longest unbroken absence in days that had teaching, in order."""
    longest = here = 0
    for is_present in present_by_day:
        here = 0 if is_present else here + 1
        longest = max(longest, here)
    return longest


def absence_spells(present_by_day: Sequence[bool]) -> int:
    """Count how often an absence began: many short ones are scattered absence (ströfrånvaro)."""
    days = [True, *present_by_day]
    return sum(was_present and not is_present for was_present, is_present in pairwise(days))
