"""Invent plausible answers to any instrument: each respondent has a mood that colours all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from forms.answers import Answers, answer
from forms.instrument import Choice, Instrument, Question, QuestionType

SKIPPED = 0.03  # of the questions are left out
MISSING = 0.05  # are answered with "don't know" or the like
TICKED = 0.3  # of the alternatives of a select_multiple are chosen
SPREAD = 0.22  # how far an answer strays from the mood, on a scale from 0 to 1


def invented_answers(instrument: Instrument, chance: Random, day: date) -> Answers:
    """Answer as one respondent would; what the instrument's logic refuses is left out."""
    mood = chance.betavariate(2.2, 1.8)
    values = {
        name: _value(question, mood, chance, day)
        for name, question in instrument.questions.items()
        if question.type.is_input and chance.random() >= SKIPPED
    }
    outcome = answer(instrument, values, today=day)
    while outcome.problems:
        wrong = outcome.problems.keys() & values.keys()
        if not wrong:  # a required question was skipped: nothing more can be left out
            break
        values = {name: value for name, value in values.items() if name not in wrong}
        outcome = answer(instrument, values, today=day)
    return outcome.answers


def _value(question: Question, mood: float, chance: Random, day: date) -> str:
    match question.type:
        case QuestionType.SELECT_ONE:
            return _one_of(question, mood, chance)
        case QuestionType.SELECT_MULTIPLE:
            wanted = (choice.name for choice in _substantive(question) if chance.random() < TICKED)
            return " ".join(wanted)
        case QuestionType.INTEGER:
            return str(round(10 * _strayed(mood, chance)))
        case QuestionType.DECIMAL:
            return f"{10 * _strayed(mood, chance):.1f}"
        case QuestionType.DATE:
            return (day - timedelta(days=chance.randrange(365))).isoformat()
        case _:
            return ""  # free text is read by people: invented text would only mislead them


def _one_of(question: Question, mood: float, chance: Random) -> str:
    missing = [choice for choice in question.choices if choice.is_missing]
    if missing and chance.random() < MISSING:
        return chance.choice(missing).name
    scale = _from_worst_to_best(question)
    if not scale:
        return ""
    place = _strayed(mood, chance) * (len(scale) - 1)
    return scale[round(place)].name


def _from_worst_to_best(question: Question) -> Sequence[Choice]:
    numbered = [choice for choice in _substantive(question) if choice.name.lstrip("-").isdigit()]
    if len(numbered) != len(_substantive(question)):
        return _substantive(question)
    return sorted(numbered, key=lambda choice: int(choice.name), reverse=question.is_reversed)


def _substantive(question: Question) -> Sequence[Choice]:
    return [choice for choice in question.choices if not choice.is_missing]


def _strayed(mood: float, chance: Random) -> float:
    return min(1.0, max(0.0, chance.gauss(mood, SPREAD)))
