"""Attendance month by month, with excused (giltig) and unexcused (ogiltig) absence kept apart.

Ogiltig absence may rise because guardians stop excusing: it is never shown without the giltig
absence and the total beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from exports.derived.attendance import CLASS_LIMITS, Attendance, absence_class
from exports.disclosure.beside import classes_of, tells_of_hidden
from exports.disclosure.counts import Count
from exports.disclosure.guard import Guard
from exports.disclosure.symbols import Symbol
from exports.results.figures import mean_of, one_row
from exports.results.genders import OfGender, by_gender


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceMonth:
    """What may be shown of one period.

    Attributes:
        pupils: With figures.
        excused, unexcused, absence: Mean of the pupils' per cent; each pupil counts the same. All
            three or none: not where absence would tell of a hidden class.
        classes: Pupils by total absence: below 5 per cent, 5 to below 10, 10-20, 20-50, 50 and
            more.
        genders: Of each class excused, unexcused and all absence; empty where it was not asked for.
    """

    period: str
    pupils: Count
    excused: Decimal | Symbol
    unexcused: Decimal | Symbol
    absence: Decimal | Symbol
    classes: tuple[Count, ...]
    genders: tuple[OfGender, ...] = ()


def month_of(
    period: str,
    reported: Sequence[Attendance],
    guard: Guard | None = None,
    genders: Sequence[str] = (),
) -> AttendanceMonth:
    """Count one period; pupils without scheduled teaching are left out.

    Args:
        genders: Of the same pupils, the class of each (`genders.CLASSES`).

    Raises:
        DifferenceTells: Beside what was shown of it before, nothing can be.
    """
    guard = guard or Guard()
    known = [each for each in reported if each.scheduled]
    classes = [absence_class(each) for each in known]
    names = [str(number) for number in range(len(CLASS_LIMITS) + 1)]
    counted = {name: classes.count(int(name)) for name in names}
    counts = one_row(counted, guard, "classes")
    told = {name: counts[name] for name in names}
    excused = [_percent(each, each.excused) for each in known]
    unexcused = [_percent(each, each.unexcused) for each in known]
    both = [one + other for one, other in zip(excused, unexcused, strict=True)]
    values = {"excused": excused, "unexcused": unexcused, "absence": both}
    ends = pairwise((0, *CLASS_LIMITS, 100))
    beside = classes_of(counted, told, dict(zip(names, ends, strict=True)))
    is_told = not tells_of_hidden(sum(both, Fraction(0)), beside)
    means = {
        name: mean_of(sum(some, Fraction(0)), len(known), guard, name, is_told=is_told)
        for name, some in values.items()
    }
    of = [each for each, one in zip(genders, reported, strict=False) if one.scheduled]
    return AttendanceMonth(
        period=period,
        pupils=counts[None],
        **means,
        classes=tuple(told.values()),
        genders=by_gender(of, values, counts[None], guard) if genders else (),
    )


def _percent(of: Attendance, minutes: int) -> Fraction:
    return Fraction(100 * minutes, of.scheduled)
