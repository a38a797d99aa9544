"""What is known about hidden counts by somebody who has the table and knows the rules (R5).

Whoever reads a table knows its shown counts and how the rules hide. Here they are given more
than that, as long as it is true, so that what they cannot find out nobody can: that every hidden
count which is not zero is at least 1; in which lines one of the hidden counts is itself small;
and that the smallest remaining one was hidden, so that it is no larger than the shown ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.disclosure.counts import CountTable, Line, Slot
from exports.disclosure.rules import K

Values = Sequence[int]


@dataclass(frozen=True, slots=True)
class Sum:
    """The hidden counts of a line: `parts` together are `known`, plus the total if it is hidden."""

    parts: tuple[int, ...]
    total: int | None
    known: int

    def holds(self, values: Values) -> bool:
        """Tell whether whole numbers fit."""
        right = self.known + (values[self.total] if self.total is not None else 0)
        return sum(values[part] for part in self.parts) == right


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Hidden counts that hang together, and all that is known about them.

    Attributes:
        slots: The h hidden counts.
        truth: The h true values, which fit.
        lowest, highest: For each of the h counts, as known.
        sums: What the lines say.
        small: Groups of counts of which at least one is below K.
    """

    slots: tuple[Slot, ...]
    truth: tuple[int, ...]
    lowest: tuple[int, ...]
    highest: tuple[int, ...]
    sums: tuple[Sum, ...]
    small: tuple[tuple[int, ...], ...]

    def fits(self, values: Values) -> bool:
        """Tell whether whole numbers fit all that is known."""
        bounds = zip(self.lowest, values, self.highest, strict=True)
        return (
            all(low <= value <= high for low, value, high in bounds)
            and all(each.holds(values) for each in self.sums)
            and all(any(0 < values[n] < K for n in group) for group in self.small)
        )


def puzzles(table: CountTable, hidden: Collection[Slot]) -> Iterator[Puzzle]:
    """Set a puzzle for each group of hidden counts that lines tie together."""
    lines = [line for line in table.lines if not _shows_all(line, hidden)]
    for group in _tied(lines, hidden):
        own = [line for line in lines if not group.isdisjoint((line.total, *line.parts))]
        yield _puzzle(table, sorted(group, key=str), own)


def _shows_all(line: Line, hidden: Collection[Slot]) -> bool:
    """Tell whether a line has no hidden count."""
    return line.total not in hidden and not any(part in hidden for part in line.parts)


def _tied(lines: Sequence[Line], hidden: Collection[Slot]) -> list[set[Slot]]:
    groups = [{slot} for slot in hidden]
    for line in lines:
        touched = [each for each in groups if not each.isdisjoint((line.total, *line.parts))]
        groups = [each for each in groups if each not in touched] + [set().union(*touched)]
    return groups


def _puzzle(table: CountTable, slots: Sequence[Slot], lines: Sequence[Line]) -> Puzzle:
    places = {slot: n for n, slot in enumerate(slots)}
    truth = tuple(table.numbers[slot] for slot in slots)
    # Nobody knows how many there are at most; here they do, roughly, which only tells them more.
    most = 2 * max(table.numbers.values()) + 2 * K
    highest = [most] * len(slots)
    for line in lines:
        for part, limit in _limits(table, line, places):
            if part in places and table.numbers[part] <= limit:
                highest[places[part]] = min(highest[places[part]], limit)
    return Puzzle(
        slots=tuple(slots),
        truth=truth,
        lowest=tuple(min(n, 1) for n in truth),
        highest=tuple(highest),
        sums=tuple(_sum(table, line, places) for line in lines),
        small=tuple(_small(line, places, truth) for line in lines if _small(line, places, truth)),
    )


def _limits(
    table: CountTable, line: Line, places: Mapping[Slot, int]
) -> Iterator[tuple[Slot, int]]:
    """Give what a line's counts can be at most, where the smallest was hidden: the first of equals.

    So one that stands after an equal shown one was not hidden for being the smallest.
    """
    shown = [part for part in line.parts if part not in places and table.numbers[part]]
    if not shown:
        return
    first = min(shown, key=lambda part: table.numbers[part])
    for at, part in enumerate(line.parts):
        yield part, table.numbers[first] - (at > line.parts.index(first))
        yield part, table.numbers[first]


def _sum(table: CountTable, line: Line, places: Mapping[Slot, int]) -> Sum:
    shown = sum(table.numbers[part] for part in line.parts if part not in places)
    parts = tuple(places[part] for part in line.parts if part in places)
    if line.total in places:
        return Sum(parts, places[line.total], -shown)
    return Sum(parts, None, table.numbers[line.total] - shown)


def _small(line: Line, places: Mapping[Slot, int], truth: Values) -> tuple[int, ...]:
    """Give the hidden counts of a line in which one is small itself; none otherwise."""
    group = tuple(places[part] for part in line.parts if part in places)
    group = tuple(n for n in group if truth[n])
    return group if any(truth[n] < K for n in group) else ()
