"""Questions with several answers at once: the share of respondents that ticked each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exports.cells import NOT_ASKED, Cell
from exports.codebook import Codebook, Variable
from exports.disclosure.rules import ENKAT
from exports.disclosure.shares import Bound, Share, at_most, shares
from exports.disclosure.symbols import Symbol
from exports.results.figures import Figure, answered
from exports.table import TableRow
from forms.instrument import Choice, Question, QuestionType

TICKED, LEFT = 1, 0


@dataclass(frozen=True, slots=True)
class ChoiceResult:
    """One alternative with its column, and the share of those who answered that ticked it."""

    variable: Variable
    choice: Choice
    share: Share | Symbol


@dataclass(frozen=True, slots=True)
class ChoicesResult:
    """A question with its alternatives, in the author's order.

    Attributes:
        n: Who ticked anything but don't know or the like.
    """

    question: Question
    n: Figure
    choices: tuple[ChoiceResult, ...]


class ChoicesTally:
    """Counts of all such questions, for rows that are read only once."""

    def __init__(self, codebook: Codebook) -> None:
        self._columns = tuple(_columns(codebook))

    def count(self, row: TableRow) -> None:
        """Take one more response into account."""
        for each in self._columns:
            each.cells[row[each.column]] += 1

    def count_columns(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Take some more responses into account, column by column."""
        for each in self._columns:
            each.cells.update(columns[each.column])

    def groups(self) -> list[tuple[int, ...]]:
        """Give for each column itself: none is counted with others."""
        return [(each.column,) for each in self._columns]

    def count_group(self, number: int, cells: Mapping[int, Cell], times: int) -> None:
        """Take so many more responses into account, all alike, in one column."""
        column = self._columns[number]
        column.cells[cells[column.column]] += times

    def results(self, responses: int) -> tuple[ChoicesResult, ...]:
        """Give what may be shown of so many responses."""
        by_question: dict[str, list[_Column]] = {}
        for each in self._columns:
            by_question.setdefault(each.question.name, []).append(each)
        return tuple(_result(columns, responses) for columns in by_question.values())


@dataclass(slots=True)
class _Column:
    variable: Variable
    question: Question
    choice: Choice
    column: int
    cells: Counter[object] = field(default_factory=Counter)


def _result(columns: list[_Column], responses: int) -> ChoicesResult:
    cells = columns[0].cells
    asked, n = responses - cells[NOT_ASKED], cells[TICKED] + cells[LEFT]
    is_told = answered(asked, responses) == asked
    return ChoicesResult(
        columns[0].question,
        answered(n, asked) if is_told else Symbol.HIDDEN,
        tuple(ChoiceResult(each.variable, each.choice, _share(each.cells)) for each in columns),
    )


def _share(cells: Counter[object]) -> Share | Symbol:
    """Give the share that ticked; where few did, or none, only that it is small."""
    left, ticked = cells[LEFT], cells[TICKED]
    shown = {each.classes: each.share for each in shares((left, ticked), ENKAT)}
    if (1,) in shown:
        return shown[1,]
    of_others = shown.get((0,))
    if isinstance(of_others, Share) and of_others.bound is Bound.AT_LEAST:
        return at_most(left + ticked)
    return Symbol.HIDDEN


def _columns(codebook: Codebook) -> Iterator[_Column]:
    for column, variable in enumerate(codebook.variables):
        if (choice := _choice(variable)) and variable.question:
            yield _Column(variable, variable.question, choice, column)


def _choice(variable: Variable) -> Choice | None:
    """Find the alternative that a column is about, unless it says nothing about the matter."""
    question = variable.question
    if question is None or question.type is not QuestionType.SELECT_MULTIPLE:
        return None
    found = (each for each in question.choices if each.name == variable.choice)
    return next((each for each in found if not each.is_missing), None)
