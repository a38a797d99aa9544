"""Rules that refuse an answer without saying why."""

from __future__ import annotations

from collections.abc import Iterator

from forms.lint.form import Form, advice
from forms.problems import Problem, ProblemCode


def constraint_messages(form: Form) -> Iterator[Problem]:
    """Name each constraint without a message: the respondent learns only that it is wrong.

    A required question needs none: our own sentence says all there is to say.
    """
    for question in form.inputs:
        if question.constraint is not None and not question.constraint_message:
            place = form.cell(question, "constraint")
            yield advice(ProblemCode.CONSTRAINT_MESSAGE_MISSING, place)
