"""One rule per question type that turns what was said into cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from exports.cells import NOT_ANSWERED, NOT_ASKED, Cell, Code, kept_apart, number_or_text
from exports.errors import AnswerDoesNotFit
from exports.layouts import PARTS
from exports.responses import Occasion, Response
from exports.variables import Role, Variable
from forms.instrument import QuestionType

__all__ = ["CODING_RULES", "Response", "coder_of"]

Coder = Callable[[Occasion], Cell]
# From an answer that is not empty, as instance text, to its cell. Raises ValueError or KeyError.
Reading = Callable[[str], Cell]
CodingRule = Callable[[Variable, Collection[str]], Reading]


def coder_of(variable: Variable, reserved: Collection[str]) -> Coder:
    """Make the function that finds the variable's cell for a response or an instance.

    Args:
        variable: Of the codebook; under several versions each one's own form of it counts.
        reserved: Texts that mean a missing answer, which an answered text must not look like.

    Returns:
        A function that raises AnswerDoesNotFit for an answer that is not of the question's type
        or list.
    """
    if variable.sources:
        coders = {name: coder_of(form, reserved) for name, form in variable.sources.items()}
        return lambda occasion: coders.get(occasion.version, _not_asked)(occasion)
    if variable.index:
        index_of = variable.index.of
        return lambda occasion: index_of(occasion.answers, occasion.prefix)
    if variable.derived:
        derived = variable.derived
        return lambda occasion: derived.cell(occasion.answers)
    if variable.question is None:
        return _OWN[variable.role](variable)
    read = CODING_RULES[variable.question.type](variable, reserved)
    return _coder(variable.question.name, read)


def _not_asked(_occasion: Occasion) -> Cell:
    return NOT_ASKED


def _coder(name: str, read: Reading) -> Coder:
    def code(occasion: Occasion) -> Cell:
        answers, address = occasion.answers, occasion.prefix + name
        if address not in answers.asked:
            return NOT_ASKED
        text = answers.values.get(address)
        if not text:
            return NOT_ANSWERED
        try:
            return read(text)
        except (ValueError, KeyError, ArithmeticError):
            # Not "from": the message of the cause quotes the answer.
            raise AnswerDoesNotFit(name) from None

    return code


def _parent(variable: Variable) -> Coder:
    """Point at the response's row, or at the instance that is `variable.depth` deep."""
    if not variable.depth:
        return lambda occasion: occasion.row
    return lambda occasion: occasion.numbers[variable.depth - 1]


def _count(variable: Variable) -> Coder:
    """Count the instances; none at all under a condition is taken as not asked.

    What is stored cannot tell a repeat that was hidden from one that was shown and left without
    instances. Whoever is shown one because of an earlier answer has something to put in it.
    """
    name = variable.repeat.name if variable.repeat else ""
    none: Cell = NOT_ASKED if variable.may_be_hidden else 0

    def count(occasion: Occasion) -> Cell:
        return occasion.counts.get(occasion.prefix + name) or none

    return count


_OWN: Mapping[Role, Callable[[Variable], Coder]] = {
    Role.VERSION: lambda _: lambda occasion: occasion.version,
    Role.ROUND: lambda _: lambda occasion: occasion.round,
    Role.ROW: lambda _: lambda occasion: occasion.row,
    Role.PARENT: _parent,
    Role.NUMBER: lambda _: lambda occasion: occasion.numbers[-1],
    Role.COUNT: _count,
}


def _text(_variable: Variable, reserved: Collection[str]) -> Reading:
    return lambda text: kept_apart(text, reserved)


def _integer(_variable: Variable, _reserved: Collection[str]) -> Reading:
    return int


def _decimal(_variable: Variable, _reserved: Collection[str]) -> Reading:
    def read(text: str) -> Cell:
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError
        return number

    return read


def _number(_variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code a number of a range: whole ones as whole numbers, whatever the step."""

    def read(text: str) -> Cell:
        number = Decimal(text)
        if not number.is_finite():
            raise ValueError
        return int(number) if number == number.to_integral_value() else number

    return read


def _date(_variable: Variable, _reserved: Collection[str]) -> Reading:
    return date.fromisoformat


def _time(_variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code a time of the day as the clock on the wall shows it; no file here knows time zones."""
    return lambda text: time.fromisoformat(text).replace(tzinfo=None)


def _moment(_variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code a day with a time, also as the clock on the wall shows it."""

    def read(text: str) -> Cell:
        if "T" not in text:
            raise ValueError
        return datetime.fromisoformat(text).replace(tzinfo=None)

    return read


def _one_of_a_list(variable: Variable, _reserved: Collection[str]) -> Reading:
    codes: dict[str, Code] = {value.name: value.code for value in variable.values if value.name}
    return codes.__getitem__


def _one_of_many(variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code one choice of a select_multiple: 1 ticked, 0 not.

    When only missing choices are ticked, the columns of the others carry the first one's code.
    """
    choices = variable.question.choices if variable.question else ()
    known = {choice.name for choice in choices}
    missing = {value.name: value.code for value in variable.values if value.name}
    own = variable.choice

    def read(text: str) -> Cell:
        ticked = set(text.split())
        if not ticked or not ticked <= known:
            raise ValueError
        if own in ticked:
            return 1
        if ticked <= missing.keys():
            return next(code for name, code in missing.items() if name in ticked)
        return 0

    return read


def _place(variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code one alternative of a ranking: its place, from 1.

    A ranking is whole or none. An alternative without a place was hidden by the choice filter,
    thus not asked for; without a filter it was left out.
    """
    question, own = variable.question, variable.choice
    known = {choice.name for choice in question.choices} if question else set()
    absent = NOT_ASKED if question and question.choice_filter else NOT_ANSWERED

    def read(text: str) -> Cell:
        ranked = text.split()
        if not ranked or not known.issuperset(ranked) or len(set(ranked)) < len(ranked):
            raise ValueError
        return ranked.index(own) + 1 if own in ranked else absent

    return read


def _tick(_variable: Variable, _reserved: Collection[str]) -> Reading:
    return {"OK": 1}.__getitem__


def _position(variable: Variable, _reserved: Collection[str]) -> Reading:
    """Code one number of a position; height and accuracy are NA when the device gave none."""
    place = list(PARTS).index(variable.part)

    def read(text: str) -> Cell:
        numbers = [Decimal(number) for number in text.split()]
        if not 2 <= len(numbers) <= len(PARTS) or not all(map(Decimal.is_finite, numbers)):
            raise ValueError
        return numbers[place] if place < len(numbers) else NOT_ANSWERED

    return read


def _calculated(_variable: Variable, reserved: Collection[str]) -> Reading:
    return lambda text: number_or_text(text, reserved)


def _note(_variable: Variable, _reserved: Collection[str]) -> Reading:
    """Refuse: a note is never answered and has no variable."""
    raise TypeError


CODING_RULES: Mapping[QuestionType, CodingRule] = {
    QuestionType.TEXT: _text,
    QuestionType.INTEGER: _integer,
    QuestionType.DECIMAL: _decimal,
    QuestionType.RANGE: _number,
    QuestionType.DATE: _date,
    QuestionType.TIME: _time,
    QuestionType.DATETIME: _moment,
    QuestionType.SELECT_ONE: _one_of_a_list,
    QuestionType.SELECT_MULTIPLE: _one_of_many,
    QuestionType.RANK: _place,
    QuestionType.ACKNOWLEDGE: _tick,
    QuestionType.GEOPOINT: _position,
    QuestionType.IMAGE: _text,
    QuestionType.FILE: _text,
    QuestionType.NOTE: _note,
    QuestionType.CALCULATE: _calculated,
    QuestionType.HIDDEN: _calculated,
    QuestionType.START: _moment,
    QuestionType.END: _moment,
    QuestionType.TODAY: _date,
}
