"""Which columns a question of each type gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exports.cells import code_of, whole_number
from exports.derived.grades import AF2011
from exports.variables import OWN_CODES, Measure, Value, Variable
from forms.instrument import Choice, Question, QuestionType
from forms.languages import Texts, text_in
from forms.marking import N_

MISSING_CHOICE = N_("The respondent picked an alternative that says nothing about the matter.")
NO, YES = Value(code=0, phrase=N_("No")), Value(code=1, phrase=N_("Yes"))
TICKED = (NO, YES)
STREAK = "STRECK"  # no basis for a grade: beside the scale, and no missing code

# The numbers of a position, in the order of its text, with the names that ODK gives them.
PARTS = {
    "latitude": N_("%(question)s: latitude, degrees"),
    "longitude": N_("%(question)s: longitude, degrees"),
    "altitude": N_("%(question)s: altitude, metres"),
    "accuracy": N_("%(question)s: accuracy, metres"),
}

# From a question and its instrument's default language.
Layout = Callable[[Question, str], tuple[Variable, ...]]


def _no_variable(_question: Question, _language: str) -> tuple[Variable, ...]:
    return ()


def _one_variable(measure: Measure) -> Layout:
    def lay_out(question: Question, _language: str) -> tuple[Variable, ...]:
        return (
            Variable(name=question.name, measure=measure, label=question.label, question=question),
        )

    return lay_out


def _tick(question: Question, _language: str) -> tuple[Variable, ...]:
    return (
        Variable(
            name=question.name,
            measure=Measure.NOMINAL,
            label=question.label,
            values=(YES, *OWN_CODES),
            question=question,
        ),
    )


def _one_of_a_list(question: Question, _language: str) -> tuple[Variable, ...]:
    return (
        Variable(
            name=question.name,
            measure=_measure_of_list(question),
            label=question.label,
            values=(*map(_choice_value, question.choices), *OWN_CODES),
            question=question,
        ),
    )


def _measure_of_list(question: Question) -> Measure:
    """Call a list ordinal when the author says that it is a scale, or its codes do.

    A dimension or the look says it, and so do grades, and levels that count through zero from
    below, such as those of milestones.
    """
    is_scale = bool(question.dimension) or "likert" in question.appearance
    is_scale = is_scale or _are_levels(question) or _are_grades(question)
    return Measure.ORDINAL if is_scale else Measure.NOMINAL


def _are_levels(question: Question) -> bool:
    codes = [whole_number(each.name) for each in question.choices if not each.is_missing]
    known = sorted(code for code in codes if code is not None)
    is_whole = len(known) == len(codes) and bool(known) and known[0] < 0 < known[-1]
    return is_whole and known == list(range(known[0], known[-1] + 1))


def _are_grades(question: Question) -> bool:
    codes = {each.name for each in question.choices if not each.is_missing}
    return codes - {STREAK} == set(AF2011.points)


def _choice_value(choice: Choice) -> Value:
    return Value(
        code=code_of(choice.name, is_missing=choice.is_missing),
        name=choice.name,
        label=choice.label,
        meaning=MISSING_CHOICE if choice.is_missing else "",
    )


def _ticks(question: Question, language: str) -> tuple[Variable, ...]:
    missing = tuple(_choice_value(choice) for choice in question.choices if choice.is_missing)
    values = (*TICKED, *missing, *OWN_CODES)
    return _one_per_choice(question, language, Measure.NOMINAL, values)


def _places(question: Question, language: str) -> tuple[Variable, ...]:
    return _one_per_choice(question, language, Measure.ORDINAL, OWN_CODES)


def _one_per_choice(
    question: Question, language: str, measure: Measure, values: tuple[Value, ...]
) -> tuple[Variable, ...]:
    return tuple(
        Variable(
            name=f"{question.name}__{choice.name}",
            measure=measure,
            label=_joined(question.label, choice.label, language),
            values=values,
            question=question,
            choice=choice.name,
        )
        for choice in question.choices
    )


def _joined(first: Texts, second: Texts, default: str) -> Texts:
    return {
        tag: ": ".join(filter(None, (text_in(texts, tag, default)[0] for texts in (first, second))))
        for tag in (*first, *(tag for tag in second if tag not in first))
    }


def _position(question: Question, _language: str) -> tuple[Variable, ...]:
    return tuple(
        Variable(
            name=f"{question.name}_{part}",
            measure=Measure.SCALE,
            phrase=phrase,
            gaps={"question": question.label or question.name},
            question=question,
            part=part,
        )
        for part, phrase in PARTS.items()
    )


LAYOUTS: Mapping[QuestionType, Layout] = {
    QuestionType.TEXT: _one_variable(Measure.NOMINAL),
    QuestionType.INTEGER: _one_variable(Measure.SCALE),
    QuestionType.DECIMAL: _one_variable(Measure.SCALE),
    QuestionType.RANGE: _one_variable(Measure.SCALE),
    QuestionType.DATE: _one_variable(Measure.SCALE),
    QuestionType.TIME: _one_variable(Measure.SCALE),
    QuestionType.DATETIME: _one_variable(Measure.SCALE),
    QuestionType.SELECT_ONE: _one_of_a_list,
    QuestionType.SELECT_MULTIPLE: _ticks,
    QuestionType.RANK: _places,
    QuestionType.ACKNOWLEDGE: _tick,
    QuestionType.GEOPOINT: _position,
    QuestionType.IMAGE: _one_variable(Measure.NOMINAL),
    QuestionType.FILE: _one_variable(Measure.NOMINAL),
    QuestionType.NOTE: _no_variable,
    QuestionType.CALCULATE: _one_variable(Measure.NOMINAL),
    QuestionType.HIDDEN: _one_variable(Measure.NOMINAL),
    QuestionType.START: _one_variable(Measure.SCALE),
    QuestionType.END: _one_variable(Measure.SCALE),
    QuestionType.TODAY: _one_variable(Measure.SCALE),
}
