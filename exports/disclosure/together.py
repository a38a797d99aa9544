"""In how many interviews two codes come together, with small numbers hidden.

Each pair is a table of four: both, only one, only the other, neither. Its margins are known, so a
number of both tells the other three: it is hidden when one of the four is small, or says of a
group of fewer than ten that all or none of it does something (R4). Three codes tell of each other
(whoever mentions the first always mentions the second ...), so hidden numbers are worked out from
two others as a reader could, and where fewer than `VALUES` are possible more is hidden. What four
codes and more tell together is not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from exports.disclosure.counts import Count
from exports.disclosure.rules import UNANIMOUS_BELOW, VALUES, K
from exports.disclosure.symbols import Symbol

Pair = tuple[str, str]
NEAR = 4  # values on either side of a number that are looked at where it is hidden for others' sake


def protect_together(
    n: int, alone: Mapping[str, int], both: Mapping[Pair, int]
) -> dict[Pair, Count]:
    """Hide what is small, and what tells of it.

    Args:
        n: How many interviews there are.
        alone: How many mention each code; these numbers are shown.
        both: How many mention both of each pair of these, in their order.
    """
    hiding = _Hiding(n, alone, both)
    hiding.settle()
    return {pair: Symbol.HIDDEN if pair in hiding.hidden else m for pair, m in both.items()}


@dataclass(slots=True)
class _Hiding:
    n: int
    alone: Mapping[str, int]
    both: Mapping[Pair, int]
    hidden: dict[Pair, Collection[int]] = field(default_factory=dict)

    def settle(self) -> None:
        """Hide the small ones, then those that tell of them, until nothing more is told."""
        for pair, m in self.both.items():
            values = [each for each in self._range(pair) if self._is_small(pair, each)]
            if m in values and len(self._range(pair)) > 1:
                self.hidden[pair] = values
        while telling := list(self._telling()):
            for pair in telling:
                near = (each for each in self._range(pair) if abs(each - self.both[pair]) <= NEAR)
                self.hidden[pair] = list(near)

    def _range(self, pair: Pair) -> range:
        a, b = (self.alone[each] for each in pair)
        return range(max(0, a + b - self.n), min(a, b) + 1)

    def _is_small(self, pair: Pair, both: int) -> bool:
        a, b = (self.alone[each] for each in pair)
        neither = self.n - a - b + both
        parts = ((both, a), (both, b), (a - both, a), (a - both, self.n - b), (b - both, b),
                 (b - both, self.n - a), (neither, self.n - a), (neither, self.n - b))  # fmt: skip
        return any(0 < part < K or (part == of and 0 < of < UNANIMOUS_BELOW) for part, of in parts)

    def _telling(self) -> Iterator[Pair]:
        """Give the shown pairs beside which a hidden one has too few values."""
        for three in combinations(self.alone, 3):
            pairs = [*combinations(three, 2)]
            shown = [pair for pair in pairs if pair not in self.hidden]
            if 0 < len(shown) < len(pairs) and self._tells(three, pairs):
                yield from (pair for pair in shown if len(self._range(pair)) > 1)

    def _tells(self, three: tuple[str, ...], pairs: list[Pair]) -> bool:
        values = [self.hidden.get(pair, (self.both[pair],)) for pair in pairs]
        left: list[set[int]] = [set() for _ in pairs]
        for found in product(*values):
            if _is_possible(self.n, [self.alone[each] for each in three], found):
                for possible, value in zip(left, found, strict=True):
                    possible.add(value)
        return any(
            pair in self.hidden and len(possible) < VALUES
            for pair, possible in zip(pairs, left, strict=True)
        )


def _is_possible(n: int, alone: list[int], both: tuple[int, ...]) -> bool:
    """Tell whether some number of interviews with all three codes makes all eight parts whole."""
    a, b, c = alone
    ab, ac, bc = both
    least = max(0, ab + ac - a, ab + bc - b, ac + bc - c)
    return least <= min(ab, ac, bc, n - a - b - c + ab + ac + bc)
