"""Numbers for the cells of a column, for programs whose labels and missing values are numbers.

Lists keep codes that are whole numbers; other codes are counted on from there, in list order. The
texts that mean a missing answer become numbers (SPSS) or extended missing values (Stata).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from exports.cells import DONT_KNOW, NOT_ANSWERED, NOT_ASKED, REFUSED
from exports.codebook import Codebook
from exports.variables import Role, Value, Variable
from forms.instrument import QuestionType


class Kind(StrEnum):
    """What the cells of a column are, beside missing codes."""

    LIST = "list"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CLOCK = "clock"
    TEXT = "text"
    OPEN = "open"  # numbers if all of them are, else text

    @property
    def has_words(self) -> bool:
        """Tell whether cells may be any text."""
        return self in {Kind.TEXT, Kind.OPEN}


_OF_TYPES: Mapping[QuestionType, Kind] = {
    QuestionType.INTEGER: Kind.WHOLE,
    QuestionType.DECIMAL: Kind.NUMBER,
    QuestionType.RANGE: Kind.NUMBER,
    QuestionType.RANK: Kind.WHOLE,
    QuestionType.GEOPOINT: Kind.NUMBER,
    QuestionType.DATE: Kind.DAY,
    QuestionType.TODAY: Kind.DAY,
    QuestionType.TIME: Kind.CLOCK,
    QuestionType.DATETIME: Kind.MOMENT,
    QuestionType.START: Kind.MOMENT,
    QuestionType.END: Kind.MOMENT,
    QuestionType.CALCULATE: Kind.OPEN,
    QuestionType.HIDDEN: Kind.OPEN,
}
_OF_ROLES: Mapping[Role, Kind] = {
    Role.INDEX: Kind.NUMBER,
    Role.DERIVED: Kind.NUMBER,
    Role.ROW: Kind.WHOLE,
    Role.PARENT: Kind.WHOLE,
    Role.NUMBER: Kind.WHOLE,
    Role.COUNT: Kind.WHOLE,
}
# Answers that may be any number, so that a missing code has to lie far away from them.
_FREE = {
    QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE, QuestionType.GEOPOINT,
    QuestionType.CALCULATE, QuestionType.HIDDEN,
}  # fmt: skip
KNOWN = (NOT_ANSWERED, NOT_ASKED, DONT_KNOW, REFUSED)
NEAR, FAR = -99, -999_999_999
LARGEST_WHOLE = 2_147_483_620  # that Stata keeps in a long
ROOM = 10  # below each variable's own codes


def kind_of(variable: Variable) -> Kind:
    """Say what the cells of a variable are."""
    if substantive(variable) and variable.role is not Role.ROUND:
        return Kind.LIST
    if variable.question:
        return _OF_TYPES.get(variable.question.type, Kind.TEXT)
    return _OF_ROLES.get(variable.role, Kind.TEXT)


def substantive(variable: Variable) -> tuple[Value, ...]:
    """Give the codes that say something about the matter."""
    return tuple(value for value in variable.values if not value.is_missing)


def list_numbers(variable: Variable) -> dict[object, int]:
    """Number the codes of a list: whole numbers as they are, others from the next one on."""
    codes = [value.code for value in substantive(variable)]
    numbers: dict[object, int] = {code: code for code in codes if isinstance(code, int)}
    words = (code for code in codes if not isinstance(code, int))
    following = max((0, *numbers.values())) + 1
    return numbers | {code: number for number, code in enumerate(words, start=following)}


def missing_order(codebook: Codebook) -> list[str]:
    """Give all missing codes of a file in one order: NA, NAP, DK, REF, then as they come."""
    variables = (variable for _, table in codebook.tables for variable in table)
    codes = (str(code) for variable in variables for code in variable.missing_codes)
    return list(dict.fromkeys((*KNOWN, *codes)))


def first_missing(variable: Variable, count: int) -> int:
    """Give the lowest of the numbers that mean a missing answer, for SPSS: -99, as a rule."""
    if variable.question and variable.question.type in _FREE:
        return FAR
    first, lowest = NEAR, min((0, *list_numbers(variable).values()))
    while lowest <= first + max(ROOM, count):
        first = 10 * first - 9
    return first


def spss_missing(variable: Variable, order: list[str]) -> dict[str, int]:
    """Give each missing code of a variable its number."""
    first = first_missing(variable, len(order))
    return {str(code): first + order.index(str(code)) for code in variable.missing_codes}


def stata_letters(order: list[str]) -> dict[str, str]:
    """Give each missing code of a file its extended missing value: NA .n, NAP .p, DK .d, REF .r.

    Others get the letters that are left; when there are none, they share z.
    """
    letters = dict(zip(KNOWN, "npdr", strict=True))
    free = iter("abcefghijklmoqstuvwxyz")
    for code in order[len(KNOWN) :]:
        letters[code] = next(free, "z")
    return letters


@dataclass(kw_only=True)
class Column:
    """A column on its way into a file.

    Attributes:
        name: As the program accepts it.
        variable, original: Where it comes from, and what it is called in the workbook.
        missing: What stands for a missing code: a number, or a letter.
        labels: Of numbers and letters, in the order of the codebook.
        width: The longest text until now, in bytes of UTF-8.
        has_text: Whether some cell is neither a number nor a missing code.
    """

    name: str
    original: str
    label: str
    variable: Variable
    kind: Kind
    missing: Mapping[str, int | str]
    labels: Mapping[int | str, str] = field(default_factory=dict)
    width: int = 1
    has_text: bool = False

    @property
    def is_text(self) -> bool:
        """Tell whether the column is one of texts, as far as its cells have been seen."""
        return self.kind is Kind.TEXT or (self.kind is Kind.OPEN and self.has_text)

    @property
    def is_whole(self) -> bool:
        """Tell whether its numbers are whole ones that four bytes can hold."""
        numbers = list_numbers(self.variable).values() if self.kind is Kind.LIST else ()
        return bool(numbers) and max(map(abs, numbers)) <= LARGEST_WHOLE


def labels_of(
    variable: Variable, missing: Mapping[str, int | str], label: Callable[[Value], str]
) -> Iterator[tuple[int | str, str]]:
    """Give the labels of a column's numbers; a code that is no number stands in for no label."""
    numbers = list_numbers(variable) if kind_of(variable) is Kind.LIST else {}
    for value in variable.values:
        if value.is_missing:
            yield missing[str(value.code)], label(value) or str(value.code)
        elif value.code in numbers:
            text = label(value) or ("" if isinstance(value.code, int) else str(value.code))
            if text:
                yield numbers[value.code], text
