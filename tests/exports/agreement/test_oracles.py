"""Published and recalculated examples: a wrong formula cannot pass them all.

Source: Cohen (1960, 1968); Krippendorff (2011); Hayes & Krippendorff (2007); De Swert (2012).
"""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from exports.agreement.alpha import Level, krippendorff_alpha
from exports.agreement.kappa import cohen_kappa, linear, plain, quadratic
from exports.agreement.measure import Undefined, pairable, percent_agreement

COHEN_1968 = ((88, 10, 2), (14, 40, 6), (18, 10, 12))
COHEN_WEIGHTS: dict[frozenset[Hashable], float] = {
    frozenset({0, 1}): 1.0,
    frozenset({0, 2}): 3.0,
    frozenset({1, 2}): 6.0,
}


def pairs(*rows: tuple[int, ...]) -> list[tuple[int, int]]:
    """Give the units behind a cross table: rows the first coder, columns the second."""
    return [(i, j) for i, row in enumerate(rows) for j, n in enumerate(row) for _ in range(n)]


def units(table: str, number: bool = True) -> list[list[int | str | None]]:
    """Read coders as lines and units as columns; * is a missing value."""
    lines = [line.split() for line in table.strip().splitlines()]
    read = [[None if v == "*" else int(v) if number else v for v in line] for line in lines]
    return [list(column) for column in zip(*read, strict=True)]


def weights_of_1968(one: Hashable, other: Hashable) -> float:
    """Give the weights that Cohen printed."""
    return COHEN_WEIGHTS.get(frozenset({one, other}), 0.0)


@pytest.mark.parametrize(
    ("units_of_two", "weights", "expected"),
    [
        (pairs((20, 5), (10, 15)), plain, 0.4),
        (pairs((45, 15), (25, 15)), plain, 0.130435),
        (pairs((25, 35), (5, 35)), plain, 0.259259),
        (pairs((20, 20), (10, 50)), plain, 0.347826),
        (pairs(*COHEN_1968), plain, 0.491525),
        (pairs(*COHEN_1968), weights_of_1968, 0.347826),
        (pairs(*COHEN_1968), linear([0, 1, 2]), 0.473684),
        (pairs(*COHEN_1968), quadratic([0, 1, 2]), 0.454545),
    ],
)
def test_kappa_is_what_the_books_say(units_of_two, weights, expected) -> None:
    """Plain, and weighted in three ways."""
    assert cohen_kappa(units_of_two, weights).value == pytest.approx(expected, abs=5e-7)


THREE_CODERS = """
    * * * * * 3 4 1 2 1 1 3 3 * 3
    1 * 2 1 3 3 4 3 * * * * * * *
    * * 2 1 3 4 4 * 2 1 1 3 3 * 4
"""
FOUR_CODERS = """
    1 2 3 3 2 1 4 1 2 * * *
    1 2 3 3 2 2 4 1 2 5 * 3
    * 3 3 3 2 3 4 2 2 5 1 *
    1 2 3 3 2 4 4 1 2 5 1 *
"""
BINARY = """
    0 1 0 0 0 0 0 0 1 0
    1 1 1 0 0 1 0 0 0 0
"""
LETTERS = """
    a a b b d c c c e d d a
    b a b b b c c c e d d d
"""
WORDS = """
    pos neg neu *
    pos neg neu pos
    pos neg pos pos
"""


@pytest.mark.parametrize(
    ("table", "level", "values", "expected"),
    [
        (THREE_CODERS, Level.NOMINAL, 26, 0.691358),
        (THREE_CODERS, Level.ORDINAL, 26, 0.806721),
        (THREE_CODERS, Level.INTERVAL, 26, 0.810845),
        (THREE_CODERS, Level.RATIO, 26, 0.808944),
        (FOUR_CODERS, Level.NOMINAL, 40, 0.743421),
        (FOUR_CODERS, Level.ORDINAL, 40, 0.815388),
        (FOUR_CODERS, Level.INTERVAL, 40, 0.849107),
        (FOUR_CODERS, Level.RATIO, 40, 0.797403),
        (BINARY, Level.NOMINAL, 20, 0.095238),
        (LETTERS, Level.NOMINAL, 24, 0.691964),
        (WORDS, Level.NOMINAL, 11, 0.722222),
    ],
)
def test_alpha_is_what_the_books_say(table, level, values, expected) -> None:
    """Numbers, letters and words, with missing values, at every level of measurement."""
    read = units(table, number="1" in table)
    assert sum(n * len(each) for each, n in pairable(read).items()) == values
    assert krippendorff_alpha(read, level).value == pytest.approx(expected, abs=5e-7)


def test_perfect_agreement_on_two_values_is_1() -> None:
    """It is told from agreement on one value."""
    same = [(1, 1), (2, 2), (1, 1)]
    assert cohen_kappa(same).value == krippendorff_alpha(same).value == 1
    assert percent_agreement(same).value == 100


@pytest.mark.parametrize("measure", [cohen_kappa, krippendorff_alpha])
@pytest.mark.parametrize(
    ("of", "reason", "count"),
    [
        ([(1, 1), (1, 1)], Undefined.ONE_VALUE, 2),
        ([(1, None), (None, 1)], Undefined.NO_UNITS, 0),
        ([], Undefined.NO_UNITS, 0),
    ],
)
def test_what_is_undefined_is_null_with_its_reason(measure, of, reason, count) -> None:
    """Two coders who never use a code have not shown that they agree on it."""
    found = measure(of)
    assert (found.value, found.reason, found.units) == (None, reason, count)


def test_words_in_order_can_be_ordinal() -> None:
    """The order is the author's, not the alphabet's; it gives what numbers would."""
    read = units(FOUR_CODERS)
    words = [[None if v is None else "edcba"[int(v) - 1] for v in unit] for unit in read]
    found = krippendorff_alpha(words, Level.ORDINAL, order="edcba")
    assert found.value == pytest.approx(0.815388, abs=5e-7)


def test_values_without_an_order_are_refused_where_one_is_needed() -> None:
    """A guess would give a number that means nothing."""
    read = units(LETTERS, number=False)
    with pytest.raises(ValueError, match="order"):
        krippendorff_alpha(read, Level.ORDINAL)
    with pytest.raises(ValueError, match="no place"):
        krippendorff_alpha(read, Level.ORDINAL, order="abcd")


def test_kappa_refuses_three_coders() -> None:
    """Their pairs are not one table."""
    with pytest.raises(ValueError, match="two coders"):
        cohen_kappa([(1, 1, 1)])
