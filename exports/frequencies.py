"""How often each code of a file occurs, counted while the rows go by, as small groups allow.

The rows stand in the same file, but a sheet of figures travels further than rows do: it is copied
into reports and shown on screens. So its figures pass the same rules as pages do.

Of an anonymous round, they are those of its page of results, taken from the same functions: the
shares of one question at a time, never of two together, so that the file adds nothing to the page.
Several rounds in one file have none, for what their pages show could be taken away from the sum
(R7); neither has a round that still takes answers.

Of returns and interviews, counts of one to four are hidden with whatever they could be worked
out from (R1, R4, R5). Where a file says whom a row is about, a code needs five persons, not rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from exports.cells import Cell, Code
from exports.codebook import Codebook, Role, Variable
from exports.disclosure.rules import K
from exports.hidden_frequencies import Counts, Frequencies, of_enkat, of_register
from exports.results.enkat import EnkatTally

# What tells whom a row is about, where it is not a person for each row.
PERSONS = ("_unit", "_case")
COUNTED = {Role.QUESTION, Role.INDEX, Role.DERIVED, Role.COUNT}


class FrequencyTally(Protocol):
    """Counts, for rows that are read only once."""

    def count(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Take the cells of Data of some more responses into account, column by column."""

    def frequencies(self) -> Mapping[str, Frequencies]:
        """Give, by variable, what may be shown about the responses counted until now."""


def tally_of(codebook: Codebook, *, is_settled: bool) -> FrequencyTally:
    """Prepare to count.

    Args:
        is_settled: The file has one round, which takes no more answers.
    """
    if not codebook.is_anonymous:
        return _RegisterTally(codebook)
    return _PageTally(codebook) if is_settled else _NoTally()


class _NoTally:
    def count(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Count nothing."""

    def frequencies(self) -> Mapping[str, Frequencies]:
        return {}


class _PageTally:
    """What a page of results shows."""

    def __init__(self, codebook: Codebook) -> None:
        self._page = EnkatTally(codebook)

    def count(self, columns: Sequence[Sequence[Cell]]) -> None:
        self._page.count_items(columns)

    def frequencies(self) -> Mapping[str, Frequencies]:
        return of_enkat(self._page.result())


class _RegisterTally:
    """Of returns and interviews; keeps counts of codes, never what somebody wrote."""

    def __init__(self, codebook: Codebook) -> None:
        self._columns = [_Column(variable) for variable in codebook.variables]
        names = codebook.names
        self._person = next((names.index(name) for name in PERSONS if name in names), None)
        self._rows = 0

    def count(self, columns: Sequence[Sequence[Cell]]) -> None:
        persons = None if self._person is None else columns[self._person]
        self._rows += len(columns[0])
        for column, cells in zip(self._columns, columns, strict=True):
            column.count(cells, persons)

    def frequencies(self) -> Mapping[str, Frequencies]:
        return {
            each.variable.name: of_register(each.counts(self._rows), each.of_few())
            for each in self._columns
            if each.variable.role in COUNTED and not _says_nothing(each.variable)
        }


def _says_nothing(variable: Variable) -> bool:
    """Tell whether a column is about a missing choice.

    Set against the columns beside it, its figures would tell how many ticked nothing else.
    """
    choices = variable.question.choices if variable.question else ()
    return any(choice.name == variable.choice and choice.is_missing for choice in choices)


@dataclass(slots=True)
class _Column:
    variable: Variable
    found: Counter[Cell] = field(default_factory=Counter)
    persons: dict[Cell, set[Cell]] = field(default_factory=dict)
    codes: frozenset[Code] = field(init=False)
    is_list: bool = field(init=False)

    def __post_init__(self) -> None:
        self.codes = frozenset(value.code for value in self.variable.values)
        self.is_list = len(self.codes) > len(self.variable.missing_codes)

    def count(self, cells: Sequence[Cell], persons: Sequence[Cell] | None) -> None:
        # Of a column of texts or numbers only missing codes are counted, and they are texts.
        told = cells if self.is_list else [cell for cell in cells if cell.__class__ is str]
        here = Counter(told)
        for code in self.codes & here.keys():
            self.found[code] += here[code]
            if persons is not None and len(self.persons.setdefault(code, set())) < K:
                self._note_persons(code, zip(cells, persons, strict=True))

    def _note_persons(self, code: Code, cells: Iterator[tuple[Cell, Cell]]) -> None:
        """Remember whom a code is about, until there are enough."""
        known = self.persons[code]
        for cell, person in cells:
            if cell == code and len(known) < K:
                known.add(person)

    def counts(self, rows: int) -> Counts:
        missing = {code: self.found[code] for code in self.variable.missing_codes}
        values = (value for value in self.variable.values if not value.is_missing)
        listed = {value.code: self.found[value.code] for value in values}
        return Counts(rows - sum(missing.values()), listed, missing)

    def of_few(self) -> list[Code]:
        """Give the codes that are about few persons, in however many rows."""
        return [code for code in self.codes if 0 < len(self.persons.get(code, ())) < K]
