"""Count many responses of an enkät quickly: what was answered alike is coded and judged once.

A question has few different answers, and the few questions of an area few combinations of them.
So these are counted as text, column by column, and only each different one is coded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from exports.cells import Cell
from exports.codebook import Codebook
from exports.coding import coder_of
from exports.responses import Occasion
from exports.results.enkat import EnkatResult, EnkatTally
from forms.answers import Answers

Pattern = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Responses under one version that were asked the same questions; what each answered."""

    version: str
    asked: frozenset[str]
    answers: Sequence[Mapping[str, str]]


@dataclass(slots=True)
class _Group:
    """Columns that are counted together, and the questions that they come from."""

    columns: tuple[int, ...]
    names: tuple[str, ...]
    # (version, those of the names that were asked) -> how often each pattern of answers came
    seen: dict[tuple[str, frozenset[str]], Counter[Pattern]] = field(default_factory=dict)

    def count(self, some: Alike, texts: Mapping[str, Sequence[str | None]]) -> None:
        asked = some.asked.intersection(self.names)
        patterns = self.seen.setdefault((some.version, asked), Counter())
        nothing = [None] * len(some.answers)
        patterns.update(zip(*(texts.get(name, nothing) for name in self.names), strict=True))


def results_of_alike(
    codebook: Codebook, responses: Iterable[Alike], *, by_gender: bool = False
) -> EnkatResult:
    """Count the responses of a closed round, as `enkat.results_of` does one by one."""
    tally = EnkatTally(codebook, by_gender=by_gender)
    groups = [_Group(columns, _names(codebook, columns)) for columns in tally.groups()]
    wanted = {name for group in groups for name in group.names}
    number = 0
    for some in responses:
        number += len(some.answers)
        texts = {name: [each.get(name) for each in some.answers] for name in wanted & some.asked}
        for group in groups:
            group.count(some, texts)
    coders = {
        column: coder_of(codebook.variables[column], codebook.reserved_codes)
        for group in groups
        for column in group.columns
    }
    for at, group in enumerate(groups):
        for (version, asked), patterns in group.seen.items():
            for pattern, times in patterns.items():
                said = zip(group.names, pattern, strict=True)
                answers = Answers({name: text for name, text in said if text}, asked)
                whole = Occasion(version, answers, 1)
                cells: dict[int, Cell] = {each: coders[each](whole) for each in group.columns}
                tally.count_group(at, cells, times)
    return tally.result_of(number)


def _names(codebook: Codebook, columns: Sequence[int]) -> tuple[str, ...]:
    """Give the questions that some columns are coded from, under all versions."""
    names: dict[str, None] = {}
    for column in columns:
        variable = codebook.variables[column]
        for form in (variable, *(variable.sources or {}).values()):
            if form.index:
                names.update(dict.fromkeys(item.name for item in form.index.items))
            elif form.question:
                names[form.question.name] = None
    return tuple(names)
