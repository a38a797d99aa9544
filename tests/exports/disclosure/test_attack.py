"""Whoever knows the rules and tries every table cannot tell what a hidden count is."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.disclosure.audit import Audit
from exports.disclosure.counts import CountTable, Row, Slot
from exports.disclosure.primary import hidden_at_once
from exports.disclosure.protect import protect
from exports.disclosure.rules import PROFILES, PUBLIC, STAFF, Level, Profile, Reason
from exports.disclosure.symbols import Symbol
from tests.exports.disclosure.tables import crossed, places, possible_values

LEAST = 3  # values that a hidden count must be able to have
counts = st.sampled_from([0, 1, 1, 2, 3, 4, 5, 6, 7, 9])
few = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(max_examples=25, deadline=None)


def tables(rows: int, columns: int) -> st.SearchStrategy[CountTable]:
    """Make tables of some rows and columns."""
    row = st.lists(counts, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows).map(lambda each: crossed(*each))


def knows_too_much(table: CountTable) -> dict[Slot, set[int]]:
    """Give the hidden counts that the attacker narrows to one or two values."""
    possible = possible_values(table)
    return {slot: values for slot, values in possible.items() if len(values) < LEAST}


def is_quick(table: CountTable) -> bool:
    """Tell whether every table behind one can be tried: its totals stand, and few are hidden."""
    hidden = list(protect(table, STAFF).reasons)
    return set(hidden) <= set(table.counts) and (len(hidden) <= 2 or len(table.columns) == 2)


@given(st.lists(counts, min_size=2, max_size=5).map(lambda each: places(*each)).filter(is_quick))
@few
def test_schools_of_a_district_stay_hidden(table: CountTable) -> None:
    """The attacker runs the rules on every table that could be behind what is shown."""
    assert knows_too_much(table) == {}


@given(tables(2, 2).filter(is_quick))
@few
def test_classes_of_two_schools_stay_hidden(table: CountTable) -> None:
    """The same with margins in both directions."""
    assert knows_too_much(table) == {}


@pytest.mark.parametrize(
    "found",
    [
        *((4, 5, 5, 30), (1, 4, 9), (3, 3, 8), (2, 2, 7)),
        *((5, 4, 4), (5, 4, 4, 30), (7, 4, 6), (5, 3, 4)),
    ],
)
def test_ties_and_sums_at_the_edge_stay_hidden(found: tuple[int, ...]) -> None:
    """Where the rule that the smallest is hidden tells most."""
    assert knows_too_much(places(*found)) == {}


def test_how_many_are_hidden_tells_nothing() -> None:
    """Nor that one fewer was not enough: in every line of four, three numbers can be behind it."""
    most = 10
    behind: dict[tuple[int, int, tuple[int, ...]], set[int]] = defaultdict(set)
    for found in combinations_with_replacement(range(1, most + 1), 4):
        cells = protect(places(*found), STAFF).table.cells
        hidden = [n for at, n in enumerate(found) if cells[Slot(str(at))] is Symbol.HIDDEN]
        shown = found[len(hidden) :]  # the smallest are hidden
        # Beyond that, numbers that are not tried here could be behind it too.
        is_all_tried = sum(hidden) - len(hidden) < most
        if hidden and is_all_tried and cells[Slot("all")] is not Symbol.HIDDEN:
            behind[sum(found), len(hidden), shown].update(hidden)
    assert len(behind) > 100
    assert {line: each for line, each in behind.items() if len(each) < LEAST} == {}


def test_the_attacker_finds_what_is_badly_hidden() -> None:
    """A test that could not fail would prove nothing: here the audit is left out."""
    table = places(4, 5, 5, 30)
    hidden = {Slot("0"): Reason.PRIMARY, Slot("1"): Reason.SECONDARY}
    assert Audit(table).known_too_well(hidden) in hidden
    assert Audit(places(12, 1, 1)).known_too_well({Slot("1"), Slot("2")}) in {Slot("1"), Slot("2")}


def test_reasons_would_tell_too_much() -> None:
    """Why no reader is told them: two hidden for their own sake that make 7 are 3 and 4."""
    small = {slot for slot, why in protect(places(12, 4, 3), STAFF).reasons.items()
             if why is Reason.PRIMARY}  # fmt: skip
    assert small == {Slot("1"), Slot("2")}
    assert {(a, 7 - a) for a in range(1, 5) if 1 <= 7 - a <= 4} == {(3, 4), (4, 3)}


@given(st.data(), st.sampled_from(sorted(PROFILES.values(), key=lambda each: each.name)))
@some
def test_nothing_small_is_ever_shown(data: st.DataObject, profile: Profile) -> None:
    """R1, R4: whatever else is decided, no count of 1 to 4, no group that is too small."""
    table = data.draw(tables(3, 3))
    cells = protect(table, profile).table.cells
    for slot, n in table.numbers.items():
        if 0 < n < 5 or (slot.column is None and 0 < n < profile.smallest_group):
            assert cells[slot] is Symbol.HIDDEN


@given(tables(3, 3))
@some
def test_what_is_hidden_cannot_be_subtracted(table: CountTable) -> None:
    """R5: no line lacks exactly one number, and those that it lacks are five or more together."""
    hidden = protect(table, STAFF).reasons
    for line in table.lines:
        lacking = [slot for slot in (line.total, *line.parts) if slot in hidden]
        some_are_hidden = any(table.numbers[slot] for slot in lacking)
        assert len(lacking) != 1 or not some_are_hidden
        if lacking and line.total not in hidden:
            assert sum(table.numbers[slot] for slot in lacking) >= 5 or not some_are_hidden


@given(tables(3, 3))
@some
def test_more_is_hidden_from_the_public_than_from_staff(table: CountTable) -> None:
    """At least what is small for staff is small for all."""
    assert set(hidden_at_once(table, STAFF)) <= set(protect(table, PUBLIC).reasons)


def test_a_city_of_sixteen_schools_passes_its_own_audit() -> None:
    """The size that is meant: 8 districts, 16 schools, grades in four classes."""
    numbers = iter([0, 3, 7, 12, 1, 5, 9, 2, 4, 6, 11, 0, 8, 3, 5, 1] * 4)
    names = [f"{district}{school}" for district in "abcdefgh" for school in "12"]
    columns = ("E", "C", "A", "F")
    found = {Slot(name, column): next(numbers) for name in names for column in columns}
    city = Row("city", Level.CITY, tuple(
        Row(each, Level.DISTRICT, (Row(f"{each}1", Level.SCHOOL), Row(f"{each}2", Level.SCHOOL)))
        for each in "abcdefgh"
    ))  # fmt: skip
    table = CountTable("grades", city, columns, found)
    hidden = protect(table, STAFF).reasons
    assert Slot("city") not in hidden
    assert 0 < len(hidden) < len(table.numbers)
    assert Audit(table).known_too_well(hidden) is None
