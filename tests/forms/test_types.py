"""What each question type accepts, and what it is stored as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.instrument import Choice, ChoiceList, Question, QuestionType
from forms.types import (
    A_DATE,
    FROM_THE_LIST,
    LONGEST_TEXT,
    NUMBER,
    TOO_LONG,
    UNREADABLE,
    WHOLE_NUMBER,
    BadValue,
    read_value,
)

LIST = ChoiceList(name="l", choices=(Choice(name="2"), Choice(name="1"), Choice(name="DK")))


def question(kind: QuestionType) -> Question:
    """Make a question of a type."""
    return Question(name="q", type=kind, row=2, choice_list=LIST if kind.is_select else None)


T = QuestionType


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (T.TEXT, "  Hej\r\ndär  ", "Hej\ndär"),
        (T.TEXT, "a\u030aa\u0308", "åä"),
        (T.TEXT, "a\x00b\x07c", "abc"),
        (T.TEXT, "=1+1", "=1+1"),
        (T.INTEGER, " 007 ", "7"),
        (T.INTEGER, "−5", "-5"),
        (T.INTEGER, "+5", "5"),
        (T.INTEGER, "1 200", "1200"),
        (T.DECIMAL, "2,50", "2.5"),
        (T.DECIMAL, ".5", "0.5"),
        (T.DECIMAL, "100", "100"),
        (T.DECIMAL, "-0,0", "0"),
        (T.DATE, "2024-02-29", "2024-02-29"),
        (T.SELECT_ONE, "DK", "DK"),
        (T.SELECT_MULTIPLE, "1 2", "2 1"),
        (T.SELECT_MULTIPLE, "1 1", "1"),
        (T.INTEGER, "   ", ""),
    ],
)
def test_what_was_typed_becomes_instance_text(kind: QuestionType, typed: str, stored: str) -> None:
    """A child may write numbers as at school; the file has one form of each."""
    assert read_value(question(kind), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (T.INTEGER, "2.5", WHOLE_NUMBER),
        (T.INTEGER, "tre", WHOLE_NUMBER),
        (T.INTEGER, "1" * 16, WHOLE_NUMBER),
        (T.INTEGER, "٣", WHOLE_NUMBER),
        (T.DECIMAL, "1.2.3", NUMBER),
        (T.DECIMAL, "1e5", NUMBER),
        (T.DECIMAL, "nan", NUMBER),
        (T.DECIMAL, ".", NUMBER),
        (T.DATE, "2026-02-29", A_DATE),
        (T.DATE, "29/2 2024", A_DATE),
        (T.DATE, "0000-01-01", A_DATE),
        (T.SELECT_ONE, "3", FROM_THE_LIST),
        (T.SELECT_ONE, "1 2", FROM_THE_LIST),
        (T.SELECT_MULTIPLE, "1 3", FROM_THE_LIST),
        (T.TEXT, "x" * (LONGEST_TEXT + 1), TOO_LONG),
        (T.TEXT, "r\ufffdv", UNREADABLE),
    ],
)
def test_what_cannot_be_an_answer_is_refused(kind: QuestionType, typed: str, sentence: str) -> None:
    """The sentence says what can."""
    with pytest.raises(BadValue) as caught:
        read_value(question(kind), typed)
    assert caught.value.sentence == sentence
    assert caught.value.sentence % caught.value.params


@given(st.sampled_from([k for k in T if k.has_value]), st.text())
def test_nothing_else_ever_happens(kind: QuestionType, typed: str) -> None:
    """Whatever is posted is stored in one form, or refused in words; reading twice is the same."""
    try:
        stored = read_value(question(kind), typed)
    except BadValue:
        return
    assert read_value(question(kind), stored) == stored
