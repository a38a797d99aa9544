"""Girls and all others: shown together or not at all, whoever subtracts what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.derived.attendance import Attendance
from exports.derived.gas import Rating
from exports.disclosure.differences import Step
from exports.disclosure.guard import Earlier, Guard, Released, is_too_like
from exports.disclosure.symbols import Symbol
from exports.results import attendance, milestones
from exports.results.figures import mean_of
from exports.results.genders import GIRLS, OTHERS, OfGender, by_gender, class_of

HIDDEN, ABSENT = Symbol.HIDDEN, Symbol.NOT_COLLECTED
LEAST = 3  # values that a hidden count must be able to have


def release(girls: int, others: int, guard: Guard | None = None) -> tuple[OfGender, ...]:
    """Release a mean of 1 for girls and 2 for others, after that of all."""
    guard, n = guard or Guard(), girls + others
    values = [*[Fraction(1)] * girls, *[Fraction(2)] * others]
    mean_of(sum(values, Fraction(0)), n, guard, "mean")
    classes = [*[GIRLS] * girls, *[OTHERS] * others]
    return by_gender(classes, {"mean": values}, n, guard)


def shown(found: Sequence[OfGender]) -> list[object]:
    """Give both counts, then both means."""
    return [*(each.n for each in found), *(mean for each in found for mean in each.means)]


def told(girls: int, others: int) -> Released:
    """Give what a first release tells."""
    guard = Guard()
    release(girls, others, guard)
    return guard.released()


@pytest.mark.parametrize(
    ("girls", "others", "seen"),
    [
        (10, 10, [10, 10, Decimal("1.0"), Decimal("2.0")]),
        (9, 31, [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        (31, 9, [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        (30, 1, [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        (0, 25, [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        (0, 0, [0, 0, ABSENT, ABSENT]),
    ],
)
def test_a_class_below_ten_hides_the_other(girls: int, others: int, seen: list[object]) -> None:
    """R2 for staff too; the number and mean of all stand beside it, so one would tell the other."""
    assert shown(release(girls, others)) == seen


@pytest.mark.parametrize("pupils", [5, 9, 10, 11, 15, 19, 20, 21, 24])
def test_a_reader_who_has_the_total_cannot_tell_a_hidden_class(pupils: int) -> None:
    """Tries every division of so many pupils: what looks the same can be three numbers or more."""
    behind: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for girls in range(pupils + 1):
        behind[tuple(shown(release(girls, pupils - girls)))].add(girls)
    hidden = [girls for seen, girls in behind.items() if HIDDEN in seen[:2]]
    assert hidden
    assert min(map(len, hidden)) >= LEAST


def test_another_gender_is_never_a_class() -> None:
    """One pupil is not left over when girls and boys are taken from all; nor is a group made."""
    assert [class_of(each) for each in ("flicka", "pojke", "annat", "")] == [GIRLS, *[OTHERS] * 3]


def test_the_number_of_all_hidden_hides_both() -> None:
    """What all are is judged first; its parts would bring it back."""
    assert shown(by_gender([GIRLS] * 20 + [OTHERS] * 20, {}, HIDDEN, Guard())) == [HIDDEN, HIDDEN]


def test_means_of_classes_stand_only_beside_that_of_all() -> None:
    """Together they give it, and so that of the few who came."""
    first = Guard()
    mean_of(Fraction(40), 40, first, "mean")  # without classes
    later = Guard([Earlier(first.released(), Step(6, 0, {GIRLS: 3, OTHERS: 3}))])
    assert shown(release(22, 24, later))[2:] == [HIDDEN, HIDDEN]


@pytest.mark.parametrize(
    ("came", "is_told"), [((10, 10), True), ((12, 9), False), ((2, 18), False), ((0, 20), False)]
)
def test_ten_of_each_class_must_differ(came: tuple[int, int], *, is_told: bool) -> None:
    """R7 with R9: of two means of girls and their numbers, that of those who came is worked out."""
    step = Step(sum(came), 0, dict(zip((GIRLS, OTHERS), came, strict=True)))
    later = Guard([Earlier(told(20, 20), step)])
    seen = shown(release(20 + came[0], 20 + came[1], later))
    assert seen[2:] == ([Decimal("1.0"), Decimal("2.0")] if is_told else [HIDDEN, HIDDEN])


@pytest.mark.parametrize(("came", "is_told"), [((3, 9), False), ((6, 6), True), ((0, 12), True)])
def test_few_who_came_are_not_counted_by_gender(came: tuple[int, int], *, is_told: bool) -> None:
    """R7 with R4: three girls among twelve who came would be found by subtraction."""
    step = Step(sum(came), 0, dict(zip((GIRLS, OTHERS), came, strict=True)))
    later = Guard([Earlier(told(20, 20), step)])
    seen = shown(release(20 + came[0], 20 + came[1], later))
    assert seen[:2] == ([20 + came[0], 20 + came[1]] if is_told else [HIDDEN, HIDDEN])


def test_the_same_pupils_may_be_told_again() -> None:
    """A release of before results were divided: nobody differs, so nothing is told of anybody."""
    first = Guard()
    mean_of(Fraction(40), 40, first, "mean")
    again = Guard([Earlier(first.released(), Step(0, 0))])
    assert shown(release(20, 20, again)) == [20, 20, Decimal("1.0"), Decimal("2.0")]


came_between = st.tuples(st.sampled_from([0, 1, 3, 9, 10, 12]), st.sampled_from([0, 2, 9, 10, 11]))


@given(st.lists(came_between, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_no_two_releases_give_the_mean_of_a_few(steps: list[tuple[int, int]]) -> None:
    """A reader keeps every release, and works out what is not shown of all, girls and others.

    Of whom a mean is known twice, the mean of those who came between is known too: ten or more.
    """
    known: list[tuple[Released, tuple[int, int], set[str]]] = []
    girls = others = 15
    for came in [(0, 0), *steps]:
        girls, others = girls + came[0], others + came[1]
        between = [(girls - old[0], others - old[1]) for _, old, _ in known]
        earlier = [
            Earlier(of, Step(a + b, 0, {GIRLS: a, OTHERS: b}))
            for (of, _, _), (a, b) in zip(known, between, strict=True)
        ]
        if any(is_too_like(each.step) for each in earlier):
            continue
        guard = Guard(earlier)
        found = release(girls, others, guard)
        told = {"all"} if "mean" in guard.released().means else set[str]()
        told |= {each.name for each in found if HIDDEN not in each.means}
        told = {"all", GIRLS, OTHERS} if len(told) > 1 else told
        for (_, _, before), (a, b) in zip(known, between, strict=True):
            for group, n in {"all": a + b, GIRLS: a, OTHERS: b}.items():
                assert group not in told & before or n >= 10 or a + b == 0
        known.append((guard.released(), (girls, others), told))


def test_months_have_the_means_of_both() -> None:
    """Pupils without ratings or scheduled time are in neither; the order of pupils is kept."""
    genders = [OTHERS, *[GIRLS] * 10, *[OTHERS] * 10]
    ratings = [[Rating(None)], *[[Rating(0)]] * 10, *[[Rating(-1)]] * 10]
    rated = milestones.month_of("2026-10", ratings, None, genders).genders
    assert shown(rated) == [10, 10, *map(Decimal, ("100.0", "50.0", "0.0", "40.0"))]
    reported = [Attendance(0, 0, 0), *[Attendance(1000, 80, 40)] * 10,
                *[Attendance(1000, 20, 0)] * 10]  # fmt: skip
    away = attendance.month_of("2026-10", reported, None, genders).genders
    assert shown(away) == [10, 10, *map(Decimal, ("8.0", "4.0", "12.0", "2.0", "0.0", "2.0"))]


def test_parts_of_moving_bounds_are_told_again_only_when_each_has_grown() -> None:
    """Twelve who came, two of them to the lowest third, would tell of the two."""
    first = Guard()
    assert first.may_tell_parts({"low": 10, "high": 10})
    for came, step, is_told in (
        ({"low": 12, "high": 20}, Step(12, 0, {}), False),
        ({"low": 10, "high": 10}, Step(2, 2, {}), False),
        ({"low": 10, "high": 10}, Step(0, 0, {}), True),
        ({"low": 20, "high": 20}, Step(20, 0, {}), True),
    ):
        assert Guard([Earlier(first.released(), step)]).may_tell_parts(came) is is_told
    assert Guard([Earlier(Guard().released(), Step(1, 0, {}))]).may_tell_parts({"low": 10})
