"""Milestones and attendance month by month."""

from __future__ import annotations

from decimal import Decimal

from exports.derived.attendance import Attendance
from exports.derived.gas import Rating
from exports.disclosure.symbols import Symbol
from exports.results import attendance, milestones

HIDDEN, ABSENT = Symbol.HIDDEN, Symbol.NOT_COLLECTED


def test_milestones_are_counted_by_pupil_with_both_measures() -> None:
    """Ten pupils have reached both of theirs, ten one of two, ten none; one cannot be judged."""
    both, one, none = ([Rating(0), Rating(0)], [Rating(0), Rating(-1)], [Rating(-1), Rating(-1)])
    found = milestones.month_of(
        "2026-10", [*[both] * 10, *[one] * 10, *[none] * 10, [Rating(None)]]
    )
    assert (found.pupils, found.reached_all, found.reached_some, found.reached_none) == (
        30, 10, 10, 10,
    )  # fmt: skip
    assert found.share == Decimal("50.0")
    # T is 50, 50 - 10/sqrt(2.6) and 50 - 20/sqrt(2.6) for two milestones of weight 1.
    assert found.t == Decimal("43.8")


def test_two_pupils_who_have_reached_nothing_are_hidden_with_others() -> None:
    """Nor worked out: were "some: 0" shown, the mean share of 22 would tell that just two have none."""
    found = milestones.month_of("2026-10", [*[[Rating(0)]] * 20, *[[Rating(-1)]] * 2])
    classes = {found.reached_all, found.reached_some, found.reached_none}
    assert (found.pupils, classes, found.share) == (22, {HIDDEN}, Decimal("90.9"))


def test_nine_pupils_have_no_mean() -> None:
    """They are counted, for staff."""
    found = milestones.month_of("2026-10", [[Rating(0)]] * 9)
    assert (found.pupils, found.share, found.t) == (9, HIDDEN, HIDDEN)


def test_a_month_without_returns_says_so() -> None:
    """Nothing was collected: that is not the same as nobody."""
    found = milestones.month_of("2026-10", [])
    assert (found.pupils, found.t) == (0, ABSENT)


def test_excused_and_unexcused_absence_stay_apart() -> None:
    """A month of ten pupils: 8 per cent giltig, 4 ogiltig, 12 together."""
    month = [Attendance(1000, 80, 40)] * 10 + [Attendance(0, 0, 0)]
    found = attendance.month_of("2026-10", month)
    assert (found.excused, found.unexcused, found.absence) == (
        Decimal("8.0"), Decimal("4.0"), Decimal("12.0"),
    )  # fmt: skip
    assert found.pupils == 10
    assert found.classes == (0, 0, 10, 0, 0)


def test_the_few_with_much_absence_are_hidden() -> None:
    """Three pupils above half: they, and another class with them."""
    month = [Attendance(1000, 0, 0)] * 20 + [Attendance(1000, 80, 0)] * 9
    found = attendance.month_of("2026-10", [*month, *[Attendance(1000, 600, 0)] * 3])
    assert found.classes == (20, HIDDEN, 0, 0, HIDDEN)
