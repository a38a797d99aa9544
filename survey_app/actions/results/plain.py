"""Figures as plain data that a database keeps, and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from cattrs import Converter

from exports.codebook import Codebook
from exports.disclosure.counts import Count, Slot
from exports.disclosure.shares import Bound, Share
from exports.disclosure.symbols import Symbol
from exports.results.choices import ChoiceResult
from exports.results.figures import Between, Figure
from exports.summaries import Shown
from exports.variables import Variable
from forms.instrument import Question

Interval = tuple[Decimal, Decimal]
# Types of which a value can be one or another; where it is not plain, it says which.
SEVERAL = (
    Count, Decimal | Symbol, Interval | Symbol, Share | Symbol, Figure, Shown
)  # fmt: skip


def plain_with(codebook: Codebook) -> Converter:
    """Make what knows an enkät's figures too: columns and questions stand there by their names."""
    made = _plain()
    variables = {each.name: each for each in codebook.variables}
    questions = {each.question.name: each.question for each in codebook.variables if each.question}
    made.register_unstructure_hook(Variable, lambda variable: variable.name)
    made.register_structure_hook(Variable, lambda name, _: variables[name])
    made.register_unstructure_hook(Question, lambda question: question.name)
    made.register_structure_hook(Question, lambda name, _: questions[name])
    made.register_unstructure_hook(
        ChoiceResult, lambda each: [each.variable.name, made.unstructure(each.share)]
    )
    made.register_structure_hook(
        ChoiceResult, lambda value, _: _choice(variables[value[0]], _read(value[1]))
    )
    return made


def _plain() -> Converter:
    made = Converter(unstruct_collection_overrides={frozenset: sorted})
    made.register_unstructure_hook(Symbol, lambda sign: {"sign": sign.value})
    made.register_unstructure_hook(Decimal, lambda number: {"number": str(number)})
    made.register_unstructure_hook(Share, lambda it: {"share": [it.percent, it.bound.value]})
    made.register_unstructure_hook(Between, lambda it: {"between": [it.least, it.most]})
    made.register_unstructure_hook(Fraction, str)
    made.register_structure_hook(Fraction, lambda value, _: Fraction(value))
    made.register_unstructure_hook(Slot, list)
    made.register_structure_hook(Slot, lambda value, _: Slot(*value))
    for each in (Symbol, Decimal, *SEVERAL):
        made.register_structure_hook(each, lambda value, _: _read(value))
    return made


def _read(value: Any) -> Any:
    match value:
        case {"sign": sign}:
            return Symbol(sign)
        case {"number": number}:
            return Decimal(number)
        case {"share": [percent, bound]}:
            return Share(percent, Bound(bound))
        case {"between": [least, most]}:
            return Between(least, most)
        case list():
            return tuple(map(_read, value))
    return value


def _choice(variable: Variable, share: Share | Symbol) -> ChoiceResult:
    choices = variable.question.choices if variable.question else ()
    return ChoiceResult(variable, next(c for c in choices if c.name == variable.choice), share)


PLAIN = _plain()
