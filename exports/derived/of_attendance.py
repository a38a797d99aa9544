"""Attendance in per cent, out of the minutes of a month's return."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exports.cells import Cell
from exports.derived.attendance import Attendance
from exports.derived.variable import Derived
from forms.answers import Answers
from forms.marking import N_

MINUTES = ("schema_min", "giltig_min", "ogiltig_min")


def attendance_in(answers: Answers) -> Attendance | None:
    """Read the minutes; None when one is missing or they contradict each other."""
    try:
        scheduled, excused, unexcused = (int(answers.values[name]) for name in MINUTES)
        return Attendance(scheduled, excused, unexcused)
    except (KeyError, ValueError):
        return None


def _percent(
    name: str, phrase: str, formula: str, of: Callable[[Attendance], float | None]
) -> Derived:
    def work_out(answers: Answers) -> Cell | None:
        attendance = attendance_in(answers)
        percent = of(attendance) if attendance else None
        return None if percent is None else Fraction(percent)

    return Derived(
        name=name, phrase=phrase, formula=formula, sources=frozenset(MINUTES), of=work_out
    )


ATTENDANCE = (
    _percent(
        "pct_giltig",
        N_("Excused absence (giltig), per cent"),
        N_("100 × giltig_min / schema_min; undefined when nothing was scheduled."),
        lambda attendance: attendance.excused_percent,
    ),
    _percent(
        "pct_ogiltig",
        N_("Unexcused absence (ogiltig), per cent"),
        N_(
            "100 × ogiltig_min / schema_min; undefined when nothing was scheduled. Never an "
            "outcome alone: it may rise because guardians stop excusing."
        ),
        lambda attendance: attendance.unexcused_percent,
    ),
    _percent(
        "pct_franvaro",
        N_("All absence, per cent"),
        N_("100 × (giltig_min + ogiltig_min) / schema_min; undefined when nothing was scheduled."),
        lambda attendance: attendance.absence_percent,
    ),
    _percent(
        "pct_narvaro",
        N_("Presence, per cent"),
        N_(
            "100 × (schema_min − giltig_min − ogiltig_min) / schema_min; undefined when nothing "
            "was scheduled."
        ),
        lambda attendance: attendance.present_percent,
    ),
)
