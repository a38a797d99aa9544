"""What a respondent said: which questions were asked, what is computed, and what is valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from forms.instrument import Instrument, Question, QuestionType
from forms.languages import Texts
from forms.marking import N_
from forms.model import Model, Place
from forms.types import FROM_THE_LIST, RANK_ALL

ANSWER_REQUIRED = N_("This question needs an answer.")
NOT_VALID = N_("This answer is not possible here. Check it.")
NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """One complete set of answers under an instrument.

    Attributes:
        values: Address -> instance text as XForms keeps it: integer "3", decimal "2.5",
            date "2026-01-05", select_multiple codes with spaces between "a b c". An empty
            answer has no entry. Outside repeats the address is the question's name; inside it is
            `child[2]/name` (see `forms.addresses`).
        asked: Addresses of the questions (inputs, calculated and hidden ones) that were relevant.
            A question in `asked` without a value was left empty; one not in it was not asked.
    """

    values: Mapping[str, str]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Why an answer cannot be taken: our sentence, and the author's own words if there are any."""

    sentence: str
    message: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers as the instrument's logic leaves them, and what is wrong, by address."""

    answers: Answers
    problems: Mapping[str, AnswerProblem]
    model: Model


def answer(
    instrument: Instrument,
    values: Mapping[str, str],
    *,
    today: date,
    is_blank: bool = False,
    given: Mapping[str, str] = NOTHING_GIVEN,
) -> Outcome:
    """Run an instrument's logic over what was said.

    Answers to irrelevant questions are dropped, calculated values are computed here whatever
    the client sent, and every relevant answer is checked.

    Args:
        instrument: What was asked.
        values: Address -> instance text, of the right type already (`read_value`).
        today: What `today()` means.
        is_blank: Nothing was said yet: defaults stand, each repeat has one empty instance.
        given: What the server knows and fills into hidden questions, by address.
    """
    model = Model(instrument, values, today, is_blank, given)
    asked = [p for p in model.questions() if _has_value(p) and p.is_relevant]
    kept = {place.address: place.node.value for place in asked if place.node.value}
    problems = {place.address: problem for place in asked if (problem := _check(model, place))}
    return Outcome(Answers(kept, frozenset(p.address for p in asked)), problems, model)


def _has_value(place: Place) -> bool:
    return isinstance(place.item, Question) and place.item.type.has_value


def _check(model: Model, place: Place) -> AnswerProblem | None:
    question = place.item
    if not isinstance(question, Question) or not question.type.is_input or question.is_read_only:
        return None
    if not place.node.value:
        if question.required and model.is_true(question.required, place):
            return AnswerProblem(ANSWER_REQUIRED, question.required_message)
        return None
    if question.type.is_select and (sentence := _wrong_codes(model, question, place)):
        return AnswerProblem(sentence)
    if not model.is_true(question.constraint, place):
        return AnswerProblem(NOT_VALID, question.constraint_message)
    return None


def _wrong_codes(model: Model, question: Question, place: Place) -> str:
    offered, chosen = model.offered(place), set(place.node.value.split())
    if chosen - offered:
        return FROM_THE_LIST
    return RANK_ALL if question.type is QuestionType.RANK and chosen != offered else ""
