"""What two releases of the same table tell together, to somebody who subtracts them (R7).

Whoever has both knows each shown count of either, and how the rules hide; here they are told more:
how many persons have come and gone between. The persons who came, who went and who stayed are
groups of their own then, and what can be worked out about these is judged too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exports.disclosure.audit import Solver
from exports.disclosure.counts import CountTable, Slot
from exports.disclosure.primary import Hidden
from exports.disclosure.puzzles import Puzzle, Sum, Values, puzzles
from exports.disclosure.rules import UNANIMOUS_BELOW, VALUES, K

STAYED, CAME, WENT = "stayed", "came", "went"


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader of one release knows of a table, at most; no hidden count stands in it.

    Attributes:
        shown: The numbers that are shown.
        hidden: The h hidden counts, with the least and the most that each can be.
        sums: What the lines say about the h.
        small: Groups of the h of which one is below K.
    """

    shown: tuple[tuple[Slot, int], ...]
    hidden: tuple[tuple[Slot, int, int], ...]
    sums: tuple[Sum, ...]
    small: tuple[tuple[int, ...], ...]

    @property
    def slots(self) -> frozenset[Slot]:
        """Give all counts of the table."""
        return frozenset([*(slot for slot, _ in self.shown), *(each[0] for each in self.hidden)])


@dataclass(frozen=True, slots=True)
class Step:
    """What lies between an earlier release and one that is about to be made.

    Attributes:
        came, went: Persons of one release alone; whoever has another value now is both.
        came_of: Of those who came, how many are of each class, such as girls.
    """

    came: int
    went: int
    came_of: Mapping[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """Give how many persons differ, at least."""
        return max(self.came, self.went)


def known_of(table: CountTable, hidden: Hidden) -> Known:
    """Say what a reader of a table knows in which some counts are hidden."""
    found = _Pile()
    for each in puzzles(table, hidden):
        found.lay(each)
    numbers = table.numbers.items()
    return Known(
        shown=tuple((slot, n) for slot, n in numbers if slot not in hidden),
        hidden=tuple(zip(found.slots, found.lowest, found.highest, strict=True)),
        sums=tuple(found.sums),
        small=tuple(found.small),
    )


def told_too_well(before: Known, now: Known, leaves: Sequence[Slot], step: Step) -> Slot | None:
    """Find a count that both releases together tell too well; None when there is none.

    Args:
        leaves: The counts that all others are sums of.
        step: How many came and went, in all `leaves` together.

    Returns:
        The count of the table where more has to be hidden.
    """
    pile = _Pile()
    old = pile.take(before)
    new = pile.take(now)
    groups = {name: [pile.unknown(slot) for slot in leaves] for name in (STAYED, CAME, WENT)}
    for at, slot in enumerate(leaves):
        for known, moved in ((old, WENT), (new, CAME)):
            pile.add([groups[STAYED][at], groups[moved][at]], known, slot)
    sizes = {CAME: step.came, WENT: step.went}
    for name, size in sizes.items():
        pile.sums.append(Sum(tuple(groups[name]), None, size))
    asked = [(place, VALUES, 0) for place in range(len(before.hidden) + len(now.hidden))]
    for name, places in groups.items():
        size = sizes.get(name, pile.most)
        asked += [(place, min(VALUES, size + 1), size) for place in places]
    puzzle = pile.puzzle()
    found = _first_narrow(puzzle, asked)
    return None if found is None else puzzle.slots[found]


def _first_narrow(puzzle: Puzzle, asked: Sequence[tuple[int, int, int]]) -> int | None:
    solver = Solver(puzzle)
    possible: list[set[int]] = [set() for _ in puzzle.slots]
    for place, wanted, size in asked:
        while len(possible[place]) < wanted:
            values = solver.another(place, possible[place], [place])
            if not values:
                break
            for seen, value in zip(possible, values, strict=True):
                seen.add(value)
        if len(possible[place]) < wanted and not _is_harmless(possible[place], size):
            return place
    return None


def _is_harmless(values: set[int], size: int) -> bool:
    """Tell whether what is known of a class of a group may be known (R4); 0 means no group."""
    return bool(size and values) and all(
        n == 0 or (n >= K and not n == size < UNANIMOUS_BELOW) for n in values
    )


@dataclass(slots=True)
class _Pile:
    """Unknown counts of several tables, and what is known about them, laid together."""

    slots: list[Slot] = field(default_factory=list)
    lowest: list[int] = field(default_factory=list)
    highest: list[int] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    small: list[tuple[int, ...]] = field(default_factory=list)
    most: int = K

    def lay(self, of: Puzzle) -> None:
        """Add a puzzle."""
        hidden = zip(of.slots, of.lowest, of.highest, strict=True)
        self._lay(list(hidden), of.sums, of.small)

    def take(self, of: Known) -> Mapping[Slot, tuple[int | None, int]]:
        """Add what is known of a release; say for each count where it lies, or what it is."""
        first = len(self.slots)
        self._lay(of.hidden, of.sums, of.small)
        self.most = max([self.most, *self.highest, *(n for _, n in of.shown)])
        places = {slot: (first + at, 0) for at, (slot, _, _) in enumerate(of.hidden)}
        return places | {slot: (None, n) for slot, n in of.shown}

    def _lay(
        self,
        hidden: Sequence[tuple[Slot, int, int]],
        sums: Sequence[Sum],
        small: Sequence[Sequence[int]],
    ) -> None:
        first = len(self.slots)
        for slot, low, high in hidden:
            self.slots.append(slot)
            self.lowest.append(low)
            self.highest.append(high)
        self.sums += [_moved(each, first) for each in sums]
        self.small += [tuple(first + at for at in group) for group in small]

    def unknown(self, slot: Slot) -> int:
        """Add a count of which nothing is known yet."""
        self._lay([(slot, 0, self.most)], (), ())
        return len(self.slots) - 1

    def add(
        self, parts: Sequence[int], known: Mapping[Slot, tuple[int | None, int]], slot: Slot
    ) -> None:
        """Say that some counts together are one of a release."""
        place, number = known.get(slot, (None, 0))
        self.sums.append(Sum(tuple(parts), place, number))

    def puzzle(self) -> Puzzle:
        """Give all of it; nobody tells here what is true."""
        columns = (self.lowest, self.highest)
        lowest, highest = (tuple(each) for each in columns)
        unknown: Values = (0,) * len(self.slots)
        return Puzzle(
            tuple(self.slots), tuple(unknown), lowest, highest, tuple(self.sums), tuple(self.small)
        )


def _moved(of: Sum, by: int) -> Sum:
    total = None if of.total is None else of.total + by
    return Sum(tuple(part + by for part in of.parts), total, of.known)


def leaves_of(table: CountTable) -> Iterator[Slot]:
    """Give the counts that were counted, and not summed."""
    return (slot for slot in table.counts if slot not in table.absent)
