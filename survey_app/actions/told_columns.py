"""Columns for what the server tells beside the answers, as if it had been asked."""

from __future__ import annotations

from forms.instrument import Question, QuestionType
from survey_app.languages import spoken


def told_column(name: str, label: str, kind: QuestionType = QuestionType.TEXT) -> Question:
    """Describe a column that no author's question has.

    Args:
        label: In the reader's language.
    """
    return Question(name=name, type=kind, row=0, label={spoken(): label})
