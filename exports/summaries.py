"""Figures about each dimension, counted while the rows go by, as small groups allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from exports.cells import NOT_ANSWERED, NOT_ASKED, REFUSED, Cell
from exports.codebook import Codebook, Variable
from exports.disclosure.rules import SMALLEST_ENKAT
from exports.disclosure.shares import Bound, Share, mean, part_of_all, responses_among
from exports.disclosure.symbols import Symbol
from exports.table import Table, TableRow

Shown = int | Decimal | str
Figure = int | Decimal | Share | Symbol
Cells = TableRow | Mapping[int, Cell]  # by the number of the column


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionSummary:
    """What is shown about one dimension: numbers, bounds such as `≤20`, or `..` for hidden.

    Attributes:
        asked: Responses in which at least one of its items was asked.
        answered: Responses with an index, thus with half of the items or more.
        dont_know: Whole per cent of the items asked, answered with a missing choice (Vet ej).
        refused: The same for the missing choice REF (Vill inte svara).
        unanswered: Whole per cent of the items asked, left without an answer.
        mean: Mean index 0-10 of the responses with one, one decimal.
    """

    variable: Variable
    asked: Shown
    answered: Shown
    dont_know: Shown
    refused: Shown
    unanswered: Shown
    mean: Shown


def summarise(table: Table) -> tuple[DimensionSummary, ...]:
    """Summarise each dimension of the table, in the order of the indices."""
    tally = Tally(table.codebook)
    for row in table.rows:
        tally.count(row)
    return tally.summaries()


class Tally:
    """Counts of all dimensions, for rows that are read only once."""

    def __init__(self, codebook: Codebook) -> None:
        self._counts = tuple(_counts(codebook))

    def count(self, row: TableRow) -> None:
        """Take one more response into account."""
        for counts in self._counts:
            counts.count(row)

    def groups(self) -> list[tuple[int, ...]]:
        """Give for each dimension the columns that are counted together."""
        return [(each.column, *(column for column, _ in each.items)) for each in self._counts]

    def count_group(self, number: int, row: Cells, times: int) -> None:
        """Take so many more responses into account, all alike, for one dimension."""
        self._counts[number].count(row, times)

    def summaries(self) -> tuple[DimensionSummary, ...]:
        """Give what may be shown about the responses counted until now."""
        return tuple(counts.summary() for counts in self._counts)


@dataclass(slots=True)
class _Counts:
    variable: Variable
    column: int
    items: tuple[tuple[int, frozenset[object]], ...]
    kinds: Counter[str] = field(default_factory=Counter)  # items
    by: Counter[str] = field(default_factory=Counter)  # responses with such an item
    asked: int = 0
    answered: int = 0
    total: Fraction = Fraction(0)

    def count(self, row: Cells, times: int = 1) -> None:
        index = row[self.column]
        if index == NOT_ASKED:
            return
        self.asked += times
        if isinstance(index, Fraction):
            self.answered += times
            self.total += times * index
        kinds = [_kind(row[column], missing) for column, missing in self.items]
        for kind in kinds:
            self.kinds[kind] += times
        for kind in set(kinds):
            self.by[kind] += times

    def summary(self) -> DimensionSummary:
        """Give the figures that may be shown; without ten indices, nothing but who was asked."""
        return DimensionSummary(
            variable=self.variable,
            asked=_shown(responses_among(self.asked, self.asked)),
            answered=_shown(responses_among(self.answered, self.asked)),
            dont_know=self._share("dont_know"),
            refused=self._share("refused"),
            unanswered=self._share("unanswered"),
            mean=_shown(mean(self.total, self.answered)),
        )

    def _share(self, kind: str) -> Shown:
        if self.answered < SMALLEST_ENKAT:
            return Symbol.HIDDEN.value
        items = self.kinds.total() - self.kinds["not_asked"]
        share = Fraction(self.kinds[kind], items or 1)
        return _shown(part_of_all(share, self.by[kind], self.asked))


def _shown(figure: Figure) -> Shown:
    """Write a bound or a sign as text; a number stays one."""
    if isinstance(figure, Symbol):
        return figure.value
    if isinstance(figure, Share):
        return figure.percent if figure.bound is Bound.ABOUT else str(figure)
    return figure


def _kind(cell: object, missing: frozenset[object]) -> str:
    if cell == NOT_ASKED:
        return "not_asked"
    if cell == NOT_ANSWERED:
        return "unanswered"
    if cell not in missing:
        return "substantive"
    return "refused" if cell == REFUSED else "dont_know"


def _counts(codebook: Codebook) -> Iterable[_Counts]:
    columns = {v.question.name: n for n, v in enumerate(codebook.variables) if v.question}
    for number, variable in enumerate(codebook.variables):
        if variable.index:
            places = [columns[item.name] for item in variable.index.items]
            missing = [frozenset[object](codebook.variables[n].missing_codes) for n in places]
            yield _Counts(variable, number, tuple(zip(places, missing, strict=True)))
