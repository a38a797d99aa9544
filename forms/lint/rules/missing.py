"""Missing answers that would be counted as answers: unmarked choices, codes inside a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from forms.expressions import Context, ExpressionError, Node, evaluate_boolean
from forms.instrument import Question, QuestionType
from forms.lint.form import Form, Place, advice, warning
from forms.lint.words import NO_ANSWER, NUMBER_FOR_NO_ANSWER
from forms.problems import Problem, ProblemCode
from forms.types import BadValue, read_value

_NUMBER = re.compile(r"-?\d{1,6}")
_NUMERIC = (QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE)
_ANY_DAY = date(2026, 1, 31)
_ANY_MOMENT = datetime(2026, 1, 31, tzinfo=UTC)


def missing_unmarked(form: Form) -> Iterator[Problem]:
    """Name each choice that says "don't know" and is not marked as missing.

    With a number for its code it would enter means and indices, so that is a warning. The same
    choice of several lists is named once, at its first row.
    """
    found: dict[tuple[str, str], list[Place]] = {}
    for name, (choice_list, _) in form.used_lists.items():
        for choice in choice_list.choices:
            label = form.said(choice.label).strip()
            if not choice.is_missing and NO_ANSWER.fullmatch(label):
                place = form.choice_cell(name, choice.name, "label")
                found.setdefault((label, choice.name), []).append(place)
    for (label, code), places in found.items():
        make = warning if _NUMBER.fullmatch(code) else advice
        params = {"label": label, "code": code, "count": len(places)}
        yield make(ProblemCode.MISSING_UNMARKED, places[0], **params)


def missing_in_range(form: Form) -> Iterator[Problem]:
    """Name each number question that takes a code for "don't know" as a number."""
    everywhere = _codes_in_lists(form)
    for question in form.inputs:
        if question.type not in _NUMERIC:
            continue
        for code in sorted({*everywhere, *_codes_in_own_texts(question)}, key=int):
            is_own = code in _codes_in_own_texts(question)
            if _is_bounded(question, is_own=is_own) and _is_allowed(question, code):
                column = "parameters" if question.type is QuestionType.RANGE else "constraint"
                place = form.cell(question, column)
                yield warning(ProblemCode.MISSING_IN_RANGE, place, code=code)
                break


def _codes_in_lists(form: Form) -> set[str]:
    return {
        choice.name
        for choice_list, _ in form.used_lists.values()
        for choice in choice_list.choices
        if _NUMBER.fullmatch(choice.name)
        and (choice.is_missing or NO_ANSWER.fullmatch(form.said(choice.label).strip()))
    }


def _codes_in_own_texts(question: Question) -> set[str]:
    texts = (*question.label.values(), *question.hint.values())
    return {code for text in texts for code in NUMBER_FOR_NO_ANSWER.findall(text)}


def _is_bounded(question: Question, *, is_own: bool) -> bool:
    """Tell whether the author has said which numbers are possible, or names the code here."""
    return is_own or question.constraint is not None or question.type is QuestionType.RANGE


def _is_allowed(question: Question, code: str) -> bool:
    """Tell whether the code passes as an answer; False when that depends on other answers."""
    try:
        value = read_value(question, code)
    except BadValue:
        return False
    if question.constraint is None:
        return True
    if question.constraint.references or question.constraint.paths:
        return False
    node = Node(question.name, value)
    root = Node("data", children=[node])
    context = Context(root=root, node=node, today=_ANY_DAY, now=_ANY_MOMENT)
    try:
        return evaluate_boolean(question.constraint, context)
    except ExpressionError:
        return False
