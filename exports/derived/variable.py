"""A column that is worked out of a response's other answers, with its formula in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.cells import NOT_ANSWERED, NOT_ASKED, Cell
from forms.addresses import pattern_of
from forms.answers import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One such column.

    Attributes:
        name: What it is called.
        phrase: Its label, an English sentence to translate.
        formula: How it is worked out and where that comes from, to translate too.
        sources: What it is worked out of, as `forms.addresses.pattern_of` writes it.
        of: From a response's answers to the value; None where it is undefined.
        is_yes_no: The values are 1 and 0 for yes and no.
    """

    name: str
    phrase: str
    formula: str
    sources: frozenset[str]
    of: Callable[[Answers], Cell | None]
    is_yes_no: bool = False

    def cell(self, answers: Answers) -> Cell:
        """Give the cell: NAP when nothing it comes from was asked, NA where it is undefined."""
        if not any(pattern_of(address) in self.sources for address in answers.asked):
            return NOT_ASKED
        value = self.of(answers)
        return NOT_ANSWERED if value is None else value
