"""What the number of hidden counts itself tells of a line (R5).

The smallest counts of a line are hidden one after another until enough are. Who knows that also
knows that one fewer was not enough: behind `.. .. .. 8` of 22 are 4, 5 and 5, for of all three
that make 14 and are hidden together no others would have been. So a line is enough hidden only if
those that would have come to the very same point leave three values. What decides is what the
reader knows too: how many are hidden, their sum, and the smallest that is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from exports.disclosure.counts import CountTable, Line, Slot
from exports.disclosure.rules import VALUES, K, Profile, Reason

FEWEST_HIDDEN = 2


def told_by_number(
    table: CountTable, hidden: Mapping[Slot, Reason], profile: Profile
) -> Slot | None:
    """Find a hidden count that is known too well by how many are hidden; None if there is none.

    Lines where something else decided what is hidden are left to the audit.
    """
    for line in table.lines:
        if line.total in hidden:
            continue
        small = _limit(table, line, profile)
        parts = sorted(
            (table.numbers[part], part) for part in line.parts if part in hidden
        )  # fmt: skip
        shown = [table.numbers[part] for part in line.parts if part not in hidden]
        below = min(filter(None, shown), default=1 + table.numbers[line.total])
        counts = tuple(n for n, _ in parts)
        if (
            counts
            and _is_by_size(counts, below, small)
            and not is_enough(len(counts), sum(counts), below, small)
        ):
            return parts[0][1]
    return None


def _limit(table: CountTable, line: Line, profile: Profile) -> int:
    """Give the number below which counts of a line are hidden for their own sake."""
    are_groups = table.columns_are_groups or all(part.column is None for part in line.parts)
    return profile.smallest_group if are_groups else K


def _is_by_size(counts: tuple[int, ...], below: int, small: int) -> bool:
    """Tell whether these are hidden for being the smallest, step by step, and for nothing else."""
    first = max(FEWEST_HIDDEN, sum(n < small for n in counts))
    return (
        0 < counts[0] < small
        and counts[-1] <= below
        and len(counts) >= first
        and not any(
            is_enough(steps, sum(counts[:steps]), counts[steps], small)
            for steps in range(first, len(counts))
        )
    )


@cache
def is_enough(number: int, together: int, below: int, small: int) -> bool:
    """Tell whether so many hidden counts may be left as they are.

    Args:
        number: How many are hidden: the smallest that are not zero.
        together: Their sum.
        below: The smallest shown one; more than the total when none is.
        small: Counts below it are hidden for their own sake.
    """
    if number < FEWEST_HIDDEN or together < K:
        return False
    values: set[int] = set()
    for each in _possible((), number, together, below, small):
        values.update(each)
        if len(values) >= VALUES:
            return True
    return False


def _possible(
    counts: tuple[int, ...], number: int, together: int, below: int, small: int
) -> Iterator[tuple[int, ...]]:
    """Yield, in order of size, the counts for which hiding would have stopped just here.

    Equal to the shown one is none of them: which of two equals was hidden depends on their places.
    """
    left = number - len(counts)
    if not left:
        if not together:
            yield counts
        return
    least = counts[-1] if counts else 1
    most = together if left == 1 else together // left
    for n in range(max(least, together if left == 1 else 1), min(most, below - 1) + 1):
        if (counts or n < small) and not _stops_before(counts, n, small):
            yield from _possible((*counts, n), number, together - n, below, small)


def _stops_before(counts: tuple[int, ...], following: int, small: int) -> bool:
    """Tell whether hiding would have ended with these, so that the following one were shown."""
    return (
        following >= small
        and len(counts) >= FEWEST_HIDDEN
        and is_enough(len(counts), sum(counts), following, small)
    )
