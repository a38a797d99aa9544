"""Groups that ask nothing."""

from __future__ import annotations

from collections.abc import Iterator

from forms.instrument import Question, QuestionType
from forms.lint.form import Form, advice
from forms.problems import Problem, ProblemCode


def groups_of_notes(form: Form) -> Iterator[Problem]:
    """Name each group with nothing but notes, the innermost alone."""
    for group in form.instrument.groups.values():
        types = [item.type for item in group.items if isinstance(item, Question)]
        if types and len(types) == len(group.items) and set(types) == {QuestionType.NOTE}:
            yield advice(ProblemCode.GROUP_OF_NOTES, form.cell(group, "type"), name=group.name)
