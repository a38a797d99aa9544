"""Figures about each dimension, counted while the rows go by and shown under the base rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from exports.cells import NOT_ANSWERED, NOT_ASKED, REFUSED
from exports.codebook import Codebook, Variable
from exports.disclosure import shown_for
from exports.table import Table, TableRow

Shown = int | Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionSummary:
    """What is shown about one dimension: numbers, or `..` where the group is too small.

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

    def summaries(self) -> tuple[DimensionSummary, ...]:
        """Give what may be shown about the responses counted until now."""
        return tuple(counts.summary() for counts in self._counts)


@dataclass(slots=True)
class _Counts:
    variable: Variable
    column: int
    items: tuple[tuple[int, frozenset[object]], ...]
    kinds: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    answered: int = 0
    total: Fraction = Fraction(0)

    def count(self, row: TableRow) -> None:
        index = row[self.column]
        if index == NOT_ASKED:
            return
        self.asked += 1
        if isinstance(index, Fraction):
            self.answered += 1
            self.total += index
        self.kinds.update(_kind(row[column], missing) for column, missing in self.items)

    def summary(self) -> DimensionSummary:
        # The smaller of the two groups decides about every figure but its own size.
        return DimensionSummary(
            variable=self.variable,
            asked=shown_for(self.asked, self.asked),
            answered=shown_for(self.answered, self.answered),
            dont_know=shown_for(self.answered, self._share("dont_know")),
            refused=shown_for(self.answered, self._share("refused")),
            unanswered=shown_for(self.answered, self._share("unanswered")),
            mean=shown_for(self.answered, self._mean()),
        )

    def _share(self, kind: str) -> int:
        items = self.kinds.total() - self.kinds["not_asked"]
        return int(rounded(Fraction(100 * self.kinds[kind], items or 1), "1"))

    def _mean(self) -> Decimal:
        return rounded(self.total / (self.answered or 1), "0.1")


def rounded(number: Fraction, unit: str) -> Decimal:
    """Round an exact number half up to a unit such as 0.1."""
    exact = Fraction(number) / Fraction(unit)
    halves = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return (halves * Decimal(unit)).quantize(Decimal(unit), rounding=ROUND_HALF_UP)


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
