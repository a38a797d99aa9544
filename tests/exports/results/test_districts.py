"""Districts beside the city: what all who see some district know together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.disclosure.symbols import Symbol
from exports.results import districts
from exports.results.districts import CITY, Counted, DistrictTable, table_of

HIDDEN = Symbol.HIDDEN
LEAST = 3  # values that a hidden size must be able to have
sizes_of_cities = st.lists(st.integers(0, 24), min_size=2, max_size=5)
some = settings(max_examples=30, deadline=None)
Sizes = Sequence[int]


def city(*sizes: int, schools: int = 2, value: Fraction = Fraction(50)) -> list[Counted]:
    """Make pupils of districts 0, 1 ..., spread over so many schools in each."""
    return [
        Counted(str(at), f"{at}-{number % schools}", (value,))
        for at, size in enumerate(sizes)
        for number in range(size)
    ]


def shown(*sizes: int, schools: int = 2) -> DistrictTable:
    """Give the table of a city."""
    return table_of([str(at) for at in range(len(sizes))], city(*sizes, schools=schools), 1)


def numbers(table: DistrictTable) -> list[int | str]:
    """Give the sizes as they are shown, the city's last."""
    return [row.n.value if isinstance(row.n, Symbol) else row.n for row in table.rows]


def test_a_district_stands_beside_the_city() -> None:
    """Twelve and eighteen, whose sizes are not told; a mean has one decimal, and each pupil counts."""
    pupils = [*city(12, value=Fraction(20)), *city(0, 18, value=Fraction(70))]
    found = table_of(["0", "1"], pupils, 1)
    assert numbers(found) == ["–", "–", 30]
    assert [row.means for row in found.rows] == [
        (Decimal("20.0"),), (Decimal("70.0"),), (Decimal("50.0"),),
    ]  # fmt: skip


def test_nine_pupils_are_not_shown_and_one_other_hides_with_them() -> None:
    """The next in order, whatever its size: by subtraction they could be worked out (R5, R6)."""
    found = shown(9, 20, 15)
    assert numbers(found) == ["..", "..", "–", 45]
    assert [row.means[0] is HIDDEN for row in found.rows] == [True, True, False, False]
    assert numbers(shown(20, 9, 15)) == ["–", "..", "..", 45]
    assert numbers(shown(20, 15, 9)) == ["..", "–", "..", 45]


def test_a_district_with_one_school_is_not_shown() -> None:
    """R2: whoever knows the school's pupils would read about them."""
    found = table_of(["0", "1", "2"], [*city(30, schools=1), *city(0, 20, 15)], 1)
    assert numbers(found) == ["..", "..", "–", 65]


def test_nobody_is_no_secret() -> None:
    """A district without pupils says so, and has no mean."""
    found = shown(0, 12, 14)
    assert numbers(found) == [0, "–", "–", 25]
    assert found.rows[0].means == (Symbol.NOT_COLLECTED,)


def test_the_citys_mean_tells_of_no_fewer_than_ten() -> None:
    """Three and four are hidden: the city's mean would tell the mean of seven, so one more goes."""
    assert numbers(shown(3, 4, 12, 20)) == ["..", "..", "..", "–", 40]


def test_one_district_alone_hides_the_city() -> None:
    """R6: a city that is one hidden district is hidden too."""
    assert numbers(shown(8, 0)) == ["..", 0, ".."]
    assert not shown(8, 0).has_told
    assert numbers(shown(12, 0, schools=1)) == ["..", 0, ".."]


def test_readers_see_rows_of_the_one_table() -> None:
    """Two readers who put their pages together have no more than the coordinator's table."""
    table = shown(12, 9, 20, 30)
    together = [row for code in "0123" for row in table.seen_by([code]).rows]
    assert {*together} == {*table.rows}
    assert [row.district for row in table.seen_by(["2"]).rows] == ["2", CITY]
    assert table.seen_by([]).rows == (table.rows[-1],)


def possible(sizes: Sizes, at: int) -> set[int]:
    """Find sizes of a hidden district behind which the very same would be shown, until enough.

    The attacker has every reader's page, and runs the rules on other cities.
    """
    seen, found = numbers(shown(*sizes)), set[int]()
    for other in _others(sizes, at):
        if len(found) == LEAST:
            break
        if min(other) >= 0 and other[at] not in found and numbers(shown(*other)) == seen:
            found.add(other[at])
    return found


def _others(sizes: Sizes, at: int) -> Iterator[list[int]]:
    """Give cities where a district has another size; perhaps one or two more differ, too."""
    for size in sorted(range(30), key=lambda each: abs(each - sizes[at])):
        changed = [*sizes[:at], size, *sizes[at + 1 :]]
        yield changed
        for one, other in product({*range(len(sizes))} - {at}, repeat=2):
            for step in (sizes[at] - size, 1):
                steps = {one: step, other: sizes[at] - size - step * (one != other)}
                yield [n + steps.get(each, 0) for each, n in enumerate(changed)]


def known_too_well(sizes: Sizes) -> dict[int, set[int]]:
    """Give the hidden districts of which the attacker knows the size nearly."""
    hidden = [at for at, n in enumerate(numbers(shown(*sizes))[:-1]) if n == HIDDEN.value]
    found = {at: possible(sizes, at) for at in hidden}
    return {at: values for at, values in found.items() if len(values) < LEAST}


@pytest.mark.parametrize(
    "sizes",
    [
        (9, 10, 20),
        (10, 9, 9),
        (9, 12, 12),
        (12, 12, 9, 20),
        (9, 9),
        (1, 1, 24),
        (4, 5, 10, 10),
        (8, 9, 9, 17),
        (9, 12, 9, 12, 9, 12),
    ],
)
def test_sizes_at_the_edge_stay_hidden(sizes: Sizes) -> None:
    """Where the rule that the smallest is hidden tells most."""
    assert known_too_well(sizes) == {}


@given(sizes_of_cities)
@settings(max_examples=60, deadline=None)
def test_all_readers_together_cannot_tell_a_hidden_size(sizes: Sizes) -> None:
    """Three values or more, for who knows the rules to the letter."""
    assert known_too_well(sizes) == {}


def test_the_attacker_finds_what_sizes_would_tell(monkeypatch) -> None:
    """A test that could not fail would prove nothing: three below ten have 27, so nine each."""
    row_of = districts._row

    def telling(code: str, of: Sequence[Counted], measures: int, is_shown: bool):
        row = row_of(code, of, measures, is_shown)
        return replace(row, n=len(of)) if is_shown else row

    monkeypatch.setattr(districts, "_row", telling)
    assert known_too_well((9, 12, 9, 12, 9, 12)) == {0: {9}, 2: {9}, 4: {9}}


@given(sizes_of_cities)
@some
def test_what_is_left_of_the_city_is_a_group_itself(sizes: Sizes) -> None:
    """R9: whoever subtracts all shown means from the city's has the mean of ten, of two places."""
    found = shown(*sizes)
    hidden = [size for size, n in zip(sizes, numbers(found), strict=False) if n == HIDDEN.value]
    if not found.rows[-1].is_hidden:
        assert hidden == [] or (len(hidden) >= 2 and sum(hidden) >= 10)


def test_hidden_districts_may_change_places_and_nothing_shows() -> None:
    """What the two have together is told by the city's mean, and no more."""
    low, high = Fraction(10), Fraction(90)
    one, other = (
        table_of(["0", "1", "2"], [*city(9, value=here), *city(0, 9, value=there), *city(0, 0, 25)], 1)
        for here, there in ((low, high), (high, low))
    )  # fmt: skip
    assert one == other
