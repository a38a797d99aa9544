"""Questions that deny: twice in a sentence for anyone, and at all for pupils."""

from __future__ import annotations

from collections.abc import Iterator

from forms.instrument import Question
from forms.lint.form import Form, Shown, advice
from forms.lint.words import negations, sentences_of
from forms.problems import Problem, ProblemCode


def double_negation(form: Form) -> Iterator[Problem]:
    """Name each question with two words in one sentence that deny."""
    for shown in _questions(form):
        for sentence in sentences_of(shown.text):
            if _is_double(sentence, shown.language):
                found = ", ".join(negations(sentence, shown.language))
                yield advice(ProblemCode.NEGATION_DOUBLE, shown.place, words=found)
                break


def negated_stem(form: Form) -> Iterator[Problem]:
    """Name each question for pupils that denies once: to agree with it is to deny."""
    if not form.is_anonymous:
        return
    for shown in _questions(form):
        sentences = sentences_of(shown.text)
        found = [word for sentence in sentences for word in negations(sentence, shown.language)]
        if found and not any(_is_double(sentence, shown.language) for sentence in sentences):
            yield advice(ProblemCode.NEGATION_IN_STEM, shown.place, words=found[0])


def _is_double(sentence: str, language: str) -> bool:
    return len(negations(sentence, language)) > 1


def _questions(form: Form) -> Iterator[Shown]:
    for shown in form.shown():
        is_input = isinstance(shown.item, Question) and shown.item.type.is_input
        if is_input and shown.column == "label":
            yield shown
