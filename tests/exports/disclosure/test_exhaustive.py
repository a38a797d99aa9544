"""Every small table is tried: behind all that is published stand three values of what is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations_with_replacement, product

import pytest

from exports.disclosure.counts import Count, CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rules import PUBLIC, STAFF, Profile
from exports.disclosure.symbols import Symbol
from tests.exports.disclosure.tables import crossed, places

LEAST = 3  # values that a hidden count must be able to have
TOTAL = Slot("all")
Cells = Mapping[Slot, Count]
ROUNDING = 2  # what a count may have lost or won where the public sees the nearest 5


def classes(*counts: int) -> CountTable:
    """Count the classes of one group."""
    slots = {Slot("all", "abcde"[at]): n for at, n in enumerate(counts)}
    return CountTable("classes", Row("all"), tuple("abcde"[: len(counts)]), slots)


def narrow(
    tables: Iterable[CountTable], profile: Profile, is_all_tried: Callable[[Cells], bool]
) -> list[set[int]]:
    """Find hidden counts behind which there are too few values.

    Args:
        is_all_tried: Tells of what is shown whether no other table could be shown so. Where it
            could, as where the total is hidden, each has more values than are found here.
    """
    behind: dict[tuple[tuple[Slot, Count], ...], list[CountTable]] = defaultdict(list)
    for table in tables:
        cells = protect(table, profile).table.cells
        behind[tuple(sorted(cells.items(), key=str))].append(table)
    tried = {shown: found for shown, found in behind.items() if is_all_tried(dict(shown))}
    return [
        values
        for shown, found in tried.items()
        for slot, cell in shown
        if cell is Symbol.HIDDEN and slot != TOTAL
        if len(values := {table.numbers[slot] for table in found}) < LEAST
    ]


def test_lines_for_the_public() -> None:
    """Counts of groups below ten are hidden, and shown ones are to the nearest 5."""
    most = 14
    lines = [places(*each) for each in combinations_with_replacement(range(most + 1), 3)]
    tried = [each for each in lines if 0 < each.numbers[TOTAL] <= most]

    def is_all_tried(cells: Cells) -> bool:
        total = cells[TOTAL]
        return isinstance(total, Symbol) or total + ROUNDING <= most

    assert narrow(tried, PUBLIC, is_all_tried) == []


@pytest.mark.parametrize("number", [3, 4])
def test_groups_of_a_hidden_total(number: int) -> None:
    """Four groups of fewer than five would be one each, were their neighbours' zeros shown."""
    lines = [places(*each) for each in product(range(5), repeat=number) if 0 < sum(each) <= 6]
    assert narrow(lines, STAFF, lambda cells: cells[TOTAL] is Symbol.HIDDEN) == []


def test_classes_of_few() -> None:
    """That all of a group below ten are alike is not told by how its zeros are hidden."""
    lines = [classes(*each) for each in product(range(6), repeat=5) if sum(each) == 5]
    assert narrow(lines, STAFF, lambda _: True) == []


def test_a_zero_does_not_tell_why_its_row_is_hidden() -> None:
    """Eleven persons in two classes of two groups: who shows a zero has ten or more."""
    tables = [crossed(each[:2], (0, each[2])) for each in product(range(12), repeat=3)]
    tried = [each for each in tables if each.numbers[TOTAL] == 11]
    assert narrow(tried, STAFF, lambda cells: cells[Slot("1", "a")] == 0) == []


@pytest.mark.parametrize(
    ("rows", "first"), [((11, 8, 7), 11), ((11, 10, 9), 16)], ids=["26 persons", "30 persons"]
)
def test_tables_with_the_same_totals(rows: tuple[int, ...], first: int) -> None:
    """Three groups, two classes: which numbers had to be hidden told what they are."""
    firsts = (each for each in product(*(range(n + 1) for n in rows)) if sum(each) == first)
    tables = [
        crossed(*((n, size - n) for n, size in zip(each, rows, strict=True))) for each in firsts
    ]
    totals = [Slot("all", "a"), Slot("all", "b"), TOTAL, *(Slot(str(at)) for at in range(3))]

    def is_all_tried(cells: Cells) -> bool:
        return Symbol.HIDDEN not in [cells[each] for each in totals]

    assert narrow(tables, STAFF, is_all_tried) == []
