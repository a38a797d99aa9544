"""What the gaps of a label say: an answer in the words of whoever gave it."""

from __future__ import annotations

from forms import markup
from forms.fields import Reading
from forms.instrument import Question
from forms.model import Model, Place


def said(place: Place, model: Model, reading: Reading, name: str) -> str:
    """Give the answer that `${name}` means from a place: of a select, its choices' labels.

    Blank when it was not asked, or has no answer.
    """
    nodes = place.node.nearest(name)
    question = model.instrument.questions.get(name)
    if question is None or not nodes or not nodes[0].is_relevant:
        return ""
    value = nodes[0].value
    return _labels(question, value, reading) if question.type.is_select else value


def _labels(question: Question, value: str, reading: Reading) -> str:
    labels = {choice.name: reading.text(choice.label)[0] for choice in question.choices}
    chosen = (labels.get(code, code) for code in value.split())
    return " · ".join(markup.inline_html(label).striptags() for label in chosen)
