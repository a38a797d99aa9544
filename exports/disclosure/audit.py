"""Whether a hidden count can be worked out, solved exactly (R5).

A hidden count passes when it can have three values or more. Each value is proved by a whole
table that fits everything known, checked in whole numbers: an error of the solver can hide too
much, never too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from exports.disclosure.counts import CountTable, Slot
from exports.disclosure.puzzles import Puzzle, Sum, Values, puzzles
from exports.disclosure.rules import VALUES, K

Witness = dict[Slot, int]
# For one question to the solver; without an answer, more is hidden. Not seconds: what is hidden
# must not depend on how busy the machine is.
NODES = 2_000
ANY = 1e6  # how far from the best an answer may be when any answer will do


class Audit:
    """Looks for hidden counts that are known too well; remembers what it proved before."""

    def __init__(self, table: CountTable) -> None:
        self._table = table
        self._witnesses: list[Witness] = []

    def known_too_well(self, hidden: Collection[Slot]) -> Slot | None:
        """Find a hidden count with too few possible values; None when there is none."""
        narrow = (self._narrow(puzzle) for puzzle in puzzles(self._table, hidden))
        return next((slot for slot in narrow if slot), None)

    def _narrow(self, puzzle: Puzzle) -> Slot | None:
        possible = [{value} for value in puzzle.truth]
        for witness in self._witnesses:
            found = [
                witness.get(slot, n) for slot, n in zip(puzzle.slots, puzzle.truth, strict=True)
            ]
            if puzzle.fits(found):
                _add(possible, found)
        solver = Solver(puzzle) if any(len(each) < VALUES for each in possible) else None
        for place, known in enumerate(possible):
            while solver and len(known) < VALUES:
                few = [n for n, each in enumerate(possible) if len(each) < VALUES]
                new = solver.another(place, known, few)
                if not new:
                    return puzzle.slots[place]
                _add(possible, new)
                self._witnesses.append(dict(zip(puzzle.slots, new, strict=True)))
        return None


def interval(table: CountTable, hidden: Collection[Slot], slot: Slot) -> tuple[int, int]:
    """Give the least and the greatest value that a hidden count can have.

    Raises:
        ArithmeticError: The solver found none.
    """
    puzzle = next(each for each in puzzles(table, hidden) if slot in each.slots)
    solver, place = Solver(puzzle), puzzle.slots.index(slot)
    least, most = solver.extreme({place: 1}), solver.extreme({place: -1})
    if least is None or most is None:
        raise ArithmeticError(f"No solution for {slot}")
    return least[place], most[place]


def _add(possible: Sequence[set[int]], values: Values) -> None:
    for known, value in zip(possible, values, strict=True):
        known.add(value)


class Solver:
    """The puzzle as a problem of whole numbers, for HiGHS."""

    def __init__(self, puzzle: Puzzle) -> None:
        # Here, for it brings NumPy: a fifth of a second at the start of every command.
        import highspy  # noqa: PLC0415

        self._puzzle = puzzle
        self._integer, self._infinity = highspy.HighsVarType.kInteger, highspy.kHighsInf
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # untyped
        for option, value in {"output_flag": False, "threads": 1, "mip_max_nodes": NODES}.items():
            self._highs.setOptionValue(option, value)
        for low, high in zip(puzzle.lowest, puzzle.highest, strict=True):
            self._whole_number(low, high)
        for each in puzzle.sums:
            self._add_sum(each)
        for group in puzzle.small:
            self._add_small(group)

    def another(self, place: int, known: Collection[int], few: Sequence[int]) -> Values | None:
        """Find a table where a count has a value that is not known yet; None if there is none.

        Args:
            few: Counts of which more values are wanted too.
        """
        # Away from the true table in as many counts as can be, so that one answer serves many.
        aims = {n: 1 if n % 2 else -1 for n in few}
        found = (self._between(place, low, high, aims) for low, high in self._gaps(place, known))
        return next(filter(None, found), None)

    def _gaps(self, place: int, known: Iterable[int]) -> Iterator[tuple[int, int]]:
        ends = [self._puzzle.lowest[place] - 1, *sorted(known), self._puzzle.highest[place] + 1]
        return ((low + 1, high - 1) for low, high in pairwise(ends) if high - low > 1)

    def _between(self, place: int, low: int, high: int, aims: dict[int, int]) -> Values | None:
        self._highs.setOptionValue("mip_abs_gap", ANY)
        self._highs.changeColBounds(place, low, high)
        found = self.extreme(aims)
        if found and not low <= found[place] <= high:
            found = None
        self._highs.changeColBounds(place, self._puzzle.lowest[place], self._puzzle.highest[place])
        self._highs.setOptionValue("mip_abs_gap", 0)
        return found

    def extreme(self, aims: dict[int, int]) -> Values | None:
        """Find a table where counts are least (1) or greatest (-1); None if none was found."""
        for place, sign in aims.items():
            self._highs.changeColCost(place, sign)
        self._highs.clearSolver()
        self._highs.run()
        for place in aims:
            self._highs.changeColCost(place, 0)
        found = self._highs.getSolution().col_value[: len(self._puzzle.slots)]
        values = [round(each) for each in found]
        return values if values and self._puzzle.fits(values) else None

    def _whole_number(self, low: int, high: int) -> int:
        number: int = self._highs.getNumCol()
        self._highs.addCol(0, low, high, 0, [], [])
        self._highs.changeColIntegrality(number, self._integer)
        return number

    def _add_sum(self, each: Sum) -> None:
        places, signs = [*each.parts], [1.0] * len(each.parts)
        if each.total is not None:
            places, signs = [*places, each.total], [*signs, -1.0]
        self._highs.addRow(each.known, each.known, len(places), places, signs)

    def _add_small(self, group: Sequence[int]) -> None:
        """Say that one of the counts is below K: a switch for each, and one switch is on."""
        switches = [self._whole_number(0, 1) for _ in group]
        for place, switch in zip(group, switches, strict=True):
            # count <= K - 1 when the switch is on, its highest when it is off
            high = max(self._puzzle.highest[place], K - 1)
            self._highs.addRow(-self._infinity, high, 2, [place, switch], [1.0, high - (K - 1)])
        self._highs.addRow(1, len(group), len(group), switches, [1.0] * len(group))
