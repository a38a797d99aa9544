"""A mean beside hidden classes: every number of persons that fits it is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest

from exports.disclosure.beside import Limits, classes_of, tells_of_hidden
from exports.disclosure.counts import Count
from exports.disclosure.symbols import Symbol
from exports.results.changes import DOWN, ONE_SUBJECT, SAME, UP
from exports.results.figures import one_row

LEAST = 3  # values that a hidden count must be able to have
Found = tuple[tuple[Count, ...], Fraction | None]
ABSENCE: Limits = {"few": (0, 10), "some": (10, 50), "most": (50, 100)}
CHANGE: Limits = {DOWN: (-1, -ONE_SUBJECT), SAME: (0, 0), UP: (ONE_SUBJECT, 1)}


def rows_of(n: int, limits: Limits) -> Iterator[Mapping[str, int]]:
    """Divide n persons among three classes in every way."""
    for first in range(n + 1):
        for second in range(n + 1 - first):
            yield dict(zip(limits, (first, second, n - first - second), strict=True))


def sums_of(row: Mapping[str, int], limits: Limits, step: Fraction) -> Iterator[Fraction]:
    """Give each sum that persons of these classes can have together."""
    low, high = (sum(row[name] * limits[name][at] for name in limits) for at in (0, 1))
    first = -(-low // step)
    yield from (step * at for at in range(int(first), int(high // step) + 1))


def behind(n: int, limits: Limits, step: Fraction) -> dict[Found, list[Mapping[str, int]]]:
    """Group all that can be counted by what is shown of it."""
    found: dict[Found, list[Mapping[str, int]]] = defaultdict(list)
    for row in rows_of(n, limits):
        cells = one_row(row)
        shown = {name: cells[name] for name in row}
        is_open = Symbol.HIDDEN not in shown.values()
        for total in sums_of(row, limits, step):
            is_told = is_open or not tells_of_hidden(total, classes_of(row, shown, limits))
            found[tuple(shown.values()), total if is_told else None].append(row)
    return found


@pytest.mark.parametrize(
    ("limits", "step"), [(ABSENCE, Fraction(20)), (CHANGE, Fraction(1, 2))], ids=["low", "change"]
)
def test_no_mean_narrows_a_hidden_class(limits: Limits, step: Fraction) -> None:
    """Nor does it by giving way: who sees that it is hidden still has three values or more."""
    found = behind(10, limits, step)
    narrow = [
        (shown, total, name)
        for (shown, total), rows in found.items()
        for at, name in enumerate(limits)
        if shown[at] is Symbol.HIDDEN and len({row[name] for row in rows}) < LEAST
    ]
    assert any(total is not None and Symbol.HIDDEN in shown for shown, total in found)
    assert narrow == []


def test_a_mean_beside_shown_classes_stands() -> None:
    """Where nothing is hidden, it can tell of nothing hidden."""
    row = {"few": 20, "some": 0, "most": 5}
    assert not tells_of_hidden(Fraction(250), classes_of(row, row, ABSENCE))


def test_one_pupil_who_differs_is_not_told_by_the_mean() -> None:
    """Ten pupils who miss 18 points together: one of them is of the second class, if not all alike."""
    row = {"few": 9, "some": 1, "most": 0}
    shown = dict.fromkeys(row, Symbol.HIDDEN)
    assert tells_of_hidden(Fraction(18), classes_of(row, shown, ABSENCE))
    assert not tells_of_hidden(Fraction(300), classes_of(row, shown, ABSENCE))
