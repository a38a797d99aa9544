"""Index 0-10 of a dimension: the mean of its items, if at least half of them were answered.

An item counts `(code - lowest) / (highest - lowest) * 10`, where lowest and highest are the
whole-number codes of its list that are not missing codes; a reversed item counts from the other
end. Sums are exact, so the order of the items does not matter.

Source: the coding of Swedish pupil surveys (answers 4, 3, 2, 1 count 10, 6 2/3, 3 1/3, 0); a
published distribution of 35, 46, 13 and 6 per cent has the published mean 7.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from exports.cells import NOT_ANSWERED, NOT_ASKED, whole_number
from forms.answers import Answers
from forms.instrument import Instrument, Question, QuestionType
from forms.languages import Texts

TOP = 10


@dataclass(frozen=True, kw_only=True)
class Index:
    """One dimension with the items that can be scaled.

    Attributes:
        dimension: As the author wrote it at the first item.
        label: What the dimension is called, in the instrument's languages.
    """

    dimension: str
    label: Texts
    items: tuple[Question, ...]

    @property
    def variable_name(self) -> str:
        """Name the column: `index_` and the dimension in small letters, other signs as `_`."""
        return "index_" + re.sub(r"\W+", "_", self.dimension.lower()).strip("_")

    def of(self, answers: Answers, prefix: str = "") -> Fraction | str:
        """Work out the index of one response, or of one instance of the repeat it stands in.

        Args:
            prefix: What the addresses of the instance's answers begin with.

        Returns:
            0 to 10 at full precision; NA when fewer than half of the dimension's items have a
            substantive answer (items that were not asked count as items without one); NAP
            when none of its items was asked.
        """
        is_asked, scored = False, []
        for name, points in self._points.items():
            address = prefix + name
            if address in answers.asked:
                is_asked = True
                if (answer := answers.values.get(address, "")) in points:
                    scored.append(points[answer])
        if not is_asked:
            return NOT_ASKED
        if 2 * len(scored) < len(self.items):
            return NOT_ANSWERED
        return Fraction(sum(scored), len(scored) * self._denominator)

    @cached_property
    def _scores(self) -> Mapping[str, Mapping[str, Fraction]]:
        return {item.name: item_scores(item) for item in self.items}

    @cached_property
    def _denominator(self) -> int:
        scores = self._scores.values()
        return lcm(*(score.denominator for item in scores for score in item.values()))

    @cached_property
    def _points(self) -> Mapping[str, Mapping[str, int]]:
        """Scores over one common denominator: adding whole numbers is quick and exact."""
        return {
            name: {code: int(score * self._denominator) for code, score in scores.items()}
            for name, scores in self._scores.items()
        }


def item_scores(item: Question) -> Mapping[str, Fraction]:
    """Map each substantive whole-number code to 0-10; nothing when the item cannot be scaled."""
    if item.type is not QuestionType.SELECT_ONE:
        return {}
    names = [choice.name for choice in item.choices if not choice.is_missing]
    codes = {name: code for name in names if (code := whole_number(name)) is not None}
    if len(codes) < 2:
        return {}
    low, high = min(codes.values()), max(codes.values())
    start = high if item.is_reversed else low
    return {name: Fraction(TOP * abs(code - start), high - low) for name, code in codes.items()}


def indices_of(
    instrument: Instrument, among: Iterable[Question] | None = None
) -> tuple[Index, ...]:
    """Find the dimensions that have items to scale, in the order of their first items.

    Dimensions that differ only in capitals are one.

    Args:
        among: The questions of one table; all questions unless given.
    """
    items: dict[str, list[Question]] = {}
    for question in instrument.questions.values() if among is None else among:
        if question.dimension.strip() and item_scores(question):
            items.setdefault(question.dimension.strip().casefold(), []).append(question)
    return tuple(_index(instrument, tuple(questions)) for questions in items.values())


def _index(instrument: Instrument, items: tuple[Question, ...]) -> Index:
    dimension = items[0].dimension.strip()
    label = _label(instrument, dimension, [item.name for item in items])
    return Index(dimension=dimension, label=label, items=items)


def _label(instrument: Instrument, dimension: str, items: Sequence[str]) -> Texts:
    """Take the label of the group named like the dimension, else of the innermost around it.

    Where its items share no group, that of its first item.
    """
    labelled = [group for group in instrument.groups.values() if group.label]
    for group in labelled:
        if group.name.casefold() == dimension.casefold():
            return group.label
    # Groups come in document order, outer before inner: the last that fits is the innermost.
    for wanted in (set(items), {items[0]}):
        for group in reversed(labelled):
            if wanted <= {item.name for item in group.walk()}:
                return group.label
    return {instrument.default_language: dimension}
