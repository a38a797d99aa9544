"""What is expected when: from the calendar, and from a pupil's own dates."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions.register.pathway import Enrolment
from survey_app.actions.register.periods import (
    PeriodUnknown,
    calendar_periods,
    is_expected,
    month,
    own_periods,
    term,
)

SPRING = Enrolment(date(2026, 2, 15), date(2026, 5, 10))


def keys(kind: str, first: date, last: date) -> list[str]:
    """Name the periods between two days."""
    return [each.key for each in calendar_periods(kind, first, last)]


def test_july_is_never_expected() -> None:
    """A return for July is not missing: schools are empty."""
    months = keys("month", date(2026, 5, 31), date(2026, 9, 1))
    assert months == ["2026-05", "2026-06", "2026-08", "2026-09"]


def test_terms_and_years() -> None:
    """Spring ends with June, autumn begins with August; July belongs to neither."""
    assert keys("term", date(2025, 12, 31), date(2026, 8, 1)) == ["ht-2025", "vt-2026", "ht-2026"]
    assert keys("term", date(2026, 7, 1), date(2026, 7, 31)) == []
    assert keys("year", date(2025, 12, 31), date(2026, 1, 1)) == ["2025", "2026"]


def test_months_end_on_their_last_day() -> None:
    """Leap years and Decembers."""
    assert month(2028, 2).last == date(2028, 2, 29)
    assert month(2026, 12).last == date(2026, 12, 31)


def test_a_pupil_is_expected_while_enrolled() -> None:
    """Also in the months of which only a part was."""
    expected = [
        each.key
        for each in calendar_periods("month", date(2026, 1, 1), date(2026, 12, 31))
        if is_expected(each, [SPRING], None)
    ]
    assert expected == ["2026-02", "2026-03", "2026-04", "2026-05"]


def test_after_withdrawal_nothing_is_expected() -> None:
    """Not from the very day on, and nothing at all when it came before the enrolment."""
    assert is_expected(month(2026, 3), [SPRING], date(2026, 3, 2))
    assert not is_expected(month(2026, 3), [SPRING], date(2026, 3, 1))
    assert not is_expected(month(2026, 2), [SPRING], date(2026, 2, 15))
    assert not is_expected(term(2026, is_autumn=False), [SPRING], date(2026, 1, 1))


def test_every_eight_weeks_from_the_own_start() -> None:
    """SkolFam's rhythm: full pieces only, numbered on through a second enrolment."""
    times = [SPRING, Enrolment(date(2026, 9, 1))]
    found = list(own_periods("every-8-weeks", times, date(2026, 12, 31)))
    assert [each.key for each in found] == ["v8-1", "v8-2", "v8-3"]
    assert [each.first for each in found] == [
        date(2026, 2, 15),
        date(2026, 9, 1),
        date(2026, 10, 27),
    ]
    assert found[0].last == date(2026, 4, 11)


def test_a_changed_start_changes_what_is_expected() -> None:
    """Nothing is typed: move the enrolment by a day and the periods move too."""
    earlier = Enrolment(date(2026, 2, 14), date(2026, 5, 10))
    assert [each.first for each in own_periods("every-4-weeks", [earlier], date(2026, 5, 31))] == [
        date(2026, 2, 14), date(2026, 3, 14), date(2026, 4, 11),
    ]  # fmt: skip


def test_the_booster_is_relative_to_discharge() -> None:
    """Twelve weeks after, unless the pupil has been enrolled again by then."""
    (booster,) = own_periods("12-weeks-after", [SPRING], date(2026, 12, 31))
    assert (booster.first, booster.last) == (date(2026, 5, 11), date(2026, 8, 2))
    assert list(own_periods("12-weeks-after", [SPRING], date(2026, 8, 1))) == []
    again = [SPRING, Enrolment(date(2026, 8, 2))]
    assert list(own_periods("12-weeks-after", again, date(2026, 12, 31))) == []


@pytest.mark.parametrize("kind", ["week", "every-0-weeks", "every-100-weeks", ""])
def test_unknown_kinds_are_refused(kind) -> None:
    """A misspelt period never means that nothing is expected."""
    with pytest.raises(PeriodUnknown):
        own_periods(kind, [], date(2026, 1, 1))
    with pytest.raises(PeriodUnknown):
        list(calendar_periods(kind, date(2026, 1, 1), date(2026, 1, 2)))
