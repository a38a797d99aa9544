"""What the browser needs of an instrument to decide what is asked, computed and valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.answers import ANSWER_REQUIRED, NOT_VALID, NOTHING_GIVEN
from forms.fields import Gettext
from forms.instrument import Group, Instrument, Question, QuestionType
from forms.languages import text_in
from forms.types import (
    A_DATE,
    A_MOMENT,
    A_POSITION,
    A_TIME,
    FROM_THE_LIST,
    IN_RANGE,
    NUMBER,
    RANK_ALL,
    WHOLE_NUMBER,
    range_of,
)

_TYPE_SENTENCES = {
    QuestionType.INTEGER: WHOLE_NUMBER,
    QuestionType.DECIMAL: NUMBER,
    QuestionType.DATE: A_DATE,
    QuestionType.TIME: A_TIME,
    QuestionType.DATETIME: A_MOMENT,
    QuestionType.GEOPOINT: A_POSITION,
    QuestionType.RANK: RANK_ALL,
}


def logic_of(
    instrument: Instrument,
    language: str,
    gettext: Gettext,
    given: Mapping[str, str] = NOTHING_GIVEN,
) -> dict[str, Any]:
    """Give pages, groups and the logic of each question, as JSON types.

    Args:
        given: What the server fills into hidden questions, by address.

    Returns:
        `pages` (number and question names), `items` (all names in document order), `order`
        (names, each after all it depends on), `groups` and `questions` (name -> logic);
        `instances` and `choice_labels` as far as expressions read them. Expressions are syntax
        trees; what is empty is left out.
    """
    around = {name: groups[-1].name if groups else "" for name, groups in instrument.around.items()}
    logic = {
        "name": instrument.name,
        "pages": [
            {"number": page.number, "questions": [q.name for q in page.questions]}
            for page in instrument.pages
        ],
        "items": [item.name for item in instrument.root.walk()],
        "order": list(instrument.order),
        "groups": {name: _group(group, around[name]) for name, group in instrument.groups.items()},
        "questions": {
            name: _question(instrument, question, around[name], language, gettext)
            for name, question in instrument.questions.items()
        },
    }
    return logic | _without_blanks(**_lists_read(instrument), given=dict(given))


def _lists_read(instrument: Instrument) -> dict[str, Any]:
    """Give the lists that expressions look into; most questionnaires have none."""
    expressions = [each for item in instrument.root.walk() for _, each in item.expressions()]
    filtered = {
        question.choice_list.name
        for question in instrument.questions.values()
        if question.choice_filter and question.choice_list
    }
    instances = filtered.union(*(each.instances for each in expressions))
    named = {
        name
        for each in expressions
        if "jr:choice-name" in each.functions
        for name in each.references
    }
    return {
        "instances": {n: v for n, v in instrument.list_items.items() if n in instances},
        "choice_labels": {n: v for n, v in instrument.choice_labels.items() if n in named},
    }


def _group(group: Group, around: str) -> dict[str, Any]:
    return _without_blanks(
        group=around,
        called=group.called,
        relevant=_ast(group.relevant),
        is_repeat=group.is_repeat or None,
        count=_ast(group.repeat_count),
    )


def _question(
    instrument: Instrument, question: Question, group: str, language: str, gettext: Gettext
) -> dict[str, Any]:
    is_filtered = question.choice_filter and question.choice_list
    has_codes = question.type.holds_several or question.calculation
    codes = [choice.name for choice in question.choices] if has_codes else []
    return _without_blanks(
        type=question.type.value,
        group=group,
        called=question.called,
        relevant=_ast(question.relevant),
        required=_ast(question.required),
        constraint=_ast(question.constraint),
        calculation=_ast(question.calculation),
        choice_filter=_ast(question.choice_filter),
        list=question.choice_list.name if is_filtered and question.choice_list else "",
        codes=" ".join(codes),
        default=question.default,
        computed_default=_ast(question.default_expression),
        parameters=dict(question.parameters),
        is_read_only=question.is_read_only or None,
        messages=_messages(instrument, question, language, gettext),
    )


def _messages(
    instrument: Instrument, question: Question, language: str, gettext: Gettext
) -> dict[str, str]:
    def own(texts: Any, sentence: str) -> str:
        return text_in(texts, language, instrument.default_language)[0] or gettext(sentence)

    messages = {}
    if question.required:
        messages["required"] = own(question.required_message, ANSWER_REQUIRED)
    if question.constraint:
        messages["constraint"] = own(question.constraint_message, NOT_VALID)
    if question.type in _TYPE_SENTENCES:
        messages["type"] = gettext(_TYPE_SENTENCES[question.type])
    if question.choice_filter or (question.type.is_select and question.calculation):
        messages["list"] = gettext(FROM_THE_LIST)
    if question.type is QuestionType.RANGE:
        start, end, _ = range_of(question)
        messages["type"] = gettext(IN_RANGE) % {"start": f"{start:f}", "end": f"{end:f}"}
    return messages


def _ast(expression: Any) -> Any:
    return expression.ast if expression else None


def _without_blanks(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part not in (None, "", {}, [])}
