"""Conditions that compare a select with something that is none of its codes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from forms.instrument import Group, Question
from forms.lint.form import Form, warning
from forms.problems import Problem, ProblemCode

Ast = list[Any]
Comparison = tuple[Question, str]


def codes_in_conditions(form: Form) -> Iterator[Problem]:
    """Name each comparison that can never be true, with the code that was meant."""
    for item in form.instrument.root.walk():
        for column, expression in item.expressions():
            if column == "choice_filter":
                continue
            for question, written in _comparisons(form, expression.ast, item):
                yield from _judged(form, question, written, (item, column))


def _judged(
    form: Form, question: Question, written: str, where: tuple[Question | Group, str]
) -> Iterator[Problem]:
    codes = [choice.name for choice in question.choices]
    wanted = written.split() if question.type.holds_several else [written]
    if not written or all(word in codes or _is_number_of(word, codes) for word in wanted):
        return
    place = form.cell(*where)
    for choice in question.choices:
        if written.casefold() in (text.casefold() for text in choice.label.values()):
            params = {"label": written, "name": question.name, "code": choice.name}
            yield warning(ProblemCode.LABEL_FOR_CODE, place, **params)
            return
    close = get_close_matches(written, codes, n=1, cutoff=0.0) or codes[:1]
    params = {"code": written, "name": question.name, "suggestion": "".join(close)}
    yield warning(ProblemCode.CODE_UNKNOWN, place, **params)


def _comparisons(form: Form, ast: Ast, item: Question | Group) -> Iterator[Comparison]:
    """Find `${select} = 'x'` and `selected(${select}, 'x')`, either way round."""
    for tree in _trees(ast):
        if tree[0] == "ops":
            for left, operator, right in zip(tree[1::2], tree[2::2], tree[3::2], strict=False):
                if operator in ("=", "!="):
                    yield from _compared(form, left, right, item)
                    yield from _compared(form, right, left, item)
        elif tree[0] == "call" and tree[1] == "selected":
            yield from _compared(form, tree[2][0], tree[2][1], item)


def _compared(form: Form, asked: Ast, value: Ast, item: Question | Group) -> Iterator[Comparison]:
    question = form.instrument.questions.get(asked[1]) if asked[0] == "ref" else None
    if asked == ["path", ".", []] and isinstance(item, Question):
        question = item
    if question is None or not question.type.is_select or not question.choices:
        return
    if value[0] == "str":
        yield question, value[1].strip()
    elif value[0] == "num":
        yield question, f"{value[1]:g}"


def _is_number_of(word: str, codes: list[str]) -> bool:
    """Tell whether a code is the same number, as 1 and 01 are."""
    try:
        return float(word) in [float(code) for code in codes if code.lstrip("-").isdigit()]
    except ValueError:
        return False


def _trees(ast: Ast) -> Iterator[Ast]:
    waiting: list[Any] = [ast]
    while waiting:
        branch = waiting.pop()
        if branch and isinstance(branch[0], str):
            yield branch
        waiting += [part for part in branch if isinstance(part, list)]
