"""Indices of an enkät by gender, where a round of the whole city asked for it.

Girls, boys, and who is neither or would not say, where each are ten (R2). Else the boys and the
rest are one class, whether the rest are nine or none: so the table does not tell which. Where that
leaves fewer than ten on a side, nothing is divided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from exports.cells import Cell
from exports.codebook import Codebook, Variable
from exports.disclosure.rules import SMALLEST_CLASS, SMALLEST_ENKAT
from exports.disclosure.shares import mean
from exports.disclosure.symbols import Symbol
from exports.table import TableRow

GIRL, BOY = "flicka", "pojke"  # what a question has among its choices that asks for gender
GIRLS, BOYS, REST, OTHERS = "girls", "boys", "rest", "others"
NOWHERE = -1
DIVISIONS = (
    {GIRLS: GIRLS, BOYS: BOYS, REST: REST},
    {GIRLS: GIRLS, BOYS: OTHERS, REST: OTHERS},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnkatOfGender:
    """What may be shown of a class.

    Attributes:
        name: Girls, boys, rest, or others (boys and rest).
        n: Responses.
        means: Mean index of each dimension, in the order of the result.
    """

    name: str
    n: int
    means: tuple[Decimal | Symbol, ...]


@dataclass(slots=True)
class GenderTally:
    """Counts of indices by gender; of no use where no question asks for it."""

    codebook: Codebook
    _column: int = field(init=False, default=NOWHERE)
    _indices: tuple[int, ...] = field(init=False)
    _codes: Mapping[object, str] = field(init=False)
    _sizes: Counter[str] = field(init=False, default_factory=Counter)
    # (number of the dimension, class) -> how often each index came
    _found: dict[tuple[int, str], Counter[Fraction]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        variables = self.codebook.variables
        self._column = next((at for at, each in enumerate(variables) if _asks(each)), NOWHERE)
        self._indices = tuple(at for at, each in enumerate(variables) if each.index)
        names = {GIRL: GIRLS, BOY: BOYS}
        values = variables[self._column].values if self.asks else ()
        self._codes = {each.code: names[each.name] for each in values if each.name in names}

    @property
    def asks(self) -> bool:
        """Tell whether a question asks for it."""
        return self._column != NOWHERE

    def groups(self) -> list[tuple[int, ...]]:
        """Give the columns that are counted together: gender alone, then with each index."""
        if not self.asks:
            return []
        return [(self._column,), *((index, self._column) for index in self._indices)]

    def count(self, row: TableRow) -> None:
        """Take one more response into account."""
        for number, columns in enumerate(self.groups()):
            self.count_group(number, {each: row[each] for each in columns}, 1)

    def count_group(self, number: int, cells: Mapping[int, Cell], times: int) -> None:
        """Take so many more responses into account, all alike, in one of the groups."""
        of = self._codes.get(cells[self._column], REST)
        if number == 0:
            self._sizes[of] += times
            return
        index = cells[self._indices[number - 1]]
        if isinstance(index, Fraction):
            self._found.setdefault((number - 1, of), Counter())[index] += times

    def result(self) -> tuple[EnkatOfGender, ...]:
        """Give the classes that may be shown; none where they would be too small."""
        for division in DIVISIONS:
            sizes = Counter[str]()
            for name, size in self._sizes.items():
                sizes[division[name]] += size
            names = list(dict.fromkeys(division.values()))
            if all(sizes[each] >= SMALLEST_CLASS for each in names):
                return self._of(division, names, sizes)
        return ()

    def _of(
        self, division: Mapping[str, str], names: Sequence[str], sizes: Mapping[str, int]
    ) -> tuple[EnkatOfGender, ...]:
        means = [self._means(number, division, names) for number in range(len(self._indices))]
        return tuple(
            EnkatOfGender(name=name, n=sizes[name], means=tuple(each[at] for each in means))
            for at, name in enumerate(names)
        )

    def _means(
        self, number: int, division: Mapping[str, str], names: Sequence[str]
    ) -> list[Decimal | Symbol]:
        """Give a dimension's mean of each class, or of none: the last one would be what is left."""
        found: dict[str, Counter[Fraction]] = {name: Counter() for name in names}
        for of, name in division.items():
            found[name].update(self._found.get((number, of), {}))
        if any(each.total() < SMALLEST_ENKAT for each in found.values()):
            return [Symbol.HIDDEN] * len(names)
        totals = (sum(n * index for index, n in each.items()) for each in found.values())
        return [
            mean(Fraction(total), each.total())
            for total, each in zip(totals, found.values(), strict=True)
        ]


def _asks(variable: Variable) -> bool:
    """Tell whether a column says which gender somebody has."""
    question = variable.question
    if question is None or not variable.is_named_by_author:
        return False
    return {GIRL, BOY} <= {each.name for each in question.choices}
