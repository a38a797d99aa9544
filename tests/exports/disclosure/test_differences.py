"""Two releases of one table, and a reader who has both and can run the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exports.disclosure.counts import CountTable, Row, Slot
from exports.disclosure.differences import Step
from exports.disclosure.guard import DifferenceTells, Earlier, Guard, Released, is_too_like
from exports.disclosure.rules import K
from exports.disclosure.symbols import Symbol

LEAST = 3  # values that a hidden count must be able to have
HIDDEN = Symbol.HIDDEN
Shown = tuple[object, ...]
few = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def classes(counts: Sequence[int]) -> CountTable:
    """Count pupils in classes a, b ..."""
    names = tuple("abcdefgh"[: len(counts)])
    cells = zip(names, counts, strict=True)
    return CountTable("row", Row("all"), names, {Slot("all", name): n for name, n in cells})


@cache
def first(counts: tuple[int, ...]) -> tuple[Shown, Released]:
    """Make a first release, and give what is shown, the total last."""
    return _made(Guard(), counts)


def second(released: Released, counts: Sequence[int], step: Step) -> Shown:
    """Release again; nothing is shown where that would tell too much."""
    try:
        return _made(Guard([Earlier(released, step)]), counts)[0]
    except DifferenceTells:
        return ()


def _made(guard: Guard, counts: Sequence[int]) -> tuple[Shown, Released]:
    cells = guard.protect(classes(counts)).table.cells
    names = [*classes(counts).columns, None]
    return tuple(cells[Slot("all", name)] for name in names), guard.released()


@pytest.mark.parametrize(
    ("before", "now", "came", "shown"),
    [
        ((6, 8), (8, 11), 5, (HIDDEN, HIDDEN, 19)),  # two and three of those who came
        ((6, 8), (11, 8), 5, (HIDDEN, HIDDEN, 19)),  # all five of them in one class
        ((6, 8), (12, 16), 14, (12, 16, 28)),  # six and eight
        ((6, 8), (6, 20), 12, (6, 20, 26)),  # twelve, who are not few
        ((3, 10), (8, 10), 5, (HIDDEN, HIDDEN, 18)),  # 8 now leaves 3 and 4 for what was hidden
    ],
)
def test_what_subtraction_would_tell_is_hidden(before, now, came, shown) -> None:
    """R7 with R4: those who came between are a group too, and so are those of before."""
    _, released = first(before)
    assert second(released, now, Step(came, 0)) == shown


def test_one_who_left_cannot_be_found() -> None:
    """Among seven who came; without them the class that has lost one would be told."""
    _, released = first((6, 8))
    assert second(released, (11, 9), Step(7, 1)) == (HIDDEN, HIDDEN, 20)
    assert second(released, (60, 50), Step(97, 1)) == (60, 50, 110)


def test_fewer_than_five_are_never_told() -> None:
    """R7 for staff; whoever has changed is among those who came and among those who went."""
    assert [is_too_like(Step(n, 0)) for n in (1, 4, 5)] == [True, True, False]
    assert is_too_like(Step(3, 4))
    assert not is_too_like(Step(0, 5))


def test_a_mean_is_told_anew_when_ten_have_changed() -> None:
    """R9: two means give that of those who came between."""
    guard = Guard()
    assert guard.may_tell_mean("absence", 10)
    assert not guard.may_tell_mean("other", 9)
    told = guard.released()
    assert not Guard([Earlier(told, Step(9, 0))]).may_tell_mean("absence", 19)
    assert Guard([Earlier(told, Step(10, 0))]).may_tell_mean("absence", 20)
    assert Guard([Earlier(told, Step(5, 0))]).may_tell_mean("other", 14)


def test_numbers_beside_tables_differ_by_nobody_or_by_five() -> None:
    """How many have fallen out: one more would be somebody."""
    guard = Guard()
    assert guard.may_tell_number("gone", 7)
    after = [Earlier(guard.released(), Step(20, 0))]
    assert [Guard(after).may_tell_number("gone", n) for n in (7, 8, 11, 12, 2)] == [
        True, False, False, True, True,
    ]  # fmt: skip


def test_another_table_of_the_same_name_is_not_shown() -> None:
    """Classes that were cut otherwise cannot be compared, so nobody knows what they would tell."""
    _, released = first((6, 8))
    assert second(released, (6, 8, 9), Step(9, 0)) == ()


def parts(total: int, number: int) -> Iterator[tuple[int, ...]]:
    """Give all ways to divide a number."""
    if number == 1:
        yield (total,)
        return
    for head in range(total + 1):
        yield from ((head, *rest) for rest in parts(total - head, number - 1))


def knows(before: tuple[int, ...], came: tuple[int, ...], went: tuple[int, ...]) -> set[object]:
    """Give the hidden counts that the reader narrows to one or two values, and found persons.

    Tries each first table, and each way in which so many came and went, and keeps those from
    which the rules show the very same twice.
    """
    step = Step(sum(came), sum(went))
    shown, released = first(before)
    again = second(released, _after(before, came, went), step)
    possible: dict[tuple[str, int], set[int]] = defaultdict(set)
    for old in _tables_behind(shown, sum(before)):
        own = first(old)[1]
        for more, less in product(parts(step.came, 2), parts(step.went, 2)):
            new = _after(old, more, less)
            if min(new) >= 0 and _fits(less, old) and second(own, new, step) == again:
                found = {"before": old, "now": new, "came": more, "went": less}
                for name, values in found.items():
                    for at, value in enumerate(values):
                        possible[name, at].add(value)
    secret = {("before", at) for at, cell in enumerate(shown[:-1]) if cell is HIDDEN}
    secret |= {("now", at) for at, cell in enumerate(again[:-1]) if cell is HIDDEN}
    narrow = {each for each in secret if len(possible[each]) < LEAST}
    return narrow | {
        each
        for each, values in possible.items()
        if each[0] in {"came", "went"} and len(values) == 1 and 0 < min(values) < K
    }


def _fits(went: Sequence[int], before: Sequence[int]) -> bool:
    return all(gone <= n for gone, n in zip(went, before, strict=True))


def _after(before: Sequence[int], came: Sequence[int], went: Sequence[int]) -> tuple[int, ...]:
    return tuple(b + c - w for b, c, w in zip(before, came, went, strict=True))


def _tables_behind(shown: Shown, total: int) -> Iterator[tuple[int, ...]]:
    """Give each table from which a release shows the very same; its total is told besides."""
    for candidate in parts(total, len(shown) - 1):
        if first(candidate)[0] == shown:
            yield candidate


@example(before=(3, 10), came=(5, 0), went=(0, 0))
@example(before=(6, 8), came=(2, 3), went=(0, 0))
@example(before=(6, 8), came=(6, 1), went=(1, 0))
@given(
    before=st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda n: sum(n) >= K),
    came=st.tuples(st.integers(0, 5), st.integers(0, 5)),
    went=st.sampled_from([(0, 0), (1, 0), (0, 1)]),
)
@few
def test_a_reader_with_both_releases_knows_no_hidden_count(before, came, went) -> None:
    """R5 across releases: three values stay possible, also for who is told how many came."""
    if _fits(went, before) and not is_too_like(Step(sum(came), sum(went))):
        assert knows(before, came, went) == set()
