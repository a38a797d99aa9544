"""Which counts are hidden for their own sake (R1, R2, R4)."""

from __future__ import annotations

from collections.abc import Iterator

from exports.disclosure.counts import CountTable, Line, Row, Slot
from exports.disclosure.rules import (
    LEAST_RATE,
    LEAST_SCHOOLS,
    UNANIMOUS_BELOW,
    K,
    Level,
    Profile,
    Reason,
)

Hidden = dict[Slot, Reason]


def hidden_at_once(table: CountTable, profile: Profile) -> Hidden:
    """Say which counts are hidden for their own sake, and why."""
    hidden: Hidden = {}
    hidden.update(_too_small_groups(table, profile))
    hidden.update(_small_counts(table, profile, hidden))
    for line in table.lines:
        if line.total not in hidden:
            hidden.update(dict.fromkeys(_telling(table, line), Reason.PRIMARY))
    return hidden


def may_show(row: Row, n: int, contributing: int, profile: Profile) -> bool:
    """Tell whether a group may be shown at all (R1, R2).

    Args:
        n: Its persons.
        contributing: How many of its parts have any.
    """
    if n < profile.smallest_group:
        return False
    if row.level is Level.SCHOOL and row.expected is not None:
        return 100 * n >= LEAST_RATE * row.expected
    if row.level is Level.DISTRICT and row.parts:
        return contributing >= LEAST_SCHOOLS
    return True


def _too_small_groups(table: CountTable, profile: Profile) -> Iterator[tuple[Slot, Reason]]:
    """Hide a group with all that is told about it, even its zeros."""
    for row in table.rows.walk():
        n = table.numbers[Slot(row.name)]
        contributing = sum(table.numbers[Slot(part.name)] > 0 for part in row.parts)
        if n and not may_show(row, n, contributing, profile):
            reason = Reason.PRIMARY if n < K else Reason.RULE
            for column in (*table.columns, None):
                slot = Slot(row.name, column)
                if slot not in table.absent:
                    yield slot, reason


def _small_counts(
    table: CountTable, profile: Profile, hidden: Hidden
) -> Iterator[tuple[Slot, Reason]]:
    """Hide counts of 1 to 4, and classes that are too small to be groups."""
    for slot, n in table.numbers.items():
        is_group = table.columns_are_groups and slot.column is not None
        if 0 < n < K:
            yield slot, Reason.PRIMARY
        elif is_group and 0 < n < profile.smallest_group and slot not in hidden:
            yield slot, Reason.RULE


def _telling(table: CountTable, line: Line) -> Iterator[Slot]:
    """Find counts that tell of others: all but a few of a total, or all of a small one (R4)."""
    total = table.numbers[line.total]
    some = [part for part in line.parts if table.numbers[part]]
    # Where all but one are nobody, that one is hidden itself, and R5 finds its counterpart.
    if len(some) > 2:
        yield from (part for part in some if 0 < total - table.numbers[part] < K)
    is_across = all(part.row == line.total.row for part in line.parts)
    if is_across and not table.columns_are_groups and 0 < total < UNANIMOUS_BELOW:
        # With the zeros, for they tell that all are in the one class that is left.
        yield from line.parts
