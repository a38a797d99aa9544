"""What an anonymous questionnaire should not ask: who you are, free words, a forced answer."""

from __future__ import annotations

from collections.abc import Iterator

from forms.instrument import Question, QuestionType
from forms.lint.form import Form, warning
from forms.lint.words import A_CLASS, IDENTIFYING, NEGATIONS, negations, sentences_of
from forms.problems import Problem, ProblemCode

_OPEN = frozenset(
    {QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE}
    | {QuestionType.DATETIME, QuestionType.HIDDEN}
)


def identifying(form: Form) -> Iterator[Problem]:
    """Name each open question for what leads back to a person, and each list of classes."""
    if not form.is_anonymous:
        return
    for question in form.inputs:
        if found := _identifying_word(question):
            language, word = found
            place = form.cell(question, "label", language)
            yield warning(ProblemCode.IDENTIFYING, place, word=word)


def free_text(form: Form) -> Iterator[Problem]:
    """Name each question that takes free words; in one that identifies that is told already."""
    if not form.is_anonymous:
        return
    for question in form.inputs:
        if question.type is QuestionType.TEXT and not _identifying_word(question):
            yield warning(ProblemCode.FREE_TEXT_ANONYMOUS, form.cell(question, "type"))


def required(form: Form) -> Iterator[Problem]:
    """Name each question that must be answered."""
    if not form.is_anonymous:
        return
    for question in form.inputs:
        if question.required is not None:
            yield warning(ProblemCode.REQUIRED_ANONYMOUS, form.cell(question, "required"))


def _identifying_word(question: Question) -> tuple[str, str] | None:
    """Give the language and the word; "do not write your name" asks for none."""
    if question.type.is_select and not _offers_classes(question):
        return None
    if not question.type.is_select and question.type not in _OPEN:
        return None
    for language, text in question.label.items():
        for sentence in sentences_of(text):
            found = IDENTIFYING.search(sentence)
            if found and not _denies(sentence[: found.start()]):
                return language, found[0]
    return None


def _denies(beginning: str) -> bool:
    return any(negations(beginning, language) for language in NEGATIONS)


def _offers_classes(question: Question) -> bool:
    labels = (text for choice in question.choices for text in choice.label.values())
    return any(A_CLASS.fullmatch(label.strip()) for label in labels)
