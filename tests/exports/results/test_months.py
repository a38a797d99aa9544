"""Milestones and attendance month by month."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import product

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
    """Nor worked out: 90.9 per cent of 22 are 20, so beside hidden classes the means go too."""
    found = milestones.month_of("2026-10", [*[[Rating(0)]] * 20, *[[Rating(-1)]] * 2])
    classes = {found.reached_all, found.reached_some, found.reached_none}
    assert (found.pupils, classes, found.share, found.t) == (22, {HIDDEN}, HIDDEN, HIDDEN)


def test_means_stand_beside_hidden_classes_where_they_tell_of_many() -> None:
    """Of 22, nine have reached theirs, nine half of theirs, four nothing: 13.5 of 22 together."""
    both, one, none = ([Rating(0), Rating(0)], [Rating(0), Rating(-1)], [Rating(-1), Rating(-1)])
    found = milestones.month_of("2026-10", [*[both] * 9, *[one] * 9, *[none] * 4])
    classes = {found.reached_all, found.reached_some, found.reached_none}
    assert (classes, found.share, found.t) == ({HIDDEN}, Decimal("61.4"), Decimal("45.2"))


def test_the_mean_share_of_few_tells_no_hidden_class() -> None:
    """All that ten pupils with one or two milestones can have: three values stand behind each."""
    kinds = ([Rating(0), Rating(0)], [Rating(0), Rating(-1)], [Rating(-1), Rating(-1)])
    behind: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for every in product(range(11), repeat=2):
        if sum(every) <= 10:
            sizes = (*every, 10 - sum(every))
            pupils = [kind for kind, n in zip(kinds, sizes, strict=True) for _ in range(n)]
            found = milestones.month_of("2026-10", pupils)
            if found.reached_all is HIDDEN:
                behind[found.share].append(sizes)
    assert len(behind) > 1
    assert [
        (share, found)
        for share, found in behind.items()
        if any(len(set(values)) < 3 for values in zip(*found, strict=True))
    ] == []


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
    assert found.absence == Decimal("7.9")


def test_a_mean_that_tells_of_one_pupil_gives_way() -> None:
    """Twelve who miss 1.1 per cent on average, not all below five: only one can have missed more."""
    month = [*[Attendance(1000, 0, 6)] * 11, Attendance(1000, 0, 60)]
    found = attendance.month_of("2026-10", month)
    assert (found.pupils, set(found.classes)) == (12, {HIDDEN, 0})
    assert (found.excused, found.unexcused, found.absence) == (HIDDEN, HIDDEN, HIDDEN)


def test_a_group_below_ten_shows_no_classes() -> None:
    """Nor zeros: that all of nine are alike would be told by hiding theirs."""
    found = attendance.month_of("2026-10", [Attendance(1000, 0, 0)] * 9)
    assert (found.pupils, set(found.classes)) == (9, {HIDDEN})
