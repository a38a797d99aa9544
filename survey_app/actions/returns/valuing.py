"""A stored value as its page shows it."""

from __future__ import annotations

from forms.instrument import Question
from forms.languages import text_in


def in_words(question: Question, value: str, language: str, default: str) -> str:
    """Say a value as the page shows it: the labels of what was chosen, or the text."""
    if not question.choices:
        return value
    labels = {each.name: text_in(each.label, language, default)[0] for each in question.choices}
    return " · ".join(labels.get(code, code) for code in value.split())
