"""An enkät by dimension: index, share of each answer, and what was left open, counted by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exports.cells import NOT_ANSWERED, NOT_ASKED, REFUSED, Cell
from exports.codebook import Codebook, Variable
from exports.disclosure.rules import ENKAT, SMALLEST_ENKAT, SMALLEST_FULL
from exports.disclosure.shares import Share, part_of_all, shares
from exports.disclosure.symbols import Symbol
from exports.indices import item_scores
from exports.results.choices import ChoicesResult, ChoicesTally
from exports.results.enkat_genders import EnkatOfGender, GenderTally
from exports.results.figures import Figure, answered
from exports.results.scales import Step, all_steps, is_scale, joined, two_steps
from exports.summaries import DimensionSummary, Tally
from exports.table import Table, TableRow
from forms.instrument import Question


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One class of the answers, and the share that chose it."""

    step: Step
    share: Share | Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What may be shown of one question.

    Attributes:
        n: Who answered substantively.
        steps: From the worst to the best; shares are of those n.
        dont_know, refused, unanswered: Of those who were asked, in per cent.
    """

    variable: Variable
    question: Question
    n: Figure
    steps: tuple[ShownStep, ...]
    dont_know: Figure
    refused: Figure
    unanswered: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionResult:
    """A dimension's index with its items; summary None for items without a dimension."""

    summary: DimensionSummary | None
    items: tuple[ItemResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnkatResult:
    """What may be shown of a round, dimension by dimension, and at the end what has none.

    Attributes:
        n: Responses; hidden where they are fewer than ten, and then so is all else.
        choices: Questions with several answers at once.
        asks_gender: Whether it is divided by gender where that can be shown.
        genders: Each class with the index of each dimension; empty where one is too small.
    """

    n: Figure
    dimensions: tuple[DimensionResult, ...]
    choices: tuple[ChoicesResult, ...] = ()
    asks_gender: bool = False
    genders: tuple[EnkatOfGender, ...] = ()

    @property
    def is_hidden(self) -> bool:
        """Tell whether too few have answered for anything to be shown."""
        return self.n is Symbol.HIDDEN


def results_of(table: Table, *, by_gender: bool = False) -> EnkatResult:
    """Count the responses of a closed round, and give what may be shown of them."""
    tally = EnkatTally(table.codebook, by_gender=by_gender)
    for row in table.rows:
        tally.count(row)
    return tally.result()


class EnkatTally:
    """Counts of all items, for rows that are read only once.

    Args:
        by_gender: Whether indices are divided too, where it was asked: of a whole city alone.
    """

    def __init__(self, codebook: Codebook, *, by_gender: bool = False) -> None:
        self._genders = GenderTally(codebook) if by_gender else None
        self._dimensions = Tally(codebook)
        self._items = tuple(_items(codebook))
        self._choices = ChoicesTally(codebook)
        self._n = 0

    def count(self, row: TableRow) -> None:
        """Take one more response into account."""
        self._n += 1
        self._dimensions.count(row)
        self._choices.count(row)
        if self._genders:
            self._genders.count(row)
        for item in self._items:
            item.cells[row[item.column]] += 1

    def count_items(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Take some more into account, column by column, and leave the dimensions uncounted."""
        self._n += len(columns[0])
        self._choices.count_columns(columns)
        for item in self._items:
            item.cells.update(columns[item.column])

    def groups(self) -> list[tuple[int, ...]]:
        """Give the columns that are counted together: dimensions, questions, alternatives."""
        items = [(item.column,) for item in self._items]
        genders = self._genders.groups() if self._genders else []
        return [*self._dimensions.groups(), *items, *self._choices.groups(), *genders]

    def count_group(self, number: int, cells: Mapping[int, Cell], times: int) -> None:
        """Take so many more responses into account, all alike, for one of the groups."""
        dimensions, items = len(self._dimensions.groups()), len(self._items)
        genders = dimensions + items + len(self._choices.groups())
        if self._genders and number >= genders:
            self._genders.count_group(number - genders, cells, times)
        elif number < dimensions:
            self._dimensions.count_group(number, cells, times)
        elif number < dimensions + items:
            item = self._items[number - dimensions]
            item.cells[cells[item.column]] += times
        else:
            self._choices.count_group(number - dimensions - items, cells, times)

    def result_of(self, number: int) -> EnkatResult:
        """Give what may be shown about so many responses, of which all groups were counted."""
        self._n = number
        return self.result()

    def result(self) -> EnkatResult:
        """Give what may be shown about the responses counted until now."""
        n = answered(self._n, self._n)
        if n is Symbol.HIDDEN:
            return EnkatResult(n=n, dimensions=())
        summaries = self._dimensions.summaries()
        found = [_dimension(each, self._items, self._n) for each in summaries]
        taken = {item.question.name for each in found for item in each.items}
        others = [each for each in self._items if each.question.name not in taken]
        if others:
            items = tuple(each.result(self._n) for each in others)
            found.append(DimensionResult(summary=None, items=items))
        choices = self._choices.results(self._n)
        asks = self._genders is not None and self._genders.asks
        return EnkatResult(
            n=n,
            dimensions=tuple(found),
            choices=choices,
            asks_gender=asks,
            genders=self._genders.result() if self._genders else (),
        )


@dataclass(slots=True)
class _Item:
    variable: Variable
    question: Question
    column: int
    missing: frozenset[object]
    cells: Counter[object] = field(default_factory=Counter)

    def result(self, responses: int) -> ItemResult:
        asked = responses - self.cells[NOT_ASKED]
        given = {name: self.cells[code] for name, code in self._codes().items()}
        n = sum(given.values())
        open_ones = (self._unknown(), self.cells[REFUSED], self.cells[NOT_ANSWERED])
        dont_know, refused, unanswered = (self._part(count, asked, n) for count in open_ones)
        return ItemResult(
            variable=self.variable,
            question=self.question,
            n=answered(n, asked) if _is_told(asked, responses) else Symbol.HIDDEN,
            steps=_shown(self.question, given),
            dont_know=dont_know,
            refused=refused,
            unanswered=unanswered,
        )

    def _codes(self) -> dict[str, object]:
        scored = item_scores(self.question)
        return {each.name: each.code for each in self.variable.values if each.name in scored}

    def _unknown(self) -> int:
        apart = (NOT_ASKED, NOT_ANSWERED, REFUSED)
        return sum(self.cells[code] for code in self.missing if code not in apart)

    def _part(self, count: int, asked: int, n: int) -> Figure:
        if n < SMALLEST_ENKAT:
            return Symbol.HIDDEN
        return part_of_all(Fraction(count, asked), count, asked)


def _is_told(asked: int, responses: int) -> bool:
    """Tell whether the number of those who were asked says of no few that they were not."""
    return answered(asked, responses) == asked


def _shown(question: Question, given: dict[str, int]) -> tuple[ShownStep, ...]:
    n, scores = sum(given.values()), item_scores(question)
    steps = all_steps(question) if n >= SMALLEST_FULL else two_steps(question)
    counts = [sum(given.get(code, 0) for code in step.codes) for step in steps]
    return tuple(
        ShownStep(joined(tuple(steps[at] for at in each.classes), scores), each.share)
        for each in shares(counts, ENKAT)
    )


def _dimension(
    summary: DimensionSummary, items: Iterable[_Item], responses: int
) -> DimensionResult:
    index = summary.variable.index
    names = {each.name for each in index.items} if index else set()
    own = tuple(each.result(responses) for each in items if each.question.name in names)
    return DimensionResult(summary=summary, items=own)


def _items(codebook: Codebook) -> Iterable[_Item]:
    for column, variable in enumerate(codebook.variables):
        question = variable.question
        if question is None or not variable.is_named_by_author:
            continue
        if is_scale(question) or (question.dimension and item_scores(question)):
            missing = frozenset[object](variable.missing_codes)
            yield _Item(variable, question, column, missing)
