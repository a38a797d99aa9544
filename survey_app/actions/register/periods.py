"""Periods in which something is reported, and who is expected to report in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.actions.register.pathway import Enrolment

HOLIDAY_MONTH = 7  # schools are empty in July: a return is not expected then, not missing
FIRST_AUTUMN_MONTH = 8

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TERM = re.compile(r"(vt|ht)-(\d{4})")
_YEAR = re.compile(r"\d{4}")
_WEEKS = re.compile(r"every-([1-9]\d?)-weeks")
_AFTER = re.compile(r"([1-9]\d?)-weeks-after")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days that one return is about.

    Attributes:
        first, last: Both counted in.
        key: What it is called in the coded file: 2026-09, vt-2026, 2026, v8-3 (the third eight
            weeks), efter-12 (twelve weeks after discharge).
    """

    first: date
    last: date
    key: str


class PeriodUnknown(ValueError):
    """Nothing is reported so often."""


def month(year: int, number: int) -> Period:
    """Give a calendar month."""
    return Period(date(year, number, 1), _last_day(year, number), f"{year}-{number:02}")


def term(year: int, *, is_autumn: bool) -> Period:
    """Give a term: August to December, or January to June."""
    if is_autumn:
        return Period(date(year, FIRST_AUTUMN_MONTH, 1), date(year, 12, 31), f"ht-{year}")
    return Period(date(year, 1, 1), date(year, 6, 30), f"vt-{year}")


def year(number: int) -> Period:
    """Give a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), str(number))


def period_of(key: str) -> Period:
    """Read a period of the calendar from its key.

    Raises:
        PeriodUnknown: It is none, or the month is July.
    """
    if (found := _MONTH.fullmatch(key)) and 1 <= int(found[2]) <= 12:
        if int(found[2]) != HOLIDAY_MONTH:
            return month(int(found[1]), int(found[2]))
    elif found := _TERM.fullmatch(key):
        return term(int(found[2]), is_autumn=found[1] == "ht")
    elif _YEAR.fullmatch(key):
        return year(int(key))
    raise PeriodUnknown(key)


def kind_of(key: str) -> str:
    """Tell whether a period of the calendar is a month, a term or a year.

    Raises:
        PeriodUnknown: As for `period_of`.
    """
    period_of(key)
    return "year" if _YEAR.fullmatch(key) else "term" if _TERM.fullmatch(key) else "month"


def calendar_periods(kind: str, first: date, last: date) -> Iterator[Period]:
    """Give the periods of a kind that have a day between two days; July has none of months.

    Args:
        kind: `month`, `term` or `year`.

    Raises:
        PeriodUnknown: It is no kind of the calendar.
    """
    every = _EVERY.get(kind)
    if every is None:
        raise PeriodUnknown(kind)
    for number in range(first.year, last.year + 1):
        for period in every(number):
            if period.first <= last and first <= period.last:
                yield period


def own_periods(kind: str, enrolments: Iterable[Enrolment], last: date) -> Iterator[Period]:
    """Give the periods that follow from a pupil's own dates, as far as they are over by `last`.

    Args:
        kind: `every-8-weeks` counts from each enrolment, the last piece before a discharge left
            out; `12-weeks-after` is one period that begins with the day after a discharge.

    Raises:
        PeriodUnknown: It is neither.
    """
    if found := _WEEKS.fullmatch(kind):
        return _every_weeks(int(found[1]), enrolments, last)
    if found := _AFTER.fullmatch(kind):
        return _weeks_after(int(found[1]), enrolments, last)
    raise PeriodUnknown(kind)


def is_of_the_calendar(kind: str) -> bool:
    """Tell whether a kind of period is the same for all pupils."""
    return kind in _EVERY


def is_expected(period: Period, enrolments: Iterable[Enrolment], withdrawn_on: date | None) -> bool:
    """Tell whether a pupil is to be reported about in a period of the calendar.

    Args:
        withdrawn_on: The day the guardian or pupil took the consent back: nothing is reported
            about that day or later ones.
    """
    times = [each if withdrawn_on is None else each.until(withdrawn_on) for each in enrolments]
    return any(time is not None and time.touches(period.first, period.last) for time in times)


def _every_weeks(weeks: int, enrolments: Iterable[Enrolment], last: date) -> Iterator[Period]:
    number = 0
    for time in enrolments:
        first, length = time.first_day, timedelta(weeks=weeks)
        end = last if time.last_day is None else min(last, time.last_day)
        while first + length - timedelta(days=1) <= end:
            number += 1
            yield Period(first, first + length - timedelta(days=1), f"v{weeks}-{number}")
            first += length


def _weeks_after(weeks: int, enrolments: Iterable[Enrolment], last: date) -> Iterator[Period]:
    """Leave out what a new enrolment cuts short."""
    times = list(enrolments)
    for place, time in enumerate(times):
        if time.last_day is None:
            continue
        first = time.last_day + timedelta(days=1)
        end = first + timedelta(weeks=weeks) - timedelta(days=1)
        is_cut = place + 1 < len(times) and times[place + 1].first_day <= end
        if end <= last and not is_cut:
            suffix = "" if place == 0 else f"-{place + 1}"
            yield Period(first, end, f"efter-{weeks}{suffix}")


def _months(number: int) -> Iterator[Period]:
    return (month(number, each) for each in range(1, 13) if each != HOLIDAY_MONTH)


def _terms(number: int) -> Iterator[Period]:
    return (term(number, is_autumn=is_autumn) for is_autumn in (False, True))


def _years(number: int) -> Iterator[Period]:
    yield year(number)


_EVERY = {"month": _months, "term": _terms, "year": _years}


def _last_day(year: int, number: int) -> date:
    following = date(year + number // 12, number % 12 + 1, 1)
    return following - timedelta(days=1)
